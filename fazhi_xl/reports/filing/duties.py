"""What each kind of finding asks for, and of whom. A new code joins here, and nowhere else in the reports."""

from __future__ import annotations

from fazhi_xl.findings import Finding, Severity
from fazhi_xl.rounds.file import FileResult

UNIT, OFFICE = "单位", "办公室"

# The office has to ask, compare or decide; everything else that is wrong the unit corrects or confirms.
OFFICE_ACTS = frozenset(
    {
        "form-unknown",
        "form-foreign",
        "form-forged",
        "form-mixed",
        "form-contradiction",
        "form-number-gone",
        "form-other-round",
        "file-name-differs",
        "folder-differs",
        "sender-differs",
        "file-unreadable",
        "file-changing",
        "file-vanished",
        "codes-moved",
        "locked-changed",
        "protection-removed",
        "same-time",
        "fewer-answers",
        "superseded-file",
        "two-halves",
    }
)
# A value was read otherwise than it was typed.
NORMALISED = frozenset({"value-normalised", "value-from-formula"})
# The form itself is no longer as issued.
CHANGED = frozenset(
    {
        "form-forged",
        "form-mixed",
        "form-contradiction",
        "form-number-gone",
        "codes-moved",
        "found-by-name",
        "sheet-missing",
        "row-missing",
        "row-repeated",
        "column-missing",
        "protection-removed",
        "locked-changed",
        "formula-overwritten",
        "sheet-renamed",
        "sheet-copied",
        "sheet-passed-over",
        "sheets-extra",
        "names-missing",
        "stray-values",
        "cells-outside",
        "input-merged",
    }
)
_UNMOVED = frozenset({Severity.NOTE})


def who(file: FileResult, found: Finding) -> str | None:
    """Say who has to act on a finding; nobody on a note."""
    if found.severity in _UNMOVED:
        return None
    return OFFICE if found.code in OFFICE_ACTS or file.unit is None else UNIT
