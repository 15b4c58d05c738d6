"""What is measured, as values: how much a program took, and how that compares with another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """CPU and wall seconds, and the peak of the largest process in megabytes; `count` is how much work was done, where that is told."""

    cpu: float
    wall: float
    memory: float = 0.0
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The median of some ratios, the least and the largest."""

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, ratios: Sequence[float]) -> Spread:
        return cls(low=min(ratios), median=median(ratios), high=max(ratios))

    def __str__(self) -> str:
        same = self.low == self.high
        return number(self.median) if same else f"{number(self.median)} ({number(self.low)} to {number(self.high)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one program took at one size over what the first of its part took there; `estimated` where it was not run at that size.

    `grown` is its CPU time over that of the first at the smallest size, `memory` its peak in megabytes. `note` says what it leaves out.
    """

    part: str
    size: int
    peer: str
    cpu: Spread
    wall: Spread
    grown: float
    memory: float
    estimated: bool = False
    note: str = ""

    @classmethod
    def read(cls, held: Mapping[str, Any]) -> Figure:
        """Give a figure that was kept as JSON."""
        return cls(**{**held, "cpu": Spread.of(held["cpu"]), "wall": Spread.of(held["wall"])})

    def kept(self) -> dict[str, Any]:
        """Give the figure as JSON keeps it, rounded to what a machine says again."""
        return {each.name: _rounded(getattr(self, each.name)) for each in fields(self)}

    def __str__(self) -> str:
        ratios = f"CPU {self.cpu}, wall {self.wall}"
        told = ", estimated from less" if self.estimated else f", peak {self.memory:.0f} MB"
        return f"{self.size:>7,}  {self.peer:<40} {ratios}{told}"


def _rounded(value: object) -> object:
    if isinstance(value, Spread):
        return [_rounded(each) for each in (value.low, value.median, value.high)]
    return float(f"{value:.4g}") if isinstance(value, float) else value


def number(ratio: float) -> str:
    """Write a ratio with as many digits as mean something: 0.56, 4.1, 23."""
    return f"{ratio:,.0f}" if ratio >= 20 else f"{ratio:.1f}" if ratio >= 2 else f"{ratio:.2f}"
