"""What the rows of the workbook say, as the tables of a catalogue, and where on the workbook each value stands."""

# ruff: noqa: ANN401 - a node of a catalogue's tables can be of any kind
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fazhi_xl.notice.source import Source, TomlTable
from fazhi_xl.setup.book.walk import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A cell of the workbook: its sheet, the head of its column and the number of its row; a whole row or sheet without these."""

    sheet: str
    head: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """What is wrong with a row before it becomes part of a catalogue: what its cell says is the name of nothing."""

    spot: Spot
    said: str
    names: str  # the sheet whose rows it should name
    known: tuple[str, ...] = ()
    gone: bool = False  # it named something when it was written, which is there no more


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDoubt:
    """A row taken for what its cell says, which another thing was called when the workbook was written: that is called `now`."""

    spot: Spot
    said: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlisted:
    """A row that is left out, as it does not say which list of a thing it is in: the words of those there are, the kind of a rule's part.

    `file` and `place` are those of the thing.
    """

    spot: Spot
    said: str
    lists: tuple[str, ...]
    kind: str
    file: str
    place: Place


@dataclass(slots=True, kw_only=True)
class Taken:
    """The tables by file, the cell of each value and the row of each table by file and place, notes by the same, and faults."""

    files: dict[str, TomlTable] = field(default_factory=dict)
    spots: dict[tuple[str, Place], Spot] = field(default_factory=dict)
    rows: dict[tuple[str, Place], Spot] = field(default_factory=dict)
    notes: dict[tuple[str, Place], str] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)
    unlisted: list[Unlisted] = field(default_factory=list)
    doubts: dict[tuple[str, str], RowDoubt] = field(default_factory=dict)  # the first of each sheet and name
    renamed: list[RowDoubt] = field(
        default_factory=list
    )  # rows with another name that hardly is a new one for the same
    asides: list[Spot] = field(default_factory=list)  # rows that are notes or sums, and no entries
    shifted: dict[str, int] = field(default_factory=dict)  # rows whose hidden marks had come apart from them, by sheet
    unused: dict[str, int] = field(default_factory=dict)  # rows of parts that the notice is said to lack, by sheet
    lacking: set[str] = field(default_factory=set)  # the parts that it is said to lack
    orphans: set[tuple[str, str]] = field(
        default_factory=set
    )  # the sheet and the name of each row that belongs to nothing
    twice: list[tuple[Spot, int]] = field(
        default_factory=list
    )  # values that stand in two rows: the later, and the first's row
    switches: list[Spot] = field(
        default_factory=list
    )  # that say neither that the notice has a part nor that it has not

    @property
    def source(self) -> Source:
        """The tables as those of a folder."""
        return Source(files=self.files)


@dataclass(slots=True, kw_only=True)
class Entry:
    """A row that has become a table: where it stands, its id, what others call it by, and what they called it when it was written."""

    node: TomlTable
    file: str
    place: Place
    id: str
    name: str
    was: str
    above: Entry | None = None
    nth: int = 0  # its position among its neighbours, from 1, when it was written


Entries = dict[str, list[Entry]]
"""By the names of their sheets."""


def put(node: TomlTable, place: Place, value: Any) -> None:
    """Put a value under a path of names; the tables on the way are made."""
    *way, last = map(str, place)
    for step in way:
        node = node.setdefault(step, {})
    node[last] = value
