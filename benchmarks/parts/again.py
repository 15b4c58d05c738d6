"""Collecting again: what has not changed is not read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.copies import sent_again
from benchmarks.figures import Figure
from benchmarks.harness import Peer, compared, script, spent
from benchmarks.parts.round import UNITS, played
from benchmarks.setting import Part, Setting, Table

_MANY = 4_500
_FIRST_OF_MORE = 1_000  # days after those of the copies before


@dataclass(kw_only=True)
class _Round:
    """A round of so many returns, which is brought into the state that a collect is to find."""

    setting: Setting
    returns: int
    collected: bool = False

    @property
    def space(self) -> Path:
        return self.setting.place / "again"

    def from_the_beginning(self) -> None:
        played(self.setting, self.space.name)
        sent_again(self.space / "回收", self.returns - UNITS)
        self.collected = True  # by what is measured now

    def unchanged(self) -> None:
        if not self.collected:
            self.from_the_beginning()
            self.collect()

    def with_one_more(self) -> None:
        self.unchanged()
        sent_again(self.space / "回收", 1, _FIRST_OF_MORE)
        self.collected = False  # as it was

    def collect(self) -> None:
        spent(self.command)

    @property
    def command(self) -> tuple[str, ...]:
        return script("collect.py", "--out", self.space, "--jobs", 1, "--quiet")

    @property
    def peers(self) -> tuple[Peer, ...]:
        return (
            Peer(name="from the beginning", command=self.command, before=self.from_the_beginning),
            Peer(name="nothing has changed", command=self.command, before=self.unchanged),
            Peer(name="one more return", command=self.command, before=self.with_one_more),
        )


def _figures(setting: Setting) -> Iterator[Figure]:
    sizes = [UNITS, _MANY] if setting.full else [UNITS]
    yield from compared("again", lambda size: _Round(setting=setting, returns=size).peers, sizes, setting.patience)


AGAIN = Part(
    tables={
        "again": Table(
            title="Collecting again",
            about="The whole command on one core, over so many returns, those above 45 sent again by the same units on later days.",
        )
    },
    figures=_figures,
)
