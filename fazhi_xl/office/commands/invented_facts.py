"""Makes up the facts of a sub-point, within the bounds of their inputs and of each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Field, Shape
from fazhi_xl.form.sheets.unit import tasks
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.model import SubPoint
from fazhi_xl.notice.rules import NOT_APPLICABLE, YES, Input

_OUT, _HALF = 0.06, 0.5  # how often something is not applicable, and what need not be entered is


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """How diligent a unit is, from 0 to 1, what chance decides the rest, and the first day of the period."""

    diligence: float
    random: Random
    first_day: date

    def diligent(self) -> bool:
        return self.random.random() < self.diligence


@dataclass(slots=True, kw_only=True)
class _Facts:
    """The facts of one sub-point while they are made up: their inputs by key, and what each can still be, in steps.

    A step is 1 of a whole number, 0.01 of a decimal one, a day.
    """

    sub: SubPoint
    fields: Mapping[str, Field]
    mood: Mood
    low: dict[str, int] = field(default_factory=dict)
    high: dict[str, int] = field(default_factory=dict)
    fixed: set[str] = field(default_factory=set)

    def settle(self) -> None:
        """Let no fact be more than one that it may not exceed can be, nor begin before one that it follows, and the reverse."""
        for _ in self.fields:
            for fact in self.sub.inputs:
                for less, more in ((fact.key, fact.not_more_than), (fact.not_before, fact.key)):
                    if less in self.low and more in self.low:
                        self.low[more] = max(self.low[more], self.low[less])
                        self.high[less] = min(self.high[less], self.high[more])

    def fix(self, fact: Input, wished: int) -> int:
        """Take the possible number of steps that is nearest to the one wished for."""
        taken = max(self.low[fact.key], min(wished, self.high[fact.key]))
        self.low[fact.key] = self.high[fact.key] = taken
        self.fixed.add(fact.key)
        self.settle()
        return taken

    def taken(self, key: str | None) -> int | None:
        """Give what was taken for another fact, where it is one and was."""
        return self.low[key] if key in self.fixed else None


def invented_facts(sub: SubPoint, shape: Shape, mood: Mood) -> dict[str, Value]:
    """Give the facts of a sub-point that the unit enters, by field code; what need not be entered is so half of the time."""
    named = {fact.key: tasks.fact_field(sub.code, fact.key) for fact in sub.inputs}
    fields = {key: shape.fields[code] for key, code in named.items() if code in shape.fields}
    facts = _Facts(sub=sub, fields=fields, mood=mood)
    for key, asked in fields.items():
        if asked.minimum is not None and asked.maximum is not None:
            facts.low[key], facts.high[key] = _steps(asked.minimum, asked.kind), _steps(asked.maximum, asked.kind)
    facts.settle()
    return {
        named[fact.key]: _MAKERS[fact.kind](facts, fact)
        for fact in sub.inputs
        if fact.key in fields and (fact.required or mood.random.random() < _HALF)
    }


def _steps(bound: Decimal | date, kind: Kind) -> int:
    if isinstance(bound, date):
        return bound.toordinal()
    return int(bound * 100) if kind is Kind.DECIMAL else int(bound)


def _choice(facts: _Facts, fact: Input) -> str:
    random = facts.mood.random
    if NOT_APPLICABLE in fact.options and random.random() < _OUT:
        return NOT_APPLICABLE
    usual = YES if YES in fact.options else fact.options[0]
    others = [option for option in fact.options if option not in {usual, NOT_APPLICABLE}]
    return usual if facts.mood.diligent() or not others else random.choice(others)


def _whole(facts: _Facts, fact: Input) -> int:
    limit, random = facts.taken(fact.not_more_than), facts.mood.random
    if limit is not None:
        return facts.fix(fact, limit if facts.mood.diligent() else limit - random.randint(1, 3))
    return facts.fix(fact, random.randint(4, 30) if facts.mood.diligent() else random.randint(0, 3))


def _decimal(facts: _Facts, fact: Input) -> Fraction:
    least = max(1, _steps(fact.minimum, Kind.DECIMAL))
    return Fraction(facts.fix(fact, facts.mood.random.randint(least, max(least, 9_000))), 100)


def _date(facts: _Facts, fact: Input) -> date:
    start = facts.taken(fact.not_before)
    usual = facts.mood.first_day.toordinal() + 150 if start is None else start + facts.mood.random.randint(50, 90)
    return date.fromordinal(facts.fix(fact, usual))


def _text(facts: _Facts, fact: Input) -> str:
    return f"【演练】{fact.label}"[: facts.fields[fact.key].length]


_MAKERS: Mapping[Kind, Callable[[_Facts, Input], Value]] = {
    Kind.CHOICE: _choice,
    Kind.WHOLE: _whole,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.TEXT: _text,
}
