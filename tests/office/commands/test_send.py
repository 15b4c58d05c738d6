"""Sending a round's letters, from the first to the last: by a real mail server of this machine, and as drafts that are read back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO

import docx
import pytest
from openpyxl import load_workbook

from fazhi_xl.errors import WrongUseError
from fazhi_xl.form.expression import Value
from fazhi_xl.mail.settings import MailSettings, Security
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.commands.issue import IssueOrder, issue
from fazhi_xl.office.commands.send import Mailing, Sent, mailing, mailing_by, send_forms, send_of_round
from fazhi_xl.office.commands.summary import round_summary
from fazhi_xl.office.post.deliver import Delivery
from fazhi_xl.office.post.plan import Sort
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rounds.round import Round
from tests.clients.mail_server import PASSWORD, MailServer
from tests.support.offices import FEW, FIRST, FOURTH, ISSUED, SECOND, THIRD, Office, few
from tests.support.played import accepted
from tests.support.progress import Heard, Silent

pytestmark = pytest.mark.long

ADDRESSES = {unit: f"u{no}@example.cn" for no, unit in enumerate(FEW, 1)}
SPOILT: dict[str, Value] = {"15.2.宪法.填报": "约5次"}
DRAFT, SMTP, AGAIN = Delivery(), Delivery(smtp=True), Delivery(smtp=True, again=True)


def at(day: int, month: int = 11) -> datetime:
    return datetime(2020, month, day, 9).astimezone()


def fill_in(space: Workspace, addresses: dict[str, str] = ADDRESSES) -> None:
    """Type addresses into the workbook of contacts."""
    book = load_workbook(space.contacts_file)
    for row in book["联系人"].iter_rows(min_row=4):
        row[3].value = addresses.get(str(row[1].value))
    book.save(space.contacts_file)


@dataclass
class Sending:
    """An office that issued its contacts, the server that takes its letters, and what is sent."""

    office: Office
    server: MailServer

    @property
    def space(self) -> Workspace:
        return self.office.space

    def mailing(self, delivery: Delivery) -> Mailing:
        """Read the contacts, with the settings of the server of this machine."""
        settings = MailSettings(address="fzb@example.cn", name="区委依法治区办", smtp=self.server.server(Security.NONE))
        return replace(mailing(self.space, self.office.notice, delivery), settings=settings)

    def forms(self, *units: str, how: Delivery = SMTP, now: datetime) -> Sent:
        return send_forms(self.office.notice, self.space, self.mailing(how), units, Silent(), now=now)

    def of_round(
        self, round_: Round, *sorts: Sort, units: tuple[str, ...] = (), how: Delivery = SMTP, now: datetime
    ) -> Sent:
        return send_of_round(round_, self.space, self.mailing(how), sorts, units, Silent(), now=now)

    def taken(self) -> dict[str, list[str]]:
        """Give the subjects, before their brackets, of what the server took since the last time, by the receivers' units."""
        units = {address: unit for unit, address in ADDRESSES.items()}
        found: dict[str, list[str]] = {}
        for letter in self.server.letters:
            subject = str(message_from_bytes(letter.data, policy=policy.default)["Subject"])
            kind = subject.removeprefix("钟楼区2020年度法治建设监测评价").partition("(")[0]
            found.setdefault("、".join(units[each] for each in letter.receivers), []).append(kind)
        self.server.letters.clear()
        return found


@pytest.fixture
def sending(office: Office, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> Sending:
    monkeypatch.setenv("FAZHI_MAIL_PASSWORD", PASSWORD)
    with_contacts(office.space, office.notice)
    return Sending(office, mail_server)


def with_contacts(space: Workspace, notice: Notice) -> None:
    """Issue the workbook of contacts, and fill it in."""
    assert mailing_by(space.contacts_file, space, notice, DRAFT, Silent(), day=ISSUED) is None
    fill_in(space)


def states(sent: Sent) -> dict[str, str]:
    return {each.unit: each.state.value for each in sent.delivered.done}


def write_bulletin(office: Office) -> None:
    """Complete the bulletin's draft, as the office does."""
    path = office.space.results / "通报" / "通报稿.docx"
    document = docx.Document(BytesIO(path.read_bytes()))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    for paragraph in (*document.paragraphs, *(each for cell in cells for each in cell.paragraphs)):
        if "【" in paragraph.text:
            paragraph.text = "已经写好。"
    document.save(str(path))


def test_story(sending: Sending) -> None:
    """From the forms to the bulletin everybody gets what is due, once; what fails is told and goes on; what is not ready waits."""
    _issue_to_all(sending)
    _remind_of_what_is_missing(sending)
    round_ = _confirm_what_came(sending)
    _results_wait_and_reminders_do_not(sending, round_)
    _tell_the_results(sending, accepted(sending.office, ("全部",)))


def _issue_to_all(sending: Sending) -> None:
    """One address is refused, and only that one is tried again."""
    sending.server.refuses[ADDRESSES[FOURTH]] = "550 5.1.1 no such user"
    first = sending.forms(now=at(1))
    assert states(first) == {FIRST: "sent", SECOND: "sent", THIRD: "sent", FOURTH: "failed"}
    assert not first.complete
    assert any(FOURTH in line and ADDRESSES[FOURTH] in line and "no such user" in line for line in first.lines)
    assert sending.taken() == {unit: ["任务分解表"] for unit in (FIRST, SECOND, THIRD)}
    sending.server.refuses.clear()
    assert states(sending.forms(now=at(2))) == {**dict.fromkeys((FIRST, SECOND, THIRD), "before"), FOURTH: "sent"}
    assert sending.taken() == {FOURTH: ["任务分解表"]}


def _remind_of_what_is_missing(sending: Sending) -> None:
    """Whom nothing came from is reminded, and who has to mend something once that letter is complete; once a day each."""
    office = sending.office
    office.receive("2020-11-18/人大.xlsx", office.filled(FIRST, {**office.good(FIRST), **SPOILT}))
    office.receive("2020-11-18/政协.xlsx", office.filled(SECOND))
    held = sending.of_round(office.collect(now=at(19)), Sort.REMINDER, now=at(19))
    assert [each.unit for each in held.held] == [FIRST]
    assert any("没有发出,办好再运行一次(1家:人大常委会机关)" in line for line in held.lines)
    assert sending.taken() == {THIRD: ["任务分解表催报"], FOURTH: ["任务分解表催报"]}
    path = office.space.corrections / "02_人大常委会机关_退回修改.txt"
    path.write_text(path.read_text("utf-8").replace("____年__月__日", "2020年11月25日"), "utf-8", newline="")
    assert sending.of_round(office.collect(now=at(19)), Sort.REMINDER, now=at(19)).complete
    assert sending.taken() == {FIRST: ["任务分解表催报:退回修改"]}  # the others had theirs today
    assert sending.of_round(office.collect(now=at(20)), Sort.REMINDER, now=at(20)).complete
    assert sending.taken().keys() == {FIRST, THIRD, FOURTH}


def _confirm_what_came(sending: Sending) -> Round:
    """Send receipts: each once, and again where that is asked for."""
    office, both = sending.office, {FIRST: ["任务分解表回执"], SECOND: ["任务分解表回执"]}
    office.receive("2020-11-20/人大.xlsx", office.filled(FIRST), date(2020, 11, 20))
    round_ = office.collect(now=at(21))
    assert sending.of_round(round_, Sort.RECEIPT, now=at(21)).complete
    assert sending.taken() == both
    assert states(sending.of_round(round_, Sort.RECEIPT, now=at(22))) == dict.fromkeys(both, "before")
    assert sending.taken() == {}
    assert states(sending.of_round(round_, Sort.RECEIPT, units=(SECOND,), how=AGAIN, now=at(22))) == {SECOND: "sent"}
    assert sending.taken() == {SECOND: both[SECOND]}
    assert states(sending.of_round(round_, Sort.RECEIPT, how=AGAIN, now=at(22))) == dict.fromkeys(both, "sent")
    assert sending.taken() == both
    return round_


def _results_wait_and_reminders_do_not(sending: Sending, round_: Round) -> None:
    """Before the ranking is official results are told as held, with all that is open; what else was asked for goes out."""
    early = sending.of_round(round_, Sort.REMINDER, Sort.FEEDBACK, Sort.BULLETIN, now=at(22))
    assert sending.taken().keys() == {THIRD, FOURTH}
    assert not early.complete
    lines = list(early.lines)
    told = lines.index("反馈单、通报要等排名是正式的才发,这次没有发。还没有定的,在审核表里定好,再收一次表:")
    assert [line.partition("未")[0] for line in lines[told + 1 :]] == ["  得分点"]
    assert [each for each in early.as_json["not_sent"] if not each["unit"]] == [
        {"sort": sort, "unit": "", "why": "要等排名是正式的才发"} for sort in ("feedback", "bulletin")
    ]


def write_day(office: Office, unit: str, day: str) -> None:
    """Type the day to answer by into a feedback sheet."""
    (path,) = (office.space.results / "反馈单").glob(f"*{unit}*.xlsx")
    book = load_workbook(path)
    for cell in (cell for row in book.worksheets[0].iter_rows() for cell in row):
        if isinstance(cell.value, str):
            cell.value = re.sub(r"(____年__月__日|2020年12月9日)前报", f"{day}前报", cell.value)
    book.save(path)


def _tell_the_results(sending: Sending, round_: Round) -> None:
    """Feedback sheets go to who has a result, the bulletin to all once it is written, and then nothing more."""
    early = sending.of_round(round_, Sort.FEEDBACK, Sort.BULLETIN, now=at(10, month=12))
    assert Counter(each.sort for each in early.held) == {Sort.FEEDBACK: 2, Sort.BULLETIN: 4}
    assert sending.taken() == {}
    write_day(sending.office, FIRST, "2020年12月20日")
    write_day(sending.office, SECOND, "2020年12月9日")
    gone = sending.of_round(round_, Sort.FEEDBACK, now=at(10, month=12))
    assert [each.blank for each in gone.held] == ["反馈单写的报送日期2020年12月9日已经过了"]
    assert sending.taken() == {FIRST: ["反馈单"]}
    write_day(sending.office, SECOND, "2020年12月20日")
    write_bulletin(sending.office)
    assert sending.of_round(round_, Sort.FEEDBACK, Sort.BULLETIN, now=at(11, month=12)).complete
    assert sending.taken() == {**{unit: ["情况通报"] for unit in FEW}, SECOND: ["反馈单", "情况通报"]}
    nothing = sending.of_round(round_, Sort.FEEDBACK, Sort.BULLETIN, now=at(12, month=12))
    assert Counter(each.state.value for each in nothing.delivered.done) == {"before": 6}
    assert sending.taken() == {}


def read_back(drafts: Iterable[bytes]) -> list[EmailMessage]:
    return [message_from_bytes(each, _class=EmailMessage, policy=policy.default) for each in drafts]


def test_drafts_are_read_back(sending: Sending) -> None:
    """Drafts of all sorts say to Python's parser what the letters say, and our own intake finds each unit's form in them."""
    office = sending.office
    office.receive("2020-11-18/政协.xlsx", office.filled(SECOND))
    office.collect(now=at(19))
    round_ = accepted(office, ("全部",))
    sents = [
        sending.forms(how=DRAFT, now=at(1)),
        sending.of_round(round_, *(sort for sort in Sort if sort is not Sort.FORM), how=DRAFT, now=at(19)),
    ]
    done = [each for sent in sents for each in sent.delivered.done]
    assert {each.sort for each in done} == set(Sort)
    letters = {(due.sort, due.unit): due.dispatch.letter for sent in sents for due in sent.dues if due.dispatch}
    for each in done:
        assert each.draft
        (read,) = read_back([each.draft.read_bytes()])
        letter = letters[each.sort, each.unit]
        assert (read["Subject"], read["To"], read["X-Unsent"]) == (letter.subject, ", ".join(letter.to), "1")
        body = read.get_body()
        assert body
        assert body.get_content().replace("\r\n", "\n") == letter.body
        attached = [(str(file.get_filename()), file.get_content()) for file in read.iter_attachments()]
        assert attached == [(file.name, file.data) for file in letter.attachments]
    for no, path in enumerate((office.space.mail / "待发" / "任务分解表").iterdir()):
        office.receive(f"2020-11-19/{no}.eml", path.read_bytes())
    found = {str(each["unit"]) for each in office.look() if str(each["path"]).endswith(".xlsx")}
    assert found >= set(FEW)
    _nobody_is_reminded_of_what_came(sending, round_)


def _nobody_is_reminded_of_what_came(sending: Sending, round_: Round) -> None:
    """Take away the draft of a reminder that is no longer due, but not where only one unit's was asked for."""
    folder = sending.space.mail / "待发" / "催报"
    assert {path.stem for path in folder.iterdir()} == {FIRST, THIRD, FOURTH}
    alone = sending.of_round(round_, Sort.REMINDER, units=(THIRD, THIRD), how=DRAFT, now=at(20))
    assert states(alone) == {THIRD: "drafted"}
    assert {path.stem for path in folder.iterdir()} == {FIRST, THIRD, FOURTH}  # of the others nothing was asked
    second = round_.file_of(SECOND)
    assert second
    came = replace(second, unit=FOURTH)
    sending.of_round(replace(round_, files=(*round_.files, came)), Sort.REMINDER, how=DRAFT, now=at(20))
    assert {path.stem for path in folder.iterdir()} == {FIRST, THIRD}


def test_told_what_is_wrong(sending: Sending) -> None:
    """Where no unit has an address each is told, and nothing else happens; a round without contacts says how to make them."""
    fill_in(sending.space, {})
    sent = sending.forms(how=DRAFT, now=at(1))
    assert set(states(sent).values()) == {"no_address"}
    assert not sent.complete
    sending.space.contacts_file.unlink()
    with pytest.raises(WrongUseError, match=r"没有 .*联系人\.xlsx,不知道发给谁。"):
        sending.forms(how=DRAFT, now=at(1))


def test_an_earlier_edition(sending: Sending) -> None:
    """What lies in 发放 of a unit to which this edition was not issued is not sent, and it is said once, however it is named."""
    record = sending.office.record
    kept = [unit for unit in record["units"] if unit["unit"] != FOURTH]
    sending.space.write_json(sending.space.campaign_file, {**record, "units": kept}, compact=True)
    assert states(sending.forms(how=DRAFT, now=at(1))) == dict.fromkeys((FIRST, SECOND, THIRD), "drafted")
    sent = sending.forms(FOURTH, FOURTH, how=DRAFT, now=at(1))
    assert [(each.unit, each.why_not) for each in sent.dues] == [
        (FOURTH, f"{sending.space.issued} 里没有 {sending.office.path(FOURTH).name}")
    ]
    assert not sent.complete


def test_mail_that_comes_back(sending: Sending) -> None:
    """It is told with its unit, though only its text says the address, and the unit's reminder waits; the others are reminded."""
    sending.forms(now=at(9))
    sending.server.letters.clear()
    address = ADDRESSES[FIRST]
    head = (
        f"From: MAILER-DAEMON@example.com\nSubject: failure notice: {SECOND}\nDate: Tue, 10 Nov 2020 09:00:00 +0800\n"
    )
    sending.office.receive("退信.eml", f"{head}\nSorry, <{address}> is unknown here.\n".encode())
    heard = Heard()
    now = at(18)
    round_ = collect(sending.office.notice, sending.space, CollectOrder(), heard, now=now)
    told = f"  退信.eml:这是退信:办公室寄到{address}({FIRST})的邮件没有送到(对方服务器说:没有写原因)。请核对邮箱地址,再寄一次。"
    assert told in list(round_summary(round_, sending.space))
    sent = sending.of_round(round_, Sort.REMINDER, now=now)
    assert states(sent) == {unit: "returned" if unit == FIRST else "sent" for unit in FEW}
    assert FIRST not in sending.taken()


def test_a_dry_run_writes_nothing(sending: Sending) -> None:
    """Looking who would get what tells what is wrong with the contacts, and leaves every file as it is, also where they lie elsewhere."""
    elsewhere = sending.space.root.with_name("通讯录.xlsx")
    elsewhere.write_bytes(sending.space.contacts_file.read_bytes())
    sending.space.contacts_file.unlink()
    book = load_workbook(elsewhere)
    book["联系人"]["D4"], book["联系人"]["E4"] = "甲", "密码:abc12345"
    book.save(elsewhere)
    heard = Heard()
    before = {path: path.stat().st_mtime_ns for path in sending.space.root.rglob("*")}
    looking = mailing_by(elsewhere, sending.space, sending.office.notice, Delivery(dry_run=True), heard, day=ISSUED)
    assert looking
    assert [line.partition("。")[0] for line in heard.lines] == [
        "通讯录.xlsx 要改 “联系人”E4:这里写着像是密码的内容",
        "通讯录.xlsx 要改 “联系人”D4:“邮箱”里的“甲”不是邮箱地址:没有@",
        "通讯录.xlsx 提示 1家没有邮箱,信发不到",
    ]
    sent = send_forms(sending.office.notice, sending.space, looking, (), Silent(), now=at(1))
    assert sorted(states(sent).values()) == ["no_address", *["planned"] * (len(FEW) - 1)]
    assert {path: path.stat().st_mtime_ns for path in sending.space.root.rglob("*") if path.name != ".lock"} == {
        path: when for path, when in before.items() if path.name != ".lock"
    }


def test_a_rehearsal(notice: Notice, sending: Sending) -> None:
    """A rehearsal's letters are marked in subject and text, and never go to a server."""
    office = Office(few(notice), sending.space.root.with_name("演练"))
    issue(office.notice, office.space, IssueOrder(rehearsal=True), Silent(), today=ISSUED)
    with_contacts(office.space, office.notice)
    rehearsing = Sending(office, sending.server)
    with pytest.raises(WrongUseError, match="这一轮是演练,演练的信只写成草稿,不真的发出。请去掉 --smtp。"):
        rehearsing.forms(now=at(1))
    sent = rehearsing.forms(how=DRAFT, now=at(1))
    for due in sent.dues:
        assert due.dispatch
        assert due.dispatch.letter.subject.startswith("【演练数据】")
        assert due.dispatch.letter.body.startswith("【演练数据】")
    assert sending.server.letters == []
