"""The status of a returned file, and its Chinese words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from fazhi_xl.findings import Finding, Severity


class Status(StrEnum):
    ACCEPTED = "accepted"
    ACCEPTED_WITH_NOTES = "accepted_with_notes"
    NEEDS_CORRECTION = "needs_correction"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    IGNORED = "ignored"


STATUS_WORDS: Mapping[Status, str] = {
    Status.ACCEPTED: "已收",
    Status.ACCEPTED_WITH_NOTES: "已收(有提示)",
    Status.NEEDS_CORRECTION: "退回修改",
    Status.SUPERSEDED: "被更晚的替代",
    Status.DUPLICATE: "重复",
    Status.REJECTED: "不能读取",
    Status.IGNORED: "跳过",
}

SEVERITY_WORDS: Mapping[Severity, str] = {
    Severity.FATAL: "不能读取",
    Severity.ERROR: "须改正",
    Severity.CONFIRM: "请核实",
    Severity.NOTE: "提示",
}


def status_of(findings: Iterable[Finding]) -> Status:
    """Say what a file's findings amount to."""
    severities = {finding.severity for finding in findings}
    if Severity.FATAL in severities:
        return Status.REJECTED
    if Severity.ERROR in severities:
        return Status.NEEDS_CORRECTION
    return Status.ACCEPTED_WITH_NOTES if severities else Status.ACCEPTED
