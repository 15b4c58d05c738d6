"""What another reading changes of a return: which sub-points are scored anew, and by which cells."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fazhi_xl.answers.located import Found, Located
from fazhi_xl.answers.read import Answers, read_answers
from fazhi_xl.cells import CellKind
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.scoring.alternative import Rereader, affected, claims_count_otherwise
from fazhi_xl.scoring.from_answers import claimed_bonus, sub_point_scores
from tests.notice.campaigns import CAMPAIGN
from tests.support.campaign import forms, the_notice

REGISTERED = load(CAMPAIGN.parent / "chengchuan-xiangzhen-2023")


def changed(notice: Notice, **about: Any) -> Notice:  # noqa: ANN401 - whatever the notice says of itself
    return notice.model_copy(update={"about": notice.about.model_copy(update=about)})


def scoring(notice: Notice, **more: Any) -> Notice:  # noqa: ANN401 - whatever is said of scoring
    return changed(notice, scoring=notice.about.scoring.model_copy(update=more))


def worth(notice: Notice, code: str, points: int) -> Notice:
    """Give the notice with a sub-point that is worth something else."""
    items = tuple(
        item.model_copy(
            update={
                "sub_points": tuple(
                    sub.model_copy(update={"points": points}) if sub.code == code else sub for sub in item.sub_points
                )
            }
        )
        for item in notice.items
    )
    return Notice.model_validate({**{name: getattr(notice, name) for name in Notice.model_fields}, "items": items})


class TestAffected:
    """Only sub-points whose scores do not follow from those of now are scored anew."""

    def test_nothing(self) -> None:
        """The same catalogue changes nothing."""
        assert affected(the_notice(), the_notice()) == frozenset()

    def test_points(self) -> None:
        """A sub-point that is worth something else is scored anew, and no other."""
        assert affected(the_notice(), worth(the_notice(), "9.2", 200)) == {"9.2"}

    def test_scale(self) -> None:
        """Where scores are kept otherwise, each is scored anew."""
        other = scoring(the_notice(), self_score=False)
        assert affected(the_notice(), other) == frozenset(the_notice().sub_points)

    def test_days(self) -> None:
        """Where the period moves, what asks for days is scored anew, and what does not is not."""
        dates = the_notice().about.dates
        moved = dates.model_copy(update={"period_start": dates.period_start - timedelta(days=365)})
        found = affected(the_notice(), changed(the_notice(), dates=moved))
        assert "18.3" in found
        assert "9.2" not in found

    def test_registers(self) -> None:
        """What a register feeds in one of the catalogues alone is scored anew."""
        less = REGISTERED.model_copy(update={"registers": REGISTERED.registers[1:]})
        fed = {feed.sub_point for feed in REGISTERED.registers[0].feeds}
        codes = {code for code, sub in REGISTERED.sub_points.items() if sub.id in fed}
        assert codes
        assert codes <= affected(REGISTERED, less)
        assert codes <= affected(less, REGISTERED)


def test_bonus_claims() -> None:
    """Claims are read anew where the bonus sheet, its limits or the days that bear on it are other ones."""
    assert not claims_count_otherwise(the_notice(), the_notice())
    assert claims_count_otherwise(the_notice(), scoring(the_notice(), bonus_cap=100))


class TestRereader:
    """A return is read again by its cells."""

    def answers(self, **cells: str) -> Answers:
        located = {
            key: Found(sheet="", cell="", kind=CellKind.TEXT, text=text, formula=False) for key, text in cells.items()
        }
        return read_answers(forms()["政府办"].shape, Located(cells=located))

    def test_same_answers(self) -> None:
        """What was entered of a sub-point scores by the other catalogue's points."""
        other = worth(the_notice(), "9.2", 200)
        sub = other.sub_points["9.2"]
        fields = {key for key in forms()["政府办"].shape.fields if key.startswith("9.2.")}
        held = self.answers(**dict.fromkeys(fields, "1"))
        then = Rereader(other).read(held, (sub,))
        assert then.values == {key: value for key, value in held.values.items() if key.startswith("9.2.")}
        assert [(score.code, score.points) for score in sub_point_scores(other, then)] == [("9.2", 200)]

    def test_shared(self) -> None:
        """Returns that are asked the same are read by one part of a form."""
        reader, subs = Rereader(the_notice()), (the_notice().sub_points["9.2"],)
        assert reader.read(self.answers(), subs).shape is reader.read(self.answers(), subs).shape

    def test_claims(self) -> None:
        """Bonus claims are read by themselves."""
        reader = Rereader(the_notice())
        then = reader.read(self.answers(), (), claims=True)
        assert not claimed_bonus(then)
        assert any(key.startswith("加分.") for key in then.shape.fields)
        assert then.shape.sub_points == ()
