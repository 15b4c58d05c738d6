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
    """Let the latest of a unit's returns count, and of equal ones in a row the first; the others are closed with why not.

    Returns are equal by their bytes, or by what they say. A return that nobody filled in never supersedes one that somebody
    did; files that the office excluded supersede nothing.
    """
    units: defaultdict[str, list[AnsweredReturn]] = defaultdict(list)
    wanted = [_excluded(each) if each.arrival.excluded else each for each in returns]
    for each in wanted:
        if isinstance(each, AnsweredReturn):
            units[each.unit].append(each)
    decided = {each.arrival.path: each for own in units.values() for each in _decided(own)}
    return [decided.get(each.arrival.path, each) for each in wanted]


def _excluded(each: AnsweredReturn | ClosedFile) -> ClosedFile:
    return ClosedFile(
        arrival=each.arrival,
        status=Status.IGNORED,
        findings=(finding(Code.SET_ASIDE),),
        unit=each.unit,
        answers=each.answers,
    )


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
    """Say how a return is the same again: in its bytes, or in what it says and what is wrong with it."""
    if before.arrival.sha256 == after.arrival.sha256:
        return Code.DUPLICATE_FILE
    return Code.DUPLICATE_ANSWERS if _gist(before.answers) == _gist(after.answers) else None


def _gist(answers: Answers) -> tuple[object, ...]:
    """Give what a return says, and what the unit has to correct in it: one that mends its form is another one."""
    wrong = {
        (fault.code, fault.place.field, fault.value) for fault in answers.findings if fault.severity is Severity.ERROR
    }
    return dict(answers.values), wrong


def _superseded(before: AnsweredReturn, after: AnsweredReturn) -> ClosedFile:
    if before.answers.blank:  # what it says otherwise is listed nowhere
        return before.closed(Status.SUPERSEDED, finding(Code.SUPERSEDED_BLANK, value=after.arrival.path))
    changed = len(differences(before.answers, after.answers))
    return before.closed(Status.SUPERSEDED, finding(Code.SUPERSEDED_FILE, value=after.arrival.path, count=changed))


def _doubts(before: AnsweredReturn, after: AnsweredReturn) -> Iterator[Finding]:
    """Ask where it is not certain that the later return was meant to replace the one before."""
    if (before.arrival.received, before.arrival.moment) == (after.arrival.received, after.arrival.moment):
        yield finding(Code.SAME_TIME, value=before.arrival.path)
    if _halves(before, after):
        yield finding(Code.TWO_HALVES, value=before.arrival.path)
    elif 2 * len(after.filled) < len(before.filled):
        yield finding(Code.FEWER_ANSWERS, value=before.arrival.path, before=len(before.filled), after=len(after.filled))


def _halves(before: AnsweredReturn, after: AnsweredReturn) -> bool:
    """Tell whether two returns answer different required inputs, each only a part of them, as when two offices share a form."""
    required = {key for key, field in after.form.shape.fields.items() if field.required}
    first, second = before.filled & required, after.filled & required
    return bool(first) and bool(second) and not first & second
