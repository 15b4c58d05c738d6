"""The list of units, from an annex or the notice's own sentence: names in a paragraph, numbered lines or a table, with their classes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from fazhi_xl.setup.draft.characters import in_brackets, joined, listed, squeezed, without_brackets
from fazhi_xl.setup.draft.headers import find_header
from fazhi_xl.setup.draft.outline import MARK, level_of, unnumbered
from fazhi_xl.text.papers import Paper, Paragraph, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadUnit:
    """A unit as printed, its short name, the bodies named in its brackets, its class where the list has classes, and where."""

    name: str
    short: str
    absorbed: tuple[str, ...]
    group: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitList:
    """The units in the order of print, and how the list is headed (its annex, or its title)."""

    units: tuple[ReadUnit, ...] = ()
    heading: str = ""
    tables: frozenset[int] = frozenset()


_HEADS = re.compile(
    r"(?:名单|对象|参评单位|责任单位|考核单位|范围|分类|分组)(?:及分组|分类表?|表|一览表)?(?:[(（].*[)）])?[:：]?$"
)
_ANNEX = re.compile(r"附[件表录]\s*[0-9０-９一二三四五六七八九十]*[:：]?")
_UNIT_COLUMN = re.compile(
    r"(?:参评|考核|评价|责任|被考核|成员)?(?:单位|部门|对象|乡镇|街道|地区|机构)(?:[((].*[))])?(?:名称|名单)?|名称"
)
_CLASS_COLUMN = re.compile(r".*(?:类别|分类|组别|分组|类型|所属)")
_NOT_UNITS = re.compile(r"姓名|职务|电话|手机|分值|指标|日期")
_CLASS = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十]+[)）])?\s*([^:：、。]{1,20}?)\s*(?:[(（][^()（）]*[0-9０-９]+\s*[家个][^()（）]*[)）])?[:：]?$"
)
_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十]+[)）])?\s*([^:：、。]{1,20}?)\s*(?:[(（][^()（）]*[0-9０-９]+\s*[家个][^()（）]*[)）])?[:：]\s*(?=\S)"
)
_NUMBER = re.compile(r"^[(（]?[0-9０-９]{1,3}[)）]?[.．、\s]\s*")
_COUNTED = re.compile(r"^[(（]?\s*(?:共)?[0-9０-９]+\s*[家个](?:单位|部门)?\s*[)）]?$")
_SENTENCE = re.compile(
    r"(?:对象|范围|单位)(?:为|是|包括|有)?[:：]?\s*([^。;；:：]*?、[^。;；:：]*?、[^。;；:：]*?)(?:等\s*(?:共)?[0-9０-９]*\s*[家个]|。|$)"
)
LEVELS = "省市区县州旗镇乡"
_LONGEST = 40  # characters of a unit's name with its brackets
_ENDS = re.compile(r"[。;；!？?]")


def read_units(paper: Paper) -> UnitList:
    """Find the list with most names; an empty one where the paper has none."""
    found = max(_lists(paper), key=lambda found: len(found.units), default=UnitList())
    return replace(found, units=_without_level(found.units))


def _without_level(units: tuple[ReadUnit, ...]) -> tuple[ReadUnit, ...]:
    """Leave the level of government out of the short names where every unit's begins with the same one."""
    first = {unit.short[0] for unit in units}
    if len(units) < 2 or len(first) > 1 or not first <= set(LEVELS) or any(len(unit.short) < 4 for unit in units):
        return units
    return tuple(replace(unit, short=unit.short[1:]) for unit in units)


def _lists(paper: Paper) -> Iterator[UnitList]:
    tables = -1
    numbers = {}
    for at, block in enumerate(paper.blocks):
        if isinstance(block, Table):
            tables += 1
            numbers[at] = tables
    for at, block in enumerate(paper.blocks):
        if isinstance(block, Paragraph) and _HEADS.search(squeezed(block.text)) and len(block.text) <= _LONGEST:
            found, used = _below(
                paper.blocks[at + 1 :],
                [numbers.get(each, -1) for each in range(at + 1, len(paper.blocks))],
                level_of(block.text),
            )
            if len(found) > 1:
                yield UnitList(units=_distinct(found), heading=_heading(paper, at), tables=frozenset(used))
        elif isinstance(block, Paragraph) and (said := _SENTENCE.search(block.text)):
            yield UnitList(units=_distinct(_units(listed(said[1]), "", block.where)))
        elif isinstance(block, Table) and (found := list(_of_table(block))) and len(found) > 1:
            yield UnitList(units=_distinct(found), heading=_heading(paper, at), tables=frozenset({numbers[at]}))


def _heading(paper: Paper, at: int) -> str:
    """Name a list: by its annex's number, else by the title above it."""
    above = [block.text for block in paper.blocks[max(0, at - 4) : at + 1] if isinstance(block, Paragraph)]
    annex = next((found[0] for text in reversed(above) if (found := _ANNEX.match(text))), "")
    titles = [text for text in above if _HEADS.search(squeezed(text)) and len(text) <= _LONGEST]
    return squeezed(annex).rstrip(":") or (unnumbered(joined(titles[-1])) if titles else "")


def _below(
    blocks: tuple[Paragraph | Table, ...], numbers: list[int], level: int | None
) -> tuple[list[ReadUnit], set[int]]:
    """Give the names below a heading that is numbered so, down to the next heading, annex, table of items, or sentence."""
    found: list[ReadUnit] = []
    used: set[int] = set()
    group = ""
    for block, number in zip(blocks, numbers, strict=True):
        if isinstance(block, Table):
            more = list(_of_table(block))
            if not more:
                break
            found += more
            used.add(number)
            continue
        text = block.text
        if _ANNEX.match(text) or _is_heading(text, level) or (_ENDS.search(text.rstrip("。")) and not _is_list(text)):
            break
        if heading := _class_heading(text):
            group = heading
            continue
        lead = _LEAD.match(text)
        group = lead[1] if lead else group
        names = listed(text[lead.end() :] if lead else text)
        found += _units(names, group, block.where)
    return found, used


def _is_heading(text: str, level: int | None) -> bool:
    """Tell whether a line heads what follows the list: it is numbered as the list's heading or as a part, or prints points."""
    own = level_of(text)
    if own is None or _is_list(text):
        return False
    return own == 0 or (level is not None and own <= level) or bool(MARK.search(text))


def _is_list(text: str) -> bool:
    return text.count("、") > 3


def _class_heading(text: str) -> str:
    """Give the class that a line heads: one that is numbered in Chinese, ends in a colon, or counts its units."""
    found = _CLASS.match(text)
    marked = re.match(r"[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十]", text) or text.endswith((":", "："))
    counted = re.search(r"[(（][^()（）]*[0-9０-９]+\s*[家个]", text)
    return found[1].strip() if found and (marked or counted) else ""


def _of_table(table: Table) -> Iterator[ReadUnit]:
    """Give the names of a table that heads a column with units; none of one that is about something else."""
    if find_header(table):
        return
    for first in range(min(3, len(table.rows))):
        titles = [squeezed(cell.text) for cell in table.rows[first]]
        columns = [at for at, title in enumerate(titles) if _UNIT_COLUMN.fullmatch(title)]
        if columns and not any(_NOT_UNITS.search(title) for title in titles):
            classes = [at for at, title in enumerate(titles) if _CLASS_COLUMN.fullmatch(title)]
            yield from _rows(table, first + 1, columns, classes[:1])
            return


def _rows(table: Table, first: int, columns: list[int], classes: list[int]) -> Iterator[ReadUnit]:
    seen: set[tuple[int, int]] = set()
    for at in columns:
        group = ""
        for row, where in zip(table.rows[first:], table.places[first:], strict=True):
            group = next((joined(row[each].text) for each in classes if row[each].text), group)
            if row[at].anchor in seen:
                continue
            seen.add(row[at].anchor)
            text = row[at].text
            names = listed(text) if "、" in text or (classes and "\n" in text) else (joined(text),)
            yield from _units(names, group, where)


def _units(names: Iterable[str], group: str, where: str) -> Iterator[ReadUnit]:
    for printed in names:
        name = _NUMBER.sub("", joined(printed)).strip()
        if not name or len(name) > _LONGEST or _COUNTED.match(name) or name.isdigit():
            continue
        short = without_brackets(name) or name
        yield ReadUnit(name=name, short=short, absorbed=_absorbed(name), group=group, where=where)


def _absorbed(name: str) -> tuple[str, ...]:
    inner = (each.removeprefix("含").removeprefix("包括") for each in in_brackets(name))
    return tuple(body for each in inner for body in listed(each) if not _COUNTED.match(body))


def _distinct(units: Iterable[ReadUnit]) -> tuple[ReadUnit, ...]:
    held: dict[str, ReadUnit] = {}
    for unit in units:
        held.setdefault(unit.short, unit)
    return tuple(held.values())
