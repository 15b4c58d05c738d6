"""The sheets of 差异.xlsx after the first, each a table; of a part in which nothing differs there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from fazhi_xl.notice.model import SubPoint
from fazhi_xl.notice.titles import TITLES
from fazhi_xl.office.history.matches import How
from fazhi_xl.reports.media.workbook import Cell, Column, ReportSheet, Sentence, Table
from fazhi_xl.setup.compare.compare import rule_text
from fazhi_xl.setup.compare.differences import (
    Change,
    Load,
    Part,
    RuleChange,
    SubPointChange,
    UnitChange,
    What,
)
from fazhi_xl.setup.compare.fields import FieldChange
from fazhi_xl.setup.compare.summary import OTHER
from fazhi_xl.setup.compare.told import Reach, Told
from fazhi_xl.setup.compare.words import marked
from fazhi_xl.text.one_line import cut

_LEGEND = "红字划线、括在【】里的是旧的里面没有留下的;加粗下划线、括在【】里的是新写的;没有记号的两边一样。"


class Drawn(NamedTuple):
    """A sheet's name, what it tells, its columns and rows, and a note above the table."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


def sheets(told: Told, title: str) -> tuple[ReportSheet, ...]:
    """Give the sheets that have something to tell."""
    return tuple(_sheet(made, title) for make in _SHEETS if (made := make(told)).rows)


def _sheet(drawn: Drawn, title: str) -> ReportSheet:
    note = (Sentence(drawn.note),) if drawn.note else ()
    table = Table(columns=drawn.columns, rows=drawn.rows)
    return ReportSheet(name=drawn.name, title=f"{title} {drawn.name}", blocks=(*note, table), filtered=True)


def _columns(*columns: tuple[str, float] | tuple[str, float, str]) -> tuple[Column, ...]:
    return tuple(Column(title=each[0], width=each[1], style=each[2] if len(each) > 2 else "text") for each in columns)


# Units, sub-points, rules ------------------------------------------------------------------------------------------------


def units(told: Told) -> Drawn:
    """Tell of units and of ranking groups, a row for each thing."""
    columns = _columns(
        ("变化", 10, "centre"), ("类别", 10, "centre"), ("旧", 26), ("新", 26), ("改动", 62), ("依据", 18)
    )
    found = told.differences
    rows = [*map(_unit, found.units), *(_thing(each) for each in found.of(Part.RANKING_GROUP))]
    return Drawn("单位", columns, tuple(rows), "按标识(id)认,没有标识的按名称和别名认。")


def _unit(each: UnitChange) -> tuple[Cell, ...]:
    what = each.what.value
    if each.what is What.MOVED:
        what = "换排名组"
    return what, each.part.value, each.before or None, each.after or None, _fields(each.fields) or None, _how(each.how)


def _thing(each: Change) -> tuple[Cell, ...]:
    return each.what.value, each.part.value, each.before or None, each.after or None, _told(each) or None, None


def _how(how: How) -> Cell:
    return None if how is How.NONE else how.value


def _fields(fields: Iterable[FieldChange]) -> str:
    return ";".join(f"{each.title}:{each.before or '(没有)'}→{each.after or '(没有)'}" for each in fields)


def _told(each: Change) -> str:
    return _fields(each.fields) or each.said


def sub_points(told: Told) -> Drawn:
    columns = _columns(
        ("变化", 10, "centre"), ("旧编号", 8, "centre"), ("新编号", 8, "centre"), ("旧分值", 8, "score"),
        ("新分值", 8, "score"), ("旧的原文", 42), ("新的原文", 42), ("其他改动", 34), ("依据", 14),
    )  # fmt: skip
    rows = tuple(map(_sub_point, told.differences.sub_points))
    return Drawn("得分点", columns, rows, _LEGEND)


def _sub_point(each: SubPointChange) -> tuple[Cell, ...]:
    old, new = each.old, each.new
    before, now = _texts(old.text if old else "", new.text if new else "")
    return (
        "、".join(_changed(each)),
        old.code if old else None,
        new.code if new else None,
        old.points if old else None,
        new.points if new else None,
        before,
        now,
        "".join((*_elsewhere(each), *_asks(each), _fields(f for f in each.fields if f.field not in {"text", "points"})))
        or None,
        f"{each.how.value},请核对" if each.doubtful else _how(each.how),
    )


def _changed(each: SubPointChange) -> Iterator[str]:
    """Name all that has become of a sub-point."""
    fields = {field.field for field in each.fields}
    if each.what is What.MOVED:
        yield "换项目"
    elif each.what is not What.CHANGED:
        yield each.what.value
    elif each.before != each.after:
        yield What.NUMBERED.value
    yield from (name for field, name in (("points", "分值"), ("text", "文字")) if field in fields)
    if fields - {"points", "text"}:
        yield "其他"


def _elsewhere(each: SubPointChange) -> Iterator[str]:
    if each.what is What.MOVED and each.old_item and each.new_item:
        yield f"由第{each.old_item.no}项“{each.old_item.name}”移到第{each.new_item.no}项“{each.new_item.name}”。"


def _asks(each: SubPointChange) -> Iterator[str]:
    """Say how a new sub-point is scored, which no other sheet tells."""
    if each.new and not each.old:
        yield f"单位读到:{rule_text(each.new)}"


def _texts(old: str, new: str) -> tuple[Cell, Cell]:
    """Give both texts, with the words marked that differ; of a thing that is new or gone there is nothing to mark."""
    if not old or not new or old == new:
        return old or None, new or None
    return marked(old, new)


def items(told: Told) -> Drawn:
    return Drawn("项目", _FIELDS, tuple(_rows(told.differences.of(Part.ITEM))), _LEGEND)


_FIELDS = _columns(("类别", 12, "centre"), ("变化", 10, "centre"), ("名称", 30), ("哪一处", 24), ("旧", 46), ("新", 46))


def _rows(changes: Iterable[Change]) -> Iterator[tuple[Cell, ...]]:
    """Give a row for each field that differs, and for each thing that is new or gone."""
    for each in changes:
        name = f"{each.before}→{each.after}" if each.what is What.RENAMED else each.name
        head = (each.part.value, each.what.value, f"{each.within} {name}".strip())
        yield from ((*head, field.title, *_texts(field.before, field.after)) for field in each.fields)
        if not each.fields:
            whole = (each.said, None) if each.what is What.GONE else (None, each.said)
            yield (*head, None, *whole)


def inputs(told: Told) -> Drawn:
    note = "只列得分点还在的;新增、取消的得分点,填报指标随它一起增减。"
    return Drawn("填报指标", _FIELDS, tuple(_rows(told.differences.of(Part.INPUT))), f"{note}{_LEGEND}")


def rules(told: Told) -> Drawn:
    columns = _columns(
        ("旧编号", 8, "centre"),
        ("新编号", 8, "centre"),
        ("单位原来读到的", 56),
        ("单位现在读到的", 56),
        ("改了哪里", 44),
    )
    return Drawn("规则", columns, tuple(map(_rule, told.differences.rules)), f"单位在填报项旁边读到的话。{_LEGEND}")


def _rule(each: RuleChange) -> tuple[Cell, ...]:
    why = (
        _fields(replace(f, way=(f.way[0].removeprefix(TITLES["parts"]), *f.way[1:])) for f in each.fields)
        or "规则没有改,分值或名称改了,话跟着变"
    )
    return each.before, each.after, *_texts(each.said_before, each.said_after), why


# Who fills in what -------------------------------------------------------------------------------------------------------


def loads(told: Told) -> Drawn:
    columns = _columns(
        ("单位", 22), ("旧(个)", 8, "count"), ("新(个)", 8, "count"), ("新增的得分点", 30), ("另外增加的", 30),
        ("取消的得分点", 30), ("另外减少的", 30),
    )  # fmt: skip
    note = "“另外增加”“另外减少”的得分点两边都有,是责任部门或单位变了;减少、取消的写旧编号。"
    rows = tuple(_load(told, each) for each in told.differences.loads)
    return Drawn("谁填什么", columns, rows, note)


def _load(told: Told, each: Load) -> tuple[Cell, ...]:
    name = each.new.short if each.new else each.old.short if each.old else ""
    aside = "" if each.old and each.new else "(新增的单位)" if each.new else "(取消的单位)"
    old, new = told.differences.old.sub_points, told.differences.new.sub_points
    lists = ((each.fresh, new), (each.gained, new), (each.dropped, old), (each.lost, old))
    return f"{name}{aside}", each.many_before, each.many_now, *(_listed(*each) or None for each in lists)


def _listed(codes: Sequence[str], subs: Mapping[str, SubPoint]) -> str:
    """List sub-points, with the beginning of their texts where they are few."""
    if len(codes) > _FEW:
        return "、".join(codes)
    return ";".join(f"{code} {cut(subs[code].text, _SAID)}" for code in codes)


_FEW, _SAID = 6, 18  # sub-points in a cell, and characters of each


def departments(told: Told) -> Drawn:
    changes = told.differences.of(Part.DEPARTMENT, Part.GROUP)
    return Drawn("责任部门和组", _FIELDS, tuple(_rows(changes)), _LEGEND)


def others(told: Told) -> Drawn:
    return Drawn("加减分、登记、口径", _FIELDS, tuple(_rows(told.differences.of(*OTHER))), _LEGEND)


def about(told: Told) -> Drawn:
    columns = tuple(column for column in _FIELDS if column.title not in {"变化", "名称"})
    rows = tuple((row[0], *row[3:]) for row in _rows(told.differences.of(Part.ABOUT, Part.THEME)))
    return Drawn("日期和计分", columns, rows, _LEGEND)


# Answers and decisions ---------------------------------------------------------------------------------------------------


def carried(told: Told) -> Drawn:
    columns = _columns(
        ("旧编号", 8, "centre"), ("得分点", 40), ("新编号", 8, "centre"), ("上期的数", 14, "centre"), ("带入", 44),
        ("不带入的和原因", 50), ("依据", 18),
    )  # fmt: skip
    rows = tuple(
        (
            each.before.code,
            each.before.text,
            each.now.code if each.now else None,
            each.fate.value,
            "、".join(each.kept) or None,
            ";".join(each.left) or None,
            each.how.value,
        )
        for each in told.carried
        if told.differences.changes
    )
    return Drawn("上期数据", columns, rows, "下一轮发放时用 --previous 指明这一轮,上期的数按此印在填报项旁边。")


def affected(told: Told) -> Drawn:
    columns = _columns(
        ("哪一种", 9, "centre"), ("单位", 14), ("编号", 9, "centre"), ("填报项、决定", 20), ("填的、定的", 22),
        ("为什么", 28), ("会怎样", 34), ("在哪里", 30),
    )  # fmt: skip
    rows = tuple(
        (
            each.touched.value,
            each.unit or None,
            each.place,
            each.label,
            each.value,
            each.cause,
            each.effect,
            each.source,
        )
        for each in told.affected
    )
    return Drawn("影响", columns, rows, Reach.SAME_YEAR.value.replace("列在“影响”里", "逐条如下"))


_SHEETS: Sequence[Callable[[Told], Drawn]] = (
    units, items, sub_points, inputs, rules, loads, departments, others, about, carried, affected,
)  # fmt: skip
"""In the order in which they stand."""
