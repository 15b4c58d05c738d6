"""What a sub-point's rule contradicts itself in, as `--check` reports it at its place within the sub-point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from fazhi_xl.notice.model import SubPoint
from fazhi_xl.notice.parts import PART_CHECKS

Raw = Mapping[str, Any]

INPUTS: tuple[Raw, ...] = (
    {"key": "件数", "label": "件数", "kind": "whole"},
    {"key": "办结", "label": "办结", "kind": "whole"},
    {"key": "受理", "label": "受理", "kind": "whole"},
    {"key": "上年", "label": "上年办结", "kind": "whole"},
    {"key": "基准", "label": "全县平均", "kind": "decimal"},
    {"key": "经费", "label": "经费", "kind": "decimal", "minimum": 1, "maximum": 9000},
    {"key": "制度", "label": "制度", "kind": "choice", "options": ["是", "否"]},
)
RATE = {"done": ["办结"], "due": ["受理"]}
EVENTS = {"input": "件数", "each": 1}
AVERAGE = {**RATE, "reference_input": "基准", "each": 1}
YES = {"kind": "yes", "input": "制度"}
ONLY_IN_POINTS = "分值为0,或者另写了 least、most 的,只能写一条规则,种类为 tally、deduct、balance 或 bands"


def faults(
    *parts: Raw, points: int = 5, combine: str = "each", inputs: Iterable[Raw] = (), **more: object
) -> list[str]:
    """Give what is wrong with a sub-point; `inputs` are more than the usual ones, or stand for those of the same key."""
    asked = {each["key"]: dict(each) for each in (*INPUTS, *inputs)}
    raw = {
        "code": "1.1",
        "text": "一句。",
        "points": points,
        "inputs": list(asked.values()),
        "rule": {"combine": combine, "parts": list(parts)},
        **more,
    }
    return [f"{path}: {said}" for check in PART_CHECKS for path, said in check(SubPoint.model_validate(raw))]


def deduct(*terms: Raw, **more: object) -> Raw:
    return {"kind": "deduct", "terms": list(terms), **more}


def bands(*pairs: Raw, **more: object) -> Raw:
    return {"kind": "bands", "bands": list(pairs), **more}


def at_least(bound: object, points: int = 1) -> Raw:
    return {"at_least": bound, "points": points}


def at_most(bound: object, points: int = 1) -> Raw:
    return {"at_most": bound, "points": points}


@pytest.mark.parametrize(
    ("parts", "more", "said"),
    [
        ((deduct(EVENTS),), {"points": 0, "least": -5}, []),
        ((deduct(EVENTS), YES), {"least": -5}, [f"rule.parts: {ONLY_IN_POINTS}"]),
        ((YES,), {"points": 0, "most": 2}, [f"rule.parts: {ONLY_IN_POINTS}"]),
        ((YES,), {"most": 9}, [f"rule.parts: {ONLY_IN_POINTS}"]),
        ((YES,), {"points_by_group": {"乙": 9}}, []),
        ((YES,), {"most": 5, "points_by_group": {"乙": 9}}, ["most: 不能小于分值9"]),
        ((YES,), {"most": 9, "points_by_group": {"乙": 9}}, [f"rule.parts: {ONLY_IN_POINTS}"]),
        ((YES,), {"points_by_group": {"乙": 0}}, ["points_by_group.乙: 应大于0;这一组不用填的,不写进 answered_by"]),
        ((deduct(EVENTS),), {"points_by_group": {"乙": 0}, "least": -2}, []),
    ],
)  # fmt: skip
def test_bounds(parts: tuple[Raw, ...], more: dict[str, Any], said: list[str]) -> None:
    """Only one rule that counts in points reaches below 0 or above the points, and each class has something to earn or lose."""
    assert faults(*parts, **more) == said


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"kind": "balance", "start": 6, "plus": [EVENTS]}, ["rule.parts[0].start: 应在-1至5之间"]),
        ({"kind": "balance", "start": -1, "plus": [EVENTS]}, []),
        (bands(at_least(3, 6), input="件数"), ["rule.parts[0].bands[0].points: 应在-1至5之间"]),
        (bands(at_least(3, 5), input="件数", otherwise=-2), ["rule.parts[0].otherwise: 应在-1至5之间"]),
    ],
)
def test_fixed_points(part: Raw, said: list[str]) -> None:
    """Points that a rule names lie within what the sub-point is scored with."""
    assert faults(part, least=-1) == said


def test_fixed_points_of_every_class() -> None:
    """A class with fewer points cannot earn what a band gives."""
    assert faults(bands(at_least(3, 5), input="件数"), points_by_group={"乙": 4}) == [
        "rule.parts[0].bands[0].points: 应在0至4之间"
    ]


@pytest.mark.parametrize(
    ("parts", "combine", "said"),
    [
        (({**YES, "weight": 2},), "each", ["rule.parts[0].weight: 只有一条规则,不用写权重"]),
        (({**YES, "weight": 2}, YES), "all", ["rule.parts[0].weight: combine = “all”的规则要全部做到,不用写权重"]),
        (({**YES, "weight": 2}, YES), "each", []),
    ],
)
def test_weights(parts: tuple[Raw, ...], combine: str, said: list[str]) -> None:
    """A weight stands only where it weighs something."""
    assert faults(*parts, combine=combine) == said


@pytest.mark.parametrize(
    ("term", "inputs", "said"),
    [
        ({**EVENTS, "target": 4}, (), []),
        ({**EVENTS, "target": 4, "again": 2}, (), ["again: 缺少的件数(target)没有先后,不能加倍"]),
        ({**EVENTS, "input": "经费"}, (), ["input: “经费”应为整数(whole),现为小数(decimal)"]),
        ({**RATE, "reference": Decimal("97.5"), "each": 1}, (), []),
        ({**RATE, "reference": Decimal("97.125"), "each": 1}, (), ["reference: 最多两位小数,例如 97.5"]),
        (AVERAGE, (), []),
        ({**RATE, "reference_input": "平均", "each": 1}, (), ["reference_input: 没有“平均”这个填报指标"]),
        ({**RATE, "reference_input": "制度", "each": 1}, (), ["reference_input: “制度”应为整数(whole)或小数(decimal),现为选择(choice)"]),
        (AVERAGE, ({**INPUTS[4], "required": False},), ["reference_input: “基准”是比较的基准,不能写 required = false"]),
        (AVERAGE, ({**INPUTS[4], "given_by": "office", "required": False},), []),
        ({**RATE, "last_done": ["上年"], "last_due": ["经费"], "each": 1}, (), ["last_due[0]: “经费”应为整数(whole),现为小数(decimal)"]),
    ],
)  # fmt: skip
def test_terms(term: Raw, inputs: tuple[Raw, ...], said: list[str]) -> None:
    """What a term reads is there and can be counted, and its options go together, wherever terms stand."""
    assert faults(deduct(term), inputs=inputs) == [f"rule.parts[0].terms[0].{each}" for each in said]
    balance = {"kind": "balance", "start": 5, "plus": [EVENTS], "minus": [EVENTS, term]}
    assert faults(balance, inputs=inputs) == [f"rule.parts[0].minus[1].{each}" for each in said]


UNREACHED = "前面的档已经包括这一档,永远轮不到;请按从严到宽的次序写"
BOUND = "界限最多两位小数,不超过10亿,例如 97.5"


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (bands(at_least(3), at_least(1), input="件数"), []),
        (bands(at_least(1), at_least(3), input="件数"), [f"bands[1]: {UNREACHED}"]),
        (bands(at_least(3), at_least(3), input="件数"), [f"bands[1]: {UNREACHED}"]),
        (bands(at_most(1), at_most(3), input="件数"), []),
        (bands(at_most(3), at_most(1), input="件数"), [f"bands[1]: {UNREACHED}"]),
        (bands(at_most(1), at_least(3), input="件数"), []),
        (bands(at_least(9001), input="经费"), ["bands[0]: 填报的数在1至9000之间,达不到这一档"]),
        (bands(at_most(Decimal("0.5")), input="经费"), ["bands[0]: 填报的数在1至9000之间,达不到这一档"]),
        (bands(at_least(101), at_most(-1), **RATE), ["bands[1]: 率不会小于0,达不到这一档"]),
        (bands(at_least(Decimal("97.125")), **RATE), [f"bands[0]: {BOUND}"]),
        (bands(at_least(Decimal(10**10)), **RATE), [f"bands[0]: {BOUND}"]),
        (bands(at_least(3), input="制度"), ["input: “制度”应为整数(whole)或小数(decimal),现为选择(choice)"]),
        (bands(at_least(3), done=["办结"], due=["经费"]), ["due[0]: “经费”应为整数(whole),现为小数(decimal)"]),
    ],
)
def test_bands(part: Raw, said: list[str]) -> None:
    """Each band can be reached, by a number that can be entered and that no earlier band takes."""
    assert faults(part) == [f"rule.parts[0].{each}" for each in said]


NEGATIVE = {"key": "增幅", "label": "增幅", "kind": "decimal", "minimum": -100}


def test_negative_numbers() -> None:
    """A number that is compared may be negative, one that is counted may not."""
    assert faults(bands(at_least(3), input="增幅"), inputs=[NEGATIVE]) == []
    assert faults(deduct({**RATE, "reference_input": "增幅", "each": 1}), inputs=[NEGATIVE]) == []
    less = {**INPUTS[0], "minimum": -1}
    assert faults(deduct(EVENTS), inputs=[less]) == ["inputs[0].minimum: 规则按件数计算,不能小于0"]


@pytest.mark.parametrize("more", [{"given_by": "register"}, {"required": False}])
def test_divisor(more: Raw) -> None:
    """What a ratio divides by is entered, and never blank."""
    ratio = {"kind": "ratio", "amount": "件数", "base": "经费", "at_least": 4}
    assert faults(ratio) == []
    assert faults(ratio, inputs=[{**INPUTS[5], **more}]) == [
        "rule.parts[0].base: “经费”是除数,要由单位或办公室填报,不能空着"
    ]
