"""Who is due which letter, with which files of the round's folder, and why somebody cannot get one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest

from fazhi_xl.findings import Code, finding
from fazhi_xl.form.expression import Value
from fazhi_xl.mail.message import Outgoing
from fazhi_xl.office.post.due import (
    Desk,
    Due,
    bulletin_due,
    feedback_due,
    forms_due,
    receipts_due,
    reminders_due,
    unwritten,
)
from fazhi_xl.office.post.letters.addressee import Occasion
from fazhi_xl.office.post.plan import Sort
from fazhi_xl.reports.media.privacy import OtherUnits
from fazhi_xl.rounds.contacts import Contact, Contacts
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.xlsx.reader import read
from tests.support.mails import mail
from tests.support.offices import FEW, FIRST, FOURTH, SECOND, THIRD, Office
from tests.support.once import Staged
from tests.support.played import accepted
from tests.support.rounds import a_round, other_file, returned_file

pytestmark = pytest.mark.long

TODAY = datetime(2020, 11, 19, 9).astimezone()
SPOILT: dict[str, Value] = {"15.2.宪法.填报": "约5次"}
ADDRESSES = {unit: (f"u{no}@example.cn",) for no, unit in enumerate(FEW, 1)}


@pytest.fixture
def mixed(staged: Staged) -> Office:
    """Give an office where the first unit's return has a fault, the second's is good, the third's no workbook, the fourth's absent."""
    return staged("mixed for letters", _receive)


def _receive(office: Office) -> None:
    office.receive("2020-11-18/人大.xlsx", office.filled(FIRST, {**office.good(FIRST), **SPOILT}))
    office.receive("2020-11-18/政协.xlsx", office.filled(SECOND))
    office.receive("2020-11-18/检察院.xlsx", b"%PDF-1.4")
    office.collect(now=TODAY)


def desk(office: Office, addresses: dict[str, tuple[str, ...]] | None = None, now: datetime = TODAY) -> Desk:
    known = ADDRESSES if addresses is None else addresses
    contacts = Contacts(by_unit={unit: Contact(unit=unit, addresses=own) for unit, own in known.items()})
    occasion = Occasion(notice=office.notice, day=now.date())
    return Desk(space=office.space, occasion=occasion, contacts=contacts, forms=office.forms)


def told(dues: Iterable[Due]) -> dict[str, str | list[str]]:
    """Give by unit the names of what is attached, or why there is no letter."""
    return {
        each.unit: [file.name for file in each.dispatch.letter.attachments] if each.dispatch else each.why_not
        for each in dues
    }


def message(dues: Iterable[Due], unit: str) -> Outgoing:
    found = next(each for each in dues if each.unit == unit)
    assert found.dispatch
    return found.dispatch.letter


class TestForms:
    def test_whole_round(self, office: Office) -> None:
        """Each unit is due its own workbook, byte for byte as it was issued, once for its form number."""
        for due in forms_due(desk(office), FEW):
            assert due.dispatch
            (file,) = due.dispatch.letter.attachments
            assert (file.name, file.data) == (office.path(due.unit).name, office.issued(due.unit))
            assert due.dispatch.key == office.forms[due.unit].number
            assert due.dispatch.letter.to == ADDRESSES[due.unit]

    def test_left_out(self, office: Office) -> None:
        """A unit whose workbook is gone gets no letter, and it is said why; one without an address has a letter to nobody."""
        office.path(SECOND).unlink()
        dues = tuple(forms_due(desk(office, {SECOND: ("b@example.cn",)}), (FIRST, SECOND)))
        assert told(dues) == {
            FIRST: [office.path(FIRST).name],
            SECOND: f"{office.space.issued} 里没有 {office.path(SECOND).name}",
        }
        assert message(dues, FIRST).to == ()


class TestReminders:
    def test_who(self, mixed: Office) -> None:
        """Who sent nothing gets the form, whose return went back what has to be mended; who is done gets none. One a day."""
        dues = tuple(reminders_due(desk(mixed), mixed.collect(now=TODAY)))
        assert told(dues) == {
            FIRST: ["02_人大常委会机关_退回修改.xlsx"],
            THIRD: [mixed.path(THIRD).name],
            FOURTH: [mixed.path(FOURTH).name],
        }
        assert {each.dispatch.key for each in dues if each.dispatch} == {"2020-11-19"}

    def test_what_to_mend(self, mixed: Office) -> None:
        """The letter is the text that stands in 结果/退回, with what the office wrote into it; without a day it is not ready."""
        first, third, fourth = reminders_due(desk(mixed), mixed.collect(now=TODAY))
        assert (first.blank, third.blank) == (
            f"{mixed.space.corrections} 里它的退回文字没有写发回的日期(目录的 corrections_due)",
        ) * 2
        assert fourth.blank == ""
        path = mixed.space.corrections / "02_人大常委会机关_退回修改.txt"
        path.write_text(path.read_text("utf-8").replace("____年__月__日", "2020年11月25日"), "utf-8", newline="")
        first, *_ = reminders_due(desk(mixed), mixed.collect(now=TODAY))
        assert first.blank == ""
        assert first.dispatch
        assert "15.2.宪法 宪法宣传活动填的是“约5次”,不是一个确定的数。" in first.dispatch.letter.body
        assert first.dispatch.letter.body.endswith(
            "请于2020年11月25日前发回(通知的报送期限:2020年11月20日)。谢谢配合。\n\n"
            "区委依法治区办\n区司法局普法与依法治理科\n2020年11月19日\n"
        )
        assert "\r" not in first.dispatch.letter.body

    def test_for_the_office_first(self, office: Office) -> None:
        """Of a file that the office itself has to look at its unit is not written to."""
        refused = other_file("检察院.xlsx", Status.REJECTED, THIRD)
        gone = replace(refused, findings=(finding(Code.FILE_VANISHED),))
        found = told(reminders_due(desk(office), a_round([THIRD], [gone])))
        assert found[THIRD] == "来件“检察院.xlsx”要由办公室先处理,见“问题清单”"

    def test_a_day_gone_by(self, mixed: Office) -> None:
        """A day that has gone by is as none, whoever wrote it: the letter says nothing of it, is not ready, and bears its own day."""
        round_, path = mixed.collect(now=TODAY), mixed.space.corrections / "02_人大常委会机关_退回修改.txt"
        path.write_text(path.read_text("utf-8").replace("____年__月__日", "2020年11月25日"), "utf-8", newline="")
        first, *_ = reminders_due(desk(mixed, now=TODAY.replace(day=25)), round_)
        assert first.blank == ""
        first, *_ = reminders_due(desk(mixed, now=TODAY.replace(day=26)), round_)
        assert first.blank == f"{mixed.space.corrections} 里它的退回文字写的日期2020年11月25日已经过了"
        assert first.dispatch
        assert "请于____年__月__日前发回(通知的报送期限:2020年11月20日)" in first.dispatch.letter.body
        assert first.dispatch.letter.body.endswith("\n2020年11月26日\n")

    def test_sender_first(self, mixed: Office) -> None:
        """What goes back waits for all that it lacks: a day, and that the office knows who sent the form."""
        round_ = mixed.collect(now=TODAY)
        doubt = finding(Code.SENDER_UNKNOWN, value="stranger@example.com", unit=FIRST)
        files = [
            replace(file, findings=(*file.findings, doubt)) if file.unit == FIRST else file for file in round_.files
        ]
        first, *_ = reminders_due(desk(mixed), replace(round_, files=tuple(files)))
        assert first.blank.split(",")[0] == (
            f"{mixed.space.corrections} 里它的退回文字没有写发回的日期(目录的 corrections_due);来件是不是这家发来的还没有核实"
        )

    def test_came_as_anothers(self, office: Office) -> None:
        """Who mailed another unit's form is not told that nothing came, as long as the office has not made sure whose it is."""
        doubt = finding(Code.SENDER_DIFFERS, value="u3@example.cn", unit=FIRST, named=THIRD)
        file = replace(returned_file(FIRST), sender="u3@example.cn", posted_by=THIRD)
        found = told(reminders_due(desk(office), a_round([FIRST, THIRD], [replace(file, findings=(doubt,))])))
        said = f"“{FIRST}.xlsx”像是它报来的,表却是另一家的,要由办公室先处理,见“问题清单”"
        assert found == {THIRD: said}
        vouched = told(reminders_due(desk(office), a_round([FIRST, THIRD], [file])))
        assert vouched == {THIRD: [office.path(THIRD).name]}

    def test_unread_from_a_known_sender(self, office: Office) -> None:
        """A file that cannot be read goes back to the unit whose address sent it, and is not passed over as nothing."""
        too_large = mail({"表.xlsx": b"x"}, sender="u2@example.cn").as_bytes() + b"\r\n" * 17 * 1024 * 1024
        units = tuple(
            unit.model_copy(update={"mail": ("u2@example.cn",)}) if unit.short == SECOND else unit
            for unit in office.notice.units
        )
        known = Office(office.notice.model_copy(update={"units": units}), Path(office.root))
        known.receive("邮件/报送 080000 1cfb9e83.eml", too_large)
        found = message(reminders_due(desk(known), known.collect(now=TODAY)), SECOND)
        assert "收到你单位的主题为“报送”的邮件,不能使用,现退回:\n1. 文件有34.0MB,超过32MB。" in found.body
        assert "随信附上你单位的空白表“" in found.body
        assert [file.name for file in found.attachments] == [known.path(SECOND).name]

    def test_nothing_to_send_back(self, mixed: Office) -> None:
        """Where the correction pack is gone it is said, and nobody else is concerned."""
        round_ = mixed.collect(now=TODAY)
        for path in mixed.space.corrections.glob("02_*"):
            path.unlink()
        found = told(reminders_due(desk(mixed), round_))
        assert found[FIRST] == f"{mixed.space.corrections} 里没有它的退回材料"
        assert found[FOURTH] == [mixed.path(FOURTH).name]


class TestReceipts:
    def test_once_for_a_return(self, mixed: Office) -> None:
        """A return that is accepted has one receipt, whatever the day; another return has another."""
        (due,) = receipts_due(desk(mixed), mixed.collect(now=TODAY))
        later = datetime(2020, 11, 30, 9).astimezone()
        (again,) = receipts_due(desk(mixed, now=later), mixed.collect(now=later))
        mixed.receive("2020-11-19/政协.xlsx", mixed.filled(SECOND, mixed.good(SECOND, seed=2)))
        (new,) = receipts_due(desk(mixed), mixed.collect(now=TODAY))
        assert due.dispatch
        assert again.dispatch
        assert new.dispatch
        assert due.unit == SECOND
        assert due.dispatch.key == again.dispatch.key
        assert due.dispatch.key != new.dispatch.key
        assert mixed.file("2020-11-19/政协.xlsx")["sha256"] in new.dispatch.letter.body

    def test_sender_first(self, office: Office) -> None:
        """A receipt waits until the office knows who sent the form; what the unit itself is asked about does not make it wait."""
        doubts = (Code.SENDER_UNKNOWN, Code.SENDER_UNVERIFIED, Code.FOLDER_DIFFERS)
        said = {"unit": "乙", "named": "丙", "detail": "SPF", "number": "丁"}
        for each in (*doubts, Code.PROPERTY_DIFFERS):
            found = finding(each, value="甲", **{gap: said[gap] for gap in each.gaps & said.keys()})  # type: ignore[arg-type]
            file = replace(returned_file(FIRST), findings=(found,), sender="stranger@example.com")
            (due,) = receipts_due(desk(office), a_round([FIRST], [file]))
            assert (due.blank.partition(",")[0] == "来件是不是这家发来的还没有核实") == (each in doubts)
            assert due.dispatch
            assert "\n3. 来信邮箱:stranger@example.com\n" in due.dispatch.letter.body


class TestResults:
    @pytest.fixture
    def official(self, mixed: Office) -> tuple[Office, Round]:
        return mixed, accepted(mixed, ("全部",))

    def test_feedback(self, official: tuple[Office, Round]) -> None:
        """Each unit with a result is due its own sheet as it stands; who returned nothing is due none."""
        office, round_ = official
        found = told(feedback_due(desk(office), round_))
        assert found == {
            FIRST: ["02_人大常委会机关_反馈单.xlsx"],
            SECOND: ["04_政协机关_反馈单.xlsx"],
        }
        (office.space.results / "反馈单" / "04_政协机关_反馈单.xlsx").unlink()
        assert told(feedback_due(desk(office), round_))[SECOND] == "没有它的反馈单"

    def test_bulletin(self, official: tuple[Office, Round]) -> None:
        """Every unit is due the same bulletin; as long as the draft has places to write into it is not ready."""
        office, _ = official
        dues = tuple(bulletin_due(desk(office)))
        assert told(dues) == {unit: ["通报稿.docx", "通报版.xlsx"] for unit in FEW}
        assert {each.blank.partition("有")[0] for each in dues} == {"通报稿.docx 里还"}
        assert len({each.dispatch.key for each in dues if each.dispatch}) == 1

    def test_nobody_reads_of_others(self, official: tuple[Office, Round]) -> None:
        """No letter of a round names another unit, or carries a file of another's; the bulletin, which is about all, in its files alone."""
        office, round_ = official
        own = desk(office)
        dues = [
            *forms_due(own, FEW),
            *reminders_due(own, round_),
            *receipts_due(own, round_),
            *feedback_due(own, round_),
            *bulletin_due(own),
        ]
        assert {each.sort for each in dues} == set(Sort)
        others = OtherUnits.of(office.notice)
        for due in dues:
            assert due.dispatch
            sent = due.dispatch.letter
            assert sent.receivers == ADDRESSES[due.unit]
            for text in (sent.subject, sent.body):
                assert others.hidden(text, due.unit) == text
            for file in sent.attachments if due.sort is not Sort.BULLETIN else ():
                assert file.name.startswith(f"{office.notice.units_by_short[due.unit].no:02d}_{due.unit}_")
                numbers = {each.number for each in office.forms.values() if each.number in _texts(file.data)}
                assert numbers <= {office.forms[due.unit].number}


def _texts(data: bytes) -> str:
    return "\n".join(cell.text for cell in read(data).cells)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("请逐项整改。", ""),
        ("【演练数据】请逐项整改。", ""),
        ("【整改措施和责任分工】。要于【年月日】前报送。", "通报稿.docx 里还有2处要写的,例如【整改措施和责任分工】"),
    ],
)
def test_unwritten(text: str, said: str) -> None:
    """A draft of the bulletin is ready once nothing in brackets is left to be written; a rehearsal's mark is no such place."""
    made, document = BytesIO(), docx.Document()
    document.add_paragraph(text)
    document.save(made)
    assert unwritten(made.getvalue(), "【演练数据】") == said


def test_unreadable_draft() -> None:
    """A draft that cannot be read is not ready."""
    assert unwritten(b"no document", "") == "通报稿.docx 读不出来"
