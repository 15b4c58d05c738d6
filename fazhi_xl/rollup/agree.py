"""Whether a report's figures agree with each other: one that was edited by hand does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain

from fazhi_xl.notice.choices import Ties
from fazhi_xl.notice.comparable import scoring_of_record
from fazhi_xl.notice.model import Scoring
from fazhi_xl.points import Hundredths, show_or_dash
from fazhi_xl.rollup.records import Report, Scored, UnitRecord
from fazhi_xl.scoring.model import Basis
from fazhi_xl.scoring.score import percent_score, total_score

Pair = tuple[str, Hundredths | None, Hundredths | None]
"""What a figure is called, what stands there, and what it has to be by the others."""


def disagreement(report: Report) -> str | None:
    """Say which figure does not agree with the others, the first one; None where all do. Raises ValueError for wrong scoring."""
    scoring = scoring_of_record(report.notice.scoring)
    of_units = (said for unit in report.units for said in _of_unit(unit, scoring))
    return next(chain(_of_whole(report, scoring), of_units), None)


def _of_whole(report: Report, scoring: Scoring) -> Iterator[str]:
    if report.official is not (report.basis is Basis.REVIEWED):
        yield f"basis 是“{report.basis.value}”,official 却是 {report.official}"
    for name, count in Counter(unit.unit for unit in report.units).items():
        if count > 1:
            yield f"单位“{name}”有 {count} 个"
    yield from _unknown(report)
    yield from _ranks(report, scoring)


def _unknown(report: Report) -> Iterator[str]:
    known, groups = {sub.code for sub in report.notice.sub_points}, {group.code for group in report.notice.groups}
    for unit in report.units:
        codes = [sub.code for sub in unit.sub_points]
        if unit.group not in groups or not known.issuperset(codes) or len(set(codes)) != len(codes):
            yield f"单位“{unit.unit}”的分组或得分点不在目录里,或有重复"


def _ranks(report: Report, scoring: Scoring) -> Iterator[str]:
    """Compare ranks with totals, overall; who takes no rank is passed over."""
    ranked = [unit for unit in report.units if unit.rank is not None]
    totals = [unit.total or 0 for unit in ranked]
    higher: Collection[Hundredths] = set(totals) if scoring.ties is Ties.DENSE else totals
    for unit in ranked:
        due = 1 + sum(total > (unit.total or 0) for total in higher)
        if unit.rank != due:
            yield f"单位“{unit.unit}”的名次是{unit.rank},按总分应为{due}"


def _of_unit(unit: UnitRecord, scoring: Scoring) -> Iterator[str]:
    for name, held, due in (*_sums(unit, scoring), *_totals(unit, scoring)):
        if held != due:
            yield f"单位“{unit.unit}”的{name}是{show_or_dash(held)},按其他的数应为{show_or_dash(due)}"


def _sums(unit: UnitRecord, scoring: Scoring) -> Iterator[Pair]:
    """Give what a unit's sub-points add up to."""
    if unit.sub_points:
        yield "应得分", unit.full_marks, _sum(unit.sub_points, lambda sub: sub.full)
        yield "得分", unit.awarded, _sum(unit.sub_points, lambda sub: sub.counted) + unit.refund
        yield "测算分", unit.auto, _sum(unit.sub_points, lambda sub: sub.auto)
        if scoring.self_score:
            yield "自评分", unit.own, _sum(unit.sub_points, lambda sub: sub.own)
        if unit.reviewed is not None:
            yield "核定分", unit.reviewed, _sum(unit.sub_points, lambda sub: sub.reviewed)


def _sum(subs: Iterable[Scored], value: Callable[[Scored], Hundredths | None]) -> Hundredths:
    return sum(value(sub) or 0 for sub in subs)


def _totals(unit: UnitRecord, scoring: Scoring) -> Iterator[Pair]:
    """Give what follows from what a unit was awarded."""
    if unit.total is None or unit.percent is None:
        yield "总分", unit.total, None
        return
    if unit.awarded is not None:
        yield "折算分", unit.percent, percent_score(unit.awarded, unit.full_marks, scoring)
    yield "总分", unit.total, total_score(unit.percent, unit.bonus or 0, unit.deduction or 0, scoring)
