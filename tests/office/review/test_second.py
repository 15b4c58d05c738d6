"""A second opinion from the draw to the ruling: blind, by somebody else, recorded beside the first decision, and in every output."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from fazhi_xl.disk import remove_own
from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.commands.collect import CollectOrder
from fazhi_xl.office.commands.collect import collected as office_collected
from fazhi_xl.office.commands.second import draw_second
from fazhi_xl.office.review.records import DRAWINGS
from fazhi_xl.office.review.second.draw import Lot
from fazhi_xl.rounds.second import Agreement, agreed
from fazhi_xl.rounds.undecided import Undecided
from tests.office.review.test_undecided import collected, played
from tests.support.campaign import the_notice
from tests.support.offices import FIRST, Office, few
from tests.support.once import Once
from tests.support.progress import Silent
from tests.support.reviews import Entry, Reviewing, entered, shown, verdict
from tests.support.rounds import NOW

pytestmark = pytest.mark.long

ROW = "02/15.6"
BOOK = "复审/复审表_第01批.xlsx"


@pytest.fixture
def review(once: Once, tmp_path: Path) -> Reviewing:
    """Give an office with everything decided, all self-scores accepted but one, which lost points; its second opinions are drawn."""
    office = Office(few(the_notice()), once("all but verdicts", played)).copied(tmp_path / "out")
    made = Reviewing(office)
    made.enter({**verdict("04/加分.01", {"认定": "认可"}), **verdict("02/减分.01", {"认定": "减分"})})
    made.enter(verdict(ROW, {"核定": 0.5, "原因": "佐证材料不足"}))
    draw(made)
    return made


def draw(review: Reviewing, seed: int = 7) -> list[str]:
    office = review.office
    _, done = office_collected(office.notice, office.space, CollectOrder(), Silent(), now=NOW)
    return list(draw_second(office.space, done, Lot(share=Fraction(0), seed=seed, key=office.space.key()), now=NOW))


def blind(review: Reviewing) -> dict[str, str]:
    return shown((review.folder / BOOK).read_bytes())


def blind_rows(review: Reviewing) -> list[str]:
    return [key for key in blind(review) if key.startswith("复审01.") and key.endswith(".代号")]


def row_with(review: Reviewing, text: str) -> str:
    """Give the row of the blind book that shows a text."""
    return next(key.rpartition(".")[0] for key, said in blind(review).items() if text in said)


def forget(review: Reviewing) -> None:
    """Move away what is kept of the record of drawings, as an office may that begins anew."""
    remove_own(DRAWINGS.kept(review.office.space))


def second(review: Reviewing, entries: Mapping[str, Entry]) -> None:
    (review.folder / BOOK).write_bytes(entered((review.folder / BOOK).read_bytes(), entries))


def test_the_book_is_blind(review: Reviewing) -> None:
    """It names no unit and no first mark; what lost points and what is worth many stands there, and waits before an edition is sealed."""
    cells = blind(review)
    text = "\n".join(cells.values())
    assert not any(unit.short in text or unit.name in text for unit in review.office.notice.units)
    assert "佐证材料不足" not in text
    assert not any(key.startswith("复审01.") and key.endswith(".核定") for key in cells)
    done = collected(review.office)
    assert done.official
    waiting = [each for each in done.unsealed if each.kind is Undecided.SECOND]
    assert len(waiting) == len(done.second) == len(blind_rows(review))
    assert {(each.unit, each.book, each.sheet) for each in waiting} == {("", BOOK, "复审")}


def test_the_same_seed(review: Reviewing) -> None:
    """Drawing again draws nothing anew and leaves the book alone; one that is gone is written again, the same."""
    before = (review.folder / BOOK).read_bytes()
    assert draw(review)[0] == f"该抽的{len(blind_rows(review))}个得分点以前都抽过了,没有再抽。"
    assert (review.folder / BOOK).read_bytes() == before
    (review.folder / BOOK).unlink()
    draw(review)
    assert (review.folder / BOOK).read_bytes() == before
    assert len((review.folder / "复审" / "抽样.jsonl").read_text("utf-8").splitlines()) == 1


def test_another_person(review: Reviewing) -> None:
    """The first reviewer's second opinion is refused, also among other signers; somebody else's is taken, under the unit."""
    row = row_with(review, "15.6 ")
    second(review, verdict(row, {"核定": 0.5, "说明": "缺签到表"}, who="李四、张 三"))
    done = collected(review.office)
    assert [(found.code, found.value) for _, found in done.review] == [("review-second-same", "李四、张 三")]
    assert all(each.second is None for each in done.second)
    second(review, verdict(row, {"核定": 0.5, "说明": "缺签到表"}, who="李四"))
    done = collected(review.office)
    assert done.review == ()
    (given,) = (each for each in done.second if each.second is not None)
    assert (given.unit, given.sub_point, given.first, given.second, given.agreement) == (
        FIRST, "15.6", 50, 50, Agreement.SAME,
    )  # fmt: skip
    assert agreed(done.second).same == 1


def test_a_book_of_another_drawing(review: Reviewing) -> None:
    """It is refused by name, and nothing of it is recorded as if it were this one's; with its own drawing it is read."""
    second(review, verdict(row_with(review, "15.6 "), {"核定": 1}, who="李四"))
    record, filled = review.folder / "复审" / "抽样.jsonl", (review.folder / BOOK).read_bytes()
    drawn = record.read_bytes()
    forget(review)
    record.unlink()
    (review.folder / BOOK).unlink()
    draw(review, seed=8)
    (review.folder / "复审" / "副本.xlsx").write_bytes(filled)
    done = collected(review.office)
    assert [(book, found.code) for book, found in done.review] == [("复审/副本.xlsx", "review-second-other")]
    assert all(each.second is None for each in done.second)
    forget(review)
    record.write_bytes(drawn)
    (review.folder / BOOK).unlink()
    done = collected(review.office)
    assert done.review == ()
    assert [(each.unit, each.second) for each in done.second if each.second is not None] == [(FIRST, 100)]


def test_a_book_of_the_first_version(review: Reviewing) -> None:
    """A book whose rows do not say of which drawing they are stays readable with the record of that time."""
    record = review.folder / "复审" / "抽样.jsonl"
    held = json.loads(record.read_text("utf-8"))
    assert held.pop("marked")
    forget(review)
    record.write_text(json.dumps(held, ensure_ascii=False) + "\n", "utf-8")
    bare = {f"{row['code']}.数据": None for row in held["rows"]}
    second(review, {**bare, **verdict(row_with(review, "15.6 "), {"核定": 1}, who="李四")})
    done = collected(review.office)
    assert done.review == ()
    assert [(each.unit, each.second) for each in done.second if each.second is not None] == [(FIRST, 100)]


def test_a_dispute_is_ruled_on(review: Reviewing) -> None:
    """Marks that are too far apart wait for a ruling, which counts everywhere, while the first decision stays in the record."""
    second(review, verdict(row_with(review, "15.6 "), {"核定": 1}, who="李四"))
    done = collected(review.office)
    (matter,) = (each for each in done.unsealed if each.kind is Undecided.RULING)
    assert (matter.unit, matter.sheet) == (FIRST, "复审裁定")
    cells = review.cells
    said = [cells[f"{matter.code}.{column}"] for column in ("初审分", "初审人", "初审理由", "复审分", "复审人")]
    assert said == ["0.50", "张三", "佐证材料不足", "1.00", "李四"]

    review.enter(verdict(matter.code, {"核定": 0.8, "说明": "补了一次签到表"}, who="王主任、李 四"))
    done = collected(review.office)
    assert [(found.code, found.words["row"]) for _, found in done.review] == [("review-ruled-by-party", f"{FIRST}15.6")]
    assert [each.kind for each in done.unsealed if each.code == matter.code] == [Undecided.RULING]

    review.enter({f"{matter.code}.审核人": "王主任"})
    done = collected(review.office)
    assert done.review == ()
    assert [each.agreement for each in done.second if each.second is not None] == [Agreement.RULED]
    assert not [each for each in done.unsealed if each.kind is Undecided.RULING]
    scores = {each["code"]: each["reviewed"] for each in review.office.unit(FIRST)["sub_points"]}
    assert scores["15.6"] == "0.80"
    assert review.decided(FIRST, "15.6")[-2:] == ["0.5", "0.8"]
    assert review.cells[f"{ROW}.核定"] == "0.8"

    review.enter({f"{matter.code}.{column}": None for column in ("核定", "说明", "审核人", "审核日期")})
    done = collected(review.office)
    assert [each.agreement for each in done.second if each.second is not None] == [Agreement.DISPUTED]
    assert review.decided(FIRST, "15.6")[-1] == "0.5"


def test_a_first_mark_that_was_changed(review: Reviewing) -> None:
    """What the first reviewer changed since it was drawn waits for nobody; its second opinion stays on record."""
    second(review, verdict(row_with(review, "15.6 "), {"核定": 1}, who="李四"))
    collected(review.office)
    review.enter({f"{ROW}.核定": 0.9})
    done = collected(review.office)
    assert [each.agreement for each in done.second if each.second is not None] == [Agreement.LAPSED]
    assert not [each for each in done.unsealed if each.kind is Undecided.RULING]


def test_odd_books(review: Reviewing) -> None:
    """Half a row is told and waits; a copy that contradicts is told; the record of what was drawn is missed by name."""
    row = row_with(review, "15.6 ")
    blank = (review.folder / BOOK).read_bytes()
    second(review, {f"{row}.核定": 1})
    done = collected(review.office)
    assert {found.code for _, found in done.review} == {"entry-incomplete"}
    assert done.official
    second(review, verdict(row, {"核定": 1}, who="李四"))
    (review.folder / "复审" / "副本.xlsx").write_bytes(
        entered(blank, verdict(row, {"核定": 0, "说明": "没有佐证"}, who="赵六"))
    )
    done = collected(review.office)
    assert [(found.code, found.place.unit, found.words["row"]) for _, found in done.review] == [
        ("review-second-conflict", None, row)
    ]
    assert done.official
    named = [(each.kind, each.sheet, each.unit) for each in done.unsealed if each.code == row]
    assert named == [(Undecided.BOOKS, "复审", "")]
    (review.folder / "复审" / "抽样.jsonl").write_text("{", "utf-8")
    with pytest.raises(WrongUseError, match=r"抽样\.jsonl 是空的。上次记到1批抽样"):
        collected(review.office)
