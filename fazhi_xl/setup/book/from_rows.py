"""From the rows of the workbook back to the tables of a catalogue.

A row is taken for the thing that its hidden mark names: it keeps its id when it is renamed, renumbered or moved, and what
belongs to it follows. Without a mark it is a new thing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from fazhi_xl.notice.model import FORMAT
from fazhi_xl.notice.source import FILES
from fazhi_xl.setup.book.cells import Cell, as_text, from_cell
from fazhi_xl.setup.book.changed import PLACE, TARGET, meant
from fazhi_xl.setup.book.declared.columns import Column
from fazhi_xl.setup.book.declared.fields import (
    ABSENT,
    GROUP,
    NAME,
    PARTS,
    SECTIONS,
    SWITCHES,
    THERE,
    VALUE,
    Field,
    fields,
)
from fazhi_xl.setup.book.declared.fields import SHEET as FIELDS
from fazhi_xl.setup.book.declared.sheets import TABLES
from fazhi_xl.setup.book.declared.table import CHANGES, Table
from fazhi_xl.setup.book.fill import Filling, called, named
from fazhi_xl.setup.book.rows import Mark, Row, digest
from fazhi_xl.setup.book.taken import Entries, Entry, RowFault, Spot, Taken, put


def from_rows(rows: Mapping[str, Iterable[Row]]) -> Taken:
    """Take the rows of all sheets for a catalogue; what cannot be placed is a fault, and left out."""
    taken, entries = Taken(), Entries()
    _take_fields(taken, _single_fields(taken, rows.get(FIELDS, ())))
    lacking = taken.lacking
    for table in TABLES:
        held = list(_entries(table, rows.get(table.sheet, ()), taken))
        if table.part in lacking and held:
            taken.unused[table.sheet] = len(held)
        used = [] if table.part in lacking else held
        used = _single_marks(table, _rejoined(table, used, taken))
        Filling(table, taken, entries).take(_in_order(table, list(_by_ids(table, used, taken, entries))))
    taken.files = {
        file: taken.files[file] for file in (*FILES, *sorted(taken.files)) if taken.files.get(file) is not None
    }
    return taken


def _entries(table: Table, rows: Iterable[Row], taken: Taken) -> Iterator[Row]:
    """Yield the rows that enter something: blank ones are none, nor are notes and sums below a table."""
    for row in rows:
        said = [as_text(row.cells.get(column.head)).strip() for column in table.columns]
        filled = [text for text in said if text]
        if row.mark is None and filled and (_SUM.fullmatch(filled[0]) or (len(filled) == 1 and _NOTE.match(filled[0]))):
            taken.asides.append(Spot(sheet=table.sheet, at=row.at))
        elif filled:
            yield row


_SUM, _NOTE = re.compile(r"[小合总共]\s*计[::]?|总和"), re.compile(r"备?注\d?[::]|说明[::]|注意[::]")


# The sheet 通知 ---------------------------------------------------------------------------------------------------------

_OF_PARTS = frozenset({"index.toml", "contacts.toml"})  # files that are there because their part is


def _single_fields(taken: Taken, rows: Iterable[Row]) -> dict[str, Row]:
    """Give the rows by the value that they hold; of two that hold the same the first counts."""
    found: dict[str, Row] = {}
    for row in rows:
        first = found.setdefault(_field_key(row), row)
        if first is not row and _field_key(row):
            taken.twice.append((Spot(sheet=FIELDS, head=VALUE, at=row.at), first.at))
    return found


_THERE, _ABSENT = frozenset({THERE, "是", "√", ""}), frozenset({ABSENT, "无", "否", "×"})
"""What a switch is taken for; one that was left blank changes nothing."""


def _lacks(taken: Taken, row: Row) -> bool:
    """Say whether a switch says that the notice lacks its part."""
    said = as_text(row.cells.get(VALUE)).strip()
    if said not in _THERE | _ABSENT:
        taken.switches.append(Spot(sheet=FIELDS, head=VALUE, at=row.at))
    return said in _ABSENT


def _take_fields(taken: Taken, rows: Mapping[str, Row]) -> None:
    """Take the single values, and the parts that the notice is said to lack."""
    switches = {part: rows.get(f"{SWITCHES}:{part}") for part in PARTS}
    taken.lacking = lacking = {part for part, row in switches.items() if row and _lacks(taken, row)}
    if rows:
        taken.files["notice.toml"] = {"format": FORMAT}
    for section in SECTIONS:
        if section.file in _OF_PARTS and section.part not in lacking and switches.get(section.part):
            taken.files[section.file] = {}
    for field in fields():
        if field.key in rows and field.section.part not in lacking:
            _take_field(taken, field, rows[field.key])


def _take_field(taken: Taken, field: Field, row: Row) -> None:
    column, file = field.column, field.section.file
    place = (*filter(None, field.section.path.split(".")), *column.path.split("."))
    taken.spots[file, place] = Spot(sheet=FIELDS, head=VALUE, at=row.at)
    taken.notes[file, place] = row.note
    value = from_cell(row.cells.get(VALUE), column.form(), column.words)
    if value is None and row.note and column.default == "":
        value = ""  # the same, and a place for the note
    if value is not None:
        put(taken.files.setdefault(file, {}), place, value)


def _field_key(row: Row) -> str:
    """Say which value a row holds: by its mark, else by its names."""
    if row.mark:
        return row.mark.id
    group, name = (as_text(row.cells.get(head)).strip() for head in (GROUP, NAME))
    if group == SWITCHES:
        return f"{SWITCHES}:{name}"
    return next((each.key for each in fields() if (each.section.title, each.name) == (group, name)), "")


# Marks and order --------------------------------------------------------------------------------------------------------


def _rejoined(table: Table, rows: list[Row], taken: Taken) -> list[Row]:
    """Give rows their own marks back, where the hidden column did not move with the others: by what they say of their things."""
    if not table.usual:
        return rows
    says = [digest(*(as_text(row.cells.get(head)) for head in table.content)) for row in rows]
    told = Counter(row.mark.says for row in rows if row.mark)
    own = {row.mark.says: row.mark for row in rows if row.mark and told[row.mark.says] == 1}
    found = [own.get(said, row.mark) if said else row.mark for row, said in zip(rows, says, strict=True)]
    moved = sum(row.mark is not None and mark is not row.mark for row, mark in zip(rows, found, strict=True))
    if moved:
        taken.shifted[table.sheet] = moved
    return [replace(row, mark=mark) for row, mark in zip(rows, found, strict=True)]


def _single_marks(table: Table, rows: list[Row]) -> list[Row]:
    """Take copied marks from the copies: the row that still is called what the mark says has it, else the first."""
    seen: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        if row.mark:
            seen[row.mark.identity].append(at)
    kept = {_first_called(table, rows, ats) for ats in seen.values()}
    return [row if not row.mark or at in kept else replace(row, mark=None) for at, row in enumerate(rows)]


def _first_called(table: Table, rows: list[Row], ats: list[int]) -> int:
    def called(at: int) -> bool:
        mark = rows[at].mark
        return bool(mark and table.name and as_text(rows[at].cells.get(table.name)).strip() == mark.was)

    return next(filter(called, ats), ats[0])


_NUMBERED = ("序号", "编号", "第几条")


def _in_order(table: Table, rows: list[Row]) -> list[Row]:
    """Give rows in the order of their numbers, where each has one: sorting a sheet changes nothing."""
    if table.counted:
        return _as_counted(table, rows)
    head = next((column.head for column in table.columns if column.head in _NUMBERED), None)
    if head is None or not table.numbered:
        return rows
    numbers = [_number(row.cells.get(head)) for row in rows]
    if not all(numbers):
        return rows
    return [row for _, row in sorted(zip(numbers, rows, strict=True), key=lambda pair: pair[0])]


def _as_counted(table: Table, rows: list[Row]) -> list[Row]:
    """Give rows of a sheet that was sorted as they were written: those of one thing no longer stand together. New ones come last."""
    belongs = [tuple(as_text(row.cells.get(each.column.head)).strip() for each in table.of) for row in rows]
    together = len(list(groupby(belongs))) == len(set(belongs))
    return rows if together else sorted(rows, key=lambda row: (row.mark.nth if row.mark else 0) or len(rows))


def _number(cell: Cell) -> tuple[int, ...]:
    steps = as_text(cell).strip().split(".")
    return tuple(map(int, steps)) if all(step.isdecimal() for step in steps) else ()


# Ids --------------------------------------------------------------------------------------------------------------------


def _by_ids(table: Table, rows: Iterable[Row], taken: Taken, entries: Entries) -> Iterator[Row]:
    """Put the ids, or what they are called by now, in place of the names by which cells call other things.

    A row whose thing is gone is a fault, and left out.
    """
    for row in rows:
        naming = _Naming(table, row, entries)
        cells = naming.change() if table.sheet == CHANGES else naming.cells()
        if naming.gone:
            taken.faults.append(naming.gone)
        else:
            yield replace(row, cells=cells)


class _Naming:
    """What the cells of a row name."""

    def __init__(self, table: Table, row: Row, entries: Entries) -> None:
        self._table, self._row, self._entries = table, row, entries
        self._mark = row.mark or Mark()
        self.gone: RowFault | None = None

    def cells(self) -> Mapping[str, Cell]:
        parents = {each.column.head for each in self._table.of}
        filled = [each for each in self._table.columns if each.over and self._row.cells.get(each.head)]
        found = {each.head: self._found(each) for each in filled if each.head not in parents}
        return {**self._row.cells, **found}

    def change(self) -> Mapping[str, Cell]:
        """Give the cells of a reading's change; its positions follow the rules and facts that they were written for."""
        cells = meant(self._row.cells, lambda sheet, said: self._id_of(TARGET, said, (sheet,)))
        says = digest(*(as_text(self._row.cells.get(head)) for head in self._table.content))
        if not self._mark.says or says != self._mark.says:
            return cells
        return {**cells, PLACE: self._followed(as_text(cells[TARGET]), as_text(cells[PLACE])) or None}

    def _followed(self, target: str, place: str) -> str:
        kind, _, own = target.partition(".")
        for way, sheet in _POSITIONS:
            at, _, rest = place.removeprefix(way).partition(".")
            if kind == "sub_points" and place.startswith(way) and at.isdecimal():
                members = [each for each in self._entries[sheet] if each.above and each.above.id == own]
                now = next((no for no, each in enumerate(members) if each.nth == int(at) + 1), None)
                if now is None and any(each.nth for each in self._entries[sheet]):
                    self._lose(PLACE, as_text(self._row.cells.get(PLACE)), sheet)
                return ".".join(filter(None, (f"{way}{now if now is not None else at}", rest)))
        return place

    def _found(self, column: Column) -> Cell:
        said = self._row.cells[column.head]
        if column.by_id:
            return self._id_of(column.head, called(said), column.over)
        return _name_now(said, [entry for sheet in column.over for entry in self._entries.get(sheet, [])])

    def _id_of(self, head: str, said: str, sheets: tuple[str, ...]) -> str:
        among = [entry for sheet in sheets for entry in self._entries.get(sheet, [])]
        marked, written = self._mark.names.get(head), self._mark.called.get(head)
        if head == TARGET and written is not None:
            written = written.partition(" ")[2]
        found = named(among, said, marked, written)
        if found is None and among and marked is not None and said == written:
            self._lose(head, said, sheets[0])
        return found.id if found else said

    def _lose(self, head: str, said: str, sheet: str) -> None:
        spot = Spot(sheet=self._table.sheet, head=head, at=self._row.at)
        known = tuple(each.name for each in self._entries.get(sheet, []))
        self.gone = RowFault(spot=spot, said=said, names=sheet, known=known, gone=True)


_POSITIONS = (("rule.parts.", "计分规则"), ("inputs.", "填报指标"))
"""The lists within a sub-point that changes count their way through, and the sheets that hold them."""


def _name_now(said: Cell, among: list[Entry]) -> Cell:
    """Give the new name of the one row that was called so, where none is called so now."""
    renamed = [each.name for each in among if each.was == as_text(said).strip()]
    return renamed[0] if len(renamed) == 1 and not any(each.name == as_text(said).strip() for each in among) else said
