"""What a table of the workbook is: its sheet, its columns, and the way to its rows through a catalogue's file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from fazhi_xl.notice.rules import Plain
from fazhi_xl.setup.book.declared.columns import Column, Form

ITEMS = "items"
"""In place of a file: each row of the table is a file of an item."""
ID = "标识"
NOTE = "备注"
CHANGES = "口径改动"
_NUMBERED = frozenset({"单位", "项目", "得分点", "计分规则", "加分情形", "减分情形", "一票否决"})


class Holds(Enum):
    """What stands under a level's path."""

    TABLES = auto()  # a list of tables
    VALUES = auto()  # a list of values
    NAMED = auto()  # a table: what is under each name


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What a table goes through to its rows: a list or a table under `path`, and the columns of its elements.

    `key` heads what tells an element apart from the others, where a further level has a row for each of its own elements.
    With `variants` the list has one of several names, by the word of the column `which`.
    """

    path: str
    columns: tuple[Column, ...]
    holds: Holds = Holds.TABLES
    key: tuple[str, ...] = ()
    which: str = ""
    variants: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """The table whose row a row belongs to, and the column that names it."""

    table: str
    column: Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet with one table. `name` heads the column that others name its rows by, `usual` is the field that stands for an id."""

    sheet: str
    key: str  # the table's own name in the workbook, which stays when the sheet is renamed
    file: str
    levels: tuple[Level, ...]
    says: str  # what is written here
    of: tuple[Parent, ...] = ()
    name: str = ""
    usual: str = ""
    part: str = ""  # of the notice that may lack it
    content: tuple[str, ...] = ()  # the heads of the columns that say what a row's thing is, whatever it is called

    @property
    def numbered(self) -> bool:
        """Whether the rows stand in the order of their numbers."""
        return self.sheet in _NUMBERED

    @property
    def counted(self) -> bool:
        """Whether only their hidden marks say in which order the rows of one thing were written."""
        return bool(self.of) and not self.numbered

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, from the left."""
        return (*(each.column for each in self.of), *(column for level in self.levels for column in level.columns))


def named(title: str, *over: str, **more: Any) -> Column:  # noqa: ANN401 - what a column has
    """Make a column of what is no field: the name of something, or of what it belongs to."""
    return Column(models=(), path="", title=title, own=Form.TEXT, over=over, **more)


def union(*fields: str, models: tuple[type[Plain], ...], **more: Mapping[str, Any]) -> tuple[Column, ...]:
    """Make the columns of fields that some of the models have."""
    return tuple(Column(models=models, path=field, **more.get(field, {})) for field in fields)


SUB_POINT = Parent(table="得分点", column=named("得分点", "得分点", exact=True, hint="得分点的编号。", width=9))
"""What a sub-point's inputs and rules name it by."""
LONG, TEXT, NAME, LIST = ({"width": width} for width in (60, 36, 20, 24))
"""The widths of columns for sentences, shorter texts, names, and lists of names."""
