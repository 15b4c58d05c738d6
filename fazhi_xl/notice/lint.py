"""Remarks on a catalogue that is valid but odd: one function per rule, each yields its remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from itertools import permutations

from fazhi_xl.notice.assignment import assign, expand
from fazhi_xl.notice.lint_remark import (
    ABOUT,
    ADJUSTMENTS,
    DEPARTMENTS,
    GROUPS,
    INDEX,
    THEME,
    UNITS,
    LintRemark,
    Noted,
    Spot,
    inputs,
    items,
    sub_points,
)
from fazhi_xl.notice.lint_switches import SWITCH_RULES
from fazhi_xl.notice.lint_texts import TEXT_RULES
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.oddities import Oddity
from fazhi_xl.notice.rules import NO, NOT_APPLICABLE, YES
from fazhi_xl.notice.source import FILES
from fazhi_xl.notice.theme import COLOURS, LEGIBLE, TEXTS, contrast
from fazhi_xl.points import short
from fazhi_xl.text.said import Field, Said


def lint(notice: Notice) -> tuple[LintRemark, ...]:
    """Give the remarks of every rule, in the order of `RULES`."""
    noted = ((code, each) for code, rule in RULES for each in rule(notice))
    return tuple(LintRemark(code=code, file=file, path=path, text=text) for code, (file, path, text) in noted)


def nothing_scored(notice: Notice) -> Iterator[Noted]:
    """Remark on a catalogue by which nothing is scored: it has no items, and nothing is added or taken."""
    if not (notice.items or notice.bonus or notice.deductions):
        yield ABOUT.at("scoring", "full").says(Oddity.NOTHING_SCORED())


def item_points(notice: Notice) -> Iterator[Noted]:
    """Compare each item's points with the sum of its sub-points'."""
    for spot, item in items(notice):
        total = sum(sub.points for sub in item.sub_points)
        if total != item.points:
            said = Oddity.ITEM_POINTS(no=item.no, points=short(item.points), total=short(total))
            yield spot.at("points").says(said)


def total_points(notice: Notice) -> Iterator[Noted]:
    """Compare the items' points, and the sub-points', with the full marks, of each class of units where classes have their own."""
    full = notice.about.scoring.full
    if any(group.full for group in notice.ranking_groups):
        yield from _class_points(notice)
    elif notice.items:
        spot = ABOUT.at("scoring", "full")
        of_items = sum(item.points for item in notice.items)
        of_subs = sum(sub.points for sub in notice.sub_points.values())
        if of_items != full:
            yield spot.says(Oddity.TOTAL_OF_ITEMS(total=short(of_items), full=short(full)))
        if of_subs != full:
            yield spot.says(Oddity.TOTAL_OF_SUB_POINTS(total=short(of_subs), full=short(full)))


def _class_points(notice: Notice) -> Iterator[Noted]:
    """Compare what is asked of any unit of a class, by the class's own points, with the class's full marks."""
    assignment = assign(notice)
    for at, group in enumerate(notice.ranking_groups):
        asked = {code for unit in notice.units if unit.ranking_group == group.code for code in assignment[unit.short]}
        total = sum(notice.sub_points[code].of_group(group.code).points for code in asked)
        if group.full is not None and total != group.full:
            spot = UNITS.at("ranking_groups", at, "full")
            yield spot.says(Oddity.CLASS_POINTS(group=group.name, total=short(total), full=short(group.full)))


def requirement_text(notice: Notice) -> Iterator[Noted]:
    """Compare each item's requirement with the texts of its sub-points put together."""
    for spot, item in items(notice):
        if item.requirement != "".join(sub.text for sub in item.sub_points):
            yield spot.at("requirement").says(Oddity.REQUIREMENT(no=item.no))


def department_units(notice: Notice) -> Iterator[Noted]:
    """Name the departments that stand for no assessed unit."""
    for department in notice.departments:
        if not expand(notice, (department,)):
            said = Oddity.DEPARTMENT_EMPTY(name=department, unit=notice.about.words.unit)
            yield DEPARTMENTS.at("departments", department).says(said)


def department_use(notice: Notice) -> Iterator[Noted]:
    """Name the departments that no item, sub-point or deduction mentions."""
    used = {name for item in notice.items for name in item.responsible}
    used |= {name for sub in notice.sub_points.values() for name in sub.answered_by}
    used |= {name for situation in notice.deductions for name in situation.provided_by}
    used |= _kept_for_options(notice)
    for department in (each for each in notice.departments if each not in used):
        yield DEPARTMENTS.at("departments", department).says(Oddity.DEPARTMENT_UNUSED(name=department))


def _kept_for_options(notice: Notice) -> set[str]:
    """Name the departments that some option of a reading would use, chosen or not."""
    patches = (patch for reading in notice.readings for option in reading.options for patch in option.changes.values())
    named = (patch.get(field) for patch in patches for field in ("answered_by", "provided_by"))
    return {str(name) for names in named if isinstance(names, list) for name in names}


def group_use(notice: Notice) -> Iterator[Noted]:
    """Name the groups that no department stands for, and that nothing names by itself."""
    used = {name for names in notice.departments.values() for name in names}
    used |= {name for item in notice.items for name in item.responsible}
    used |= {name for sub in notice.sub_points.values() for name in sub.answered_by}
    used |= {name for situation in notice.deductions for name in situation.provided_by}
    for at, group in enumerate(notice.groups):
        if f"@{group.name}" not in used:
            yield GROUPS.at("groups", at, "name").says(Oddity.GROUP_UNUSED(name=group.name))


def idle_units(notice: Notice) -> Iterator[Noted]:
    """Name the units that have nothing to answer, where there is anything to answer."""
    idle = assign(notice).idle if notice.items else ()
    for at, unit in enumerate(notice.units):
        if unit.short in idle:
            yield UNITS.at("units", at, "short").says(Oddity.IDLE_UNIT(name=unit.short))


def ranking_group_use(notice: Notice) -> Iterator[Noted]:
    """Name the ranking groups without a unit."""
    used = {unit.ranking_group for unit in notice.units}
    for at, group in enumerate(notice.ranking_groups):
        if group.code not in used:
            yield UNITS.at("ranking_groups", at, "code").says(Oddity.RANKING_GROUP_UNUSED(name=group.code))


def date_order(notice: Notice) -> Iterator[Noted]:
    """Name the dates that stand in the wrong order."""
    dates = notice.about.dates
    named = (
        (dates.period_start, "评价期初", "period_end", "评价期末"),
        (dates.issued, "通知印发日", "contacts_due", "联络员名单截止日"),
        (dates.issued, "通知印发日", "ledger_due", "台账截止日"),
        (dates.period_end, "评价期末", "ledger_due", "台账截止日"),
        (dates.issued, "通知印发日", "published", "通知发布日"),
    )
    for first, what, field, which in named:
        second: date | None = getattr(dates, field)
        if second is not None and second < first:
            yield ABOUT.at("dates", field).says(Oddity.DATE_ORDER(which=which, second=second, what=what, first=first))


def repeated_texts(notice: Notice) -> Iterator[Noted]:
    """Name the texts that two sub-points, indicators, items or labels of one sub-point share."""
    yield from _repeated("得分点文字", ((sub.text, sub.code, spot.at("text")) for spot, sub in sub_points(notice)))
    named = ((item.name, f"第{item.no}项", spot.at("name")) for spot, item in items(notice))
    yield from _repeated(notice.about.words.item, named)
    yield from _repeated("指标", _indicators(notice))
    for spot, sub in sub_points(notice):
        labels = ((each.label, each.key, spot.at("inputs", at, "label")) for at, each in enumerate(sub.inputs))
        yield from _repeated(f"{sub.code}的填报指标", labels)


def _indicators(notice: Notice) -> Iterator[tuple[str, str, Spot]]:
    for at, project in enumerate(notice.index.projects if notice.index else ()):
        for nth, each in enumerate(project.indicators):
            yield each.text, f"第{each.no}个", INDEX.at("projects", at, "indicators", nth, "text")


def _repeated(what: str, texts: Iterable[tuple[str, str, Spot]]) -> Iterator[Noted]:
    """Name what shares a text; the first is the one to look at."""
    places: dict[str, tuple[Spot, list[str]]] = {}
    for text, name, spot in texts:
        places.setdefault(text, (spot, []))[1].append(name)
    for text, (spot, names) in places.items():
        if len(names) > 1:
            yield spot.says(Oddity.REPEATED(what=what, names="、".join(names), text=text))


def option_prefixes(notice: Notice) -> Iterator[Noted]:
    """Name the options that another of the same list begins with: a spreadsheet would complete the shorter to the longer."""
    for spot, sub, fact in inputs(notice):
        options = ((option, spot.at("options")) for option in fact.options)
        yield from _begun(f"{sub.code}.{fact.key}", options)
    for where, section, of in (("加分情形", "bonus", notice.bonus), ("减分情形", "deductions", notice.deductions)):
        labels = ((each.label, ADJUSTMENTS.at(section, at, "label")) for at, each in enumerate(of))
        yield from _begun(where, labels)


def _begun(where: str, options: Iterable[tuple[str, Spot]]) -> Iterator[Noted]:
    for (one, _), (other, spot) in permutations(options, 2):
        if other.startswith(one):
            yield spot.says(Oddity.OPTION_BEGINS(where=where, name=other, start=one))


def label_beginnings(notice: Notice) -> Iterator[Noted]:
    """Name the labels that begin with an option: typing 是 under “是否完成” would be completed to the label."""
    asked = tuple(inputs(notice))
    options = {YES, NO, NOT_APPLICABLE, *(option for _, _, each in asked for option in each.options)}
    for spot, sub, each in asked:
        if each.label.startswith(tuple(options)):
            yield spot.at("label").says(Oddity.LABEL_BEGINS(where=f"{sub.code}.{each.key}", label=each.label))


def label_lengths(notice: Notice) -> Iterator[Noted]:
    """Name the labels that are too long for their column."""
    for spot, sub, each in inputs(notice):
        if len(each.label) > _LABEL_LENGTH:
            yield spot.at("label").says(Oddity.LABEL_LENGTH(where=f"{sub.code}.{each.key}", most=_LABEL_LENGTH))


_LABEL_LENGTH = 24


def unused_texts(notice: Notice) -> Iterator[Noted]:
    """Name what is written for a part that the catalogue does not have."""
    about, texts = notice.about, notice.about.texts
    cases = (
        (about.scoring.bonus_cap is not None and not notice.bonus, "Scoring.bonus_cap", _BONUS),
        (texts.bonus_clause and not notice.bonus, "Texts.bonus_clause", _BONUS),
        (about.scoring.deduction_cap is not None and not notice.deductions, "Scoring.deduction_cap", _DEDUCTIONS),
        (texts.deduction_clause and not notice.deductions, "Texts.deduction_clause", _DEDUCTIONS),
        (texts.contact_clause and not notice.contacts, "Texts.contact_clause", _CONTACTS),
        (about.dates.contacts_due and not notice.contacts, "Dates.contacts_due", _CONTACTS),
        (texts.index_clause and not notice.index, "Texts.index_clause", _INDEX),
        (texts.grade_note and not about.grades, "Texts.grade_note", _GRADES),
    )
    for unused, field, part in cases:
        if unused:
            model, _, name = field.partition(".")
            yield ABOUT.at(model.lower(), name).says(_unused(Field(model, name, f"{model.lower()}.{name}"), part))


_BONUS, _DEDUCTIONS, _CONTACTS, _INDEX, _GRADES = (
    ("加分情形", ""),
    ("减分情形", ""),
    ("联系人名单", "(contacts.toml)"),
    ("参考指标", "(index.toml)"),
    ("等次", "([[grades]])"),
)
"""Parts of a catalogue, and where files hold them."""


def _unused(field: Field, part: tuple[str, str]) -> Said:
    if part is _GRADES:
        return Oddity.UNUSED_GRADES(field=field)
    return Oddity.UNUSED(field=field, part=part[0], file=part[1])


def idle_providers(notice: Notice) -> Iterator[Noted]:
    """Name the bonus situations with providers: units claim a bonus themselves."""
    for at, each in enumerate(notice.bonus):
        if each.provided_by:
            yield ADJUSTMENTS.at("bonus", at, "provided_by").says(Oddity.IDLE_PROVIDER(name=each.label))


def stray_files(notice: Notice) -> Iterator[Noted]:
    """Name the files that no part of a catalogue has: a misspelt name leaves a whole part of the notice out."""
    for path in sorted(notice.folder.glob("*.toml")):
        if path.name not in FILES:
            near = get_close_matches(path.stem, [file.removesuffix(".toml") for file in FILES], n=1)
            hint = f"是不是“{near[0]}.toml”?" if near else f"有用的是{'、'.join(FILES)}。"
            yield Spot(path.name).says(Oddity.STRAY_FILE(name=path.name, hint=hint))


def pale_texts(notice: Notice) -> Iterator[Noted]:
    """Name the colours of texts that hardly stand out from what is behind them."""
    colours = notice.theme.colours
    for text, grounds in TEXTS.items():
        for ground in grounds:
            found = contrast(colours[text], colours[ground])
            if found < LEGIBLE:
                changed = text if colours[text] != COLOURS[text] else ground
                said = Oddity.PALE(text=text, ground=ground, found=f"{found:.1f}", least=LEGIBLE)
                yield THEME.at("colours", changed).says(said)


RULES: tuple[tuple[str, Callable[[Notice], Iterator[Noted]]], ...] = (
    ("nothing-scored", nothing_scored),
    ("item-points", item_points),
    ("total-points", total_points),
    ("requirement-text", requirement_text),
    ("department-units", department_units),
    ("department-use", department_use),
    ("group-use", group_use),
    ("idle-unit", idle_units),
    ("ranking-group-use", ranking_group_use),
    ("date-order", date_order),
    ("repeated-text", repeated_texts),
    ("option-prefix", option_prefixes),
    ("label-beginning", label_beginnings),
    ("label-length", label_lengths),
    ("unused-text", unused_texts),
    ("stray-file", stray_files),
    ("idle-provider", idle_providers),
    ("pale-text", pale_texts),
    *TEXT_RULES,
    *SWITCH_RULES,
)
