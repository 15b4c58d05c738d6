"""The office's registers: a row counts for the sub-points and the inputs that its register names, and for nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from fazhi_xl.answers.read import Answers
from fazhi_xl.form.expression import Value
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.office.review.values import readers_of, values_of
from fazhi_xl.points import Hundredths
from tests.support.catalogues import Table, catalogue, item, minimal, sub_point

UNIT, OTHER = "01社区", "02社区"


def fact(key: str, by: str = "unit", **more: object) -> Table:
    return {"key": key, "label": f"{key}数", "kind": "whole", "measure": "次", "given_by": by, **more}


def deduct(*keys: str) -> Table:
    return {"kind": "deduct", "terms": [{"input": key, "each": 1} for key in keys]}


def tally(**each: float) -> Table:
    return {"kind": "tally", "terms": [{"input": key, "each": points} for key, points in each.items()]}


ITEMS = item(
    1,
    sub_point(5, deduct("缺席"), inputs=[fact("缺席", "office")]),
    sub_point(5, deduct("违规"), inputs=[fact("违规")]),
    sub_point(5, deduct("一般", "严重"), inputs=[fact("一般", "office"), fact("严重", "office")]),
    sub_point(4, tally(报送=0.5, 采用=2), inputs=[fact("报送"), fact("采用")]),
    sub_point(4, tally(发文=1), inputs=[fact("发文")]),
    sub_point(
        6,
        {"kind": "bands", "input": "满意率", "bands": [{"at_least": 90, "points": 6}, {"at_least": 80, "points": 3}]},
        inputs=[fact("满意率", "office", kind="decimal", measure="%", maximum=100)],
    ),
    sub_point(
        2,
        {"kind": "rate", "done": ["办结"], "due": ["转办"], "at_least": 90, "no_case": "not_applicable"},
        inputs=[fact("办结", "office"), fact("转办", "office")],
    ),
)
REGISTERS: list[Table] = [
    {
        "name": "会议登记", "kept_by": "office", "columns": [{"key": "会议", "kind": "text"}],
        "feeds": [{"sub_point": "1.1", "input": "缺席"}],
    },
    {
        "name": "案件登记", "kept_by": "office", "prefix": "案件", "columns": [
            {"key": "等级", "kind": "choice", "options": ["一般", "严重", "轻微"]},
            {"key": "件数", "kind": "whole", "minimum": 1},
        ],
        "feeds": [
            {"sub_point": "1.3", "input": "一般", "where": {"等级": "一般"}, "sum": "件数"},
            {"sub_point": "1.3", "input": "严重", "where": {"等级": "严重"}},
            {"sub_point": "1.2", "input": "违规", "where": {"等级": "轻微"}},
        ],
    },
    {
        "name": "采用登记", "kept_by": "office", "columns": [{"key": "日期", "kind": "date"}],
        "on_time": {"column": "日期", "day": 15}, "feeds": [{"sub_point": "1.4", "input": "采用", "on_time": True}],
    },
    {
        "name": "调查登记", "kept_by": "office", "prefix": "调查", "scope": "unit",
        "columns": [{"key": "满意率", "kind": "decimal", "maximum": 100, "places": 1}],
        "feeds": [{"sub_point": "1.6", "input": "满意率", "value": "满意率"}],
    },
    {
        "name": "全县数", "kept_by": "office", "scope": "round",
        "columns": [{"key": "办结", "kind": "whole", "required": False}, {"key": "转办", "kind": "whole", "required": False}],
        "feeds": [{"sub_point": "1.7", "input": key, "value": key} for key in ("办结", "转办")],
    },
]  # fmt: skip
OWN: Mapping[str, Value] = {
    "1.2.违规.填报": 1, "1.4.报送.填报": 4, "1.4.采用.填报": 0, "1.5.发文.填报": 3,
    "1.1.自评": 5, "1.2.自评": 4, "1.3.自评": 5, "1.4.自评": 2, "1.5.自评": 3,
}  # fmt: skip


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory) -> Notice:
    about = {**minimal()["notice.toml"], "scoring": {"full": 31}}
    files = {**minimal(), "notice.toml": about, "items/01.toml": ITEMS, "registers.toml": {"registers": REGISTERS}}
    return catalogue(tmp_path_factory.mktemp("registers"), files)


class Review:
    """What the office decided of two units that returned the same."""

    def __init__(self, notice: Notice, own: Mapping[str, Value] = OWN) -> None:
        forms = unit_forms(notice, assign(notice), edition=Edition(number=1), key=b"key")
        self.notice = notice
        self.answers = {form.unit: Answers(shape=form.shape, values=own, findings=()) for form in forms}
        self._made: list[Decision] = []

    def says(self, row: str, unit: str = "", **values: str) -> Review:
        typed = values_of(values, readers_of(self.notice)(row))
        self._made.append(
            Decision(
                no=1, unit=unit, row=row, values=typed, book="审核表.xlsx", sha256="", basis="", seen={}, replaces=None,
                bulk=False, recorded="2032-01-20T09:00:00",
            )
        )  # fmt: skip
        return self

    @property
    def decided(self) -> Decisions:
        return Decisions(notice=self.notice, decisions={each.key: each for each in self._made}, answers=self.answers)

    def scores(self, unit: str = UNIT) -> dict[str, Hundredths | None]:
        """Give the reviewed scores, by sub-point."""
        return {each.code: each.reviewed for each in self.decided.scores(unit, self.answers[unit])}


@pytest.fixture
def review(notice: Notice) -> Review:
    return Review(notice)


NOTHING = dict.fromkeys([f"1.{no}" for no in range(1, 8)])


def test_nothing_registered_decides_nothing(review: Review) -> None:
    """A register without a row on a unit leaves its sub-points to the office's scores."""
    assert review.scores() == NOTHING
    assert review.decided.registered_text(UNIT, "1.1") == ""
    assert review.says("1.1", UNIT, 核定="3").scores()["1.1"] == 300


def test_a_row_touches_its_own_sub_point_alone(review: Review) -> None:
    """A row hits the sub-point that its register feeds, and no other one that loses points; nor any other unit."""
    review.says("会议登记.001", 单位=UNIT, 会议="甲").says("会议登记.002", 单位=UNIT, 会议="乙")
    assert review.scores() == {**NOTHING, "1.1": 300}
    assert review.scores(OTHER) == NOTHING
    assert review.decided.registered_text(UNIT, "1.1") == "按会议登记计分(2条):缺席数2次"
    assert review.decided.registered_text(UNIT, "1.2") == ""


def test_each_row_is_told(review: Review) -> None:
    """A row says what stands in its columns, and that it came late where that counts; a value for each unit is no event."""
    review.says("会议登记.001", 单位=UNIT, 会议="甲会").says("会议登记.002", 单位=UNIT, 会议="乙会")
    review.says("案件.001", 单位=UNIT, 等级="一般", 件数="2")
    review.says("采用登记.001", 单位=UNIT, 日期="2031-03-15").says("采用登记.002", 单位=UNIT, 日期="2031-03-16")
    told = {
        code: [each.text for each in review.decided.events(UNIT, code)] for code in ("1.1", "1.2", "1.3", "1.4", "1.6")
    }
    assert told == {
        "1.1": ["“甲会”", "“乙会”"],
        "1.2": [],
        "1.3": ["等级一般,件数2"],
        "1.4": ["日期2031-03-15", "日期2031-03-16,迟报"],
        "1.6": [],
    }
    assert {each.register for each in review.decided.events(UNIT, "1.1")} == {"会议登记"}


def test_a_row_goes_before_the_score_typed_in(review: Review) -> None:
    """Where a register has a row, what was typed as the office's score no longer counts."""
    review.says("1.1", UNIT, 核定="5").says("会议登记.001", 单位=UNIT, 会议="甲")
    assert review.scores()["1.1"] == 400


def test_a_register_leaves_the_other_inputs_alone(review: Review) -> None:
    """What the register does not feed comes from the unit: its four reports count beside the one that the office registered."""
    review.says("采用登记.001", 单位=UNIT, 日期="2031-03-15")
    assert review.scores() == {**NOTHING, "1.4": 400}
    review.says("采用登记.001", 单位=UNIT, 日期="2031-03-16")
    assert review.scores() == {**NOTHING, "1.4": 200}


def test_where_says_whose_row_it_is(review: Review) -> None:
    """In a register of several sub-points a row is about that whose `where` it meets; sums add up a column."""
    review.says("案件.001", 单位=UNIT, 等级="轻微", 件数="3")
    assert review.scores() == {**NOTHING, "1.2": 400}
    review.says("案件.002", 单位=UNIT, 等级="一般", 件数="2").says("案件.003", 单位=UNIT, 等级="严重", 件数="9")
    assert review.scores() == {**NOTHING, "1.2": 400, "1.3": 200}
    assert review.decided.registered_text(UNIT, "1.3") == "按案件登记计分(2条):一般数2次,严重数1次"


def test_answers_that_are_missing_leave_it_open(notice: Notice) -> None:
    """Without the unit's other answers a rule cannot be reckoned, and the office's score decides."""
    review = Review(notice, {"1.5.发文.填报": 3}).says("采用登记.001", 单位=UNIT, 日期="2031-03-15")
    assert (review.scores()["1.4"], review.decided.registered_text(UNIT, "1.4")) == (None, "")
    assert review.says("1.4", UNIT, 核定="1").scores()["1.4"] == 100


@pytest.mark.parametrize(("rate", "score"), [("95.5", 600), ("90", 600), ("89.9", 300), ("79.9", 0)])
def test_a_value_of_a_unit(review: Review, rate: str, score: int) -> None:
    """A value that the office gives scores by the rule, and says so."""
    review.says("调查", UNIT, 满意率=rate)
    assert review.scores() == {**NOTHING, "1.6": score}
    assert review.decided.registered_text(UNIT, "1.6") == f"按调查登记计分:满意率数{rate}%"


def test_a_missing_value_leaves_it_open(review: Review) -> None:
    """Until the value is there, nothing scores the sub-point, not even a score typed in; it is the office's on every basis."""
    review.says("1.6", UNIT, 核定="6")
    (made,) = (each for each in review.decided.scores(UNIT, review.answers[UNIT]) if each.code == "1.6")
    assert (made.reviewed, made.decided, made.by_office) == (None, False, True)
    assert review.scores(OTHER)["1.6"] is None


def test_what_a_unit_failed_to_enter_earns_nothing(tmp_path: Path) -> None:
    """Where the office's value is there and the unit's own answer is not, the sub-point is settled with 0."""
    mixed = item(1, sub_point(5, deduct("违规", "查处"), inputs=[fact("违规"), fact("查处", "office")]))
    register = {
        "name": "查处登记", "kept_by": "office", "scope": "unit", "columns": [{"key": "查处", "kind": "whole"}],
        "feeds": [{"sub_point": "1.1", "input": "查处", "value": "查处"}],
    }  # fmt: skip
    about = {**minimal()["notice.toml"], "scoring": {"full": 5}}
    files = {**minimal(), "notice.toml": about, "items/01.toml": mixed, "registers.toml": {"registers": [register]}}
    made = catalogue(tmp_path, files)
    assert Review(made, {"1.1.违规.填报": 1}).says("查处登记", UNIT, 查处="2").scores() == {"1.1": 200}
    assert Review(made, {}).says("查处登记", UNIT, 查处="2").scores() == {"1.1": 0}
    assert Review(made, {}).scores() == {"1.1": None}


def test_values_of_the_round(review: Review) -> None:
    """The one row of the round counts for every unit, once all the values are there that the rule reads."""
    review.says("全县数.001", 办结="9")
    assert review.scores()["1.7"] is None
    review.says("全县数.001", 办结="9", 转办="10")
    assert (review.scores()["1.7"], review.scores(OTHER)["1.7"]) == (200, 200)


def test_values_that_take_a_sub_point_out(review: Review) -> None:
    """Where by the office's values nothing applies, the sub-point is taken out as if the office had approved it."""
    review.says("全县数.001", 办结="0", 转办="0")
    (made,) = (each for each in review.decided.scores(UNIT, review.answers[UNIT]) if each.code == "1.7")
    assert (made.reviewed, made.approved, made.decided) == (None, True, True)


def test_vetoes(tmp_path: Path) -> None:
    """What is registered as a veto names the unit, once for each situation; a refused one does not."""
    vetoes = [{"no": no, "text": name, "label": name} for no, name in enumerate(("造假", "事故"), 1)]
    review = Review(catalogue(tmp_path, {**minimal(), "adjustments.toml": {"vetoes": vetoes}}))
    for no, (name, verdict) in enumerate((("造假", "否决"), ("造假", "否决"), ("事故", "不否决")), 1):
        review.says(f"否决登记.{no:03d}", 单位=UNIT, 情形=name, 认定=verdict)
    assert (review.decided.vetoes(UNIT), review.decided.vetoes(OTHER)) == (("造假",), ())


# Bonus and deductions -------------------------------------------------------------------------------------------------

LEVELS = [{"name": "县级", "points": 1}, {"name": "市级", "points": 2.5}]
ADJUSTMENTS: Table = {
    "bonus": [
        {"no": 1, "text": "受表彰的", "label": "表彰", "points": 1, "levels": LEVELS},
        {"no": 2, "text": "被推广的", "label": "推广", "points": 2},
    ],
    "deductions": [{"no": 1, "text": "被通报的", "label": "通报", "points": 2, "again": 2}],
    "limits": [
        {"name": "表彰推广", "of": ["表彰", "推广"], "at_most": 4},
        {"name": "通报", "of": ["通报"], "at_most": 5},
    ],
}


def test_the_office_counts_levels_repeats_and_limits(tmp_path: Path) -> None:
    """What is recognised counts by its level, from the claim where the record does not tell; a limit says what it took off."""
    claims: dict[str, Value] = {
        f"加分.{no:02d}.{column}": said
        for no, row in enumerate((("表彰", "市级"), ("推广", ""), ("表彰", "县级")), 1)
        for column, said in zip(("情形", "级别"), row, strict=True)
    }
    review = Review(catalogue(tmp_path, {**minimal(), "adjustments.toml": ADJUSTMENTS}), claims)
    for no in range(1, 4):
        review.says(f"加分.{no:02d}", UNIT, 认定="认可", 归并=f"甲{no}")
    for no, matter in enumerate("甲乙丙", 1):
        review.says(f"减分登记.{no:03d}", 单位=UNIT, 情形="通报", 事项=matter, 认定="减分")
    decided = review.decided
    assert decided.awards(UNIT) == {"加分.01": 250, "加分.02": 150, "加分.03": 0}
    assert decided.bonus(UNIT) == 400
    assert decided.award_limits(UNIT)["加分.02"] == "表彰推广以4分为限,少计0.5分"
    assert [points for _, points in decided.penalties().values()] == [200, 300, 0]
    assert list(decided.penalty_limits().values()) == ["", "通报以5分为限,少计1分", "通报以5分为限,少计4分"]
    assert (decided.deductions()[UNIT], decided.bonus(OTHER)) == (500, 0)
