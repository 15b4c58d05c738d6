"""Remarks on a catalogue that is valid but odd: one function per rule, each yields its remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from itertools import permutations

from fazhi_xl.notice.assignment import assign, expand
from fazhi_xl.notice.lint_texts import TEXT_RULES
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.remark import (
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
from fazhi_xl.notice.rules import NO, NOT_APPLICABLE, YES
from fazhi_xl.notice.source import FILES
from fazhi_xl.notice.theme import COLOURS, LEGIBLE, TEXTS, contrast
from fazhi_xl.points import short


def lint(notice: Notice) -> tuple[LintRemark, ...]:
    """Give the remarks of every rule, in the order of `RULES`."""
    noted = ((code, each) for code, rule in RULES for each in rule(notice))
    return tuple(LintRemark(code=code, file=file, path=path, text=text) for code, (file, path, text) in noted)


def item_points(notice: Notice) -> Iterator[Noted]:
    """Compare each item's points with the sum of its sub-points'."""
    for spot, item in items(notice):
        total = sum(sub.points for sub in item.sub_points)
        if total != item.points:
            yield spot.at("points").says(f"第{item.no}项分值{short(item.points)}分,得分点合计{short(total)}分")


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
            yield spot.says(f"各项分值合计{short(of_items)}分,满分{short(full)}分")
        if of_subs != full:
            yield spot.says(f"得分点合计{short(of_subs)}分,满分{short(full)}分")


def _class_points(notice: Notice) -> Iterator[Noted]:
    """Compare what is asked of any unit of a class, by the class's own points, with the class's full marks."""
    assignment = assign(notice)
    for at, group in enumerate(notice.ranking_groups):
        asked = {code for unit in notice.units if unit.ranking_group == group.code for code in assignment[unit.short]}
        total = sum(notice.sub_points[code].of_group(group.code).points for code in asked)
        if group.full is not None and total != group.full:
            spot = UNITS.at("ranking_groups", at, "full")
            yield spot.says(f"{group.name}的得分点合计{short(total)}分,满分{short(group.full)}分")


def requirement_text(notice: Notice) -> Iterator[Noted]:
    """Compare each item's requirement with the texts of its sub-points put together."""
    for spot, item in items(notice):
        if item.requirement != "".join(sub.text for sub in item.sub_points):
            yield spot.at("requirement").says(f"第{item.no}项的工作要求与各得分点连起来的文字不一致")


def department_units(notice: Notice) -> Iterator[Noted]:
    """Name the departments that stand for no assessed unit."""
    for department in notice.departments:
        if not expand(notice, (department,)):
            said = f"责任部门“{department}”没有对应的{notice.about.words.unit}"
            yield DEPARTMENTS.at("departments", department).says(said)


def department_use(notice: Notice) -> Iterator[Noted]:
    """Name the departments that no item, sub-point or deduction mentions."""
    used = {name for item in notice.items for name in item.responsible}
    used |= {name for sub in notice.sub_points.values() for name in sub.answered_by}
    used |= {name for situation in notice.deductions for name in situation.provided_by}
    used |= _kept_for_options(notice)
    for department in (each for each in notice.departments if each not in used):
        yield DEPARTMENTS.at("departments", department).says(f"责任部门“{department}”没有用到")


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
            yield GROUPS.at("groups", at, "name").says(f"组“{group.name}”没有用到")


def idle_units(notice: Notice) -> Iterator[Noted]:
    """Name the units that have nothing to answer, where there is anything to answer."""
    idle = assign(notice).idle if notice.items else ()
    for at, unit in enumerate(notice.units):
        if unit.short in idle:
            yield UNITS.at("units", at, "short").says(f"{unit.short}没有任何得分点")


def ranking_group_use(notice: Notice) -> Iterator[Noted]:
    """Name the ranking groups without a unit."""
    used = {unit.ranking_group for unit in notice.units}
    for at, group in enumerate(notice.ranking_groups):
        if group.code not in used:
            yield UNITS.at("ranking_groups", at, "code").says(f"排名组{group.code}没有单位")


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
            yield ABOUT.at("dates", field).says(f"{which}{second}早于{what}{first}")


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
            yield spot.says(f"{what}重复:{'、'.join(names)}“{text}”")


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
            yield spot.says(f"{where}的选项“{other}”以另一个选项“{one}”开头")


def label_beginnings(notice: Notice) -> Iterator[Noted]:
    """Name the labels that begin with an option: typing 是 under “是否完成” would be completed to the label."""
    asked = tuple(inputs(notice))
    options = {YES, NO, NOT_APPLICABLE, *(option for _, _, each in asked for option in each.options)}
    for spot, sub, each in asked:
        if each.label.startswith(tuple(options)):
            yield spot.at("label").says(f"{sub.code}.{each.key}的名称“{each.label}”以选项开头")


def label_lengths(notice: Notice) -> Iterator[Noted]:
    """Name the labels that are too long for their column."""
    for spot, sub, each in inputs(notice):
        if len(each.label) > _LABEL_LENGTH:
            yield spot.at("label").says(f"{sub.code}.{each.key}的名称超过{_LABEL_LENGTH}个字")


_LABEL_LENGTH = 24


def unused_texts(notice: Notice) -> Iterator[Noted]:
    """Name what is written for a part that the catalogue does not have."""
    about, texts = notice.about, notice.about.texts
    cases = (
        (about.scoring.bonus_cap is not None and not notice.bonus, "scoring.bonus_cap", "加分情形"),
        (texts.bonus_clause and not notice.bonus, "texts.bonus_clause", "加分情形"),
        (about.scoring.deduction_cap is not None and not notice.deductions, "scoring.deduction_cap", "减分情形"),
        (texts.deduction_clause and not notice.deductions, "texts.deduction_clause", "减分情形"),
        (texts.contact_clause and not notice.contacts, "texts.contact_clause", "联系人名单(contacts.toml)"),
        (about.dates.contacts_due and not notice.contacts, "dates.contacts_due", "联系人名单(contacts.toml)"),
        (texts.index_clause and not notice.index, "texts.index_clause", "参考指标(index.toml)"),
        (texts.grade_note and not about.grades, "texts.grade_note", "等次([[grades]])"),
    )
    for unused, field, part in cases:
        if unused:
            yield ABOUT.at(*field.split(".")).says(f"写了{field},但目录里没有{part}")


def idle_providers(notice: Notice) -> Iterator[Noted]:
    """Name the bonus situations with providers: units claim a bonus themselves."""
    for at, each in enumerate(notice.bonus):
        if each.provided_by:
            said = f"加分情形“{each.label}”写了由谁提供(provided_by),加分由各单位自己申报,用不到"
            yield ADJUSTMENTS.at("bonus", at, "provided_by").says(said)


def stray_files(notice: Notice) -> Iterator[Noted]:
    """Name the files that no part of a catalogue has: a misspelt name leaves a whole part of the notice out."""
    for path in sorted(notice.folder.glob("*.toml")):
        if path.name not in FILES:
            near = get_close_matches(path.stem, [file.removesuffix(".toml") for file in FILES], n=1)
            hint = f"是不是“{near[0]}.toml”?" if near else f"有用的是{'、'.join(FILES)}。"
            yield Spot(path.name).says(f"没有“{path.name}”这种文件,里面写的都不会用到。{hint}")


def pale_texts(notice: Notice) -> Iterator[Noted]:
    """Name the colours of texts that hardly stand out from what is behind them."""
    colours = notice.theme.colours
    for text, grounds in TEXTS.items():
        for ground in grounds:
            found = contrast(colours[text], colours[ground])
            if found < LEGIBLE:
                changed = text if colours[text] != COLOURS[text] else ground
                said = f"颜色 {text} 的字在 {ground} 上看不清:对比度{found:.1f},至少要{LEGIBLE}"
                yield THEME.at("colours", changed).says(said)


RULES: tuple[tuple[str, Callable[[Notice], Iterator[Noted]]], ...] = (
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
)
