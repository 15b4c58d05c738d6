"""复核申请 in a unit's feedback sheet, as a form: what the unit lost, with its marks, and what it asks to be reviewed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import with_checks
from fazhi_xl.form.identity import check_code, unit_line
from fazhi_xl.form.model import STATUS_COLUMN, Content, Field, Form, Label, Row, Shape, Sheet, SheetColumn, Slot
from fazhi_xl.form.sheets.common.context import band, code_cell, head_row
from fazhi_xl.form.sheets.common.inputs import choice_input, text_input
from fazhi_xl.form.sheets.common.rows import filled, needed_where, row_status
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.text.dates import chinese_date

NAME = "复核申请"
TEXT, POINTS, SELF, MARK, WRITTEN, ASKED, REASON, MATERIAL, PROOF = (
    "得分点", "分值", "自评", "核定", "核定理由", "申请复核", "理由", "新的材料", "凭据",
)  # fmt: skip
ASKS = "申请"
"""What a unit chooses in the rows that it asks to be reviewed."""
REASON_LENGTH, MATERIAL_LENGTH = 300, 200
_HEAD = f"{NAME}."
_NOTE = (
    "对核定分有不同意见的,在那一行的“申请复核”选“{asks}”,写明理由(哪一条事实、依据什么),有新的材料的写明名称并随信附上,"
    "{by}把整个反馈单发给{office};没有不同意见的不用填,也不用交回。只能就失分的得分点申请,每个得分点复核一次;"
    "复核只会维持或改高,不会改低。{clause}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRow:
    """A sub-point that a unit lost points in, by its id, and what the sheet shows of it; marks are texts, as they are printed."""

    sub_point: str
    text: str = ""
    points: str = ""
    own: str = ""
    mark: str = ""
    written: str = ""

    @property
    def code(self) -> str:
        return row_of(self.sub_point)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealSheet:
    """What the sheet of one unit is made of: its number, its rows, and the day on which it is drawn; `mark` is set in a rehearsal."""

    notice: Notice
    unit: Unit
    number: str
    rows: tuple[AppealRow, ...]
    today: date
    mark: str = ""


def by_when(notice: Notice) -> str:
    """Say by when one may ask; nothing where the catalogue names no day, since nobody can write one into a locked sheet."""
    due = notice.about.dates.appeals_due
    return f"于{chinese_date(due)}前" if due else ""


def row_of(sub_point: str) -> str:
    """Give the code of the row about a sub-point."""
    return f"{_HEAD}{sub_point}"


def sub_point_of(row: str) -> str:
    """Give the id of the sub-point that a row is about; blank for any other row."""
    return row.removeprefix(_HEAD) if row.startswith(_HEAD) else ""


def proof_of(unit: Unit, sub_point: str, mark: str, key: bytes) -> str:
    """Give the code that says that this mark was printed for the unit and the sub-point."""
    return check_code(key, f"{NAME}|{unit.id}|{sub_point}|{mark}")


def appeal_form(asked: AppealSheet, key: bytes) -> Form:
    """Make the form of one unit."""
    unit, number = asked.unit, asked.number
    slots = {
        "unit_line": unit_line(unit.name, number),
        "unit_name": unit.name,
        "unit_short": unit.short,
        "form_number": number,
    }
    return Form(unit=unit.short, number=number, slots=slots, shape=_shape(asked, key))


def reading_shape(notice: Notice, sub_points: Iterable[str]) -> Shape:
    """Give the inputs of the rows about these sub-points, by which a sheet that came back is read."""
    columns = _columns(notice)
    rows = tuple(_row(columns, AppealRow(sub_point=each), "") for each in sub_points)
    sheet = Sheet(name=NAME, columns=columns, rows=rows)
    return Shape(name=NAME, sub_points=(), sheets=(sheet,), year=notice.about.year)


def _shape(asked: AppealSheet, key: bytes) -> Shape:
    notice, columns = asked.notice, _columns(asked.notice)
    about, first = notice.about, columns[0].code
    note = _NOTE.format(
        asks=ASKS,
        by=by_when(notice),
        office=about.office,
        clause=about.texts.appeal_clause,
    )
    rows = (
        Row(cells={first: Label(f"{asked.mark}{about.short_title}{NAME}", "title")}, merged=True, height=32),
        Row(cells={first: Slot("unit_line", "unit")}, merged=True, height=22),
        band(columns, note, "note"),
        head_row(columns),
        *(_row(columns, each, proof_of(asked.unit, each.sub_point, each.mark, key)) for each in asked.rows),
    )
    sheet = Sheet(name=NAME, columns=columns, rows=rows, tab="input")
    return Shape(name=NAME, sub_points=(), sheets=(sheet,), decimals=about.scoring.places, year=about.year)


def _columns(notice: Notice) -> tuple[SheetColumn, ...]:
    scored = notice.about.scoring.self_score
    widths = {
        "编号": 13, TEXT: 34, POINTS: 7, **({SELF: 7} if scored else {}), MARK: 7, WRITTEN: 26, ASKED: 9, REASON: 40, MATERIAL: 26,
        STATUS_COLUMN: 20, PROOF: 11,
    }  # fmt: skip
    titles = {SELF: "自评分", MARK: "核定分", WRITTEN: "失分的原因", MATERIAL: "新的材料(名称)"}
    return tuple(
        SheetColumn(code=code, width=width, title=titles.get(code, code), aside=code == PROOF)
        for code, width in widths.items()
    )


def _row(columns: tuple[SheetColumn, ...], each: AppealRow, proof: str) -> Row:
    fields, shown = _fields(each.code), {column.code for column in columns}
    cells: dict[str, Content] = {
        **code_cell(each.code),
        TEXT: Label(each.text),
        POINTS: Label(each.points, "measure"),
        SELF: Label(each.own, "measure"),
        MARK: Label(each.mark, "measure"),
        WRITTEN: Label(each.written, "hint"),
        **{field.column: field for field in fields},
        STATUS_COLUMN: row_status(fields),
        PROOF: Label(proof, "code"),
    }
    return Row(code=each.code, cells={column: cell for column, cell in cells.items() if column in shown}, height=46)


def _fields(code: str) -> tuple[Field, ...]:
    asked = choice_input(code, ASKED, "申请复核", (ASKS,), f"申请复核的选“{ASKS}”。")
    reason = text_input(code, REASON, "理由", "写明哪一条事实、依据什么。", length=REASON_LENGTH)
    material = text_input(code, MATERIAL, "新的材料", "有新的材料的写名称,材料随信附上。", length=MATERIAL_LENGTH)
    more = x.either(filled(reason), filled(material))
    return (
        with_checks(asked, needed_where(asked, more)),
        with_checks(reason, needed_where(reason, filled(asked))),
        with_checks(material),
    )
