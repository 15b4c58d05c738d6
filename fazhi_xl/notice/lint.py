"""Remarks on a catalogue that is valid but odd: one function per rule, each yields its remarks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import permutations

from fazhi_xl.notice.assignment import assign, expand
from fazhi_xl.notice.lint_texts import TEXT_RULES
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.rules import NO, NOT_APPLICABLE, YES
from fazhi_xl.notice.source import FILES
from fazhi_xl.notice.theme import LEGIBLE, TEXTS, contrast
from fazhi_xl.points import short


@dataclass(frozen=True, slots=True, kw_only=True)
class LintRemark:
    """Something for the office to look at; `code` names the rule."""

    code: str
    text: str


def lint(notice: Notice) -> tuple[LintRemark, ...]:
    """Give the remarks of every rule, in the order of `RULES`."""
    return tuple(LintRemark(code=code, text=text) for code, rule in RULES for text in rule(notice))


def item_points(notice: Notice) -> Iterator[str]:
    """Compare each item's points with the sum of its sub-points'."""
    for item in notice.items:
        total = sum(sub.points for sub in item.sub_points)
        if total != item.points:
            yield f"第{item.no}项分值{short(item.points)}分,得分点合计{short(total)}分"


def total_points(notice: Notice) -> Iterator[str]:
    """Compare the items' points, and the sub-points', with the full marks, of each class of units where classes have their own."""
    full = notice.about.scoring.full
    if any(group.full for group in notice.ranking_groups):
        yield from _class_points(notice)
    elif notice.items:
        items = sum(item.points for item in notice.items)
        subs = sum(sub.points for sub in notice.sub_points.values())
        if items != full:
            yield f"各项分值合计{short(items)}分,满分{short(full)}分"
        if subs != full:
            yield f"得分点合计{short(subs)}分,满分{short(full)}分"


def _class_points(notice: Notice) -> Iterator[str]:
    """Compare what is asked of any unit of a class, by the class's own points, with the class's full marks."""
    assignment = assign(notice)
    for group in (each for each in notice.ranking_groups if each.full is not None):
        asked = {code for unit in notice.units if unit.ranking_group == group.code for code in assignment[unit.short]}
        total = sum(notice.sub_points[code].of_group(group.code).points for code in asked)
        if total != group.full:
            yield f"{group.name}的得分点合计{short(total)}分,满分{short(group.full or 0)}分"


def requirement_text(notice: Notice) -> Iterator[str]:
    """Compare each item's requirement with the texts of its sub-points put together."""
    for item in notice.items:
        if item.requirement != "".join(sub.text for sub in item.sub_points):
            yield f"第{item.no}项的工作要求与各得分点连起来的文字不一致"


def department_units(notice: Notice) -> Iterator[str]:
    """Name the departments that stand for no assessed unit."""
    for department in notice.departments:
        if not expand(notice, (department,)):
            yield f"责任部门“{department}”没有对应的{notice.about.words.unit}"


def department_use(notice: Notice) -> Iterator[str]:
    """Name the departments that no item, sub-point or deduction mentions."""
    used = {name for item in notice.items for name in item.responsible}
    used |= {name for sub in notice.sub_points.values() for name in sub.answered_by}
    used |= {name for situation in notice.deductions for name in situation.provided_by}
    used |= _kept_for_options(notice)
    yield from (f"责任部门“{department}”没有用到" for department in notice.departments if department not in used)


def _kept_for_options(notice: Notice) -> set[str]:
    """Name the departments that some option of a reading would use, chosen or not."""
    patches = (patch for reading in notice.readings for option in reading.options for patch in option.changes.values())
    named = (patch.get(field) for patch in patches for field in ("answered_by", "provided_by"))
    return {str(name) for names in named if isinstance(names, list) for name in names}


def group_use(notice: Notice) -> Iterator[str]:
    """Name the groups that no department stands for, and that nothing names by itself."""
    used = {name for names in notice.departments.values() for name in names}
    used |= {name for item in notice.items for name in item.responsible}
    used |= {name for sub in notice.sub_points.values() for name in sub.answered_by}
    used |= {name for situation in notice.deductions for name in situation.provided_by}
    yield from (f"组“{group.name}”没有用到" for group in notice.groups if f"@{group.name}" not in used)


def idle_units(notice: Notice) -> Iterator[str]:
    """Name the units that have nothing to answer, where there is anything to answer."""
    yield from (f"{unit}没有任何得分点" for unit in assign(notice).idle if notice.items)


def ranking_group_use(notice: Notice) -> Iterator[str]:
    """Name the ranking groups without a unit."""
    used = {unit.ranking_group for unit in notice.units}
    yield from (f"排名组{group.code}没有单位" for group in notice.ranking_groups if group.code not in used)


def date_order(notice: Notice) -> Iterator[str]:
    """Name the dates that stand in the wrong order."""
    dates = notice.about.dates
    named = (
        (dates.period_start, "评价期初", dates.period_end, "评价期末"),
        (dates.issued, "通知印发日", dates.contacts_due or dates.issued, "联络员名单截止日"),
        (dates.issued, "通知印发日", dates.ledger_due, "台账截止日"),
        (dates.period_end, "评价期末", dates.ledger_due, "台账截止日"),
        (dates.issued, "通知印发日", dates.published or dates.issued, "通知发布日"),
    )
    for first, what, second, which in named:
        if second < first:
            yield f"{which}{second}早于{what}{first}"


def repeated_texts(notice: Notice) -> Iterator[str]:
    """Name the texts that two sub-points, indicators, items or labels of one sub-point share."""
    yield from _repeated("得分点文字", ((sub.text, code) for code, sub in notice.sub_points.items()))
    yield from _repeated(notice.about.words.item, ((item.name, f"第{item.no}项") for item in notice.items))
    projects = notice.index.projects if notice.index else ()
    indicators = (each for project in projects for each in project.indicators)
    yield from _repeated("指标", ((each.text, f"第{each.no}个") for each in indicators))
    for code, sub in notice.sub_points.items():
        yield from _repeated(f"{code}的填报指标", ((each.label, each.key) for each in sub.inputs))


def _repeated(what: str, texts: Iterable[tuple[str, str]]) -> Iterator[str]:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for text, place in texts:
        places[text].append(place)
    yield from (f"{what}重复:{'、'.join(where)}“{text}”" for text, where in places.items() if len(where) > 1)


def option_prefixes(notice: Notice) -> Iterator[str]:
    """Name the options that another of the same list begins with: a spreadsheet would complete the shorter to the longer."""
    lists = {f"{code}.{each.key}": each.options for code, sub in notice.sub_points.items() for each in sub.inputs}
    lists["加分情形"] = tuple(each.label for each in notice.bonus)
    lists["减分情形"] = tuple(each.label for each in notice.deductions)
    for where, options in lists.items():
        for one, other in permutations(options, 2):
            if other.startswith(one):
                yield f"{where}的选项“{other}”以另一个选项“{one}”开头"


def label_beginnings(notice: Notice) -> Iterator[str]:
    """Name the labels that begin with an option: typing 是 under “是否完成” would be completed to the label."""
    inputs = [(code, each) for code, sub in notice.sub_points.items() for each in sub.inputs]
    options = {YES, NO, NOT_APPLICABLE, *(option for _, each in inputs for option in each.options)}
    for code, each in inputs:
        if each.label.startswith(tuple(options)):
            yield f"{code}.{each.key}的名称“{each.label}”以选项开头"


def label_lengths(notice: Notice) -> Iterator[str]:
    """Name the labels that are too long for their column."""
    for code, sub in notice.sub_points.items():
        for each in sub.inputs:
            if len(each.label) > _LABEL_LENGTH:
                yield f"{code}.{each.key}的名称超过{_LABEL_LENGTH}个字"


_LABEL_LENGTH = 24


def unused_texts(notice: Notice) -> Iterator[str]:
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
    yield from (f"写了{field},但目录里没有{part}" for unused, field, part in cases if unused)


def idle_providers(notice: Notice) -> Iterator[str]:
    """Name the bonus situations with providers: units claim a bonus themselves."""
    yield from (
        f"加分情形“{each.label}”写了由谁提供(provided_by),加分由各单位自己申报,用不到"
        for each in notice.bonus
        if each.provided_by
    )


def stray_files(notice: Notice) -> Iterator[str]:
    """Name the files that no part of a catalogue has: a misspelt name leaves a whole part of the notice out."""
    for path in sorted(notice.folder.glob("*.toml")):
        if path.name not in FILES:
            near = get_close_matches(path.stem, [file.removesuffix(".toml") for file in FILES], n=1)
            hint = f"是不是“{near[0]}.toml”?" if near else f"有用的是{'、'.join(FILES)}。"
            yield f"没有“{path.name}”这种文件,里面写的都不会用到。{hint}"


def pale_texts(notice: Notice) -> Iterator[str]:
    """Name the colours of texts that hardly stand out from what is behind them."""
    colours = notice.theme.colours
    for text, grounds in TEXTS.items():
        for ground in grounds:
            found = contrast(colours[text], colours[ground])
            if found < LEGIBLE:
                yield f"颜色 {text} 的字在 {ground} 上看不清:对比度{found:.1f},至少要{LEGIBLE}"


RULES: tuple[tuple[str, Callable[[Notice], Iterator[str]]], ...] = (
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
