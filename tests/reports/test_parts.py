"""Reports have what the notice has: its parts, its words, and nothing of what it lacks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from fazhi_xl.notice.model import Notice
from fazhi_xl.reports.bulletin.draft import bulletin
from fazhi_xl.reports.bulletin.grades_workbook import bulletin_book
from fazhi_xl.reports.feedback.peers import Peers
from fazhi_xl.reports.feedback.result import UnitResult
from fazhi_xl.reports.feedback.sheet import feedback_book
from fazhi_xl.reports.media.document import Grid, Paragraph
from fazhi_xl.reports.media.panel import PageSheet
from fazhi_xl.reports.media.privacy import OtherUnits
from fazhi_xl.reports.media.titles import sheet_name
from fazhi_xl.reports.media.workbook import Formula, Link, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.reports.ranking.headline import headline
from fazhi_xl.reports.ranking.workbook import ranking_book
from fazhi_xl.reports.report_json import report
from fazhi_xl.reports.trace import unit_trace
from fazhi_xl.rounds.losses import refunds
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import Basis, UnitScore
from fazhi_xl.xlsx.writer.report import report_bytes
from tests.support.catalogues import Files, catalogue, full, item, minimal, negative_list, sub_point
from tests.support.once import same
from tests.support.scored_rounds import departments, scored_round

DAY = date(2032, 3, 1)
CATALOGUES: Mapping[str, Files] = {
    "minimal": minimal(7),
    "negative": negative_list(8),
    "full": full(7),
    "departments": departments(9),
}
VETO = "弄虚作假"


@pytest.fixture(scope="module")
def notices(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Notice]:
    folder = tmp_path_factory.mktemp("catalogues")
    return {name: catalogue(folder / name, files) for name, files in CATALOGUES.items()}


@same
def rounds(notice: Notice) -> tuple[Round, ...]:
    return tuple(scored_round(notice, seed) for seed in range(12))


book_of = same(ranking_book)
peers_of = same(Peers.of)


def feedback(done: Round, score: UnitScore) -> ReportBook:
    unit = next(each for each in done.notice.units if each.short == score.unit)
    others, peers = OtherUnits.of(done.notice), peers_of(done)
    return feedback_book(UnitResult(round_=done, unit=unit, score=score, others=others, day=DAY, peers=peers))


def said(sheet: ReportSheet) -> Iterator[str]:
    """Give every text of a sheet: titles, sentences, heads, cells."""
    yield sheet.name
    yield sheet.title
    if isinstance(sheet, PageSheet):
        yield from sheet.texts
    for block in sheet.blocks:
        match block:
            case Sentence():
                yield str(block.text.value if isinstance(block.text, Formula) else block.text)
            case Table():
                yield block.title
                yield from (column.title for column in block.columns)
                yield from _shown(block)


def _shown(table: Table) -> Iterator[str]:
    for row in (*table.rows, table.total):
        for cell in row:
            yield str(cell.text if isinstance(cell, Link) else cell.value if isinstance(cell, Formula) else cell)


def everything(done: Round) -> str:
    """Give all that is told of a round."""
    books = [book_of(done), bulletin_book(done), *(feedback(done, unit) for unit in done.scored)]
    texts = [text for book in books for sheet in book.sheets for text in said(sheet)]
    for block in bulletin(done, DAY).blocks:
        texts += [block.lead, block.text] if isinstance(block, Paragraph) else []
        texts += [*block.columns, *(cell for row in block.rows for cell in row)] if isinstance(block, Grid) else []
    traces = [line for unit in done.scored for line in unit_trace(done, unit)]
    return "\n".join([*texts, *traces, *headline(done)])


# Parts ----------------------------------------------------------------------------------------------------------------

OF_PARTS: Mapping[str, str] = {
    "minimal": "加分|减分|等次|分组|组内|方面|否决|补回|口径|敏感|佐证|台账|以0分|待办公室",
    "negative": "加分|等次|分组|组内|方面|否决|补回|口径|敏感|佐证|台账|得分点|应得分|折算|自评|得分率|报送|未报|催报|项目",
    "full": "自评分没有|基准分|口径说明|敏感性|参评单位",
    "departments": "加分|自评|基准分|口径说明|敏感性|参评单位|参考",
}


@pytest.mark.parametrize("name", CATALOGUES)
def test_nothing_of_what_is_not_there(notices: Mapping[str, Notice], name: str) -> None:
    """No word tells of a part that the notice lacks, and no table is empty that is about the units."""
    for done in rounds(notices[name]):
        found = re.search(f".*(?:{OF_PARTS[name]}).*", everything(done))
        assert found is None, found
        for sheet in book_of(done).sheets[:2]:
            assert all(block.rows for block in sheet.blocks if isinstance(block, Table)), sheet.name


def test_sheets(notices: Mapping[str, Notice]) -> None:
    """The ranking workbook has the sheets of the parts that are there."""
    names = {name: [each.name for each in book_of(scored_round(notice, 0)).sheets] for name, notice in notices.items()}
    assert names["negative"] == ["一页纸", "排名总表", "加减分明细"]
    filing = [
        "报送情况",
        "没有计入的文件",
        "催报",
        "审核情况",
        "问题清单",
        "规范化记录",
        "改动与异常",
        "两次报送差异",
    ]
    scores = ["1项得分率", "失分最多的得分点", "分项得分", "得分矩阵", "失分清单"]
    assert names["minimal"] == ["一页纸", "排名总表", *scores, *filing, "数据"]
    scores = [
        "各方面得分率", "4项得分率", "失分最多的得分点", "分项得分", "得分矩阵", "得分矩阵(续)", "失分清单", "加减分明细",
    ]  # fmt: skip
    assert names["departments"] == ["一页纸", "排名总表", "分组排名", *scores, *filing, "数据"]


def test_the_notices_own_words(notices: Mapping[str, Notice]) -> None:
    """Units, the assessment and grades are called as the notice calls them."""
    done = next(each for each in rounds(notices["departments"]) if each.compared)
    text = everything(done)
    assert "9家被考核社区进行了考核" in text
    assert f"档次：{'甲等'}" not in text
    assert "考核档次" in text
    assert "单位(按名单顺序)" in text


def test_states(notices: Mapping[str, Notice]) -> None:
    """The title says what a preliminary ranking rests on."""
    found = {name: {each.basis: each for each in rounds(notice)} for name, notice in notices.items()}
    titles = {
        name: {
            done.basis: list(said(book_of(done).sheets[0]))[1].replace(f",含未报送{len(done.missing)}家", "")
            for done in own.values()
        }
        for name, own in found.items()
    }
    assert titles["departments"][Basis.COMPUTED].endswith(" 预排名(按测算)")
    assert titles["full"][Basis.SELF].endswith(" 预排名(按自评)")
    assert titles["negative"][Basis.COMPUTED].endswith(" 预排名(按已登记的)")
    assert titles["negative"][Basis.REVIEWED].endswith(" 正式排名(按核定)")
    assert report(found["departments"][Basis.COMPUTED])["basis"] == "测算"


# What is special about a unit -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["full", "departments"])
def test_a_veto_is_named_wherever_the_unit_stands(notices: Mapping[str, Notice], name: str) -> None:
    """No sheet shows the unit's figures without saying so; it is neither among the first nor graded."""
    vetoed = 0
    for done in rounds(notices[name]):
        for unit in (each for each in done.scored if each.vetoes):
            vetoed += 1
            for sheet in book_of(done).sheets:
                texts = list(said(sheet))
                of_returns = sheet.name in {"报送情况", "没有计入的文件", "催报", "审核情况", "未定清单", "问题清单"}
                assert of_returns or unit.unit not in texts or any(VETO in text for text in texts), sheet.name
            assert any(f"一票否决({VETO})" in text for text in said(feedback(done, unit).sheets[0]))
            assert any(f"一票否决({VETO}),不参加排名" in line for line in unit_trace(done, unit))
            assert any(f"{unit.unit}({VETO})" in line for line in headline(done))
            graded = [row for row in _grades(done) if unit.unit in row[-1]]
            assert [row[-3] for row in graded] == ["一票否决"]
            shown = next(each for each in report(done)["units"] if each["unit"] == unit.unit)  # type: ignore[attr-defined]
            assert (shown["state"], shown["vetoes"], shown["rank"]) == ("vetoed", [VETO], None)
    assert vetoed > 3


def _grades(done: Round) -> Iterator[tuple[str, ...]]:
    yield from (row for block in bulletin(done, DAY).blocks if isinstance(block, Grid) for row in block.rows)


def test_what_goes_back_is_named(notices: Mapping[str, Notice]) -> None:
    """The limit, what was lost under it and what goes back stand with the total, on the feedback sheet, and in the explanation."""
    found = [(done, unit) for done in rounds(notices["departments"]) for unit in done.scored if unit.refund]
    assert len(found) > 5
    for done, unit in found:
        for refund in refunds(done, unit):
            row = next(row for row in _totals(done) if row["单位"] == unit.unit)
            assert refund.words in row["备注"]
            assert any(refund.words in text for text in said(feedback(done, unit).sheets[0]))
            assert any(line == f"限额:{refund.cap.text}{refund.words}。" for line in unit_trace(done, unit))
        assert sum(refund.points for refund in refunds(done, unit)) == unit.refund


def _totals(done: Round) -> Iterator[Mapping[str, str]]:
    sheet = book_of(done).sheets[1]
    table = next(block for block in sheet.blocks if isinstance(block, Table))
    for row in table.rows:
        yield {
            column.title: str(
                cell.text if isinstance(cell, Link) else cell.value if isinstance(cell, Formula) else cell
            )
            for column, cell in zip(table.columns, row, strict=True)
        }


def test_what_waits_for_the_office_is_named(notices: Mapping[str, Notice]) -> None:
    """A sub-point without its value is no loss: it is said to be waited for."""
    waiting = 0
    for done in rounds(notices["full"]):
        for unit in done.scored:
            if any(score.pending for score in unit.sub_points):
                waiting += 1
                row = next(row for row in _totals(done) if row["单位"] == unit.unit)
                assert "1个得分点待办公室提供" in row["备注"]
                assert "待办公室提供数据的得分点:4.1,暂不计分,也不计入应得分。" in said(feedback(done, unit).sheets[0])
                assert any("待办公室提供的得分点1个:4.1" in line for line in headline(done))
                assert not done.official
    assert waiting


# Any number -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 200])
def test_any_number_of_units(tmp_path_factory: pytest.TempPathFactory, count: int) -> None:
    """One unit makes a ranking, and so do two hundred."""
    done = scored_round(catalogue(tmp_path_factory.mktemp("c") / "c", minimal(count)), 1)
    assert report_bytes(book_of(done), done.notice.theme)
    assert json.dumps(report(done))


def test_any_number_of_items_aspects_and_grades(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Two dozen items in a dozen aspects, with thirty grades, are no more than one of each."""
    files = minimal(4)
    about = files["notice.toml"]
    grades = [{"name": f"第{no}等", "at_least": 300 - no} for no in range(1, 30)]
    files["notice.toml"] = {**about, "scoring": {"full": 240}, "grades": [*grades, {"name": "其余"}]}
    files |= {f"items/{no:02d}.toml": item(no, sub_point(10)) for no in range(1, 25)}
    done = scored_round(catalogue(tmp_path_factory.mktemp("c") / "c", files), 4)
    sheets = {each.name: each for each in book_of(done).sheets}
    assert len(next(block for block in sheets["各方面得分率"].blocks if isinstance(block, Table)).columns) == 15
    assert report_bytes(book_of(done), done.notice.theme)


@pytest.mark.parametrize(
    ("name", "no", "fit"),
    [
        ("各方面得分率", 1, "各方面得分率"),
        ("党建/业务得分率", 1, "党建_业务得分率"),
        ("'[甲]'", 1, "__甲__"),
        ("长" * 40, 1, "长" * 31),
        ("长" * 40, 2, "长" * 28 + "(2)"),
        ("", 1, "_"),
    ],
)
def test_names_of_sheets(name: str, no: int, fit: str) -> None:
    """A sheet is called as Excel allows."""
    assert sheet_name(name, no) == fit


def test_no_two_sheets_have_one_name(notices: Mapping[str, Notice]) -> None:
    """What a notice calls its aspects may sound like another sheet: the second is numbered, and formulas find it."""
    notice = notices["full"]
    words = notice.about.words.model_copy(update={"aspects": "4项"})
    about = notice.about.model_copy(update={"words": words})
    done = scored_round(notice.model_copy(update={"about": about}), 2)
    names = [each.name for each in book_of(done).sheets]
    assert names[3:5] == ["4项得分率", "4项得分率(2)"]
    assert report_bytes(book_of(done), done.notice.theme)
