"""Whether a unit returned its form in time: by the first return that could be used, whichever counts now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fazhi_xl.rounds.file import FileResult
from fazhi_xl.text.worded import Worded


class Timeliness(Worded):
    """When a unit returned; nobody is called late before the office has confirmed a day that is only presumed."""

    ON_TIME = "on_time", "按时"
    LATE = "late", "迟报"
    PRESUMED_LATE = "presumed_late", "迟报(待确认)"


def first_usable(files: Iterable[FileResult]) -> FileResult | None:
    """Give the first of a unit's returns that somebody filled in and that the office did not set aside; None without one.

    Of one content that came twice the day that something else than the file's own time speaks for is taken.
    """
    usable = [file for file in files if file.usable]
    known = {file.sha256 for file in usable if not file.basis.presumed}
    first = (file for file in usable if not file.basis.presumed or file.sha256 not in known)
    return min(first, key=lambda file: (file.received, file.basis.presumed, file.path), default=None)


def timeliness(first: FileResult, due: date) -> Timeliness:
    """Judge a unit by its first usable return; on the last day it is on time."""
    if first.received <= due:
        return Timeliness.ON_TIME
    return Timeliness.PRESUMED_LATE if first.basis.presumed else Timeliness.LATE
