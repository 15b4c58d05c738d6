"""What a unit's facts lack for the whole points, in words that name the fact and the bound."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.notice.model import SubPoint
from fazhi_xl.rounds.shortfalls import Answered, shortfalls, unanswered
from tests.support.campaign import the_notice

Facts = Mapping[str, Value]


def a_sub_point(*parts: Mapping[str, object], measures: Mapping[str, str] | None = None, **more: object) -> SubPoint:
    """Make a sub-point of 5 points over inputs that are called as their keys."""
    keys = ("甲", "乙", "丙", "丁")
    inputs = [
        {"key": key, "label": f"{key}数", "kind": "whole", "measure": (measures or {}).get(key, "件")} for key in keys
    ]
    return SubPoint.model_validate(
        {"code": "1.1", "text": "做到。", "points": 5, "inputs": inputs, "rule": {"parts": parts}, **more}
    )


def said(sub: SubPoint, facts: Facts) -> list[str]:
    return list(shortfalls(Answered(sub=sub, values=facts)))


@pytest.mark.parametrize(
    ("part", "facts", "lacks"),
    [
        ({"kind": "yes", "input": "甲"}, {"甲": "否"}, "甲数:否"),
        ({"kind": "count", "input": "甲", "at_least": 4}, {"甲": 3}, "甲数3件,不到4件"),
        ({"kind": "count", "input": "甲", "at_least": 4, "below": "linear"}, {"甲": 0}, "甲数0件,不到4件"),
        ({"kind": "count_zero", "input": "甲"}, {"甲": 2}, "甲数2件,应为0"),
        (
            {"kind": "rate", "done": ["甲"], "due": ["乙"], "at_least": 95},
            {"甲": 94_996, "乙": 100_000},
            "甲数÷乙数为94996÷100000(94.99%),不到95%",
        ),
        (
            {"kind": "rate", "done": ["甲", "丙"], "due": ["乙"], "no_case": "zero"},
            {"甲": 0, "乙": 0, "丙": 0},
            "(甲数+丙数)÷乙数为0÷0,不到100%",
        ),
        ({"kind": "ratio", "amount": "甲", "base": "乙", "at_least": 10}, {"甲": 50, "乙": 6}, "甲数50件÷乙数6件为8.33,不到10"),
        ({"kind": "fall", "this_year": "甲", "last_year": "乙"}, {"甲": 6, "乙": 6}, "甲数6件,乙数6件,没有降低"),
        (
            {"kind": "fall", "this_year": "甲", "last_year": "乙", "this_year_of": "丙", "last_year_of": "丁"},
            {"甲": 2, "丙": 10, "乙": 1, "丁": 9},
            "甲数2件÷丙数10件,乙数1件÷丁数9件,没有降低",
        ),
        (
            {"kind": "fall", "this_year": "甲", "last_year": "乙", "or_equal": True},
            {"甲": 7, "乙": 6},
            "甲数7件,乙数6件,没有降低或持平",
        ),
        ({"kind": "grade", "input": "甲", "shares": {"全部": 100, "部分": 50}}, {"甲": "部分"}, "甲数:部分"),
        (
            {"kind": "months", "start": "甲", "end": "乙", "at_least": 2},
            {"甲": date(2020, 9, 1), "乙": date(2020, 10, 15)},
            "甲数:2020-09-01,乙数:2020-10-15,不到2个月",
        ),
        (
            {"kind": "days", "start": "甲", "end": "乙", "at_least": 60},
            {"甲": date(2020, 9, 1), "乙": date(2020, 10, 15)},
            "甲数:2020-09-01,乙数:2020-10-15,不到60日",
        ),
        ({"kind": "tally", "terms": [{"input": "甲", "each": 1}, {"input": "乙", "each": 2}]}, {"甲": 2, "乙": 0}, "甲数2件,乙数0件"),
        ({"kind": "deduct", "terms": [{"input": "甲", "each": 1}, {"input": "乙", "each": 2}]}, {"甲": 0, "乙": 1}, "乙数1件"),
        ({"kind": "deduct", "terms": [{"input": "甲", "each": 1, "target": 4}]}, {"甲": 3}, "甲数3件,不足4件"),
        (
            {"kind": "deduct", "terms": [{"done": ["甲"], "due": ["乙"], "reference": 95, "each": 1}]},
            {"甲": 9, "乙": 10},
            "甲数÷乙数为9÷10(90.00%),低于95%",
        ),
        (
            {"kind": "deduct", "terms": [{"done": ["甲"], "due": ["乙"], "reference_input": "丙", "side": "above", "each": 1}]},
            {"甲": 9, "乙": 10, "丙": 80},
            "甲数÷乙数为9÷10(90.00%),高于丙数80件",
        ),
        (
            {"kind": "deduct", "terms": [{"done": ["甲"], "due": ["乙"], "last_done": ["丙"], "last_due": ["丁"], "each": 1}]},
            {"甲": 9, "乙": 10, "丙": 1, "丁": 1},
            "甲数÷乙数为9÷10(90.00%),低于丙数÷丁数为1÷1(100.00%)",
        ),
        (
            {"kind": "balance", "start": 3, "plus": [{"input": "甲", "each": 1}], "minus": [{"input": "乙", "each": 1}]},
            {"甲": 1, "乙": 1},
            "甲数1件,乙数1件",
        ),
        (
            {"kind": "bands", "input": "甲", "bands": [{"at_least": 90, "points": 5}, {"at_least": 80, "points": 3}]},
            {"甲": 85},
            "甲数85件",
        ),
        (
            {"kind": "bands", "done": ["甲"], "due": ["乙"], "bands": [{"at_least": 90, "points": 5}]},
            {"甲": 8, "乙": 10},
            "甲数÷乙数为8÷10(80.00%)",
        ),
    ],
)  # fmt: skip
def test_what_a_part_lacks(part: Mapping[str, object], facts: Facts, lacks: str) -> None:
    """Each kind of rule names its facts as they were answered, and the bound that they miss."""
    assert said(a_sub_point(part), facts) == [lacks]


def test_parts_that_are_whole_or_do_not_apply_are_not_told() -> None:
    """Only what costs points is told, part by part."""
    sub = a_sub_point({"kind": "yes", "input": "甲"}, {"kind": "yes", "input": "乙"}, {"kind": "yes", "input": "丙"})
    assert said(sub, {"甲": "是", "乙": "不涉及", "丙": "否"}) == ["丙数:否"]
    assert said(sub, {"甲": "是", "乙": "是", "丙": "是"}) == []


def test_more_than_the_points_is_whole() -> None:
    """A part that earns more than the sub-point's points lacks nothing."""
    counted = {"kind": "balance", "start": 3, "plus": [{"input": "甲", "each": 1}]}
    assert said(a_sub_point(counted, most=8), {"甲": 1}) == ["甲数1件"]
    assert said(a_sub_point(counted, most=8), {"甲": 3}) == []


def test_what_is_not_answered() -> None:
    """The inputs that the rule reads and that are blank are named; one that is wrong is not blank."""
    sub = a_sub_point({"kind": "rate", "done": ["甲"], "due": ["乙"]}, {"kind": "count", "input": "甲"})
    assert unanswered(Answered(sub=sub, values={"乙": "约5"})) == ("甲数",)
    assert unanswered(Answered(sub=sub, values={"甲": 1, "乙": 2})) == ()


def test_a_decimal_and_a_blank() -> None:
    """A decimal is written as it was answered; a blank input is called so."""
    sub = the_notice().sub_points["17.3"]
    assert said(sub, {"受援": 500, "常住人口": Fraction(583, 10)}) == [
        "法律援助受援500人次÷常住人口58.3万人为8.57,不到10"
    ]
    assert said(a_sub_point({"kind": "yes", "input": "甲"}), {}) == ["甲数没有填"]
