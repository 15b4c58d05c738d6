"""What the scoring rules mean: each part as an exact share of the points, and as a sentence.

A share is a pair of expressions, numerator and denominator, so that nothing is rounded before the points are: the formula divides
whole numbers once, and Python's fraction gives the same hundredth.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch
from math import lcm

from fazhi_xl.form import expression as x
from fazhi_xl.form.expression import Const, Expr, Ref
from fazhi_xl.notice.choices import Below, Combine, NoCase
from fazhi_xl.notice.rules import (
    NOT_APPLICABLE,
    YES,
    Count,
    CountZero,
    Deduct,
    EventTerm,
    Fall,
    Grade,
    Months,
    Rate,
    Ratio,
    Rule,
    Tally,
    Term,
    Yes,
    inputs_of,
)
from fazhi_xl.points import FINEST, USUAL, Hundredths, Kept, from_decimal, short


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`over` ÷ `under` of a part's points; `out` holds where the part does not apply and drops out."""

    over: Expr
    under: Expr = x.ONE
    out: Expr = x.FALSE

    @property
    def full(self) -> Expr:
        """The condition that the whole share is earned."""
        return x.equal(self.over, self.under)


class Facts:
    """The inputs of one sub-point as references, by their keys."""

    def __init__(self, fields: dict[str, str], decimals: frozenset[str] = frozenset()) -> None:
        self._fields = fields
        self._decimals = decimals

    def __getitem__(self, key: str) -> Ref:
        return Ref(self._fields[key])

    def total(self, keys: tuple[str, ...]) -> Expr:
        """Give the sum of several inputs."""
        return x.add(*(self[key] for key in keys))

    def hundredfold(self, key: str) -> Expr:
        """Give 100 times the input as a whole number, so that 58.3 compares exactly."""
        scaled = x.multiply(Const(100), self[key])
        return x.call("round", scaled) if key in self._decimals else scaled


def _flag(condition: Expr) -> Expr:
    return x.when(condition, x.ONE, x.ZERO)


@singledispatch
def share(part: object, facts: Facts, points: Hundredths) -> Share:  # noqa: ARG001 - the registered functions use them
    """Give the share that a part earns; `points` are the sub-point's, in hundredths, which tallies and deductions count in."""
    raise TypeError(part)


@share.register
def _yes(part: Yes, facts: Facts, _: Hundredths) -> Share:
    return Share(over=_flag(_is(facts[part.input], YES)), out=_is(facts[part.input], NOT_APPLICABLE))


@share.register
def _count(part: Count, facts: Facts, _: Hundredths) -> Share:
    fact, target = facts[part.input], Const(part.at_least)
    if part.below is Below.LINEAR:
        return Share(over=x.call("minimum", fact, target), under=target)
    return Share(over=_flag(x.at_most(target, fact)))


@share.register
def _count_zero(part: CountZero, facts: Facts, _: Hundredths) -> Share:
    return Share(over=_flag(x.equal(facts[part.input], x.ZERO)))


@share.register
def _rate(part: Rate, facts: Facts, _: Hundredths) -> Share:
    due = facts.total(part.due)
    reached = _reach(x.multiply(Const(100), facts.total(part.done)), Const(part.at_least), due, part.below)
    none = x.equal(due, x.ZERO)
    given = x.ONE if part.no_case is NoCase.MET else x.ZERO
    out = none if part.no_case is NoCase.NOT_APPLICABLE else x.FALSE
    return Share(over=x.when(none, given, reached.over), under=x.when(none, x.ONE, reached.under), out=out)


@share.register
def _ratio(part: Ratio, facts: Facts, _: Hundredths) -> Share:
    return _reach(facts.hundredfold(part.amount), Const(part.at_least), facts.hundredfold(part.base), part.below)


@share.register
def _fall(part: Fall, facts: Facts, _: Hundredths) -> Share:
    now, before = facts[part.this_year], facts[part.last_year]
    if part.this_year_of and part.last_year_of:
        # The rates are compared by multiplying out: no division, and a year without cases has no rate to fall below.
        lower = x.less(x.multiply(now, facts[part.last_year_of]), x.multiply(before, facts[part.this_year_of]))
    else:
        lower = x.less(now, before)
    return Share(over=_flag(x.either(x.equal(now, x.ZERO), lower)))


@share.register
def _grade(part: Grade, facts: Facts, _: Hundredths) -> Share:
    fact = facts[part.input]
    cases = tuple((_is(fact, option), Const(percent)) for option, percent in part.shares.items() if percent)
    return Share(over=x.first_of(cases, x.ZERO), under=Const(100), out=_is(fact, NOT_APPLICABLE))


@share.register
def _months(part: Months, facts: Facts, _: Hundredths) -> Share:
    reached = x.call("months_later", facts[part.start], Const(part.at_least))
    return Share(over=_flag(x.at_most(reached, x.add(facts[part.end], x.ONE))))


@share.register
def _tally(part: Tally, facts: Facts, points: Hundredths) -> Share:
    full, earned = _counted(part.terms, facts, points)
    return Share(over=x.call("minimum", full, earned), under=full)


@share.register
def _deduct(part: Deduct, facts: Facts, points: Hundredths) -> Share:
    full, lost = _counted(part.terms, facts, points)
    return Share(over=x.call("maximum", x.ZERO, x.subtract(full, lost)), under=full)


def _counted(terms: tuple[Term, ...], facts: Facts, points: Hundredths) -> tuple[Const, Expr]:
    """Give a sub-point's points, and what the terms come to, in whole numbers of one unit."""
    plain = tuple(_plain(terms))
    full, *each = _whole(points, *(_amount(term.each) for term in plain))
    return full, x.add(*(x.multiply(one, facts[term.input]) for one, term in zip(each, plain, strict=True)))


def _amount(each: Decimal) -> Hundredths:
    """Give an amount of a rule, which may be finer than the scores that are kept."""
    return from_decimal(each, FINEST)


def _whole(*figures: Hundredths) -> list[Const]:
    """Give figures as whole numbers of one unit, hundredths if they are whole in those: formulas count exactly in whole numbers only."""
    units = lcm(*(figure.denominator for figure in figures))
    return [Const(int(figure * units)) for figure in figures]


def _is(fact: Expr, option: str) -> Expr:
    return x.equal(fact, Const(option))


def _reach(amount: Expr, target: Expr, base: Expr, below: Below) -> Share:
    """Compare amount ÷ base with a target by multiplying out; the share below it is the part of the target reached."""
    needed = x.multiply(target, base)
    if below is Below.LINEAR:
        return Share(over=x.call("minimum", amount, needed), under=needed)
    return Share(over=_flag(x.at_most(needed, amount)))


def combined(rule: Rule, facts: Facts, points: Hundredths) -> Share:
    """Put a rule's parts together: equal shares of those that apply, or all of them or nothing."""
    shares = [share(part, facts, points) for part in rule.parts]
    if len(shares) == 1:
        return shares[0]
    nothing_applies = x.both(*(each.out for each in shares))
    if rule.combine is Combine.ALL:
        met = x.both(*(x.either(each.out, each.full) for each in shares))
        return Share(over=_flag(met), out=nothing_applies)
    return _mean(shares, nothing_applies)


def _mean(shares: list[Share], nothing_applies: Expr) -> Share:
    over: Expr = x.ZERO
    under: Expr = x.ONE
    for each in shares:
        counted = each.over if each.out == x.FALSE else x.when(each.out, x.ZERO, each.over)
        over, under = _sum(over, under, counted, each.under)
    applying = x.add(*(x.when(each.out, x.ZERO, x.ONE) for each in shares))
    if all(each.out == x.FALSE for each in shares):
        applying = Const(len(shares))
    return Share(over=over, under=x.multiply(under, applying), out=nothing_applies)


def _sum(over: Expr, under: Expr, more: Expr, below: Expr) -> tuple[Expr, Expr]:
    """Add two fractions; constant denominators meet at their least common multiple."""
    if isinstance(under, Const) and isinstance(below, Const):
        common = lcm(int(str(under.value)), int(str(below.value)))
        left = x.multiply(Const(common // int(str(under.value))), over)
        right = x.multiply(Const(common // int(str(below.value))), more)
        return x.add(left, right), Const(common)
    if over == x.ZERO:
        return more, below
    return x.add(x.multiply(over, below), x.multiply(more, under)), x.multiply(under, below)


def score(rule: Rule, facts: Facts, points: Hundredths, kept: Kept = USUAL) -> Expr:
    """Give the computed score in the smallest units that are kept: the points times the share, rounded once; 0 where nothing applies."""
    whole = combined(rule, facts, points)
    exact = x.divide(x.multiply(Const(int(points * kept.units)), whole.over), whole.under)
    return x.when(whole.out, x.ZERO, x.call("round_down" if kept.down else "round", exact))


Labels = dict[str, str]


def explain(rule: Rule, labels: Labels, points: Hundredths) -> dict[str, str]:
    """Give for each input the sentence that explains the parts which begin with it; `labels` names the inputs in their order."""
    said = dict.fromkeys(labels, "")
    for part in rule.parts:
        key = inputs_of(part)[0]
        said[key] = ";".join(filter(None, (said[key], _sentence(part, labels))))
    first = next(iter(said))
    opening = _opening(rule, points)
    return {**said, first: opening + said[first] if said[first] else opening.replace(":", "。")}


def purposes(rule: Rule, labels: Labels) -> dict[str, str]:
    """Give for each input how it counts; one that no part reads is for the reviewer's information."""
    read = {key: [part for part in rule.parts if key in inputs_of(part)] for key in labels}
    said = {key: ";".join(_sentence(part, labels) for part in parts) for key, parts in read.items()}
    return {key: f"计分:{text}。" if text else "不计分,供审核参考。" for key, text in said.items()}


def _opening(rule: Rule, points: Hundredths) -> str:
    if len(rule.parts) == 1:
        return ""
    if rule.combine is Combine.ALL:
        return f"以下{len(rule.parts)}条全部做到得{short(points)}分,缺一条不得分:"
    return f"以下{len(rule.parts)}条平均分配{short(points)}分:"


@singledispatch
def _sentence(part: object, labels: Labels) -> str:  # noqa: ARG001 - the registered functions use them
    raise TypeError(part)


@_sentence.register
def _(part: Yes, labels: Labels) -> str:
    return f"{labels[part.input]}填“{YES}”得分"


@_sentence.register
def _(part: Count, labels: Labels) -> str:
    return f"{labels[part.input]}数量达到{part.at_least}得分,{part.below.word}"


@_sentence.register
def _(part: CountZero, labels: Labels) -> str:
    return f"{labels[part.input]}为0得分"


@_sentence.register
def _(part: Rate, labels: Labels) -> str:
    named = (tuple(labels[key] for key in keys) for keys in (part.done, part.due))
    done, due = (names[0] if len(names) == 1 else f"({'+'.join(names)})" for names in named)
    return f"{done}÷{due}达到{part.at_least}%得分,{part.below.word};应办数为0时{part.no_case.word}"


@_sentence.register
def _(part: Ratio, labels: Labels) -> str:
    return f"{labels[part.amount]}÷{labels[part.base]}达到{part.at_least}得分,{part.below.word}"


@_sentence.register
def _(part: Fall, labels: Labels) -> str:
    now, before = labels[part.this_year], labels[part.last_year]
    if part.this_year_of and part.last_year_of:
        now, before = f"{now}÷{labels[part.this_year_of]}", f"{before}÷{labels[part.last_year_of]}"
    return f"{now}低于{before},或{labels[part.this_year]}为0,得分"


@_sentence.register
def _(part: Grade, labels: Labels) -> str:
    return f"{labels[part.input]}:" + "、".join(f"{option}按{percent}%" for option, percent in part.shares.items())


@_sentence.register
def _(part: Months, labels: Labels) -> str:
    return f"{labels[part.start]}至{labels[part.end]}不少于{part.at_least}个月得分(首尾两日都计入)"


@_sentence.register
def _(part: Tally, labels: Labels) -> str:
    terms = ",".join(f"{labels[t.input]}每1篇计{short(_amount(t.each))}分" for t in _plain(part.terms))
    return f"{terms},累计不超过本项分值"


@_sentence.register
def _(part: Deduct, labels: Labels) -> str:
    terms = ",".join(f"{labels[t.input]}每1次扣{short(_amount(t.each))}分" for t in _plain(part.terms))
    return f"{terms},扣完为止"


def _plain(terms: tuple[Term, ...]) -> Iterator[EventTerm]:
    yield from (term for term in terms if isinstance(term, EventTerm))
