"""The parent's side of the child process, which reads foreign formats and opens encrypted files within limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Literal

from fazhi_xl.bounded.patience import ChildLimits, StoppedError, patiently
from fazhi_xl.bounded.task import Answer
from fazhi_xl.cells import CellKind, RawCell
from fazhi_xl.findings import Code
from fazhi_xl.xlsx.reader.model import WHOLE_FORM, Bounds, RawBook, RawSheet, SheetState, rejected
from fazhi_xl.xlsx.reader.ooxml.styles import disguises

_WORK = "fazhi_xl.xlsx.reader.foreign.work"
_BATCH = 3  # passwords that one process tries; each takes about a quarter of a second


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
        about = {"task": task, "bounds": asdict(bounds), "passwords": batch}
        answer, rest = _answered(about, data, limits)
        if answer.get("refused") != Code.FILE_ENCRYPTED:
            break
    if "refused" in answer:
        raise rejected(Code.of(answer.pop("refused")), **answer)
    return answer, rest


def _answered(about: Mapping[str, Any], data: bytes, limits: ChildLimits) -> Answer:
    """Ask once, and again where a file to be read ran out of its time; a password has one try: the file decides how long it takes."""
    try:
        return patiently(_WORK, about, data, limits, tries=2 if about["task"] == "read" else 1)
    except StoppedError as error:
        raise rejected(Code.FILE_READER_STOPPED, detail=str(error)) from error
