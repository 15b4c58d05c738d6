"""The rows of the table of items, put together over pages, sections and merged cells, with a text for each kind of column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fazhi_xl.setup.draft.characters import joined, squeezed
from fazhi_xl.setup.draft.headers import Column, Header, find_header, is_repeated
from fazhi_xl.text.papers import Paper, Paragraph, Table

_TOTAL = re.compile(r"合计|总计|小计|总分|共计|合计.{0,4}")
_CHINESE = re.compile(r"[(（]?[一二三四五六七八九十]+[)）]?[、.．]?")
_HEADING = 40  # characters of a heading before a table, at most
_ANNEX = re.compile(r"附[件表录]\s*[0-9０-９一二三四五六七八九十]*[:：]?")
_POINTS_END = re.compile(r"[(（]\s*(?:共|满分)?\s*[0-9０-９.]+\s*分\s*[)）]$")
_ENUMERATED = re.compile(r"^(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十]+[)）])\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a row says in one kind of column, and the merged cell that it says it in; the table's number tells cells apart."""

    text: str
    cell: tuple[int, int, int]
    carried: bool = False  # from the page before: what stands in it may be said there

    @property
    def one_line(self) -> str:
        """Its text in one line."""
        return joined(self.text)


BLANK = Entry(text="", cell=(-1, -1, -1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row below the header: its entries by column, the heading that it stands under, and where it was read."""

    entries: dict[Column, Entry]
    heading: str
    where: str
    by_class: tuple[tuple[str, Entry], ...] = ()  # points, where classes of units have other ones
    follows: bool = False  # the first row on a new page: it may belong to the one before

    def of(self, column: Column) -> Entry:
        """Give what the row says in a kind of column; blank where it says nothing, or there is no such column."""
        return self.entries.get(column, BLANK)

    def text(self, column: Column) -> str:
        """Give the text of a kind of column in one line."""
        return self.of(column).one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of all tables of items, the titles of their columns, and which of the paper's tables they were (from 0)."""

    rows: tuple[Row, ...] = ()
    titles: tuple[tuple[Column, str], ...] = ()
    tables: frozenset[int] = frozenset()
    merging: frozenset[Column] = frozenset()  # columns with merged cells: a blank one of theirs is odd


def item_rows(paper: Paper) -> Rows:
    """Find the tables of items and give their rows in order; no rows where the paper has no such table."""
    header: Header | None = None
    heading, used = "", set[int]()
    found: list[Row] = []
    titles: dict[tuple[Column, str], None] = {}
    merging: set[Column] = set()
    number = -1
    captions: set[str] = set()
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            captions |= _caption(block.text)
            header = None if _ANNEX.match(block.text) else header
            heading = "" if _ANNEX.match(block.text) else _heading(block.text) or heading
            continue
        number += 1
        own = find_header(block)
        header = own or (header if header and len(header.columns) == len(block.rows[0]) else None)
        if header is None:
            continue
        used.add(number)
        titles.update(dict.fromkeys(zip(header.columns, header.titles, strict=True)))
        merging |= _merging(block, header, own)
        found += _rows(block, number, header, own.body if own else 0, heading)
    return Rows(
        rows=_without_caption(tuple(_whole(found)), captions),
        titles=tuple(titles),
        tables=frozenset(used),
        merging=frozenset(merging),
    )


def _caption(text: str) -> set[str]:
    """Give the heading that a paragraph is, where it prints no points: it may be only what a table is called."""
    heading = _heading(text)
    return {_bare(heading)} if heading and not _POINTS_END.search(heading) else set()


def _without_caption(rows: tuple[Row, ...], captions: set[str]) -> tuple[Row, ...]:
    """Leave out the heading where all rows stand under the same paragraph, without points: it names the table, and parts nothing."""
    headings = {row.heading for row in rows}
    return tuple(replace(row, heading="") for row in rows) if len(headings) == 1 and headings <= captions else rows


def _heading(text: str) -> str:
    """Give a paragraph that heads a section of its own: a short one with a Chinese number, which lists nothing."""
    bare = _ENUMERATED.sub("", text)
    lists = "、" in bare or re.search(r"[:：]\s*\S", bare)
    return text if bare != text and len(text) <= _HEADING and not lists and not text.endswith(("。", ";", "；")) else ""


def _merging(table: Table, header: Header, own: Header | None) -> set[Column]:
    below = range(own.body if own else 0, len(table.rows))
    return {column for row in below for at, column in enumerate(header.columns) if table.rows[row][at].anchor[0] != row}


def _rows(table: Table, number: int, header: Header, body: int, heading: str) -> Iterator[Row]:
    top = -1
    for at in range(body, len(table.rows)):
        cells = table.rows[at]
        texts = [squeezed(cell.text) for cell in cells]
        if not any(texts) or is_repeated(header, table, at) or any(_TOTAL.fullmatch(text) for text in texts[:3]):
            continue
        if section := _section(table, header, at):
            heading = section
            continue
        top = at if table.new_page and top < 0 else top
        yield Row(
            entries=_entries(table, number, header, at, top),
            heading=_bare(heading),
            where=table.places[at],
            by_class=tuple((name, _entry(table, number, at, place)) for place, name in header.classes),
            follows=top == at,
        )


def _section(table: Table, header: Header, at: int) -> str:
    """Give what a row says that heads the rows below: across the table, under a Chinese number, or alone in the first column."""
    cells = table.rows[at]
    told = {cell.anchor: cell.text for cell in cells if cell.text}
    asked = [cells[place] for place in header.of(Column.REQUIREMENT)]
    named = [cells[place] for column in (Column.NAME, Column.ASPECT) for place in header.of(column)]
    if len({cell.anchor for cell in cells}) == 1:
        return cells[0].text
    if named and asked and {cell.anchor for cell in named} == {cell.anchor for cell in asked}:
        return named[0].text
    numbers = [cells[place].text for place in header.of(Column.NO)]
    if named and numbers and _CHINESE.fullmatch(squeezed(numbers[0])) and not any(cell.text for cell in asked):
        return named[0].text
    alone = cells[0].text if set(told) == {cells[0].anchor} else ""
    return alone if _ENUMERATED.match(alone) or _POINTS_END.search(alone) else ""


def _bare(heading: str) -> str:
    """Leave out a heading's own number and points: `一、组织领导(20分)`."""
    return _ENUMERATED.sub("", _POINTS_END.sub("", joined(heading))).strip(" :：")


def _entries(table: Table, number: int, header: Header, at: int, top: int) -> dict[Column, Entry]:
    cells = table.rows[at]
    entries: dict[Column, Entry] = {}
    seen: set[tuple[int, int]] = set()
    for place, column in enumerate(header.columns):
        cell = cells[place]
        if cell.anchor in seen or column is Column.OTHER:
            continue
        seen.add(cell.anchor)
        entry = Entry(text=cell.text, cell=(number, *cell.anchor), carried=cell.anchor[0] == top)
        held = entries.get(column)
        entries[column] = _both(held, entry) if held and column is not Column.POINTS else held or entry
        if column is Column.POINTS and held and cell.text and entry.cell[1] == at:
            entries[column] = entry  # of two columns of points the one that parts further counts
    return _named(entries)


def _entry(table: Table, number: int, at: int, place: int) -> Entry:
    cell = table.rows[at][place]
    return Entry(text=cell.text, cell=(number, *cell.anchor))


def _named(entries: dict[Column, Entry]) -> dict[Column, Entry]:
    """Take the aspect for the name where one cell spans both columns."""
    if Column.NAME not in entries and Column.ASPECT in entries:
        return {**entries, Column.NAME: entries[Column.ASPECT], Column.ASPECT: BLANK}
    return entries


def _both(held: Entry, entry: Entry) -> Entry:
    """Put the texts of two columns of one kind together: what is asked, and how it is scored."""
    texts = [each for each in (held.one_line, entry.one_line) if each]
    if len(texts) == 2 and texts[1].startswith(texts[0]):
        texts = texts[1:]
    mark = "" if len(texts) < 2 or texts[0].endswith(("。", ";", "；", ":", "：")) else ":"
    return replace(entry if entry.text else held, text=mark.join(texts))


# Over pages ----------------------------------------------------------------------------------------------------------


def _whole(rows: list[Row]) -> Iterator[Row]:
    """Put a row together that a page's end parted: what follows has no number and no points."""
    held: Row | None = None
    for row in rows:
        if held and row.follows and not row.text(Column.NO) and not row.text(Column.POINTS) and _is_rest(held, row):
            held = replace(held, entries={column: _rest(held.of(column), row.of(column)) for column in held.entries})
            continue
        if held:
            yield held
        held = row
    if held:
        yield held


def _is_rest(held: Row, row: Row) -> bool:
    """Tell whether a row without a number and points is the rest of the one before: there are such columns at all."""
    return bool(held.text(Column.NO) or held.text(Column.POINTS)) and bool(row.entries)


def _rest(held: Entry, more: Entry) -> Entry:
    if not more.text or more.text == held.text:
        return held
    return replace(held, text=f"{held.text}\n{more.text}")
