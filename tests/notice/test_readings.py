"""Each open reading is a switch: another `chosen` gives another catalogue."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fazhi_xl.notice.assignment import assign, expand
from fazhi_xl.notice.lint import lint
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice, Reading
from fazhi_xl.notice.rules import Count, Days, EventTerm, Fall, Grade, Months, Part, Rate, Ratio, Tally
from tests.notice.campaigns import CAMPAIGN

if TYPE_CHECKING:
    from tests.notice.conftest import Choose, Edit

RAW = tomllib.loads((CAMPAIGN / "readings.toml").read_text(encoding="utf-8"))["readings"]
READINGS = [Reading.model_validate(raw) for raw in RAW]
OTHERS = [
    (reading.key, option.key) for reading in READINGS for option in reading.options if option.key != reading.chosen
]


def parts(notice: Notice, code: str) -> tuple[Part, ...]:
    return notice.sub_points[code].rule.parts


def below(*codes: str) -> Callable[[Notice], object]:
    return lambda notice: [
        part.below for code in codes for part in parts(notice, code) if isinstance(part, Rate | Count | Ratio)
    ]


def no_case(*codes: str) -> Callable[[Notice], object]:
    return lambda notice: [part.no_case for code in codes for part in parts(notice, code) if isinstance(part, Rate)]


def at_least(*codes: str) -> Callable[[Notice], object]:
    return lambda notice: [part.at_least for code in codes for part in parts(notice, code) if isinstance(part, Count)]


def grades(code: str) -> Callable[[Notice], object]:
    return lambda notice: [
        (part.shares, notice.sub_points[code].input(part.input).options)
        for part in parts(notice, code)
        if isinstance(part, Grade)
    ]


def adopted(notice: Notice) -> object:
    (tally,) = parts(notice, "20.6")
    assert isinstance(tally, Tally)
    return [(term.input, term.each) for term in tally.terms if isinstance(term, EventTerm)]


def enforcement(notice: Notice) -> object:
    units = expand(notice, ("区行政执法部门",))
    groups = {unit.ranking_group for unit in notice.units if unit.short in units}
    return len(units), "科技局" in units, sum(unit.ranking_group == "A" for unit in notice.units), groups


FOUR = {"优秀": 100, "良好": 80, "一般": 60, "较差": 0}
ZERO_CASES = ("1.3", "2.1", "2.2", "2.5", "4.2", "5.3", "6.1", "8.1", "12.1")
THRESHOLDS = ("1.3", "2.5", "6.1", "15.6", "17.2", "21.1")
PLAIN_RATES = ("2.2", "4.2", "5.3", "8.1", "12.1")
REGULAR = ("9.2", "12.2", "20.2", "20.5")

Switch = tuple[str, str, Callable[[Notice], object], object, object]
# reading, option, what to look at, before, after
SWITCHES: list[Switch] = [
    ("责任分配", "按整项", lambda n: (assign(n).cells, len(assign(n).idle)), (672, 0), (747, 11)),
    ("行政机关范围", "45家", lambda n: (len(assign(n).units["20.5"]), assign(n).cells), (29, 672), (45, 688)),
    ("行政执法部门范围", "26家", enforcement, (27, True, 27, {"A"}), (26, False, 26, {"A"})),
    ("行政执法部门范围", "23家", enforcement, (27, True, 27, {"A"}), (23, False, 23, {"A"})),
    ("依法行政办", "政府办", lambda n: assign(n).units["18.1"], ("司法局",), ("政府办", "司法局")),
    ("应诉责任", "各行政机关", lambda n: len(assign(n).units["6.1"]), 2, 29),
    ("第9项缺1分", "9.2计2分", lambda n: [s.points for s in n.items[8].sub_points], [200, 100], [200, 200]),
    ("第9项缺1分", "9.1计3分", lambda n: [s.points for s in n.items[8].sub_points], [200, 100], [300, 100]),
    ("第18项方面", "按内容", lambda n: n.items[17].aspect, "法治社会建设", "法治政府建设"),
    ("有门槛的得分点", "按比例", below(*THRESHOLDS), ["zero"] * 10, ["linear"] * 10),
    ("没有门槛的得分点", "须全部做到", below(*PLAIN_RATES), ["linear"] * 6, ["zero"] * 6),
    ("17.1建成率", "不给分", below("17.1"), ["linear"], ["zero"]),
    ("17.3援助率", "不给分", below("17.3"), ["linear"], ["zero"]),
    ("定期", "半年1次", at_least(*REGULAR), [1, 1, 1, 1, 1, 1], [2, 2, 1, 2, 2, 2]),
    (
        "3.1细则",
        "四档",
        grades("3.1"),
        [({"已依法履行": 100, "部分履行": 50, "尚未履行": 0}, ("已依法履行", "部分履行", "尚未履行", "不涉及"))] * 5,
        [(FOUR, (*FOUR, "不涉及"))] * 5,
    ),
    (
        "15.4细则",
        "四档",
        grades("15.4"),
        [({"全部落实": 100, "部分落实": 50, "尚未落实": 0}, ("全部落实", "部分落实", "尚未落实"))] * 5,
        [(FOUR, tuple(FOUR))] * 5,
    ),
    (
        "18.3两个月",
        "60日",
        lambda n: [(part.kind, part.at_least) for part in parts(n, "18.3") if isinstance(part, Months | Days)],
        [("months", 2)],
        [("days", 60)],
    ),
    (
        "降低和减少",
        "不高于上年",
        lambda n: [p.or_equal for code in ("6.2", "8.2") for p in parts(n, code) if isinstance(p, Fall)],
        [False] * 3,
        [True] * 3,
    ),
    (
        "迟报信息",
        "计报送分",
        lambda n: [(each.name, feed.on_time) for each in n.registers for feed in each.feeds if not feed.where],
        [("信息报送", True), ("交办登记", False), ("信息采用", True)],
        [("信息报送", False), ("交办登记", False), ("信息采用", False)],
    ),
    ("12.1比率", "只看跟踪", lambda n: len(parts(n, "12.1")), 2, 1),
    ("应办数为零", "按不涉及计", no_case(*ZERO_CASES), ["met"] * 14, ["not_applicable"] * 14),
    (
        "录用重复计分",
        "只得2分",
        adopted,
        [("按时篇数", Decimal("0.5")), ("录用篇数", 2)],
        [("按时篇数", Decimal("0.5")), ("录用篇数", Decimal("1.5"))],
    ),
    ("未报送", "计0分", lambda n: n.about.scoring.missing, "unranked", "zero"),
    ("不涉及", "即时减去", lambda n: n.about.scoring.not_applicable, "zero_until_approved", "out"),
    ("百分制", "满分减失分", lambda n: n.about.scoring.percent, "percent", "hundred_minus_lost"),
    ("并列", "并列不占位", lambda n: n.about.scoring.ties, "skipping", "dense"),
    ("评价者参评", "参评不排名", lambda n: n.apart, frozenset(), {"司法局"}),
    ("总分上限", "以100分为限", lambda n: n.about.scoring.total_cap, None, 10_000),
    ("负责人减分", "减8分", lambda n: n.about.scoring.graver, "alone", "with_lighter"),
    ("加分预排名", "只计认可", lambda n: n.about.scoring.early_bonus, "claimed", "recognised"),
    ("百分制", "原始分", lambda n: n.about.scoring.percent, "percent", "raw"),
    (
        "减分提供单位",
        "只由司法局",
        lambda n: [each.provided_by for each in n.deductions],
        [
            ("区司法局", "区人大常委会机关"),
            ("区司法局", "区审计局"),
            ("区应急管理局", "钟楼生态环境局", "区信访局", "区公安分局"),
            ("区纪委监委", "区委组织部", "区法院", "区检察院"),
            ("区法院", "区司法局"),
            ("区司法局",),
        ],
        [("区司法局",)] * 6,
    ),
    (
        "参考等次",
        "四档",
        lambda n: [(band.name, band.at_least) for band in n.about.grades],
        [("优秀", 9_000), ("良好", 8_000), ("一般", None)],
        [("优秀", 9_000), ("良好", 8_000), ("一般", 6_000), ("较差", None)],
    ),
    ("参考等次", "不分等次", lambda n: len(n.about.grades), 3, 0),
    (
        "审核分工",
        "两个科室",
        lambda n: [(section.name, len(section.items)) for section in n.about.review.sections],
        [("法规工作", 2), ("法治政府建设", 7), ("司法工作", 5), ("法治社会建设", 5), ("法治建设组织保障", 2)],
        [("法规和政府", 9), ("司法和社会", 12)],
    ),
    ("邮件时间", "发件人写的", lambda n: n.about.dates.mail_time, "server", "sender"),
    ("评价期末", "到台账截止", lambda n: n.about.dates.period_end, date(2020, 12, 31), date(2020, 11, 20)),
]


@pytest.mark.parametrize("switch", SWITCHES, ids=[f"{switch[0]}-{switch[1]}" for switch in SWITCHES])
def test_a_switch_changes_the_catalogue(folder: Path, choose: Choose, switch: Switch) -> None:
    """Another chosen option changes what it is about, as the table says."""
    key, option, look, before, after = switch
    assert look(load(folder)) == before
    choose(key, option)
    assert look(load(folder)) == after


def test_every_switch_is_tested() -> None:
    """Each option that is not chosen and changes something stands in the table above, or has a test of its own."""
    changing = {(r.key, o.key) for r in READINGS for o in r.options if o.changes and o.key != r.chosen}
    table = {(row[0], row[1]) for row in SWITCHES}
    assert changing - table == {("法治环境指数", "作系数")}
    assert table - changing == {("责任分配", "按整项")}  # what the notice prints needs no change


@pytest.mark.parametrize(("key", "option"), OTHERS, ids=["-".join(other) for other in OTHERS])
def test_an_option_loads(folder: Path, choose: Choose, key: str, option: str) -> None:
    """Every other option gives a valid catalogue with 63 sub-points."""
    choose(key, option)
    assert len(load(folder).sub_points) == 63


def test_no_reading_is_confirmed_yet() -> None:
    """The office has confirmed nothing: each reading says so, with its reason."""
    assert [reading.key for reading in READINGS if reading.confirmed] == []


@pytest.mark.parametrize("option", ["9.2计2分", "9.1计3分"])
def test_item_9_made_up_leaves_no_remark(folder: Path, choose: Choose, option: str) -> None:
    """Once item 9's missing point has a place, its sums agree and so does the total of 100."""
    choose("第9项缺1分", option)
    assert {remark.code for remark in lint(load(folder))} == {"date-order"}


def test_switches_of_one_sub_point_add_up(folder: Path, choose: Choose) -> None:
    """Readings that change different values of one sub-point can be chosen together."""
    choose("有门槛的得分点", "按比例")
    choose("应办数为零", "按不涉及计")
    (rate,) = parts(load(folder), "6.1")
    assert isinstance(rate, Rate)
    assert (rate.at_least, rate.below, rate.no_case) == (95, "linear", "not_applicable")


def test_switches_of_one_value_are_refused(choose: Choose, faults: Callable[[], list[str]]) -> None:
    """Two chosen readings that change the same value cannot both hold."""
    choose("没有门槛的得分点", "须全部做到")
    choose("12.1比率", "只看跟踪")
    first, second = (
        next(at for at, r in enumerate(READINGS) if r.key == key) for key in ("没有门槛的得分点", "12.1比率")
    )
    path = f'readings[{second}].options[1].changes."sub_points.12.1"."rule.parts"'
    other = f'readings[{first}].options[1].changes."sub_points.12.1"."rule.parts.'
    assert faults()[0] == f'readings.toml: {path}: 和 {other}0.below" 改的是同一处,只能用一个'


def test_a_dash_is_no_reason(edit: Edit, faults: Callable[[], list[str]]) -> None:
    """The reason of a reading has to say something, as that of a switch has."""
    edit("readings.toml", f'reason = "{READINGS[0].reason}"', 'reason = "——"')
    assert faults() == ["readings.toml: readings[0].reason: “——”等于没有写,请写为什么这样定"]


def test_the_index_takes_the_published_figure(folder: Path, choose: Choose, edit: Edit) -> None:
    """The index counts as a coefficient once its figure stands in the option and the option is chosen."""
    edit("readings.toml", "index_coefficient = 1.000", "index_coefficient = 0.987")
    assert load(folder).about.scoring.index_coefficient == 1
    choose("法治环境指数", "作系数")
    assert load(folder).about.scoring.index_coefficient == Decimal("0.987")
