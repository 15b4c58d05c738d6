"""A round as values: which file counts, who is missing, what needs a person."""

from __future__ import annotations

from datetime import date

import pytest

from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.rounds.status import Status, status_of
from tests.support.rounds import a_round, blank_file, other_file, returned_file

NOTE = finding(Code.FILE_CONVERTED, kind=".xls")
CONFIRM = finding(Code.MATTER_REPEATED, row="加分.02")
ERROR = finding(Code.FORM_UNFILLED)
FATAL = finding(Code.FILE_EMPTY)


@pytest.mark.parametrize(
    ("findings", "status"),
    [
        ([], Status.ACCEPTED),
        ([NOTE], Status.ACCEPTED_WITH_NOTES),
        ([CONFIRM], Status.ACCEPTED_WITH_NOTES),
        ([NOTE, ERROR, CONFIRM], Status.NEEDS_CORRECTION),
        ([NOTE, ERROR, FATAL], Status.REJECTED),
    ],
)
def test_a_files_status_is_its_gravest_finding(findings: list[Finding], status: Status) -> None:
    """What cannot be read is refused, what is wrong goes back, what is only noted is accepted."""
    assert status_of(findings) is status
    assert status_of(iter(findings)) is status


def test_every_status_has_its_word() -> None:
    """Reports name each status in Chinese, and no two alike."""
    assert len({status.word for status in Status}) == len(Status)


def test_the_file_that_counts() -> None:
    """Of a unit's files the one whose answers were taken counts; a unit without one is missing."""
    right = returned_file("信访局")
    done = a_round(["信访局", "工信局"], [other_file("旧.xlsx", Status.SUPERSEDED, "信访局"), right])
    assert done.file_of("信访局") is right
    assert done.file_of("工信局") is None
    assert ([unit.unit for unit in done.returned], [unit.unit for unit in done.missing]) == (["信访局"], ["工信局"])


def test_a_blank_return_is_missing() -> None:
    """A form that came back as issued has no figures."""
    done = a_round(["信访局"], [blank_file("信访局")])
    assert [unit.unit for unit in done.missing] == ["信访局"]


@pytest.mark.parametrize(
    ("status", "attention"),
    [
        (Status.ACCEPTED, False),
        (Status.ACCEPTED_WITH_NOTES, False),
        (Status.NEEDS_CORRECTION, True),
        (Status.SUPERSEDED, False),
        (Status.DUPLICATE, False),
        (Status.REJECTED, True),
        (Status.IGNORED, False),
    ],
)
def test_what_needs_a_person(status: Status, *, attention: bool) -> None:
    """A return that was refused or goes back has to be looked at; what does not count has not."""
    assert a_round([], [other_file("甲.xlsx", status)]).needs_attention is attention


def test_received_days_are_kept() -> None:
    """The day a file came in is the file's own."""
    assert returned_file("信访局", received=date(2020, 12, 1)).received == date(2020, 12, 1)
