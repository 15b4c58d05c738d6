"""The console's actions by mail: drafts, after a question letters by the server, and what came into the mailbox."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from fazhi_xl.addin import layout
from fazhi_xl.mail.settings import Security
from tests.addin.fake_host import FakeHost
from tests.clients.dovecot import PASSWORD as MAILBOX_PASSWORD
from tests.clients.dovecot import Dovecot
from tests.clients.mail_server import PASSWORD, USER, MailServer
from tests.support.mails import mail
from tests.support.offices import FEW, FIRST, FOURTH, SECOND, THIRD, Office

pytestmark = pytest.mark.long


@pytest.fixture
def contacts(office: Office, host: FakeHost) -> Office:
    """Have the workbook of contacts made by the console, and fill it in for all units but the last."""
    host.press("发送")
    path = office.space.contacts_file
    assert host.told.pop() == f"已打开 {path}:填好各单位的邮箱和邮箱设置,保存、关闭,再选“发送”。"
    assert host.opened.pop() == path
    book = load_workbook(path)
    for row in book["联系人"].iter_rows(min_row=4):
        if row[1].value in FEW[:-1]:
            row[3].value = f"u{FEW.index(row[1].value)}@example.cn"
    book.save(path)
    return office


@pytest.fixture
def served(contacts: Office, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> MailServer:
    """Enter the mail server of this machine into the settings."""
    monkeypatch.setenv("FAZHI_MAIL_PASSWORD", PASSWORD)
    entries: dict[str, str | int] = {
        "发件地址": "fzb@example.cn",
        "发信服务器": "localhost",
        "发信端口": mail_server.ports[Security.NONE],
        "发信加密方式": "不加密",
        "发信用户名": USER,
    }
    path = contacts.space.contacts_file
    book = load_workbook(path)
    for row in book["邮箱设置"].iter_rows(min_row=2):
        if row[0].value in entries:
            row[1].value = entries[str(row[0].value)]
    book.save(path)
    return mail_server


def drafts(office: Office, sort: str) -> list[str]:
    return sorted(path.name for path in (office.space.mail / "待发" / sort).glob("*"))


def test_drafts(contacts: Office, host: FakeHost) -> None:
    """Without a server drafts are written, unasked; who has no address is listed."""
    host.press("发送")
    assert drafts(contacts, "任务分解表") == sorted(f"{unit}.eml" for unit in FEW[:-1])
    assert host.asked == []
    assert host.told[-1].splitlines()[0] == "任务分解表:写好草稿3封,没有地址1封"
    assert host.told[-1].splitlines()[-1] == f"草稿在 {contacts.space.mail},用邮件程序打开,看过再发。"
    (left,) = host.rows(layout.FINDINGS)
    assert (left["程度"], left["填的内容"]) == ("没有地址", FOURTH)


def test_some_units(contacts: Office, host: FakeHost) -> None:
    """Forms go to the units that the setting names."""
    host.settings[layout.UNITS] = f"{FIRST}、{SECOND}"
    host.press("发送")
    assert drafts(contacts, "任务分解表") == sorted((f"{FIRST}.eml", f"{SECOND}.eml"))


@pytest.mark.parametrize("agreed", [True, False])
def test_asked_first(contacts: Office, host: FakeHost, served: MailServer, *, agreed: bool) -> None:
    """Where there is a server it is asked before anything goes to it: with no, drafts are written and nothing goes out."""
    host.answers = [agreed]
    host.press("发送")
    assert host.failed == []
    assert host.asked == [
        f"现在就通过 localhost 发出3封信吗?收件单位:{FIRST}、{SECOND}、{THIRD}。选“否”,只写成草稿,看过再发。"
    ]
    assert len(served.letters) == (3 if agreed else 0)
    assert len(drafts(contacts, "任务分解表")) == (0 if agreed else 3)
    host.press("发送") if agreed else None
    assert len(host.asked) == 1  # nothing more was to be sent
    assert len(served.letters) == (3 if agreed else 0)


def test_remind(contacts: Office, host: FakeHost) -> None:
    """Reminders come after a collect, which shows how the units stand."""
    host.press("催报")
    assert host.failed == []
    assert drafts(contacts, "催报") == sorted((f"{SECOND}.eml", f"{THIRD}.eml"))
    assert host.rows(layout.STATUS)


def test_receipts(contacts: Office, host: FakeHost) -> None:
    """What the setting names is sent; what is no such thing is told."""
    host.settings[layout.SENT] = "回执"
    host.press("发送")
    assert drafts(contacts, "回执") == [f"{FIRST}.eml"]
    host.settings[layout.SENT] = "奖状"
    host.press("发送")
    assert host.failed == ["“发什么”写的是“奖状”。请在列表里选一项:任务分解表、回执、反馈单、通报。"]


def test_not_yet_official(contacts: Office, host: FakeHost) -> None:
    """A result that is not official is not sent, and it is said what is open."""
    host.settings[layout.SENT] = "反馈单"
    host.press("发送")
    assert host.told[-1].startswith(
        "反馈单要等排名是正式的才发,这次没有发。还没有定的,在审核表里定好,再收一次表:\n  得分点未核定"
    )
    assert drafts(contacts, "反馈单") == []


def test_without_contacts(office: Office, host: FakeHost) -> None:
    """A reminder without contacts names the action that makes them, and collects nothing."""
    before = office.report["generated"]
    host.press("催报")
    assert office.report["generated"] == before
    assert layout.STATUS not in host.tables
    path = office.space.contacts_file
    assert host.failed == [f"没有 {path},不知道发给谁。请先运行 “发送”,填好邮箱。"]


def test_receive(contacts: Office, host: FakeHost, mailbox_server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is new in the mailbox comes into 回收, and is collected."""
    monkeypatch.setenv("FAZHI_IMAP_PASSWORD", MAILBOX_PASSWORD)
    own, path = mailbox_server.server(), contacts.space.contacts_file
    entries = {
        "收信服务器": own.host,
        "收信端口": str(own.port),
        "收信用户名": own.user,
        "证书文件": str(own.authority),
    }
    book = load_workbook(path)
    for row in book["邮箱设置"].iter_rows(min_row=2):
        if row[0].value in entries:
            row[1].value = entries[str(row[0].value)]
    book.save(path)
    mailbox_server.put(bytes(mail({"表.xlsx": contacts.filled(FIRST)})), datetime(2020, 11, 18, 4, tzinfo=UTC))
    host.press("收信")
    assert host.failed == []
    assert len(list((contacts.space.returns / "邮件").rglob("*.eml"))) == 1
    assert any("从邮箱收到1封新邮件" in str(row[0]) for row in host.tables[layout.LOG])
    assert contacts.unit(FIRST)["state"] == "returned"


def test_receive_elsewhere(office: Office, host: FakeHost) -> None:
    """Mail comes into the round's own folder: where returns lie elsewhere nothing is received, and it is said what to do."""
    host.settings[layout.RETURNS] = str(office.root / "别处")
    host.press("收信")
    assert "请把它清空" in host.failed[-1]
