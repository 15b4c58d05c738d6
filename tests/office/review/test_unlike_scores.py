"""同数不同分: whoever got less than another with the same or no better facts is listed, and keeps an edition from being sealed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fazhi_xl.answers.read import Answers
from fazhi_xl.form.expression import Value
from fazhi_xl.form.sheets.review.dossier import Case
from fazhi_xl.form.sheets.unit.tasks import fact_field
from fazhi_xl.notice.choices import NUMBERS
from fazhi_xl.office.review.unlike_scores import BETTER, SAME, _lower, _of, _Scored
from fazhi_xl.rounds.undecided import Undecided
from tests.office.review.test_undecided import collected, played
from tests.support.campaign import forms, sub_point, the_notice
from tests.support.offices import FIRST, SECOND, Office, few
from tests.support.once import Once
from tests.support.reviews import Reviewing, shown, verdict


def scored(unit: str, score: int, *facts: Value, comparable: bool = True, apart: tuple[Value, ...] = ()) -> _Scored:
    """Give a unit's score on a sub-point, whose rule looks at its facts as they are."""
    return _Scored(
        case=Case(unit=the_notice().units_by_short[unit], sub=sub_point("15.6")),
        score=score,
        facts=(*facts, *apart),
        amounts=tuple(Fraction(fact) for fact in facts if isinstance(fact, int)) if comparable else None,
        apart=apart,
        whole=None not in facts,
    )


def told(*each: _Scored) -> list[tuple[str, list[str], str]]:
    """Name who is listed, against whom, and how their facts stand to each other."""
    found = _lower(each)
    return [
        (low.case.unit.short, [other.case.unit.short for other in over], low.is_like(over[0])) for low, over in found
    ]


def test_the_same_facts() -> None:
    """All who got less are held against all who got most with the same facts; equal scores are not listed."""
    court, police, tax = scored("法院", 50, 4), scored("公安分局", 50, 4), scored("税务局", 100, 4)
    assert told(court, police, tax, scored("科协", 100, 4), scored("教育局", 70, 4)) == [
        ("法院", ["税务局", "科协"], SAME),
        ("公安分局", ["税务局", "科协"], SAME),
        ("教育局", ["税务局", "科协"], SAME),
    ]
    assert told(court, police) == []


def test_better_facts() -> None:
    """One that is at least as good in every fact and got less is listed; not one that is worse in any."""
    assert told(scored("法院", 50, 4, 9), scored("税务局", 100, 4, 8)) == [("法院", ["税务局"], BETTER)]
    assert told(scored("法院", 50, 5, 7), scored("税务局", 100, 4, 8)) == []


def test_the_same_comes_before_the_better() -> None:
    """Who has the same facts as one and better ones than another is held against the first, though the other got more."""
    made = told(scored("法院", 50, 4), scored("税务局", 70, 4), scored("科协", 100, 3))
    assert made == [("法院", ["税务局"], SAME), ("税务局", ["科协"], BETTER)]


def test_what_cannot_be_compared() -> None:
    """Facts without an order count only where they are the same, as do facts that the rule does not look at."""
    assert told(scored("法院", 50, 4, comparable=False), scored("税务局", 100, 3)) == []
    assert told(scored("法院", 50, 4, comparable=False), scored("税务局", 100, 4, comparable=False)) == [
        ("法院", ["税务局"], SAME)
    ]
    assert told(scored("法院", 50, 4, apart=("甲",)), scored("税务局", 100, 3, apart=("乙",))) == []


def test_what_is_not_filled_in() -> None:
    """Facts of which one is blank are like no others, not even where the others have the same blank."""
    assert told(scored("法院", 50, 4, None), scored("税务局", 100, 4, None)) == []
    assert told(scored("法院", 50, 4, None), scored("税务局", 100, 4, 9)) == []


def test_which_blanks_there_are() -> None:
    """An input that has to be filled in counts as blank, a text or one that may stay so does not."""
    notice = the_notice()
    shape = forms()["法院"].shape
    case = Case(unit=notice.units_by_short["法院"], sub=notice.sub_points_of("法院")["15.6"])
    asked = [each for each in case.sub.inputs if each.kind in NUMBERS]
    filled: dict[str, Value] = {fact_field("15.6", each.key): Fraction(4) for each in asked}
    assert filled
    assert _of(case, 100, Answers(shape=shape, values=filled, findings=())).whole
    assert not _of(case, 100, Answers(shape=shape, values={}, findings=())).whole


# In a round ----------------------------------------------------------------------------------------------------------

ROW = "02/15.6"


@pytest.fixture
def review(once: Once, tmp_path: Path) -> Reviewing:
    """Give an office that has accepted all self-scores, and all claims besides: two of its units returned the same."""
    office = Office(few(the_notice()), once("all but verdicts", played)).copied(tmp_path / "out")
    made = Reviewing(office)
    made.enter({**verdict("04/加分.01", {"认定": "认可"}), **verdict("02/减分.01", {"认定": "减分"})})
    return made


def asked(review: Reviewing) -> dict[str, dict[str, str]]:
    """Give what stands in each row of the list, by the row's code."""
    found: dict[str, dict[str, str]] = {}
    for key, text in shown(review.master.read_bytes()).items():
        row, _, column = key.rpartition(".")
        if "/同数." in row:
            found.setdefault(row, {})[column] = text
    return found


@pytest.mark.long
def test_a_lower_score_is_asked_about(review: Reviewing) -> None:
    """It is official all the same, and not to be sealed before a reason stands there; what changes is asked anew; what is alike is gone."""
    review.enter(verdict(ROW, {"核定": 0.5, "原因": "佐证材料不足"}), base=review.master.read_bytes())
    done = collected(review.office)
    ((row, said),) = asked(review).items()
    assert (said["对照单位"], said["怎样不同"], said["已写的理由"], said["对照核定"]) == (
        SECOND,
        SAME,
        "佐证材料不足",
        "1.00",
    )
    assert done.official
    assert [(each.kind, each.unit, each.code, each.for_sealing) for each in done.unsealed] == [
        (Undecided.UNLIKE, FIRST, row, True)
    ]

    review.enter(verdict(row, {"处理": "见说明"}))
    done = collected(review.office)
    assert [found.code for _, found in done.review] == ["review-incomplete"]
    assert [each.kind for each in done.unsealed] == [Undecided.UNLIKE]

    review.enter({f"{row}.说明": "台账里少两次活动的签到表"})
    done = collected(review.office)
    assert (done.unsealed, done.review, list(asked(review))) == ((), (), [row])

    review.enter({f"{ROW}.核定": 0.3})
    done = collected(review.office)
    (again,) = asked(review)
    assert again != row
    assert [each.code for each in done.unsealed] == [again]

    review.enter({f"{ROW}.核定": 1})
    done = collected(review.office)
    assert (asked(review), done.unsealed, done.review, done.official) == ({}, (), (), True)
