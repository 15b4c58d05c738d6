"""A bonus or a deduction that is refused says why; what was refused before a reason was asked for stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fazhi_xl.office.review.decision_log import add_to_record, read_record
from fazhi_xl.office.review.names import names_of
from fazhi_xl.office.review.values import Values
from tests.support.offices import FIRST, Office
from tests.support.reviews import Entry, Reviewing, verdict

pytestmark = pytest.mark.long

OFFENCE: dict[str, Entry] = {
    "来源": "市司法局", "情形": "⑥督察通报", "单位": FIRST, "事项": "通报", "文号": "2号", "日期": date(2020, 8, 1),
}  # fmt: skip


@pytest.fixture
def review(collected: Office) -> Reviewing:
    return Reviewing(collected)


def verdicts(review: Reviewing) -> list[tuple[str, str, str]]:
    """Give the rows with a verdict on record, the verdict, and its reason."""
    return [(each["row"], each["values"].get("认定", ""), each["values"].get("说明", "")) for each in review.record]


def test_a_refusal_needs_its_reason(review: Reviewing) -> None:
    """Without a reason a refusal is told, with its cell, and not recorded; it stays in the book, and counts once it has one."""
    refused = verdict("减分登记.001", {**OFFENCE, "认定": "不减分"})
    review.enter(refused)
    for _ in range(2):
        ((book, found),) = review.office.collect().review
        assert (book, found.code, found.place.field) == ("审核表.xlsx", "review-verdict-note", "减分登记.001.说明")
        assert found.message == ("减分登记.001:认定选了“不减分”,说明空着。请在“说明”里写明理由,单位要照着知道为什么。")
        assert (review.record, review.cells["减分登记.001.认定"]) == ([], "不减分")
    review.enter({"减分登记.001.说明": "通报已经撤销"})
    assert review.office.collect().review == ()
    assert verdicts(review) == [("减分登记.001", "不减分", "通报已经撤销")]


def test_a_refusal_of_an_earlier_version(review: Reviewing) -> None:
    """A refusal on record without a reason stays in force and is not told; the next one in its row says why."""
    review.enter(verdict("减分登记.001", {**OFFENCE, "认定": "不减分", "说明": "甲"}))
    review.office.collect()
    _forget_the_reason(review.office)
    recorded = [("减分登记.001", "不减分", "甲"), ("减分登记.001", "不减分", "")]
    for _ in range(2):
        assert (review.office.collect().review, verdicts(review)) == ((), recorded)
    assert (review.cells.get("减分登记.001.说明"), review.cells["减分登记.001.校验"]) == (None, "通过")

    review.enter({"减分登记.001.认定": "减分"})
    assert review.office.collect().review == ()
    review.enter({"减分登记.001.认定": "不减分"})
    assert [found.code for _, found in review.office.collect().review] == ["review-verdict-note"]
    assert verdicts(review) == [*recorded, ("减分登记.001", "减分", "")]


def _forget_the_reason(office: Office) -> None:
    """Add to the record what a version recorded that asked for no reason."""
    names = names_of(office.notice, office.space)
    record = read_record(office.space, office.notice, names.today)
    (made,) = record.decisions
    bare = Values({column: said for column, said in made.values.items() if column != "说明"})
    add_to_record(office.space, record, [replace(made, no=2, values=bare, replaces=1)])


def test_a_repetition_of_nothing(review: Reviewing) -> None:
    """Who says that a matter repeats another is told where no entry of that matter counts; when one does, nothing is said."""
    first = verdict("减分登记.001", {**OFFENCE, "归并": "甲", "认定": "不减分", "说明": "已撤销"})
    again = verdict("减分登记.002", {**OFFENCE, "文号": "3号", "归并": "甲", "认定": "重复", "说明": "同一件事"})
    review.enter({**first, **again})
    for _ in range(2):
        ((book, found),) = review.office.collect().review
        assert (book, found.code, found.place.field) == ("审核表.xlsx", "review-repeats-nothing", "减分登记.002")
        assert found.message == (
            "减分登记.002:选了“重复”,而同一事项的其他各行没有一行计分,这件事现在一分也没有计。请核对事项归并和其他各行。"
        )
    review.enter({"减分登记.001.认定": "减分"})
    assert review.office.collect().review == ()
