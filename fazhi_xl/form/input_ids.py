"""What an input of a unit's form is, whatever its sub-point is numbered: the ids that records of rounds go by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fazhi_xl.form.model import Shape
from fazhi_xl.form.sheets.unit import ledger
from fazhi_xl.notice.choices import KeptBy
from fazhi_xl.notice.model import Notice


def input_ids(notice: Notice, shape: Shape) -> Mapping[str, str]:
    """Give the id of every input by its field code: the field code with the row's id in place of its code."""
    rows = row_ids(notice, shape)
    return {key: f"{rows[field.row]}.{field.column}" for key, field in shape.fields.items()}


def row_ids(notice: Notice, shape: Shape) -> Mapping[str, str]:
    """Give the id of every row with inputs, by its code.

    `15.4.次数` begins with the sub-point's id, `信息.01` with the register's name; a row of the list of documents is named by the
    sub-point it is for, a spare one by its number among the spare ones.
    """
    evidence, registers = dict(_evidence(notice, shape)), notice.registers_of(KeptBy.UNIT)
    made: dict[str, str] = {}
    for field in {field.row: field for field in shape.fields.values()}.values():
        head, _, rest = field.row.partition(".")
        code, name = field.sub_point, next((each.name for each in registers if each.code == head), head)
        if code is not None:
            made[field.row] = notice.sub_points[code].id + field.row.removeprefix(code)
        else:
            made[field.row] = evidence.get(field.row) or (f"{name}.{rest}" if rest else field.row)
    return made


def _evidence(notice: Notice, shape: Shape) -> Iterator[tuple[str, str]]:
    """Give the ids of the rows of the list of documents."""
    rows = dict.fromkeys(field.row for field in shape.fields.values() if ledger.is_row(field.row))
    spare = 0
    for row in rows:
        code = ledger.sub_point_in(str(shape.given.get(f"{row}.{ledger.FOR}", "")))
        spare += code not in notice.sub_points
        yield row, ledger.row_id(notice.sub_points[code].id if code in notice.sub_points else f"+{spare:02d}")
