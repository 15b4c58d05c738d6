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
    """Give the first of a unit's returns that somebody filled in and that the office did not set aside; None without one."""
    return min(_usable(files), key=lambda file: (file.received, file.basis.presumed, file.path), default=None)


def presumed_days(files: Iterable[FileResult]) -> tuple[FileResult, ...]:
    """Give the usable returns for whose day only the file's own time speaks: a copy is younger than what was received."""
    return tuple(file for file in _usable(files) if file.basis.presumed)


def timeliness(files: Iterable[FileResult], due: date) -> Timeliness | None:
    """Judge a unit by its first usable return; on the last day it is on time. None where it has none.

    While the day of any return is only presumed, that one may have been the first.
    """
    own = tuple(files)
    first = first_usable(own)
    if first is None:
        return None
    if first.received <= due:
        return Timeliness.ON_TIME
    return Timeliness.PRESUMED_LATE if presumed_days(own) else Timeliness.LATE


def _usable(files: Iterable[FileResult]) -> list[FileResult]:
    """Leave out what cannot be used, and of one content that came twice what only the file's own time speaks for."""
    usable = [file for file in files if file.usable]
    known = {file.sha256 for file in usable if not file.basis.presumed}
    return [file for file in usable if not file.basis.presumed or file.sha256 not in known]
