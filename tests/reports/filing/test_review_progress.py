"""How far a review has come, and what a report says of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fazhi_xl.findings import Code, Place, finding
from fazhi_xl.office.commands.summary import open_lines
from fazhi_xl.reports.media.workbook import Link, Sentence, Table
from fazhi_xl.reports.ranking.headline import headline
from fazhi_xl.reports.ranking.workbook import ranking_book
from fazhi_xl.reports.report_json import report
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.undecided import OpenMatter, Undecided
from fazhi_xl.scoring.model import Basis, State
from tests.support.pages import page_of
from tests.support.rounds import a_round, returned_file


def a_reviewed_round(decided: int) -> Round:
    """Give a round of one unit of which so many sub-points are decided."""
    done = a_round(["科协"], [returned_file("科协")])
    (unit,) = done.units
    scores = tuple(replace(each, reviewed=0) if no < decided else each for no, each in enumerate(unit.sub_points))
    whole = decided == len(scores)
    state, reviewed = (State.REVIEWED, 0) if whole else (State.RETURNED, None)
    basis = Basis.REVIEWED if whole else Basis.SELF
    so_far = (replace(unit, sub_points=scores, state=state, reviewed=reviewed),)
    return replace(done, basis=basis, units=so_far if whole else done.units, reviewed=so_far)


def names(done: Round) -> list[str]:
    return [sheet.name for sheet in ranking_book(done).sheets]


def test_before_the_review_there_is_nothing_to_say() -> None:
    """A round that nobody has begun to review has no sheet of it."""
    assert "审核情况" not in names(a_reviewed_round(0))


def test_a_review_half_way() -> None:
    """The share that is reviewed is told, and that it does not count yet."""
    done = a_reviewed_round(2)
    told = "已核定2个得分点(共6个),得分点全部核定的有0家(共1家)。全部定下以前按自评预排,核定分和认定不计入名次。"
    assert told in list(headline(done))
    sheet = next(each for each in ranking_book(done).sheets if each.name == "审核情况")
    assert [block.text for block in sheet.blocks if isinstance(block, Sentence)] == [told]
    (units,) = (block for block in sheet.blocks if isinstance(block, Table))
    assert units.rows == (("科协", 6, 2, 0, None),)


def test_a_review_that_is_whole() -> None:
    """A round that is reviewed whole says so, under its own title."""
    done = a_reviewed_round(6)
    assert "已核定6个得分点(共6个),得分点全部核定的有1家(共1家)。" in list(headline(done))
    assert ranking_book(done).title.endswith("正式排名(按核定)")


def test_what_is_wrong_in_the_books_is_listed() -> None:
    """What there is to look at stands in the ranking workbook, with the book and the row."""
    fault = finding(
        Code.REVIEW_REASON, Place(sheet="审核", cell="J8", field="39/15.1.原因"), row="39/15.1", compared="自评"
    )
    done = replace(a_reviewed_round(0), review=(("审核表.xlsx", fault),))
    sheet = next(each for each in ranking_book(done).sheets if each.name == "审核情况")
    found, _ = (block for block in sheet.blocks if isinstance(block, Table))
    assert found.rows == (
        (
            "审核表.xlsx",
            "须改正",
            "审核",
            "39/15.1.原因",
            "39/15.1:审核表里这一行没有填全,没有采用。请照这一行的“校验”补填。",
        ),
    )
    assert done.needs_attention


ENTERED = (
    finding(
        Code.NUMBER_WRONG,
        Place(sheet="审核", cell="L9", field="39/15.1.核定"),
        value="满分",
        label="39/15.1 核定分",
        minimum="0",
        maximum="5",
        places="2",
        example="3",
    ),
    finding(Code.REVIEW_VERDICT_NOTE, Place(field="39/加分.01.说明"), row="39/加分.01", verdict="不认可"),
    finding(
        Code.REVIEW_REGISTER_CONFLICT,
        Place(unit="科协", field="20.7"),
        value="核定5",
        row="科协20.7",
        register="按交办登记计分(2条),核定3.00分",
    ),
)


@pytest.mark.parametrize("decided", [0, 6])
def test_what_was_entered_is_told_once_it_counts(decided: int) -> None:
    """Before the ranking is official its sheets say what is wrong and where, without a score or verdict; then they quote it."""
    done = replace(a_reviewed_round(decided), review=tuple(("审核表.xlsx", each) for each in ENTERED))
    sheets = {sheet.name: sheet for sheet in ranking_book(done).sheets}
    rows = [
        tuple(row)
        for name in ("问题清单", "审核情况")
        for block in sheets[name].blocks
        if isinstance(block, Table)
        for row in block.rows
        if "审核表.xlsx" in row
    ]
    assert len(rows) == 2 * len(ENTERED)
    said = str(rows)
    assert [word in said for word in ("满分", "不认可", "核定5", "3.00分")] == [done.official] * 4
    assert ("39/15.1 核定分填的是“(略)”。应填0至5的数" in said) is not done.official
    assert ("科协20.7:审核表里填的与登记不一致,以登记为准。" in said) is not done.official
    assert {row[1] for row in rows if row[0] in {None, "科协"}} == {"办公室"}


CLAIM = OpenMatter(
    kind=Undecided.BONUS, unit="科协", row="加分.01", code="39/加分.01", sheet="加分认定", what="全国先进"
)
OFFENCE = OpenMatter(kind=Undecided.DEDUCTION, row="减分登记.003", code="减分登记.003", sheet="减分登记")
PROVIDED = OpenMatter(
    kind=Undecided.DEDUCTION,
    unit="科协",
    row="减分.01",
    code="28/减分.01",
    sheet="减分登记",
    what="拒不履行生效裁判",
    source="审计局",
)
SCORE = OpenMatter(
    kind=Undecided.SUB_POINT, unit="科协", row="15.1", code="39/15.1", sheet="审核", what="15.1 组织领导"
)


def test_what_keeps_the_ranking_from_being_official_is_listed() -> None:
    """Every row that is open is counted by its kind and named, with a link to the sheet on which it is decided."""
    done = replace(a_reviewed_round(6), basis=Basis.SELF, open=(SCORE, CLAIM, OFFENCE))
    sheet, listed = (each for each in ranking_book(done).sheets if each.name in {"审核情况", "未定清单"})
    said = [block.text for block in sheet.blocks if isinstance(block, Sentence)]
    assert said[1] == "还没有定的3项,全部定下才是正式排名:得分点未核定1项、加分待认定1项、减分待认定1项。"
    kinds, units = (block for block in sheet.blocks if isinstance(block, Table))
    (rows,) = (block for block in listed.blocks if isinstance(block, Table))
    assert kinds.rows == (
        ("得分点未核定", 1, a_link("审核"), 1, "39/15.1(科协)"),
        ("加分待认定", 1, a_link("加分认定"), 1, "39/加分.01(科协)"),
        ("减分待认定", 1, a_link("减分登记"), 0, "减分登记.003"),
    )
    assert units.rows == (("科协", 6, 6, 2, "得分点未核定1项、加分待认定1项"),)
    assert rows.rows == (
        ("得分点未核定", "科协", "审核", a_link("审核", "39/15.1"), "15.1 组织领导"),
        ("加分待认定", "科协", "加分认定", a_link("加分认定", "39/加分.01"), "全国先进"),
        ("减分待认定", None, "减分登记", a_link("减分登记", "减分登记.003"), None),
    )


def test_what_another_unit_provides_is_about_the_unit_concerned() -> None:
    """A deduction that is open counts for the unit that it is about, and names the unit that provided it."""
    done = replace(a_reviewed_round(6), basis=Basis.SELF, open=(PROVIDED,))
    sheets = (each for each in ranking_book(done).sheets if each.name in {"审核情况", "未定清单"})
    kinds, units, rows = (block for each in sheets for block in each.blocks if isinstance(block, Table))
    assert kinds.rows == (("减分待认定", 1, a_link("减分登记"), 1, "28/减分.01(科协)"),)
    assert units.rows == (("科协", 6, 6, 1, "减分待认定1项"),)
    link = a_link("减分登记", "28/减分.01")
    assert rows.rows == (("减分待认定", "科协", "减分登记", link, "审计局提供:拒不履行生效裁判"),)
    (said,) = open_lines(done.open)
    assert said == "减分待认定1项,第一项:“减分登记”28/减分.01(科协(审计局提供):拒不履行生效裁判)"
    assert report(done)["open"] == [
        {"kind": "deduction", "unit": "科协", "source": "审计局", "row": "28/减分.01", "sheet": "减分登记"}
    ]


def a_link(sheet: str, text: str = "") -> Link:
    return Link(text=text or sheet, file="../审核/审核表.xlsx", sheet=sheet, cell="A1")


def test_the_front_page_names_what_is_open() -> None:
    """The page says how many rows are open, of which kind and in which sheet, names the first of each, and leads there."""
    many = tuple(replace(SCORE, row=f"15.{no}", code=f"39/15.{no}") for no in range(9))
    done = replace(a_reviewed_round(6), basis=Basis.SELF, open=(*many, CLAIM))
    assert "还没有定的10项,全部定下才是正式排名:得分点未核定9项、加分待认定1项。" in list(headline(done))
    lines = page_of(ranking_book(done).sheets[0]).lines
    (row,) = [line for line in lines if line.cells and line.cells[0].shown.startswith("还没有定")]
    assert [cell.value for cell in row.cells] == [
        Link(text="还没有定 10项", sheet="审核情况"),
        a_link("审核", "得分点未核定9项(“审核”),例如 39/15.0 科协"),
        a_link("加分认定", "加分待认定1项(“加分认定”),例如 39/加分.01 科协"),
    ]


def test_a_round_without_open_rows_says_nothing_of_them() -> None:
    """What is official has no list of what is open."""
    told = [*headline(a_reviewed_round(6))]
    assert not [text for text in told if "还没有定" in text]
