"""The first sheet of a review book counts what the office has still to decide: just what keeps a ranking from being official."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from fazhi_xl.rounds.round import Round
from tests.support.offices import Office
from tests.support.reviews import Entry, Reviewing, verdict

pytestmark = pytest.mark.long

ROW, OTHER = "02/15.1", "02/15.2"


@pytest.fixture
def review(collected: Office) -> Reviewing:
    return Reviewing(collected)


def lines(data: bytes) -> dict[object, list[Any]]:
    """Give the lines of 进度 by what stands first in them: 共, 已定, 未定, 审核人, 去处."""
    sheet = openpyxl.load_workbook(BytesIO(data), data_only=True)["进度"]
    return {first: rest for first, *rest in sheet.iter_rows(min_row=4, values_only=True)}


def total(review: Reviewing) -> str:
    return next(str(first) for first in lines(review.master.read_bytes()))


def said(done: Round) -> str:
    return f"还没有定的{len(done.open)}项"


def test_the_total_is_what_is_open(review: Reviewing) -> None:
    """Each open row counts once, be it blank, contradicted by two other books, or filled in with what cannot be read."""
    blank, wrong = review.master.read_bytes(), {f"{OTHER}.核定": "满分"}
    done = review.office.collect()
    assert total(review) == said(done)

    low: dict[str, Entry] = {"核定": 0, "原因": "没有佐证材料"}
    review.enter(verdict(ROW, low), into="甲.xlsx", base=blank)
    review.enter(verdict(ROW, low | {"核定": 0.1}), into="乙.xlsx", base=blank)
    review.enter(wrong, into="丙.xlsx", base=blank)
    contested = review.office.collect()
    assert total(review) == said(contested) == said(done)
    assert "收表时另有" not in lines(review.master.read_bytes())  # both rows are blank here, and counted as such

    review.enter(verdict(ROW, low | {"核定": 0.2}) | wrong)
    entered = review.office.collect()
    assert total(review) == said(entered) == f"还没有定的{len(done.open) - 1}项"
    assert lines(review.master.read_bytes())["填写有误没有采用"] == ["—", "—", 1, None, OTHER]


def test_a_section_sees_its_own(review: Reviewing) -> None:
    """A section's book counts its own rows; the master has a line for each section, the same as in the section's book."""
    spoilt = next(row for row in review.rows(2) if row.startswith("02/20."))
    review.enter({f"{spoilt}.核定": "满分"} | verdict(ROW, {"核定": 0, "原因": "没有佐证材料"}, "张三"))
    review.office.collect(sections=("全部",))
    books = {path.stem: lines(path.read_bytes()) for path in review.folder.glob("*.xlsx")}
    assert {name for name, own in books.items() if "填写有误没有采用" in own} == {"审核表"}  # where it was entered
    society, own = books["审核表"]["法治社会建设"], books["审核表_法治社会建设"]["审核"]
    assert society == own
    assert society[1:4] == [1, own[2], "张三"]
