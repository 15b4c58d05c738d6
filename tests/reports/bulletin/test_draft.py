"""通报稿: every number in the draft is that of the tables, computed once more from report.json and found by its words in the XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

import pytest

from fazhi_xl.docx.write import document_bytes
from fazhi_xl.notice.model import Notice
from fazhi_xl.reports.bulletin.draft import bulletin
from fazhi_xl.reports.media.document import Grid
from fazhi_xl.reports.report_json import report
from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.rounds.decisions import Adjustment, Ruling
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.rounds.undecided import OpenMatter, Undecided
from fazhi_xl.scoring.model import Basis
from tests.support.campaign import shape_of, the_notice
from tests.support.documents import paragraphs
from tests.support.random_rounds import Chance, Raw, a_chance
from tests.support.rounds import a_round, blank_file, returned_file, zero_for_missing
from tests.support.standings import standing

DAY = date(2020, 12, 8)
OFFICE = "中共常州市钟楼区委全面依法治区委员会办公室"
Json = dict[str, Any]


def drafted(done: Round) -> list[str]:
    return paragraphs(document_bytes(bulletin(done, DAY), done.notice.theme))


def said(done: Round) -> str:
    """Give the draft's text up to its annex."""
    lines = drafted(done)
    return "\n".join(lines[: lines.index("附件")])


def with_bulletin(notice: Notice, **options: object) -> Notice:
    bulletin_ = notice.about.bulletin.model_copy(update=options)
    return notice.model_copy(update={"about": notice.about.model_copy(update={"bulletin": bulletin_})})


# The numbers, once more ----------------------------------------------------------------------------------------------


def places(value: Fraction) -> str:
    """Write with two places, halves away from zero."""
    away = floor(abs(value) * 100 + Fraction(1, 2))
    return f"{'-' if value < 0 and away else ''}{away // 100}.{away % 100:02d}"


@dataclass(frozen=True, kw_only=True)
class Again:
    """A round as report.json tells it; `out` are the sub-points of each unit that were approved as 不涉及."""

    held: Json
    out: Mapping[str, frozenset[str]]

    @property
    def scored(self) -> list[Json]:
        return [unit for unit in self.held["units"] if unit["total"] is not None]

    def points(self, unit: Json) -> dict[str, tuple[Fraction, Fraction]]:
        """Give each sub-point's points that apply, and those earned."""
        which = "self" if self.held["basis"] == "自评" else "reviewed"
        return {
            sub["code"]: (Fraction(0), Fraction(0))
            if sub["code"] in self.out.get(unit["unit"], frozenset())
            else (Fraction(sub["points"]), Fraction(sub[which] or 0))
            for sub in unit["sub_points"]
        }

    def bearing(self, codes: Iterable[str]) -> tuple[int, int]:
        """Give how many units are asked for any of the sub-points, and how many of them have points there that apply."""
        wanted = set(codes)
        asked = sum(bool(wanted & set(shape_of(unit["unit"]).sub_points)) for unit in self.held["units"])
        return asked, sum(
            any(pair[0] for code, pair in self.points(unit).items() if code in wanted) for unit in self.scored
        )

    def rate(self, codes: Iterable[str]) -> str | None:
        wanted = set(codes)
        every = [pair for unit in self.scored for code, pair in self.points(unit).items() if code in wanted]
        full, won = (sum((pair[no] for pair in every), Fraction(0)) for no in (0, 1))
        return places(100 * won / full) if full else None

    def lost(self, code: str) -> list[Fraction]:
        own = [self.points(unit).get(code) for unit in self.scored]
        return [pair[0] - pair[1] for pair in own if pair]

    def mean(self, units: list[Json]) -> str:
        return places(sum((Fraction(unit["total"]) for unit in units), Fraction(0)) / len(units))


def grade(unit: Json) -> str:
    total = Fraction(unit["total"])
    return "优秀" if total >= 90 else "良好" if total >= 80 else "一般"


def grade_words(units: list[Json]) -> str:
    named = [grade(unit) for unit in units]
    return "、".join(f"{each}{named.count(each)}家" for each in ("优秀", "良好", "一般") if each in named)


def codes_of(item: str) -> list[str]:
    return [code for code in the_notice().sub_points if code.split(".")[0] == item]


def again(chance: Chance, done: Round) -> Again:
    held = {unit: raw for unit, raw in chance.units.items() if raw}
    return Again(held=report(done), out={unit: _out(raw) for unit, raw in held.items()} if done.official else {})


def _out(raw: Raw) -> frozenset[str]:
    registered = {*(("20.7",) if raw.refused else ()), *(("20.6",) if raw.news else ())}
    return frozenset({code for code, verdict in raw.decided.items() if verdict == "核准"} - registered)


FIGURES = (
    r"应报(\d+)家，已报(\d+)家，报送率([\d.]+)%。(报送的都按时。)?(?:未报送(\d+)家。)?",
    r"有评价结果的(\d+)家(?:，平均(-?[\d.]+)分)?。参考等次([^，]*)，各单位的参考等次见附件。",
    r"(?:家数|^|。)?(行政执法部门|承担专项任务的其他单位|承担共性任务的单位)(\d+)家，(都有评价结果|都没有评价结果|有评价结果|没有评价结果|有评价结果的\d+家)(?:，平均(-?[\d.]+)分)?(?:，((?:优秀|良好|一般)[^。]*))?。",
    r"(法\w+工作|司法工作|法治\w+建设|法治建设组织保障)（(?:得分率([\d.]+)%，)?(\d+)家承担(?:，(\d+)家有结果)?）",
    r"(\d+)\.([^\d（；][^（；]*)（(?:得分率([\d.]+)%，)?(\d+)家承担(?:，(\d+)家有结果)?）",
    r"(\d+\.\d+)“([^”]*)”（(\d+)家承担(?:，(\d+)家有结果)?，(\d+)家失分(?:，共失([\d.]+)分)?）",
)


def check_returns(text: str, new: Again) -> None:
    (found,) = re.findall(FIGURES[0], text)
    units, came = new.held["units"], new.scored
    rate = places(Fraction(100 * len(came), len(units)))
    missing = len(units) - len(came)
    assert found == (
        str(len(units)), str(len(came)), rate, "报送的都按时。" if came else "", str(missing) if missing else "",
    )  # fmt: skip


def check_results(text: str, new: Again) -> None:
    came = new.scored
    (found,) = re.findall(FIGURES[1], text)
    mean = new.mean(came) if len(came) >= 3 else ""
    assert found == (str(len(came)), mean, grade_words(came))


def check_groups(text: str, new: Again) -> None:
    codes = {"行政执法部门": "A", "承担专项任务的其他单位": "B", "承担共性任务的单位": "C"}
    found = re.findall(FIGURES[2], text)
    groups = {unit["group"] for unit in new.held["units"]}
    assert {codes[name] for name, *_ in found} == groups
    for name, count, scored, mean, grades in found:
        own = [unit for unit in new.held["units"] if unit["group"] == codes[name]]
        came = [unit for unit in own if unit["total"] is not None]
        result = "有评价结果" if came else "没有评价结果"
        partly = came and len(came) < len(own)
        told = f"{result}的{len(came)}家" if partly else f"{'都' if len(own) > 1 else ''}{result}"
        expected = (str(len(own)), told, new.mean(came) if len(came) >= 3 else "", grade_words(came))
        assert (count, scored, mean, grades) == expected


def check_weak(text: str, new: Again) -> None:
    for aspect, rate, *units in re.findall(FIGURES[3], text):
        codes = [code for code, item in the_notice().item_of.items() if item.aspect == aspect]
        check_rate(new, codes, rate, units)
    found = re.findall(FIGURES[4], text)
    rates = {no: Fraction(rate) for no in map(str, range(1, 22)) if (rate := new.rate(codes_of(no))) is not None}
    weak = sorted((rate, int(no)) for no, rate in rates.items() if rate < 100)
    assert [int(no) for no, *_ in found] == [no for _, no in weak[:3]]
    for no, name, rate, *units in found:
        assert the_notice().items[int(no) - 1].name == name
        check_rate(new, codes_of(no), rate, units)


def check_rate(new: Again, codes: list[str], rate: str, units: list[str]) -> None:
    """Expect a rate only where three units or more have a part in it."""
    assert check_bearing(new, codes, units)
    assert rate == ((new.rate(codes) or "") if new.bearing(codes)[1] >= 3 else "")


def check_bearing(new: Again, codes: list[str], units: list[str]) -> bool:
    """Expect who carries it, and how many of them have a result unless all have."""
    asked, scored = new.bearing(codes)
    return units == [str(asked), "" if scored == asked else str(scored)]


def check_losses(text: str, new: Again) -> None:
    found = re.findall(FIGURES[5], text)
    order = list(the_notice().sub_points)
    lost = {code: new.lost(code) for code in order}
    most = sorted((code for code in order if sum(lost[code])), key=lambda code: (-sum(lost[code]), order.index(code)))
    assert [code for code, *_ in found] == most[:5]
    for code, _, *bearing, losing, points in found:
        assert check_bearing(new, [code], bearing)
        assert int(losing) == sum(each > 0 for each in lost[code])
        assert points == (places(sum(lost[code], Fraction(0))) if new.bearing([code])[1] >= 3 else "")


def unaccounted(text: str, new: Again) -> list[str]:
    """Give the numbers that stand in no figure checked above, and in no words of the notice."""
    about, missing = the_notice().about, sum(unit["total"] is None for unit in new.held["units"])
    bonus, taken = (sum(Fraction(unit[what] or 0) > 0 for unit in new.scored) for what in ("bonus", "deduction"))
    known = (
        *FIGURES,
        *map(re.escape, (about.title, about.number, "钟楼区2020年度", "2020年12月8日")),
        f"对{len(new.held['units'])}家监测评价对象",
        f"(?:暂计加分的|认定加分的){bonus}家",
        "申报加分的\\d+家(?=，|；)",  # whoever claims; how many is tested with the words
        f"减分的{taken}家",
        f"未报送(?:的)?{missing}家",
        "^【还没有定的.*】$",  # what the office has still to do
        "“\\d+\\.[^”]*”",  # an item named by its number and name
    )
    for pattern in known:
        text = re.sub(pattern, "", text, flags=re.MULTILINE)
    return re.findall(r"[^\n]{0,12}[0-9][^\n]{0,6}", text)


@pytest.mark.parametrize(
    "seed", [seed if seed < 4 else pytest.param(seed, marks=pytest.mark.exhaustive) for seed in range(32)]
)
def test_every_number_is_that_of_the_tables(seed: int) -> None:
    """Rounds by chance, reviewed or not, of one unit or of many, with or without returns: nothing in the draft is a number of its own."""
    chance = a_chance(seed, most=(1, 4, 12, 45)[seed % 4])
    done = chance.round
    text, new = said(done), again(chance, done)
    check_returns(text, new)
    if new.scored:
        check_results(text, new)
        check_groups(text, new)
    check_weak(text, new)
    check_losses(text, new)
    assert unaccounted(text, new) == []


def test_the_chances_hold_every_kind() -> None:
    """Among those rounds are official ones and not, of one unit, with nothing returned, and with ties."""
    chances = [a_chance(seed, most=(1, 4, 12, 45)[seed % 4]) for seed in (*range(32), 135)]
    stands = [standing(each.notice, each.forms, each.files, each.decided) for each in chances]
    assert {each.basis for each in stands} == {Basis.SELF, Basis.REVIEWED}
    totals = [[unit.total for unit in each.units if unit.total is not None] for each in stands]
    assert any(len(each.units) == 1 and own for each, own in zip(stands, totals, strict=True))
    assert any(not own for own in totals)
    assert any(len(set(own)) < len(own) for own in totals)


# Words ---------------------------------------------------------------------------------------------------------------


def test_a_round_in_words() -> None:
    """The whole draft of a small round, word for word."""
    files = [
        returned_file("信访局", received=date(2020, 11, 21)),
        returned_file("财政局", {"14.1.自评": 3, "14.2.自评": None}),
        blank_file("法院"),
        returned_file("工信局"),
    ]
    done = a_round(["信访局", "财政局", "法院", "工信局", "科协"], files)
    lines = drafted(done)
    opening = (
        f"按照《关于做好2020年度法治建设监测评价工作的通知》（钟委法办〔2020〕8号），{OFFICE}对5家监测评价对象进行了监测评价。"
        "现将有关情况通报如下。"
    )
    assert lines[:9] == [
        "关于钟楼区2020年度法治建设监测评价情况的通报",
        "（预排名（按自评，含未报送2家）；草稿，未全部核定，不得印发）",
        "【主送单位】：",
        opening,
        "一、总体情况",
        "（一）报送情况。应报5家，已报3家，报送率60.00%。其中按时报送2家，迟报1家。未报送2家。",
        lines[6],
        lines[7],
        "（四）加分减分情况。没有单位申报加分；减分在全部核定后计入。",
    ]
    assert (
        "（四）报送不及时、不规范。未报送2家：法院、科协。迟报1家：信访局。退回修改、还没有改好1家：财政局。" in lines
    )
    assert "（三）按时规范报送。未报送的2家要于【年月日】前报送。" in lines
    assert lines[lines.index("附件：监测评价参考等次") + 1 :][:2] == [
        OFFICE,
        "2020年12月8日",
    ]


def test_nobody_is_published_as_late_on_a_files_own_time() -> None:
    """A unit that is late only by a file's own time is not named; the office is told to confirm the day."""
    late = returned_file("信访局", received=date(2020, 11, 25), basis=DayBasis.FILE)
    text = said(a_round(["信访局", "科协"], [late, returned_file("科协")]))
    assert "其中按时报送1家。【另有1家的收到日期只是按文件时间推定的，请在收到登记里确认后再写】" in text
    assert "迟报1家" not in text
    assert "迟报2家" not in text


def test_a_correction_after_the_deadline_is_not_late() -> None:
    """Whoever returned in time and corrected later is published as in time."""
    first = replace(returned_file("信访局"), status=Status.SUPERSEDED)
    more = replace(returned_file("信访局", received=date(2020, 11, 25)), path="更正.xlsx")
    assert "报送的都按时。" in said(a_round(["信访局"], [first, more]))


def part(text: str, name: str) -> str:
    """Give a part of the draft by its heading."""
    return text.split(f"）{name}。")[1].split("\n", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("received", "basis", "words"),
    [
        ([10, 10], DayBasis.FOLDER, "报送的都按时。"),
        ([10, 25], DayBasis.FOLDER, "其中按时报送1家，迟报1家。"),
        ([25, 25], DayBasis.FOLDER, "其中迟报2家。"),
        ([25, 25], DayBasis.FILE, "【有2家的收到日期只是按文件时间推定的，请在收到登记里确认后再写】"),
    ],
)
def test_only_what_happened_is_counted(received: list[int], basis: DayBasis, words: str) -> None:
    """Nobody is counted as in time, or late, where nobody is."""
    units = ["信访局", "科协"]
    days = (date(2020, 11, day) for day in received)
    files = [returned_file(unit, received=day, basis=basis) for unit, day in zip(units, days, strict=True)]
    assert part(said(a_round(units, files)), "报送情况") == f"应报2家，已报2家，报送率100.00%。{words}"


CLAIM = Adjustment(unit="信访局", row="加分.01", source="信访局", situation="①", matter="甲", counted=100)


@pytest.mark.parametrize(
    ("basis", "bonus", "claims", "deduction", "words"),
    [
        (Basis.SELF, 0, (), 0, "没有单位申报加分；减分在全部核定后计入。"),
        (Basis.SELF, 100, (CLAIM,), 0, "申报加分的1家，暂计加分的1家，以全部核定后认定的为准；减分在全部核定后计入。"),
        (Basis.SELF, 0, (CLAIM,), 0, "申报加分的1家，以全部核定后认定的为准；减分在全部核定后计入。"),
        (Basis.REVIEWED, 0, (), 0, "没有单位申报加分；没有减分。"),
        (Basis.REVIEWED, 0, (CLAIM,), 300, "申报加分的1家，没有认定加分；减分的1家。"),
        (Basis.REVIEWED, 100, (CLAIM,), 0, "申报加分的1家，认定加分的1家；没有减分。"),
    ],
)
def test_bonus_and_deductions_in_words(
    basis: Basis, bonus: int, claims: tuple[Adjustment, ...], deduction: int, words: str
) -> None:
    """Who claimed, who was given a bonus and who loses points are counted, and where there are none that is said."""
    done = a_round(["信访局"], [returned_file("信访局")], basis=basis)
    units = tuple(replace(unit, bonus=bonus, deduction=deduction) for unit in done.units)
    assert part(said(replace(done, units=units, claims=claims)), "加分减分情况") == words


def test_groups_in_words() -> None:
    """Of a group it is said who has a result, and only grades that somebody has."""
    units = ["信访局", "科协", "团委", "财政局", "工信局"]
    done = a_round(units, [returned_file(unit) for unit in units[:2]])
    assert part(said(done), "分组情况") == (
        "行政执法部门2家，都没有评价结果。承担专项任务的其他单位1家，有评价结果，一般1家。"
        "承担共性任务的单位2家，有评价结果的1家，良好1家。"
    )


def test_who_returned_nothing_counts_with_0() -> None:
    """By that reading the draft says of how many, and that the mean counts them; nobody has a grade without a return."""
    units = ["信访局", "科协", "团委", "财政局", "工信局"]
    text = said(a_round(units, [returned_file(unit) for unit in units[2:]], notice=zero_for_missing()))
    assert re.search(r"有评价结果的3家，未报送的2家按0分计，平均\d\d\.\d\d分。参考等次良好3家，", text)
    assert "承担专项任务的其他单位1家，没有评价结果，未报送的1家按0分计。" in text
    one = drafted(a_round(units, [returned_file("财政局")], notice=zero_for_missing()))
    assert not any("平均" in line for line in one)
    assert one[one.index("未报送") :][1:3] == ["1", "工信局"]


def test_equal_results_are_not_ranked() -> None:
    """Where all have the same total none is the highest; where all weak aspects have one rate none is the lowest."""
    units = ["住建局", "城管局", "商务局"]
    done = a_round(units, [returned_file(unit, {"15.4.自评": 9}) for unit in units])
    total = f"{(done.units[0].total or 0) / 100:.2f}"
    open_ = said(replace(done, notice=with_bulletin(done.notice, scores=True)))
    assert f"总分都是{total}分（住建局、城管局、商务局）。" in open_
    assert "最高" not in open_
    empty = said(a_round(units, [returned_file(unit) for unit in units], basis=Basis.REVIEWED))
    assert "3个方面没有得满分，得分率相同：法治政府建设（得分率0.00%，3家承担）、" in empty


def test_nothing_returned() -> None:
    """Before the first return the draft says so, and makes up no result."""
    text = said(a_round(["法院", "科协"], []))
    assert "应报2家，已报0家，报送率0.00%。未报送2家。" in text
    assert "平均" not in text
    assert "得分率" not in text
    assert f"{OFFICE}正在对2家监测评价对象进行监测评价。" in text
    assert "反馈单" not in text  # there is none yet


def test_few_units_are_not_betrayed() -> None:
    """A mean or a rate over one or two units is left out: it would be a single unit's score."""
    done = a_round(["信访局", "科协"], [returned_file("信访局"), returned_file("科协")])
    text = said(done)
    assert "平均" not in text
    assert "%" not in text.replace("报送率100.00%", "")


def test_scores_only_where_the_catalogue_allows() -> None:
    """With `scores = true` the highest and the lowest total are told with their units; without, no unit's score is."""
    units = ["信访局", "科协", "财政局"]
    done = a_round(units, [returned_file(unit) for unit in units])
    totals = {f"{(unit.total or 0) / 100:.2f}" for unit in done.units}
    assert not any(total in said(done) for total in totals)
    open_ = said(replace(done, notice=with_bulletin(done.notice, scores=True)))
    best, worst = (f"{pick(unit.total or 0 for unit in done.units) / 100:.2f}" for pick in (max, min))
    assert f"最高{best}分（" in open_
    assert f"最低{worst}分（" in open_


def test_without_grades() -> None:
    """Where the office gives no grades, none is told, and the annex lists who returned."""
    notice = the_notice()
    plain = notice.model_copy(update={"about": notice.about.model_copy(update={"grades": ()})})
    done = a_round(["信访局", "科协"], [returned_file("信访局")], notice=plain)
    assert not [word for word in ("优秀", "等次") if word in "".join(drafted(done))]
    (grid,) = [block for block in bulletin(done, DAY).blocks if isinstance(block, Grid)]
    assert grid.rows == (
        ("承担专项任务的其他单位", "已报送", "1", "信访局"),
        ("承担共性任务的单位", "已报送", "0", "—"),
        ("承担共性任务的单位", "未报送", "1", "科协"),
    )


def test_reasons_are_counted() -> None:
    """Once all is reviewed, the reasons for which points were taken off are counted, the most frequent first."""
    rounds = (a_chance(seed, most=12).round for seed in range(32))
    done = next(done for done in rounds if done.basis is Basis.REVIEWED and len(done.returned) > 3)
    keys = [
        (unit.unit, score.code)
        for unit in done.returned
        for score in unit.sub_points
        if score.reviewed == 0 and not score.approved
    ]
    known = ("其他(写明)", "没有佐证材料", "没有佐证材料", "数据不实")
    reasons = {key: Ruling(reason=known[no % 4]) for no, key in enumerate(keys)}
    losing = [[no % 4 for no, _ in enumerate(keys)].count(each) for each in range(4)]
    text = said(replace(done, rulings=reasons))
    assert f"审核扣分较多的原因：没有佐证材料{losing[1] + losing[2]}处、数据不实{losing[3]}处。" in text
    assert "写明" not in text  # what only asks for the reviewer's own words is no reason


def test_a_rehearsal_says_so() -> None:
    """A rehearsal's draft bears its mark."""
    done = a_round(["信访局"], [returned_file("信访局")], mark="【演练数据】")
    assert drafted(done)[0].startswith("【演练数据】")


def test_nothing_returned_wrong_is_named() -> None:
    """A return that still has to be corrected is named; one that is in order is not."""
    done = a_round(["信访局"], [returned_file("信访局")])
    assert done.files[0].status is not Status.NEEDS_CORRECTION
    assert "还没有改好" not in said(done)


def test_what_is_undecided_stands_at_the_head_of_a_draft() -> None:
    """While a verdict is open the draft says how many of which kind are; an official one says nothing of it."""
    open_ = (OpenMatter(kind=Undecided.BONUS, unit="信访局", row="加分.01", code="32/加分.01", sheet="加分认定"),) * 2
    done = a_round(["信访局"], [returned_file("信访局")])
    assert "【还没有定的2项，全部定下才是正式排名：加分待认定2项。】" in drafted(replace(done, open=open_))
    assert not any("没有定" in line for line in drafted(done))
