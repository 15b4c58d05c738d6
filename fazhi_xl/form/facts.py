"""What rules compute with: the inputs of a sub-point, whole units to count in, and quotients that are not divided before the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import lcm

from fazhi_xl.form import expression as x
from fazhi_xl.form.expression import Const, Expr, Ref
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.model import SubPoint
from fazhi_xl.points import FINEST, Hundredths, from_decimal


class Facts:
    """The inputs of one sub-point as references, by their keys."""

    def __init__(
        self,
        fields: dict[str, str],
        decimals: frozenset[str] = frozenset(),
        within: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self._fields = fields
        self._decimals = decimals
        self._within = within

    @classmethod
    def of(cls, sub: SubPoint, field: Callable[[str], str]) -> Facts:
        """Give a sub-point's inputs; `field` names the field of each by its key."""
        decimals = frozenset(each.key for each in sub.inputs if each.kind is Kind.DECIMAL)
        within = frozenset((each.key, each.not_more_than) for each in sub.inputs if each.not_more_than)
        return cls({each.key: field(each.key) for each in sub.inputs}, decimals, within)

    def __getitem__(self, key: str) -> Ref:
        return Ref(self._fields[key])

    def never_exceeds(self, key: str, other: str) -> bool:
        """Say whether the form refuses an input that is more than another one."""
        return (key, other) in self._within

    def total(self, keys: tuple[str, ...]) -> Expr:
        """Give the sum of several inputs."""
        return x.add(*(self[key] for key in keys))

    def hundredfold(self, key: str) -> Expr:
        """Give 100 times the input as a whole number, so that 58.3 compares exactly."""
        scaled = x.multiply(Const(100), self[key])
        return x.call("round", scaled) if key in self._decimals else scaled

    def exactly(self, key: str) -> Quotient:
        """Give the input as a quotient of whole numbers."""
        if key in self._decimals:
            return Quotient(over=self.hundredfold(key), under=Const(100))
        return Quotient(over=self[key])


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotient:
    """`over` ÷ `under`, of which only whole numbers are computed: formulas are exact in these."""

    over: Expr
    under: Expr = x.ONE

    def plus(self, more: Quotient) -> Quotient:
        """Add a quotient."""
        if self.over == x.ZERO:
            return more
        one, other, under = self._brought_together(more)
        return Quotient(over=x.add(one, other), under=under)

    def minus(self, less: Quotient) -> Quotient:
        """Subtract a quotient."""
        one, other, under = self._brought_together(less)
        return Quotient(over=x.subtract(one, other), under=under)

    def _brought_together(self, other: Quotient) -> tuple[Expr, Expr, Expr]:
        """Give both over one denominator, and that; constant ones meet at their least common multiple."""
        if isinstance(self.under, Const) and isinstance(other.under, Const):
            mine, theirs = int(str(self.under.value)), int(str(other.under.value))
            common = lcm(mine, theirs)
            factors = Const(common // mine), Const(common // theirs)
            return x.multiply(factors[0], self.over), x.multiply(factors[1], other.over), Const(common)
        under = x.multiply(self.under, other.under)
        return x.multiply(self.over, other.under), x.multiply(other.over, self.under), under

    def at_most(self, limit: Const) -> Quotient:
        """Give the quotient, or a whole number where it is more than that."""
        return Quotient(over=x.call("minimum", x.multiply(limit, self.under), self.over), under=self.under)

    def at_least(self, limit: Const) -> Quotient:
        """Give the quotient, or a whole number where it is less than that."""
        return Quotient(over=x.call("maximum", x.multiply(limit, self.under), self.over), under=self.under)


def amount(points: Decimal) -> Hundredths:
    """Give an amount of a rule in hundredths; it may be finer than the scores that are kept."""
    return from_decimal(points, FINEST)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a rule counts in: hundredths of a point, or the `fineness`th part of one."""

    fineness: int

    @classmethod
    def of(cls, figures: Iterable[Hundredths]) -> Unit:
        """Give the largest unit in which all figures are whole."""
        return cls(lcm(*(figure.denominator for figure in figures)))

    def __call__(self, figure: Hundredths) -> Const:
        """Give a figure as a whole number of units."""
        return Const(int(figure * self.fineness))
