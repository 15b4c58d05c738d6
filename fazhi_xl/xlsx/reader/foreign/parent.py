"""The parent's side of the child process, which reads foreign formats and opens encrypted files within limits."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from typing import Any, Literal

from fazhi_xl.cells import CellKind, RawCell
from fazhi_xl.findings import Code
from fazhi_xl.limits import MB
from fazhi_xl.xlsx.reader.foreign.child_task import ChildTask
from fazhi_xl.xlsx.reader.foreign.pace import slowness
from fazhi_xl.xlsx.reader.model import WHOLE_FORM, Bounds, RawBook, RawSheet, SheetState, rejected
from fazhi_xl.xlsx.reader.ooxml.styles import disguises

_ROOT = Path(__file__).parents[4]
_CHILD = "fazhi_xl.xlsx.reader.foreign.child"
_LONGER = 3  # times as long is the second try
_TIME_IS_UP = frozenset(
    {-9, -24}
)  # SIGKILL and SIGXCPU, by which the system ends a process whose processor time is used up
_BATCH = 3  # passwords that one process tries; each takes about a quarter of a second
_Answer = tuple[dict[str, Any], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLimits:
    """Memory in bytes, processor time and waiting time in seconds on a usual core; Windows knows only the last.

    Waiting time is longer than processor time, since other processes run beside. A slower machine gets as much more as it is slower.
    """

    memory: int = 300 * MB
    cpu: int = 2
    wall: int = 10


CHILD_LIMITS = ChildLimits()


def read_apart(
    data: bytes,
    kind: str,
    bounds: Bounds,
    passwords: Sequence[str] = (),
    limits: ChildLimits = CHILD_LIMITS,
) -> RawBook:
    """Read values with calamine: .xls, .et, .ods, .xlsb, packages without an outline. Raises RejectedError."""
    answer, _ = _ask("read", data, bounds, passwords, limits)
    cells = tuple(
        RawCell(sheet, row, column, CellKind(kind), text, formula)
        for sheet, row, column, kind, text, formula in answer["cells"]
    )
    codes = {(sheet, row, column): code for sheet, row, column, code in answer["formats"]}
    held = {cell.place: cell.kind for cell in cells if cell.kind in {CellKind.NUMBER, CellKind.DATE}}
    return RawBook(
        kind=kind,
        sheets=tuple(
            RawSheet(name=name, state=SheetState(state), protected=False, merges=tuple(merges))
            for name, state, merges in answer["sheets"]
        ),
        cells=cells,
        outside=answer["outside"],
        date1904=answer["date1904"],
        disguised=frozenset(
            place for place, code in codes.items() if held.get(place) is CellKind.NUMBER and disguises(code)
        ),
        formats={place: code for place, code in codes.items() if place in held},
        formulas_known=False,
    )


def open_apart(data: bytes, passwords: Sequence[str], limits: ChildLimits = CHILD_LIMITS) -> bytes:
    """Open a file that has a password. Raises RejectedError if none fits."""
    return _ask("decrypt", data, WHOLE_FORM, passwords, limits)[1]


def _ask(
    task: Literal["read", "decrypt"], data: bytes, bounds: Bounds, passwords: Sequence[str], limits: ChildLimits
) -> _Answer:
    """Run the child with a few passwords at a time, so that a long list of them is no reason for it to be stopped."""
    for start in range(0, max(len(passwords), 1), _BATCH):
        batch = tuple(passwords[start : start + _BATCH])
        order = ChildTask(task=task, memory=limits.memory, cpu=limits.cpu, bounds=bounds, passwords=batch)
        answer, rest = _patiently(order, data, limits.wall)
        if answer.get("refused") != Code.FILE_ENCRYPTED:
            break
    if "refused" in answer:
        raise rejected(Code.of(answer.pop("refused")), **answer)
    return answer, rest


def _patiently(order: ChildTask, data: bytes, wall: int) -> _Answer:
    """Run the child with the time that this machine needs; a file to be read that runs out of it has one longer try.

    A password has none: the file decides how long it takes.
    """
    slow, stopped = slowness(), ""
    for times in (1, _LONGER) if order.task == "read" else (1,):
        try:
            return _run(replace(order, cpu=ceil(order.cpu * slow * times)), data, ceil(wall * slow * times))
        except OutOfTimeError as error:
            stopped = str(error)
    raise rejected(Code.FILE_READER_STOPPED, detail=stopped)


class OutOfTimeError(Exception):
    """The child did not come to an end in its time."""


def _run(order: ChildTask, data: bytes, wall: int) -> _Answer:
    try:
        done = subprocess.run(  # noqa: S603 - our own module, run by our own interpreter
            [sys.executable, "-m", _CHILD],
            input=order.to_line() + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            timeout=wall,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        message = f"超过{wall}秒"
        raise OutOfTimeError(message) from error
    if done.returncode in _TIME_IS_UP:
        message = f"用了{order.cpu}秒还没有读完"
        raise OutOfTimeError(message)
    line, found, rest = done.stdout.partition(b"\n")
    if done.returncode or not found:
        raise rejected(Code.FILE_READER_STOPPED, detail=f"读取进程中止,代码{done.returncode}")
    return json.loads(line), rest
