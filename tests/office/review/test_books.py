"""Review books as they come: foreign, damaged, wrong, half filled in, several at once, and written over."""

from __future__ import annotations

import json
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Severity
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.review import write_books
from fazhi_xl.office.review.records import DECISIONS
from fazhi_xl.office.review.session import Acceptance, ReviewOrders
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.undecided import Undecided
from tests.office.conftest import collect_two
from tests.support.offices import FEW, FIRST, NOW, SECOND, Office, few
from tests.support.once import Staged
from tests.support.progress import Heard, Silent
from tests.support.reviews import Entry, Reviewing, entered, located, shown, verdict

pytestmark = pytest.mark.long

ROW, OTHER = "02/15.1", "02/15.2"


@pytest.fixture
def office(collected: Office) -> Office:
    return collected


@pytest.fixture
def review(office: Office) -> Reviewing:
    return Reviewing(office)


def zero(row: str = ROW, who: str = "张三") -> dict[str, Entry]:
    return verdict(row, {"核定": 0, "原因": "没有佐证材料"}, who)


def little(row: str = ROW, who: str = "李四") -> dict[str, Entry]:
    return verdict(row, {"核定": 0.1, "原因": "佐证材料不足"}, who)


def told(done: Round) -> list[tuple[str, str]]:
    """Give the books with the codes of what is said of them."""
    return [(book, found.code) for book, found in done.review]


# What cannot be read -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [False, True])
def test_a_score_without_a_result(review: Reviewing, office: Office, before: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A formula that nobody computed is told run after run until it is mended, and its row stays open, also after a decision."""
    if before:
        review.enter(zero())
        office.collect()
    review.enter(verdict(ROW, {}, "李四"))
    book = openpyxl.load_workbook(BytesIO(review.master.read_bytes()))
    spot = located(review.master.read_bytes()).spot(f"{ROW}.核定")
    assert spot
    book[spot.sheet][spot.cell] = "=1/4"
    book.save(review.master)
    for _ in range(3):
        done = office.collect()
        errors = [found for _, found in done.review if found.severity is Severity.ERROR]
        assert [found.code for found in errors] == ["formula-without-result"]
        assert errors[0].message == f"{ROW} 核定分是公式,但文件里没有计算结果。请直接填写数值。"
        kinds = [each.kind for each in done.open if each.code == ROW]
        assert kinds == [Undecided.UNREAD if before else Undecided.SUB_POINT]
        assert (len(review.record), review.cells[f"{ROW}.核定"]) == (int(before), "公式没有结果")
    review.enter(little())
    assert told(office.collect()) == []
    assert review.decided(FIRST, "15.1")[-1] == "0.1"


# Foreign and damaged -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("说明.txt", b"hello", "这是文本文件(CSV、TXT 等),不是电子表格,数据读不出来"),
        ("空.xlsx", b"", "文件是空的(0字节)"),
        ("坏.xlsx", b"PK\x03\x04" + b"x" * 100, "文件不完整或已损坏,打不开(压缩结构不完整)"),
    ],
)
def test_what_is_no_workbook(review: Reviewing, office: Office, name: str, data: bytes, cause: str) -> None:
    """A file in 审核 that is no workbook is told with advice for the reviewer, not for a unit, and the others are read."""
    review.enter(zero())
    (review.folder / name).write_bytes(data)
    done = office.collect()
    advice = "请从“存档”或备份恢复,或删掉这个文件,再收一次表。"
    said = [(book, found.code, found.message) for book, found in done.review]
    assert said == [(name, "review-unreadable", f"“审核”文件夹里的这个文件没有读取:{cause}。{advice}")]
    assert done.needs_attention
    assert review.decided(FIRST, "15.1") == ["0"]


def test_what_programs_leave_behind_is_passed_over(review: Reviewing, office: Office) -> None:
    """Lock files and hidden files are no review books; who has a book open is told, since what is not saved was not read."""
    for name in ("~$审核表.xlsx", ".DS_Store", "Thumbs.db"):
        (review.folder / name).write_bytes(b"\x05Admin".ljust(165))
    heard = Heard()
    assert told(collect(office.notice, office.space, CollectOrder(), heard, now=NOW)) == []
    said = "审核表.xlsx 正打开着(打开的人:Admin),没有存盘的这一次没有读到。请存盘、关闭后再收一次表(程序异常退出过的,删去旁边的 ~$ 文件)。"
    assert heard.lines[0] == said


def test_a_units_form_is_no_review_book(review: Reviewing, office: Office) -> None:
    """A unit's form is told by its number, and decides nothing."""
    (review.folder / "表.xlsx").write_bytes(office.issued(FIRST))
    assert told(office.collect()) == [("表.xlsx", "review-foreign")]


def test_another_rounds_book_is_foreign(review: Reviewing, office: Office, tmp_path: Path, notice: Notice) -> None:
    """A review book whose number was not made with this round's secret is refused, and so is one with two numbers."""
    other = Office(few(notice, FEW[:1]), tmp_path / "other")
    other.issue()
    other.receive("甲.xlsx", other.filled(FIRST))
    other.collect()
    foreign = entered(Reviewing(other).master.read_bytes(), zero())
    (review.folder / "甲.xlsx").write_bytes(foreign)
    mixed = openpyxl.load_workbook(BytesIO(review.master.read_bytes()))
    mixed["交办登记"]["A2"] = "表号:ZL2020-00-1-ABCDEFGH"
    mixed.save(review.folder / "乙.xlsx")
    assert told(office.collect()) == [("乙.xlsx", "review-foreign"), ("甲.xlsx", "review-foreign")]
    assert review.record == []


def test_a_foreign_book_under_the_books_own_name_is_kept(review: Reviewing, office: Office) -> None:
    """What stands at 审核表.xlsx and is no review book is put aside under a number, byte for byte."""
    review.master.write_bytes(office.issued(FIRST))
    assert told(office.collect()) == [("审核表.xlsx", "review-foreign")]
    assert (review.folder / "审核表(2).xlsx").read_bytes() == office.issued(FIRST)
    assert f"{ROW}.得分点" in review.cells


# Wrong and half filled in --------------------------------------------------------------------------------------------


WRONG: tuple[tuple[str, dict[str, Entry], str], ...] = (
    ("02/15.1", {"核定": 99}, "number-wrong"),
    ("02/15.4", {"核定": "满分"}, "number-wrong"),
    ("02/15.6", {"核定": -1}, "number-wrong"),
    ("02/20.6", {"原因": "就是不好"}, "choice-unknown"),
    ("04/15.1", {"审核人": None}, "entry-incomplete"),
    ("04/15.2", {"审核日期": None}, "entry-incomplete"),
    ("04/15.4", {"原因": None}, "review-reason"),
    ("04/15.6", {"原因": "其他(写明)"}, "review-reason-note"),
    ("04/20.6", {"核定": None, "原因": None, "审核日期": None}, "entry-incomplete"),
)


def test_rows_that_are_wrong_decide_nothing(review: Reviewing, office: Office) -> None:
    """A row with a fault is told and not taken, stays as it was typed, and the rows beside it are taken."""
    entries = {
        key: value
        for row, changes, _ in WRONG
        for key, value in {**zero(row), **{f"{row}.{column}": said for column, said in changes.items()}}.items()
    }
    review.enter({**entries, **zero(OTHER)})
    for _ in range(2):
        done = office.collect()
        said = {(str(found.place.field).rpartition(".")[0], found.code) for _, found in done.review}
        assert said == {(row, code) for row, _, code in WRONG}
        assert [(each["unit"], each["row"]) for each in review.record] == [(FIRST, "15.2")]
        kept = {key: review.cells.get(key) for key in entries}
        assert {key for key, text in kept.items() if text is not None} == {
            key for key, value in entries.items() if value is not None
        }


SPELT = {
    "02/15.1": "2020/12/1 0:00",
    "02/15.4": "2020-12-01T09:30:00",
    "02/15.6": "二〇二〇年十二月一日",
    "02/20.6": "2020年12月1日星期二",
    "04/15.1": "2020年12月1日。",
    "04/15.2": "44166",
    "04/15.4": "'2020-12-01",
}
DOUBTFUL = {"04/15.6": "2020年12月1日星期三", "04/20.6": "20.12.1"}


def test_days_as_people_write_them(review: Reviewing, office: Office) -> None:
    """A day of which there is no doubt is recorded, and noted; another is proposed, and the row decides nothing."""
    for row, day in {**SPELT, **DOUBTFUL}.items():
        review.enter({**zero(row), f"{row}.审核日期": day})
    done = office.collect()
    said = {(str(found.place.field).rpartition(".")[0], found.code) for _, found in done.review}
    assert said == {(row, "value-normalised") for row in SPELT} | {(row, "date-meant") for row in DOUBTFUL}
    assert all("是2020-12-01吗?" in found.message for _, found in done.review if found.code == "date-meant")
    assert [each["values"]["审核日期"] for each in review.record] == ["2020-12-01"] * len(SPELT)


def test_numbers_that_look_otherwise(review: Reviewing, office: Office) -> None:
    """A score and a day whose format hides or scales them are recorded as stored, told once, and shown plainly from then on."""
    looks = {"02/15.1.核定": "0%", "02/15.4.审核日期": ";;;", "02/15.6.说明": "0%"}
    spots = {key: place for key in looks if (place := located(review.master.read_bytes()).spot(key))}
    book = openpyxl.load_workbook(BytesIO(entered(review.master.read_bytes(), {**zero("02/15.1"), **zero("02/15.4")})))
    for key, at in spots.items():
        book[at.sheet][at.cell].number_format = looks[key]
    book.save(review.master)
    done = office.collect()
    (message,) = [found.message for _, found in done.review]
    named = "、".join(f"{at.sheet}!{at.cell}" for key, at in spots.items() if key != "02/15.6.说明")
    assert f"有2处填报内容的数字格式会隐藏或缩放数值({named})" in message
    assert [each["values"]["核定"] for each in review.record] == ["0", "0"]
    assert office.collect().review == ()


def test_a_score_beside_a_verdict(tmp_path: Path, notice: Notice) -> None:
    """A row that approves 不涉及 and scores it at once is asked about."""
    office = Office(few(notice, ("科技局",)), tmp_path)
    office.issue()
    answers = {**office.good("科技局"), "5.1.公示制度.填报": "不涉及", "5.1.自评": None, "5.1.说明": "没有职权"}
    office.receive("科技局.xlsx", office.filled("科技局", answers))
    office.collect()
    review = Reviewing(office)
    review.enter(verdict("14/5.1", {"不涉及": "核准", "核定": 0.5}))
    assert told(office.collect()) == [("审核表.xlsx", "review-out-scored")]
    assert review.record == []


def test_rows_of_no_unit(review: Reviewing, office: Office) -> None:
    """A row of a unit or sub-point that the catalogue does not have is told; so is one whose number is another unit's."""
    book = openpyxl.load_workbook(BytesIO(entered(review.master.read_bytes(), zero())))
    sheet = book["审核"]
    rows = {sheet.cell(no, 1).value: no for no in range(1, sheet.max_row + 1)}
    sheet.cell(rows[ROW], 1).value = "04/15.3"
    sheet.cell(rows[OTHER], 1).value = "99/15.2"
    sheet.cell(rows["02/15.4"], 1).value = "02/3.9"
    book.save(review.master)
    assert told(office.collect()) == [("审核表.xlsx", "review-row-unknown")] * 3
    assert review.record == []


def test_a_column_that_is_gone_takes_nothing_back(review: Reviewing, office: Office) -> None:
    """A book that lost its column of scores, or whole rows, says nothing of them: the decisions stay."""
    review.enter({**zero(), **zero(OTHER)})
    office.collect()
    book = openpyxl.load_workbook(BytesIO(review.master.read_bytes()))
    sheet = book["审核"]
    columns = {sheet.cell(1, no).value: no for no in range(1, sheet.max_column + 1)}
    for no in (1, *range(6, sheet.max_row + 1)):
        sheet.cell(no, columns["核定"]).value = None
    book.save(review.master)
    torn = review.master.read_bytes()
    assert "column-missing" in {code for _, code in told(office.collect())}
    assert [each["no"] for each in review.record] == [1, 2]
    assert review.cells[f"{ROW}.核定"] == "0"
    assert (review.folder / "审核表(2).xlsx").read_bytes() == torn


# Several books -------------------------------------------------------------------------------------------------------


def test_books_for_several_reviewers_come_together(review: Reviewing, office: Office) -> None:
    """Copies that decide different rows, or the same in one row, are put together without a word."""
    base = review.master.read_bytes()
    review.enter({**zero(), **zero("04/15.1")}, into="甲.xlsx", base=base)
    review.enter({**zero(OTHER), **zero("04/15.1", who="李四")}, into="乙.xlsx", base=base)
    done = office.collect()
    assert told(done) == []
    assert sorted((each["unit"], each["row"], each["book"]) for each in review.record) == [
        (FIRST, "15.1", "甲.xlsx"),
        (FIRST, "15.2", "乙.xlsx"),
        (SECOND, "15.1", "乙.xlsx"),
    ]
    assert told(office.collect()) == []
    assert len(review.record) == 3


def test_books_that_contradict_each_other(review: Reviewing, office: Office) -> None:
    """Two books that decide a row differently are told, and neither wins, until they agree."""
    base = review.master.read_bytes()
    review.enter(zero(), into="甲.xlsx", base=base)
    review.enter(little(), into="乙.xlsx", base=base)
    for _ in range(2):
        done = office.collect()
        assert told(done) == [("甲.xlsx", "review-conflict")]
        assert review.record == []
    assert done.review[0][1].message == (
        f"{FIRST}15.1:几本审核表的决定不一致(乙.xlsx:核定0.1,原因佐证材料不足;甲.xlsx:核定0,原因没有佐证材料),"
        "暂不采用。请商定后在“审核表.xlsx”里改定,或把几本改成一致。"
    )
    assert "几本审核表的决定不一致" in review.cells[f"{ROW}.待核"]
    review.enter(zero(who="李四"), into="乙.xlsx", base=base)
    assert told(office.collect()) == []
    assert review.decided(FIRST, "15.1") == ["0"]


@pytest.mark.parametrize("decided_before", [False, True])
def test_the_master_has_the_last_word(review: Reviewing, office: Office, decided_before: bool) -> None:  # noqa: FBT001 - a table
    """Once it shows that books contradict each other, what the master is given settles it; a book that says something new is heard."""
    if decided_before:
        review.enter(verdict(ROW, {"核定": 1}))
        office.collect()
    base = review.master.read_bytes()
    review.enter(zero(), into="甲.xlsx", base=base)
    review.enter(little(), into="乙.xlsx", base=base)
    assert told(office.collect()) == [("甲.xlsx", "review-conflict")]

    review.enter(verdict(ROW, {"核定": 0.5, "原因": "佐证材料不足"}, who="王五"))
    for _ in range(2):
        assert told(office.collect()) == []
    assert review.decided(FIRST, "15.1") == [*(["1"] if decided_before else []), "0.5"]
    assert [(vote["book"], vote["values"]["核定"]) for vote in review.record[-1]["over"]] == [
        ("乙.xlsx", "0.1"), ("甲.xlsx", "0"),
    ]  # fmt: skip

    review.enter(verdict(ROW, {"核定": 0.2, "原因": "佐证材料不足"}), into="乙.xlsx", base=base)
    assert told(office.collect()) == [("乙.xlsx", "review-conflict")]
    assert review.decided(FIRST, "15.1")[-1] == "0.5"


def test_a_last_word_that_is_taken_back_overrules_nobody(review: Reviewing, office: Office) -> None:
    """Once the master's decision is withdrawn, what the other books say is heard again."""
    base = review.master.read_bytes()
    review.enter(zero(), into="甲.xlsx", base=base)
    review.enter(little(), into="乙.xlsx", base=base)
    office.collect()
    review.enter(verdict(ROW, {"核定": 0.5, "原因": "佐证材料不足"}))
    assert told(office.collect()) == []
    review.enter({f"{ROW}.{column}": None for column in ("核定", "原因", "审核人", "审核日期")})
    office.collect()
    assert (review.record[-1]["values"], review.record[-1]["over"]) == ({}, [])
    assert [code for _, code in told(office.collect())] == ["review-conflict"]


def test_the_master_as_one_of_those_that_contradict(review: Reviewing, office: Office) -> None:
    """What the master said before anybody saw the contradiction settles nothing."""
    review.enter(zero(), into="甲.xlsx", base=review.master.read_bytes())
    review.enter(little())
    for _ in range(3):
        assert [code for _, code in told(office.collect())] == ["review-conflict"]
    assert review.record == []


def partly(score: float, row: str = ROW) -> dict[str, Entry]:
    return verdict(row, {"核定": score, "说明": "只见到一部分"})


def test_a_last_word_that_begins_another(review: Reviewing, office: Office) -> None:
    """The master, once it shows a contradiction, resolves it with a score with which its own earlier one begins: 0.1 after 0.15."""
    base = review.master.read_bytes()
    review.enter(partly(0.2), into="甲.xlsx", base=base)
    review.enter(partly(0.15))
    assert [code for _, code in told(office.collect())] == ["review-conflict"]
    assert review.cells[f"{ROW}.决定"].startswith("!")
    review.enter(partly(0.1))
    for _ in range(2):
        assert told(office.collect()) == []
    assert review.decided(FIRST, "15.1") == ["0.1"]
    assert review.cells[f"{ROW}.决定"] == "1"


@pytest.mark.parametrize(("score", "record"), [(0.15, []), (0.1, ["0.1"])])
def test_a_master_that_an_earlier_version_wrote(
    review: Reviewing, office: Office, score: float, record: list[str]
) -> None:
    """Without a mark the cell 待核 tells whether the contradiction was shown, and what the master said then."""
    base = review.master.read_bytes()
    review.enter(partly(0.2), into="甲.xlsx", base=base)
    review.enter(partly(0.15))
    office.collect()
    unmarked = verdict(ROW, {"核定": score, "决定": None})
    review.enter(unmarked)
    assert [code for _, code in told(office.collect())] == ([] if record else ["review-conflict"])
    assert review.decided(FIRST, "15.1") == record


def test_a_record_that_an_earlier_version_wrote(review: Reviewing, office: Office) -> None:
    """Votes that were settled are ignored until they change, also where the record holds their texts."""
    base = review.master.read_bytes()
    review.enter(zero(), into="甲.xlsx", base=base)
    review.enter(little(), into="乙.xlsx", base=base)
    office.collect()
    review.enter(verdict(ROW, {"核定": 0.5, "原因": "佐证材料不足"}, who="王五"))
    office.collect()
    path = review.folder / DECISIONS.path
    line = {**review.record[0], "over": ["乙.xlsx:核定0.1,原因佐证材料不足", "甲.xlsx:核定0,原因没有佐证材料"]}
    path.write_text(json.dumps(line, ensure_ascii=False) + "\n", "utf-8")
    review.forget()
    assert told(office.collect()) == []
    review.enter(verdict(ROW, {"核定": 0.2, "原因": "佐证材料不足"}), into="乙.xlsx", base=base)
    assert told(office.collect()) == [("乙.xlsx", "review-conflict")]


def test_a_register_has_a_last_word_too(review: Reviewing, office: Office) -> None:
    """A contradiction on a row of a register is resolved in the master as any other."""
    base, day = review.master.read_bytes(), {"审核人": "张三", "审核日期": "2020-12-01"}
    task = {"单位": FIRST, "事项": "迟交月报", "日期": "2020-11-03", **day}
    for book, matter in (("甲.xlsx", "迟交"), ("乙.xlsx", "迟交月"), ("审核表.xlsx", "迟交月报")):
        review.enter({f"交办登记.001.{c}": v for c, v in {**task, "事项": matter}.items()}, into=book, base=base)
    assert [code for _, code in told(office.collect())] == ["review-conflict"]
    review.enter({"交办登记.001.事项": "月报迟交"})
    assert told(office.collect()) == [("审核表.xlsx", "review-register-claim")]
    assert [each["values"]["事项"] for each in review.record] == ["月报迟交"]


def test_self_scores_are_not_accepted_where_somebody_has_begun(review: Reviewing, office: Office) -> None:
    """A row that is contested, or filled in wrongly, is left to those who began it."""
    base = review.master.read_bytes()
    review.enter(zero(), into="甲.xlsx", base=base)
    wrong: dict[str, Entry] = {f"{OTHER}.核定": 0, f"{OTHER}.审核日期": "13月1日"}
    review.enter({**little(), **wrong}, into="乙.xlsx", base=base)
    accept = Acceptance(units=(FIRST,), reviewer="王五")
    collect(office.notice, office.space, CollectOrder(review=ReviewOrders(accept=accept)), Silent(), now=NOW)
    assert {each["row"] for each in review.record} == {"15.4", "15.6", "20.6", "20.7"}


def test_an_earlier_decision_stays_until_the_books_agree(review: Reviewing, office: Office) -> None:
    """A book that did not know of a decision cannot change it; the review book, which shows it, can."""
    base = review.master.read_bytes()
    review.enter(zero(), into="甲.xlsx", base=base)
    office.collect()
    review.enter(little(), into="乙.xlsx", base=base)
    done = office.collect()
    assert told(done) == [("乙.xlsx", "review-conflict")]
    assert "仍按先前的决定(核定0,原因没有佐证材料)" in done.review[0][1].message
    assert review.decided(FIRST, "15.1") == ["0"]

    review.enter(little(who="王五"))
    assert told(office.collect()) == []
    assert review.decided(FIRST, "15.1") == ["0", "0.1"]
    assert told(office.collect()) == []  # what the first copy still says was taken before


def test_a_reviewer_changes_the_own_copy(review: Reviewing, office: Office) -> None:
    """A copy that is changed again is heard, back and forth, since it is the book that the decision came from."""
    base = review.master.read_bytes()
    for entries in (zero(), little(), zero()):
        review.enter(entries, into="甲.xlsx", base=base)
        assert told(office.collect()) == []
    assert review.decided(FIRST, "15.1") == ["0", "0.1", "0"]


def test_a_row_twice_in_a_book(review: Reviewing, office: Office) -> None:
    """A row that stands twice decides nothing."""
    review.enter(zero())
    book = openpyxl.load_workbook(review.master)
    sheet = book["审核"]
    rows = {sheet.cell(no, 1).value: no for no in range(1, sheet.max_row + 1)}
    sheet.cell(rows[OTHER], 1).value = ROW
    book.save(review.master)
    assert ("审核表.xlsx", "row-repeated") in told(office.collect())
    assert review.record == []


# Written over --------------------------------------------------------------------------------------------------------


def test_what_was_saved_while_collecting_is_kept(
    review: Reviewing, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A book that was saved after it was read is not written over: it is kept under a number, and read the next time."""
    drafts, late = write_books._drafts, entered(review.master.read_bytes(), zero())  # noqa: SLF001 - to save at that very moment

    def saved_meanwhile(*given: object) -> Iterable[object]:
        review.master.write_bytes(late)
        return drafts(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as moment:
        moment.setattr(write_books, "_drafts", saved_meanwhile)
        office.collect()
    assert (review.folder / "审核表(2).xlsx").read_bytes() == late
    assert (f"{ROW}.核定" in review.cells, review.record) == (False, [])
    office.collect()
    assert review.decided(FIRST, "15.1") == ["0"]
    assert shown(review.master.read_bytes())[f"{ROW}.核定"] == "0"


@pytest.fixture
def decided(staged: Staged) -> Reviewing:
    """Give a review with one decision in its record."""
    return Reviewing(staged("one decision", _decide_one))


def _decide_one(office: Office) -> None:
    collect_two(office)
    Reviewing(office).enter(zero())
    office.collect()


@pytest.mark.parametrize("line", ["{", "[]", "null", '{"no": 1}', '{"no": 1, "unit": 3}', "\\xff"])
def test_a_damaged_record_stops_the_run(decided: Reviewing, line: str) -> None:
    """Without the decisions nothing is ranked: the damaged line is named, and nothing is written over it."""
    path = decided.folder / DECISIONS.path
    path.write_text(path.read_text("utf-8") + line + "\n", "utf-8")
    before = path.read_bytes()
    with pytest.raises(WrongUseError, match="第2行读不出来,没有收表。\n请从备份恢复这个文件"):
        decided.office.collect()
    assert path.read_bytes() == before


@pytest.mark.parametrize(("old", "new"), [('"核定": "0"', '"核定": "满分"'), ("2020-12-01", "明天"), ('"0"', "0")])
def test_a_record_that_was_edited(decided: Reviewing, old: str, new: str) -> None:
    """A decision that can be none is damage."""
    path = decided.folder / DECISIONS.path
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    decided.forget()
    with pytest.raises(WrongUseError, match="第1行读不出来"):
        decided.office.collect()
