"""Bonus and deductions: levels, repeats, limits and the cap."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.notice.choices import Graver, NotApplicable
from fazhi_xl.notice.model import Level, Situation, SituationLimit
from fazhi_xl.points import Hundredths
from fazhi_xl.scoring.adjustments import Counted, Entry, bonus_counted, deductions_counted, points_of
from fazhi_xl.scoring.model import Basis, State, SubPointScore
from fazhi_xl.scoring.score import all_decided, applicable_full_marks, earned, unit_score
from tests.support.campaign import the_notice

NOTICE = the_notice()
SCORING = NOTICE.about.scoring
MATTERS = st.sampled_from(["甲", "乙", "丙", " 甲 ", "ＡＢ", "ab", "丁"])


def situation(label: str = "情形", points: Hundredths = 100, again: int = 1, **levels: Hundredths) -> Situation:
    graded = tuple(Level.model_construct(name=name, points=each) for name, each in levels.items())
    return Situation.model_construct(
        id=label, no=1, text=label, label=label, points=points, levels=graded, again=again, provided_by=()
    )


def limit(at_most: Hundredths, *labels: str) -> SituationLimit:
    return SituationLimit.model_construct(name="".join(labels), of=labels, at_most=at_most)


def bonus(matters: list[str]) -> Counted:
    return bonus_counted([Entry(matter=each, situation=situation()) for each in matters])


@pytest.mark.parametrize(
    ("matters", "points"),
    [
        ([], 0),
        (["甲"], 100),
        (["甲", "乙"], 200),
        (["甲", "甲"], 100),
        (["全国 先进", "全国先进", "ＡＢ", "ab"], 200),
        ([str(no) for no in range(12)], 1_200),
    ],
)
def test_the_bonus(matters: list[str], points: int) -> None:
    """有1项加1分; 同一事项的,不重复加分; 以10分为限, which the unit's score sees to."""
    assert bonus(matters).total == points
    made = unit_score("法院", "B", (), bonus=points, deduction=0, scoring=SCORING, basis=Basis.REVIEWED)
    assert made.bonus == min(points, 1_000)


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
    found = next(each for each in NOTICE.deductions if each.label == label)
    assert points_of(found, degree) == points


GRAVE = situation("违法", 300, 轻=300, 重=500)


def offences(entries: Iterable[tuple[str, int, bool]]) -> list[Entry]:
    levels = {300: "轻", 500: "重"}
    return [Entry(matter=m, situation=GRAVE, level=levels[p], repeated=r) for m, p, r in entries]


@pytest.mark.parametrize(
    ("entries", "taken"),
    [
        ([], 0),
        ([("甲", 300, False)], 300),
        ([("甲", 300, False), ("乙", 300, False)], 600),
        ([("甲", 300, False), (" 甲", 500, False)], 500),
        ([("甲", 300, False), ("甲", 500, True)], 500),
        ([("甲", 500, True)], 0),
    ],
)
def test_deductions(entries: list[tuple[str, int, bool]], taken: int) -> None:
    """减分情形为同一事项的,不重复减分: the graver counts, and what only repeats another counts with it."""
    assert deductions_counted(offences(entries), SCORING).total == taken


@given(st.lists(st.tuples(MATTERS, st.sampled_from([300, 500]), st.booleans()), max_size=12))
def test_deductions_by_another_way(entries: list[tuple[str, int, bool]]) -> None:
    """Counted matter by matter in whole points, the same is taken off."""
    plain = {"ＡＢ": "ab", " 甲 ": "甲"}
    names = {plain.get(matter, matter) for matter, _, repeated in entries if not repeated}
    worst = {n: 5 if any(plain.get(m, m) == n and p == 500 for m, p, _ in entries) else 3 for n in names}
    assert Fraction(deductions_counted(offences(entries), SCORING).total, 100) == sum(worst.values())


def test_which_entry_weighs() -> None:
    """Of a matter's entries the first adds to the bonus, and the gravest takes off; the others show 0."""
    assert bonus(["甲", "乙", " 甲"]).weights == (100, 100, 0)
    assert deductions_counted(offences([("甲", 300, False), ("甲", 500, True)]), SCORING).weights == (0, 500)


def test_with_which_entry_a_matter_counts() -> None:
    """Each entry knows the one with which its matter counts, and itself where that is its own or none is."""
    claims = [("甲", False), ("乙", True), (" 甲", False), ("甲", True), ("丙", False)]
    made = bonus_counted([Entry(matter=m, situation=situation(), repeated=r) for m, r in claims])
    assert (made.weights, made.at) == ((100, 0, 0, 0, 100), (0, 1, 0, 0, 4))
    by = SCORING.model_copy(update={"graver": Graver.WITH_LIGHTER})
    entries = offences([("甲", 300, False), ("甲", 500, True), ("甲", 300, True), ("乙", 300, True)])
    assert deductions_counted(entries, SCORING).at == (1, 1, 1, 3)
    assert deductions_counted(entries, by).at == (0, 1, 0, 3)


def test_a_claim_that_repeats_adds_nothing() -> None:
    """A claim marked as repeated is no matter by itself, whether the other one comes before it or after it."""
    claims = [("甲", True), ("甲", False), ("乙", True)]
    made = bonus_counted([Entry(matter=m, situation=situation(), repeated=r) for m, r in claims])
    assert (made.weights, made.at) == ((0, 100, 0), (1, 1, 2))


def test_both_gravities() -> None:
    """Read the other way, 党纪政纪处分 and 刑责 for one matter are both taken off, each once."""
    by = SCORING.model_copy(update={"graver": Graver.WITH_LIGHTER})
    every = offences(("甲", points, False) for points in (300, 500, 300, 500))
    assert deductions_counted(every, by).weights == (300, 500, 0, 0)
    assert deductions_counted(offences([("甲", 300, True)]), by).weights == (0,)


# Levels, repeats and limits ------------------------------------------------------------------------------------------

AWARD = situation("荣誉", 100, 国家级=300, 市级=50)
SPREAD = situation("推广", 200)
OPINION = situation("舆情", 100, 2, 一般=100, 重大=250)
ACCIDENT = situation("事故", Fraction(25, 2), 3)


def entries(*said: tuple[Situation, str, str]) -> list[Entry]:
    return [Entry(matter=matter, situation=one, level=level) for one, level, matter in said]


def test_levels() -> None:
    """A matter counts by its level, and by its situation where it has none of that name."""
    made = bonus_counted(
        entries((AWARD, "国家级", "甲"), (AWARD, "市级", "乙"), (AWARD, "省级", "丙"), (SPREAD, "国家级", "丁"))
    )
    assert made.weights == (300, 50, 100, 200)


def test_further_matters_count_again() -> None:
    """The first matter of a situation counts once, each further one as often as `again` says; a repeated entry is no further one."""
    made = deductions_counted(
        entries(
            (OPINION, "重大", "甲"), (OPINION, "一般", "甲"), (ACCIDENT, "", "乙"), (OPINION, "一般", "丙"),
            (ACCIDENT, "", "丁"), (OPINION, "重大", "戊"),
        ),
        SCORING,
    )  # fmt: skip
    assert made.weights == (250, 0, Fraction(25, 2), 200, Fraction(75, 2), 500)
    assert made.total == 1_000


def test_a_matter_of_two_gravities_is_one_matter() -> None:
    """Where both gravities of a matter count, the second is no further matter."""
    by = SCORING.model_copy(update={"graver": Graver.WITH_LIGHTER})
    made = deductions_counted(entries((OPINION, "一般", "甲"), (OPINION, "重大", "甲"), (OPINION, "一般", "乙")), by)
    assert made.weights == (100, 250, 200)


def test_a_limit_leaves_the_first_matters() -> None:
    """What goes beyond a limit is not counted, from the last matters on, and is told; other situations are untouched."""
    said = entries((AWARD, "国家级", "甲"), (OPINION, "一般", "乙"), (SPREAD, "", "丙"), (AWARD, "市级", "丁"))
    made = bonus_counted(said, [limit(400, "荣誉", "推广"), limit(900, "舆情")])
    assert made.weights == (300, 100, 100, 0)
    assert made.limited == ("", "", "荣誉推广以4分为限,少计1分", "荣誉推广以4分为限,少计0.5分")
    assert (made.total, bonus_counted(said).limited) == (500, ("",) * 4)


def test_limits_may_lie_within_each_other() -> None:
    """A matter counts what the tightest of its situation's limits leaves."""
    said = entries((AWARD, "国家级", "甲"), (AWARD, "国家级", "乙"), (SPREAD, "", "丙"))
    made = bonus_counted(said, [limit(500, "荣誉", "推广"), limit(400, "荣誉")])
    assert made.weights == (300, 100, 100)
    assert made.limited == ("", "荣誉以4分为限,少计2分", "荣誉推广以5分为限,少计1分")


SITUATIONS = st.sampled_from([AWARD, SPREAD, OPINION, ACCIDENT])
LEVELS = st.sampled_from(["", "国家级", "市级", "一般", "重大", "没有"])
LIMITS = st.lists(
    st.tuples(st.sampled_from([1, 3, 7, 20]), st.sets(st.sampled_from(["荣誉", "推广", "舆情", "事故"]), min_size=1)),
    max_size=3,
)


@given(st.lists(st.tuples(SITUATIONS, LEVELS, MATTERS), max_size=14), LIMITS)
def test_the_bonus_by_another_way(said: list[tuple[Situation, str, str]], limits: list[tuple[int, set[str]]]) -> None:
    """In fractions of a point, claim after claim from plain tables, the same is added."""
    plain = {"ＡＢ": "ab", " 甲 ": "甲"}
    worth: dict[str, dict[str, int | Fraction]] = {
        "荣誉": {"": 1, "国家级": 3, "市级": Fraction(1, 2)},
        "推广": {"": 2},
        "舆情": {"": 1, "重大": Fraction(5, 2)},
        "事故": {"": Fraction(1, 8)},
    }
    again = {"舆情": 2, "事故": 3}
    seen: set[str] = set()
    began: set[str] = set()
    left = [Fraction(most) for most, _ in limits]
    added: list[Fraction] = []
    for one, level, matter in said:
        name, points = plain.get(matter, matter), worth[one.label]
        value = Fraction(points.get(level, points[""]))
        value *= again.get(one.label, 1) if one.label in began else 1
        if name in seen:
            added.append(Fraction(0))
            continue
        seen.add(name)
        began.add(one.label)
        under = [no for no, (_, named) in enumerate(limits) if one.label in named]
        value = min([value, *(left[no] for no in under)])
        for no in under:
            left[no] -= value
        added.append(value)
    made = bonus_counted(entries(*said), [limit(most * 100, *named) for most, named in limits])
    assert [Fraction(each) / 100 for each in made.weights] == added
    assert Fraction(made.total) / 100 == sum(added)


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
    claimed = bonus([str(no) for no in range(matters)]).total
    made = unit_score(
        "法院", "B", subs, bonus=claimed, deduction=sum(taken) * 100, scoring=SCORING, basis=Basis.REVIEWED
    )
    percent = awarded / full * 100 if full else Fraction(0)
    hundredths = int(percent * 100 + Fraction(1, 2))
    assert made.total == hundredths + min(10, matters) * 100 - sum(taken) * 100
    assert [Fraction(made.full_marks), Fraction(made.reviewed or 0)] == [full * 100, awarded * 100]
