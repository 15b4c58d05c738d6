"""Reading apart: formats and tasks that only a process of their own may try."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from fazhi_xl.xlsx.reading.model import WHOLE_FORM, Bounds, RawBook, RawSheet, State, rejected
from fazhi_xl.xlsx.reading.order import Order

_ROOT = Path(__file__).parents[3]
_CHILD = "fazhi_xl.xlsx.reading.child"
_GB = 1024**3


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLimits:
    """Memory in bytes, processor time and waiting time in seconds; Windows knows only the last."""

    memory: int = 2 * _GB
    cpu: int = 20
    wall: int = 40


CHILD_LIMITS = ChildLimits()


def read_apart(
    data: bytes,
    kind: str,
    bounds: Bounds,
    passwords: Sequence[str] = (),
    limits: ChildLimits = CHILD_LIMITS,
) -> RawBook:
    """Read values with calamine: .xls, .et, .ods, .xlsb, packages without an outline. Raises RejectedError."""
    answer, _ = _ask(_order("read", bounds, passwords, limits), data, limits.wall)
    return RawBook(
        kind=kind,
        sheets=tuple(_sheet(*sheet) for sheet in answer["sheets"]),
        cells=tuple(tuple(cell) for cell in answer["cells"]),
        outside=answer["outside"],
        formulas_known=False,
    )


def open_apart(data: bytes, passwords: Sequence[str], limits: ChildLimits = CHILD_LIMITS) -> bytes:
    """Open a file that has a password. Raises RejectedError if none fits."""
    return _ask(_order("decrypt", WHOLE_FORM, passwords, limits), data, limits.wall)[1]


def _order(task: Literal["read", "decrypt"], bounds: Bounds, passwords: Sequence[str], limits: ChildLimits) -> Order:
    return Order(task=task, memory=limits.memory, cpu=limits.cpu, bounds=bounds, passwords=tuple(passwords))


def _sheet(name: str, state: State, merges: list[str]) -> RawSheet:
    return RawSheet(name=name, state=state, protected=False, merges=tuple(merges))


def _ask(order: Order, data: bytes, wall: int) -> tuple[dict[str, Any], bytes]:
    try:
        done = subprocess.run(  # noqa: S603 - our own module, run by our own interpreter
            [sys.executable, "-m", _CHILD],
            input=order.to_line() + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # each of its threads would claim memory in advance
            timeout=wall,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise rejected("file-reader-stopped", detail=f"超过{wall}秒") from error
    line, found, rest = done.stdout.partition(b"\n")
    if done.returncode or not found:
        raise rejected("file-reader-stopped", detail=f"读取进程中止,代码{done.returncode}")
    answer = json.loads(line)
    if "refused" in answer:
        raise rejected(answer.pop("refused"), **answer)
    return answer, rest
