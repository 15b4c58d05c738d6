"""Which of a unit's returns counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fazhi_xl.findings import Finding, finding
from fazhi_xl.office.returns import Return
from fazhi_xl.reports.round import Status


def chosen(returns: list[Return]) -> list[Return]:
    """Let the latest of a unit's returns count, and of equal files in a row the first; the others stay, marked with why not.

    A return that nobody filled in never takes the place of one that somebody did.
    """
    units: defaultdict[str, list[Return]] = defaultdict(list)
    for each in returns:
        if each.open and each.unit:
            units[each.unit].append(each)
    judged = {each.arrival.path: each for own in units.values() for each in _judged(own)}
    return [judged.get(each.arrival.path, each) for each in returns]


def _judged(own: Iterable[Return]) -> Iterator[Return]:
    """Go through a unit's returns in the order of their receipt."""
    counting: Return | None = None
    for each in sorted(own, key=lambda r: (r.arrival.received, r.arrival.moment, r.arrival.path)):
        if counting is None:
            counting = each
        elif counting.arrival.sha256 == each.arrival.sha256:
            yield _marked(each, Status.DUPLICATE, finding("duplicate-file", value=counting.arrival.path))
        elif each.blank and not counting.blank:
            yield _marked(each, Status.NEEDS_CORRECTION, finding("form-unfilled"))
        else:
            yield _marked(counting, Status.SUPERSEDED, finding("superseded-file", value=each.arrival.path))
            counting = replace(each, findings=(*each.findings, *_doubts(counting, each)))
    if counting:
        yield counting


def _doubts(before: Return, after: Return) -> Iterator[Finding]:
    """Ask where it is not certain that the later return was meant to replace the one before."""
    if (before.arrival.received, before.arrival.moment) == (after.arrival.received, after.arrival.moment):
        yield finding("same-time", value=before.arrival.path)
    if 2 * len(after.filled) < len(before.filled):
        yield finding("fewer-answers", value=before.arrival.path, before=len(before.filled), after=len(after.filled))


def _marked(each: Return, status: Status, why: Finding) -> Return:
    return replace(each, status=status, findings=(*each.findings, why))
