"""What a rule looks at in a unit's facts, as quantities of which more is better: by these two units can be compared before any threshold.

Which way is better follows from the rule: more of what is counted, a higher rate, fewer events that cost points, a longer time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import singledispatch
from itertools import pairwise

from fazhi_xl.form.expression import Value
from fazhi_xl.notice.choices import NoCase, Side
from fazhi_xl.notice.rules import (
    NO,
    YES,
    Balance,
    Bands,
    Count,
    CountZero,
    Days,
    Deduct,
    EventTerm,
    Fall,
    Grade,
    MarginTerm,
    Months,
    Rate,
    Ratio,
    Rule,
    Tally,
    Term,
    Yes,
)

Facts = Mapping[str, Value]
"""A unit's facts by the keys of the inputs: numbers, days and choices, None where one is blank."""


class IncomparableError(Exception):
    """The facts say nothing by which another unit's could be more or less: one is blank, nothing was due, the part does not apply."""


def quantities(rule: Rule, facts: Facts) -> tuple[Fraction, ...] | None:
    """Give what the rule looks at, part by part; None where a unit with these facts is not to be compared."""
    try:
        return tuple(amount for part in rule.parts for amount in _of(part, facts))
    except IncomparableError:
        return None


@singledispatch
def _of(part: object, facts: Facts) -> Iterator[Fraction]:  # noqa: ARG001 - the registered functions use them
    raise TypeError(part)


@_of.register
def _yes(part: Yes, facts: Facts) -> Iterator[Fraction]:
    yield _share(facts, part.input, {YES: 1, NO: 0})


@_of.register
def _grade(part: Grade, facts: Facts) -> Iterator[Fraction]:
    yield _share(facts, part.input, part.shares)


@_of.register
def _count(part: Count, facts: Facts) -> Iterator[Fraction]:
    yield _number(facts, part.input)


@_of.register
def _count_zero(part: CountZero, facts: Facts) -> Iterator[Fraction]:
    yield -_number(facts, part.input)


@_of.register
def _rate(part: Rate, facts: Facts) -> Iterator[Fraction]:
    if part.no_case is NoCase.MET and _sum(facts, part.due) == 0:
        yield Fraction(1)
    else:
        yield _quotient(_sum(facts, part.done), _sum(facts, part.due))


@_of.register
def _ratio(part: Ratio, facts: Facts) -> Iterator[Fraction]:
    yield _quotient(_number(facts, part.amount), _number(facts, part.base))


@_of.register
def _fall(part: Fall, facts: Facts) -> Iterator[Fraction]:
    now, before = _number(facts, part.this_year), _number(facts, part.last_year)
    if part.this_year_of and part.last_year_of:
        now = _quotient(now, _number(facts, part.this_year_of))
        before = _quotient(before, _number(facts, part.last_year_of))
    yield before - now


@_of.register(Months)
@_of.register(Days)
def _time(part: Months | Days, facts: Facts) -> Iterator[Fraction]:
    start, end = facts.get(part.start), facts.get(part.end)
    if not (isinstance(start, date) and isinstance(end, date)):
        raise IncomparableError
    yield Fraction((end - start).days)


@_of.register
def _tally(part: Tally, facts: Facts) -> Iterator[Fraction]:
    yield from _terms(part.terms, facts, 1)


@_of.register
def _deduct(part: Deduct, facts: Facts) -> Iterator[Fraction]:
    yield from _terms(part.terms, facts, -1)


@_of.register
def _balance(part: Balance, facts: Facts) -> Iterator[Fraction]:
    yield from _terms(part.plus, facts, 1)
    yield from _terms(part.minus, facts, -1)


@_of.register
def _bands(part: Bands, facts: Facts) -> Iterator[Fraction]:
    number = _number(facts, part.input) if part.input else _quotient(_sum(facts, part.done), _sum(facts, part.due))
    yield from (sign * number for sign in _signs(part))


def _signs(part: Bands) -> tuple[int, ...]:
    """Say whether more of the number is better; where the bands go up and down, only the same number is as good."""
    falling = all(one.points >= other.points for one, other in pairwise(part.bands)) and all(
        band.points >= part.otherwise for band in part.bands
    )
    if falling and all(band.at_least is not None for band in part.bands):
        return (1,)
    return (-1,) if falling and all(band.at_most is not None for band in part.bands) else (1, -1)


def _terms(terms: Iterable[Term], facts: Facts, sign: int) -> Iterator[Fraction]:
    for term in terms:
        if isinstance(term, EventTerm):
            # With a target the events are what is missing below it, so more of what is entered is fewer of them.
            yield (sign if term.target is None else -sign) * _number(facts, term.input)
        else:
            yield sign * (1 if term.side is Side.ABOVE else -1) * _margin(term, facts)


def _margin(term: MarginTerm, facts: Facts) -> Fraction:
    """Give by how many percentage points the rate is above its reference."""
    rate = 100 * _quotient(_sum(facts, term.done), _sum(facts, term.due))
    if term.reference_input is not None:
        return rate - _number(facts, term.reference_input)
    if term.reference is not None:
        return rate - Fraction(term.reference)
    return rate - 100 * _quotient(_sum(facts, term.last_done), _sum(facts, term.last_due))


def _number(facts: Facts, key: str) -> Fraction:
    found = facts.get(key)
    if isinstance(found, bool) or not isinstance(found, int | Fraction):
        raise IncomparableError
    return Fraction(found)


def _sum(facts: Facts, keys: Iterable[str]) -> Fraction:
    return sum((_number(facts, key) for key in keys), Fraction(0))


def _quotient(over: Fraction, under: Fraction) -> Fraction:
    if under == 0:
        raise IncomparableError
    return over / under


def _share(facts: Facts, key: str, shares: Mapping[str, int]) -> Fraction:
    found = facts.get(key)
    if not (isinstance(found, str) and found in shares):
        raise IncomparableError
    return Fraction(shares[found])
