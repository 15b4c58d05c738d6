"""What the events that a rule counts come to, and the percentage points by which a rate misses or passes its reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch

from fazhi_xl.form import expression as x
from fazhi_xl.form.expression import Const, Expr
from fazhi_xl.form.facts import Facts, Quotient, Unit, amount
from fazhi_xl.notice.choices import Side, Step
from fazhi_xl.notice.rules import EventTerm, MarginTerm, Term
from fazhi_xl.points import Hundredths


def figures(terms: Iterable[Term]) -> Iterator[Hundredths]:
    """Give every amount that the terms name."""
    for term in terms:
        yield amount(term.each)
        if term.cap is not None:
            yield amount(term.cap)


def total(terms: Iterable[Term], facts: Facts, unit: Unit) -> Quotient:
    """Give what the terms come to together, each up to its own cap, in units."""
    whole = Quotient(over=x.ZERO)
    for term in terms:
        own = _counted(term, facts, unit)
        whole = whole.plus(own if term.cap is None else own.at_most(unit(amount(term.cap))))
    return whole


@singledispatch
def _counted(term: object, facts: Facts, unit: Unit) -> Quotient:  # noqa: ARG001 - the registered functions use them
    raise TypeError(term)


@_counted.register
def _events(term: EventTerm, facts: Facts, unit: Unit) -> Quotient:
    number: Expr = facts[term.input]
    if term.target is not None:
        number = _above_zero(Const(term.target), number)
    if term.again > 1:  # the first one counts once, and every further one `again` times
        number = x.add(number, x.multiply(Const(term.again - 1), _above_zero(number, x.ONE)))
    return Quotient(over=x.multiply(unit(amount(term.each)), number))


@_counted.register
def _margin(term: MarginTerm, facts: Facts, unit: Unit) -> Quotient:
    none, away = _no_rate(term, facts), _distance(term, facts)
    if term.step is Step.EXACT:
        over = x.multiply(unit(amount(term.each)), away.over)
        return Quotient(over=x.when(none, x.ZERO, over), under=x.when(none, x.ONE, away.under))
    steps = x.call("floor" if term.step is Step.FULL else "round_up", x.divide(away.over, away.under))
    return Quotient(over=x.when(none, x.ZERO, x.multiply(unit(amount(term.each)), steps)))


def _no_rate(term: MarginTerm, facts: Facts) -> Expr:
    """Give the condition that there is nothing to compare, this year or last year: then nothing is counted."""
    bases = (term.due, term.last_due) if term.last_due else (term.due,)
    return x.either(*(x.equal(facts.total(base), x.ZERO) for base in bases))


def _distance(term: MarginTerm, facts: Facts) -> Quotient:
    """Give how many percentage points the rate is on the term's side of its reference, 0 on the other side."""
    due, reference = facts.total(term.due), _reference(term, facts)
    rate = x.multiply(Const(100), facts.total(term.done), reference.under)
    bound = x.multiply(reference.over, due)
    more, less = (bound, rate) if term.side is Side.BELOW else (rate, bound)
    return Quotient(over=_above_zero(more, less), under=x.multiply(due, reference.under))


def _reference(term: MarginTerm, facts: Facts) -> Quotient:
    """Give the reference in per cent."""
    if term.reference_input is not None:
        return facts.exactly(term.reference_input)
    if term.reference is not None:
        whole = term.reference == term.reference.to_integral_value()
        return Quotient(over=Const(int(term.reference * (1 if whole else 100))), under=x.ONE if whole else Const(100))
    return Quotient(over=x.multiply(Const(100), facts.total(term.last_done)), under=facts.total(term.last_due))


def _above_zero(more: Expr, less: Expr) -> Expr:
    return x.call("maximum", x.ZERO, x.subtract(more, less))
