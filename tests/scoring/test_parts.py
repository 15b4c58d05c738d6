"""What a notice may have beside plain scores: vetoes, values of the office, limits of what is lost together, no self-scores."""

from __future__ import annotations

import pytest

from fazhi_xl.notice.choices import Conversion, NotApplicable, Ties
from fazhi_xl.notice.model import Scoring
from fazhi_xl.scoring.model import Basis, CappedLoss, State, SubPointScore, UnitScore
from fazhi_xl.scoring.ranking import ranked
from fazhi_xl.scoring.score import (
    all_decided,
    applicable_full_marks,
    earned,
    missing_score,
    preliminary,
    refunded,
    unit_score,
)

SCORING = Scoring(full=10)
CAP = CappedLoss(text="累计扣分不超过3分。", codes=("1.1", "1.2"), at_most=300)


def sub(code: str, points: int, own: int | None, reviewed: int | None = None, **more: bool | None) -> SubPointScore:
    return SubPointScore(code=code, points=points, auto=own, self_score=own, reviewed=reviewed, **more)  # type: ignore[arg-type]


def scored(
    *subs: SubPointScore, by: Scoring = SCORING, basis: Basis = Basis.SELF, deduction: int = 0, **more: object
) -> UnitScore:
    return unit_score("甲", "A", subs, bonus=0, deduction=deduction, scoring=by, basis=basis, **more)  # type: ignore[arg-type]


class TestVeto:
    """一票否决 takes a unit out of the ranking and leaves it its figures."""

    def test_state(self) -> None:
        """The unit has its total, and no rank; those behind it move up."""
        own = scored(sub("1.1", 500, 500), vetoes=("弄虚作假",))
        others = [scored(sub("1.1", 500, points)) for points in (400, 300)]
        first, second, third = ranked([own, *others])
        assert (first.state, first.total, first.rank, first.group_rank) == (State.VETOED, 1_000, None, None)
        assert [(each.rank, each.group_rank) for each in (second, third)] == [(1, 1), (2, 2)]
        assert (first.compared, second.compared) == (False, True)

    @pytest.mark.parametrize("ties", Ties)
    def test_ties(self, ties: Ties) -> None:
        """A vetoed unit shares no rank."""
        units = [scored(sub("1.1", 500, 500), vetoes=("甲",)), scored(sub("1.1", 500, 500))]
        assert [each.rank for each in ranked(units, ties)] == [None, 1]

    def test_missing(self) -> None:
        """A unit that returned nothing stays missing, and the veto is known."""
        own = missing_score("甲", "A", 500, ("弄虚作假",))
        assert (own.state, own.vetoes, own.compared) == (State.MISSING, ("弄虚作假",), False)


class TestOffice:
    """A sub-point that the office's values score counts alike on every basis, and not at all while they are missing."""

    @pytest.mark.parametrize("basis", Basis)
    def test_given(self, basis: Basis) -> None:
        """The unit's own and the computed score do not count."""
        score = sub("1.1", 500, 100, 400, by_office=True)
        assert (earned(score, basis), score.pending) == (400, False)

    @pytest.mark.parametrize("basis", Basis)
    def test_missing(self, basis: Basis) -> None:
        """Without the value nothing is earned, nothing is due, and nothing is official."""
        waiting, other = sub("1.1", 500, 100, None, by_office=True), sub("1.2", 500, 300, 300)
        own = scored(waiting, other, basis=basis)
        assert waiting.pending
        assert (own.full_marks, own.percent) == (500, 600)
        assert not all_decided(own.sub_points)

    def test_taken_out(self) -> None:
        """不涉及, once approved, is a decision like any other."""
        score = sub("1.1", 500, None, None, by_office=True, out=True, approved=True)
        assert (score.pending, applicable_full_marks([score], SCORING)) == (False, 0)


class TestCap:
    """What several sub-points lose together ends at a limit."""

    @pytest.mark.parametrize(
        ("one", "other", "back"), [(500, 500, 0), (300, 400, 0), (200, 500, 0), (100, 400, 200), (0, 0, 700)]
    )
    def test_refund(self, one: int, other: int, back: int) -> None:
        """All beyond the limit goes back to the unit."""
        own = scored(sub("1.1", 500, one), sub("1.2", 500, other), caps=[CAP])
        assert (own.refund, own.percent) == (back, one + other + back)

    def test_others(self) -> None:
        """Sub-points of another limit, or of none, are not counted, and those that do not apply have lost nothing."""
        subs = (sub("1.1", 500, 0, None, out=True, approved=True), sub("1.2", 500, 100), sub("1.3", 500, 0))
        assert refunded(subs, CAP, SCORING, Basis.SELF) == 100

    def test_more_than_the_points(self) -> None:
        """A sub-point that earned more than its points makes up for no other one's loss."""
        subs = (sub("1.1", 100, 300), sub("1.2", 500, 100))
        assert refunded(subs, CAP, SCORING, Basis.SELF) == 100

    def test_below_zero(self) -> None:
        """A sub-point without points of its own loses what it takes off."""
        subs = (sub("1.1", 0, -200), sub("1.2", 500, 200))
        assert refunded(subs, CAP, SCORING, Basis.SELF) == 200

    def test_bases(self) -> None:
        """Each basis has its own losses."""
        own = (sub("1.1", 500, 500, 100), sub("1.2", 500, 500, 100))
        assert [scored(*own, basis=basis, caps=[CAP]).refund for basis in (Basis.SELF, Basis.REVIEWED)] == [0, 500]


class TestComputed:
    """Where units give no scores, the computed ones count until everything is decided."""

    def test_basis(self) -> None:
        """The catalogue says which."""
        assert preliminary(SCORING) is Basis.SELF
        assert preliminary(Scoring(full=10, self_score=False)) is Basis.COMPUTED

    def test_score(self) -> None:
        """No sum of self-scores is shown that nobody gave."""
        score = SubPointScore(code="1.1", points=500, auto=400, self_score=100)
        own = scored(score, by=Scoring(full=10, self_score=False), basis=Basis.COMPUTED)
        assert (own.auto, own.self_score, own.percent) == (400, None, 800)


class TestWithoutItems:
    """A unit without sub-points begins with the full marks."""

    @pytest.mark.parametrize("percent", Conversion)
    @pytest.mark.parametrize("basis", Basis)
    def test_total(self, percent: Conversion, basis: Basis) -> None:
        """What is left of them after deductions is the total, on whatever scale."""
        own = scored(by=Scoring(full=10, percent=percent), basis=basis, deduction=350)
        assert (own.full_marks, own.percent, own.deduction, own.total) == (1_000, 1_000, 350, 650)
        assert (own.auto, own.self_score, own.reviewed) == (None, None, None)


@pytest.mark.parametrize(("deduction", "taken"), [(0, 0), (250, 250), (300, 300), (900, 300)])
def test_a_deduction_ends_at_its_cap(deduction: int, taken: int) -> None:
    """减分最高3分: no more is taken off."""
    own = scored(sub("1.1", 500, 500), by=Scoring(full=10, deduction_cap=3), deduction=deduction)
    assert (own.deduction, own.total) == (taken, 1_000 - taken)


def test_claims_before_the_decision() -> None:
    """By the reading that takes claims out at once, they have no marks until they are refused."""
    by = Scoring(full=10, not_applicable=NotApplicable.OUT)
    subs = (sub("1.1", 500, None, out=True), sub("1.2", 300, 300), sub("1.3", 200, None, 0, out=True, approved=False))
    assert applicable_full_marks(subs, by) == 500


def test_before_the_review() -> None:
    """Without the office's decisions a score is the unit's own; one that rests on the office's values alone stays."""
    decided = sub("1.1", 500, 400, 300, approved=False)
    assert decided.before_review == sub("1.1", 500, 400)
    valued = sub("1.2", 500, None, 300, by_office=True)
    assert valued.before_review is valued
