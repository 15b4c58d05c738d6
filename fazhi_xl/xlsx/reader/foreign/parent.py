"""The parent's side of the child process, which reads foreign formats and opens encrypted files within limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

from fazhi_xl.cells import CellKind, RawCell
from fazhi_xl.findings import Code
from fazhi_xl.limits import MB
from fazhi_xl.xlsx.reader.foreign.child_task import ChildTask
from fazhi_xl.xlsx.reader.foreign.children import Answer, BrokenDownError, OutOfTimeError, asked
from fazhi_xl.xlsx.reader.foreign.pace import slowness
from fazhi_xl.xlsx.reader.model import WHOLE_FORM, Bounds, RawBook, RawSheet, SheetState, rejected
from fazhi_xl.xlsx.reader.ooxml.styles import disguises

_LONGER = 3  # times as long is the second try
_BATCH = 3  # passwords that one process tries; each takes about a quarter of a second


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
) -> Answer:
    """Ask with a few passwords at a time, so that a long list of them is no reason for the child to be stopped."""
    for start in range(0, max(len(passwords), 1), _BATCH):
        batch = tuple(passwords[start : start + _BATCH])
        order = ChildTask(task=task, memory=limits.memory, cpu=limits.cpu, bounds=bounds, passwords=batch)
        answer, rest = _patiently(order, data, limits.wall)
        if answer.get("refused") != Code.FILE_ENCRYPTED:
            break
    if "refused" in answer:
        raise rejected(Code.of(answer.pop("refused")), **answer)
    return answer, rest


def _patiently(order: ChildTask, data: bytes, wall: int) -> Answer:
    """Give the child the time that this machine needs; a file to be read that runs out of it has one longer try.

    A password has none: the file decides how long it takes.
    """
    slow, stopped = slowness(), ""
    for times in (1, _LONGER) if order.task == "read" else (1,):
        try:
            return asked(replace(order, cpu=ceil(order.cpu * slow * times)), data, ceil(wall * slow * times))
        except OutOfTimeError as error:
            stopped = str(error)
        except BrokenDownError as error:
            stopped = f"读取进程中止,代码{error.status}"
            break
    raise rejected(Code.FILE_READER_STOPPED, detail=stopped)
