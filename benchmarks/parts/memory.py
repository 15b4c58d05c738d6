"""How much memory many workbooks take more than few."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from benchmarks.copies import sent_again
from benchmarks.figures import Figure
from benchmarks.harness import Peer, Peers, compared, python, script
from benchmarks.parts.round import UNITS, played
from benchmarks.setting import Part, Setting, Table

_FEW, _MORE, _MANY = UNITS, 450, 4_500


def _figures(setting: Setting) -> Iterator[Figure]:
    once = replace(setting.patience, runs=1)
    many = [_FEW, _MANY if setting.full else _MORE]
    for peer, sizes in ((_building, [_FEW, _MANY]), (_collecting, many), (_collecting_districts, many)):
        yield from compared("memory", _alone(peer, setting), sizes, once)


def _alone(peer: Callable[[Setting, int], Peer], setting: Setting) -> Peers:
    return lambda size: [peer(setting, size)]


def _building(setting: Setting, size: int) -> Peer:
    out = setting.place / "out"
    command = python("benchmarks.peers.building", size, out)
    return Peer(name="writing workbooks", command=command, before=lambda: setting.emptied(out.name))


def _collecting(setting: Setting, size: int) -> Peer:
    """Collect a round of which so many returns have come: all units', and copies that they sent on later days."""
    space = setting.place / "played"

    def come() -> None:
        played(setting, space.name)
        sent_again(space / "回收", size - UNITS)

    command = script("collect.py", "--out", space, "--jobs", 1, "--quiet")
    return Peer(name="collecting a round", command=command, before=come)


def _collecting_districts(setting: Setting, size: int) -> Peer:
    """Collect as many districts as have so many units."""
    root = setting.place / "districts"

    def come() -> None:
        setting.emptied(root.name)
        for no in range(size // UNITS):
            played(setting, f"{root.name}/{no:04}")

    command = script("collect.py", "--districts", root, "--report-only", "--jobs", 1, "--quiet")
    return Peer(name="collecting districts of 45 units", command=command, before=come)


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
