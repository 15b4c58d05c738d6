"""The trial: every fact of every sub-point can be typed, and the score beside it is the one of the unit's form."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from fazhi_xl.form.limits import FORMULA_LENGTH, limit_faults
from fazhi_xl.form.meanings import to_formula
from fazhi_xl.form.model import Shape
from fazhi_xl.form.sheets.unit.tasks import auto_field, fact_field
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.setup.book.trial import NAME, rule_sentences, trial
from tests.notice.campaigns import TEMPLATES
from tests.support.campaign import EDITION, KEY
from tests.support.catalogues import Table, catalogue, full, item, minimal, negative_list, sub_point, units
from tests.support.random_rules import every_kind, some_facts
from tests.support.rule_oracle import score_by_hand
from tests.support.trials import shape_of, trial_of

SHIPPED = sorted(folder.name for folder in TEMPLATES.iterdir())


@cache
def shipped(name: str) -> Notice:
    return load(TEMPLATES / name)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_fact_can_be_typed(name: str) -> None:
    """Whoever gives a fact in the real round, a unit, a register or the office: its cell is an input; nothing else is."""
    notice = shipped(name)
    shape = shape_of(notice)
    asked = [fact_field(sub.code, fact.key) for sub in notice.sub_points.values() for fact in sub.inputs]
    assert list(shape.fields) == asked
    assert list(limit_faults(shape)) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_the_formula_of_the_form(name: str) -> None:
    """The score's formula, the hint and the checks of an input are those of the unit's form."""
    notice = shipped(name)
    shape = shape_of(notice)
    for form in unit_forms(notice, assign(notice), edition=EDITION, key=KEY):
        typed = [key for key in shape.fields if key in form.shape.fields]
        same = [(form.shape.fields[key].checks, form.shape.fields[key].prompt) for key in typed]
        assert [(shape.fields[key].checks, shape.fields[key].prompt) for key in typed] == same
        for code in form.shape.sub_points:
            sub = notice.sub_points[code]
            own = {key for key in (auto_field(f"{code}@{no}") for no in (1, 2)) if key in shape.formulas}
            if sub.inputs and all(fact_field(code, fact.key) in form.shape.fields for fact in sub.inputs):
                assert form.shape.formulas[auto_field(code)] in [
                    shape.formulas[key] for key in own or {auto_field(code)}
                ]


def test_every_score(tmp_path: Path) -> None:
    """Of every kind of rule, by chance: the score is what the words of the format give."""
    files = every_kind("trial", 4)
    shape = trial_of(files, tmp_path)
    for raw in (sub for name, table in files.items() if name.startswith("items/") for sub in table["sub_points"]):
        dice = Random(raw["code"])
        for _ in range(3):
            facts = some_facts(dice, raw)
            values = {fact_field(raw["code"], key): value for key, value in facts.items()}
            score = shape.evaluator(values).field(auto_field(raw["code"]))
            assert score == score_by_hand(raw, facts, places=3), (raw, facts)


def shown(shape: Shape, facts: Mapping[str, Any], code: str = "1.1") -> tuple[object, object]:
    """Give the score of a sub-point and what stands beside it."""
    evaluator = shape.evaluator({fact_field("1.1", key): value for key, value in facts.items()})
    return evaluator.field(auto_field(code)), evaluator.field(f"{code}.校验")


YES: Table = {"key": "制度", "label": "建立制度", "kind": "choice", "options": ["是", "否", "不涉及"]}
VISITS: Table = {"key": "次数", "label": "走访次数", "kind": "whole", "measure": "次", "maximum": 10}
BALANCE: Table = {"kind": "balance", "minus": [{"input": "次数", "each": 1}]}


@pytest.mark.parametrize(
    ("fact", "score", "said", "beside"),
    [
        (None, "", "黄格填对了才有测算分", "待填:建立制度"),
        ("有", "", "黄格填对了才有测算分", "错误:请从下拉列表选:是、否、不涉及"),
        ("是", 2, "得满分", "通过"),
        ("否", 0, "不得分", "通过"),
        ("不涉及", 0, "不涉及:核准以前计0分,核准以后不计入应得分", "通过"),
    ],
)
def test_what_is_said(fact: str | None, score: object, said: str, beside: str, tmp_path: Path) -> None:
    """A blank is asked for, a wrong fact is named as the form names it, and 不涉及 is no 0."""
    files = minimal() | {"items/01.toml": item(1, sub_point(2, {"kind": "yes", "input": "制度"}, inputs=[YES]))}
    shape = trial_of(files, tmp_path)
    assert shown(shape, {"制度": fact}) == (score, said)
    assert shape.evaluator({"1.1.制度.填报": fact}).field("1.1.制度.校验") == beside


def test_a_reading_that_leaves_out(tmp_path: Path) -> None:
    """Where 不涉及 is taken out of the full marks at once, that is said."""
    files = deepcopy(minimal()) | {
        "items/01.toml": item(1, sub_point(2, {"kind": "yes", "input": "制度"}, inputs=[YES]))
    }
    files["notice.toml"]["scoring"]["not_applicable"] = "out"
    assert shown(trial_of(files, tmp_path), {"制度": "不涉及"}) == (0, "不涉及:不计入应得分")


def test_a_score_below_zero(tmp_path: Path) -> None:
    """Between which scores a sub-point is scored stands beside it where that is not 0 and its points."""
    files = minimal() | {"items/01.toml": item(1, sub_point(0, BALANCE, inputs=[VISITS], least=-3, most=2))}
    shape = trial_of(files, tmp_path)
    assert shown(shape, {"次数": 2}) == (-2, "倒扣分")
    assert shape.given["1.1.说明"] == "最高2分、最低-3分"


def test_part_of_the_points(tmp_path: Path) -> None:
    """A score between nothing and all is said to be a part."""
    count: Table = {"kind": "count", "input": "次数", "at_least": 4, "below": "linear"}
    files = minimal() | {"items/01.toml": item(1, sub_point(2, count, inputs=[VISITS]))}
    assert shown(trial_of(files, tmp_path), {"次数": 1})[1] == "得一部分分"


def test_who_gives_a_fact() -> None:
    """A fact that no unit types is typed here, and it is said where it comes from in the real round."""
    notice = shipped("wanglan-bumen-2023")
    shape = shape_of(notice)
    hints = {key: said for key, said in shape.given.items() if str(said).endswith("表") and "正式评价" in str(said)}
    assert str(hints["2.2.主题活动.分值"]).endswith("。正式评价时取自“普法活动登记”表")


def test_what_the_office_gives(tmp_path: Path) -> None:
    """A fact of the office's records is an input here as well."""
    shape = trial_of(full(), tmp_path)
    told = [key for key, said in shape.given.items() if "正式评价时由办公室提供" in str(said)]
    assert told
    assert all(key.replace("分值", "填报") in shape.fields for key in told)


# Ranking groups -------------------------------------------------------------------------------------------------------


def test_a_row_for_each_worth() -> None:
    """A sub-point that groups are asked for otherwise has a score for each: the same facts, other points."""
    notice = shipped("wanglan-bumen-2023")
    shape = shape_of(notice)
    facts = {key: "是" for key in shape.fields if key.startswith("1.1.")}
    evaluator = shape.evaluator(facts)
    assert [evaluator.field(auto_field(code)) for code in ("1.1@1", "1.1@2")] == [2, 3]
    assert [shape.given[f"1.1@{no}.项目"] for no in (1, 2)] == ["行政执法类得分", "综合管理类得分"]
    assert auto_field("1.1") not in shape.formulas
    assert "行政执法类:以下2条平均分配2分:" in str(shape.given["1.1.会议述法.分值"])


def grouped(points: Mapping[str, int], answered_by: list[str]) -> dict[str, Table]:
    files = deepcopy(minimal(3)) | {
        "items/01.toml": item(1, sub_point(2, points_by_group=points, answered_by=answered_by))
    }
    files["units.toml"] = units(3, ("甲", "乙", "丙"))
    return files


@pytest.mark.parametrize(
    ("points", "answered_by", "named", "scores"),
    [
        ({"乙": 3}, [], ["甲组、丙组得分", "乙组得分"], [2, 3]),
        ({"乙": 3, "丙": 3, "甲": 3}, [], [], [3]),  # nobody is asked for the sub-point's own points
        ({"乙": 2}, [], [], [2]),
        ({"乙": 3}, ["02社区"], [], [3]),  # only a unit of that group answers
        ({"乙": 3}, ["01社区", "03社区"], [], [2]),
    ],
)
def test_groups_that_are_asked(
    points: Mapping[str, int], answered_by: list[str], named: list[str], scores: list[int], tmp_path: Path
) -> None:
    """Only what some unit is asked for has a row; groups that are asked for the same share one."""
    shape = trial_of(grouped(points, answered_by), tmp_path)
    codes = [f"1.1@{no}" for no in range(1, len(named) + 1)] or ["1.1"]
    evaluator = shape.evaluator({"1.1.次数.填报": 4})
    assert [evaluator.field(auto_field(code)) for code in codes] == scores
    assert [shape.given[f"{code}.项目"] for code in codes if named] == named


# Sentences ------------------------------------------------------------------------------------------------------------


def test_sentences() -> None:
    """Each rule, and each part of it, in the words that units read beside their inputs."""
    said = rule_sentences(shipped("zhonglou-2020"))
    assert said.of_sub_points["1.1"] == "专题研究党内法规执行的会议数量达到1得分,不足的不得分"
    assert said.of_sub_points["1.2"] == (
        "以下2条平均分配1分:纳入理论学习中心组学习填“是”得分;纳入干部教育培训填“是”得分"
    )
    assert said.of_parts["1.2", 1] == "纳入干部教育培训填“是”得分"


def test_sentences_of_groups() -> None:
    """Where groups read different words, each one's are given under its name."""
    said = rule_sentences(shipped("wanglan-bumen-2023"))
    assert said.of_sub_points["述法"].startswith("行政执法类:以下2条平均分配2分:")
    assert "。综合管理类:以下2条平均分配3分:" in said.of_sub_points["述法"]
    assert said.of_parts["述法", 0] == "在领导班子会议上述法填“是”得分"


# Bounds ---------------------------------------------------------------------------------------------------------------


def test_no_sub_point(tmp_path: Path) -> None:
    """A catalogue without items has no trial."""
    assert trial(catalogue(tmp_path, negative_list())) is None


def many_terms(count: int) -> Table:
    asked = [{"key": f"甲{no}", "label": f"事实{no}", "kind": "whole"} for no in range(count)]
    terms = [{"input": each["key"], "each": Decimal("0.01"), "again": 3, "cap": 1} for each in asked]
    return sub_point(10, {"kind": "deduct", "terms": terms}, inputs=asked)


def test_what_no_program_could_hold(tmp_path: Path) -> None:
    """A formula that is too long is not written: the words for it stand in its place, and all else is there."""
    files = minimal() | {"items/01.toml": item(1, many_terms(80), sub_point(1))}
    shape = trial_of(files, tmp_path)
    assert auto_field("1.1") not in shape.formulas
    assert shape.given[auto_field("1.1")] == "—"
    assert str(shape.given["1.1.校验"]).startswith("这里试算不了:公式有")
    assert auto_field("1.2") in shape.formulas
    assert list(limit_faults(shape)) == []


def test_texts_that_no_row_is_high_enough_for(tmp_path: Path) -> None:
    """A text is cut to what the highest row takes, and ends in the mark of what is left out."""
    hint = {**VISITS, "label": "长" * 900}
    files = minimal() | {"items/01.toml": item(1, {**sub_point(2, inputs=[hint]), "text": "长" * 900})}
    shape = trial_of(files, tmp_path)
    assert [shape.given[key] for key in ("1.1.项目", "1.1.次数.项目", "1.1.次数.分值")] == ["长" * 499 + "…"] * 3


def test_two_hundred_sub_points(tmp_path: Path) -> None:
    """A catalogue of 200 sub-points has its trial, in formulas that every program holds."""
    subs = [many_terms(8), *(sub_point(1) for _ in range(9))]
    files = minimal() | {f"items/{no:02d}.toml": item(no, *subs) for no in range(1, 21)}
    files["notice.toml"]["scoring"] = {"full": 380}
    shape = trial_of(files, tmp_path)
    assert len(shape.sub_points) == 200
    assert list(limit_faults(shape)) == []
    place = shape.seen_from(NAME)
    assert max(len(to_formula(expr, place)) for expr in shape.formulas.values()) < FORMULA_LENGTH
