"""The registers of the catalogue that the office keeps: a row for each event, for each unit, or one for the round."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from fazhi_xl.findings import Code
from fazhi_xl.form import expression as x
from fazhi_xl.form.expression import Ref
from fazhi_xl.form.model import Check, Field, Label, Row, Sheet
from fazhi_xl.form.sheets.common.registers import column_input, needed, with_conditions
from fazhi_xl.form.sheets.review import common as parts
from fazhi_xl.form.sheets.review.common import UNIT
from fazhi_xl.form.sheets.review.dossier import Dossier
from fazhi_xl.form.sheets.review.lists import Draft, entry, list_sheet
from fazhi_xl.notice.choices import Scope
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.registers import Register


def register_sheet(dossier: Dossier, register: Register) -> Sheet:
    """Draw up the sheet of a register, with a row for each code that the dossier names."""
    widths = {column.key: column.width for column in register.columns}
    if register.scope is not Scope.ROUND:
        widths = {UNIT: 14, **widths}
    titles = {UNIT: "单位", **{column.key: column.heading for column in register.columns}}
    draft = Draft(name=register.name, title=register.heading, widths=widths, titles=titles, note=register.note)
    return list_sheet(dossier, draft, _register_rows(dossier, register))


def _register_rows(dossier: Dossier, register: Register) -> tuple[Row, ...]:
    codes, units = dossier.registers.get(register.code, ()), {unit.no: unit for unit in dossier.notice.units}
    if register.scope is Scope.UNIT:
        named = ((code, units[int(code.partition("/")[0])]) for code in codes)
        return tuple(
            parts.row(dossier, code, {UNIT: Label(unit.short, "measure")}, partial(_facts, dossier, register, code))
            for code, unit in named
        )
    if register.scope is Scope.ROUND:
        return tuple(parts.row(dossier, code, {}, partial(_facts, dossier, register, code)) for code in codes)
    names, source = parts.unit_rows(dossier, register.code, UNIT)
    own = (parts.row(dossier, code, {}, partial(_event, dossier, register, code, source)) for code in codes)
    return (*own, *names)


def _event(dossier: Dossier, register: Register, code: str, source: tuple[str, ...]) -> tuple[Field, ...]:
    """Give the inputs of a row on an event of a unit."""
    named = parts.unit_choice(dossier, code, UNIT, "单位", source)
    return _checked(dossier, register, code, (named,), needed(register) | {UNIT})


def _facts(dossier: Dossier, register: Register, code: str) -> tuple[Field, ...]:
    """Give the inputs of the row of a unit, or of the round; a value that is still missing leaves its sub-points open."""
    valued = {feed.value for feed in register.feeds}
    fields = _checked(dossier, register, code, (), needed(register) - valued)
    return tuple(_compared(dossier.notice, register, field) for field in fields)


def _compared(notice: Notice, register: Register, field: Field) -> Field:
    """Hold a value against the one that it cannot exceed, where the same row gives both."""
    more = []
    for feed in (each for each in register.feeds if each.value == field.column):
        limit = notice.sub_points_by_id[feed.sub_point].input(feed.input).not_more_than
        same = (each.value for each in register.feeds if (each.sub_point, each.input) == (feed.sub_point, limit))
        if other := next(same, None):
            mine, most = Ref(field.key), Ref(f"{field.row}.{other}")
            over = x.when(x.both(x.is_number(mine), x.is_number(most)), x.less(most, mine), x.FALSE)
            words = {"label": field.label, "other": register.column(other).heading}
            more.append(Check(code=Code.MORE_THAN, when=over, words=words))
    return replace(field, checks=(*field.checks, *more))


def _checked(
    dossier: Dossier, register: Register, code: str, named: tuple[Field, ...], wanted: frozenset[str]
) -> tuple[Field, ...]:
    days = parts.days(dossier)
    plain = (
        *named,
        *(column_input(code, column, days) for column in register.columns),
        parts.note_input(code),
        *parts.signature(dossier, code),
    )
    return tuple(with_conditions(register, entry(plain, wanted.union(parts.SIGNED))))
