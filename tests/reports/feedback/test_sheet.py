"""反馈单: one page for one unit, of its own result only, with nothing cut silently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fazhi_xl.findings import Code, Place, finding
from fazhi_xl.notice.choices import EarlyBonus
from fazhi_xl.notice.model import Notice
from fazhi_xl.points import show
from fazhi_xl.reports.feedback.peers import Peers
from fazhi_xl.reports.feedback.result import UnitResult
from fazhi_xl.reports.feedback.sheet import feedback_book
from fazhi_xl.reports.media.one_page import ROOM
from fazhi_xl.reports.media.panel import PageSheet, heights
from fazhi_xl.reports.media.privacy import OtherUnits
from fazhi_xl.reports.media.workbook import ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.rounds.decisions import Adjustment, Event, Ruling
from fazhi_xl.rounds.losses import lost
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import Basis
from fazhi_xl.scoring.ranking import ranked
from tests.support.campaign import the_notice
from tests.support.pages import headings, page_of, tile, under
from tests.support.random_rounds import a_chance
from tests.support.rounds import Changes, a_round, returned_file

DAY = date(2020, 12, 8)


def told(done: Round, unit: str) -> UnitResult:
    found = next(each for each in done.notice.units if each.short == unit)
    score = next(each for each in done.units if each.unit == unit)
    others, peers = OtherUnits.of(done.notice), Peers.of(done)
    return UnitResult(round_=done, unit=found, score=score, others=others, day=DAY, peers=peers)


def made(done: Round, unit: str) -> ReportBook:
    return feedback_book(told(done, unit))


def tables(sheet: ReportSheet) -> list[Table]:
    return [block for block in sheet.blocks if isinstance(block, Table)]


def sentences(sheet: ReportSheet) -> list[str]:
    if isinstance(sheet, PageSheet):
        return list(sheet.texts)
    return [str(block.text) for block in sheet.blocks if isinstance(block, Sentence)]


def lines(book: ReportBook, heading: str) -> list[str]:
    """Give the numbered lines below a heading of the page."""
    return [str(row[0]) for row in under(book.sheets[0], heading) if str(row[0])[0].isdigit()]


def words(book: ReportBook) -> str:
    cells = (str(cell) for sheet in book.sheets for table in tables(sheet) for row in table.rows for cell in row)
    return "\n".join([*cells, *(text for sheet in book.sheets for text in sentences(sheet))])


def with_feedback(notice: Notice, **options: object) -> Notice:
    feedback = notice.about.feedback.model_copy(update=options)
    return notice.model_copy(update={"about": notice.about.model_copy(update={"feedback": feedback})})


def reviewed(unit: str, scores: Mapping[str, int], changes: Changes | None = None, **more: object) -> Round:
    """Make an official round of one unit: its self-scores stand but for the given ones, in hundredths; -1 refuses 不涉及."""
    done = a_round([unit], [returned_file(unit, changes)], basis=Basis.REVIEWED)
    (score,) = done.units
    subs = tuple(
        replace(
            each,
            reviewed=max(0, scores.get(each.code, each.self_score or 0)),
            approved=False if scores.get(each.code) == -1 else None,
        )
        for each in score.sub_points
    )
    kept = sum(each.reviewed or 0 for each in subs)
    return replace(done, units=ranked([replace(score, sub_points=subs, reviewed=kept)]), **more)  # type: ignore[arg-type]


# The page ------------------------------------------------------------------------------------------------------------


def test_the_opening() -> None:
    """The sheet begins with unit and state, what it rests on, four figures, and all that the total is made of."""
    done = a_round(["信访局", "科协"], [returned_file("信访局")])
    page = made(done, "信访局").sheets[0]
    assert (page.name, page.one_page, page.portrait) == ("反馈单", True, True)
    assert page.title == "钟楼区2020年度法治建设监测评价 反馈单"
    assert sentences(page)[:4] == [
        "钟楼区2020年度法治建设监测评价反馈单",
        "信访局",
        "预排名(按自评)",
        "还没有全部核定,得分按自评;加分按申报计;减分全部核定后才计。本单供核对用,不是最后结果。",
    ]
    assert [tile(page, name) for name in ("总分", "参考等次", "得分率(%)", "失分")] == [
        (7_647, "本组不足3家"),
        ("一般", "90优秀,80良好"),
        (7_647, "得19.50,应得25.50"),
        (600, "2个得分点"),
    ]
    assert sentences(page)[16] == ("得分19.50分(按自评),总分=折算分76.47分+加分0.00分-减分0.00分。")
    assert sentences(page)[-2:] == ["核对人(签字):＿＿＿＿＿  负责人(签字):＿＿＿＿＿", "区委依法治区办  2020年12月8日"]


def test_what_does_not_apply_is_named() -> None:
    """Sub-points that the office has agreed do not apply are named, since they are in no figure."""
    done = reviewed("信访局", {"8.1": 0})
    (score,) = done.units
    settled = tuple(replace(each, approved=True if each.code == "8.1" else None) for each in score.sub_points)
    page = made(replace(done, units=(replace(score, sub_points=settled),)), "信访局").sheets[0]
    assert "核准不涉及的得分点:8.1,不计入应得分。" in sentences(page)


def test_the_steps() -> None:
    """The sheet ends with what to do, by when and whom to ask; what there is nothing of is said in one line."""
    done = reviewed("信访局", {"15.1": 50})
    page = made(done, "信访局").sheets[0]
    assert headings(page)[-1] == "三、下一步怎么办"
    assert under(page, "下一步怎么办")[:3] == [
        (1, "核对", "逐条核对失分;有不同意见的,在“复核申请”表里写明理由,把反馈单发回。"),
        (2, "补正", "没有需要补正的;失分的得分点有补充材料的,放进以项目序号命名的文件夹:8、15、20。"),
        (3, "报送", "____年__月__日前报区委依法治区办;咨询:区司法局普法与依法治理科。"),
    ]
    assert "没有需要补正、核实的;没有加分、减分。" in sentences(page)
    early = made(replace(done, basis=Basis.SELF), "信访局").sheets[0]
    assert under(early, "下一步怎么办")[0][2] == "逐条核对失分;自评填错的,改正自评分,写明理由。"


def test_beside_the_group() -> None:
    """Each rate stands beside the median and the best of its group, where three units or more have one; no unit is named."""
    units = ["工信局", "住建局", "城管局", "信访局", "科协"]
    scores = {"工信局": 10, "住建局": 8, "城管局": 1}
    files = [returned_file(unit, {"15.4.自评": scores.get(unit, 10)}) for unit in units]
    done = a_round(units, files)
    page = made(done, "住建局").sheets[0]
    rates = {row[0]: row[5:] for row in under(page, "各项得分")[1:-1]}
    assert rates[15] == (8_571, 8_571, 10_000)
    assert under(page, "各项得分")[-1] == ("合计", 3_450, 600, "", 8_261, 8_261, 8_841)
    assert tile(page, "总分")[1] == "组中位82.61"
    alone = made(done, "信访局").sheets[0]
    assert {row[6:] for row in under(alone, "各项得分")[1:-1]} == {(None, None)}
    assert not [unit for unit in units if unit != "住建局" and unit in "".join(sentences(page))]


def test_by_item() -> None:
    """Each of the unit's items has its points, scores and losses, and the last row adds them up."""
    done = reviewed("信访局", {"15.1": 50})
    page, whole = made(done, "信访局").sheets
    assert [row[:4] for row in under(page, "各项得分")[1:-1]] == [
        (8, "坚持法治信访", 300, 200), (15, "法治宣传教育", 1_300, 50), (20, "党政主要负责人履行推进法治建设第一责任人职责", 950, 400),
    ]  # fmt: skip
    table = tables(whole)[0]
    assert [column.title for column in table.columns] == [
        "序号",
        "监测项目",
        "分值",
        "测算",
        "自评",
        "核定",
        "失分",
        "失分的得分点",
    ]
    assert [row[0] for row in table.rows] == [8, 15, 20]
    assert table.rows[1][2:] == (1_300, 1_300, 1_300, 1_250, 50, "15.1")
    for column in (2, 3, 4, 5, 6):
        assert table.total[column] == sum(int(str(row[column])) for row in table.rows)


def test_the_losses() -> None:
    """What was lost is listed with its reason and what documents would mend it, the most first, equal ones in the notice's order."""
    rulings = {
        ("信访局", "15.1"): Ruling(reason="没有佐证材料", note="名单缺2人"),
        ("信访局", "15.4"): Ruling(reason="未达到规定次数"),
    }
    done = reviewed("信访局", {"15.1": 0, "15.4": 700, "8.1": -1}, rulings=rulings)
    page, whole = made(done, "信访局").sheets
    table = tables(whole)[1]
    losses = [row[6] for row in table.rows]
    assert losses == sorted(losses, key=lambda each: -int(str(each)))
    reasons = {row[0]: (row[6], row[7]) for row in table.rows}
    assert reasons["15.4"] == (300, "未达到规定次数;清单、计划、活动材料")
    assert reasons["15.1"] == (100, "没有佐证材料;名单缺2人;普法领导小组文件、计划、经费凭证")
    assert reasons["8.1"][1] == "不涉及未获核准;信访系统统计"
    total = sum(lost(done, score) for score in done.units[0].sub_points)
    assert table.title == f"二、失分的得分点({len(losses)}个,共{show(total)}分,由多到少)"
    assert sum(int(str(each)) for each in losses) == total
    assert under(page, "失分的得分点")[1:3] == [
        (
            "20.6",
            "善于总结提炼法治建设工作经验做法(4分)每月15号前向区委依法治区办报送综合信息,报送1篇得0.5分…",
            "0/4",
            400,
            "按时报送的综合信息0篇,被省简报录用的信息0篇;信息标题和报送日期…",
        ),
        (
            "15.4",
            "严格落实“谁执法谁普法”“ 谁主管谁普法”“谁服务谁普法”普法责任制(10分),",
            "7/10",
            300,
            "未达到规定次数;清单、计划、活动材料",
        ),
    ]


def test_losses_that_nobody_explained() -> None:
    """Where the office gave no reason, the sheet says what is known: a claim that waits, no score, or the unit's own lower one."""
    changes: Changes = {
        "5.1.公示制度.填报": "不涉及",
        "5.1.自评": None,
        "5.1.说明": "没有职权",
        "15.1.自评": None,
        "15.4.自评": 1,
    }
    done = a_round(["工信局"], [returned_file("工信局", changes)])
    reasons = {row[0]: row[7] for row in tables(made(done, "工信局").sheets[1])[1].rows}
    assert (reasons["5.1"], reasons["15.1"], reasons["15.4"]) == (
        "申请不涉及,待核准;制度、公示截图",
        "没有自评分;普法领导小组文件、计划、经费凭证",
        "自评低于测算(10分);清单、计划、活动材料",
    )


def test_what_to_supplement() -> None:
    """Documents that were missing, a claim that was refused and what is wrong with the form are asked for, with the day."""
    rulings = {("信访局", "15.1"): Ruling(reason="佐证材料不足"), ("信访局", "15.4"): Ruling(reason="未达到规定次数")}
    done = reviewed("信访局", {"15.1": 0, "15.4": 700, "8.1": -1}, {"15.2.民法典.填报": "约5次"}, rulings=rulings)
    said = sentences(made(done, "信访局").sheets[0])
    first = next(no for no, text in enumerate(said) if text.startswith("三、"))
    assert said[first] == "三、请补正、核实(3条),于____年__月__日前报区委依法治区办"
    assert said[first + 1 : first + 3] == [
        "1. 8.1 申请不涉及,没有核准:请补报完成情况和佐证材料(信访系统统计),放入“8”文件夹。",
        "2. 15.1 佐证材料不足:请补充佐证材料(普法领导小组文件、计划、经费凭证),放入“15”文件夹。",
    ]
    assert said[first + 3].startswith("3. 任务分解表 ")
    due = replace(done, notice=with_feedback(done.notice, supplement_due=date(2020, 12, 10)))
    assert "三、请补正、核实(3条),于2020年12月10日前报区委依法治区办" in sentences(made(due, "信访局").sheets[0])


def test_bonus_and_deductions() -> None:
    """Claims stand with the verdict and its reason, deductions with the document; who told of them does not."""
    entries = (
        Adjustment(
            unit="信访局",
            row="加分.01",
            source="信访局",
            situation="①表彰奖励",
            matter="全国先进",
            verdict="认可",
            counted=100,
        ),
        Adjustment(
            unit="信访局",
            row="加分.02",
            source="信访局",
            situation="②经验推广",
            matter="某经验",
            verdict="不认可",
            note="级别不够",
        ),
    )
    offence = Adjustment(
        unit="信访局",
        row="减分.01",
        source="法院",
        situation="⑤拒不履行裁判或复议决定",
        matter="某案",
        document="(2020)苏0404行审1号",
        verdict="减分",
        counted=300,
    )
    undecided = replace(offence, row="减分.02", matter="另案", verdict="", counted=0)
    other = replace(offence, unit="科协", matter="别家的事")
    done = reviewed("信访局", {}, claims=entries, penalties=(offence, undecided, other))
    assert headings(made(done, "信访局").sheets[0])[2] == "三、加分、减分(3项;加分以10.00分为限)"
    assert lines(made(done, "信访局"), "加分、减分") == [
        "1. 申报加分 ①表彰奖励“全国先进”:认可,加1.00分。",
        "2. 申报加分 ②经验推广“某经验”:不认可(级别不够),不加分。",
        "3. 减分 ⑤拒不履行裁判或复议决定“某案”:减3.00分,依据:(2020)苏0404行审1号。",
    ]
    assert lines(made(replace(done, basis=Basis.SELF), "信访局"), "加分、减分") == [
        "1. 申报加分 ①表彰奖励“全国先进”:按申报暂计1.00分。",
        "2. 申报加分 ②经验推广“某经验”:暂不计分(没有填全)。",
    ]


CLAIM = Adjustment(
    unit="信访局", row="加分.01", source="信访局", situation="①表彰奖励", matter="甲", verdict="认可", counted=100
)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "认可,加1.00分"),
        ({"counted": 0, "same": "加分.02"}, "认可,不加分(同一事项,已在加分.02计)"),
        ({"counted": 0, "limited": "宣传类以4分为限,少计1分"}, "认可,不加分(宣传类以4分为限,少计1分)"),
        ({"counted": 50, "limited": "宣传类以4分为限,少计0.5分"}, "认可,加0.50分(宣传类以4分为限,少计0.5分)"),
        ({"verdict": "重复", "counted": 0, "same": "加分.02"}, "重复,不加分(同一事项,已在加分.02计)"),
        ({"verdict": "重复", "counted": 0, "note": "已报过"}, "重复(已报过),不加分"),
        ({"verdict": "不认可", "counted": 0, "note": "级别不够"}, "不认可(级别不够),不加分"),
        ({"verdict": "不认可", "counted": 0}, "不认可,不加分(原因请向区委依法治区办了解)"),
        ({"verdict": "", "counted": 0}, "没有认定,不加分"),
    ],
)
def test_a_claim_says_why_it_adds_no_more(changes: dict[str, Any], said: str) -> None:
    """A claim that adds nothing, or less, says so with its reason: another claim, a limit, the office's note."""
    done = reviewed("信访局", {}, claims=(replace(CLAIM, **changes),))
    assert f"1. 申报加分 ①表彰奖励“甲”:{said}。" in sentences(made(done, "信访局").sheets[0])


def test_claims_beyond_the_cap_say_so() -> None:
    """What the unit's cap leaves of a claim is what it adds: 10 points are full at the third of 4 points."""
    claims = tuple(replace(CLAIM, row=f"加分.{no:02d}", matter=f"第{no}件", counted=400) for no in range(1, 5))
    assert lines(made(reviewed("信访局", {}, claims=claims), "信访局"), "加分、减分") == [
        "1. 申报加分 ①表彰奖励“第1件”:认可,加4.00分。",
        "2. 申报加分 ①表彰奖励“第2件”:认可,加4.00分。",
        "3. 申报加分 ①表彰奖励“第3件”:认可,加2.00分(已满10分上限)。",
        "4. 申报加分 ①表彰奖励“第4件”:认可,不加分(已满10分上限)。",
    ]


def test_deductions_that_take_nothing_off_say_why() -> None:
    """A limit that leaves nothing of a matter, and a matter that counts elsewhere, are told; who told of them is not."""
    offence = replace(CLAIM, row="减分登记.001", source="法院", situation="③违法行政", verdict="减分", counted=0)
    entries = (
        replace(offence, matter="甲案", limited="信访类以5分为限,少计3分"),
        replace(offence, matter="乙案", same="减分.03", verdict="重复", document="(2020)苏04行终3号"),
        replace(offence, matter="丙案", verdict="不减分"),
    )
    assert lines(made(reviewed("信访局", {}, penalties=entries), "信访局"), "加分、减分") == [
        "1. 减分 ③违法行政“甲案”:不减分(信访类以5分为限,少计3分)。",
        "2. 减分 ③违法行政“乙案”:不减分(同一事项,只减一次),依据:(2020)苏04行终3号。",
    ]


@pytest.mark.parametrize(
    ("early", "said", "stated"),
    [
        (EarlyBonus.CLAIMED, "按申报暂计1.00分", "加分按申报计"),
        (EarlyBonus.RECOGNISED, "认可,加1.00分", "加分只计已认可的"),
    ],
)
def test_before_the_end_claims_stand_on_one_basis(early: EarlyBonus, said: str, stated: str) -> None:
    """Before all is decided claims count as made, or as recognised, as the reading says; and the sheet says which."""
    done = a_round(["信访局"], [returned_file("信访局")])
    scoring = done.notice.about.scoring.model_copy(update={"early_bonus": early})
    notice = done.notice.model_copy(update={"about": done.notice.about.model_copy(update={"scoring": scoring})})
    book = made(replace(done, notice=notice, claims=(CLAIM,)), "信访局")
    told_ = sentences(book.sheets[0])
    assert lines(book, "加分、减分") == [f"1. 申报加分 ①表彰奖励“甲”:{said}。"]
    assert f"还没有全部核定,得分按自评;{stated};减分全部核定后才计。本单供核对用,不是最后结果。" in told_


def test_before_the_end_no_decision_is_told() -> None:
    """A score, a reason, a register and a refusal of the office stand on no sheet before all is decided."""
    done = reviewed("信访局", {"15.1": 0, "8.1": -1})
    ruling = Ruling(
        reason="佐证材料不足", note="名单缺2人", register="按某登记计分", events=(Event(register="某登记", text="甲"),)
    )
    refused = replace(CLAIM, verdict="不认可", note="级别不够", counted=100)
    decided = dict.fromkeys((("信访局", "15.1"), ("信访局", "8.1")), ruling)
    partly = replace(done, basis=Basis.SELF, units=a_round(["信访局"], [returned_file("信访局")]).units)
    said = words(made(replace(partly, rulings=decided, claims=(refused,)), "信访局"))
    assert not [
        word for word in ("佐证材料不足", "名单缺2人", "登记", "不认可", "级别不够", "没有核准") if word in said
    ]
    assert [column.title for column in tables(made(partly, "信访局").sheets[1])[0].columns][3:7] == [
        "测算",
        "自评",
        "得分",
        "失分",
    ]


def test_the_offices_entries_are_told_one_by_one() -> None:
    """Where a register settles a sub-point each of its rows stands on the sheet, and the last one says what they come to."""
    events = (
        Event(register="交办登记", text="“没有按时报送总结”,日期2020-05-06"),
        Event(register="交办登记", text="“没有参加会议,教育局已告知”,日期2020-09-01"),
    )
    ruling = Ruling(register="按交办登记计分(2条):不配合交办工作2次", events=events)
    done = reviewed("信访局", {"20.7": 300}, rulings={("信访局", "20.7"): ruling})
    said = sentences(made(done, "信访局").sheets[0])
    first = said.index("三、办公室登记的(2条)")
    assert said[first + 1 : first + 3] == [
        "1. 20.7 交办登记:“没有按时报送总结”,日期2020-05-06。",
        (
            "2. 20.7 交办登记:“没有参加会议,(其他单位)已告知”,日期2020-09-01。"
            "按交办登记计分(2条):不配合交办工作2次,得3.00分(分值5.00分)。"
        ),
    ]


def test_nobody_is_asked_for_what_only_the_office_records() -> None:
    """A sub-point that the office's register alone scores names no document and no folder, on either sheet."""
    ruling = Ruling(
        register="按交办登记计分(1条):不配合交办工作1次", events=(Event(register="交办登记", text="“迟交”"),)
    )
    full = {sub.code: int(sub.points) for sub in the_notice().sub_points.values()}
    done = reviewed("信访局", {**full, "20.7": 400}, rulings={("信访局", "20.7"): ruling})
    page, whole = made(done, "信访局").sheets
    assert [row[7] for row in tables(whole)[1].rows] == ["按交办登记计分(1条):不配合交办工作1次"]
    assert "没有需要补正的。" in sentences(page)


def test_the_reviewers_words_stand_for_a_reason_that_asks_for_them() -> None:
    """“其他(写明)” says nothing to a unit: the note does; any other reason stands before it."""
    rulings = {
        ("信访局", "15.1"): Ruling(reason="其他(写明)", note="方案没有盖章"),
        ("信访局", "15.4"): Ruling(reason="未达到规定次数", note="少1次"),
    }
    done = reviewed("信访局", {"15.1": 50, "15.4": 700}, rulings=rulings)
    reasons = {row[0]: row[7] for row in tables(made(done, "信访局").sheets[1])[1].rows}
    assert (reasons["15.1"], reasons["15.4"]) == (
        "方案没有盖章;普法领导小组文件、计划、经费凭证",
        "未达到规定次数;少1次;清单、计划、活动材料",
    )


def test_the_rank_only_where_the_office_allows() -> None:
    """No rank stands on the sheet unless the catalogue says so."""
    done = a_round(["信访局", "科协"], [returned_file("信访局"), returned_file("科协")])
    assert "名次" not in words(made(done, "信访局"))
    shown = replace(done, notice=with_feedback(done.notice, show_rank=True))
    rank = next(unit.rank for unit in done.units if unit.unit == "信访局")
    assert f"名次:第{rank}名(共2家),组内第1名(共1家)" in sentences(made(shown, "信访局").sheets[0])


def test_without_losses() -> None:
    """A unit that lost nothing and has nothing to do is told so."""
    done = reviewed(
        "科协",
        {code: int(the_notice().sub_points[code].points) for code in ("20.6", "20.7", "15.1", "15.2", "15.4", "15.6")},
    )
    page = made(done, "科协").sheets[0]
    assert headings(page) == ["一、各项得分", "二、没有失分的得分点", "三、下一步怎么办"]
    assert "没有需要补正、核实的;没有加分、减分。" in sentences(page)
    assert "得满分的得分点(6个):15.1、15.2、15.4、15.6、20.6、20.7" in sentences(page)
    assert under(page, "下一步")[0][2] == "核对各项得分;有不同意见的,写明理由。"


# One page, and nothing cut silently ------------------------------------------------------------------------------


def hostile(unit: str) -> Round:
    """Make a round in which the unit lost everything for very long reasons, with many findings and claims."""
    long = Ruling(reason="其他(写明)", note="很长的说明," * 60)
    done = reviewed(unit, dict.fromkeys(the_notice().sub_points, 0))
    (score,) = done.units
    wrong = finding(Code.INPUT_MERGED, Place(sheet="任务分解表"), label="指标", cell="D7", value="D7:D9")
    faults = tuple(replace(wrong, words={**wrong.words, "cell": f"第{no}处" + "很长的提示" * 60}) for no in range(30))
    entry = Adjustment(
        unit=unit,
        row="加分.01",
        source=unit,
        situation="①表彰奖励",
        matter="很长的事项" * 40,
        verdict="不认可",
        note="很长的理由" * 60,
    )
    rulings = {(unit, each.code): long for each in score.sub_points}
    file = replace(done.files[0], findings=(*done.files[0].findings, *faults))
    return replace(done, rulings=rulings, claims=(entry,) * 12, files=(file,))


def page_name(done: Round, unit: str) -> str:
    return next(each.name for each in done.notice.units if each.short == unit)


@pytest.mark.parametrize("unit", ["司法局", "科协", "法院"])
def test_everything_hostile_still_fits(unit: str) -> None:
    """The page keeps within its room whatever was written; it says what is left out, and a second sheet has all of it whole."""
    done = hostile(unit)
    page, whole = made(done, unit).sheets
    assert sum(heights(page_of(page).bands)) <= ROOM
    assert sentences(whole)[0] == f"{page_name(done, unit)}    正式排名(按核定)    2020年12月8日"
    losses, everything = [row for row in under(page, "失分的得分点")[1:] if len(row) > 1], tables(whole)[1].rows
    assert len(everything) == len(done.units[0].sub_points)
    assert [row[0] for row in losses] == [row[0] for row in everything[: len(losses)]]
    if len(losses) < len(everything):
        assert f"其余{len(everything) - len(losses)}个得分点见“明细”。" in sentences(page)
    assert str(everything[0][7]).startswith("很长的说明," * 60)
    assert sum("很长的提示" * 60 in text for text in sentences(whole)) == 30
    assert sum("很长的理由" * 60 in text for text in sentences(whole)) == 12


def test_the_second_sheet_has_the_scores_behind_the_page() -> None:
    """What is computed and what the unit gave itself stands on the second sheet, item by item and loss by loss."""
    page, whole = made(reviewed("科协", {"15.1": 0}), "科协").sheets
    assert (page.name, whole.name) == ("反馈单", "明细")
    assert [column.title for column in tables(whole)[1].columns] == [
        "编号",
        "得分点",
        "分值",
        "测算",
        "自评",
        "核定",
        "失分",
        "原因;可补的材料",
    ]


@pytest.mark.parametrize("seed", range(12))
def test_the_sheet_agrees_with_the_ranking(seed: int) -> None:
    """Of whole rounds by chance: the total row is the unit's own figures, losses add up, and bonus and deductions are its own."""
    done = a_chance(seed, most=12).round
    for score in done.returned:
        book = made(done, score.unit)
        total = tables(book.sheets[1])[0].total
        missing = sum(lost(done, each) for each in score.sub_points)
        got = score.full_marks - missing
        assert total[2:7] == (score.full_marks, score.auto, score.self_score, got, missing)
        assert f"得分{show(got + score.refund)}分(按{done.basis.value}" in words(book)
        assert tile(book.sheets[0], "总分")[0] == score.total
        assert tile(book.sheets[0], "失分")[0] == missing - score.refund
        taken = [text for text in sentences(book.sheets[-1]) if ". 减分 " in text]
        assert bool(taken) == bool(score.deduction)


# Privacy -------------------------------------------------------------------------------------------------------------


def test_other_units_and_telephones_stay_out() -> None:
    """What the office wrote names no other unit and no telephone number on a unit's sheet; its own name stays."""
    note = "区统计局的数与市统计局、教育局不一致,问信访局13812345678"
    done = reviewed(
        "信访局", {"15.1": 0}, rulings={("信访局", "15.1"): Ruling(reason="与主管部门数据不一致", note=note)}
    )
    said = words(made(done, "信访局"))
    assert "(其他单位)的数与市统计局、(其他单位)不一致,问信访局(电话略)" in said
    assert "138" not in said


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("区法院认定", "(其他单位)认定"),
        ("市中级人民法院生效裁判", "市中级人民法院生效裁判"),
        ("市公安局、省教育厅", "市公安局、省教育厅"),
        ("区信访局自己", "区信访局自己"),
        ("应急管理局和消防大队", "(其他单位)和(其他单位)"),
        ("没有单位名", "没有单位名"),
        ("网信办、区编办的数", "(其他单位)、(其他单位)的数"),
        ("市网信办的数,编办法", "市网信办的数,编办法"),
    ],
)
def test_which_names_are_hidden(text: str, kept: str) -> None:
    """A name counts by itself or after 区; a court in general, and a bureau of the city or the province, is no unit here."""
    assert OtherUnits.of(the_notice()).hidden(text, "信访局") == kept


def test_an_absorbed_bodys_own_unit_reads_its_name() -> None:
    """What a unit is told names the bodies that it absorbed, and no other unit's."""
    hide = OtherUnits.of(the_notice()).hidden
    assert hide("网信办和工商联", "宣传部") == "网信办和(其他单位)"
    assert hide("网信办和工商联", "统战部") == "(其他单位)和工商联"


def test_findings_for_the_office_stay_out() -> None:
    """What the office has to find out for itself is not put before the unit."""
    done = reviewed("信访局", {})
    doubt = finding(Code.PROTECTION_REMOVED, Place(sheet="任务分解表"))
    asked = replace(done, files=(replace(done.files[0], findings=(doubt,)),))
    assert doubt.message not in words(made(asked, "信访局"))


def test_a_rehearsal_says_so() -> None:
    """A rehearsal's sheet bears its mark in every title and in the footer."""
    book = made(a_round(["信访局"], [returned_file("信访局")], mark="【演练数据】"), "信访局")
    assert all(
        text.startswith("【演练数据】") for text in (book.title, book.footer, *(sheet.title for sheet in book.sheets))
    )
