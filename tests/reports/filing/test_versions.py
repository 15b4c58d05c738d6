"""What changed between two returns is shown cell by cell, in the form's order and words."""

from __future__ import annotations

from dataclasses import replace

from fazhi_xl.reports.media.workbook import ReportSheet, Table
from fazhi_xl.reports.ranking.workbook import ranking_book
from fazhi_xl.rounds.status import Status
from tests.support.rounds import Changes, a_round, blank_file, other_file, returned_file

UNIT = "信访局"
FACT = "15.6.次数.填报"
PHONE = "联络.填报人.姓名"


def sheet(*, phones: bool = False) -> ReportSheet:
    entered: list[Changes] = [
        {FACT: 5, PHONE: "张三13800138000"},
        {FACT: 7, PHONE: "李四13900139000" if phones else "张三13800138000"},
    ]
    first, second = (returned_file(UNIT, changes) for changes in entered)
    early = replace(first, path="早.xlsx", status=Status.SUPERSEDED)
    again = replace(first, path="又.xlsx", status=Status.DUPLICATE)
    done = a_round([UNIT], [early, again, second, other_file("坏.xlsx", Status.REJECTED)])
    return next(each for each in ranking_book(done).sheets if each.name == "两次报送差异")


def table(of: ReportSheet) -> Table:
    return next(block for block in of.blocks if isinstance(block, Table))


def test_sheet() -> None:
    """Each superseded return is compared with the one that counts; duplicates and rejected files are not."""
    assert [row for row in table(sheet()).rows if row[1] == FACT] == [
        (UNIT, FACT, "“法律八进”活动", "5", "7", "早.xlsx", "信访局.xlsx")
    ]
    assert {row[5] for row in table(sheet()).rows} == {"早.xlsx"}


def test_telephone_numbers() -> None:
    """That contacts changed is told; what they were and are is not."""
    (row,) = (row for row in table(sheet(phones=True)).rows if row[1] == PHONE)
    assert (row[3], row[4]) == ("(联络信息,见原件)", "(联络信息,见原件)")
    assert "138" not in str(sheet(phones=True))
    assert "139" not in str(sheet(phones=True))


def test_blank_before() -> None:
    """A form that was first sent blank has nothing to compare."""
    early = replace(blank_file(UNIT), path="空.xlsx", status=Status.SUPERSEDED)
    done = a_round([UNIT], [early, returned_file(UNIT)])
    assert table(next(each for each in ranking_book(done).sheets if each.name == "两次报送差异")).rows == ()


def test_nothing_superseded() -> None:
    """Without corrections the sheet says that there are none."""
    done = a_round([UNIT], [returned_file(UNIT)])
    empty = next(each for each in ranking_book(done).sheets if each.name == "两次报送差异")
    assert table(empty).rows == ()
    assert "没有先后报送而内容不同的。" in str(empty.blocks[0])
