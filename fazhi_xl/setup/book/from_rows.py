"""From the rows of the workbook back to the tables of a catalogue.

A row is taken for the thing that its hidden mark names: it keeps its id when it is renamed, renumbered or moved, and what
belongs to it follows. Without a mark it is a new thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from fazhi_xl.notice.model import FORMAT
from fazhi_xl.notice.source import FILES
from fazhi_xl.setup.book.cells import Cell, as_text, from_cell
from fazhi_xl.setup.book.changed import meant
from fazhi_xl.setup.book.fields import ABSENT, GROUP, NAME, PARTS, SECTIONS, SWITCHES, VALUE, Field, fields
from fazhi_xl.setup.book.fields import SHEET as FIELDS
from fazhi_xl.setup.book.fill import Filling
from fazhi_xl.setup.book.rows import Row
from fazhi_xl.setup.book.sheets import CHANGES, TABLES, Table
from fazhi_xl.setup.book.taken import Entries, Spot, Taken, put


def from_rows(rows: Mapping[str, Iterable[Row]]) -> Taken:
    """Take the rows of all sheets for a catalogue; what cannot be placed is a fault, and left out."""
    taken, entries = Taken(), Entries()
    lacking = _take_fields(taken, {_field_key(row): row for row in rows.get(FIELDS, ())})
    for table in TABLES:
        held = [row for row in rows.get(table.sheet, ()) if _says_something(table, row)]
        if table.part in lacking and held:
            taken.unused[table.sheet] = len(held)
        used = [] if table.part in lacking else held
        if table.sheet == CHANGES:
            used = [replace(row, cells=meant(row.cells, _ids_by_name(entries))) for row in used]
        Filling(table, taken, entries).take(_in_order(table, _single_marks(table, used)))
    _name_by_ids(taken, entries)
    taken.files = {
        file: taken.files[file] for file in (*FILES, *sorted(taken.files)) if taken.files.get(file) is not None
    }
    return taken


def _says_something(table: Table, row: Row) -> bool:
    return any(row.cells.get(column.head) not in {None, ""} for column in table.columns)


# The sheet 通知 ---------------------------------------------------------------------------------------------------------

_OF_PARTS = frozenset({"index.toml", "contacts.toml"})  # files that are there because their part is


def _take_fields(taken: Taken, rows: Mapping[str, Row]) -> set[str]:
    """Take the single values; gives the parts that the notice is said to lack."""
    switches = {part: rows.get(f"{SWITCHES}:{part}") for part in PARTS}
    lacking = {part for part, row in switches.items() if row and as_text(row.cells.get(VALUE)).strip() == ABSENT}
    if rows:
        taken.files["notice.toml"] = {"format": FORMAT}
    for section in SECTIONS:
        if section.file in _OF_PARTS and section.part not in lacking and switches.get(section.part):
            taken.files[section.file] = {}
    for field in fields():
        if field.key in rows and field.section.part not in lacking:
            _take_field(taken, field, rows[field.key])
    return lacking


def _take_field(taken: Taken, field: Field, row: Row) -> None:
    column, file = field.column, field.section.file
    place = (*filter(None, field.section.path.split(".")), *column.path.split("."))
    taken.spots[file, place] = Spot(sheet=FIELDS, head=VALUE, at=row.at)
    taken.notes[file, place] = row.note
    value = from_cell(row.cells.get(VALUE), column.form(), column.words)
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
_ORDERED = frozenset({"单位", "项目", "得分点", "计分规则", "加分情形", "减分情形", "一票否决"})


def _in_order(table: Table, rows: list[Row]) -> list[Row]:
    """Give rows in the order of their numbers, where each has one: sorting a sheet changes nothing."""
    head = next((column.head for column in table.columns if column.head in _NUMBERED), None)
    if head is None or table.sheet not in _ORDERED:
        return rows
    numbers = [_number(row.cells.get(head)) for row in rows]
    if not all(numbers):
        return rows
    return [row for _, row in sorted(zip(numbers, rows, strict=True), key=lambda pair: pair[0])]


def _number(cell: Cell) -> tuple[int, ...]:
    steps = as_text(cell).strip().split(".")
    return tuple(map(int, steps)) if all(step.isdecimal() for step in steps) else ()


# Ids --------------------------------------------------------------------------------------------------------------------

_BY_ID = {(table.sheet, column.head): column for table in TABLES for column in table.columns if column.by_id}


def _ids_by_name(entries: Entries) -> dict[str, dict[str, str]]:
    return {sheet: {each.name: each.id for each in reversed(found)} for sheet, found in entries.items()}


def _name_by_ids(taken: Taken, entries: Entries) -> None:
    """Put the ids in place of the names by which cells call other things."""
    by_name = _ids_by_name(entries)
    for (file, (*way, last)), spot in taken.spots.items():
        column = _BY_ID.get((spot.sheet, spot.head))
        holder: Any = taken.files.get(file) if column else None
        for step in way if column else ():
            holder = holder.get(step, {}) if isinstance(holder, dict) else holder[int(step)]
        said = (holder.get(last) if isinstance(holder, dict) else holder[int(last)]) if column else None
        if column and said is not None:
            holder[last] = next((by_name[each][said] for each in column.over if said in by_name[each]), said)
