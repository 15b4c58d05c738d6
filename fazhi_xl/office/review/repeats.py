"""Entries that are said to repeat a matter of which no entry counts: the matter then counts nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.office.review.effects import Decisions


def repeat_findings(decided: Decisions) -> Iterator[tuple[str, Finding]]:
    """Give, with the book, what to look at again before a matter is lost."""
    for held in decided.repeating_nothing():
        unit, row = held.key
        yield held.book, finding(Code.REVIEW_REPEATS_NOTHING, Place(unit=unit, field=row), row=f"{unit}{row}")
