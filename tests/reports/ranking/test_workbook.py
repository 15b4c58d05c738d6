"""The ranking workbook's sheets as values."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from fazhi_xl.findings import Code, Place, finding
from fazhi_xl.notice.model import Notice
from fazhi_xl.reports.media.panel import Strip
from fazhi_xl.reports.media.privacy import without_phones
from fazhi_xl.reports.media.titles import state
from fazhi_xl.reports.media.workbook import Cell, Formula, Link, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.reports.ranking.headline import headline
from fazhi_xl.reports.ranking.workbook import ranking_book
from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.rounds.decisions import Adjustment
from fazhi_xl.rounds.round import Alternative, EarlierRound, EarlierUnit, Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.scoring.model import Basis
from tests.support.campaign import forms, the_notice
from tests.support.once import same
from tests.support.pages import headings, page_of, texts, tile, under
from tests.support.pages import told as told_of
from tests.support.random_rounds import a_chance
from tests.support.rounds import (
    NOW,
    RANKING_SHEETS,
    Changes,
    a_round,
    blank_file,
    other_file,
    returned_file,
    zero_for_missing,
)


def a_mixed_round(notice: Notice | None = None) -> Round:
    """Make a round of five units: right, wrong, blank, missing, and one that replaced its first return."""
    files = [
        returned_file("信访局", received=date(2020, 11, 21)),
        returned_file("财政局", {"14.1.自评": 3, "14.2.自评": None, "15.1.经费.填报": "5万元"}),
        blank_file("法院"),
        returned_file("工信局", {"5.1.公示制度.填报": "不涉及", "5.1.自评": None, "5.1.说明": "没有职权"}),
        other_file("工信局(旧).xlsx", Status.SUPERSEDED, "工信局"),
        other_file("说明.pdf", Status.REJECTED),
    ]
    return a_round(["信访局", "财政局", "法院", "工信局", "科协"], files, notice=notice)


book_of = same(ranking_book)
the_mixed_round = cache(a_mixed_round)


def sheet(name: str, done: Round | None = None) -> ReportSheet:
    return next(each for each in book_of(done or the_mixed_round()).sheets if each.name == name)


def tables(found: ReportSheet) -> list[Table]:
    return [block for block in found.blocks if isinstance(block, Table)]


def sentences(found: ReportSheet) -> list[str]:
    return [block.text for block in found.blocks if isinstance(block, Sentence) and isinstance(block.text, str)]


def plain(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Give what a row shows: of a formula what it comes to, of a link its text."""
    return tuple(c.value if isinstance(c, Formula) else c.text if isinstance(c, Link) else c for c in row)


def seen(table: Table, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Give what a row shows in the columns that are not hidden."""
    return tuple(cell for cell, column in zip(plain(row), table.columns, strict=True) if not column.hidden)


def rows(name: str, done: Round | None = None) -> tuple[tuple[Cell, ...], ...]:
    table = tables(sheet(name, done))[0]
    return tuple(seen(table, row) for row in table.rows)


def last_row(name: str, done: Round | None = None) -> tuple[Cell, ...]:
    table = tables(sheet(name, done))[0]
    return seen(table, table.total)


def every_cell(book: ReportBook) -> list[Cell]:
    return [
        cell
        for each in book.sheets
        for table in tables(each)
        for row in (*table.rows, table.total)
        for cell in plain(row)
    ]


# The book ---------------------------------------------------------------------------------------------------


def test_sheets_stand_in_one_order() -> None:
    """The answer comes first, then what it rests on; the same round gives the same book."""
    assert [each.name for each in ranking_book(a_mixed_round()).sheets] == RANKING_SHEETS
    assert ranking_book(a_mixed_round()) == ranking_book(a_mixed_round())


@pytest.mark.parametrize(("basis", "words"), [(Basis.SELF, "预排名(按自评)"), (Basis.REVIEWED, "正式排名(按核定)")])
def test_the_title_says_what_counts(basis: Basis, words: str) -> None:
    """Own and reviewed scores are never confused: every title says which the ranking counts."""
    done = a_round(["信访局"], [returned_file("信访局")], basis=basis)
    book = ranking_book(done)
    assert state(done) == words
    assert book.title == f"钟楼区2020年度法治建设监测评价{words}"
    assert book.footer == f"{words} 2020-11-21 09:30 目录第1版"
    assert sheet("排名总表", done).title == f"钟楼区2020年度法治建设监测评价 {words}"
    assert sheet("分项得分", done).title == f"钟楼区2020年度法治建设监测评价 21项得分({basis.value})"


def test_a_rehearsal_says_so_everywhere() -> None:
    """A rehearsal's book bears its mark in every title and in the footer."""
    book = ranking_book(a_round([], [], mark="【演练数据】"))
    assert all(
        text.startswith("【演练数据】") for text in (book.title, book.footer, *(each.title for each in book.sheets))
    )


def test_every_row_has_every_column() -> None:
    """No table has a row that is longer or shorter than its columns."""
    for done in (the_mixed_round(), a_round([], [])):
        for each in book_of(done).sheets:
            for table in tables(each):
                assert {len(row) for row in (*table.rows, *filter(None, (table.total,)))} <= {len(table.columns)}


def test_figures_are_whole_hundredths() -> None:
    """A report's cells are text, whole numbers or nothing: no fraction goes into a workbook."""
    assert {type(cell) for cell in every_cell(book_of(the_mixed_round()))} <= {str, int, type(None)}


# 一页纸 -----------------------------------------------------------------------------------------------------


def test_the_headline() -> None:
    """A few sentences say the result; missing units are named, and count neither in the ranks nor in the mean."""
    assert list(headline(a_mixed_round())) == [
        "截止日期2020年11月20日,应报5家,已报3家,报送率60.00%,迟报1家。平均80.88分,中位数79.22分,最高86.96分(工信局),最低76.47分(信访局)。",
        "得分率最低的项目:14.社区矫正工作(0.00%,1家承担);8.坚持法治信访(33.33%,1家承担);20.党政主要负责人履行推进法治建设第一责任人职责(57.89%,5家承担,3家有结果)。",
        "退回修改1家:财政局(暂按已填部分计,名次会变)。",
        "未报送2家:法院、科协(不排名,不计入平均)。",
    ]


def test_who_returned_nothing_may_count_with_0() -> None:
    """By that reading they are ranked behind and weigh in the mean, named as 未报送, without a grade, and in no rate of an item."""
    done = a_mixed_round(zero_for_missing())
    said = list(headline(done))
    assert said[0].endswith("平均48.53分,中位数76.47分,最高86.96分(工信局),最低0.00分(法院、科协)。")
    assert said[1:3] == list(headline(a_mixed_round()))[1:3]
    assert said[3] == "未报送2家:法院、科协(按0分排名,计入平均)。"
    special, common = "承担专项任务的其他单位", "承担共性任务的单位"
    court, last = rows("排名总表", done)[3:]
    assert court == (4, "并列", "法院", special, 2, 3_800, *(None,) * 4, 0, 0, 0, 0, None, "退回(没有填写);按0分计")
    assert last == (4, "并列", "科协", common, 1, 2_200, *(None,) * 4, 0, 0, 0, 0, None, "未报送;按0分计")
    assert len(tables(sheet("排名总表", done))) == 1
    assert last_row("排名总表", done) == (
        None, None, "合计/平均", None, None, 15_850, 8_400, 8_000, None, 8_000, 4_853, 0, 0, 4_853, None, None,
    )  # fmt: skip
    assert any("未报送的按0分排名,计入平均。" in text for text in sentences(sheet("排名总表", done)))
    front = sheet("一页纸", done)
    assert [row[:2] for row in under(front, "二、")][-2:] == [(4, "法院"), (4, "科协")]
    assert [row[1:3] for row in under(front, "六、")[1:4]] == [("2/2", 8_309), ("1/2", 3_824), ("0/1", 0)]
    assert under(front, "七、")[-1] == ("合计", 0, 1, 0, 2, 0)
    assert told_of(front, "未报送") == "法院、科协(按0分排名,计入平均);截止日期2020年11月20日,迟报1家。"
    matrices = ("得分矩阵", "得分矩阵(续)")
    assert [row[0] for each in matrices for row in rows(each, done)] == ["财政局", "工信局", "信访局"]


def test_the_reading_that_ranks_who_returned_nothing_is_among_the_others() -> None:
    """敏感性 lists who returned nothing where a reading gives a total: 0 under it, or none where 0 is what counts now."""
    without, zero = a_mixed_round(), a_mixed_round(zero_for_missing())

    def standing(done: Round, other: Round) -> tuple[str, dict[Cell, tuple[Cell, ...]]]:
        alternative = Alternative(reading="未报送", option="另一种", units=other.units)
        found = sheet("敏感性", replace(done, alternatives=(alternative,)))
        return sentences(found)[0], {row[1]: row for row in tables(found)[0].rows}

    said, held = standing(without, zero)
    assert held["科协"] == (None, "科协", 2_200, None, "0.00 第4名")
    assert held["工信局"][-1] == "·"
    assert said.endswith("“—”为按这种口径没有任务或不计分。")
    assert standing(zero, without)[1]["法院"] == (4, "法院", 3_800, 0, None)
    assert standing(without, replace(without, units=without.units[::-1]))[0].endswith("“—”为按这种口径没有任务。")


def test_all_count_with_0_when_nothing_came() -> None:
    """Before anything came there is no result to tell, whatever the reading."""
    done = a_round(["法院", "科协"], [], notice=zero_for_missing())
    assert list(headline(done)) == ["还没有收到可以计分的表(应报2家)。"]
    assert tables(sheet("排名总表", done))[0].total == ()


def test_equal_totals_in_the_headline() -> None:
    """Where all totals are equal none is the highest or the lowest; a single one is no mean either."""
    one = a_round(["信访局"], [returned_file("信访局")])
    assert next(headline(one)).endswith("报送率100.00%。总分76.47分(信访局)。")
    units = ["住建局", "城管局"]
    assert next(headline(a_round(units, map(returned_file, units)))).endswith("总分都是88.41分(住建局、城管局)。")


def test_the_headline_without_missing_units() -> None:
    """Where all have returned, nobody is named as missing."""
    done = a_round(["信访局"], [returned_file("信访局")])
    assert len(list(headline(done))) == 2


@pytest.mark.parametrize(("units", "due"), [([], ""), (["法院", "科协"], "(应报2家)")])
def test_the_headline_of_an_empty_round(units: list[str], due: str) -> None:
    """Before the first return the book says so, makes up no figures, and has no first and last units."""
    done = a_round(units, [])
    assert list(headline(done)) == [f"还没有收到可以计分的表{due}。"]
    front = sheet("一页纸", done)
    assert texts(front)[5] == f"还没有收到可以计分的表{due}。"
    assert [tile(front, name) for name in ("平均分", "最低分")] == [(None, "还没有总分")] * 2
    assert "还没有可以排名的总分,没有图。" in texts(front)
    assert under(front, "二、") == under(front, "三、") == [("还没有名次。",)]
    assert [row[2:] for row in under(front, "四、")[1:]] == [(None, None)] * 5
    assert under(front, "五、") == [("还没有得分率。",)]
    assert under(front, "六、")[-1][2:] == (None,) * 4
    assert under(front, "七、")[-1] == ("合计", 0, 0, 0, 0, 0)


def test_the_first_page() -> None:
    """The first page says result, state, day and returns; who is first, what is weak, how groups stand, and who is missing."""
    page = sheet("一页纸")
    assert page.one_page
    assert headings(page) == [
        "一、总分分布", "二、前五名", "四、五方面得分率(%)", "六、分组比较(分)", "三、后五名", "五、得分率最低的三项(%)",
        "七、总分分布和参考等次(家)",
    ]  # fmt: skip
    assert texts(page)[:6] == [
        "",
        "钟楼区2020年度法治建设监测评价结果",
        "预排名(按自评,含未报送2家)",
        "中共常州市钟楼区委全面依法治区委员会办公室",
        "2020年11月21日    已报3家,共5家    目录第1版    还未核定,供内部掌握",
        "已报3家平均80.88分,优秀0家、良好1家、一般2家;全部失分的86%集中在党政主要负责人…(第20项)和社区矫正工作(第14项)。",
    ]
    assert under(page, "二、")[1:] == [(1, "工信局", 8_696), (2, "财政局", 7_922), (3, "信访局", 7_647)]
    assert under(page, "三、") == [("有名次的都在前五名里。",)]
    assert under(page, "四、")[1:] == [
        ("法规工作", "0", None, None),
        ("法治政府建设", "3/4", 9_000, 878),
        ("司法工作", "1/2", 0, -8_122),
        ("法治社会建设", "3/5", 10_000, 1_878),
        ("法治建设组织保障", "3/5", 5_789, -2_333),
    ]
    assert under(page, "五、") == [
        ("14. 社区矫正工作(失4.00分)",), ("只有财政局承担", 0, -8_122),
        ("8. 坚持法治信访(失2.00分)",), ("只有信访局承担", 3_333, -4_789),
        ("20. 党政主要负责人履行推进法治建设…(失12.00分)",), ("5家承担,3家有结果", 5_789, -2_333),
    ]  # fmt: skip
    assert under(page, "六、")[1:] == [
        ("行政执法部门", "2/2", 8_309, 8_309, 8_696, 7_922),
        ("承担专项…", "1/2", 7_647, 7_647, 7_647, 7_647),
        ("承担共性…", "0/1", None, None, None, None),
        ("全部", "3/5", 8_088, 7_922, 8_696, 7_647),
        ("优秀0.00%、良好33.33%、一般66.67%",),
    ]
    assert under(page, "七、") == [
        ("参考等次", "优秀", "良好", "良好", "一般", "一般"),
        ("总分", "90以上", "85—90", "80—85", "70—80", "70以下"),
        ("行政执法部门", 0, 1, 0, 1, 0),
        ("承担专项…", 0, 0, 0, 1, 0),
        ("承担共性…", 0, 0, 0, 0, 0),
        ("合计", 0, 1, 0, 2, 0),
    ]
    assert told_of(page, "未报送 2家") == "法院、科协(不排名,不计入平均);截止日期2020年11月20日,迟报1家。"
    assert told_of(page, "退回修改 1家") == "财政局(暂按已填部分计,名次会变)。"
    assert texts(page)[-1] == "各表的数与“数据”一致。"


def test_the_tiles() -> None:
    """Six figures with what belongs to each stand on top of the first page."""
    names = ("报送率", "平均分", "中位数", "最高分", "最低分", "待核定(家)")
    assert [tile(sheet("一页纸"), name) for name in names] == [
        (6_000, "应报5家,已报3家"),
        (8_088, "折算80.88,加分0.00"),
        (7_922, "一半单位不低于此分"),
        (8_696, "工信局"),
        (7_647, "信访局"),
        (3, "退回修改1家"),
    ]
    done = replace(a_mixed_round(), basis=Basis.REVIEWED)
    assert tile(sheet("一页纸", done), "极差") == (1_049, "最高减最低")


def test_the_first_page_since_the_earlier_round() -> None:
    """With an earlier round mean and median stand beside what they were, and one line says who has moved most."""
    totals = {"信访局": (7_000, 1), "财政局": (6_000, 2), "工信局": (5_500, 3)}
    then = {
        name: EarlierUnit(full_marks=3_000, percent=total, total=total, rank=rank)
        for name, (total, rank) in totals.items()
    }
    earlier = EarlierRound(campaign="a", year=2019, generated=NOW, basis=Basis.SELF, units=then)
    page = sheet("一页纸", replace(a_mixed_round(), earlier=earlier))
    assert tile(page, "平均分") == (8_088, "上次61.67,升19.21")
    assert tile(page, "中位数") == (7_922, "上次60.00,升19.22")
    assert told_of(page, "与上次比") == (
        "两次都有总分的3家,平均分从61.67到80.88(+19.21);上升最多:工信局(第3名到第1名);下降最多:信访局(第1名到第3名)。"
    )


def test_the_strip() -> None:
    """Every unit is a dot in its group's strip; means and the grades' bounds are drawn, and the axis holds all of them."""
    page = page_of(sheet("一页纸"))
    (strip,) = [block for band in page.bands for stack in band for block in stack if isinstance(block, Strip)]
    assert [(each.name, each.look.value) for each in strip.series] == [
        ("80分", "bound"), ("全部平均", "overall"), ("行政执法部门", "unit"), ("承担专项任务的其他单位", "unit"), ("组平均", "mean"),
    ]  # fmt: skip
    assert (strip.low, strip.high, strip.step) == (76, 88.4, 2)
    assert strip.said == "各组总分的点图:每点为一家单位,共3家"


@pytest.mark.parametrize(("count", "first", "last"), [(5, 5, []), (7, 5, [6, 7]), (12, 5, [8, 9, 10, 11, 12])])
def test_first_and_last_five(count: int, first: int, last: list[int]) -> None:
    """No unit stands among the first and the last at once."""
    units = [name for name, form in forms().items() if form.shape is forms()["工信局"].shape][:count]
    files = [returned_file(name, {"15.4.自评": Fraction(100 - no, 10)}) for no, name in enumerate(units)]
    page = sheet("一页纸", a_round(units, files))
    assert [row[0] for row in under(page, "二、")[1:]] == list(range(1, first + 1))
    assert [row[0] for row in under(page, "三、")[1:]] == last


@pytest.mark.parametrize(("sharing", "shown", "more"), [(3, 7, None), (4, 8, None), (5, 7, "另有2家同为第5名。")])
def test_all_that_share_the_fifth_rank_stand_among_the_first(sharing: int, shown: int, more: str | None) -> None:
    """Nobody with the fifth rank is left out, nor named among the last as well; of more than eight the number of the others is said."""
    units = [name for name, form in forms().items() if form.shape is forms()["工信局"].shape][: 5 + sharing]
    scores = (10, 9, 8, 7, *[6] * sharing, 5)
    files = [returned_file(name, {"15.4.自评": score}) for name, score in zip(units, scores, strict=True)]
    page = sheet("一页纸", a_round(units, files))
    top, bottom = under(page, "二、")[1:], under(page, "三、")[1:]
    assert [row[0] for row in top if len(row) > 1] == [1, 2, 3, 4, *[5] * (shown - 4)]
    assert [row[0] for row in top if len(row) == 1] == ([more] if more else [])
    assert [row[0] for row in bottom] == [5 + sharing]


FULL_MARKS: Changes = {
    **{f"信息.{month:02d}.标题": "信息" for month in range(1, 9)},
    **{f"信息.{month:02d}.报送日期": date(2020, month, 10) for month in range(1, 9)},
    "8.2.上年集体访.填报": 6,
    "8.2.上年越级访.填报": 6,
    "8.2.自评": 2,
    "20.6.自评": 4,
}


def test_full_marks_have_no_weak_items() -> None:
    """Where every item has its full rate, none is named as weak."""
    best = returned_file("信访局", FULL_MARKS)
    assert list(headline(a_round(["信访局"], [best]))) == [
        "截止日期2020年11月20日,应报1家,已报1家,报送率100.00%。总分100.00分(信访局)。"
    ]


# 排名 -------------------------------------------------------------------------------------------------------


def test_the_ranking() -> None:
    """Every unit with a total has its row, by rank, with all that it is made of; who has none stands apart, below a line that says so."""
    law, special, common = "行政执法部门", "承担专项任务的其他单位", "承担共性任务的单位"
    assert rows("排名总表") == (
        (1, "", "工信局", law, 1, 3_450, 3_000, 3_000, None, 3_000, 8_696, 0, 0, 8_696, "良好", "有不涉及待核准"),
        (
            2, "", "财政局", law, 2, 3_850, 3_450, 3_050, None, 3_050, 7_922, 0, 0, 7_922, "一般",
            "退回修改(2处),暂按已填部分计",
        ),
        (3, "", "信访局", special, 1, 2_550, 1_950, 1_950, None, 1_950, 7_647, 0, 0, 7_647, "一般", ""),
    )  # fmt: skip
    _, below = tables(sheet("排名总表"))
    assert (below.band, below.headless, below.columns) == (
        "未报送,不排名(2家)",
        True,
        tables(sheet("排名总表"))[0].columns,
    )
    assert [seen(below, row) for row in below.rows] == [
        (None, "", "法院", special, None, 3_800, *(None,) * 9, "退回(没有填写)"),
        (None, "", "科协", common, None, 2_200, *(None,) * 9, "未报送"),
    ]
    assert last_row("排名总表") == (
        None, None, "合计/平均", None, None, 9_850, 8_400, 8_000, None, 8_000, 8_088, 0, 0, 8_088, None, None,
    )  # fmt: skip
    assert (
        "末行应得分、测算分、自评分、核定分、得分为合计,折算分、加分、减分、总分为平均,只算计入平均的单位。"
        in sentences(sheet("排名总表"))
    )


def test_places_moved_since_the_earlier_round() -> None:
    """With an earlier round each row says how many places its unit has moved; who had no rank then has a dash."""
    then = {unit: EarlierUnit(full_marks=3_000, percent=9_000, total=9_000, rank=rank) for unit, rank in RANKS.items()}
    earlier = EarlierRound(campaign="a", year=2019, generated=NOW, basis=Basis.SELF, units=then)
    done = replace(a_mixed_round(), earlier=earlier)
    heads = [column.title for column in tables(sheet("排名总表", done))[0].columns if not column.hidden]
    found = rows("排名总表", done)
    assert heads[-2:] == ["名次变化", "备注"]
    assert {row[2]: row[-2] for row in found} == {
        "工信局": "升2位", "财政局": "不变", "信访局": None,
    }  # fmt: skip
    assert "名次变化" not in [column.title for column in tables(sheet("排名总表"))[0].columns]


RANKS = {"工信局": 3, "财政局": 2, "法院": 1}


def test_the_assessor_is_named() -> None:
    """司法局 assesses and is assessed: the ranking says so beside what else is to be said."""
    changes = {"5.1.公示制度.填报": "不涉及", "5.1.自评": None}
    done = a_round(["司法局"], [returned_file("司法局", changes)])
    assert rows("排名总表", done)[0][-1] == "退回修改(1处),暂按已填部分计;有不涉及待核准;兼评价单位"


def test_equal_totals_share_a_rank() -> None:
    """Two units with one total share the rank, and the next one is skipped."""
    units = ["工信局", "住建局", "城管局", "商务局"]
    files = [returned_file(name, {"15.4.自评": score}) for name, score in zip(units, (10, 9, 9, 8), strict=True)]
    assert [(row[0], row[2]) for row in rows("排名总表", a_round(units, files))] == [
        (1, "工信局"),
        (2, "住建局"),
        (2, "城管局"),
        (4, "商务局"),
    ]


# 分项得分 ---------------------------------------------------------------------------------------------------


def test_scores_by_item() -> None:
    """Each returned unit has its score for each item, nothing where the item is not its own."""
    found = rows("分项得分")
    assert [row[0] for row in found] == ["信访局", "财政局", "工信局"]
    assert [row[8] for row in found] == [100, "", ""]
    assert [row[15] for row in found] == [1_300, 1_400, 1_400]


def test_rates_by_item() -> None:
    """Each item has the points that apply, those that count and those lost; who has any of it, and who all of it."""
    found = {row[0]: row for row in rows("21项得分率")}
    assert found[8][4:] == (1, 1, 300, 100, 200, 3_333, 0, "信访局")
    assert found[14][4:] == (1, 1, 400, 0, 400, 0, 0, "财政局")
    assert found[10][4:] == (1, 0, 0, 0, 0, None, 0, None)
    assert found[15][4:] == (5, 3, 4_100, 4_100, 0, 10_000, 3, "全部满分")


@pytest.mark.parametrize(("low", "named"), [(1, "工信局"), (3, "工信局、住建局、城管局"), (4, "4家"), (5, "各家相同")])
def test_the_lowest_units_of_an_item(low: int, named: str) -> None:
    """Of several units that share an item's lowest rate up to three are named, more are counted."""
    units = ["工信局", "住建局", "城管局", "商务局", "市场监管局"]
    files = [returned_file(unit, {"15.4.自评": 8 if no < low else 9}) for no, unit in enumerate(units)]
    assert rows("21项得分率", a_round(units, files))[14][-1] == named


def test_the_costliest_sub_points_are_numbered() -> None:
    """The sub-points that cost most are numbered from 1."""
    (most,) = tables(sheet("失分最多的得分点"))
    assert [row[0] for row in most.rows] == list(range(1, len(most.rows) + 1))
    assert [str(row[1]).split()[0] for row in most.rows][:2] == ["20.6", "8.2"]


def test_keys_are_not_seen() -> None:
    """Formulas look scores up by a key, and count by numbers, that no list and no printed page shows."""
    assert next(column.title for column in tables(sheet("失分清单"))[0].columns) == "序号"
    assert [column.title for column in tables(sheet("数据"))[0].columns if column.hidden] == [
        "键", "方面序号", "得分点序号", "项目应得分", "项目失分", "矩阵分块",
    ]  # fmt: skip
    hidden = [column.title for column in tables(sheet("排名总表"))[0].columns if column.hidden]
    assert hidden == ["序号", "参加排名", "组序号"]


def test_whole_columns_are_summed_counted_or_searched() -> None:
    """No formula compares or multiplies a column as a whole: programs compute that otherwise, or not at all."""
    blocks = [(each, block) for each in book_of(the_mixed_round()).sheets for block in each.blocks]
    told = [block.text for _, block in blocks if isinstance(block, Sentence)]
    cells = [
        cell for _, block in blocks if isinstance(block, Table) for row in (*block.rows, block.total) for cell in row
    ]
    for formula in (each for each in (*told, *cells) if isinstance(each, Formula)):
        plain_text = re.sub(r'"(?:[^"]|"")*"', '""', formula.text)
        assert "[" not in re.sub(r"(?<=[(,])\w+\[[^@\]]+\](?=[,)])|\[@[^\]]+\]", "", plain_text), formula.text


def test_rates_by_aspect() -> None:
    """Each unit has its rate in each aspect and the weakest is named, in its group, by rank; no task is a dash and no zero."""
    law, special, ends = tables(sheet("五方面得分率"))
    assert (law.band, special.band) == ("行政执法部门(2家,已报2家)", "承担专项任务的其他单位(2家,已报1家)")
    assert [plain(row)[:2] for row in law.rows] == [(1, "工信局"), (2, "财政局")]
    assert [plain(row) for row in special.rows] == [(3, "信访局", None, 3_333, None, 10_000, 5_789, "法治政府建设")]
    assert plain(special.total) == ("", "全部", None, 9_000, 0, 10_000, 5_789, "司法工作")
    assert plain(ends.total) == ("", "好/中/差(家)", "0/0/0", "2/0/1", "0/0/1", "3/0/0", "0/0/3", "")


@pytest.mark.parametrize(("points", "named"), [(10, "全部满分"), (None, "法治建设组织保障")])
def test_the_lowest_aspect(points: int | None, named: str) -> None:
    """Who has full marks in all aspects has no lowest one; one that is alone is named where it is not full."""
    changes: Changes = {} if points else {"20.6.自评": 0}
    units = ["信访局"]
    files = [returned_file("信访局", {**FULL_MARKS, **changes})]
    assert rows("五方面得分率", a_round(units, files))[0][-1] == named


# 报送情况 ---------------------------------------------------------------------------------------------------


RETURN_RULE = (
    "计入哪一份:同一单位先后报送的,以最后收到的为准(同一天的看时间,再看文件名);没有填写的不替代填好的;填报内容相同的只计一份。"
    "各份都留存,没有计入的列在“没有计入的文件”;表属于哪个单位只看表号,文件同名也不会互相覆盖。"
    "是否按时:看本单位第一份可用的表(读得出、填了内容、没有被办公室写上不采用);截止以后再报的是补报,不算迟报。"
)


def test_returns() -> None:
    """Every unit has its state: when it first came, whether in time, how many files, what is open; who is missing is named."""
    found = sheet("报送情况")
    assert sentences(found) == [
        (
            "应报5家,已报3家(报送率60.00%),未报2家。按时2家(占应报的按时率40.00%),迟报1家。"
            "交来文件的4家里须退回改好的2家(退回率50.00%)。截止日期2020-11-20。"
        ),
        "催报名单:法院、科协。",
        RETURN_RULE,
    ]
    (counting,) = tables(found)
    assert counting.rows == (
        (32, "信访局", "已收", "2020-11-21", "文件夹", "迟报", "2020-11-21", 1, 0, 0, 0, "信访局.xlsx"),
        (18, "财政局", "退回修改", "2020-11-10", "文件夹", "按时", "2020-11-10", 1, 0, 2, 0, "财政局.xlsx"),
        (6, "法院", "退回(没有填写)", None, None, None, "2020-11-10", 1, 0, 1, 0, "法院.xlsx"),
        (15, "工信局", "已收", "2020-11-10", "文件夹", "按时", "2020-11-10", 2, 0, 0, 0, "工信局.xlsx"),
        (37, "科协", "未报", None, None, None, None, 0, 0, None, None, None),
    )
    assert rows("没有计入的文件") == (
        ("工信局", "被更晚的替代", "2020-11-09", "按文件时间推定", "工信局(旧).xlsx"),
        (None, "不能读取", "2020-11-09", "按文件时间推定", "说明.pdf"),
    )


def test_returns_when_all_are_there() -> None:
    """Without missing units nobody is reminded, and without other files their list says that there are none."""
    found = sheet("报送情况", a_round(["信访局"], [returned_file("信访局")]))
    assert sentences(found) == [
        (
            "应报1家,已报1家(报送率100.00%),未报0家。按时1家(占应报的按时率100.00%),迟报0家。"
            "交来文件的1家里须退回改好的0家(退回率0.00%)。截止日期2020-11-20。"
        ),
        RETURN_RULE,
    ]
    assert sentences(sheet("没有计入的文件", a_round(["信访局"], [returned_file("信访局")]))) == ["没有不计入的文件。"]


def test_no_rates_of_nothing() -> None:
    """Before anything came there is no rate of returns in time, nor of returns that went back."""
    assert sentences(sheet("报送情况", a_round(["信访局"], [])))[0] == (
        "应报1家,已报0家(报送率0.00%),未报1家。截止日期2020-11-20。"
    )


def test_a_file_that_seems_to_be_a_units() -> None:
    """A unit of which only a file came that cannot be used has its state, and no day of one that counts; a double is counted."""
    files = [
        other_file("科协扫描.pdf", Status.REJECTED),
        returned_file("信访局"),
        other_file("信访局(1).xlsx", Status.DUPLICATE, "信访局"),
    ]
    assert rows("报送情况", a_round(["科协", "信访局"], files)) == (
        (37, "科协", "不能使用", None, None, None, None, 1, 0, None, None, None),
        (32, "信访局", "已收", "2020-11-10", "文件夹", "按时", "2020-11-10", 2, 1, 0, 0, "信访局.xlsx"),
    )


def test_a_day_that_is_only_presumed() -> None:
    """Who is late by nothing but a file's own time is late to be confirmed, and it is said where."""
    late = returned_file("信访局", received=date(2020, 11, 25), basis=DayBasis.FILE)
    done = a_round(["信访局"], [late])
    found = sheet("报送情况", done)
    assert sentences(found)[:2] == [
        (
            "应报1家,已报1家(报送率100.00%),未报0家。按时0家(占应报的按时率0.00%),迟报0家,迟报待确认1家。"
            "交来文件的1家里须退回改好的0家(退回率0.00%)。截止日期2020-11-20。"
        ),
        (
            "待确认是不是迟报1家:信访局。收到日期只是按文件时间推定的(没有邮件,也不在写明日期的文件夹里),确认以前不算迟报。"
            "请在 收到登记.xlsx 里确认:日期不错的,“处理”选“日期无误”;不对的,填“更正日期”;再收一次表。"
        ),
    ]
    assert rows("报送情况", done)[0][3:7] == ("2020-11-25", "按文件时间推定", "迟报(待确认)", "2020-11-25")
    assert sentences(found)[1] in list(headline(done))


def test_a_supplement() -> None:
    """A unit that was in time and supplied more after the deadline is in time; the later return is a supplement."""
    more = replace(returned_file("信访局", received=date(2020, 11, 25)), path="更正.xlsx")
    first = replace(returned_file("信访局"), status=Status.SUPERSEDED)
    done = a_round(["信访局"], [first, more])
    assert rows("报送情况", done) == (
        (32, "信访局", "已收", "2020-11-10", "文件夹", "按时", "2020-11-25(补报)", 2, 0, 0, 0, "更正.xlsx"),
    )


# 催报 -------------------------------------------------------------------------------------------------------


def test_reminders() -> None:
    """For each state that needs a reminder there is one paragraph: who, what is missing, by when."""
    files = [*a_mixed_round().files, other_file("团委扫描.pdf", Status.REJECTED)]
    done = a_round(["信访局", "财政局", "法院", "工信局", "科协", "团委"], files)
    form, due = "《钟楼区2020年度法治建设监测评价任务分解表》", "通知的报送期限是2020年11月20日"
    wrong = (
        f"财政局:你单位的{form}已收到,还有须改正的内容(财政局2处),退回修改的表已另行发给你单位。"
        "请照“需修改事项”改好,于____年__月__日前报送至区委依法治区办。"
    )
    assert rows("催报", done) == (
        (
            "未报",
            1,
            f"科协:至今还没有收到你单位的{form}和台账资料。{due},请尽快填好下发的表,报送至区委依法治区办。",
        ),
        (
            "不能使用",
            1,
            f"团委:你单位发来的文件不能使用,原因和空白表已另行发给你单位。{due},请用下发的原表填好{form},尽快报送至区委依法治区办。",
        ),
        (
            "没有填写",
            1,
            f"法院:收到的{form}里没有填写任何内容,可能是发错了文件。{due},请填好后尽快重新报送至区委依法治区办。",
        ),
        ("退回修改", 1, wrong),
    )


def test_nobody_to_remind() -> None:
    """Where all have returned, the sheet says so."""
    found = sheet("催报", a_round(["信访局"], [returned_file("信访局")]))
    assert (sentences(found), tables(found)[0].rows) == (["没有需要催报的单位。"], ())


# 问题清单 ---------------------------------------------------------------------------------------------------


def test_problems() -> None:
    """Every finding of every file is listed, the gravest first, with who has to act, its place and what to do."""
    listed = rows("问题清单")
    assert [(row[0], row[1], row[2], row[5], row[6]) for row in listed] == [
        ("财政局", "单位", "须改正", "14.1.自评", "3"),
        ("财政局", "单位", "须改正", "14.2.自评", None),
        ("法院", "单位", "须改正", None, None),
        ("财政局", None, "提示", "15.1.经费.填报", "5万元"),
    ]
    assert listed[3][7] == "15.1.经费 普法经费由“5万元”整理为“5”。"


def test_alike_problems_are_one_line() -> None:
    """The same message about many cells is one line with its cells."""
    blank: Changes = {f"15.2.{key}.填报": None for key in ("宪法", "民法典", "地方性法规")}
    listed = rows("问题清单", a_round(["工信局"], [returned_file("工信局", {**blank, "14.1.自评": None})]))
    alike = [row for row in listed if row[5] == "15.2.宪法.填报、15.2.民法典.填报、15.2.地方性法规.填报"]
    assert [row[7] for row in alike] == ["这3处没有填写。请补填;没有发生的填0。"]


@pytest.mark.parametrize(
    ("unit", "code", "words", "acts"),
    [
        ("科协", "file-damaged", {"detail": "x"}, "单位"),
        (None, "file-damaged", {"detail": "x"}, "办公室"),
        ("科协", "form-foreign", {"value": "x"}, "办公室"),
        ("科协", "same-time", {"value": "x"}, "办公室"),
        ("科协", "matter-repeated", {"row": "x"}, "单位"),
        ("科协", "form-unfilled", {}, "单位"),
        ("科协", "file-ignored", {}, None),
    ],
)
def test_who_acts(unit: str | None, code: str, words: dict[str, str], acts: str | None) -> None:
    """The unit corrects and confirms; the office asks, compares and decides; nobody acts on a note."""
    file = replace(other_file("a", Status.REJECTED, unit), findings=(finding(Code.of(code), Place(), **words),))
    assert [row[1] for row in rows("问题清单", a_round(["科协"], [file]))] == [acts]


# 规范化记录, 改动与异常 -------------------------------------------------------------------------------------


def test_normalised_values() -> None:
    """Every value that was read otherwise than it was typed is on record: whose, where, from what, to what."""
    assert rows("规范化记录") == (
        ("财政局", "任务分解表", "C60", "15.1.经费.填报", "5万元", "5", "写法", "财政局.xlsx"),
    )


def test_changes_of_the_forms() -> None:
    """What became of the forms themselves stands on a sheet of its own."""
    moved = finding(Code.CODES_MOVED, Place(sheet="任务分解表", cell="A9", field="15.4"), value="15.4", count=2)
    bare = finding(Code.PROTECTION_REMOVED, Place(sheet="台账目录"))
    file = returned_file("信访局", {"15.1.经费.填报": "5万元"})
    done = a_round(["信访局"], [replace(file, findings=(*file.findings, moved, bare))])
    assert [row[:6] for row in rows("改动与异常", done)] == [
        ("信访局", "请核实", "任务分解表", "A9", "15.4", "15.4"),
        ("信访局", bare.severity.word, "台账目录", None, None, None),
    ]


# Telephone numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "phone", ["13800138000", "138 0013 8000", "138-0013-8000", "138001380００", "+86 13800138000", "0519-86601234"]
)
def test_telephone_numbers(phone: str) -> None:
    """No telephone number comes out of a return into the office's workbook, on whatever sheet, in whatever writing."""
    typed: Changes = {"15.1.经费.填报": phone, "15.1.说明": f" 联系{phone} "}
    file = replace(returned_file("信访局", typed), path=f"{phone}.xlsx")
    done = a_round(["信访局"], [file, other_file(f"2020-11-18/{phone}的来件.pdf", Status.REJECTED)])
    texts = [str(cell) for cell in every_cell(ranking_book(done))]
    assert not any(phone in text or "8000" in text or "86601234" in text for text in texts)
    assert any("(电话略)" in text for text in texts)


@pytest.mark.parametrize(
    "text", ["2020-11-18/表.xlsx", "ZL2020-17-1-K7QF4M2T", "12345678901234", "约5次", "10000000000", "2020年11月18日"]
)
def test_other_numbers(text: str) -> None:
    """Other numbers stay as they are."""
    assert without_phones(text) == text


# 口径说明 ---------------------------------------------------------------------------------------------------


def test_every_reading_is_printed() -> None:
    """Each open question has its answer, its reason, and the answers not chosen."""
    printed = rows("口径说明")
    readings = the_notice().readings
    assert [(row[1], row[2], row[3]) for row in printed] == [(r.question, r.choice.text, r.reason) for r in readings]
    assert [row[0] for row in printed] == list(range(1, len(readings) + 1))
    assert {row[5] for row in printed} == {"待确认"}
    for row, reading in zip(printed, readings, strict=True):
        others = [option.text for option in reading.options if option.key != reading.chosen]
        assert row[4] == (";".join(others) or None)


def test_a_confirmed_reading() -> None:
    """What the office has confirmed is marked."""
    first, *others = the_notice().readings
    confirmed = the_notice().model_copy(update={"readings": (first.model_copy(update={"confirmed": True}), *others)})
    done = a_round([], [], notice=confirmed)
    assert [row[5] for row in rows("口径说明", done)][:2] == ["已确认", "待确认"]


def test_a_switched_reading_does_not_keep_its_reason() -> None:
    """Where the office chose another option, the first one's reason is told as such."""
    first, *others = the_notice().readings
    other = first.model_copy(update={"chosen": first.options[1].key})
    switched = the_notice().model_copy(update={"readings": (other, *others)})
    row = rows("口径说明", a_round([], [], notice=switched))[0]
    assert (row[2], row[3]) == (first.options[1].text, f"改选;原口径的理由:{first.reason}")


# 加减分明细, and what stands only in an official ranking ----------------------------------------------------


CLAIM = Adjustment(
    unit="信访局",
    row="加分.01",
    source="信访局",
    situation="①表彰奖励",
    matter="甲",
    document="国发〔2020〕1号",
    verdict="不认可",
    note="级别不够",
    joined="甲事",
    counted=100,
    hint="与加分.02相似",
)
OFFENCE = replace(CLAIM, row="减分登记.001", verdict="减分", note="已查明", counted=300)


def adjusted(*, official: bool, **more: Any) -> tuple[list[list[str]], list[tuple[tuple[Cell, ...], ...]]]:  # noqa: ANN401
    """Give the heads of both lists and their rows."""
    basis = Basis.REVIEWED if official else Basis.SELF
    done = replace(a_round(["信访局"], [returned_file("信访局")], basis=basis), **more)
    found = tables(sheet("加减分明细", done))
    return [[column.title for column in each.columns] for each in found], [each.rows for each in found]


def test_before_all_is_decided_no_verdict_stands_in_the_lists() -> None:
    """A claim counts as made, a deduction nothing, and neither verdict nor note nor joining is told; hints of duplicates are."""
    heads, (bonus, penalties) = adjusted(official=False, claims=(CLAIM,), penalties=(OFFENCE,))
    assert not {"认定", "归并"} & {*heads[0], *heads[1]}
    assert bonus[0][-4:] == ("国发〔2020〕1号", None, 100, "与加分.02相似")
    assert penalties[0][-4:] == ("国发〔2020〕1号", None, 0, "与加分.02相似")


WITH_DECISIONS = {
    "一页纸",
    "审核情况",
    "未定清单",
}  # that say how far the review has come; 敏感性 has a reading that counts verdicts early


@pytest.mark.parametrize("seed", [5, 9, 24])
def test_before_all_is_decided_no_sheet_knows_a_decision(seed: int) -> None:
    """But for how far the review has come, a book before the official one is the same with the decisions made so far and without."""
    chance = a_chance(seed, most=6)
    done = chance.round
    without = {unit: raw and replace(raw, decided={}, claimed=[(each[0], "", "") for each in raw.claimed])
               for unit, raw in chance.units.items()}  # fmt: skip
    before = {each.name: each for each in ranking_book(replace(chance, units=without).round).sheets}
    assert not done.official
    assert any(score.decided for unit in done.reviewed for score in unit.sub_points)
    for each in ranking_book(done).sheets:
        assert each.name in WITH_DECISIONS or each.name.startswith("敏感性") or each == before[each.name], each.name


def test_once_all_is_decided_the_lists_tell_verdicts() -> None:
    """The official lists have the verdict, the name of the joined matter, what counts, and the office's note."""
    heads, (bonus, penalties) = adjusted(official=True, claims=(replace(CLAIM, counted=0),), penalties=(OFFENCE,))
    assert heads[0][-4:] == heads[1][-4:] == ["认定", "归并", "计分", "说明"]
    assert bonus[0][-4:] == ("不认可", "甲事", 0, "级别不够")
    assert penalties[0][-4:] == ("减分", "甲事", 300, "已查明")


def test_the_lists_say_why_a_matter_counts_no_more() -> None:
    """A matter that counts elsewhere, and the cap, stand as the reason."""
    claim = replace(CLAIM, verdict="认可", note="", counted=600)
    claims = (claim, replace(claim, row="加分.02", counted=0, same="加分.01"), replace(claim, row="加分.03"))
    _, (bonus, _) = adjusted(official=True, claims=claims)
    assert [row[-1] for row in bonus] == [None, "同一事项,已在加分.01计", "已满10分上限"]


@pytest.mark.parametrize(("basis", "there"), [(Basis.SELF, False), (Basis.REVIEWED, True)])
def test_the_comparison_is_written_once_all_is_decided(basis: Basis, there: bool) -> None:  # noqa: FBT001
    """Before the ranking is official the office's scores stand on no sheet of their own."""
    done = a_round(["信访局"], [returned_file("信访局")], basis=basis)
    assert ("自评与核定对比" in [each.name for each in ranking_book(done).sheets]) is there
