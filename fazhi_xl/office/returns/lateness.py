"""What there is to say of returns received after the deadline: late, or supplementing what the unit had returned before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.rounds.deadlines import Deadlines
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.status import status_of
from fazhi_xl.rounds.timeliness import Timeliness, first_usable, presumed_days, timeliness


def timed(files: Iterable[FileResult], due: Deadlines) -> tuple[FileResult, ...]:
    """Note on each unit's first usable return that it is late, and on a later one that counts that it is a supplement."""
    every = tuple(files)
    units: defaultdict[str | None, list[FileResult]] = defaultdict(list)
    for each in every:
        units[each.unit].append(each)
    return tuple(_noted(each, units[each.unit], due) if each.unit else each for each in every)


def _noted(file: FileResult, own: Sequence[FileResult], due: Deadlines) -> FileResult:
    found = _said(file, own, due) if file.usable and file.unit and file.received > due.of(file.unit) else None
    if found is None:
        return file
    findings = (*file.findings, found)
    return replace(file, findings=findings, status=status_of(findings) if file.counts else file.status)


def _said(file: FileResult, own: Sequence[FileResult], due: Deadlines) -> Finding | None:
    unit, day, first = str(file.unit), str(file.received), first_usable(own)
    when, last = timeliness(own, due.of(unit)), f"{due.of(unit)}{'(延期后的)' if unit in due.extended else ''}"
    if when is Timeliness.PRESUMED_LATE and file in presumed_days(own):
        return finding(Code.LATE_PRESUMED, value=day, due=last)
    if file is first:
        return finding(Code.RECEIVED_LATE, value=day, due=last) if when is Timeliness.LATE else None
    return finding(Code.SUPPLEMENTED, value=first.path, due=last, day=day) if first and file.counts else None
