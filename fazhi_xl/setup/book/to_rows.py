"""From the tables of a catalogue to the rows of the workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import get_args

from fazhi_xl.notice.rules import Plain
from fazhi_xl.notice.shape import path_text
from fazhi_xl.notice.source import Source
from fazhi_xl.setup.book.cells import Cell, as_text, to_cell
from fazhi_xl.setup.book.changed import shown, target_named
from fazhi_xl.setup.book.declared.columns import Column, Form
from fazhi_xl.setup.book.declared.fields import ABSENT, GROUP, NAME, PARTS, SWITCHES, THERE, VALUE, Field, fields
from fazhi_xl.setup.book.declared.fields import SHEET as FIELDS
from fazhi_xl.setup.book.declared.sheets import TABLES
from fazhi_xl.setup.book.declared.table import CHANGES, Holds, Table
from fazhi_xl.setup.book.rows import Mark, Row, digest
from fazhi_xl.setup.book.walk import Element, Strand, field_of, strands

Notes = Mapping[tuple[str, str], str]
"""What was noted of a place, by file and path within it."""


def to_rows(source: Source, notes: Notes = MappingProxyType({})) -> dict[str, list[Row]]:
    """Give the rows of every sheet, by the sheet's name."""
    found = {table.sheet: tuple(strands(source, table)) for table in TABLES}
    names = {
        sheet: {strand.known[sheet].id: strand.known[sheet].name for strand in each} for sheet, each in found.items()
    }
    rows = {
        table.sheet: list(
            _said_once(table, _counted(table, (_row(table, each, names, notes) for each in found[table.sheet])))
        )
        for table in TABLES
    }
    return {FIELDS: list(_field_rows(source, rows, notes)), **rows}


def _counted(table: Table, rows: Iterable[Row]) -> Iterator[Row]:
    """Count the rows of each thing where they have no number, so that sorting their sheet changes nothing."""
    count = Counter[tuple[str, ...]]()
    for row in rows:
        if table.counted and row.mark:
            count[row.mark.of] += 1
            yield replace(row, mark=replace(row.mark, nth=count[row.mark.of]))
        else:
            yield row


def _said_once(table: Table, rows: Iterable[Row]) -> Iterator[Row]:
    """Say what belongs to several rows in the first of them alone, but for what they are known by."""
    above = [level for level in table.levels if level.key]
    repeated = {column.head for level in above for column in level.columns} - {
        head for level in above for head in level.key
    }
    before: tuple[Cell, ...] = ()
    for row in rows:
        key = tuple(row.cells.get(head) for level in above for head in level.key)
        again = repeated and key == before
        yield replace(row, cells={**row.cells, **dict.fromkeys(repeated)}) if again else row
        before = key


def _row(table: Table, strand: Strand, names: Mapping[str, Mapping[str, str]], notes: Notes) -> Row:
    cells: dict[str, Cell] = {each.column.head: _called(strand, each.table) for each in table.of}
    for element in strand.elements:
        for column in element.level.columns:
            cells[column.head] = _cell(column, element, strand, table, names)
    named = dict(_ids_named(strand, names))
    if table.sheet == CHANGES:
        named |= target_named(cells, names)
        cells = shown(cells, names)
    own, of = strand.known[table.sheet], tuple(strand.known[each.table].id for each in table.of)
    naming = [*(each.column.head for each in table.of), *named]
    mark = Mark(
        id=own.id,
        own=own.own,
        was=own.name,
        of=of,
        names=named,
        called={head: as_text(cells.get(head)) for head in naming},
        says=digest(*(as_text(cells.get(head)) for head in table.content)),
    )
    note = notes.get((strand.file, path_text(*strand.place)), "")
    return Row(cells=cells, mark=mark, note=note, file=strand.file, place=strand.place)


def _ids_named(strand: Strand, names: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the ids of what the row's cells name and there is, by the heads of their columns."""
    for element in strand.elements:
        for column in element.level.columns:
            if column.by_id:
                value = field_of(element.value, column.path) if column.models else element.value
                there = any(str(value) in names[sheet] for sheet in column.over)
                yield from [(column.head, str(value))] if there else []


def _called(strand: Strand, sheet: str) -> Cell:
    name = strand.known[sheet].name
    return int(name) if name.isdecimal() and str(int(name)) == name else name


def _cell(
    column: Column, element: Element, strand: Strand, table: Table, names: Mapping[str, Mapping[str, str]]
) -> Cell:
    if column.models:
        value = field_of(element.value, column.path)
        if column.by_id:
            return _by_name(value, column, names)
        plain = value is None or (value == "" and not column.default)
        return None if plain else to_cell(value, column.form(model_of(column, element.value)), column.words)
    return _own_cell(column, element, strand, table, names)


def _own_cell(
    column: Column, element: Element, strand: Strand, table: Table, names: Mapping[str, Mapping[str, str]]
) -> Cell:
    """Give the cell of what is no field: the name of a list, a position, a name, or a plain value."""
    if column.own is Form.CHOICE:
        return column.words.get(element.which)
    if column.own is Form.WHOLE:
        return _called(strand, table.sheet)
    if element.level.holds is Holds.NAMED and column is element.level.columns[0]:
        return str(element.key)
    if element.value is None or column.by_id:
        return _by_name(element.value, column, names)
    return to_cell(_said(element.value, column), column.form())


def _said(value: object, column: Column) -> object:
    return value if column.own is Form.VALUE else str(value)


def _by_name(value: object, column: Column, names: Mapping[str, Mapping[str, str]]) -> Cell:
    """Give the name of another thing that files name by its id; an id that nothing has stays."""
    found = (names[sheet][str(value)] for sheet in column.over if str(value) in names[sheet])
    return None if value is None else next(found, str(value))


def model_of(column: Column, node: object) -> type[Plain] | None:
    """Give the model of a row of which there are several kinds."""
    kind = node.get("kind") if isinstance(node, dict) else None
    kinds = (model for model in column.models if "kind" in model.model_fields)
    return next((model for model in kinds if get_args(model.model_fields["kind"].annotation) == (kind,)), None)


def _field_rows(source: Source, rows: Mapping[str, list[Row]], notes: Notes) -> Iterator[Row]:
    for part in PARTS:
        there = any(rows[table.sheet] for table in TABLES if table.part == part)
        cells: dict[str, Cell] = {GROUP: SWITCHES, NAME: part, VALUE: THERE if there else ABSENT}
        yield Row(cells=cells, mark=Mark(id=f"{SWITCHES}:{part}"))
    for field in fields():
        yield _field_row(field, source, notes)


def _field_row(field: Field, source: Source, notes: Notes) -> Row:
    section, column = field.section, field.column
    path = ".".join(filter(None, (section.path, column.path)))
    value = field_of(source.files.get(section.file), path)
    plain = value is None or (value == "" and not column.default)
    cell = None if plain else to_cell(value, column.form(), column.words)
    note = notes.get((section.file, path_text(*path.split("."))), "")
    cells: dict[str, Cell] = {GROUP: section.title, NAME: field.name, VALUE: cell}
    place = tuple(path.split("."))
    return Row(cells=cells, mark=Mark(id=field.key), note=note, file=section.file, place=place)
