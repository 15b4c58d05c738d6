"""The workbook of one unit, from the notice and the sub-points it answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType

from fazhi_xl.form.identity import Edition, form_number, unit_line
from fazhi_xl.form.model import Form, Shape, Sheet
from fazhi_xl.form.sheets import bonus, contacts, index, instructions, ledger, reports, tasks
from fazhi_xl.form.sheets.brief import Brief
from fazhi_xl.notice.model import Notice, Unit

REHEARSAL_MARK = "【演练数据】"
_SHEETS = (tasks, ledger, bonus, reports, index, contacts)  # after the instructions, which count over all of them
_COMMON = frozenset({bonus, reports, index, contacts})  # the same whatever the sub-points are


def unit_forms(
    notice: Notice, assigned: Mapping[str, tuple[str, ...]], *, edition: Edition, key: bytes
) -> Iterator[Form]:
    """Make every unit's form, in the order of the notice's list; units with the same sub-points share one shape.

    `assigned` gives the sub-point codes of each unit by its short name.
    """
    shapes: dict[tuple[str, ...], Shape] = {}
    common = _common_sheets(notice, edition)
    for unit in notice.units:
        codes = assigned[unit.short]
        if codes not in shapes:
            shapes[codes] = _shape(_brief(notice, codes, edition), f"S{len(shapes) + 1:02d}", common)
        number = form_number(prefix=notice.about.form_prefix, unit_no=unit.no, edition=edition, key=key)
        yield Form(unit=unit.short, number=number, slots=_slots(unit, number), shape=shapes[codes])


def _brief(notice: Notice, codes: tuple[str, ...], edition: Edition) -> Brief:
    mark = REHEARSAL_MARK if edition.rehearsal else ""
    return Brief(notice=notice, sub_points=tuple(notice.sub_points[code] for code in codes), mark=mark)


def _common_sheets(notice: Notice, edition: Edition) -> dict[ModuleType, Sheet]:
    brief = _brief(notice, (), edition)
    return {module: module.sheet(brief) for module in _COMMON}


def _shape(brief: Brief, name: str, common: Mapping[ModuleType, Sheet]) -> Shape:
    sheets = tuple(common[module] if module in common else module.sheet(brief) for module in _SHEETS)
    codes = tuple(sub.code for sub in brief.sub_points)
    return Shape(name=name, sub_points=codes, sheets=(instructions.sheet(brief, sheets), *sheets))


def _slots(unit: Unit, number: str) -> dict[str, str]:
    return {
        "unit_line": unit_line(unit.name, number),
        "unit_name": unit.name,
        "unit_short": unit.short,
        "form_number": number,
    }
