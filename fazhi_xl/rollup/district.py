"""A district as its report leaves it: who it is, by which notice it scored, and the figures that it is ranked by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from fazhi_xl.notice.comparable import scoring_of_record
from fazhi_xl.points import Hundredths, Kept, round_half_up
from fazhi_xl.rollup.records import Name, Points, Record, Report, UnitRecord
from fazhi_xl.rounds import rates as stats
from fazhi_xl.scoring.model import Basis, State
from fazhi_xl.text.worded import Worded


class Why(Worded):
    """Why a district is not ranked among the others."""

    MISSING = "missing", "没有报来"
    NOT_COLLECTED = "not_collected", "还没有收表"
    UNFINISHED = "unfinished", "还是预排名"
    OTHER_NOTICE = "other_notice", "目录不同"
    OTHER_SCORING = "other_scoring", "计分口径不同"
    EARLIER_VERSION = "earlier_version", "较早版本的结果"
    UNREADABLE = "unreadable", "读不出来"
    DISAGREEING = "disagreeing", "数对不上"
    PACKED = "packed", "没有解压"
    DEEPER = "deeper", "放得太深"
    COPY = "copy", "重复"
    REHEARSAL = "rehearsal", "演练数据"


class Figures(Record):
    """A district's figures over the units that count in its means, as its own 排名汇总 has them; rates in hundredths of a per cent.

    `mean_rate` is the mean of the units' rates, None where nothing is scored by points.
    """

    units: int
    compared: int
    missing: int
    full: Points
    awarded: Points
    mean_rate: int | None
    mean_total: Points | None
    median_total: Points | None
    highest: Points | None
    lowest: Points | None
    first: tuple[Name, ...]
    last: tuple[Name, ...]


class District(Record):
    """A district's round. `scoring` is how units are scored, as one text; `round` tells its copies from other rounds."""

    name: Name
    campaign: str
    generated: datetime
    basis: Basis
    official: bool
    rehearsal: bool
    edition: str
    round: str | None
    catalogue: str
    scoring: str
    figures: Figures


def district_of(report: Report) -> District:
    """Sum a report up."""
    return District(
        name=report.notice.district,
        campaign=report.campaign,
        generated=report.generated,
        basis=report.basis,
        official=report.official,
        rehearsal=report.rehearsal,
        edition=report.edition,
        round=report.round,
        catalogue=report.notice.catalogue,
        scoring=scoring_text(report.notice.scoring),
        figures=_figures(report),
    )


def scoring_text(scoring: dict[str, Any]) -> str:
    """Write how units are scored so that it can be compared."""
    return json.dumps(scoring, ensure_ascii=False, sort_keys=True)


def _figures(report: Report) -> Figures:
    kept, units = scoring_of_record(report.notice.scoring).kept, tuple(report.compared)
    totals = [unit.total for unit in units if unit.total is not None]
    return Figures(
        units=len(report.units),
        compared=len(units),
        missing=sum(unit.state is State.MISSING for unit in report.units),
        full=sum(unit.full_marks for unit in units),
        awarded=sum(unit.awarded or 0 for unit in units),
        mean_rate=mean_rate(units) if report.notice.items else None,
        **_of_totals(totals, kept),
        first=tuple(_holders(units, max(totals, default=0))),
        last=tuple(_holders(units, min(totals, default=0))),
    )


def _of_totals(totals: Sequence[Hundredths], kept: Kept) -> dict[str, Hundredths | None]:
    return {
        "mean_total": stats.mean(totals, kept),
        "median_total": stats.median(totals, kept),
        "highest": max(totals, default=None),
        "lowest": min(totals, default=None),
    }


_NAMED = 3  # units of one total that are named


def _holders(units: Iterable[UnitRecord], total: Hundredths) -> Iterator[str]:
    holders = [unit.unit for unit in units if unit.total == total]
    yield from holders[:_NAMED]


def unit_rate(unit: UnitRecord) -> Fraction | None:
    """Give the exact share of the points that apply to a unit which it was awarded; None where none apply."""
    return Fraction(unit.awarded or 0) / Fraction(unit.full_marks) if unit.full_marks else None


def mean_rate(units: Iterable[UnitRecord]) -> int | None:
    """Give the mean of the units' rates in hundredths of a per cent, rounded half up once; units to which no points apply have none."""
    rates = [rate for unit in units if (rate := unit_rate(unit)) is not None]
    return round_half_up(stats.FULL_RATE * sum(rates, Fraction(0)) / len(rates)) if rates else None
