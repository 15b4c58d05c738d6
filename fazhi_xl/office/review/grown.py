"""Records in 审核/ that units' words and the office's drawings are added to, linked and remembered as decisions are.

Lines are appended first and remembered then: a run that was killed in between leaves a record longer than what is remembered, which
heals, and one that was killed before leaves a part of a line, which says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.review.chain import Lines, linked, odd_line
from fazhi_xl.office.review.kept_records import lines_of, remember
from fazhi_xl.office.review.records import GROWN, Record
from fazhi_xl.office.review.vanished import refuse_vanished, way_back
from fazhi_xl.office.workspace.appended import appending, without_torn
from fazhi_xl.office.workspace.folder import Json, Workspace, reading


def read_grown(space: Workspace, record: Record) -> Lines:
    """Give the lines of a record. Raises WrongUseError where any that were written have vanished, or were changed."""
    lines = lines_of(_whole(space, record))
    refuse_vanished(space, record, lines)
    if odd := odd_line(lines):
        raise WrongUseError(f"{record.file(space)} {odd},没有收表。", *way_back(space, record))
    return lines


def refuse_changed(space: Workspace) -> None:
    """Refuse, before anything is written, where one of the records is not as it was left. Raises WrongUseError."""
    for record in GROWN:
        read_grown(space, record)


def add_grown(space: Workspace, record: Record, more: Iterable[Json] = ()) -> None:
    """Append lines to a record, and remember how far it goes. Raises WrongUseError where files cannot be written."""
    if added := tuple(more):
        path = record.file(space)
        space.make(path.parent)
        with appending(path) as file:
            lines = lines_of(_whole(space, record))
            file.add(b"".join(line + b"\n" for line in linked(lines, added)))
    remember(space, record, _whole(space, record))


def unreadable(space: Workspace, record: Record, no: int) -> WrongUseError:
    """Say which line of a record cannot be read, and how the record is had back."""
    return WrongUseError(f"{record.file(space)} 第{no}行读不出来,没有收表。", *way_back(space, record))


def _whole(space: Workspace, record: Record) -> bytes:
    path = record.file(space)
    with reading(path):
        return without_torn(path.read_bytes()) if path.exists() else b""
