"""The way through a catalogue's tables to the rows of the workbook's: each row's own table, and all that it lies in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fazhi_xl.notice.source import Source, TomlTable
from fazhi_xl.setup.book.declared.sheets import table_of
from fazhi_xl.setup.book.declared.table import ITEMS, Holds, Level, Table

Place = tuple[str | int, ...]
"""Keys and positions (from 0) on the way to a value of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """An element of a level: its value, its position or name among the others, and the name of the list where there are several."""

    level: Level
    value: Any
    key: str | int = ""
    which: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """How a row is known: the id of its thing, whether the catalogue writes it, and the name that others call it by."""

    id: str = ""
    own: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """The way to one row: where it stands, the elements from level to level, and how the rows above it are known, by sheet."""

    file: str
    place: Place
    elements: tuple[Element, ...]
    known: Mapping[str, Named]

    @property
    def leaf(self) -> Any:  # noqa: ANN401 - a node of a parsed TOML file can be anything
        return self.elements[-1].value


def strands(source: Source, table: Table) -> Iterator[Strand]:
    """Yield the ways to all rows of a table, in the catalogue's order; an element without elements of its own has a row too."""
    for base in _bases(source, table):
        found = [replace(base, elements=())]
        for level in table.levels:
            found = [each for strand in found for each in _descended(strand, base, level)]
        for position, strand in enumerate(found):
            yield replace(strand, known={**strand.known, table.sheet: _named(table, strand, position)})


def _bases(source: Source, table: Table) -> Iterator[Strand]:
    if table.of:
        yield from strands(source, table_of(table.of[-1].table))
        return
    for file in source.items if table.file == ITEMS else (table.file,):
        if file in source.files:
            top = Element(level=table.levels[0], value=source.files[file])
            yield Strand(file=file, place=(), elements=(top,), known={})


def _descended(strand: Strand, base: Strand, level: Level) -> Iterator[Strand]:
    above = strand.elements[-1].value if strand.elements else base.leaf
    for path in level.variants or (level.path,):
        place, held = _under(above, path)
        for key, value in _members(held, level):
            element = Element(level=level, value=value, key=key, which=path if level.variants else "")
            inner = () if level.path == "" and not level.variants and level.holds is Holds.TABLES else (key,)
            yield replace(strand, place=(*strand.place, *place, *inner), elements=(*strand.elements, element))
    if strand.elements and not any(_members(_under(above, path)[1], level) for path in level.variants or (level.path,)):
        yield replace(strand, elements=(*strand.elements, Element(level=level, value=None)))


def _under(node: Any, path: str) -> tuple[Place, Any]:  # noqa: ANN401 - a node of a parsed TOML file can be anything
    steps = tuple(path.split(".")) if path else ()
    for step in steps:
        node = node.get(step) if isinstance(node, dict) else None
    return steps, node


def _members(held: Any, level: Level) -> list[tuple[str | int, Any]]:  # noqa: ANN401 - as above
    if level.holds is Holds.NAMED:
        return list(held.items()) if isinstance(held, dict) else []
    if level.holds is Holds.TABLES and not level.path and not level.variants:
        return [("", held)]
    listed = held if isinstance(held, list) else []
    tables = level.holds is Holds.TABLES
    return [(at, each) for at, each in enumerate(listed) if isinstance(each, dict) or not tables]


def _named(table: Table, strand: Strand, position: int) -> Named:
    """Say how a row is known to others; one without a name or an id is known by its position."""
    if not table.name:
        return Named(id=_identity(strand, position))
    if table.usual:
        node = strand.leaf
        usual = str(node.get(table.usual, ""))
        return Named(id=str(node.get("id") or usual), own=bool(node.get("id")), name=usual)
    name = _own_name(table, strand, position)
    return Named(id=name, name=name)


def _own_name(table: Table, strand: Strand, position: int) -> str:
    for element in strand.elements:
        for column in element.level.columns:
            if column.head == table.name:
                if not column.models:
                    return str(element.key if element.level.holds is Holds.NAMED else position + 1)
                return str(field_of(element.value, column.path) or "")
    return ""


def _identity(strand: Strand, position: int) -> str:
    """Tell a row that others do not name apart from its neighbours: by what it says, rather than by its position."""
    said = [str(element.key) for element in strand.elements if element.level.holds is Holds.NAMED]
    keys = [
        str(field_of(element.value, column.path))
        for element in strand.elements
        for column in element.level.columns
        if column.models and (column.head in element.level.key or column.field in {"key", "unit", "text", "name"})
    ]
    leaf = strand.elements[-1]
    plain = [str(leaf.value)] if leaf.level.holds is Holds.VALUES else []
    return "/".join((*said, *keys, *plain)) or f"{leaf.which}{position + 1}"


def field_of(node: TomlTable | Any, path: str) -> Any:  # noqa: ANN401 - a node of a parsed TOML file can be anything
    """Give the value under a path of names; None where there is none."""
    return _under(node, path)[1]
