"""How much memory many workbooks take more than few."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from benchmarks.copies import sent_again
from benchmarks.figures import Figure
from benchmarks.harness import Patience, Peer, compared, python, script
from benchmarks.parts.round import UNITS, played
from benchmarks.setting import Part, Setting, Table

_SIZES = UNITS, 4_500


def _figures(setting: Setting) -> Iterator[Figure]:
    once = replace(setting.patience, runs=1)
    for name, peer in (("build_workbooks.py's writer", _building), ("collect.py", _collecting)):
        yield from _named(name, peer(setting), once)


def _named(name: str, peer: Callable[[int], Peer], once: Patience) -> Iterator[Figure]:
    yield from compared("memory", lambda size: [replace(peer(size), name=name)], _SIZES, once)


def _building(setting: Setting) -> Callable[[int], Peer]:
    out = setting.place / "out"

    def peer(size: int) -> Peer:
        command = python("benchmarks.peers.building", size, out)
        return Peer(name="", command=command, before=lambda: setting.emptied(out.name))

    return peer


def _collecting(setting: Setting) -> Callable[[int], Peer]:
    """Give what collects a round of which so many returns have come: all units', and copies that they sent on later days."""
    space = setting.place / "played"

    def peer(size: int) -> Peer:
        def come() -> None:
            played(setting, space.name)
            sent_again(space / "回收", size - UNITS)

        return Peer(name="", command=script("collect.py", "--out", space, "--jobs", 1, "--quiet"), before=come)

    return peer


MEMORY = Part(
    tables={
        "memory": Table(
            title="Memory",
            about="The peak of the largest process in MB, by the number of workbooks.",
            of_memory=True,
        )
    },
    figures=_figures,
)
