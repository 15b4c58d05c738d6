"""Which of a unit's returns counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fazhi_xl.answers.read import Answers
from fazhi_xl.findings import Code, Finding, Severity, finding
from fazhi_xl.office.returns.open import Return
from fazhi_xl.reports.filing.versions import differences
from fazhi_xl.rounds.status import Status


def chosen(returns: list[Return]) -> list[Return]:
    """Let the latest of a unit's returns count, and of equal ones in a row the first; the others stay, marked with why not.

    Returns are equal by their bytes, or by what they say. A return that nobody filled in never takes the place of one that
    somebody did, and what the office has set aside takes nobody's.
    """
    units: defaultdict[str, list[Return]] = defaultdict(list)
    wanted = [_set_aside(each) if each.arrival.aside else each for each in returns]
    for each in wanted:
        if each.open and each.unit:
            units[each.unit].append(each)
    judged = {each.arrival.path: each for own in units.values() for each in _judged(own)}
    return [judged.get(each.arrival.path, each) for each in wanted]


def _set_aside(each: Return) -> Return:
    return replace(each, status=Status.IGNORED, findings=(finding(Code.SET_ASIDE),))


def _judged(own: Iterable[Return]) -> Iterator[Return]:
    """Go through a unit's returns in the order of their receipt."""
    counting: Return | None = None
    for each in sorted(own, key=lambda r: (r.arrival.received, r.arrival.moment, r.arrival.path)):
        if counting is None:
            counting = each
        elif code := _repeats(counting, each):
            yield _marked(each, Status.DUPLICATE, finding(code, value=counting.arrival.path))
        elif each.blank and not counting.blank:
            yield replace(_marked(each, Status.NEEDS_CORRECTION, finding(Code.FORM_UNFILLED)), answers=None)
        else:
            yield _superseded(counting, each)
            counting = replace(each, findings=(*each.findings, *_doubts(counting, each)))
    if counting:
        yield counting


def _repeats(before: Return, after: Return) -> Code | None:
    """Say how a return is the same again: in its bytes, or in what it says and what is wrong with it."""
    if before.arrival.sha256 == after.arrival.sha256:
        return Code.DUPLICATE_FILE
    same = before.answers and after.answers and _gist(before.answers) == _gist(after.answers)
    return Code.DUPLICATE_ANSWERS if same else None


def _gist(answers: Answers) -> tuple[object, ...]:
    """Give what a return says, and what the unit has to correct in it: one that mends its form is another one."""
    wrong = {
        (fault.code, fault.place.field, fault.value) for fault in answers.findings if fault.severity is Severity.ERROR
    }
    return dict(answers.values), wrong


def _superseded(before: Return, after: Return) -> Return:
    if before.answers and before.answers.blank:  # what it says otherwise is listed nowhere
        return _marked(before, Status.SUPERSEDED, finding(Code.SUPERSEDED_BLANK, value=after.arrival.path))
    changed = differences(before.answers, after.answers) if before.answers and after.answers else ()
    return _marked(
        before, Status.SUPERSEDED, finding(Code.SUPERSEDED_FILE, value=after.arrival.path, count=len(changed))
    )


def _doubts(before: Return, after: Return) -> Iterator[Finding]:
    """Ask where it is not certain that the later return was meant to replace the one before."""
    if (before.arrival.received, before.arrival.moment) == (after.arrival.received, after.arrival.moment):
        yield finding(Code.SAME_TIME, value=before.arrival.path)
    if _halves(before, after):
        yield finding(Code.TWO_HALVES, value=before.arrival.path)
    elif 2 * len(after.filled) < len(before.filled):
        yield finding(Code.FEWER_ANSWERS, value=before.arrival.path, before=len(before.filled), after=len(after.filled))


def _halves(before: Return, after: Return) -> bool:
    """Tell whether two returns answer different required inputs, each only a part of them, as when two offices share a form."""
    required = {key for key, field in after.answers.shape.fields.items() if field.required} if after.answers else set()
    first, second = before.filled & required, after.filled & required
    return bool(first) and bool(second) and not first & second


def _marked(each: Return, status: Status, why: Finding) -> Return:
    return replace(each, status=status, findings=(*each.findings, why))
