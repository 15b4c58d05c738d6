"""What the child process does: a file of evidence is opened, by the module of its kind. Imported there alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from fazhi_xl.bounded.task import Answer
from fazhi_xl.evidence.compound import opened_compound
from fazhi_xl.evidence.kinds import BEGINNING, Kind, kind_of
from fazhi_xl.evidence.opened import CannotOpenError, Opened
from fazhi_xl.evidence.packed import opened_packed
from fazhi_xl.evidence.pdf import opened_pdf
from fazhi_xl.evidence.picture import opened_picture
from fazhi_xl.rounds.inspected import Fault
from fazhi_xl.text.identity_numbers import identity_numbers, masked

_NUMBERS = 20  # that are given back of a file
_OPENERS: Mapping[Kind, Callable[[BinaryIO], Opened]] = {
    Kind.PDF: opened_pdf,
    Kind.PICTURE: opened_picture,
    Kind.PACKED: opened_packed,
    Kind.COMPOUND: opened_compound,
}


def work(data: dict[str, Any], content: bytes) -> Answer:
    """Open the file at the `path` that the task names, else the content itself. Raises MemoryError, and OSError where it is gone."""
    with closing(Path(data["path"]).open("rb") if data.get("path") else BytesIO(content)) as file:
        return inspected(file), b""


def inspected(file: BinaryIO) -> dict[str, Any]:
    """Give what is to be said of a file, as JSON; `{}` for one of a kind that is not opened. Raises MemoryError."""
    kind = kind_of(file.read(BEGINNING))
    if kind is None:
        return {}
    file.seek(0)
    try:
        return _said(_OPENERS[kind](file))
    except MemoryError:
        raise
    except CannotOpenError as error:
        return {"kind": error.kind, "fault": error.fault, "detail": error.detail}
    except Exception:  # noqa: BLE001 - the libraries raise what they like about a damaged file
        return {"kind": kind, "fault": Fault.DAMAGED}


def _said(opened: Opened) -> dict[str, Any]:
    fault = Fault.EMPTY if opened.empty else Fault.SMALL if opened.small else None if opened.kind else Fault.UNCHECKED
    numbers = dict.fromkeys(map(masked, identity_numbers(opened.text)[:_NUMBERS]))
    return {
        "kind": opened.kind,
        "pages": opened.pages,
        "fault": fault,
        "detail": opened.small if fault is Fault.SMALL else "",
        "numbers": list(numbers),
    }
