"""The first sheet of a review book counts what the office has still to decide: just what keeps a ranking from being official."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from fazhi_xl.findings import Code
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.review.session import Acceptance, ReviewOrders
from fazhi_xl.rounds.round import Round
from tests.support.offices import FIRST, NOW, SECOND, Office
from tests.support.progress import Silent
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
    assert "收表时另有" not in lines(review.master.read_bytes())  # what is wrong counts as open where it stands
    assert review.cells[f"{OTHER}.关注"].startswith("未核定")

    review.enter({"减分登记.001.单位": SECOND})
    begun = review.office.collect()
    assert total(review) == said(begun) == f"还没有定的{len(done.open)}项"
    assert lines(review.master.read_bytes())["填写有误没有采用"] == ["—", "—", 1, None, "减分登记.001"]


def test_what_is_not_taken_stays_open_beside_what_is(review: Reviewing) -> None:
    """After the other self-scores are accepted, the rows filled in wrongly are open, on their sheet and for their section."""
    office, rows = review.office, review.rows(2)
    review.enter({f"{rows[0]}.核定": 99, f"{rows[1]}.核定": "满分"})
    done = accept(office)
    assert {rows[0], rows[1]} <= {each.code for each in done.open}
    assert total(review) == said(done)
    own = lines(review.master.read_bytes())
    names = [section.name for section in office.notice.about.review.sections]
    open_ = sum(each.sheet == "审核" for each in done.open)
    assert own["审核"][2] == sum(own[name][2] for name in names) == open_


def test_what_was_accepted_stays_decided(review: Reviewing) -> None:
    """Decisions stay decided when a unit returns higher self-scores, for which a reason would be asked by now."""
    office = review.office
    accept(office)
    higher = dict(office.good(FIRST))
    for key in [key for key in higher if key.endswith(".自评")]:
        most = office.forms[FIRST].shape.fields[key].maximum
        higher[key] = Fraction(most) if isinstance(most, Decimal) else higher[key]
    office.receive("新/再报.xlsx", office.filled(FIRST, higher))
    done = office.collect()
    assert [found for _, found in done.review if found.code is Code.REVIEW_CHANGED]
    assert total(review) == said(done)
    assert {text for key, text in review.cells.items() if key.startswith("02/") and key.endswith(".校验")} == {"通过"}


def accept(office: Office) -> Round:
    orders = ReviewOrders(accept=Acceptance(units=("全部",), reviewer="王五"))
    return collect(office.notice, office.space, CollectOrder(review=orders), Silent(), now=NOW)


def test_a_section_sees_its_own(review: Reviewing) -> None:
    """A section's book counts its own rows; the master has a line for each section, the same as in the section's book.

    What is filled in wrongly in the master is open in both.
    """
    spoilt = next(row for row in review.rows(2) if row.startswith("02/20."))
    review.enter({f"{spoilt}.核定": "满分"} | verdict(ROW, {"核定": 0, "原因": "没有佐证材料"}, "张三"))
    review.office.collect(sections=("全部",))
    books = {path.stem: lines(path.read_bytes()) for path in review.folder.glob("*.xlsx")}
    assert not [name for name, own in books.items() if "填写有误没有采用" in own]
    society, own = books["审核表"]["法治社会建设"], books["审核表_法治社会建设"]["审核"]
    assert society == own
    assert society[1:4] == [1, own[2], "张三"]
