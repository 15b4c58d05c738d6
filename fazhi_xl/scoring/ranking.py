"""Ranks by total: equal totals share a rank, and those after them are skipped (1, 2, 2, 4) or not (1, 2, 2, 3)."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from fazhi_xl.notice.choices import Ties
from fazhi_xl.points import Hundredths
from fazhi_xl.scoring.model import UnitScore


def ranked(
    scores: Sequence[UnitScore], ties: Ties = Ties.SKIPPING, apart: Collection[str] = ()
) -> tuple[UnitScore, ...]:
    """Give every unit its rank overall and within its group; without a total, after a veto, or apart it has none. The order stays."""
    groups: defaultdict[str, list[Hundredths]] = defaultdict(list)
    for score in scores:
        if score.compared and score.unit not in apart:
            groups[score.group].append(score.total or 0)
    overall = [total for totals in groups.values() for total in totals]
    kept: Callable[[list[Hundredths]], Collection[Hundredths]] = set if ties is Ties.DENSE else list
    every, own = sorted(kept(overall)), {group: sorted(kept(totals)) for group, totals in groups.items()}
    return tuple(
        _placed(score, every, own[score.group]) if score.compared and score.unit not in apart else score
        for score in scores
    )


def _placed(score: UnitScore, overall: Sequence[Hundredths], group: Sequence[Hundredths]) -> UnitScore:
    total = score.total or 0
    rank, group_rank = _rank(total, overall), _rank(total, group)
    same = (score.rank, score.group_rank) == (rank, group_rank)
    return score if same else replace(score, rank=rank, group_rank=group_rank)


def _rank(total: Hundredths, ascending: Sequence[Hundredths]) -> int:
    return 1 + len(ascending) - bisect_right(ascending, total)


def in_order(scores: Iterable[UnitScore]) -> list[UnitScore]:
    """Sort by rank; equal ranks keep their order, and units without a rank come last."""
    return sorted(scores, key=lambda score: (score.rank is None, score.rank or 0))
