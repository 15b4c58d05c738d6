"""What the office's registers settle is said in the rows of sub-points, and where a score or a claim says otherwise it is told."""

from __future__ import annotations

from datetime import date

import pytest

from fazhi_xl.findings import Finding
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.undecided import Undecided
from tests.support.offices import FIRST, Office
from tests.support.reviews import Entry, Reviewing, verdict

pytestmark = pytest.mark.long

ROW = "02/20.7"


@pytest.fixture
def review(collected: Office) -> Reviewing:
    """Give a round in which the office registered twice that 人大常委会机关, which claims full marks, did not do as it was asked."""
    made = Reviewing(collected)
    made.enter({**_task(1, "迟交月报", date(2020, 6, 3)), **_task(2, "没有回复", date(2020, 9, 1))})
    return made


def _task(no: int, matter: str, day: date) -> dict[str, Entry]:
    return verdict(f"交办登记.{no:03d}", {"单位": FIRST, "事项": matter, "日期": day})


def said(done: Round) -> list[tuple[str, Finding]]:
    return [(book, found) for book, found in done.review if found.code.value.startswith("review-register")]


def test_a_row_says_what_settles_it(review: Reviewing) -> None:
    """A row names the register with its entries and the score that follows, and that nothing is to be entered."""
    done = review.office.collect()
    assert review.cells[f"{ROW}.待核"] == (
        "按交办登记计分(2条):不配合交办工作2次(“迟交月报”,日期2020-06-03;“没有回复”,日期2020-09-01),核定3.00分;这里不用填。"
    )
    assert review.cells.get("02/20.6.待核", "") == ""
    ((book, found),) = said(done)
    assert (book, found.code, found.severity.value) == ("审核表.xlsx", "review-register-claim", "note")
    assert found.message.startswith("人大常委会机关20.7:单位自评5.00分,与登记不一致:按交办登记计分(2条)")
    assert ROW not in [each.code for each in done.open]


def test_only_a_few_entries_are_named(review: Reviewing) -> None:
    """Of many entries a row names the first three."""
    more = {key: value for no in (3, 4) for key, value in _task(no, f"事项{no}", date(2020, 10, no)).items()}
    review.enter(more)
    review.office.collect()
    assert review.cells[f"{ROW}.待核"].endswith("“事项3”,日期2020-10-03等),核定1.00分;这里不用填。")


def test_a_score_that_contradicts_a_register(review: Reviewing) -> None:
    """Such a score is listed with both, stands open, and is so until it is cleared; one that says the same is no conflict."""
    review.enter(verdict(ROW, {"核定": 5}))
    for _ in range(2):
        done = review.office.collect()
        book, found = next(each for each in said(done) if each[1].code == "review-register-conflict")
        assert (book, found.severity.value, found.key) == ("审核表.xlsx", "error", (FIRST, "20.7"))
        assert "审核表里填的是核定5,与登记不一致:按交办登记计分(2条)" in found.message
        assert "核定3.00分。以登记为准。登记对的,请在“审核表.xlsx”里清空这一行;登记错的,请改正登记。" in found.message
        assert review.cells[f"{ROW}.待核"] == found.message.removeprefix("人大常委会机关20.7:")
        assert [each.kind for each in done.open if each.code == ROW] == [Undecided.REGISTER]
        assert done.needs_attention

    review.enter(dict.fromkeys(verdict(ROW, {"核定": 5})))
    done = review.office.collect()
    assert [found.code for _, found in said(done)] == ["review-register-claim"]
    review.enter(verdict(ROW, {"核定": 3, "原因": "佐证材料不足"}))
    done = review.office.collect()
    assert [found.code for _, found in said(done)] == ["review-register-claim"]
    assert ROW not in [each.code for each in done.open]
