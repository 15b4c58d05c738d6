"""Ranks: 1, 2, 2, 4; overall and within the group; none for what was not returned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.notice.choices import Ties
from fazhi_xl.scoring.model import State, UnitScore
from fazhi_xl.scoring.ranking import in_order, ranked


def unit(name: str, total: int | None, group: str = "A") -> UnitScore:
    state = State.MISSING if total is None else State.RETURNED
    return UnitScore(unit=name, group=group, state=state, full_marks=1_000, total=total)


def units(totals: list[int | None], groups: str = "") -> list[UnitScore]:
    named = groups or "A" * len(totals)
    return [unit(f"第{no}", total, group) for no, (total, group) in enumerate(zip(totals, named, strict=True))]


@pytest.mark.parametrize(
    ("totals", "ranks"),
    [
        ([], []),
        ([9_000], [1]),
        ([9_000, 8_000, 7_000], [1, 2, 3]),
        ([7_000, 9_000, 8_000], [3, 1, 2]),
        ([9_500, 9_000, 9_000, 8_000], [1, 2, 2, 4]),
        ([9_000, 9_000, 9_000], [1, 1, 1]),
        ([9_000, 9_000, 8_000], [1, 1, 3]),
        ([9_000, None, 8_000], [1, None, 2]),
        ([None, None], [None, None]),
        ([0, None], [1, None]),
        ([-300, 0], [2, 1]),
        ([9_000, 8_999], [1, 2]),
    ],
)
def test_ranks(totals: list[int | None], ranks: list[int | None]) -> None:
    """Equal totals share a rank and the next one is skipped; without a total there is no rank, and 0 is a total."""
    assert [score.rank for score in ranked(units(totals))] == ranks


def test_ranks_without_gaps() -> None:
    """Read the other way, no rank is skipped: 1, 2, 2, 3."""
    scores = ranked(units([9_500, 9_000, 9_000, 8_000, None, 8_000], "AABBAB"), Ties.DENSE)
    assert [score.rank for score in scores] == [1, 2, 2, 3, None, 3]
    assert [score.group_rank for score in scores] == [1, 2, 1, 2, None, 2]


def test_a_unit_apart() -> None:
    """A unit that takes no rank keeps its total and moves nobody down."""
    scores = ranked(units([9_000, 8_500, 8_000, 8_500], "AABB"), apart={"第1"})
    assert [(score.rank, score.group_rank) for score in scores] == [(1, 1), (None, None), (3, 2), (2, 1)]
    assert scores[1].total == 8_500


def test_ranks_within_groups() -> None:
    """Within its group a unit is ranked among its like."""
    scores = ranked(units([9_000, 8_000, 8_000, 7_000, None], "ABABA"))
    assert [(score.rank, score.group_rank) for score in scores] == [(1, 1), (2, 1), (2, 2), (4, 2), (None, None)]


def test_order() -> None:
    """A ranking is sorted by rank; equal ranks keep the notice's order, and units without a rank come last."""
    scores = ranked(units([7_000, None, 9_000, 8_000, 9_000, None]))
    assert [score.unit for score in in_order(scores)] == ["第2", "第4", "第3", "第0", "第1", "第5"]


@given(st.lists(st.none() | st.integers(0, 40), max_size=45))
def test_a_rank_is_one_more_than_the_better_ones(totals: list[int | None]) -> None:
    """A unit's rank is one more than the number of better units, so the last rank is never more than their number."""
    scores = ranked(units(totals))
    known = [total for total in totals if total is not None]
    for score in scores:
        better = None if score.total is None else sum(other > score.total for other in known) + 1
        assert (score.rank, score.group_rank) == (better, better)
    assert [score.unit for score in scores] == [f"第{no}" for no in range(len(totals))]
    placed = [score.rank for score in in_order(scores)]
    assert placed == sorted(rank for rank in placed if rank) + [None] * (len(totals) - len(known))
