"""Puts the rows of one table where they belong in a catalogue's files.

A row belongs to what its hidden mark names while its cell still says what it said when the mark was written, or what that is
called by now; else to what the cell says.
"""

# ruff: noqa: ANN401 - a node of a catalogue's tables can be of any kind
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from fazhi_xl.notice.source import TomlTable
from fazhi_xl.setup.book.cells import Cell, as_text, from_cell
from fazhi_xl.setup.book.declared.columns import Column
from fazhi_xl.setup.book.declared.table import ITEMS, Holds, Level, Parent, Table
from fazhi_xl.setup.book.rows import Mark, Row
from fazhi_xl.setup.book.taken import Entries, Entry, RowDoubt, RowFault, Spot, Taken, Unlisted, put
from fazhi_xl.setup.book.to_rows import model_of
from fazhi_xl.setup.book.walk import Place
from fazhi_xl.setup.book.which import list_of, lists_of


@dataclass(slots=True, kw_only=True)
class _Way:
    """How far a row has come: the file, the place within it, and what stands there."""

    row: Row
    file: str
    place: Place
    node: Any


_NUMBERED = re.compile(r"第?\s*(\d[\d.]*)\s*[项条]?")


class Filling:
    """Fills the rows of one table into the files."""

    def __init__(self, table: Table, taken: Taken, entries: Entries) -> None:
        self._table, self._taken, self._entries = table, taken, entries
        self._own: list[Entry] = entries.setdefault(table.sheet, [])
        self._made: dict[tuple[int, tuple[str, ...]], tuple[Place, Any]] = {}

    def take(self, rows: Iterable[Row]) -> None:
        """Fill the rows in; one that belongs to nothing is a fault."""
        held = list(rows)
        used = {row.mark.id for row in held if row.mark}
        for row in held:
            above = self._above(row)
            if above or not self._table.of:
                self._take(row, above, used)

    def _take(self, row: Row, above: Entry | None, used: set[str]) -> None:
        if self._headless(row):
            self._taken.faults.append(
                RowFault(spot=self._spot_of(row, self._table.levels[0].columns[0]), said="", names="")
            )
            return
        way = self._home(row, above)
        if self._unlisted(way):
            return
        for level in self._table.levels:
            values = {column.head: _value(column, row, level) for column in level.columns}
            if _is_list(level) and all(value is None for value in values.values()):
                break  # the element above has none of its own
            self._descend(way, level, values)
        else:
            if isinstance(way.node, dict) and self._table.name:
                self._own.append(self._entry(way, above, used))
        self._taken.notes[way.file, way.place] = row.note
        self._taken.rows.setdefault((way.file, way.place), Spot(sheet=self._table.sheet, at=row.at))

    def _headless(self, row: Row) -> bool:
        """Say whether a row has a member of something, and does not say of what."""
        first, *rest = self._table.levels
        filled = [_value(column, row, level) is not None for level in rest for column in level.columns]
        return _is_list(first) and any(filled) and all(_value(each, row, first) is None for each in first.columns)

    def _unlisted(self, way: _Way) -> bool:
        """Note where a row does not say which list of the thing above it is in, or names one that this cannot have."""
        level = self._table.levels[0]
        column = next((each for each in level.columns if each.head == level.which), None)
        if column is None or list_of(level, _value(column, way.row, level), way.node) is not None:
            return False
        said, words = as_text(way.row.cells.get(column.head)).strip(), level.variants or {}
        lists = tuple(words[each] for each in lists_of(level, way.node))
        kind = str(way.node.get("kind", ""))
        self._taken.unlisted.append(
            Unlisted(
                spot=self._spot_of(way.row, column), said=said, lists=lists, kind=kind, file=way.file, place=way.place
            )
        )
        return True

    def _spot_of(self, row: Row, column: Column) -> Spot:
        return Spot(sheet=self._table.sheet, head=column.head, at=row.at)

    # What a row belongs to ----------------------------------------------------------------------------------------------

    def _above(self, row: Row) -> Entry | None:
        found: Entry | None = None
        for nth, parent in enumerate(self._table.of):
            among = [each for each in self._entries[parent.table] if nth == 0 or each.above is found]
            marked = row.mark.of[nth] if row.mark and nth < len(row.mark.of) else None
            written = row.mark.called.get(parent.column.head) if row.mark else None
            said = called(row.cells.get(parent.column.head)) or ("1" if parent.column.own_position else "")
            found = named(among, said, marked, written)
            if found is None:
                self._leave(row, parent, said, among, gone=said == written)
                return None
            self._doubt(row, parent, said, found, among)
        return found

    def _doubt(self, row: Row, parent: Parent, said: str, found: Entry, among: list[Entry]) -> None:
        """Note where a row that is new or was changed names what another thing was called before."""
        before = next((each for each in among if each is not found and said == each.was != each.name), None)
        if before and found.name == said and not (row.mark and found.id in row.mark.of):
            doubt = RowDoubt(spot=self._spot_of(row, parent.column), said=said, now=before.name)
            self._taken.doubts.setdefault((self._table.sheet, said), doubt)

    def _leave(self, row: Row, parent: Parent, said: str, among: list[Entry], *, gone: bool) -> None:
        """Leave a row out: a fault, unless what it belongs to is left out itself, and told so."""
        self._taken.orphans.add((self._table.sheet, called(row.cells.get(self._table.name))))
        if (parent.table, said) not in self._taken.orphans:
            known = tuple(each.name for each in among)
            spot = self._spot_of(row, parent.column)
            self._taken.faults.append(RowFault(spot=spot, said=said, names=parent.table, known=known, gone=gone))

    def _home(self, row: Row, above: Entry | None) -> _Way:
        if above:
            return _Way(row=row, file=above.file, place=above.place, node=above.node)
        items = self._table.file == ITEMS
        file = f"{ITEMS}/{len(self._own) + 1:02d}.toml" if items else self._table.file
        return _Way(row=row, file=file, place=(), node=self._taken.files.setdefault(file, {}))

    # From level to level ------------------------------------------------------------------------------------------------

    def _descend(self, way: _Way, level: Level, values: dict[str, Any]) -> None:
        if not _is_list(level):
            self._set(way, level, values)
            return
        path = list_of(level, values.get(level.which), way.node) or ""
        known = id(way.node), (path, *(str(values[head]) for head in level.key))
        if level.key and known in self._made:
            way.place, way.node = self._made[known]
            self._complete(way, level, values)
            return
        steps = tuple(path.split(".")) if path else ()
        way.node, way.place = _under(way.node, steps, level), (*way.place, *steps)
        if level.holds is Holds.NAMED:
            self._enter_name(way, level, values)
        else:
            self._append(way, level, values)
        if level.key:
            self._made[known] = way.place, way.node

    def _append(self, way: _Way, level: Level, values: dict[str, Any]) -> None:
        listed: list[Any] = way.node
        way.place = (*way.place, len(listed))
        if level.holds is Holds.VALUES:
            column = next(each for each in level.columns if each.head != level.which)
            listed.append(values[column.head] if values[column.head] is not None else "")
            self._spot(way, column, way.place)
            way.node = None
            return
        way.node = {}
        listed.append(way.node)
        self._set(way, level, values)

    def _enter_name(self, way: _Way, level: Level, values: dict[str, Any]) -> None:
        first, *rest = level.columns
        name = str(values[first.head] or "")
        holder: TomlTable = way.node
        way.place = (*way.place, name)
        self._spot(way, first, way.place)
        if rest:
            holder[name] = values[rest[0].head]
            self._taken.spots.pop((way.file, way.place), None)
            self._spot(way, rest[0], way.place)
        following = self._following(level)
        way.node = holder.setdefault(name, [] if following and following.holds is Holds.VALUES else {})

    def _following(self, level: Level) -> Level | None:
        after = self._table.levels[self._table.levels.index(level) + 1 :]
        return after[0] if after else None

    def _set(self, way: _Way, level: Level, values: dict[str, Any]) -> None:
        several = next((column for column in level.columns if len(column.models) > 1), None)
        kind = next((values[column.head] for column in level.columns if column.field == "kind"), None)
        model = model_of(several, {"kind": kind}) if several else None
        for column in (each for each in level.columns if each.models):
            self._spot(way, column, (*way.place, *column.path.split(".")))
            value = (
                _value(column, way.row, level)
                if model is None
                else from_cell(way.row.cells.get(column.head), column.form(model), column.words)
            )
            if value is not None:
                put(way.node, tuple(column.path.split(".")), value)

    def _complete(self, way: _Way, level: Level, values: dict[str, Any]) -> None:
        """Take from a later row what the rows before it leave out: any of them may say what belongs to all."""
        for column in level.columns:
            if column.models and values[column.head] is not None and column.field not in way.node:
                put(way.node, tuple(column.path.split(".")), values[column.head])
                self._taken.spots.pop((way.file, (*way.place, column.field)), None)
                self._spot(way, column, (*way.place, column.field))

    def _spot(self, way: _Way, column: Column, place: Place) -> None:
        spot = Spot(sheet=self._table.sheet, head=column.head, at=way.row.at)
        self._taken.spots.setdefault((way.file, place), spot)

    @property
    def _positional(self) -> bool:
        return any(each.own_position for each in self._table.columns if each.head == self._table.name)

    # What others name it by ---------------------------------------------------------------------------------------------

    def _entry(self, way: _Way, above: Entry | None, used: set[str]) -> Entry:
        mark = way.row.mark
        if self._table.usual:
            name = str(way.node.get(self._table.usual, ""))
            own = _settled_id(way.node, name, mark, used)
        else:
            name = called(way.row.cells.get(self._table.name)) or str(
                sum(each.above is above for each in self._own) + 1
            )
            new = f"#{name}" if self._positional else name  # a position is no name: another thing may have had it
            own = mark.id if mark else new
        was = mark.was if mark else name
        if mark and self._table.usual in _CALLED_BY and unlike(was, name):
            head = next(each for each in self._table.columns if each.head == self._table.name)
            self._taken.renamed.append(RowDoubt(spot=self._spot_of(way.row, head), said=was, now=name))
        nth = (mark.nth or _position(mark.id)) if mark else 0
        return Entry(node=way.node, file=way.file, place=way.place, id=own, name=name, was=was, above=above, nth=nth)


_CALLED_BY = frozenset({"short", "label"})  # names, where the others are numbers


def unlike(one: str, other: str) -> bool:
    """Say whether two names hardly share a letter: rather another thing than a new name."""
    return bool(one and other) and SequenceMatcher(None, one, other).ratio() < _LIKE


_LIKE = 0.4


def _position(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _is_list(level: Level) -> bool:
    return bool(level.path or level.variants) or level.holds is not Holds.TABLES


def _under(node: Any, steps: Place, level: Level) -> Any:
    """Give the list or table under a path; it is made where it is not there."""
    if not steps:
        return node
    *way, last = steps
    for step in way:
        node = node.setdefault(step, {})
    return node.setdefault(last, {} if level.holds is Holds.NAMED else [])


def _value(column: Column, row: Row, level: Level) -> Any:
    cell = row.cells.get(column.head)
    if column.exact or (column.by_id and not column.models):
        return as_text(cell).strip() or None
    if level.holds is Holds.NAMED and column is level.columns[0]:
        return as_text(cell) or None
    return from_cell(cell, column.form(), column.words)


def named(among: list[Entry], said: str, marked: str | None, written: str | None = None) -> Entry | None:
    """Find what a cell calls: what its mark names, while the cell says what was `written` or what that is called, else what is called so.

    A cell that nobody touched and whose thing is gone calls nothing, whatever has that name by now.
    """
    held = next((each for each in among if each.id == marked), None)
    if marked is not None and said == written:
        return held
    if held and said in {held.was, held.name}:
        return held
    return next((each for each in among if each.name == said), None)


def called(cell: Cell) -> str:
    """Give the name that a cell calls another row by: 第15项 is 15."""
    said = as_text(cell).strip()
    numbered = _NUMBERED.fullmatch(said)
    return numbered[1] if numbered else said


def _settled_id(node: TomlTable, name: str, mark: Mark | None, used: set[str]) -> str:
    """Write the id where it is not the usual one, and give it; a new thing gets one that no other has."""
    own = mark.id if mark else next(each for each in _free(name) if each not in used)
    used.add(own)
    if own and (own != name or (mark and mark.own)):
        rest = dict(node)
        node.clear()
        node.update({"id": own, **rest})
    return own


def _free(name: str) -> Iterator[str]:
    yield name
    for count in range(2, 10_000):
        yield f"{name}#{count}"
