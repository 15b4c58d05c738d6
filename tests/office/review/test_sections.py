"""A review shared between sections: each has a book of its own items, and what they fill in comes together."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.model import Notice
from fazhi_xl.scoring.model import Basis
from tests.clients.validator import Validator
from tests.support.offices import FEW, FIRST, Office, few
from tests.support.once import Once
from tests.support.reviews import Entry, Reviewing, shown, verdict

pytestmark = pytest.mark.long

SOCIETY, SUPPORT = "审核表_法治社会建设.xlsx", "审核表_法治建设组织保障.xlsx"
ROW = "02/15.1"


@pytest.fixture
def office(two_collected: Office, once: Once, tmp_path: Path) -> Office:
    """Give a round of two returns whose review is shared between all sections."""
    root = once("shared", lambda root: two_collected.copied(root).collect(sections=("全部",)))
    return Office(two_collected.notice, root).copied(tmp_path / "out")


@pytest.fixture
def review(office: Office) -> Reviewing:
    return Reviewing(office)


def books(review: Reviewing) -> list[str]:
    return sorted(path.name for path in review.folder.glob("*.xlsx"))


def says(review: Reviewing, book: str) -> dict[str, str]:
    return shown((review.folder / book).read_bytes())


def rows(review: Reviewing, book: str) -> list[str]:
    """Name the rows of a book's sub-points."""
    return [key.removesuffix(".得分点") for key in says(review, book) if "/" in key and key.endswith(".得分点")]


def into(review: Reviewing, book: str, entries: dict[str, Entry]) -> None:
    """Fill in a section's book where it lies."""
    review.enter(entries, into=book, base=(review.folder / book).read_bytes())


def zero(row: str = ROW, who: str = "张三") -> dict[str, Entry]:
    return verdict(row, {"核定": 0, "原因": "没有佐证材料"}, who)


def little(row: str = ROW, who: str = "李四") -> dict[str, Entry]:
    return verdict(row, {"核定": 0.1, "原因": "佐证材料不足"}, who)


# What stands in a section's book -------------------------------------------------------------------------------------


def test_every_row_is_in_one_sections_book(review: Reviewing) -> None:
    """The sections' books have the rows of their items, and together those of the master, each once."""
    own = {book: rows(review, book) for book in books(review)}
    master = own.pop("审核表.xlsx")
    assert sorted(row for every in own.values() for row in every) == sorted(master)
    assert set(own[SOCIETY]) == {row for row in master if row.partition("/")[2].startswith("15.")}
    assert set(own[SUPPORT]) == {row for row in master if row.partition("/")[2].startswith("20.")}


def test_the_registers_stand_where_they_decide(review: Reviewing, validator: Validator) -> None:
    """交办登记 and 信息采用 settle item 20, and stand in its section's book; 加分认定 and 减分登记 stay in the master."""
    sheets = {book: openpyxl.load_workbook(review.folder / book).sheetnames for book in books(review)}
    assert sheets["审核表.xlsx"] == ["进度", "审核", "加分认定", "减分登记", "交办登记", "信息采用"]
    assert sheets[SUPPORT] == ["进度", "审核", "交办登记", "信息采用"]
    assert sheets[SOCIETY] == ["进度", "审核"]
    assert openpyxl.load_workbook(review.folder / SOCIETY)["审核"]["C2"].value == (
        "钟楼区2020年度法治建设监测评价审核表(法治社会建设)"
    )
    assert validator.faults([review.folder / SOCIETY, review.folder / SUPPORT]) == []


def test_a_plain_run_writes_no_sections_book(review: Reviewing, office: Office) -> None:
    """Only sections that were asked for have a book; it is kept up from then on, and a run with nothing new changes none."""
    for book in books(review):
        (review.folder / book).unlink()
    office.collect()
    assert books(review) == ["审核表.xlsx"]
    office.collect(sections=("法治社会建设",))
    assert books(review) == ["审核表.xlsx", SOCIETY]
    before = (review.folder / SOCIETY).read_bytes()
    office.collect()
    assert (books(review), (review.folder / SOCIETY).read_bytes()) == (["审核表.xlsx", SOCIETY], before)


@pytest.mark.parametrize("name", ["法制科", "", "法治社会建设 "])
def test_no_such_section(office: Office, name: str) -> None:
    """A name that is no section's is refused before anything is read, and the sections are named."""
    with pytest.raises(WrongUseError) as refused:
        office.collect(sections=(name,))
    assert str(refused.value) == (
        f"--reviewer 里的“{name}”不是科室。现有科室:法规工作、法治政府建设、司法工作、法治社会建设、法治建设组织保障;"
        "写“全部”指所有科室。"
    )


def test_a_catalogue_without_sections(tmp_path: Path, notice: Notice) -> None:
    """Where the catalogue shares nothing, the office is told where that is written."""
    about = notice.about
    review = about.review.model_copy(update={"sections": ()})
    alone = few(notice, FEW[:1]).model_copy(update={"about": about.model_copy(update={"review": review})})
    office = Office(alone, tmp_path)
    office.issue()
    with pytest.raises(WrongUseError, match=r"没有把审核分给科室。请在 notice.toml 里用 \[\[review.sections\]\] 写明"):
        office.collect(sections=("全部",))


# What is filled in ---------------------------------------------------------------------------------------------------


def test_a_sections_decision_stands_in_every_book(review: Reviewing, office: Office) -> None:
    """What a section decides is recorded as its book's, and shown by the master and by the book itself; the master may change it."""
    into(review, SOCIETY, zero())
    assert office.collect().review == ()
    assert [(each["book"], each["values"]["核定"]) for each in review.record] == [(SOCIETY, "0")]
    assert (review.cells[f"{ROW}.核定"], says(review, SOCIETY)[f"{ROW}.核定"]) == ("0", "0")
    review.enter(little())
    office.collect()
    assert review.decided(FIRST, "15.1") == ["0", "0.1"]
    assert says(review, SOCIETY)[f"{ROW}.核定"] == "0.1"
    office.collect()
    assert review.decided(FIRST, "15.1") == ["0", "0.1"]


def test_a_row_with_a_fault_stays_in_its_book(review: Reviewing, office: Office) -> None:
    """What cannot be taken stays where it was typed, run after run, and is told with its book."""
    into(review, SOCIETY, {**zero(), f"{ROW}.核定": "满分"})
    for _ in range(2):
        assert [(book, found.code) for book, found in office.collect().review] == [(SOCIETY, "number-wrong")]
        assert says(review, SOCIETY)[f"{ROW}.核定"] == "满分"
        assert f"{ROW}.核定" not in review.cells


def test_two_sections_at_once_and_a_row_that_they_decide_differently(review: Reviewing, office: Office) -> None:
    """Two reviewers work at once: what differs is told and decides nothing, and what one of them then corrects counts."""
    into(review, SOCIETY, zero())
    support = verdict("04/20.7", {"核定": 1, "原因": "其他(写明)", "说明": "两次未回复"}, "李四")
    review.enter({**little(), **support}, into="李四.xlsx")
    into(review, SUPPORT, {**verdict("02/20.7", {"核定": 5}, "李四"), **support})
    done = office.collect()
    assert [(book, found.code) for book, found in done.review] == [("李四.xlsx", "review-conflict")]
    assert (review.decided(FIRST, "15.1"), review.decided(FIRST, "20.7"), review.decided(FEW[1], "20.7")) == (
        [], ["5"], ["1"],
    )  # fmt: skip
    assert says(review, SOCIETY)[f"{ROW}.核定"] == "0"
    assert "几本审核表的决定不一致" in says(review, SOCIETY)[f"{ROW}.待核"]

    into(review, SOCIETY, little(who="张三"))
    assert office.collect().review == ()
    assert review.decided(FIRST, "15.1") == ["0.1"]
    assert review.cells[f"{ROW}.核定"] == "0.1"


def test_what_a_sections_book_cannot_hold_is_set_aside(review: Reviewing, office: Office) -> None:
    """A copy of the master saved under a section's name keeps rows of other items: it is set aside, not written over."""
    data = review.enter({**zero("02/20.7"), "02/20.7.核定": "满分"}, into=SOCIETY)
    office.collect()
    assert (review.folder / "审核表_法治社会建设(2).xlsx").read_bytes() == data
    assert "02/20.7.得分点" not in says(review, SOCIETY)


def test_a_shared_review_becomes_official(review: Reviewing, office: Office) -> None:
    """Each section decides its own items, and together they make the ranking official."""
    for book in books(review):
        if book != "审核表.xlsx" and rows(review, book):
            own = {row: float(says(review, book)[f"{row}.自评"]) for row in rows(review, book)}
            into(review, book, {k: v for row, score in own.items() for k, v in verdict(row, {"核定": score}).items()})
    assert office.collect().basis is Basis.REVIEWED
    assert {each["book"] for each in review.record} == {SOCIETY, SUPPORT}
