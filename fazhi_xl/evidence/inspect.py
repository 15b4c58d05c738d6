"""Opening a file of evidence in a process of its own, within limits: at most two seconds of a usual core, and 300 MB of memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from fazhi_xl.bounded.patience import ChildLimits, StoppedError, patiently
from fazhi_xl.evidence.kinds import BEGINNING, OPENED, WHOLE_LIMIT, kind_of
from fazhi_xl.evidence.plain import READ, TEXTS, inspected_plain
from fazhi_xl.limits import MB
from fazhi_xl.rounds.inspected import Fault, Inspected

INSPECTION = ChildLimits(memory=300 * MB, cpu=2, wall=10, growth=120 * MB)
_WORK = "fazhi_xl.evidence.work"


def inspect(content: bytes | Path, name: str = "", limits: ChildLimits = INSPECTION) -> Inspected:
    """Open a file, given as its bytes or where it lies. Whatever is wrong with it is told, never raised. Raises OSError.

    A file of a kind that is not opened (a film, an archive) is unchecked; one that is called by a kind that is, and has no such content, is
    damaged; a text is searched for numbers.
    """
    beginning = content[:BEGINNING] if isinstance(content, bytes) else _beginning(content)
    kind = kind_of(beginning)
    if kind is None:
        return _of_no_kind(content, name) if beginning else Inspected(fault=Fault.EMPTY)
    if isinstance(content, bytes) and len(content) > WHOLE_LIMIT:
        return Inspected(kind=kind, fault=Fault.STOPPED, detail=f"{len(content) // MB}MB")
    task, data = ({"path": str(content.absolute())}, b"") if isinstance(content, Path) else ({}, content)
    try:
        return inspected_of(patiently(_WORK, task, data, limits, tries=1)[0])
    except StoppedError:  # why differs from machine to machine
        return Inspected(kind=kind, fault=Fault.STOPPED)


def inspected_of(said: Mapping[str, Any]) -> Inspected:
    """Give the value that the child, or what was kept of an earlier run, says. Raises KeyError, TypeError and ValueError."""
    fault = said.get("fault")
    return Inspected(
        kind=said.get("kind", ""),
        pages=said.get("pages"),
        fault=Fault.of(fault) if fault else None,
        detail=said.get("detail", ""),
        numbers=tuple(said.get("numbers", ())),
    )


def kept(found: Inspected) -> bytes:
    """Write what was found, so that `inspected_of` its JSON gives it back."""
    own = {"kind": found.kind, "pages": found.pages, "fault": found.fault, "detail": found.detail}
    return json.dumps({**own, "numbers": found.numbers}, ensure_ascii=False).encode()


def _of_no_kind(content: bytes | Path, name: str) -> Inspected:
    """Search a text here, which nothing unpacks; of what else has no kind say so."""
    ending = PurePosixPath(name).suffix.lower()
    if ending in TEXTS:
        return inspected_plain(content[:READ] if isinstance(content, bytes) else _beginning(content, READ))
    return Inspected(fault=Fault.DAMAGED if ending in OPENED else Fault.UNCHECKED)


def _beginning(path: Path, size: int = BEGINNING) -> bytes:
    with path.open("rb") as file:
        return file.read(size)
