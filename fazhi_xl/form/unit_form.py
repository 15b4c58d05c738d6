"""The workbook of one unit, from the notice and the sub-points it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain
from types import MappingProxyType, ModuleType

from fazhi_xl.form.compiled import Shared
from fazhi_xl.form.identity import Draft, Edition, form_number, unit_line
from fazhi_xl.form.model import Form, Shape, Sheet
from fazhi_xl.form.sheets.common.context import Brief, Made
from fazhi_xl.form.sheets.common.marks import marked
from fazhi_xl.form.sheets.unit import (
    bonus,
    contacts,
    content_code,
    deductions,
    index,
    instructions,
    ledger,
    register,
    tasks,
)
from fazhi_xl.notice.assignment import provided
from fazhi_xl.notice.choices import KeptBy
from fazhi_xl.notice.model import Notice, SubPoint, Unit

REHEARSAL_MARK = "【演练数据】"
# After the instructions, whose panel counts over all of them; each with the condition that a form has it.
_SHEETS: Mapping[ModuleType, Callable[[Brief], object]] = MappingProxyType(
    {
        tasks: lambda brief: brief.sub_points,
        ledger: lambda brief: brief.evidenced,
        bonus: lambda brief: brief.notice.bonus,
        register: lambda brief: brief.registers,
        deductions: lambda brief: brief.deductions,
        index: lambda brief: brief.notice.index,
        contacts: lambda brief: brief.notice.contacts,
    }
)
_COMMON = (bonus, register, index, contacts)  # the same whatever the sub-points are
Previous = Mapping[str, Mapping[str, str]]
"""An earlier round's answers by unit and field code, and its scores by the code of the self-score."""
_Asked = tuple[tuple[SubPoint, ...], str]
"""The sub-points that a unit answers, and the unit itself if it provides deductions, which never name itself."""


def unit_forms(
    notice: Notice,
    assigned: Mapping[str, tuple[str, ...]],
    *,
    edition: Edition,
    key: bytes,
    previous: Previous | None = None,
) -> Iterator[Form]:
    """Make every unit's form, in the order of the notice's list; units that are asked the same share one shape.

    A form without any input is not issued, and nothing is expected of its unit.
    `assigned` gives the sub-point codes of each unit by its short name, `previous` an earlier round's answers.
    """
    shapes: dict[object, Shape] = {}
    every = _brief(notice, ((), ""), edition, previous=previous is not None)  # the first of the shapes' briefs
    common = {module: tuple(_sheets(module, every)) for module in _COMMON}
    shared = Shared()
    for unit in notice.units:
        subs = tuple(notice.sub_points[code].of_group(unit.ranking_group) for code in assigned[unit.short])
        provider = unit.short if provided(notice, unit.short) else ""
        alike = tuple((sub.code, sub.points) for sub in subs), provider
        if alike not in shapes:
            brief = replace(_brief(notice, (subs, provider), edition, previous=previous is not None), made=every.made)
            shapes[alike] = _shape(brief, f"S{len(shapes) + 1:02d}", common, shared)
        number = form_number(prefix=notice.about.form_prefix, unit_no=unit.no, edition=edition, key=key)
        yield _form(unit, number, shapes[alike], (previous or {}).get(unit.short, {}))


def renumbered(notice: Notice, forms: Iterable[Form], *, edition: Edition, key: bytes) -> Iterator[Form]:
    """Give every unit's form as it is under another round's key: nothing but its number differs."""
    for unit, form in zip(notice.units, forms, strict=True):
        number = form_number(prefix=notice.about.form_prefix, unit_no=unit.no, edition=edition, key=key)
        yield replace(form, number=number, slots={**form.slots, **_own(unit, number)})


def part_shape(notice: Notice, sub_points: tuple[SubPoint, ...], *, claims: bool, made: Made) -> Shape:
    """Make the part of a form that some sub-points are scored by, with the registers that feed them; with `claims` also the bonus sheet.

    `made` is what the parts of forms of one notice have in common.
    """
    brief = Brief(notice=notice, sub_points=sub_points, made=made)
    fed = (each for each in brief.registers if each.feeds)
    sheets = (
        *([tasks.sheet(brief)] if sub_points else ()),
        *([brief.once((bonus,), partial(bonus.sheet, brief))] if claims else ()),
        *(brief.once((register, each.name), partial(register.sheet, brief, each)) for each in fed),
    )
    codes, about = tuple(sub.code for sub in sub_points), notice.about
    return Shape(name="", sub_points=codes, sheets=sheets, decimals=about.scoring.places, year=about.year)


def _form(unit: Unit, number: str, shape: Shape, answers: Mapping[str, str]) -> Form:
    """Put an earlier round's answers into the cells that the shape has for them, blank where there is none."""
    prior = {tasks.prior_field(key): text for key, text in answers.items() if tasks.prior_field(key) in shape.earlier}
    filled = {**dict.fromkeys(shape.earlier, ""), **prior, **_own(unit, number)}
    return Form(unit=unit.short, number=number, slots=filled, shape=shape, prior=prior)


def _own(unit: Unit, number: str) -> dict[str, str]:
    return {
        "unit_line": unit_line(unit.name, number),
        "unit_name": unit.name,
        "unit_short": unit.short,
        "form_number": number,
    }


def _brief(notice: Notice, asked: _Asked, edition: Edition, *, previous: bool) -> Brief:
    subs, provider = asked
    return Brief(
        notice=notice,
        sub_points=subs,
        deductions=provided(notice, provider),
        others=tuple(unit.short for unit in notice.units if unit.short != provider),
        previous=previous,
        mark=REHEARSAL_MARK if edition.rehearsal else "",
        draft=edition.draft,
        weights=edition.weights,
    )


def _sheets(module: ModuleType, brief: Brief) -> Iterator[Sheet]:
    """Draw up a kind of sheet where the form has it; of registers every one there is."""
    if module is register:
        yield from (_finished(brief, register.sheet(brief, each)) for each in brief.notice.registers_of(KeptBy.UNIT))
    elif _SHEETS[module](brief):
        yield _finished(brief, module.sheet(brief))


def _finished(brief: Brief, sheet: Sheet) -> Sheet:
    """Add the columns that are not printed."""
    judged = marked(sheet, brief.once((marked,), dict))
    return (
        content_code.summed(judged, brief.once((content_code.summed,), dict)) if brief.draft > Draft.THIRD else judged
    )


def _shape(brief: Brief, name: str, common: Mapping[ModuleType, tuple[Sheet, ...]], shared: Shared) -> Shape:
    kinds = (common[module] if module in common else tuple(_sheets(module, brief)) for module in _SHEETS)
    others = {each.name for each in brief.notice.registers_of(KeptBy.UNIT)} - {each.name for each in brief.registers}
    sheets = tuple(sheet for sheet in chain.from_iterable(kinds) if sheet.name not in others)
    codes = tuple(sub.code for sub in brief.sub_points)
    return Shape(
        name=name,
        sub_points=codes,
        sheets=(instructions.sheet(brief, sheets), *sheets),
        decimals=brief.notice.about.scoring.places,
        year=brief.notice.about.year,
        fixed=True,
        shared=shared,
    )
