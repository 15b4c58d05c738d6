"""What a unit's facts lack for the whole points of a sub-point, in a few words: `“法律八进”活动3次,不到4次`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch
from math import floor

from fazhi_xl.answers.read import value_text
from fazhi_xl.form import expression as x
from fazhi_xl.form import terms
from fazhi_xl.form.compiled import Evaluator
from fazhi_xl.form.expression import Expr, Value
from fazhi_xl.form.facts import Facts, Unit
from fazhi_xl.form.rules import Worth, share
from fazhi_xl.form.sentences import Named
from fazhi_xl.notice.model import SubPoint
from fazhi_xl.notice.rules import (
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
    Tally,
    Term,
    Yes,
    inputs_of,
    inputs_of_term,
)
from fazhi_xl.points import show

UNANSWERED = "没有填"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A sub-point and what a unit answered to it, by the inputs' keys; what is left out, or None, is blank."""

    sub: SubPoint
    values: Mapping[str, Value]

    @property
    def facts(self) -> Facts:
        return Facts.of(self.sub, str)

    def found(self, expr: Expr) -> Value:
        return Evaluator(self.values).value(expr)

    def said(self, key: str, apart: str = "") -> str:
        """Give an input's label with its value and measure; what is chosen, or a day, stands `apart` from the label without one."""
        asked, value = self.sub.input(key), value_text(self.values.get(key))
        if value is None:
            return f"{asked.label}{UNANSWERED}"
        return f"{asked.label}{apart}{value}{'' if apart else asked.measure}"

    def number(self, keys: Iterable[str]) -> Fraction:
        """Add up inputs that are numbers; a blank one is 0."""
        return sum((Fraction(str(self.values.get(key) or 0)) for key in keys), Fraction(0))


def shortfalls(answered: Answered) -> Iterator[str]:
    """Say of each part of the rule that earns less than its whole share what its facts lack.

    The computed score is known: no input that the rule reads is blank or wrong.
    """
    facts, worth = answered.facts, Worth.of(answered.sub)
    for part in answered.sub.rule.parts:
        earned = share(part, facts, worth)
        whole = x.either(earned.out, x.at_most(earned.under, earned.over))
        if not answered.found(whole):
            yield _lack(part, answered)


def unanswered(answered: Answered) -> tuple[str, ...]:
    """Name the inputs that the rule reads and that are blank."""
    keys = dict.fromkeys(key for part in answered.sub.rule.parts for key in inputs_of(part))
    return tuple(answered.sub.input(key).label for key in keys if answered.values.get(key) is None)


@singledispatch
def _lack(part: object, answered: Answered) -> str:  # noqa: ARG001 - the registered functions use them
    raise TypeError(part)


@_lack.register
def _(part: Yes | Grade, answered: Answered) -> str:
    return answered.said(part.input, ":")


@_lack.register
def _(part: Count, answered: Answered) -> str:
    return f"{answered.said(part.input)},不到{part.at_least}{answered.sub.input(part.input).measure}"


@_lack.register
def _(part: CountZero, answered: Answered) -> str:
    return f"{answered.said(part.input)},应为0"


@_lack.register
def _(part: Rate, answered: Answered) -> str:
    return f"{_rate(answered, part.done, part.due)},不到{part.at_least}%"


@_lack.register
def _(part: Ratio, answered: Answered) -> str:
    reached = answered.number((part.amount,)) / answered.number((part.base,))
    return f"{answered.said(part.amount)}÷{answered.said(part.base)}为{_truncated(reached)},不到{part.at_least}"


@_lack.register
def _(part: Fall, answered: Answered) -> str:
    now, before = answered.said(part.this_year), answered.said(part.last_year)
    if part.this_year_of and part.last_year_of:
        now, before = f"{now}÷{answered.said(part.this_year_of)}", f"{before}÷{answered.said(part.last_year_of)}"
    return f"{now},{before},没有降低{'或持平' if part.or_equal else ''}"


@_lack.register
def _(part: Months, answered: Answered) -> str:
    return f"{answered.said(part.start, ':')},{answered.said(part.end, ':')},不到{part.at_least}个月"


@_lack.register
def _(part: Days, answered: Answered) -> str:
    return f"{answered.said(part.start, ':')},{answered.said(part.end, ':')},不到{part.at_least}日"


@_lack.register
def _(part: Tally, answered: Answered) -> str:
    return _listed(answered, inputs_of(part))


@_lack.register
def _(part: Deduct, answered: Answered) -> str:
    return ",".join(_taken(answered, part.terms))


@_lack.register
def _(part: Balance, answered: Answered) -> str:
    gained = _listed(answered, dict.fromkeys(key for term in part.plus for key in inputs_of_term(term)))
    return ",".join(filter(None, (gained, *_taken(answered, part.minus))))


@_lack.register
def _(part: Bands, answered: Answered) -> str:
    return _rate(answered, part.done, part.due) if part.input is None else answered.said(part.input)


def _listed(answered: Answered, keys: Iterable[str]) -> str:
    return ",".join(answered.said(key) for key in keys)


def _taken(answered: Answered, kept: Iterable[Term]) -> Iterator[str]:
    """Say of each term that takes points off what it counts."""
    for term in kept:
        taken = terms.total((term,), answered.facts, Unit.of(terms.figures((term,))))
        if answered.found(x.less(x.ZERO, taken.over)):
            yield _event(term, answered) if isinstance(term, EventTerm) else _margin(term, answered)


def _event(term: EventTerm, answered: Answered) -> str:
    short = "" if term.target is None else f",不足{term.target}{answered.sub.input(term.input).measure}"
    return answered.said(term.input) + short


def _margin(term: MarginTerm, answered: Answered) -> str:
    if term.reference_input is not None:
        compared = answered.said(term.reference_input)
    elif term.reference is not None:
        compared = f"{term.reference.normalize():f}%"
    else:
        compared = _rate(answered, term.last_done, term.last_due)
    return f"{_rate(answered, term.done, term.due)},{term.side.word}{compared}"


def _rate(answered: Answered, done: tuple[str, ...], due: tuple[str, ...]) -> str:
    """Write a rate with its numbers, truncated to two places: 94.996 % must not read 95.00 %."""
    over, under = answered.number(done), answered.number(due)
    reached = f"({_truncated(100 * over / under)}%)" if under else ""
    return f"{Named(answered.sub).rate(done, due)}为{value_text(over)}÷{value_text(under)}{reached}"


def _truncated(value: Fraction) -> str:
    return show(floor(value * 100))
