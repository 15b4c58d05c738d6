"""From the rows of the workbook back to the tables of a catalogue.

A row is taken for the thing that its hidden mark names: it keeps its id when it is renamed, renumbered or moved, and what
belongs to it follows. Without a mark it is a new thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby

from fazhi_xl.notice.model import FORMAT
from fazhi_xl.notice.source import FILES
from fazhi_xl.setup.book.cells import Cell, as_text, from_cell
from fazhi_xl.setup.book.changed import TARGET, meant
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
from fazhi_xl.setup.book.rows import Row
from fazhi_xl.setup.book.taken import Entries, Entry, Spot, Taken, put


def from_rows(rows: Mapping[str, Iterable[Row]]) -> Taken:
    """Take the rows of all sheets for a catalogue; what cannot be placed is a fault, and left out."""
    taken, entries = Taken(), Entries()
    _take_fields(taken, _single_fields(taken, rows.get(FIELDS, ())))
    lacking = taken.lacking
    for table in TABLES:
        held = [row for row in rows.get(table.sheet, ()) if _says_something(table, row)]
        if table.part in lacking and held:
            taken.unused[table.sheet] = len(held)
        used = [] if table.part in lacking else held
        used = [_by_ids(table, row, entries) for row in _single_marks(table, used)]
        Filling(table, taken, entries).take(_in_order(table, used))
    taken.files = {
        file: taken.files[file] for file in (*FILES, *sorted(taken.files)) if taken.files.get(file) is not None
    }
    return taken


def _says_something(table: Table, row: Row) -> bool:
    return any(row.cells.get(column.head) not in {None, ""} for column in table.columns)


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


def _by_ids(table: Table, row: Row, entries: Entries) -> Row:
    """Put the ids, or what they are called by now, in place of the names by which a row's cells call other things."""
    marked = row.mark.names if row.mark else {}
    if table.sheet == CHANGES:

        def find(sheet: str, said: str) -> str:
            return _id_of(said, marked.get(TARGET), entries.get(sheet, []))

        return replace(row, cells=meant(row.cells, find))
    parents = {each.column.head for each in table.of}
    naming = [each for each in table.columns if each.over and row.cells.get(each.head) and each.head not in parents]
    found = {column.head: _found(column, row, marked, entries) for column in naming}
    return replace(row, cells={**row.cells, **found}) if found else row


def _found(column: Column, row: Row, marked: Mapping[str, str], entries: Entries) -> Cell:
    among, said = [entry for sheet in column.over for entry in entries.get(sheet, [])], row.cells[column.head]
    if column.by_id:
        return _id_of(called(said), marked.get(column.head), among)
    return _name_now(said, among)


def _name_now(said: Cell, among: list[Entry]) -> Cell:
    """Give the new name of the one row that was called so, where none is called so now."""
    renamed = [each.name for each in among if each.was == as_text(said).strip()]
    return renamed[0] if len(renamed) == 1 and not any(each.name == as_text(said).strip() for each in among) else said


def _id_of(said: str, marked: str | None, among: list[Entry]) -> str:
    found = named(among, said, marked)
    return found.id if found else said
