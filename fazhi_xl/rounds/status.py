"""The status of a returned file, and its Chinese words."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi_xl.findings import Finding, Severity
from fazhi_xl.text.worded import Worded


class Status(Worded):
    """What became of a file among the returns."""

    ACCEPTED = "accepted", "已收"
    ACCEPTED_WITH_NOTES = "accepted_with_notes", "已收(有提示)"
    NEEDS_CORRECTION = "needs_correction", "退回修改"
    SUPERSEDED = "superseded", "被更晚的替代"
    DUPLICATE = "duplicate", "重复"
    REJECTED = "rejected", "不能读取"
    IGNORED = "ignored", "跳过"


def status_of(findings: Iterable[Finding]) -> Status:
    """Say what a file's findings amount to."""
    severities = {finding.severity for finding in findings}
    if Severity.FATAL in severities:
        return Status.REJECTED
    if Severity.ERROR in severities:
        return Status.NEEDS_CORRECTION
    return Status.ACCEPTED_WITH_NOTES if severities else Status.ACCEPTED
