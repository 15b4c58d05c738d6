"""The scores of all units that are compared as one table, by which everything said of many units at once is counted and added up.

The table is a frame of pandas with a row for each sub-point of each unit. Its points are whole numbers of thousandths, the finest that a
catalogue keeps, so that every sum is exact. pandas is loaded where the first table is made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fazhi_xl.notice.model import Notice
from fazhi_xl.points import Hundredths, figure
from fazhi_xl.rounds import rates as stats
from fazhi_xl.scoring.model import Basis, UnitScore
from fazhi_xl.scoring.score import applicable_full_marks

if TYPE_CHECKING:
    import pandas as pd

_FINE = 10  # thousandths of a point in a hundredth


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """The points that apply and those that were earned, of some rows."""

    full: Hundredths = 0
    counted: Hundredths = 0

    @property
    def lost(self) -> Hundredths:
        return figure(self.full - self.counted)

    @property
    def rate(self) -> int | None:
        """The share that was earned, in hundredths of a per cent; None where no points apply."""
        return stats.rate(self.counted, self.full)


@dataclass(frozen=True, slots=True, kw_only=True)
class Losers:
    """How many units lost points somewhere, and how many in all."""

    units: int
    points: Hundredths


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a unit has of an item, an aspect or all; `whole` where points apply and none were lost in any row."""

    sums: Sums
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An item, an aspect or all, by the units that have any row of it, in their order."""

    units: Mapping[str, Share]

    def whole(self) -> Sums:
        held = [share.sums for share in self.units.values()]
        return Sums(full=figure(sum(each.full for each in held)), counted=figure(sum(each.counted for each in held)))

    def by_unit(self) -> Mapping[str, Sums]:
        return {unit: share.sums for unit, share in self.units.items()}

    def whole_units(self) -> int:
        """Count the units that lost nothing anywhere here, of those that have points that apply."""
        return sum(share.whole for share in self.units.values())


_NOTHING = Part(units={})


@dataclass(frozen=True, kw_only=True, eq=False)  # frames have no one answer to whether they are equal
class ScoreTable:
    """The columns `unit`, in the units' order, `item`, `aspect` and `code`, in the notice's, `full` and `counted`; a row a sub-point.

    What is asked of each item and aspect is added up at once: pandas takes as long for a few rows as for all of them.
    """

    frame: pd.DataFrame

    def by_item(self) -> Mapping[int, Sums]:
        """Add up by item, in the notice's order; one that no unit has is there without points. So it is with aspects and sub-points."""
        return self._by("item")

    def by_aspect(self) -> Mapping[str, Sums]:
        return self._by("aspect")

    def by_code(self) -> Mapping[str, Sums]:
        return self._by("code")

    def _by(self, column: str) -> dict[Any, Sums]:
        added = self.frame.groupby(column, observed=False)[["full", "counted"]].sum()
        return {key: _sums(full, counted) for key, full, counted in added.itertuples()}

    def of_item(self, no: int) -> Part:
        return self._items.get(no, _NOTHING)

    def of_aspect(self, name: str) -> Part:
        return self._aspects.get(name, _NOTHING)

    @cached_property
    def every(self) -> Part:
        return Part(units={unit: share for (unit,), share in self._shares("unit")})

    @cached_property
    def _items(self) -> Mapping[int, Part]:
        return self._parts("item")

    @cached_property
    def _aspects(self) -> Mapping[str, Part]:
        return self._parts("aspect")

    def _parts(self, column: str) -> dict[Any, Part]:
        found: dict[Any, dict[str, Share]] = {}
        for (key, unit), share in self._shares(column, "unit"):
            found.setdefault(key, {})[unit] = share
        return {key: Part(units=units) for key, units in found.items()}

    def _shares(self, *columns: str) -> Iterator[tuple[tuple[Any, ...], Share]]:
        """Add up by some columns, of those that have any row."""
        rows = self.frame.assign(lost=self.frame["full"] > self.frame["counted"]).groupby(list(columns), observed=True)
        added = rows.agg({"full": "sum", "counted": "sum", "lost": "any"}).reset_index()
        for *key, full, counted, lost in added.itertuples(index=False):
            yield tuple(key), Share(sums=_sums(full, counted), whole=bool(full > 0 and not lost))

    def scored(self, codes: Collection[str]) -> int:
        """Count the units that have points there that apply."""
        return len(set().union(*(self._scored.get(code, ()) for code in codes)))

    @cached_property
    def _scored(self) -> Mapping[str, set[str]]:
        rows = self.frame[self.frame["full"] > 0]
        found: dict[str, set[str]] = {}
        for code, unit in zip(rows["code"], rows["unit"], strict=True):
            found.setdefault(code, set()).add(unit)
        return found

    def losers(self) -> Mapping[str, Losers]:
        """Give each sub-point that cost anything with who lost there, in the notice's order."""
        frame = self.frame.assign(lost=self.frame["full"] - self.frame["counted"])
        found = frame[frame["lost"] > 0].groupby("code", observed=True)["lost"].agg(["size", "sum"])
        return {str(code): Losers(units=int(units), points=_points(lost)) for code, units, lost in found.itertuples()}


def score_table(notice: Notice, units: Iterable[UnitScore], basis: Basis) -> ScoreTable:
    """Put units' scores on a basis into one table."""
    import pandas as pd  # noqa: PLC0415 - takes as long to load as many returns to read

    held = tuple(units)
    frame = pd.DataFrame(_rows(notice, held, basis), columns=["unit", "item", "aspect", "code", "full", "counted"])
    orders: Mapping[str, list[Any]] = {
        "unit": [unit.unit for unit in held],
        "item": [item.no for item in notice.items],
        "aspect": list(notice.aspects),
        "code": list(notice.sub_points),
    }
    ordered = {column: pd.CategoricalDtype(order) for column, order in orders.items()}
    return ScoreTable(frame=frame.astype({**ordered, "full": "int64", "counted": "int64"}))


def _rows(notice: Notice, units: Iterable[UnitScore], basis: Basis) -> Iterator[tuple[str | int, ...]]:
    scoring, item_of = notice.about.scoring, notice.item_of
    for unit in units:
        for score in unit.sub_points:
            item = item_of[score.code]
            full, counted = applicable_full_marks((score,), scoring), stats.counted(score, basis)
            yield unit.unit, item.no, item.aspect, score.code, _fine(full), _fine(counted)


def _fine(points: Hundredths) -> int:
    """Give points in thousandths. Raises ValueError where they are no whole number of them."""
    fine = _FINE * points
    if fine.denominator != 1:
        message = f"{points} hundredths of a point have more than three places"
        raise ValueError(message)
    return int(fine)


def _points(fine: int) -> Hundredths:
    return figure(Fraction(int(fine), _FINE))


def _sums(full: int, counted: int) -> Sums:
    return Sums(full=_points(full), counted=_points(counted))
