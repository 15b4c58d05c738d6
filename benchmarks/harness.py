"""Runs programs in turn, each in a process of its own, and compares what they spend.

Nothing beyond the standard library is loaded here, nor anything else that would let this process grow: Linux counts the peak memory of
a new process from that of the one that started it, so that this one has to stay smaller than all that it measures.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.figures import Figure, Spent, Spread

ROOT = Path(__file__).resolve().parents[1]
_DONE = {0, 1}  # 1 says that some return needs attention
_ONCE = 10.0  # seconds, from which chance weighs little: such a program is run once


class SkippedError(Exception):
    """A peer or a part cannot be run on this machine; the text says why."""


class DifferentWorkError(Exception):
    """Programs did not do the same work, so that nothing can be said of their times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A program that is measured. `note` says what it leaves out of the work; `before` puts back what a run of it uses up."""

    name: str
    command: tuple[str, ...]
    note: str = ""
    before: Callable[[], object] = field(default=lambda: None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often programs are run, and how many CPU seconds one may take; the first of a part is run whatever it takes."""

    runs: int = 3
    seconds: float = float("inf")


def python(module: str, *arguments: object) -> tuple[str, ...]:
    """Give the command that runs a module of the project."""
    return sys.executable, "-m", module, *map(str, arguments)


def script(name: str, *arguments: object) -> tuple[str, ...]:
    """Give the command that runs one of the two scripts."""
    return sys.executable, str(ROOT / name), *map(str, arguments)


def spent(command: tuple[str, ...]) -> Spent:
    """Run a program to its end. The last line it prints may be a JSON object, of what it did, and what it took without its start."""
    with tempfile.TemporaryFile() as told:
        begun = time.perf_counter()
        prints = (os.POSIX_SPAWN_DUP2, told.fileno(), 1)
        process = os.posix_spawnp(command[0], command, os.environ | {"PYTHONPATH": str(ROOT)}, file_actions=[prints])
        _, status, usage = os.wait4(process, 0)
        wall = time.perf_counter() - begun
        told.seek(0)
        said = _said(told.read().decode())
    if os.waitstatus_to_exitcode(status) not in _DONE:
        message = f"failed: {' '.join(command)}"
        raise RuntimeError(message)
    whole = Spent(cpu=usage.ru_utime + usage.ru_stime, wall=wall, memory=usage.ru_maxrss / 1024)
    return replace(whole, **said)


def _said(text: str) -> dict[str, Any]:
    last = (text.splitlines() or [""])[-1]
    return dict(json.loads(last)) if last.startswith("{") else {}


Runs = Mapping[Peer, list[Spent]]
Peers = Callable[[int], Sequence[Peer]]
"""Gives the programs of a part for a size, the one that the others are compared with first."""


def compared(part: str, peers: Peers, sizes: Sequence[int], patience: Patience) -> Iterator[Figure]:
    """Run a part's programs at each size, in turns of rotated order, and give the figures of all of them."""
    before: dict[str, dict[int, Spent]] = {}
    smallest = 0.0
    for size in sizes:
        expected = {peer: _expected(before.setdefault(peer.name, {}), size) for peer in peers(size)}
        runs = _in_turns(expected, patience)
        first = _usual(next(iter(runs.values())))
        smallest = smallest or first.cpu
        yield from (_figure(part, size, peer, runs, expected[peer], smallest) for peer in runs)
        for peer, took in runs.items():
            before[peer.name] |= {size: _usual(took)} if took else {}


def _expected(before: Mapping[int, Spent], size: int) -> Spent:
    """Say what a program takes, by what it took for less: along the line through the last two sizes; nothing where none is known."""
    nothing = Spent(cpu=0, wall=0)
    if not before:
        return nothing
    (less, first), (more, last) = [(0, nothing), *before.items()][-2:]
    times = (size - more) / (more - less)
    cpu, wall = max(0.0, last.cpu - first.cpu), max(0.0, last.wall - first.wall)
    return Spent(cpu=last.cpu + times * cpu, wall=last.wall + times * wall)


def _in_turns(expected: Mapping[Peer, Spent], patience: Patience) -> Runs:
    """Run the programs, each as often as it is worth; one that would take too long has no runs. Raises DifferentWorkError."""
    peers = list(expected)
    runs: dict[Peer, list[Spent]] = {peer: [] for peer in peers}
    for turn in range(patience.runs):
        for peer in peers[turn % len(peers) :] + peers[: turn % len(peers)]:
            takes = expected[peer].cpu
            if (turn == 0 or takes <= _ONCE) and (takes <= patience.seconds or peer is peers[0]):
                peer.before()
                runs[peer].append(spent(peer.command))
    _refuse_different_work(runs)
    return runs


def _refuse_different_work(runs: Runs) -> None:
    counts = {peer.name: took[0].count for peer, took in runs.items() if took and took[0].count is not None}
    if len(set(counts.values())) > 1:
        message = f"not the same work: {counts}"
        raise DifferentWorkError(message)


def _usual(took: Sequence[Spent]) -> Spent:
    cpu, wall = (median(getattr(each, name) for each in took) for name in ("cpu", "wall"))
    return Spent(cpu=cpu, wall=wall, memory=max(each.memory for each in took))


def _figure(part: str, size: int, peer: Peer, runs: Runs, expected: Spent, smallest: float) -> Figure:
    took, first = runs[peer] or [expected], next(iter(runs.values()))
    pairs = [*zip(took, first, strict=False)]
    usual = _usual(took)
    return Figure(
        part=part,
        size=size,
        peer=peer.name,
        cpu=Spread.of([its.cpu / ours.cpu for its, ours in pairs]),
        wall=Spread.of([its.wall / ours.wall for its, ours in pairs]),
        grown=usual.cpu / smallest,
        memory=usual.memory,
        estimated=not runs[peer],
        note=peer.note,
    )
