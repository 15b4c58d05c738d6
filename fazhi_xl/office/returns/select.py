"""Which of a unit's returns counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fazhi_xl.answers.compare import differences
from fazhi_xl.answers.read import Answers
from fazhi_xl.findings import Code, Finding, Severity, finding
from fazhi_xl.office.returns.stages import AnsweredReturn, ClosedFile
from fazhi_xl.rounds.status import Status


def selected(returns: Iterable[AnsweredReturn | ClosedFile]) -> list[AnsweredReturn | ClosedFile]:
    """Let the latest of a unit's returns count, and of equal ones in a row the first; the others are closed with the reason.

    Returns are equal by their bytes, or by their answers and errors. A return that nobody filled in never supersedes one that somebody
    did; files that the office excluded supersede nothing.
    """
    units: defaultdict[str, list[AnsweredReturn]] = defaultdict(list)
    wanted = [
        ClosedFile(
            arrival=each.arrival,
            status=Status.IGNORED,
            findings=(finding(Code.SET_ASIDE),),
            unit=each.unit,
            answers=each.answers,
        )
        if each.arrival.excluded
        else each
        for each in returns
    ]
    for each in wanted:
        if isinstance(each, AnsweredReturn):
            units[each.unit].append(each)
    decided = {each.arrival.path: each for own in units.values() for each in _decided(own)}
    return [decided.get(each.arrival.path, each) for each in wanted]


def _decided(own: Iterable[AnsweredReturn]) -> Iterator[AnsweredReturn | ClosedFile]:
    """Go through a unit's returns in the order of their receipt."""
    counting: AnsweredReturn | None = None
    for each in sorted(own, key=lambda r: (r.arrival.received, r.arrival.moment, r.arrival.path)):
        if counting is None:
            counting = each
        elif code := _repeats(counting, each):
            yield each.closed(Status.DUPLICATE, finding(code, value=counting.arrival.path))
        elif each.blank and not counting.blank:
            yield replace(each.closed(Status.NEEDS_CORRECTION, finding(Code.FORM_UNFILLED)), answers=None)
        else:
            yield _superseded(counting, each)
            counting = each.noting(*_doubts(counting, each))
    if counting:
        yield counting


def _repeats(before: AnsweredReturn, after: AnsweredReturn) -> Code | None:
    """Give the code for a return that repeats the one before, by its bytes or by its answers and errors; None for a new one."""
    if before.arrival.sha256 == after.arrival.sha256:
        return Code.DUPLICATE_FILE
    return Code.DUPLICATE_ANSWERS if _gist(before.answers) == _gist(after.answers) else None


def _gist(answers: Answers) -> tuple[object, ...]:
    """Give a return's answers and errors; a form whose errors were corrected is a new return."""
    wrong = {
        (fault.code, fault.place.field, fault.value) for fault in answers.findings if fault.severity is Severity.ERROR
    }
    return dict(answers.values), wrong


def _superseded(before: AnsweredReturn, after: AnsweredReturn) -> ClosedFile:
    if before.answers.blank:  # the register of changes compares no blank forms
        return before.closed(Status.SUPERSEDED, finding(Code.SUPERSEDED_BLANK, value=after.arrival.path))
    changed = len(differences(before.answers, after.answers))
    return before.closed(Status.SUPERSEDED, finding(Code.SUPERSEDED_FILE, value=after.arrival.path, count=changed))


def _doubts(before: AnsweredReturn, after: AnsweredReturn) -> Iterator[Finding]:
    """Ask where it is not certain that the later return was meant to replace the one before."""
    if (before.arrival.received, before.arrival.moment) == (after.arrival.received, after.arrival.moment):
        yield finding(Code.SAME_TIME, value=before.arrival.path)
    required = {key for key, field in after.form.shape.fields.items() if field.required}
    first, second = before.filled & required, after.filled & required
    if first and second and not first & second:  # as when two offices share a form, each with a part of it
        yield finding(Code.TWO_HALVES, value=before.arrival.path)
    elif 2 * len(after.filled) < len(before.filled):
        yield finding(Code.FEWER_ANSWERS, value=before.arrival.path, before=len(before.filled), after=len(after.filled))
