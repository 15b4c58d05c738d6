"""Messages that are worded twice from one declaration: for whoever edits a catalogue's files, and for whoever fills in its workbook.

A template names fields, sheets and choices by marks, `{field:Input.minimum}`; its other gaps are values. As a text, a message names
things as the files write them (`minimum`); a workbook's `Names` give the heads of its columns in their place (“下限”).
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, StrEnum
from string import Formatter
from types import MappingProxyType
from typing import Any, Protocol, Self

from fazhi_xl.text.worded import Worded


class Names(Protocol):
    """How a workbook calls what a catalogue's files hold."""

    def field(self, model: str, field: str) -> str:
        """Give the head of the column, or the name of the row, of a model's field."""

    def sheet(self, key: str) -> str:
        """Give the name of a sheet by its table's key."""

    def choice(self, kind: str, choice: str) -> str:
        """Give the word of a choice, by the names of its enum and its own (`GivenBy`, `UNIT`)."""

    def part(self, kind: str) -> str:
        """Give the word of a kind of rule."""

    def place(self, file: str, path: str) -> str:
        """Say where the value at a place of the files stands."""


class Named(ABC):
    """Something that files and workbook call differently."""

    __slots__ = ()

    @abstractmethod
    def told(self) -> str:
        """Name it as the files write it."""

    @abstractmethod
    def named(self, names: Names) -> str:
        """Name it as the workbook does."""


@dataclass(frozen=True, slots=True)
class Saying:
    """How a message is worded: of the files, of the workbook where that is more than other names, and how to mend it there."""

    told: str
    book: str = ""
    mend: str = ""


class Said(str):
    """A message as the files' words have it, with what it was made of."""

    __slots__ = ("saying", "values")
    saying: Saying
    values: Mapping[str, object]

    def __new__(cls, saying: Saying, values: Mapping[str, object]) -> Self:
        """Word a message. Raises KeyError where the template has a gap that the values do not fill."""
        made = str.__new__(cls, "".join(_told(saying.told, values)))
        made.saying, made.values = saying, MappingProxyType({**values})
        return made

    def __reduce__(self) -> tuple[type[Said], tuple[Saying, dict[str, object]]]:
        """Come whole out of another process."""
        return type(self), (self.saying, {**self.values})

    def named(self, names: Names) -> str:
        """Word the message for a workbook."""
        return _named(self.saying.book or self.saying.told, self.values, names)

    def mend(self, names: Names, how: str) -> str:
        """Say how to mend it in a workbook; `how` says how the value at its place is filled in, where that is all there is to say."""
        return _named(self.saying.mend, {"how": how, **self.values}, names)


class Message(Enum):
    """A kind of message, declared as a `Saying`; called with the values of its template, it gives the message."""

    def __call__(self, **values: object) -> Said:
        """Word the message. Raises KeyError where a value is missing."""
        return Said(self.value, values)


def saying_of(message: str) -> Saying | None:
    """Give the kind of a message; None where it is of none."""
    return message.saying if isinstance(message, Said) else None


def said_in(message: str, names: Names) -> str:
    """Word a message for a workbook; one that names nothing is worded alike everywhere."""
    return message.named(names) if isinstance(message, Said) else message


# What differs ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field(Named):
    """A field of a model, by both their names; files may be told more of the way to it than its own name."""

    model: str
    field: str
    way: str = ""

    def told(self) -> str:
        return self.way or self.field

    def named(self, names: Names) -> str:
        return f"“{names.field(self.model, self.field)}”"


@dataclass(frozen=True, slots=True)
class Sheet(Named):
    """A table of the workbook, by its key, and the file that holds it."""

    key: str
    file: str

    def told(self) -> str:
        return self.file

    def named(self, names: Names) -> str:
        return f"“{names.sheet(self.key)}”表"


@dataclass(frozen=True, slots=True)
class Kinds(Named):
    """Choices that people know by their word, and files by another, any of which will do."""

    kinds: tuple[Worded, ...]

    def told(self) -> str:
        return "或".join(f"{kind.word}({kind})" for kind in self.kinds)

    def named(self, names: Names) -> str:
        return "或".join(names.choice(type(kind).__name__, kind.name) for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Choice(Named):
    """A choice, by the names of its enum and its own."""

    kind: str
    choice: str

    def told(self) -> str:
        return self.choice.lower()

    def named(self, names: Names) -> str:
        return f"“{names.choice(self.kind, self.choice)}”"


@dataclass(frozen=True, slots=True)
class Choices(Named):
    """All the choices of a kind."""

    choices: tuple[StrEnum, ...]

    def told(self) -> str:
        return "、".join(self.choices)

    def named(self, names: Names) -> str:
        return "、".join(f"“{names.choice(type(each).__name__, each.name)}”" for each in self.choices)


@dataclass(frozen=True, slots=True)
class Parts(Named):
    """Kinds of rules."""

    kinds: tuple[str, ...]

    def told(self) -> str:
        return "、".join(self.kinds)

    def named(self, names: Names) -> str:
        return "、".join(f"“{names.part(kind)}”" for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class At(Named):
    """A place in the files."""

    file: str
    path: str

    def told(self) -> str:
        return f"{self.file} 的 {self.path}"

    def named(self, names: Names) -> str:
        return names.place(self.file, self.path)


# Templates ------------------------------------------------------------------------------------------------------------


def gaps(template: str) -> frozenset[str]:
    """Name the values that a template asks for."""
    return frozenset(name for _, name, mark, _ in Formatter().parse(template) if name and not mark and name != _NEAREST)


def _field_mark(text: str) -> Named:
    named, _, way = text.partition("=")
    model, _, field = named.partition(".")
    return Field(model, field, way)


def _sheet_mark(text: str) -> Named:
    key, _, file = text.partition("=")
    return Sheet(key, file)


def _choice_mark(text: str) -> Named:
    kind, _, choice = text.partition(".")
    return Choice(kind, choice)


def _part_mark(text: str) -> Named:
    return Parts((text,))


_MARKS: Mapping[str, Callable[[str], Named]] = MappingProxyType(
    {"field": _field_mark, "sheet": _sheet_mark, "part": _part_mark, "choice": _choice_mark}
)
_NEAREST = "nearest"
"""The gap for the known name that is most like the `name` that is not known."""


def _pieces(template: str, values: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Give each stretch of plain text, with the thing that follows it."""
    for text, name, mark, _ in Formatter().parse(template):
        if name and mark:
            yield text, _MARKS[name](mark)
        elif name == _NEAREST:
            yield text, _nearest(str(values["name"]), values["known"])
        else:
            yield text, values[str(name)] if name else ""


def _told(template: str, values: Mapping[str, object]) -> Iterator[str]:
    for text, thing in _pieces(template, values):
        yield text
        yield thing.told() if isinstance(thing, Named) else str(thing)


def _named(template: str, values: Mapping[str, object], names: Names) -> str:
    """Word a template for a workbook; the blanks that set off a name in Latin letters go."""
    said: list[str] = []
    after = False
    for text, thing in _pieces(template, values):
        before = isinstance(thing, Named)
        said.append((text.removeprefix(" ") if after else text).removesuffix(" " if before else ""))
        said.append(_word(thing, names))
        after = before
    return "".join(said)


def _word(thing: object, names: Names) -> str:
    return thing.named(names) if isinstance(thing, Said | Named) else str(thing)


def _nearest(name: str, known: Any) -> str:  # noqa: ANN401 - any collection of names
    """Ask whether the likest of the known names is meant; where none is like, name some of them."""
    there = [str(each) for each in (sorted(known) if isinstance(known, set) else known)]
    several = [each for each in _BETWEEN.split(name) if each]
    if len(several) > 1 and not set(several).isdisjoint(there):
        return "一行写一个,在格子里按“Alt+回车”换行。"
    near = get_close_matches(name, there, n=1, cutoff=0.5)
    if near:
        return f"是不是“{near[0]}”?"
    if len(there) > _SHOWN:
        return f"现有{len(there)}个,例如{'、'.join(there[:3])}。"
    return f"现有:{'、'.join(there)}。" if there else "现在一个也没有。"


_SHOWN = 8
_BETWEEN = re.compile(r"[、,,;;\s]+")
