"""What a remark on a catalogue is, and the spots of a catalogue that remarks are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from fazhi_xl.notice.model import Item, Notice, SubPoint
from fazhi_xl.notice.rules import Input
from fazhi_xl.notice.shape import path_text


@dataclass(frozen=True, slots=True, kw_only=True)
class LintRemark:
    """Something for the office to look at; `code` names the rule. Its place is given as a `Problem`'s."""

    code: str
    text: str
    file: str
    path: str
    line: int | None = None
    thing: str = ""

    @property
    def told(self) -> str:
        """The remark as the office reads it: file, line, and what there is to look at, which names the thing."""
        where = f"{self.file} 第{self.line}行" if self.line else self.file
        return f"{where}:{self.text}".replace("\n", "↵")


class Noted(NamedTuple):
    """What a rule has to remark, with the place to look at first."""

    file: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a catalogue: the file, and the keys and positions on the way to it."""

    file: str
    steps: tuple[str | int, ...] = ()

    def at(self, *steps: str | int) -> Spot:
        """Give a place within this one."""
        return Spot(self.file, (*self.steps, *steps))

    def says(self, text: str) -> Noted:
        """Remark on what stands there."""
        return Noted(self.file, path_text(*self.steps), text)


ABOUT, UNITS, GROUPS, DEPARTMENTS, ADJUSTMENTS, REGISTERS, INDEX, THEME, READINGS, SWITCHES = map(
    Spot,
    (
        "notice.toml",
        "units.toml",
        "groups.toml",
        "departments.toml",
        "adjustments.toml",
        "registers.toml",
        "index.toml",
        "theme.toml",
        "readings.toml",
        "switches.toml",
    ),
)


def items(notice: Notice) -> Iterator[tuple[Spot, Item]]:
    """Give every item with its place."""
    for item in notice.items:
        yield Spot(f"items/{item.no:02d}.toml"), item


def sub_points(notice: Notice) -> Iterator[tuple[Spot, SubPoint]]:
    """Give every sub-point with its place."""
    for spot, item in items(notice):
        yield from ((spot.at("sub_points", at), sub) for at, sub in enumerate(item.sub_points))


def inputs(notice: Notice) -> Iterator[tuple[Spot, SubPoint, Input]]:
    """Give every input with its sub-point and its place."""
    for spot, sub in sub_points(notice):
        yield from ((spot.at("inputs", at), sub, fact) for at, fact in enumerate(sub.inputs))
