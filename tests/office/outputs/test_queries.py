"""A question is asked once: its unit answers it on the sheet in front of its form, or the office in its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.office.commands import invented_replies
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.review.chain import PREVIOUS
from fazhi_xl.office.review.session import Acceptance, ReviewOrders
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.undecided import Undecided
from fazhi_xl.xlsx.fill import CellEntry, fill
from tests.clients.libreoffice import Input, LibreOffice
from tests.office.returns.test_receipt_register import HEAD, edit, lines
from tests.support.offices import FIRST, SECOND, Office
from tests.support.once import Staged
from tests.support.packages import Package
from tests.support.progress import Silent
from tests.support.reviews import Reviewing, verdict

pytestmark = pytest.mark.long

FRONT, SHEET = "需修改事项", "核实答复"
CAME, BACK = "2020-11-18/政协.xlsx", "2020-11-19/政协.xlsx"
OLD: Mapping[str, Value] = {
    **{f"台账.{no:03d}.日期": date(2019, 5, no) for no in (1, 2)},
    **{f"台账.{no:03d}.类型": "其他材料" for no in (1, 2)},
}
LATER = datetime(2020, 11, 25, 9).astimezone()
FIRST_ASKED = "04/核实:evidence-other-year:台账.15.1.日期:"


def pack(office: Office, unit: str = "04_政协机关") -> Path:
    return office.space.results / "退回" / f"{unit}_退回修改.xlsx"


def ask(office: Office) -> None:
    office.receive(CAME, office.filled(SECOND, {**office.good(SECOND), **OLD}))
    office.collect()


@pytest.fixture
def asked(staged: Staged) -> Office:
    """Give a round in which a unit has two things to confirm, and nothing to correct."""
    return staged("asked", ask)


def set_aside(office: Office, name: str) -> None:
    """Enter in the register that a file is not used."""
    (at,) = [no for no, row in enumerate(lines(office), HEAD + 1) if name in row[0]]
    edit(office, lambda sheet: sheet.__setitem__(f"F{at}", "不采用"))


def questions(data: bytes) -> dict[str, str]:
    """Give the cells for the replies, by the codes of their questions."""
    return {code.text: cell for code, (sheet, cell) in invented_replies.asked(data).items() if sheet == FRONT}


def answered(data: bytes, *replies: str, more: Iterable[CellEntry] = ()) -> bytes:
    """Type the replies beside the questions, in their order; a blank one, and one that is not given, leaves its question open."""
    left = [""] * (len(questions(data)) - len(replies))
    return fill(invented_replies.replied(data, [*replies, *left]), more)


def replied(office: Office, *replies: str, day: str = "2020-11-19", more: Iterable[CellEntry] = ()) -> Round:
    """Send the pack back with replies, and collect."""
    data = answered(pack(office).read_bytes(), *replies, more=more)
    office.receive(f"{day}/政协.xlsx", data, date.fromisoformat(day))
    return office.collect(now=LATER)


def queries(round_: Round) -> list[str]:
    return [each.unit for each in round_.open if each.kind is Undecided.QUERY]


def record(office: Office) -> list[dict[str, str]]:
    path = office.space.review / "答复.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def place(office: Office, key: str) -> tuple[str, str]:
    at = office.forms[SECOND].shape.places[key]
    return at.sheet, at.cell


def test_invented(office: Office) -> None:
    """What a rehearsal asks and replies is asked and settled."""
    doubts = invented_replies.doubtful(office.notice, office.forms[SECOND].shape)
    office.receive(CAME, office.filled(SECOND, {**office.good(SECOND), **doubts}))
    assert queries(office.collect()) == [SECOND]
    office.receive(BACK, invented_replies.replied(pack(office).read_bytes()), date(2020, 11, 19))
    assert queries(office.collect(now=LATER)) == []


class TestAsked:
    def test_pack(self, asked: Office) -> None:
        """A unit that has only to confirm something gets its form with the questions in front, open only beside them."""
        package = Package(pack(asked))
        part = package.sheets[FRONT]
        at = questions(pack(asked).read_bytes())
        assert [code[:-8] for code in at] == [FIRST_ASKED, FIRST_ASKED.replace("15.1", "15.2")]
        open_ = [cell for cell, held in part.cells.items() if package.formats[held.style]["locked"] == "0"]
        assert open_ == list(at.values())
        (rule,) = part.every("dataValidation")
        assert (rule.get("sqref"), rule.get("showErrorMessage")) == (f"{open_[0]}:{open_[-1]}", None)
        texts = " ".join(cell.text or "" for cell in part.cells.values())
        assert "一、请核实(2处):在“答复”里选“无误”“已改”,或写明情况(至少6个字)" in texts
        assert "请在“需修改事项”" not in texts
        mail = pack(asked).with_suffix(".txt").read_text("utf-8-sig")
        assert "有2处请核实。请打开附件“04_政协机关_退回修改.xlsx”" in mail
        assert "照第一张表“需修改事项”逐处答复" in mail

    def test_told(self, asked: Office) -> None:
        """Questions stand in the review book and among what is open, and keep the return from nothing."""
        round_ = asked.collect()
        assert queries(round_) == [SECOND, SECOND]
        assert asked.statuses()[CAME] == "accepted_with_notes"
        cells = Reviewing(asked).cells
        shown = [key for key in cells if key.endswith(".疑问")]
        assert [key.rpartition(".")[0].rpartition(".")[0] for key in shown] == ["04/核实.台账"] * 2
        assert cells[shown[0]].startswith("台账.001的形成日期2019-05-01不在监测评价年度内。")
        ranking = Package(asked.space.results / "排名汇总.xlsx")
        assert any("请在“需修改事项”的“答复”里逐处答复" in text for text in ranking.strings)


class TestReplies:
    def test_settle(self, asked: Office) -> None:
        """What a unit confirms or explains is settled, and asked no more; each reply is recorded once, and no text is a formula."""
        done = replied(asked, " ＯＫ ", "=去年的材料今年仍在用")
        assert (queries(done), done.review) == ([], ())
        messages = [each.message for each in done.files[0].findings]
        assert [each.rpartition("(")[2] for each in messages] == [
            "已答复:OK,2020年11月19日来件)".replace("OK", "ＯＫ"),
            "已答复:=去年的材料今年仍在用,2020年11月19日来件)",
        ]
        assert asked.codes(BACK) == ["duplicate-answers", "replies-read"]
        assert not pack(asked).exists()
        assert SHEET not in Package(Reviewing(asked).master).sheets
        book = Package(asked.space.results / "排名汇总.xlsx")
        assert all(
            "去年的材料" not in (cell.formula or "") for part in book.sheets.values() for cell in part.cells.values()
        )
        (first, second) = record(asked)
        assert {name: first[name] for name in ("unit", "field", "code", "value", "answer", "text", "why_not", "file", "received")} == {
            "unit": SECOND, "field": "台账.15.1.日期", "code": "evidence-other-year", "value": "2019-05-01", "answer": "right",
            "text": "ＯＫ", "why_not": "", "file": BACK, "received": "2020-11-19",
        }  # fmt: skip
        assert second["answer"] == "said"
        asked.receive("2020-11-20/又一份.xlsx", (asked.space.returns / BACK).read_bytes())
        assert queries(asked.collect(now=LATER)) == []
        assert len(record(asked)) == 2

    def test_words_beside_what_was_settled(self, asked: Office) -> None:
        """An explanation that says the opposite settles its question: so the office reads it in 待核 and in 问题清单, cut last."""
        replied(asked, "日期填错了,应为2020年" + "五月一日" * 30, "无误")
        texts = [text for key, text in Reviewing(asked).cells.items() if key.endswith(".待核") and "已答复" in text]
        said = "(已答复:日期填错了,应为2020年" + "五月一日" * 21 + "五月…,2020年11月19日来件)"
        assert texts == [
            f"台账.001的形成日期2019-05-01不在监测评价年度内…{said}。",
            "台账.002的形成日期2019-05-02不在监测评价年度内…(已答复:无误,2020年11月19日来件)。",
        ]
        assert any(said in text for text in Package(asked.space.results / "排名汇总.xlsx").strings)

    def test_kept(self, asked: Office) -> None:
        """A reply stands after the file that it came in is gone, and after the form is sent once more without the sheet in front."""
        replied(asked, "无误", "无误")
        (asked.space.returns / BACK).unlink()
        again = asked.filled(SECOND, {**asked.good(SECOND), **OLD, "15.4.说明": "补充说明"})
        asked.receive("2020-11-20/原表.xlsx", again, date(2020, 11, 20))
        assert queries(asked.collect(now=LATER)) == []

    def test_set_aside(self, asked: Office) -> None:
        """What was replied in a file that the office set aside is asked again, also once the file is gone; said elsewhere it counts."""
        data = answered(pack(asked).read_bytes(), "无误", "无误")
        assert queries(replied(asked, "无误", "无误")) == []
        set_aside(asked, BACK)
        done = asked.collect(now=LATER)
        assert queries(done) == [SECOND, SECOND]
        assert [each.answered for each in done.files[0].findings] == ["", ""]
        assert [text for key, text in Reviewing(asked).cells.items() if key.endswith(".来件答复") and text] == []
        (asked.space.returns / BACK).unlink()
        assert queries(asked.collect(now=LATER)) == [SECOND, SECOND]
        asked.receive("2020-11-20/政协.xlsx", data + b"\0", date(2020, 11, 20))
        assert queries(asked.collect(now=LATER)) == []

    def test_of_no_use(self, asked: Office) -> None:
        """A reply that is too short, or tells of a change that is not there, is told with its cell, kept, and asked anew."""
        done = replied(asked, "好", "已改")
        assert queries(done) == [SECOND, SECOND]
        found = [(each.code.value, each.place.sheet, each.place.cell, each.value) for each in done.files[1].findings]
        cells = list(questions(pack(asked).read_bytes()).values())
        assert found[1:] == [
            ("replies-read", None, None, None),
            ("reply-short", FRONT, cells[0], "好"),
            ("reply-unchanged", FRONT, cells[1], "已改"),
        ]
        assert [(each["text"], each["why_not"]) for each in record(asked)] == [
            ("好", "reply-short"),
            ("已改", "reply-unchanged"),
        ]
        shown = Reviewing(asked).cells
        assert sorted(text for key, text in shown.items() if key.endswith(".来件答复")) == [
            "好(看不出核实的结果)",
            "已改(内容和原来一样)",
        ]
        mail = pack(asked).with_suffix(".txt").read_text("utf-8-sig")
        front = " ".join(cell.text or "" for cell in Package(pack(asked)).sheets[FRONT].cells.values())
        for text in ("(上次的答复没有采用:好(看不出核实的结果))", "(上次的答复没有采用:已改(内容和原来一样))"):
            assert (text in mail, text in front) == (True, True)
        assert queries(replied(asked, "确实是去年印发的", day="2020-11-20")) == [SECOND]
        assert asked.codes("2020-11-20/政协.xlsx") == ["duplicate-answers", "replies-read"]

    def test_half(self, asked: Office) -> None:
        """Where some of the questions are answered the others are asked again, and they alone."""
        first, second = questions(pack(asked).read_bytes())
        assert queries(replied(asked, "", "无误")) == [SECOND]
        assert list(questions(pack(asked).read_bytes())) == [first]
        assert [each["digest"] for each in record(asked)] == [second[-8:]]

    def test_changed(self, asked: Office) -> None:
        """A value that was changed needs no reply once it is right; one that is odd again is another question, whatever was replied."""
        right, odd = (
            (*place(asked, "台账.001.日期"), date(2020, 5, 1)),
            (*place(asked, "台账.002.日期"), date(2018, 5, 1)),
        )
        before = questions(pack(asked).read_bytes())
        done = replied(asked, "已改", "无误", more=(right, odd))
        assert queries(done) == [SECOND]
        assert asked.codes(BACK)[-2:] == ["replies-read", "reply-older"]
        (left,) = questions(pack(asked).read_bytes())
        assert (left[:-8], left in before) == (FIRST_ASKED.replace("15.1", "15.2"), False)
        assert [each.refused for file in done.files for each in file.findings if each.refused] == [
            "无误(说的是改动以前的内容)"
        ]

    def test_said_again(self, asked: Office) -> None:
        """What is said in another file is recorded as well, with its own day, though the words are the same."""
        first = pack(asked).read_bytes()
        replied(asked, "已改", "无误")
        right = (*place(asked, "台账.001.日期"), date(2020, 5, 1))
        asked.receive("2020-11-20/政协.xlsx", answered(first, "已改", "无误", more=[right]), date(2020, 11, 20))
        done = asked.collect(now=LATER)
        assert queries(done) == []
        assert [(each["received"], each["text"], each["why_not"]) for each in record(asked)] == [
            ("2020-11-19", "已改", "reply-unchanged"),
            ("2020-11-19", "无误", ""),
            ("2020-11-20", "已改", ""),
            ("2020-11-20", "无误", ""),
        ]
        assert [each.answered for file in done.files for each in file.findings if each.answered] == [
            "无误,2020年11月20日来件"
        ]

    def test_asked_again(self, asked: Office) -> None:
        """A reply to what was not asked any more is recorded once more when that is asked again, and settles it then."""
        odd = [(*place(asked, f"台账.00{no}.日期"), date(2018, 5, 1)) for no in (1, 2)]
        replied(asked, "无误", more=odd)
        assert [each["why_not"] for each in record(asked)] == ["reply-older"]
        again = asked.filled(SECOND, {**asked.good(SECOND), **OLD})
        asked.receive("2020-11-20/政协.xlsx", again, date(2020, 11, 20))
        assert queries(asked.collect(now=LATER)) == [SECOND]
        assert [each["why_not"] for each in record(asked)] == ["reply-older", ""]
        asked.collect(now=LATER)
        assert len(record(asked)) == 2

    def test_gone(self, asked: Office) -> None:
        """A reply to what is asked no more is told and kept."""
        right = [(*place(asked, f"台账.00{no}.日期"), date(2020, 5, 1)) for no in (1, 2)]
        assert queries(replied(asked, "无误", more=right)) == []
        assert asked.codes(BACK) == ["superseded-file", "replies-read", "reply-gone"][1:]
        assert [each["why_not"] for each in record(asked)] == ["reply-gone"]

    def test_of_another_unit(self, asked: Office) -> None:
        """A sheet in front that is another unit's settles nothing of either; the office is told, and the reply kept."""
        asked.receive("2020-11-18/人大.xlsx", asked.filled(FIRST, {**asked.good(FIRST), **OLD}))
        asked.collect()
        own, others = pack(asked, "02_人大常委会机关").read_bytes(), questions(pack(asked).read_bytes())
        cells = [
            (FRONT, cell.replace("G", "H"), code) for code, cell in zip(others, questions(own).values(), strict=True)
        ]
        asked.receive("2020-11-19/人大.xlsx", answered(own, "无误", "无误", more=cells))
        done = asked.collect(now=LATER)
        assert queries(done) == [FIRST, FIRST, SECOND, SECOND]
        assert asked.codes("2020-11-19/人大.xlsx")[2:] == ["reply-of-others"] * 2
        right = answered(own, "好", more=[(FRONT, next(iter(questions(own).values())).replace("G", "H"), "涂了")])
        asked.receive("2020-11-20/人大.xlsx", right, date(2020, 11, 20))
        done = asked.collect(now=LATER)
        assert asked.codes("2020-11-19/人大.xlsx")[2:] == ["reply-of-others"] * 2
        assert asked.codes("2020-11-20/人大.xlsx")[2:] == ["reply-uncoded"]
        assert {(each["unit"], each["why_not"]) for each in record(asked)} == {
            (FIRST, "reply-of-others"),
            (FIRST, "reply-uncoded"),
        }

    def test_through_a_client(self, asked: Office, libreoffice: LibreOffice) -> None:
        """Answered and saved in LibreOffice a reply counts as well."""
        back = asked.space.returns / BACK
        back.parent.mkdir()
        (first, second) = questions(pack(asked).read_bytes()).values()
        with libreoffice.open(pack(asked)) as document:
            said = ((first, "无误"), (second, "文件继续有效的"))
            document.set_inputs(Input(sheet=FRONT, cell=cell, kind="text", value=text) for cell, text in said)
            document.save_as(back)
        assert queries(asked.collect(now=LATER)) == []


class TestOffice:
    def test_official(self, asked: Office) -> None:
        """A ranking is official once the office has settled what units have not, with name and day; a row taken back is open again."""
        accept = ReviewOrders(accept=Acceptance(units=("全部",), reviewer="王五"))
        collect(asked.notice, asked.space, CollectOrder(review=accept), Silent(), now=LATER)
        assert not asked.collect(now=LATER).official
        review = Reviewing(asked)
        one, two = (key.removesuffix(".疑问") for key in review.cells if key.endswith(".疑问"))
        review.enter({**verdict(one, {"核实": "已看材料"}), **verdict(two, {"核实": "见说明"})})
        done = asked.collect(now=LATER)
        assert (queries(done), [each.code.value for _, each in done.review]) == ([SECOND], ["review-incomplete"])
        review.enter(verdict(two, {"核实": "见说明", "说明": "文件今年仍有效"}))
        done = asked.collect(now=LATER)
        assert (queries(done), done.official) == ([], True)
        told = [each.answered for each in done.files[0].findings]
        assert told == [
            "办公室代为核实,已看材料(2020年12月1日)",
            "办公室代为核实,文件今年仍有效(2020年12月1日)",
        ]
        assert not pack(asked).exists()
        review.enter(dict.fromkeys(f"{one}.{column}" for column in ("核实", "审核人", "审核日期")))
        done = asked.collect(now=LATER)
        assert (queries(done), done.official) == ([SECOND], False)

    def test_begun_before(self, asked: Office) -> None:
        """A review that a version without such rows began ends without them: its record's first line is linked to nothing."""
        accept = ReviewOrders(accept=Acceptance(units=("全部",), reviewer="王五"))
        collect(asked.notice, asked.space, CollectOrder(review=accept), Silent(), now=LATER)
        review = Reviewing(asked)
        review.forget()
        lines = [{name: each[name] for name in each if name != PREVIOUS} for each in review.record]
        text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines)
        (review.folder / "决定.jsonl").write_text(text, "utf-8")
        done = asked.collect(now=LATER)
        assert (queries(done), done.official) == ([], True)
        assert pack(asked).exists()
