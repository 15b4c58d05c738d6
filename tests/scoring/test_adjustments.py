"""Bonus, deductions and what the registers settle."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.notice.choices import Graver, NotApplicable
from fazhi_xl.scoring.adjustments import (
    Offence,
    bonus_weights,
    cooperation_score,
    deduction_weights,
    information_score,
    offence_points,
)
from fazhi_xl.scoring.model import Basis, State, SubPointScore
from fazhi_xl.scoring.score import all_decided, applicable_full_marks, earned, unit_score
from tests.support.campaign import the_notice

NOTICE = the_notice()
SCORING = NOTICE.about.scoring
MATTERS = st.sampled_from(["甲", "乙", "丙", " 甲 ", "ＡＢ", "ab", "丁"])


@pytest.mark.parametrize(
    ("matters", "bonus"),
    [
        ([], 0),
        (["甲"], 100),
        (["甲", "乙"], 200),
        (["甲", "甲"], 100),
        (["全国 先进", "全国先进", "ＡＢ", "ab"], 200),
        ([str(no) for no in range(12)], 1_200),
    ],
)
def test_the_bonus(matters: list[str], bonus: int) -> None:
    """有1项加1分; 同一事项的,不重复加分; 以10分为限, which the unit's score sees to."""
    assert sum(bonus_weights(matters, 100)) == bonus
    made = unit_score("法院", "B", (), bonus=bonus, deduction=0, scoring=SCORING, basis=Basis.REVIEWED)
    assert made.bonus == min(bonus, 1_000)


@pytest.mark.parametrize(
    ("label", "degree", "points"),
    [
        ("①文件制定违法", "", 300),
        ("④负责人违法违纪", "受到党纪政纪处分的", 300),
        ("④负责人违法违纪", "依法被追究刑事责任的", 500),
        ("①文件制定违法", "依法被追究刑事责任的", 300),
        ("④负责人违法违纪", "", 300),
    ],
)
def test_what_a_matter_takes_off(label: str, degree: str, points: int) -> None:
    """有1项减3分; of the fourth situation 3 for 党纪政纪处分, 5 for 刑事责任."""
    situation = next(each for each in NOTICE.deductions if each.label == label)
    assert offence_points(situation, degree) == points


@pytest.mark.parametrize(
    ("offences", "taken"),
    [
        ([], 0),
        ([("甲", 300, False)], 300),
        ([("甲", 300, False), ("乙", 300, False)], 600),
        ([("甲", 300, False), (" 甲", 500, False)], 500),
        ([("甲", 300, False), ("甲", 500, True)], 500),
        ([("甲", 500, True)], 0),
    ],
)
def test_deductions(offences: list[tuple[str, int, bool]], taken: int) -> None:
    """减分情形为同一事项的,不重复减分: the graver counts, and what only repeats another counts with it."""
    assert sum(deduction_weights([Offence(matter=m, points=p, repeated=r) for m, p, r in offences], SCORING)) == taken


@pytest.mark.parametrize(("times", "score"), [(0, 500), (1, 400), (5, 0), (6, 0), (100, 0)])
def test_cooperation(times: int, score: int) -> None:
    """不配合的,有1次扣1分,扣完为止."""
    assert cooperation_score(500, Decimal(1), times) == score


@pytest.mark.parametrize(
    ("reported", "adopted", "score"), [(0, 0, 0), (3, 1, 350), (5, 1, 400), (8, 0, 400), (0, 2, 400), (1, 0, 50)]
)
def test_information(reported: int, adopted: int, score: int) -> None:
    """报送1篇得0.5分,录用1篇得2分,累计得分不超过4分."""
    assert information_score(400, [(Decimal("0.5"), reported), (Decimal(2), adopted)]) == score


@given(st.lists(st.tuples(MATTERS, st.sampled_from([300, 500]), st.booleans()), max_size=12))
def test_deductions_by_another_way(entries: list[tuple[str, int, bool]]) -> None:
    """Counted matter by matter in whole points, the same is taken off."""
    plain = {"ＡＢ": "ab", " 甲 ": "甲"}
    names = {plain.get(matter, matter) for matter, _, repeated in entries if not repeated}
    worst = {n: 5 if any(plain.get(m, m) == n and p == 500 for m, p, _ in entries) else 3 for n in names}
    weights = deduction_weights([Offence(matter=m, points=p, repeated=r) for m, p, r in entries], SCORING)
    assert Fraction(sum(weights), 100) == sum(worst.values())


def test_which_entry_weighs() -> None:
    """Of a matter's entries the first adds to the bonus, and the gravest takes off; the others show 0."""
    assert bonus_weights(["甲", "乙", " 甲"], 100) == (100, 100, 0)
    offences = [Offence(matter="甲", points=300), Offence(matter="甲", points=500, repeated=True)]
    assert deduction_weights(offences, SCORING) == (0, 500)


def test_both_gravities() -> None:
    """Read the other way, 党纪政纪处分 and 刑责 for one matter are both taken off, each once."""
    by = SCORING.model_copy(update={"graver": Graver.WITH_LIGHTER})
    offences = [Offence(matter="甲", points=points) for points in (300, 500, 300, 500)]
    assert deduction_weights(offences, by) == (300, 500, 0, 0)
    assert deduction_weights([Offence(matter="甲", points=300, repeated=True)], by) == (0,)


# Approval and the basis ----------------------------------------------------------------------------------------------


def sub(points: int, **more: int | bool | None) -> SubPointScore:
    return SubPointScore(**{"code": "1.1", "points": points, "auto": None, "self_score": None, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize("reading", list(NotApplicable))
@pytest.mark.parametrize(("approved", "full"), [(True, 100), (False, 300)])
def test_approval_decides_over_the_reading(reading: NotApplicable, approved: bool, full: int) -> None:  # noqa: FBT001 - a table
    """Approved, the points are taken out; refused, they stay and 0 is earned, whatever the reading says of open claims."""
    by = SCORING.model_copy(update={"not_applicable": reading})
    subs = (sub(100, reviewed=100), sub(200, out=True, approved=approved, reviewed=None if approved else 0))
    assert applicable_full_marks(subs, by) == full
    assert all_decided(subs)


def test_what_was_taken_out_earns_nothing() -> None:
    """A sub-point that the office took out counts on neither basis, so that no rate passes 100."""
    taken_out = sub(200, self_score=200, approved=True)
    assert (earned(taken_out, Basis.SELF), earned(taken_out, Basis.REVIEWED)) == (None, None)
    assert (earned(sub(200, self_score=150, reviewed=100), Basis.SELF), 150) == (150, 150)
    assert earned(sub(200, self_score=150, reviewed=100), Basis.REVIEWED) == 100


@pytest.mark.parametrize(
    ("subs", "state", "reviewed"),
    [
        ((sub(100, self_score=100, reviewed=50),), State.REVIEWED, 50),
        ((sub(100, self_score=100, reviewed=50), sub(200, self_score=0)), State.RETURNED, None),
        ((), State.RETURNED, None),
    ],
)
def test_a_unit_is_reviewed_once_all_is_decided(
    subs: tuple[SubPointScore, ...], state: State, reviewed: int | None
) -> None:
    """The reviewed score is told once it is whole; the total stays on the round's basis."""
    made = unit_score("法院", "B", subs, bonus=0, deduction=0, scoring=SCORING, basis=Basis.SELF)
    assert (made.state, made.reviewed) == (state, reviewed)
    if subs:
        assert made.percent == (10_000 if reviewed else 3_333)


DECISIONS = st.lists(
    st.tuples(
        st.integers(1, 20), st.integers(0, 100), st.integers(0, 100), st.sampled_from(["score", "out", "refused"])
    ),
    min_size=1,
    max_size=20,
)


@given(DECISIONS, st.integers(0, 15), st.lists(st.sampled_from([3, 5]), max_size=4))
def test_a_reviewed_total_by_another_way(
    decisions: list[tuple[int, int, int, str]], matters: int, taken: list[int]
) -> None:
    """Recomputed in fractions of points, a reviewed unit's total is the same."""
    subs, awarded, full = [], Fraction(0), Fraction(0)
    for points, own, given_share, kind in decisions:
        mark = points * 50
        score = mark * given_share // 100
        reviewed = {"score": score, "out": None, "refused": 0}[kind]
        approved = {"score": None, "out": True, "refused": False}[kind]
        subs.append(sub(mark, self_score=mark * own // 100, reviewed=reviewed, approved=approved, out=kind != "score"))
        if kind != "out":
            full += Fraction(points, 2)
            awarded += Fraction(score if kind == "score" else 0, 100)
    bonus = sum(bonus_weights([str(no) for no in range(matters)], 100))
    made = unit_score("法院", "B", subs, bonus=bonus, deduction=sum(taken) * 100, scoring=SCORING, basis=Basis.REVIEWED)
    percent = awarded / full * 100 if full else Fraction(0)
    hundredths = int(percent * 100 + Fraction(1, 2))
    assert made.total == hundredths + min(10, matters) * 100 - sum(taken) * 100
    assert [Fraction(made.full_marks), Fraction(made.reviewed or 0)] == [full * 100, awarded * 100]
