"""What there is to say of returns received after the deadline: late, or supplementing what the unit had returned before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.status import status_of
from fazhi_xl.rounds.timeliness import Timeliness, first_usable, timeliness


def timed(files: Iterable[FileResult], due: date) -> tuple[FileResult, ...]:
    """Note on each unit's first usable return that it is late, and on a later one that counts that it is a supplement."""
    every = tuple(files)
    units: defaultdict[str | None, list[FileResult]] = defaultdict(list)
    for each in every:
        units[each.unit].append(each)
    first = {unit: first_usable(own) for unit, own in units.items() if unit}
    return tuple(_noted(each, first[each.unit], due) if each.unit else each for each in every)


def _noted(file: FileResult, first: FileResult | None, due: date) -> FileResult:
    found = _said(file, first, due) if first and file.usable and file.received > due else None
    if found is None:
        return file
    findings = (*file.findings, found)
    return replace(file, findings=findings, status=status_of(findings) if file.counts else file.status)


def _said(file: FileResult, first: FileResult, due: date) -> Finding | None:
    day = str(file.received)
    if file is first:
        confirmed = timeliness(first, due) is Timeliness.LATE
        return finding(Code.RECEIVED_LATE if confirmed else Code.LATE_PRESUMED, value=day, due=due)
    return finding(Code.SUPPLEMENTED, value=first.path, due=due, day=day) if file.counts else None
