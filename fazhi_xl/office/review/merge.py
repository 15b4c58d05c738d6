"""Merges the review books into new decisions; contradictions are reported and change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fazhi_xl.findings import Code, Finding, Key, Place, finding
from fazhi_xl.office.review.decision_log import Decision, DecisionLog
from fazhi_xl.office.review.statements import ReviewBook, Statement
from fazhi_xl.office.review.values import Values
from fazhi_xl.office.review.votes import MASTER, Vote, brief


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeResult:
    """Decisions to add, findings by book, and the keys on which books contradict each other."""

    added: tuple[Decision, ...]
    findings: tuple[tuple[str, Finding], ...]  # with the book's name
    contested: frozenset[Key]


def merge(record: DecisionLog, books: Iterable[ReviewBook], now: str) -> MergeResult:
    """Take what is new in the books. Where two decide one key differently, the earlier decision stays in force."""
    kept, said = tuple(books), dict[Key, list[Statement]]()
    for book in kept:
        for statement in _new(record, book):
            said.setdefault(statement.key, []).append(statement)
    added: list[Decision] = []
    told: list[tuple[str, Finding]] = []
    contested: set[Key] = set()
    for key, statements in said.items():
        before = record.current.get(key)
        open_votes = [each for each in statements if not (before and each.vote.is_in(before.over))]
        winner = _winner(before, open_votes)
        if winner is None:
            contested.add(key)
            told.append((open_votes[-1].book, _conflict(before, open_votes)))
        elif winner:
            no, over = len(record.decisions) + len(added) + 1, _overruled(before, winner[0], open_votes)
            added.append(winner[0].decision(no, before, over, now))
            told.extend(_taken_back(before, winner[0]))
    return MergeResult(added=tuple(added), findings=tuple(told), contested=frozenset(contested))


def _new(record: DecisionLog, book: ReviewBook) -> Iterator[Statement]:
    """Give the rows that differ from the decision they showed and from the last decision taken from this book."""
    last, numbered = record.last_from(book.name), {each.no: each for each in record.decisions}
    for statement in book.statements:
        base = numbered.get(statement.base or 0)
        shown = base.values if base and base.key == statement.key else Values()
        own = last.get(statement.key)
        if statement.values != shown and not (own and own.values == statement.values):
            yield statement


def _winner(before: Decision | None, statements: list[Statement]) -> tuple[Statement, ...] | None:
    """Give the statement to record, nothing where all agree with the decision in force, and None where books contradict."""
    differing = [each for each in statements if before is None or each.vote.gist != before.vote.gist]
    if not differing:
        return tuple(each for each in statements if before and _follows(before, each))[:1]
    if any(each.vote.gist != differing[0].vote.gist for each in differing):
        return tuple(each for each in differing if each.book == MASTER and each.resolves)[:1] or None
    followed = [each for each in differing if before is None or _follows(before, each)]
    return tuple(followed[:1]) or None


def _overruled(before: Decision | None, winner: Statement, statements: Iterable[Statement]) -> tuple[Vote | str, ...]:
    """Give the votes that stay in other books against the decision; they are ignored until they change.

    A decision that is taken back leaves the row open, and overrules nobody.
    """
    if not winner.values:
        return ()
    kept = before.over if before else ()
    return (*kept, *(each.vote for each in statements if each.vote.gist != winner.vote.gist))


def _follows(before: Decision, statement: Statement) -> bool:
    """Say whether the row was written knowing the decision: it showed that decision, or the decision was entered in this row."""
    return statement.base == before.no or (statement.book == before.book and before.follows is None)


def _conflict(before: Decision | None, statements: Iterable[Statement]) -> Finding:
    earlier = [before.vote] if before else []
    said = dict.fromkeys(each.told for each in (*earlier, *(statement.vote for statement in statements)))
    one = next(iter(statements))
    stays = f"仍按先前的决定({brief(before.values)})" if before else "暂不采用"
    code = Code.REVIEW_SECOND_CONFLICT if one.blind else Code.REVIEW_CONFLICT
    return finding(code, _place(one), value=";".join(said), row=one.blind or named(one.key), stays=stays)


def _taken_back(before: Decision | None, statement: Statement) -> Iterator[tuple[str, Finding]]:
    if before and not statement.values:
        words = {"value": brief(before.values), "row": statement.blind or named(statement.key)}
        yield statement.book, finding(Code.REVIEW_WITHDRAWN, _place(statement), **words)


def _place(statement: Statement) -> Place:
    """Give where a row stands; one of a blind book names no unit."""
    unit, row = statement.key
    return Place(field=statement.blind) if statement.blind else Place(unit=unit, field=row)


def named(key: Key) -> str:
    unit, row = key
    return f"{unit}{row}" if unit else row
