"""What the scoring rules mean: each part as an exact share of the points. In words they are in `sentences`.

A share is a pair of expressions, numerator and denominator, so that nothing is rounded before the points are: the formula divides
whole numbers once, and Python's fraction gives the same hundredth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import singledispatch

from fazhi_xl.form import expression as x
from fazhi_xl.form import terms
from fazhi_xl.form.compiled import Evaluator
from fazhi_xl.form.expression import Const, Expr, Value, number
from fazhi_xl.form.facts import Facts, Quotient, Unit, amount
from fazhi_xl.notice.choices import Below, Combine, NoCase
from fazhi_xl.notice.model import SubPoint
from fazhi_xl.notice.rules import (
    NOT_APPLICABLE,
    YES,
    Balance,
    Band,
    Bands,
    Count,
    CountZero,
    Days,
    Deduct,
    Fall,
    Grade,
    Months,
    Part,
    Rate,
    Ratio,
    Rule,
    Tally,
    Yes,
    terms_of,
)
from fazhi_xl.points import USUAL, Hundredths, Kept, figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What a sub-point can be scored with, in hundredths: its points, and the least and the most."""

    points: Hundredths
    least: Hundredths = 0
    most: Hundredths

    @classmethod
    def of(cls, sub: SubPoint) -> Worth:
        """Give what a sub-point is worth."""
        return cls(points=sub.points, least=sub.least, most=sub.ceiling)

    @property
    def whole(self) -> Hundredths:
        """What a share of 1 comes to: the points, or the most (or least) of what has none."""
        return self.points or self.most or -self.least

    @property
    def figures(self) -> tuple[Hundredths, ...]:
        """Every figure of it."""
        return self.points, self.least, self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Quotient):
    """`over` ÷ `under` of a part's points; `out` holds where the part does not apply and drops out."""

    out: Expr = x.FALSE

    @property
    def full(self) -> Expr:
        """The condition that the whole share is earned."""
        return x.equal(self.over, self.under)


def _flag(condition: Expr) -> Expr:
    return x.when(condition, x.ONE, x.ZERO)


@singledispatch
def share(part: object, facts: Facts, worth: Worth) -> Share:  # noqa: ARG001 - the registered functions use them
    """Give the share that a part earns; parts that count in points need to know what the sub-point is worth."""
    raise TypeError(part)


@share.register
def _yes(part: Yes, facts: Facts, _: Worth) -> Share:
    return Share(over=_flag(_is(facts[part.input], YES)), out=_is(facts[part.input], NOT_APPLICABLE))


@share.register
def _count(part: Count, facts: Facts, _: Worth) -> Share:
    fact, target = facts[part.input], Const(part.at_least)
    if part.below is Below.LINEAR:
        return Share(over=x.call("minimum", fact, target), under=target)
    return Share(over=_flag(x.at_most(target, fact)))


@share.register
def _count_zero(part: CountZero, facts: Facts, _: Worth) -> Share:
    return Share(over=_flag(x.equal(facts[part.input], x.ZERO)))


@share.register
def _rate(part: Rate, facts: Facts, _: Worth) -> Share:
    due = facts.total(part.due)
    reached = _reach(x.multiply(Const(100), facts.total(part.done)), Const(part.at_least), due, part.below)
    none = x.equal(due, x.ZERO)
    given = x.ONE if part.no_case is NoCase.MET else x.ZERO
    out = none if part.no_case is NoCase.NOT_APPLICABLE else x.FALSE
    return Share(over=x.when(none, given, reached.over), under=x.when(none, x.ONE, reached.under), out=out)


@share.register
def _ratio(part: Ratio, facts: Facts, _: Worth) -> Share:
    return _reach(facts.hundredfold(part.amount), Const(part.at_least), facts.hundredfold(part.base), part.below)


@share.register
def _fall(part: Fall, facts: Facts, _: Worth) -> Share:
    now, before = facts[part.this_year], facts[part.last_year]
    compare = x.at_most if part.or_equal else x.less
    if part.this_year_of and part.last_year_of:
        # The rates are compared by multiplying out: no division, and a year without cases has no rate to fall below.
        base = facts[part.last_year_of]
        lower = compare(x.multiply(now, base), x.multiply(before, facts[part.this_year_of]))
        if part.or_equal or not facts.never_exceeds(part.last_year, part.last_year_of):
            lower = x.both(x.less(x.ZERO, base), lower)
    else:
        lower = compare(now, before)
    return Share(over=_flag(x.either(x.equal(now, x.ZERO), lower)))


@share.register
def _grade(part: Grade, facts: Facts, _: Worth) -> Share:
    fact = facts[part.input]
    cases = tuple((_is(fact, option), Const(percent)) for option, percent in part.shares.items() if percent)
    return Share(over=x.first_of(cases, x.ZERO), under=Const(100), out=_is(fact, NOT_APPLICABLE))


@share.register
def _months(part: Months, facts: Facts, _: Worth) -> Share:
    reached = x.call("months_later", facts[part.start], Const(part.at_least))
    return Share(over=_flag(x.at_most(reached, x.add(facts[part.end], x.ONE))))


@share.register
def _days(part: Days, facts: Facts, _: Worth) -> Share:
    reached = x.add(facts[part.start], Const(part.at_least))
    return Share(over=_flag(x.at_most(reached, x.add(facts[part.end], x.ONE))))


@share.register
def _tally(part: Tally, facts: Facts, worth: Worth) -> Share:
    caps = _figures(part.cap)
    unit = _unit(part, worth, caps)
    return _in_points(terms.total(part.terms, facts, unit).at_most(unit(min((worth.most, *caps)))), unit, worth)


@share.register
def _deduct(part: Deduct, facts: Facts, worth: Worth) -> Share:
    caps = _figures(part.cap)
    unit = _unit(part, worth, caps)
    lost = terms.total(part.terms, facts, unit)
    for cap in caps:
        lost = lost.at_most(unit(cap))
    left = x.subtract(x.multiply(unit(worth.points), lost.under), lost.over)
    return _in_points(Quotient(over=left, under=lost.under).at_least(unit(worth.least)), unit, worth)


@share.register
def _balance(part: Balance, facts: Facts, worth: Worth) -> Share:
    start = amount(part.start)
    unit = _unit(part, worth, (start,))
    gained, lost = terms.total(part.plus, facts, unit), terms.total(part.minus, facts, unit)
    left = Quotient(over=unit(start)).plus(gained).minus(lost)
    return _in_points(left.at_most(unit(worth.most)).at_least(unit(worth.least)), unit, worth)


@share.register
def _bands(part: Bands, facts: Facts, worth: Worth) -> Share:
    points = (*(amount(band.points) for band in part.bands), amount(part.otherwise))
    unit = _unit(part, worth, points)
    cases = tuple((_within(part, band, facts), unit(amount(band.points))) for band in part.bands)
    earned = x.first_of(cases, unit(amount(part.otherwise)))
    if part.input is not None:
        return _in_points(Quotient(over=earned), unit, worth)
    none = x.equal(facts.total(part.due), x.ZERO)
    given = max(points) if part.no_case is NoCase.MET else 0
    whole = _in_points(Quotient(over=x.when(none, unit(given), earned)), unit, worth)
    return replace(whole, out=none if part.no_case is NoCase.NOT_APPLICABLE else x.FALSE)


def _within(part: Bands, band: Band, facts: Facts) -> Expr:
    """Compare a number, or a rate by multiplying out, with a band's bound, which has at most two places."""
    low, high = (None if bound is None else Const(int(bound * 100)) for bound in (band.at_least, band.at_most))
    if part.input is None:
        due, number = facts.total(part.due), x.multiply(Const(10_000), facts.total(part.done))
    else:
        due, number = x.ONE, facts.hundredfold(part.input)
    if low is not None:
        return x.at_most(x.multiply(low, due), number)
    return x.at_most(number, x.multiply(high or x.ZERO, due))


def _figures(*caps: Decimal | None) -> tuple[Hundredths, ...]:
    return tuple(amount(cap) for cap in caps if cap is not None)


def _unit(part: Part, worth: Worth, more: Iterable[Hundredths]) -> Unit:
    """Give the unit in which a part counts in whole numbers."""
    return Unit.of((*worth.figures, *terms.figures(terms_of(part)), *more))


def _in_points(earned: Quotient, unit: Unit, worth: Worth) -> Share:
    """Give what is earned in units as a share of what the sub-point is worth."""
    return Share(over=earned.over, under=x.multiply(unit(worth.whole), earned.under))


def _is(fact: Expr, option: str) -> Expr:
    return x.equal(fact, Const(option))


def _reach(amount: Expr, target: Expr, base: Expr, below: Below) -> Share:
    """Compare amount ÷ base with a target by multiplying out; the share below it is the part of the target reached."""
    needed = x.multiply(target, base)
    if below is Below.LINEAR:
        return Share(over=x.call("minimum", amount, needed), under=needed)
    return Share(over=_flag(x.at_most(needed, amount)))


def combined(rule: Rule, facts: Facts, worth: Worth) -> Share:
    """Put a rule's parts together: shares by weight of those that apply, or all of them or nothing."""
    shares = [share(part, facts, worth) for part in rule.parts]
    if len(shares) == 1:
        return shares[0]
    nothing_applies = x.both(*(each.out for each in shares))
    if rule.combine is Combine.ALL:
        met = x.both(*(x.either(each.out, each.full) for each in shares))
        return Share(over=_flag(met), out=nothing_applies)
    mean = _mean(shares, [Const(part.weight) for part in rule.parts])
    return Share(over=mean.over, under=mean.under, out=nothing_applies)


def _mean(shares: list[Share], weights: list[Const]) -> Quotient:
    """Give the mean of the shares that apply, by their weights."""
    whole = Quotient(over=x.ZERO)
    for each, weight in zip(shares, weights, strict=True):
        own = x.multiply(weight, each.over)
        counted = own if each.out == x.FALSE else x.when(each.out, x.ZERO, own)
        whole = whole.plus(Quotient(over=counted, under=each.under))
    applying = x.add(*(x.when(each.out, x.ZERO, weight) for each, weight in zip(shares, weights, strict=True)))
    if all(each.out == x.FALSE for each in shares):
        applying = Const(sum(int(str(weight.value)) for weight in weights))
    return Quotient(over=whole.over, under=x.multiply(whole.under, applying))


def score(rule: Rule, facts: Facts, worth: Worth, kept: Kept = USUAL) -> Expr:
    """Give the computed score in the smallest units that are kept: the points times the share, rounded once; 0 where nothing applies."""
    whole = combined(rule, facts, worth)
    exact = x.divide(x.multiply(Const(int(worth.whole * kept.units)), whole.over), whole.under)
    return x.when(whole.out, x.ZERO, x.call("round_down" if kept.down else "round", exact))


def score_of(sub: SubPoint, values: Mapping[str, Value], kept: Kept = USUAL) -> Hundredths:
    """Give the score in hundredths that facts earn, by the inputs' keys; what is left out is blank, and counts as 0.

    Raises FormulaError where a fact is text that a rule would compute with.
    """
    computed = Evaluator(values).value(score(sub.rule, Facts.of(sub, str), Worth.of(sub), kept))
    return figure(Fraction(number(computed), kept.units))
