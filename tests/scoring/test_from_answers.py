"""Sub-point scores and the claimed bonus, out of a unit's answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from fazhi_xl.answers.read import Answers
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.scoring.from_answers import claim_weights, claimed_bonus, sub_point_scores
from fazhi_xl.scoring.model import SubPointScore
from tests.support.campaign import EDITION, KEY, every_shape, shape_of, shapes, the_notice
from tests.support.catalogues import catalogue, item, minimal, sub_point, units
from tests.support.returns import Answer, Typed, read, right

SHAPE = shape_of("司法局")


def answers(changes: Mapping[str, Answer | None]) -> Answers:
    return read(SHAPE, right(SHAPE, changes))


def score(code: str, changes: Mapping[str, Answer | None]) -> SubPointScore:
    return next(each for each in sub_point_scores(the_notice(), answers(changes)) if each.code == code)


OUT: Mapping[str, Answer | None] = {"5.1.公示制度.填报": "不涉及", "5.1.说明": "没有职权"}
SCORES: list[tuple[str, Mapping[str, Answer | None], int | None, int | None, bool]] = [
    # sub-point, answers, computed, own, out
    ("6.1", {}, 200, 200, False),
    ("6.1", {"6.1.自评": Fraction(3, 2)}, 200, 150, False),
    ("6.1", {"6.1.自评": 0}, 200, 0, False),
    ("6.1", {"6.1.自评": "1.5分"}, 200, 150, False),
    ("6.1", {"6.1.自评": Fraction("1.33")}, 200, 133, False),
    ("6.1", {"6.1.自评": None}, 200, None, False),
    ("6.1", {"6.1.自评": 3}, 200, None, False),
    ("6.1", {"6.1.自评": -1}, 200, None, False),
    ("6.1", {"6.1.自评": "满分"}, 200, None, False),
    ("6.1", {"6.1.自评": Fraction(1, 8)}, 200, None, False),
    ("6.1", {"6.1.自评": Typed("e", "#REF!")}, 200, None, False),
    ("6.1", {"6.1.自评": Typed("n", "2", formula=True)}, 200, 200, False),
    ("6.1", {"6.1.已出庭.填报": 4}, 0, 200, False),  # more than computed: asked about, and counted
    ("6.1", {"6.1.已出庭.填报": None}, None, 200, False),
    ("6.1", {"6.1.已出庭.填报": "约5"}, None, 200, False),
    ("6.1", {"6.1.已出庭.填报": 6}, None, 200, False),
    ("5.1", {**OUT, "5.1.自评": None}, 0, None, True),
    ("5.1", {**OUT, "5.1.自评": 0}, 0, 0, True),
    ("5.1", OUT, 0, None, True),  # a score for what is 不涉及 cannot stand
    ("5.1", {"5.1.公示制度.填报": "否", "5.1.自评": 0}, 0, 0, False),
    ("20.6", {}, 0, 0, False),
    ("20.7", {}, 500, 500, False),
]


@pytest.mark.parametrize(("code", "changes", "auto", "own", "out"), SCORES)
def test_one_score(
    code: str, changes: Mapping[str, Answer | None], auto: int | None, own: int | None, *, out: bool
) -> None:
    """A score is in hundredths; what is blank, wrong or unreadable is no score, and never 0."""
    points = the_notice().sub_points[code].points
    assert score(code, changes) == SubPointScore(code=code, points=points, auto=auto, self_score=own, out=out)


@pytest.mark.parametrize("name", every_shape())
def test_every_sub_point_has_a_score(name: str) -> None:
    """Each sub-point of a right return has its computed score as self-score, in the notice's order, twice the same."""
    shape = shapes()[name]
    given = read(shape, right(shape))
    scores = tuple(sub_point_scores(the_notice(), given))
    assert [each.code for each in scores] == list(shape.sub_points)
    assert all(each.auto is not None and each.auto == each.self_score for each in scores)
    assert all(0 <= (each.auto or 0) <= each.points for each in scores)
    assert tuple(sub_point_scores(the_notice(), given)) == scores


MATTER: Mapping[str, Answer] = {"情形": "②经验推广", "机关": "省政府", "级别": "省部级", "日期": date(2020, 5, 8)}


def claims(*names: str) -> dict[str, Answer]:
    return {
        f"加分.{no:02d}.{column}": value
        for no, name in enumerate(names, 1)
        for column, value in {**MATTER, "事项": name}.items()
    }


@pytest.mark.parametrize(
    ("names", "bonus"),
    [
        ((), 0),
        (("甲",), 100),
        (("甲", "乙"), 200),
        (("甲", "甲"), 100),
        (tuple("甲乙丙丁戊己庚辛壬癸子丑"), 1_000),
    ],
)
def test_the_claimed_bonus(names: tuple[str, ...], bonus: int) -> None:
    """A claim counts one point, each matter once, at most ten."""
    assert claimed_bonus(answers(claims(*names))) == bonus


def test_what_each_claim_adds() -> None:
    """By its row: a matter's repeats and blank rows add nothing."""
    weights = claim_weights(answers(claims("甲", "甲", "乙")))
    assert {row: points for row, points in weights.items() if points} == {"加分.01": 100, "加分.03": 100}
    assert len(weights) == 12


# Of notices that differ from the one of 2020 ----------------------------------------------------------------------

MET = {"key": "制度", "label": "制度", "kind": "choice", "options": ["是", "否", "不涉及"]}
RATE = {"key": "满意率", "label": "满意率", "kind": "whole", "given_by": "office"}
BANDS = {"kind": "bands", "input": "满意率", "bands": [{"at_least": 90, "points": 4}]}
SURVEY = {
    "name": "满意率调查",
    "kept_by": "office",
    "scope": "unit",
    "columns": [{"key": "满意率", "kind": "whole", "maximum": 100}],
    "feeds": [{"sub_point": "1.2", "input": "满意率", "value": "满意率"}],
}


def scores_of(
    folder: Path, values: Mapping[str, Answer], *, own: bool, unit: str = "01社区"
) -> dict[str, SubPointScore]:
    """Score a return of one sub-point that may be out, of which another class has fewer points, and one that the office scores."""
    met = sub_point(6, {"kind": "yes", "input": "制度"}, inputs=[MET], points_by_group={"乙": 5})
    files = minimal() | {"units.toml": units(2, ("甲", "乙")), "registers.toml": {"registers": [SURVEY]}}
    files["items/01.toml"] = item(1, met, sub_point(4, BANDS, inputs=[RATE]))
    files["notice.toml"]["scoring"]["self_score"] = own
    notice = catalogue(folder, files)
    forms = unit_forms(notice, assign(notice), edition=EDITION, key=KEY)
    shape = next(form.shape for form in forms if form.unit == unit)
    return {each.code: each for each in sub_point_scores(notice, read(shape, values))}


@pytest.mark.parametrize("own", [True, False])
def test_what_the_office_scores_has_no_score_yet(own: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter of the test
    """Its values are not there, so nothing is computed, and no unit scores it."""
    scores = scores_of(tmp_path, {}, own=own)
    assert scores["1.2"] == SubPointScore(code="1.2", points=400, auto=None, self_score=None, by_office=True)


@pytest.mark.parametrize(("said", "score", "out"), [("是", 600, False), ("否", 0, False), ("不涉及", 0, True)])
def test_what_is_computed_stands_for_the_self_score(said: str, score: int, out: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """Where units do not score themselves; what does not apply is claimed as ever."""
    scores = scores_of(tmp_path, {"1.1.制度.填报": said}, own=False)
    assert scores["1.1"] == SubPointScore(code="1.1", points=600, auto=score, self_score=score, out=out)


def test_points_of_the_units_class(tmp_path: Path) -> None:
    """A sub-point is worth what it is worth to the unit's class."""
    scores = scores_of(tmp_path, {"1.1.制度.填报": "是", "1.1.自评": 5}, own=True, unit="02社区")
    assert scores["1.1"] == SubPointScore(code="1.1", points=500, auto=500, self_score=500)
