"""Workbooks that were hurt on their way, or are locked, in items' folders: evidence where a ledger lists them, else perhaps a form."""

from __future__ import annotations

from collections.abc import Collection

from fazhi_xl.findings import Code, Severity, finding
from fazhi_xl.office.returns.evidence_owners import Returns, listed_names, names_of
from fazhi_xl.office.returns.item_folders import HURT, ItemFolders
from fazhi_xl.office.returns.stages import ClosedFile
from fazhi_xl.rounds.status import Status

_UNKNOWN = HURT | {Code.FILE_UNRECOGNISED, Code.FILE_SEALED}


def with_hurt_evidence(returns: Returns, places: ItemFolders) -> Returns:
    """Close the workbooks that cannot be read, lie in an item's folder and are listed by name: what is wrong is told of the evidence."""
    suspects = [
        each for each in returns if isinstance(each, ClosedFile) and _is_hurt(each) and places.hold(each.arrival)
    ]
    if not suspects:
        return returns
    listed = listed_names(returns)
    known = {each.arrival.path for each in suspects if _is_named(each, listed)}
    return tuple(
        ClosedFile(arrival=each.arrival, status=Status.IGNORED, findings=(finding(Code.EVIDENCE_FILE),))
        if each.arrival.path in known
        else each
        for each in returns
    )


def _is_hurt(each: ClosedFile) -> bool:
    fatal = {found.code for found in each.findings if found.severity is Severity.FATAL}
    return each.status is Status.REJECTED and not each.unit and bool(fatal) and fatal <= _UNKNOWN


def _is_named(each: ClosedFile, listed: Collection[str]) -> bool:
    return any(name in listed for name in names_of(each.arrival.path))
