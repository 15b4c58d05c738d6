"""差异.xlsx: on its first sheet what has changed, in figures and plain sentences; the particulars on those after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.theme import Theme
from fazhi_xl.reports.media.titles import grouped
from fazhi_xl.reports.media.workbook import Cell, Column, Link, Meta, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.setup.compare.differences import Part, What
from fazhi_xl.setup.compare.sheets import sheets
from fazhi_xl.setup.compare.summary import OTHER, doubts, opening, sentences
from fazhi_xl.setup.compare.told import Told
from fazhi_xl.xlsx.writer.report import report_bytes

FILE = "差异.xlsx"
_COLUMNS = (
    Column(title="内容", width=20),
    *(Column(title=title, width=10, style="count") for title in ("新增", "取消", "移动、改名", "改动", "只变编号")),
    Column(title="详见", width=24),
)
FIRST = "差异"


def _asks(notice: Notice) -> bool:
    return bool(notice.items)


def _adjusts(notice: Notice) -> bool:
    return bool(notice.bonus or notice.deductions or notice.vetoes)


_ROWS: tuple[tuple[str, tuple[Part, ...], str, Callable[[Notice], object]], ...] = (
    ("单位", (Part.UNIT,), "单位", lambda _: True),
    ("排名组", (Part.RANKING_GROUP,), "单位", grouped),
    ("项目", (Part.ITEM,), "项目", _asks),
    ("得分点", (Part.SUB_POINT,), "得分点", _asks),
    ("填报指标", (Part.INPUT,), "填报指标", _asks),
    ("计分规则", (Part.RULE,), "规则", _asks),
    ("责任部门和组", (Part.DEPARTMENT, Part.GROUP), "责任部门和组", lambda each: each.departments or each.groups),
    ("加减分、一票否决", OTHER[:5], "加减分、登记、口径", _adjusts),
    ("登记", (Part.REGISTER,), "加减分、登记、口径", lambda each: each.registers),
    ("口径", (Part.READING,), "加减分、登记、口径", lambda each: each.readings),
    ("规则开关", (Part.SWITCH,), "加减分、登记、口径", lambda each: each.switches),
    ("联系人、参考指标", (Part.CONTACTS, Part.INDEX), "加减分、登记、口径", lambda each: each.contacts or each.index),
    ("日期、计分等(处)", (Part.ABOUT, Part.THEME), "日期和计分", lambda _: True),
)
"""Rows of the first sheet: what they count, the parts, the sheet that has the particulars, and whether a notice has any such thing."""


def differences_bytes(told: Told) -> bytes:
    """Draw the workbook. The same comparison gives the same bytes."""
    return report_bytes(differences_book(told), _theme(told))


def _theme(told: Told) -> Theme:
    return told.differences.new.theme


def differences_book(told: Told) -> ReportBook:
    about = told.differences.new.about
    title = f"{about.short_title}目录差异"
    more = sheets(told, title)
    return ReportBook(
        title=title, sheets=(_first(told, title, more), *more), footer=title, decimals=about.scoring.places
    )


def _first(told: Told, title: str, more: Iterable[ReportSheet]) -> ReportSheet:
    old, new = told.differences.old, told.differences.new
    names = (
        f"{word}:{name}({each.about.short_title})"
        for word, name, each in (("旧", told.old_name, old), ("新", told.new_name, new))
    )
    before, now = names
    said = [
        *(Sentence(each, "wrong") for each in doubts(told)),
        Sentence(opening(told), "big"),
        *(Sentence(each, "said") for each in sentences(told)),
    ]
    there = {each.name for each in more}
    table = (Table(columns=_COLUMNS, rows=tuple(_counts(told, there))),) if told.differences.changes else ()
    return ReportSheet(
        name=FIRST,
        title=title,
        meta=Meta(state=before, aside=now),
        blocks=(*said, *table),
        widths=tuple(column.width for column in _COLUMNS),
        tab="title",
        one_page=True,
        portrait=True,
    )


def _counts(told: Told, names: Iterable[str]) -> Iterator[tuple[Cell, ...]]:
    """Count what has become of the things of each part; of the notice itself, its fields."""
    both = (told.differences.old, told.differences.new)
    for name, parts, sheet, has in _ROWS:
        if not any(map(has, both)):
            continue
        counts = Counter(_column(each.what) for each in told.differences.of(*parts))
        if Part.ABOUT in parts:
            counts[What.CHANGED] = sum(max(1, len(each.fields)) for each in told.differences.of(*parts))
        many = tuple(counts[what] or None for what in (What.NEW, What.GONE, What.MOVED, What.CHANGED, What.NUMBERED))
        yield name, *many, Link(text=sheet, sheet=sheet) if sheet in names and any(many) else "没有变化"
    if any(map(_asks, both)):
        load = len([each for each in told.differences.loads if each.old and each.new])
        yield "谁填什么(家)", None, None, None, load or None, None, _link("谁填什么", names)
        yield "上期数据", *(None,) * 5, _link("上期数据", names)
    if told.affected:
        yield "已收的表和审核决定(处)", None, None, None, len(told.affected), None, _link("影响", names)


def _link(sheet: str, names: Iterable[str]) -> Cell:
    return Link(text=sheet, sheet=sheet) if sheet in names else "没有变化"


def _column(what: What) -> What:
    return {What.MERGED: What.GONE, What.RENAMED: What.MOVED}.get(what, what)
