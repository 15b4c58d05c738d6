"""Whether a report's figures agree with each other: one that was edited by hand does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain

from fazhi_xl.notice.choices import AssessorRank, Missing, Ties
from fazhi_xl.notice.model import Scoring
from fazhi_xl.points import Hundredths, show_or_dash
from fazhi_xl.rollup.records import STATES, Report, Scored, UnitRecord
from fazhi_xl.scoring.model import Basis, State
from fazhi_xl.scoring.score import percent_score, total_score

Pair = tuple[str, Hundredths | None, Hundredths | None]
"""What a figure is called, what stands there, and what it has to be by the others."""


def disagreement(report: Report, scoring: Scoring) -> str | None:
    """Say which figure does not agree with the others, the first one; None where all do."""
    of_units = (said for unit in report.units for said in _of_unit(unit, scoring))
    return next(chain(_of_whole(report, scoring), of_units), None)


def _of_whole(report: Report, scoring: Scoring) -> Iterator[str]:
    if report.official is not (report.basis is Basis.REVIEWED):
        said = "已核定完的正式结果" if report.official else "没有核定完的预排名"
        yield f"写着按{report.basis.value}分排名,又写着是{said}"
    for name, count in Counter(unit.unit for unit in report.units).items():
        if count > 1:
            yield f"单位“{name}”有 {count} 个"
    yield from _counts(report)
    yield from _unknown(report)
    yield from _states(report, scoring)
    yield from _ranks(report, scoring)


def _counts(report: Report) -> Iterator[str]:
    """Compare the numbers of units, in all and by state, with the units that are there."""
    if not report.units:
        yield f"没有一个单位的成绩,单位数写的是{report.counts.units}个"
    elif report.counts.units != len(report.units):
        yield f"单位数写的是{report.counts.units}个,实际列了{len(report.units)}个"
    states = Counter(unit.state for unit in report.units)
    for state, said in report.counts.by_state.items():
        if said != states[state]:
            yield f"{STATES[state]}的单位写的是{said}个,实际列了{states[state]}个"


def _states(report: Report, scoring: Scoring) -> Iterator[str]:
    """Compare each unit's state with its figures."""
    for unit in report.units:
        if wrong := next(_of_state(unit, scoring, asked=bool(report.notice.items)), None):
            yield f"单位“{unit.unit}”{wrong}"


def _of_state(unit: UnitRecord, scoring: Scoring, *, asked: bool) -> Iterator[str]:
    """Say what a unit has and cannot have; `asked` says that the notice has items, so that who returned nothing was not scored."""
    if unit.state is State.MISSING and asked:
        yield from _of_missing(unit, scoring)
    if unit.rank is not None and unit.total is None:
        yield f"没有总分,却有名次{unit.rank}"
    if unit.rank is not None and (unit.state is State.VETOED or unit.vetoes):
        yield f"被一票否决,却有名次{unit.rank}"
    if unit.compared is not (unit.total is not None and not unit.vetoes):
        yield "写着计入平均,却没有总分或被一票否决" if unit.compared else "有总分,也没有被一票否决,却写着不计入平均"
    if unit.compared and unit.rank is None and scoring.assessor is AssessorRank.RANKED:
        yield f"有总分{show_or_dash(unit.total)},却没有名次"


def _of_missing(unit: UnitRecord, scoring: Scoring) -> Iterator[str]:
    if unit.sub_points or unit.awarded is not None:
        yield "的状态是未报送,却有得分"
    if unit.total is not None and scoring.missing is Missing.UNRANKED:
        yield f"的状态是未报送,却有总分{show_or_dash(unit.total)}"
    if unit.percent or unit.bonus:
        yield "的状态是未报送,却有折算分或加分"


def _unknown(report: Report) -> Iterator[str]:
    known, groups = {sub.code for sub in report.notice.sub_points}, {group.code for group in report.notice.groups}
    for unit in report.units:
        codes = [sub.code for sub in unit.sub_points]
        if unit.group not in groups or not known.issuperset(codes) or len(set(codes)) != len(codes):
            yield f"单位“{unit.unit}”的分组或得分点不在目录里,或有重复"


def _ranks(report: Report, scoring: Scoring) -> Iterator[str]:
    """Compare ranks with totals, overall and within each group; who takes no rank is passed over."""
    ranked = [unit for unit in report.units if unit.rank is not None]
    yield from _placed(ranked, "名次", lambda unit: unit.rank, scoring)
    for group in report.notice.groups:
        own = [unit for unit in ranked if unit.group == group.code]
        yield from _placed(own, "组内名次", lambda unit: unit.group_rank, scoring)


def _placed(
    ranked: Collection[UnitRecord], name: str, rank: Callable[[UnitRecord], int | None], scoring: Scoring
) -> Iterator[str]:
    totals = [unit.total or 0 for unit in ranked]
    higher: Collection[Hundredths] = set(totals) if scoring.ties is Ties.DENSE else totals
    for unit in ranked:
        due = 1 + sum(total > (unit.total or 0) for total in higher)
        if (held := rank(unit)) != due:
            yield f"单位“{unit.unit}”的{name}是{held or '—'},按总分应为{due}"


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
