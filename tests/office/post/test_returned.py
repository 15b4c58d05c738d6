"""Mail that came back is noted once, and the program sends nothing more there by itself until the address is changed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

from openpyxl import load_workbook

from fazhi_xl.findings import Code, finding
from fazhi_xl.office.post.deliver import Delivery
from fazhi_xl.office.post.plan import Sort
from fazhi_xl.office.post.returned import note_returned
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.status import Status
from tests.clients.mail_server import MailServer
from tests.office.post.conftest import DRAFT, NOW, Post, dispatch
from tests.support.progress import Heard

OLD, NEW = "old@example.com", "new@example.com"
LETTER = dispatch("法院", OLD)
REMINDER = replace(LETTER, sort=Sort.REMINDER, key="2020-11-24")
NOTED = "退信记进了发信登记:old@example.com。改好 联系人.xlsx 里的地址以前,程序不再自己发到那里。"


def bounce(day: int = 22, code: Code = Code.MAIL_BOUNCED) -> FileResult:
    """Give the mail that a collect found, which came back on a day of November."""
    told = finding(code, value=OLD, unit="(法院)", detail="550 no such user")
    return FileResult(
        path="退信.eml",
        sha256=f"{day:064}",
        received=date(2020, 11, day),
        unit=None,
        status=Status.REJECTED,
        findings=(told,),
    )


def noted(post: Post, *files: FileResult) -> list[str]:
    heard = Heard()
    note_returned(post.space, files, heard)
    return heard.lines


def test_noted_once(post: Post) -> None:
    """It is a line of the record with its day, once however often it is collected, and stands beside the letter in the register."""
    post.deliver(LETTER)
    assert noted(post, bounce(), bounce(code=Code.MAIL_DELAYED)) == [NOTED]
    assert noted(post, bounce()) == []
    line = json.loads(post.record[-1])
    assert (line["event"], line["at"], line["to"], line["answer"]) == (
        "returned", "2020-11-22T23:59:00", [OLD], "550 no such user"
    )  # fmt: skip
    sheet = load_workbook(post.space.mail / "发信登记.xlsx").active
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]  # type: ignore[union-attr]
    assert any("old@example.com的邮件2020-11-22退回:550 no such user" in each for each in said)


def test_nothing_was_sent(post: Post) -> None:
    """An office that sends nothing by this program gets no record."""
    assert noted(post, bounce()) == []
    assert post.record == ()


def test_held_until_it_is_changed(post: Post, mail_server: MailServer) -> None:
    """The next letter is held and told, a draft is written and told, and both letters go to the changed address."""
    post.deliver(LETTER)
    noted(post, bounce())
    mail_server.reset()
    told = "“old@example.com”2020-11-22来过退信(550 no such user)。请在 联系人.xlsx 里改正这个地址,再运行一次。"
    delivered = post.deliver(LETTER, REMINDER)
    assert [each.state.value for each in delivered.done] == ["before", "returned"]
    assert list(delivered.lines) == [
        "任务分解表:以前发过1封",
        "催报:退过信没有再发1封",
        f"  任务分解表发给法院,{told}",
        f"  催报发给法院,{told}",
    ]
    assert (delivered.complete, delivered.returned) == (False, ("法院", "法院"))
    drafted = post.deliver(REMINDER, how=DRAFT)
    assert [each.state.value for each in drafted.done] == ["drafted"]
    assert list(drafted.lines) == ["催报:写好草稿1封", f"  催报发给法院,{told}"]
    assert mail_server.letters == []
    changed = [replace(each, letter=replace(each.letter, to=(NEW,))) for each in (LETTER, REMINDER)]
    assert post.states(*changed) == ["sent", "sent"]
    assert [each.receivers for each in mail_server.letters] == [(NEW,), (NEW,)]


def test_the_other_addresses(post: Post, mail_server: MailServer) -> None:
    """A unit's other addresses get the letter."""
    post.deliver(LETTER)
    noted(post, bounce())
    mail_server.reset()
    both = replace(REMINDER, letter=replace(REMINDER.letter, to=(OLD, NEW)))
    assert post.states(both) == ["sent"]
    assert [each.receivers for each in mail_server.letters] == [(NEW,)]


def test_sent_again_on_purpose(post: Post, mail_server: MailServer) -> None:
    """Asked to send again, it does; from then on the address is as good as any, and an older mail that came back says nothing of it."""
    post.deliver(LETTER)
    noted(post, bounce())
    later = NOW + timedelta(days=3)
    post.deliver(LETTER, how=Delivery(smtp=True, again=True), now=later)
    noted(post, bounce(23))
    assert post.states(REMINDER) == ["sent"]
    assert len(mail_server.letters) == 3
