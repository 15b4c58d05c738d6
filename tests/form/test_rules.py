"""What the scoring rules mean, against a computation of their own with fractions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.form import rules
from fazhi_xl.form.compiled import Evaluator
from fazhi_xl.form.expression import FALSE, Value
from fazhi_xl.form.facts import Facts as Asked
from fazhi_xl.form.meanings import to_formula
from fazhi_xl.form.rules import Worth
from fazhi_xl.form.sentences import explain
from fazhi_xl.form.sheets.unit.tasks import auto_field, fact_field, self_field
from fazhi_xl.notice.model import SubPoint
from fazhi_xl.notice.rules import (
    Band,
    Bands,
    Count,
    CountZero,
    Days,
    Deduct,
    EventTerm,
    Fall,
    Grade,
    Months,
    Part,
    Rate,
    Ratio,
    Rule,
    Tally,
    Yes,
)
from fazhi_xl.points import Hundredths, Kept, figure
from tests.support.campaign import shape_with, sub_point, the_notice

Facts = Mapping[str, Value]
counts = st.integers(0, 120)
below = st.sampled_from(["zero", "linear"])
no_cases = st.sampled_from(["met", "not_applicable", "zero"])


def rounded(value: Fraction) -> int:
    """Round a score, which is never negative, half up."""
    return floor(value + Fraction(1, 2))


def asked(facts: Facts) -> Asked:
    decimals = frozenset(key for key, value in facts.items() if isinstance(value, Fraction))
    return Asked({key: key for key in facts}, decimals)


def worth(points: Hundredths, least: Hundredths = 0, most: Hundredths | None = None) -> Worth:
    return Worth(points=points, least=least, most=points if most is None else most)


def share_of(part: Part, facts: Facts, points: int = 100) -> Fraction | None:
    """Give the share that a part earns, None where it does not apply."""
    share, evaluator = rules.share(part, asked(facts), worth(points)), Evaluator(facts)
    if evaluator.value(share.out):
        return None
    over, under = evaluator.value(share.over), evaluator.value(share.under)
    assert isinstance(over, int | Fraction)
    assert isinstance(under, int | Fraction)
    return Fraction(over) / Fraction(under)


def score_of(rule: Rule, facts: Facts, points: int) -> Value:
    return Evaluator(facts).value(rules.score(rule, asked(facts), worth(points)))


# Each kind of part against its clause -----------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "share"), [("是", 1), ("否", 0), ("不涉及", None), (None, 0)])
def test_yes(answer: str | None, share: int | None) -> None:
    """是 earns the share, 否 and no answer nothing, 不涉及 takes the part out."""
    assert share_of(Yes(kind="yes", input="甲"), {"甲": answer}) == share


@given(counts, st.integers(1, 12), below)
def test_count(count: int, at_least: int, how: str) -> None:
    """不少于n次: reaching the number earns all; short of it nothing, or in proportion."""
    part = Count(kind="count", input="次数", at_least=at_least, below=how)
    short_of = Fraction(count, at_least) if how == "linear" else Fraction(0)
    assert share_of(part, {"次数": count}) == (1 if count >= at_least else short_of)


@given(counts)
def test_count_zero(count: int) -> None:
    """未…: not one case may have happened."""
    assert share_of(CountZero(kind="count_zero", input="件数"), {"件数": count}) == (1 if count == 0 else 0)


@given(counts, counts, st.integers(1, 100), below, no_cases)
def test_rate(first: int, second: int, at_least: int, how: str, no_case: str) -> None:
    """率不低于p%: the rate is compared as a fraction; short of it nothing, or the part of p that is reached."""
    done, due = min(first, second), max(first, second)
    part = Rate(kind="rate", done=("已",), due=("应",), at_least=at_least, below=how, no_case=no_case)
    if due == 0:
        expected: Fraction | int | None = {"met": 1, "zero": 0, "not_applicable": None}[no_case]
    else:
        reached = Fraction(done, due) / Fraction(at_least, 100)
        expected = 1 if reached >= 1 else (reached if how == "linear" else 0)
    assert share_of(part, {"已": done, "应": due}) == expected


@given(st.lists(st.tuples(counts, counts), min_size=2, max_size=3))
def test_rate_of_sums(levels: list[tuple[int, int]]) -> None:
    """Where several numbers are named, their sums make one rate."""
    done = {f"已{no}": min(pair) for no, pair in enumerate(levels)}
    due = {f"应{no}": max(pair) for no, pair in enumerate(levels)}
    part = Rate(kind="rate", done=tuple(done), due=tuple(due), below="linear", no_case="zero")
    whole = sum(due.values())
    assert share_of(part, {**done, **due}) == (Fraction(sum(done.values()), whole) if whole else 0)


@given(st.integers(0, 9_999), st.integers(1, 20_000), st.integers(1, 20), below)
def test_ratio(amount: int, base: int, at_least: int, how: str) -> None:
    """每万人…达n: the number per unit of the base, which may have two places."""
    people = Fraction(base, 100)
    part = Ratio(kind="ratio", amount="受援", base="人口", at_least=at_least, below=how)
    reached = amount / people / at_least
    expected = 1 if reached >= 1 else (reached if how == "linear" else 0)
    assert share_of(part, {"受援": amount, "人口": people}) == expected


@given(counts, counts, st.booleans())
def test_fall(now: int, before: int, equal: bool) -> None:  # noqa: FBT001 - drawn
    """减少: fewer than last year, or as many where that is enough, or none at all."""
    part = Fall(kind="fall", this_year="本年", last_year="上年", or_equal=equal)
    met = now < before or now == 0 or (equal and now == before)
    assert share_of(part, {"本年": now, "上年": before}) == (1 if met else 0)


@given(counts, counts, counts, counts, st.booleans())
def test_fall_of_a_rate(
    lost: int,
    decided: int,
    lost_before: int,
    decided_before: int,
    equal: bool,  # noqa: FBT001 - drawn
) -> None:
    """降低…率: a lower rate than last year's, or nothing lost; without cases last year there is no rate to compare with."""
    facts = {
        "本年败诉": min(lost, decided),
        "本年判决": max(lost, decided),
        "上年败诉": min(lost_before, decided_before),
        "上年判决": max(lost_before, decided_before),
    }
    part = Fall(
        kind="fall",
        this_year="本年败诉",
        last_year="上年败诉",
        this_year_of="本年判决",
        last_year_of="上年判决",
        or_equal=equal,
    )
    none_lost = facts["本年败诉"] == 0
    comparable = facts["本年判决"] > 0 and facts["上年判决"] > 0
    if comparable:
        now, before = (Fraction(facts[f"{year}败诉"], facts[f"{year}判决"]) for year in ("本年", "上年"))
    met = none_lost or (comparable and (now < before or (equal and now == before)))
    assert share_of(part, facts) == (1 if met else 0)


@pytest.mark.parametrize(
    ("lost", "decided", "lost_before", "decided_before", "share"),
    [(2, 10, 1, 5, 1), (3, 10, 1, 5, 0), (1, 10, 0, 0, 0), (0, 0, 0, 0, 1)],
)
def test_an_equal_rate_is_enough(lost: int, decided: int, lost_before: int, decided_before: int, share: int) -> None:
    """与上年持平也算: the same rate earns the points where the catalogue says so; no cases last year are no rate to equal."""
    part = Fall(kind="fall", this_year="甲", last_year="乙", this_year_of="丙", last_year_of="丁", or_equal=True)
    facts = Asked({key: key for key in "甲乙丙丁"}, within=frozenset({("甲", "丙"), ("乙", "丁")}))
    earned = rules.share(part, facts, worth(100)).over
    values = dict(zip("甲丙乙丁", (lost, decided, lost_before, decided_before), strict=True))
    assert Evaluator(values).value(earned) == share


def test_no_rate_to_fall_below() -> None:
    """Cases without a base make no rate, which the formula asks about only where the form does not refuse them already."""
    part = Fall(kind="fall", this_year="甲", last_year="乙", this_year_of="丙", last_year_of="丁")
    facts: Facts = {"甲": 1, "乙": 5, "丙": 9, "丁": 0}
    assert share_of(part, facts) == 0
    refused = Asked({key: key for key in facts}, within=frozenset({("乙", "丁")}))
    assert to_formula(rules.share(part, refused, worth(100)).over, str) == "IF(OR((甲=0),((甲*丁)<(乙*丙))),1,0)"


@pytest.mark.parametrize(
    ("answer", "share"),
    [("优秀", 1), ("良好", Fraction(4, 5)), ("较差", 0), ("不涉及", None), (None, 0), ("约优秀", 0)],
)
def test_grade(answer: str | None, share: Fraction | int | None) -> None:
    """A grade earns its per cent; 不涉及 takes the part out."""
    part = Grade(kind="grade", input="等次", shares={"优秀": 100, "良好": 80, "较差": 0})
    assert share_of(part, {"等次": answer}) == share


@pytest.mark.parametrize(
    ("start", "end", "share"),
    [
        (date(2020, 9, 1), date(2020, 10, 31), 1),
        (date(2020, 9, 1), date(2020, 10, 30), 0),
        (date(2020, 9, 15), date(2020, 11, 14), 1),
        (date(2020, 9, 15), date(2020, 11, 13), 0),
        (date(2020, 1, 1), date(2020, 2, 29), 1),
        (date(2020, 10, 31), date(2020, 12, 30), 1),
        (date(2020, 12, 1), date(2020, 12, 31), 0),
    ],
)
def test_months(start: date, end: date, share: int) -> None:
    """不少于2个月: both days count, so 1 September to 31 October is two months."""
    part = Months(kind="months", start="起始", end="结束", at_least=2)
    assert share_of(part, {"起始": start, "结束": end}) == share


@pytest.mark.parametrize(
    ("start", "end", "share"),
    [
        (date(2020, 9, 1), date(2020, 10, 30), 1),
        (date(2020, 9, 1), date(2020, 10, 29), 0),
        (date(2020, 1, 1), date(2020, 2, 29), 1),
        (date(2021, 1, 1), date(2021, 2, 28), 0),
        (date(2020, 12, 1), date(2020, 12, 31), 0),
    ],
)
def test_days(start: date, end: date, share: int) -> None:
    """不少于60日: both days count, so 1 September to 30 October is sixty days, and January with February is not in every year."""
    part = Days(kind="days", start="起始", end="结束", at_least=60)
    assert share_of(part, {"起始": start, "结束": end}) == share


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (Days(kind="days", start="起始", end="结束", at_least=60), "甲至乙不少于60日得分(首尾两日都计入)"),
        (Fall(kind="fall", this_year="起始", last_year="结束", or_equal=True), "甲不高于乙,或甲为0,得分"),
    ],
)
def test_days_and_an_equal_number_in_words(part: Part, said: str) -> None:
    """The sentence names the days, and says where last year's number is enough."""
    sub = sub_point("18.3")
    named = tuple(each.model_copy(update={"label": label}) for each, label in zip(sub.inputs, "甲乙", strict=True))
    asked = sub.model_copy(update={"rule": Rule(parts=(part,)), "inputs": named})
    assert explain(asked) == {"起始": said, "结束": ""}


@given(st.integers(0, 30), st.integers(0, 6))
def test_tally(sent: int, adopted: int) -> None:
    """报送1篇得0.5分,录用1篇得2分,累计得分不超过4分."""
    part = Tally(
        kind="tally", terms=(EventTerm(input="报送", each=Decimal("0.5")), EventTerm(input="录用", each=Decimal(2)))
    )
    earned = min(Fraction(4), Fraction(sent, 2) + 2 * adopted)
    assert share_of(part, {"报送": sent, "录用": adopted}, points=400) == earned / 4


@given(st.integers(0, 20), st.sampled_from(["1", "0.5", "1.25"]))
def test_deduct(times: int, each: str) -> None:
    """有1次扣1分,扣完为止: never below zero."""
    part = Deduct(kind="deduct", terms=(EventTerm(input="不配合", each=Decimal(each)),))
    assert share_of(part, {"不配合": times}, points=500) == max(Fraction(0), 5 - times * Fraction(each)) / 5


def test_a_part_of_an_unknown_kind_is_refused() -> None:
    """A kind of part that has no meaning here is a fault of the program, and no zero."""
    with pytest.raises(TypeError):
        rules.share(object(), Asked({}), worth(100))


def test_a_term_of_an_unknown_kind_is_refused() -> None:
    """Neither counted nor said: that would be a fault of the program."""
    terms = (SimpleNamespace(each=Decimal(1), cap=None),)
    deduct = Deduct.model_construct(kind="deduct", terms=terms, cap=None)  # type: ignore[arg-type] # the point of the test
    with pytest.raises(TypeError):
        rules.share(deduct, Asked({}), worth(100))


# Parts together ---------------------------------------------------------------------------------------------

ANSWERS = st.lists(st.sampled_from(["是", "否", "不涉及"]), min_size=2, max_size=7)


@given(ANSWERS, st.sampled_from([50, 100, 200, 300, 1000]))
def test_equal_shares_of_those_that_apply(answers: list[str], points: int) -> None:
    """Each part that applies has an equal share; what is 不涉及 drops out, and where all is, there is no score."""
    facts = {f"第{no}": answer for no, answer in enumerate(answers)}
    rule = Rule(parts=tuple(Yes(kind="yes", input=key) for key in facts))
    applying = [answer for answer in answers if answer != "不涉及"]
    mean = Fraction(applying.count("是"), len(applying)) if applying else Fraction(0)
    assert score_of(rule, facts, points) == rounded(points * mean)
    assert Evaluator(facts).value(rules.combined(rule, asked(facts), worth(points)).out) is (not applying)


@given(ANSWERS)
def test_all_or_nothing(answers: list[str]) -> None:
    """With 缺一不可 every part that applies has to be met."""
    facts = {f"第{no}": answer for no, answer in enumerate(answers)}
    rule = Rule(combine="all", parts=tuple(Yes(kind="yes", input=key) for key in facts))
    met = "否" not in answers and "是" in answers
    assert score_of(rule, facts, 200) == (200 if met else 0)


@given(counts, counts, st.integers(1, 9), st.integers(1, 9))
def test_shares_with_other_denominators_are_added_exactly(sent: int, due: int, first: int, second: int) -> None:
    """A mean of proportions is exact, whatever stands below the line, and is rounded once."""
    rule = Rule(
        parts=(
            Count(kind="count", input="甲", at_least=first, below="linear"),
            Rate(kind="rate", done=("乙",), due=("丙",), below="linear"),
            Count(kind="count", input="丁", at_least=second, below="linear"),
            Rate(kind="rate", done=("甲",), due=("丙",), below="linear", no_case="not_applicable"),
        )
    )
    facts = {"甲": min(sent, due), "乙": sent // 2, "丙": max(due, sent), "丁": due}
    whole = Fraction(facts["丙"])
    shares = [
        min(Fraction(1), Fraction(facts["甲"], first)),
        facts["乙"] / whole if whole else Fraction(1),
        min(Fraction(1), Fraction(facts["丁"], second)),
        *([facts["甲"] / whole] if whole else []),
    ]
    assert score_of(rule, facts, 300) == rounded(300 * sum(shares, Fraction(0)) / len(shares))


def test_constant_denominators_meet_at_their_least_common_multiple() -> None:
    """Formulas stay short: thirds and halves are added as sixths."""
    rule = Rule(
        parts=(
            Count(kind="count", input="甲", at_least=2, below="linear"),
            Count(kind="count", input="乙", at_least=3, below="linear"),
        )
    )
    share = rules.combined(rule, Asked({"甲": "甲", "乙": "乙"}), worth(100))
    assert (share.out, Evaluator({}).value(share.under)) == (FALSE, 12)


@pytest.mark.parametrize(
    ("yes", "no", "points", "score"),
    [
        (2, 1, 200, 133),
        (1, 2, 200, 67),
        (1, 2, 100, 33),
        (2, 1, 100, 67),
        (3, 2, 100, 60),
        (1, 3, 50, 13),
        (1, 7, 300, 38),
    ],
)
def test_thirds_and_fifths_are_rounded_once(yes: int, no: int, points: int, score: int) -> None:
    """Two of three 制度 at 2 points are 1.33, and an eighth of 0.5 rounds up."""
    facts = {f"第{at}": "是" if at < yes else "否" for at in range(yes + no)}
    assert score_of(Rule(parts=tuple(Yes(kind="yes", input=key) for key in facts)), facts, points) == score


# Scores kept to three places, or cut --------------------------------------------------------------------------

KEPT = st.builds(Kept, places=st.sampled_from([2, 3]), down=st.booleans())
thousandths = st.integers(1, 3_000).map(lambda each: Decimal(each) / 1000)


def kept_score(rule: Rule, facts: Facts, points: Hundredths, kept: Kept) -> Fraction:
    """Give the score in hundredths, as the form computes it."""
    value = Evaluator(facts).value(rules.score(rule, asked(facts), worth(points), kept))
    assert isinstance(value, int | Fraction)
    return Fraction(value) / kept.units


def once(exact: Fraction, kept: Kept) -> Fraction:
    """Round a score, which is never negative, once."""
    scale = 10 ** (kept.places - 2)
    return Fraction(floor(exact * scale) if kept.down else rounded(exact * scale), scale)


@given(counts, counts, thousandths, thousandths, st.integers(1, 5_000), KEPT)
def test_fine_amounts_are_added_exactly(
    one: int, other: int, each: Decimal, more: Decimal, points: int, kept: Kept
) -> None:
    """每1篇计0.125分: amounts may have three places in any catalogue; their sum is rounded once, as the catalogue keeps scores."""
    full = Fraction(points, kept.units)
    terms = (EventTerm(input="甲", each=each), EventTerm(input="乙", each=more))
    come_to = (one * Fraction(each) + other * Fraction(more)) * 100
    tally, deduct = (
        Rule(parts=(part,)) for part in (Tally(kind="tally", terms=terms), Deduct(kind="deduct", terms=terms))
    )
    facts = {"甲": one, "乙": other}
    assert kept_score(tally, facts, figure(full), kept) == once(min(full, come_to), kept)
    assert kept_score(deduct, facts, figure(full), kept) == once(max(Fraction(0), full - come_to), kept)


@given(counts, counts, st.integers(1, 5_000), KEPT)
def test_shares_are_rounded_once(done: int, due: int, points: int, kept: Kept) -> None:
    """A share of points that have a third place is exact until it is rounded, to the nearest or down."""
    full = Fraction(points, kept.units)
    rule = Rule(parts=(Rate(kind="rate", done=("已",), due=("应",), below="linear"),))
    facts = {"已": min(done, due), "应": max(done, due)}
    share = Fraction(min(done, due), max(done, due)) if max(done, due) else Fraction(1)
    assert kept_score(rule, facts, figure(full), kept) == once(full * share, kept)


def test_formulas_count_in_whole_numbers() -> None:
    """A formula has no decimal in it, which a spreadsheet would only hold nearly: 0.125 of 1.005 counts in thousandths."""
    rule = Rule(parts=(Tally(kind="tally", terms=(EventTerm(input="甲", each=Decimal("0.125")),)),))
    usual, fine, cut = (
        to_formula(rules.score(rule, asked({"甲": 1}), worth(points), kept), lambda _: "D7")
        for points, kept in ((100, Kept()), (Fraction(201, 2), Kept(places=3)), (100, Kept(down=True)))
    )
    assert usual == "ROUND(((100*MIN(200,(25*D7)))/200),0)"
    assert fine == "ROUND(((1005*MIN(201,(25*D7)))/201),0)"
    assert cut == "ROUNDDOWN(((100*MIN(200,(25*D7)))/200),0)"


def test_the_sentence_names_the_amount() -> None:
    """The unit reads the amount with all its places."""
    rule = Rule(parts=(Deduct(kind="deduct", terms=(EventTerm(input="不配合", each=Decimal("0.005")),)),))
    sub = sub_point("20.7").model_copy(update={"rule": rule})
    assert explain(sub) == {"不配合": "不配合交办工作每1次扣0.005分,扣完为止"}


# The 2020 notice's sub-points, through the form -------------------------------------------------------------

SCORES: list[tuple[str, Facts, str]] = [
    # 党委(党组)每年至少召开一次会议
    ("1.1", {"会议": 0}, "0.00"),
    ("1.1", {"会议": 1}, "1.00"),
    # 报备率、报备及时率、合法合规率达100%
    ("1.3", {"审查制度": "是", "应备案": 3, "报备": 3, "及时报备": 3, "合法合规": 3}, "2.00"),
    ("1.3", {"审查制度": "是", "应备案": 3, "报备": 3, "及时报备": 2, "合法合规": 3}, "0.00"),
    ("1.3", {"审查制度": "否", "应备案": 3, "报备": 3, "及时报备": 3, "合法合规": 3}, "0.00"),
    ("1.3", {"审查制度": "是", "应备案": 0, "报备": 0, "及时报备": 0, "合法合规": 0}, "2.00"),
    # 落实公众参与行政规范性文件制定程序: no threshold, in proportion
    ("2.2", {"制定": 3, "公众参与": 2}, "0.67"),
    ("2.2", {"制定": 0, "公众参与": 0}, "1.00"),
    # 未超越权限、内容无违法或不当
    ("2.3", {"违法不当": 0}, "1.00"),
    ("2.3", {"违法不当": 1}, "0.00"),
    # 3.1: 全部 100, 部分 50, of the areas that apply
    (
        "3.1",
        {
            "放管服改革": "已依法履行",
            "公共服务": "部分履行",
            "市场监管": "尚未履行",
            "安全生产": "不涉及",
            "环境保护": "不涉及",
        },
        "1.50",
    ),
    # 加强行政执法人员资格管理
    ("5.4", {"在岗": 10, "持证": 9}, "0.00"),
    ("5.4", {"在岗": 10, "持证": 10}, "0.50"),
    # 行政机关负责人出庭应诉率不低于95%
    ("6.1", {"应出庭": 20, "已出庭": 19}, "2.00"),
    ("6.1", {"应出庭": 19, "已出庭": 18}, "0.00"),
    ("6.1", {"应出庭": 25_000, "已出庭": 23_749}, "0.00"),  # 94.996 %
    ("6.1", {"应出庭": 25_000, "已出庭": 23_750}, "2.00"),
    ("6.1", {"应出庭": 0, "已出庭": 0}, "2.00"),
    # 降低行政诉讼败诉率: 1/10 against 2/10, against 1/10, against no cases
    ("6.2", {"分析研判": "是", "本年判决": 10, "本年败诉": 1, "上年判决": 10, "上年败诉": 2}, "1.00"),
    ("6.2", {"分析研判": "是", "本年判决": 20, "本年败诉": 3, "上年判决": 10, "上年败诉": 2}, "1.00"),
    ("6.2", {"分析研判": "是", "本年判决": 10, "本年败诉": 1, "上年判决": 20, "上年败诉": 2}, "0.50"),
    ("6.2", {"分析研判": "否", "本年判决": 5, "本年败诉": 0, "上年判决": 0, "上年败诉": 0}, "0.50"),
    ("6.2", {"分析研判": "否", "本年判决": 5, "本年败诉": 1, "上年判决": 0, "上年败诉": 0}, "0.00"),
    # 控制并减少集体上访、越级上访
    ("8.2", {"本年集体访": 2, "上年集体访": 3, "本年越级访": 3, "上年越级访": 3}, "1.00"),
    ("8.2", {"本年集体访": 0, "上年集体访": 0, "本年越级访": 0, "上年越级访": 0}, "2.00"),
    # 三项制度 share 2 points
    ("9.1", {"考核制度": "是", "社会评议": "是", "责任追究": "否"}, "1.33"),
    # 12.1: followed up, and adopted or explained
    ("12.1", {"发出": 4, "跟踪登记": 3, "采纳": 1, "说明原因": 1}, "1.25"),
    ("12.1", {"发出": 4, "跟踪登记": 4, "采纳": 4, "说明原因": 4}, "2.00"),
    # “法律八进”活动不低于4次
    ("15.6", {"次数": 3}, "0.00"),
    ("15.6", {"次数": 4}, "1.00"),
    # 建成率100%: three levels as one rate
    ("17.1", {"区应建": 1, "区建成": 1, "镇街应建": 7, "镇街建成": 7, "村站应建": 40, "村站建成": 36}, "1.83"),
    ("17.1", {"区应建": 0, "区建成": 0, "镇街应建": 0, "镇街建成": 0, "村站应建": 0, "村站建成": 0}, "0.00"),
    # 每万人获得法律援助率达万分之十: 583 aided of 58.3 ten thousands
    ("17.3", {"受援": 583, "常住人口": Fraction("58.3")}, "1.00"),
    ("17.3", {"受援": 582, "常住人口": Fraction("58.3")}, "1.00"),  # 0.998 in proportion, rounded
    ("17.3", {"受援": 292, "常住人口": Fraction("58.3")}, "0.50"),
    ("17.3", {"受援": 0, "常住人口": Fraction("0.01")}, "0.00"),
    # 不少于2个月的宣传活动
    ("18.3", {"起始": date(2020, 9, 1), "结束": date(2020, 10, 31)}, "1.00"),
    ("18.3", {"起始": date(2020, 9, 1), "结束": date(2020, 10, 30)}, "0.00"),
    # 配合完成日常交办的工作: the office keeps the count, 0 as issued
    ("20.7", {}, "5.00"),
    # 法治督察不少于3次
    ("21.1", {"督察": 2}, "0.00"),
    ("21.1", {"督察": 3}, "3.00"),
]


def auto_of(code: str, facts: Facts) -> Value:
    """Give the computed score that the form shows for the facts of a sub-point."""
    values = {fact_field(code, key): value for key, value in facts.items()}
    return shape_with(code).evaluator(values).field(auto_field(code))


@pytest.mark.parametrize(("code", "facts", "score"), SCORES)
def test_scores_of_the_notice(code: str, facts: Facts, score: str) -> None:
    """The form computes what the clause gives, in points."""
    assert {each.key for each in sub_point(code).inputs if each.required and each.given_by == "unit"} == facts.keys()
    assert auto_of(code, facts) == Fraction(score)


def report_rows(on_time: int, late: int, adopted: int) -> dict[str, Value]:
    """Fill in the list of reports: so many by the 15th, so many after it, of which the last ones were taken."""
    rows = [f"信息.{no:02d}" for no in range(1, on_time + late + 1)]
    days = {f"{row}.报送日期": date(2020, 1, 15 if no < on_time else 16) for no, row in enumerate(rows)}
    taken = {f"{row}.录用": "已录用" if no >= len(rows) - adopted else "未录用" for no, row in enumerate(rows)}
    return {**days, **taken}


@pytest.mark.parametrize(
    ("on_time", "late", "adopted", "score"),
    [
        (0, 0, 0, "0.00"),
        (8, 0, 0, "4.00"),
        (9, 0, 0, "4.00"),
        (0, 2, 2, "4.00"),
        (5, 0, 1, "4.00"),
        (3, 0, 1, "3.50"),
        (3, 1, 1, "3.50"),
        (1, 3, 0, "0.50"),
        (0, 1, 1, "2.00"),
    ],
)
def test_reports_are_tallied(on_time: int, late: int, adopted: int, score: str) -> None:
    """20.6: 报送1篇得0.5分, 录用1篇得2分, 累计得分不超过4分; late pieces earn nothing unless taken."""
    values = report_rows(on_time, late, adopted)
    assert shape_with("20.6").evaluator(values).field(auto_field("20.6")) == Fraction(score)


@pytest.mark.parametrize(
    ("code", "facts", "out"),
    [
        ("4.1", dict.fromkeys(("民意调查", "事项目录", "事项标准", "公布", "调整"), "不涉及"), True),
        (
            "4.1",
            {"民意调查": "是", **dict.fromkeys(("事项目录", "事项标准", "公布", "调整"), "不涉及")},
            False,
        ),
        ("5.1", {"公示制度": "不涉及"}, True),
        ("5.1", {"公示制度": "否"}, False),
        ("5.4", {"在岗": 0, "持证": 0}, True),
        ("5.4", {}, False),
        ("6.1", {"应出庭": 0, "已出庭": 0}, False),
    ],
)
def test_what_does_not_apply_needs_no_self_score(code: str, facts: Facts, *, out: bool) -> None:
    """Only where nothing of a sub-point applies may its self-score stay blank; its computed score is then 0."""
    shape = shape_with(code)
    evaluator = shape.evaluator({fact_field(code, key): value for key, value in facts.items()})
    assert evaluator.value(shape.fields[self_field(code)].waived) is out
    assert not out or evaluator.field(auto_field(code)) == 0


@pytest.mark.parametrize("wrong", [None, "约5", -1, Fraction(5, 2), 100_000, 21])
def test_a_wrong_fact_gives_no_score(wrong: Value) -> None:
    """The computed score stays blank until the facts are there and right, and is never a zero for that."""
    assert auto_of("6.1", {"应出庭": 20, "已出庭": wrong}) == ""


def test_an_optional_fact_does_not_hold_up_the_score() -> None:
    """A fact that no rule reads may be wrong or blank without touching the score."""
    assert auto_of("5.2", {"记录制度": "是", "记录仪": "约5"}) == Fraction(1, 2)


# Every sub-point with random facts --------------------------------------------------------------------------


def random_facts(sub: SubPoint, random: Random) -> dict[str, Value]:
    facts: dict[str, Value] = {}
    for each in sub.inputs:
        limit = facts.get(each.not_more_than or "")
        if each.kind == "choice":
            facts[each.key] = random.choice(each.options)
        elif each.kind == "date":
            facts[each.key] = date(2020, random.randint(1, 6) + (6 if each.not_before else 0), random.randint(1, 28))
        elif each.kind == "decimal":
            facts[each.key] = Fraction(random.randint(1, 9_999), 100)
        elif each.kind == "whole":
            facts[each.key] = (
                random.randint(0, limit) if isinstance(limit, int) else random.choice((0, 1, 4, 19, 20, 60))
            )
    return facts


def expected_share(part: Part, facts: Mapping[str, Any]) -> Fraction | None:
    """Compute a part's share from the words of its clause."""
    match part:
        case Yes() | Grade():
            shares = {"是": 100, "否": 0} if isinstance(part, Yes) else part.shares
            return Fraction(shares[facts[part.input]], 100) if facts[part.input] in shares else None
        case Count() | CountZero():
            needed = facts[part.input] == 0 if isinstance(part, CountZero) else facts[part.input] >= part.at_least
            return Fraction(int(needed))
        case Rate():
            return expected_rate(part, facts)
        case Ratio():
            return min(Fraction(1), Fraction(facts[part.amount]) / Fraction(facts[part.base]) / part.at_least)
        case Fall():
            return Fraction(int(fell(part, facts)))
    raise TypeError(part)


def expected_rate(part: Rate, facts: Mapping[str, Any]) -> Fraction | None:
    done, due = (sum(facts[key] for key in keys) for keys in (part.done, part.due))
    if due == 0:
        return {"met": Fraction(1), "zero": Fraction(0), "not_applicable": None}[part.no_case]
    reached = Fraction(done * 100, due * part.at_least)
    return Fraction(1) if reached >= 1 else (reached if part.below == "linear" else Fraction(0))


def fell(part: Fall, facts: Mapping[str, Any]) -> bool:
    now, before = Fraction(facts[part.this_year]), Fraction(facts[part.last_year])
    if now == 0:
        return True
    if part.this_year_of and part.last_year_of:
        if facts[part.last_year_of] == 0:
            return False
        now, before = now / facts[part.this_year_of], before / facts[part.last_year_of]
    return now < before


LISTED = ("18.3", "20.6", "20.7")  # dates, and what the office or another sheet gives, have their own tests above
CODES = tuple(code for code in the_notice().sub_points if code not in LISTED)


@pytest.mark.parametrize("code", CODES)
def test_every_sub_point_is_scored_as_its_rule_says(code: str) -> None:
    """Whatever right facts a unit gives, the computed score is the points times the exact share, halves up."""
    sub, random = sub_point(code), Random(code)
    for _ in range(40):
        facts = random_facts(sub, random)
        shares = [expected_share(part, facts) for part in sub.rule.parts]
        applying = [share for share in shares if share is not None]
        if sub.rule.combine == "all":
            whole = Fraction(int(bool(applying) and min(applying) == 1))
        else:
            whole = sum(applying, Fraction(0)) / len(applying) if applying else Fraction(0)
        assert auto_of(code, facts) == Fraction(rounded(sub.points * whole), 100), facts


# The rule in words ------------------------------------------------------------------------------------------

SENTENCES: list[tuple[str, dict[str, str]]] = [
    ("1.1", {"会议": "专题研究党内法规执行的会议数量达到1得分,不足的不得分"}),
    ("2.3", {"违法不当": "认定越权、违法或不当的文件为0得分"}),
    ("6.1", {"应出庭": "", "已出庭": "负责人出庭÷应出庭案件达到95%得分,不足的不得分;应办数为0时按做到计"}),
    ("18.3", {"起始": "宣传活动起始日至宣传活动结束日不少于2个月得分(首尾两日都计入)", "结束": ""}),
    (
        "20.6",
        {
            "按时篇数": "按时报送的综合信息每1篇计0.5分,被省简报录用的信息每1篇计2分,累计不超过本项分值",
            "录用篇数": "",
        },
    ),
    ("20.7", {"不配合": "不配合交办工作每1次扣1分,扣完为止"}),
    (
        "9.1",
        {
            "考核制度": "以下3条平均分配2分:信息公开工作考核制度填“是”得分",
            "社会评议": "信息公开社会评议制度填“是”得分",
            "责任追究": "信息公开责任追究制度填“是”得分",
        },
    ),
    (
        "2.1",
        {
            "动态管理": "以下2条全部做到得1分,缺一条不得分:目录和文本动态化管理填“是”得分",
            "现行有效": "",
            "录入平台": "录入省备案审查平台的文件÷现行有效的规范性文件达到100%得分,不足的不得分;应办数为0时按做到计",
        },
    ),
    (
        "2.5",
        {
            "应报备": "以下3条全部做到得0.5分,缺一条不得分。",
            "报备": "完成报备的文件÷应报备的规范性文件达到100%得分,不足的不得分;应办数为0时按做到计",
            "及时报备": "按时限报备的文件÷应报备的规范性文件达到100%得分,不足的不得分;应办数为0时按做到计",
            "规范": "报备规范的文件÷应报备的规范性文件达到100%得分,不足的不得分;应办数为0时按做到计",
        },
    ),
    (
        "8.2",
        {
            "本年集体访": "以下2条平均分配2分:本年集体上访低于上年集体上访,或本年集体上访为0,得分",
            "上年集体访": "",
            "本年越级访": "本年越级上访低于上年越级上访,或本年越级上访为0,得分",
            "上年越级访": "",
        },
    ),
    (
        "17.3",
        {"受援": "法律援助受援÷常住人口达到10得分,不足的按比例得分", "常住人口": ""},
    ),
]


@pytest.mark.parametrize(("code", "said"), SENTENCES, ids=[code for code, _ in SENTENCES])
def test_the_rule_is_said_beside_its_inputs(code: str, said: dict[str, str]) -> None:
    """Each part is said beside the first input it reads, and how the parts make up the points at the beginning."""
    assert explain(sub_point(code)) == said


def test_grades_rates_of_sums_and_falls_are_said() -> None:
    """The percentages of a grade, sums in brackets and rates compared with last year's are all named."""
    said = {code: " ".join(_said(code)) for code in ("5.4", "6.2", "12.1", "15.4")}
    assert "普法责任清单:全部落实按100%、部分落实按50%、尚未落实按0%" in said["15.4"]
    assert "(被采纳的检察建议+掌握原因的不采纳建议)÷发出的检察建议达到100%得分,不足的按比例得分" in said["12.1"]
    assert "应办数为0时按不涉及计" in said["5.4"]
    assert "本年败诉的行政案件÷本年判决的行政案件低于上年败诉的行政案件÷上年判决的行政案件" in said["6.2"]


def test_a_band_of_none_is_said_as_zero() -> None:
    """Bands that fall say what nothing and what at most so many earn."""
    falling = Bands(
        kind="bands",
        input="违法不当",
        bands=(Band(at_most=Decimal(0), points=Decimal(1)), Band(at_most=Decimal(2), points=Decimal("0.5"))),
    )
    sub = sub_point("2.3")
    said = explain(sub.model_copy(update={"rule": Rule(parts=(falling,))}))
    assert said == {"违法不当": "认定越权、违法或不当的文件为0件得1分,不超过2件得0.5分,其余不得分"}


def _said(code: str) -> list[str]:
    return list(explain(sub_point(code)).values())


def test_a_part_without_a_sentence_is_refused() -> None:
    """A kind of part that cannot be said is a fault of the program, and no blank."""
    sub = sub_point("1.1")
    rule = Rule.model_construct(parts=(SimpleNamespace(input="会议"),))  # type: ignore[arg-type] # the point of the test
    with pytest.raises(TypeError):
        explain(sub.model_copy(update={"rule": rule}))


def test_a_term_without_a_sentence_is_refused() -> None:
    """A term that cannot be said is a fault of the program, and no blank."""
    named = {"done": ("不配合",), "due": ("不配合",), "reference_input": None, "last_done": (), "last_due": ()}
    term = SimpleNamespace(each=Decimal(1), cap=None, **named)
    deduct = Deduct.model_construct(kind="deduct", terms=(term,), cap=None)  # type: ignore[arg-type] # the point of the test
    with pytest.raises(TypeError):
        explain(sub_point("20.7").model_copy(update={"rule": Rule.model_construct(parts=(deduct,))}))
