"""Which replies on record stand: those of files that are their units' and are used."""

from __future__ import annotations

from datetime import date

import pytest

from fazhi_xl.notice.model import Notice
from fazhi_xl.office.review.replies import standing
from fazhi_xl.office.review.reply_log import Reply
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.status import Status
from tests.support.offices import FIRST, SECOND

SHA = "a" * 64


def reply(unit: str, **more: str) -> Reply:
    blank = dict.fromkeys(("field", "code", "digest", "value", "answer", "text", "why_not", "file", "recorded"), "")
    return Reply(**{**blank, "sha256": SHA, "received": "2020-11-19", **more}, unit=unit)


def file(unit: str | None, status: Status, path: str = "表.xlsx") -> FileResult:
    return FileResult(path=path, sha256=SHA, received=date(2020, 11, 19), unit=unit, status=status)


@pytest.mark.parametrize(
    ("files", "stands"),
    [
        ([], True),
        ([file(SECOND, Status.ACCEPTED)], True),
        ([file(SECOND, Status.SUPERSEDED)], True),
        ([file(SECOND, Status.DUPLICATE), file(None, Status.IGNORED, "又一份.xlsx")], True),
        ([file(SECOND, Status.IGNORED)], False),
        ([file(SECOND, Status.REJECTED)], False),
        ([file(FIRST, Status.ACCEPTED)], False),
        ([file(None, Status.ACCEPTED)], False),
    ],
)
def test_by_its_file(notice: Notice, files: list[FileResult], *, stands: bool) -> None:
    """A reply stands while a file of its content is its unit's and is used, and while none is there."""
    on_record = [reply(notice.units_by_short[SECOND].id)]
    assert list(standing(notice, on_record, files)) == on_record * stands


def test_set_aside(notice: Notice) -> None:
    """What the office set aside settles nothing, though the file itself was taken away."""
    of_it, other = reply(notice.units_by_short[SECOND].id), reply(notice.units_by_short[SECOND].id, sha256="b" * 64)
    assert list(standing(notice, [of_it, other], [], {SHA})) == [other]
