"""Decisions typed into the console: tried as a review book's are, recorded under its name, told row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from fazhi_xl.office.commands.collect import CollectOrder, collected
from fazhi_xl.office.review.console_entries import ConsoleRow, Typed
from fazhi_xl.office.review.display import still_open
from fazhi_xl.office.review.session import Review, ReviewOrders
from tests.support.offices import FIRST, NOW, SECOND, Office
from tests.support.progress import Silent
from tests.support.reviews import Reviewing, verdict

ROW, OTHER = "02/15.1", "02/15.2"
DAY = datetime(2020, 12, 1)  # noqa: DTZ001 - Excel's dates know no zone


@pytest.fixture
def office(collected: Office) -> Office:
    return collected


def enter(office: Office, *entries: ConsoleRow) -> Review:
    return collected(
        office.notice, office.space, CollectOrder(review=ReviewOrders(entered=entries)), Silent(), now=NOW
    )[1]


def entry(office: Office, code: str = ROW, unit: str = FIRST, /, **values: Typed) -> ConsoleRow:
    basis = Reviewing(office).cells[f"{code}.数据"]
    signed: dict[str, Typed] = {"审核人": "张三", "审核日期": DAY}
    return ConsoleRow(code=code, unit=unit, basis=basis, values={**signed, **values})


def zero(office: Office, code: str = ROW, unit: str = FIRST) -> ConsoleRow:
    return entry(office, code, unit, 核定=0.0, 原因="没有佐证材料")


def codes(review: Review) -> list[tuple[str, str]]:
    return [(row, fault.code) for row, fault in review.taken.faults]


def test_a_decision_is_recorded(office: Office) -> None:
    """It stands in the record under the console's name, with what was typed and what it rests on, and in the review book."""
    given = zero(office)
    review = enter(office, given)
    assert codes(review) == []
    (held,) = Reviewing(office).record
    assert {
        key: held[key] for key in ("no", "unit", "row", "values", "book", "sha256", "basis", "replaces", "bulk")
    } == {
        "no": 1,
        "unit": FIRST,
        "row": "15.1",
        "values": {"核定": "0", "原因": "没有佐证材料", "审核人": "张三", "审核日期": "2020-12-01"},
        "book": "办公室工作台",
        "sha256": "",
        "basis": given.basis,
        "replaces": None,
        "bulk": False,
    }
    assert held["seen"].keys() == {"测算", "自评", "事实", "单位"}
    assert Reviewing(office).cells[f"{ROW}.核定"] == "0"
    assert ROW not in [case.code for case in still_open(review).cases]


def test_a_decision_years_later(office: Office) -> None:
    """Today is a day on which one may decide, however long after the year assessed."""
    late = entry(office, 核定=1, 审核日期=datetime(2031, 3, 4))  # noqa: DTZ001
    order = CollectOrder(review=ReviewOrders(entered=(late,)))
    _, review = collected(office.notice, office.space, order, Silent(), now=NOW.replace(year=2031))
    assert codes(review) == []
    assert [held["values"]["审核日期"] for held in Reviewing(office).record] == ["2031-03-04"]
    _, again = collected(office.notice, office.space, CollectOrder(), Silent(), now=NOW.replace(year=2031))
    assert again.findings == ()  # the review book that holds it now is read without a doubt


def test_the_same_again_is_nothing_new(office: Office) -> None:
    """A decision that is written back twice stands in the record once, and is no fault."""
    given = zero(office)
    enter(office, given)
    before = {path: path.read_bytes() for path in office.root.rglob("*") if path.is_file()}
    assert codes(enter(office, given)) == []
    assert {path: path.read_bytes() for path in office.root.rglob("*") if path.is_file()} == before


def test_full_marks(office: Office) -> None:
    """A score may be typed as text, and needs no reason where it is not below the self-score."""
    assert codes(enter(office, entry(office, 核定="1"))) == []
    assert Reviewing(office).decided(FIRST, "15.1") == ["1"]


WRONG: tuple[tuple[str, dict[str, Typed], str], ...] = (
    ("02/15.1", {"核定": 99}, "number-wrong"),
    ("02/15.4", {"核定": "满分"}, "number-wrong"),
    ("02/15.6", {"核定": -1, "原因": "没有佐证材料"}, "number-wrong"),
    ("02/20.6", {"核定": float("inf")}, "number-wrong"),
    ("02/20.7", {"核定": True}, "number-wrong"),
    ("04/15.1", {"核定": 0.0, "原因": "就是不好"}, "choice-unknown"),
    ("04/15.2", {"核定": 0.0, "原因": None, "说明": "——"}, "review-reason"),
    ("04/15.4", {"核定": 0.0, "原因": "没有佐证材料", "审核人": "—"}, "entry-incomplete"),
    ("04/15.6", {"核定": 0.0, "原因": "没有佐证材料", "审核日期": None}, "entry-incomplete"),
    ("04/20.6", {"核定": 0.0, "原因": "没有佐证材料", "审核日期": "明天"}, "date-wrong"),
    ("04/20.7", {"核定": 0.0, "原因": "没有佐证材料", "审核日期": datetime(1999, 1, 1)}, "date-wrong"),  # noqa: DTZ001
)
STRANGE: tuple[tuple[str, dict[str, Typed], str], ...] = (
    ("02/15.1", {"核定": None}, "entry-incomplete"),
    ("02/15.4", {"核定": 0.0, "说明": "长" * 301}, "text-too-long"),
    ("02/15.6", {"核定": None, "不涉及": "核准"}, "review-out-unclaimed"),
)


@pytest.mark.parametrize("rows", [WRONG, STRANGE])
def test_wrong_rows_are_told_and_not_recorded(
    office: Office, rows: tuple[tuple[str, dict[str, Typed], str], ...]
) -> None:
    """Each fault is told with its row; the right rows beside them are recorded."""
    wrong = [entry(office, row, FIRST if row.startswith("02") else SECOND, **values) for row, values, _ in rows]
    assert sorted(codes(enter(office, *wrong, zero(office, OTHER)))) == [(row, code) for row, _, code in rows]
    assert [(held["unit"], held["row"]) for held in Reviewing(office).record] == [(FIRST, "15.2")]


def test_a_row_twice(office: Office) -> None:
    """Of a row that stands there twice neither is taken."""
    assert codes(enter(office, zero(office), entry(office, 核定=1))) == [(ROW, "row-repeated")]
    assert Reviewing(office).record == []


def test_rows_of_nobody(office: Office) -> None:
    """A row whose code is of no unit and sub-point, or of another unit than it names, is told."""
    right = zero(office)
    wrong = [replace(right, unit=SECOND), *(replace(right, code=code) for code in ("99/15.1", "02/99.9", ""))]
    assert sorted(codes(enter(office, *wrong))) == sorted((each.code, "review-row-unknown") for each in wrong)


def test_a_row_that_shows_old_data(office: Office) -> None:
    """Where the unit returned something else since the row was listed, it has to be looked at again."""
    review = enter(office, replace(zero(office), basis="0000000000"))
    ((row, fault),) = review.taken.faults
    assert (row, fault.message) == (
        ROW,
        "人大常委会机关15.1:这一行列出以后单位的数据或审核情况变了,没有记录。请重新列出待审清单,看过现在的数据再核定。",
    )


def test_what_a_book_decided_meanwhile_stays(office: Office) -> None:
    """A decision that came in by a review book is not overwritten by a console that did not show it."""
    given = zero(office)
    Reviewing(office).enter(verdict(ROW, {"核定": 1}, "李四"))
    review = enter(office, given)
    ((row, fault),) = review.taken.faults
    assert (row, fault.code) == (ROW, "review-conflict")
    assert "办公室工作台:核定0" in (fault.value or "")
    assert Reviewing(office).decided(FIRST, "15.1") == ["1"]


def test_a_decision_that_was_taken_back_may_be_made_anew(office: Office) -> None:
    """A row that was cleared in the review book is open again, and the console knows the decision that it replaces."""
    enter(office, zero(office))
    columns = ("核定", "原因", "审核人", "审核日期")
    Reviewing(office).enter({f"{ROW}.{column}": None for column in columns})
    review = enter(office)
    assert ROW in [case.code for case in still_open(review).cases]
    assert codes(enter(office, replace(entry(office, 核定=1), base="2"))) == []
    assert Reviewing(office).decided(FIRST, "15.1") == ["0", None, "1"]


def test_blank_rows_say_nothing(office: Office) -> None:
    """Rows in which nothing was typed are passed over."""
    blank = ConsoleRow(code=ROW, unit=FIRST, basis="x", values={"核定": None, "原因": "", "审核人": "  "})
    review = enter(office, blank)
    assert (review.taken.added, review.taken.faults) == ((), ())
    assert len(still_open(review).cases) == len(review.dossier.cases)
