"""How far a review has come, and what a report says of it."""

from __future__ import annotations

from dataclasses import replace

from fazhi_xl.findings import Code, Place, finding
from fazhi_xl.reports.media.workbook import Sentence, Table
from fazhi_xl.reports.ranking.overview import headline
from fazhi_xl.reports.ranking.workbook import ranking_book
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import Basis, State
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
    told = "已核定0家(共1家)、2个得分点(共6个)。全部核定以前按自评预排,核定分不计入名次。"
    assert told in list(headline(done))
    sheet = next(each for each in ranking_book(done).sheets if each.name == "审核情况")
    assert [block.text for block in sheet.blocks if isinstance(block, Sentence)] == [told]
    (units,) = (block for block in sheet.blocks if isinstance(block, Table))
    assert units.rows == (("科协", 6, 2, done.units[0].self_score, None),)


def test_a_review_that_is_whole() -> None:
    """A round that is reviewed whole says so, under its own title."""
    done = a_reviewed_round(6)
    assert "已核定1家(共1家)、6个得分点(共6个)。" in list(headline(done))
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
            "39/15.1:核定分低于自评分。请选扣分原因,或在说明里写明。",
        ),
    )
    assert done.needs_attention
