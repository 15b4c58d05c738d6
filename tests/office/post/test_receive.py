"""A mailbox comes into 回收 whole and once: each message as it is, and what was done is kept whatever happens."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import fazhi_xl.mail
from fazhi_xl.errors import WrongUseError
from fazhi_xl.mail.faults import Fault, MailError
from fazhi_xl.mail.settings import MailSettings
from fazhi_xl.office.post import receive as module
from fazhi_xl.office.post.receive import receive
from fazhi_xl.office.returns.mail_register import Received, read_mail_register
from fazhi_xl.office.workspace.folder import Workspace
from tests.clients.dovecot import PASSWORD, Dovecot
from tests.support.progress import Heard
from tests.support.scripted_imap import CLOSE, scripted
from tests.support.systems import seen

pytestmark = pytest.mark.long
AT = datetime(2020, 11, 17, 1, 2, 3, tzinfo=UTC)
DAY = f"{AT.astimezone():%Y-%m-%d}"


def letter(subject: str = "报送任务分解表", body: str = "见附件") -> bytes:
    head = f"From: =?utf-8?b?5p2O?= <Li@Example.com>\nSubject: {subject}\nDate: Tue, 17 Nov 2020 09:00:00 +0800\nMessage-ID: <1@x>\n"
    return f"{head}\n{body}\n".replace("\n", "\r\n").encode()


@dataclass
class Desk:
    """An office that receives from a mailbox of its own."""

    space: Workspace
    box: Dovecot
    settings: MailSettings

    def receive(self) -> list[str]:
        """Receive, and give what is said."""
        heard = Heard()
        receive(self.space, self.settings, PASSWORD, heard)
        return [seen(line, self.space.root, ".") for line in heard.lines]

    @property
    def files(self) -> list[Path]:
        return sorted(path for path in (self.space.returns / "邮件").rglob("*") if path.is_file())

    @property
    def recorded(self) -> tuple[Received, ...]:
        return read_mail_register(self.space, Heard())


@pytest.fixture
def desk(tmp_path: Path, mailbox_server: Dovecot) -> Desk:
    settings = MailSettings(imap=mailbox_server.server())
    return Desk(Workspace(tmp_path), mailbox_server, settings)


def test_each_message_once(desk: Desk) -> None:
    """A message is stored as it is under the server's day, and recorded; the next run fetches what is new, and none is marked as read."""
    data = letter()
    desk.box.put(data, AT)
    desk.box.put(letter("第二封"), AT + timedelta(days=1))
    assert desk.receive() == ["从邮箱收到2封新邮件,存在 ./回收/邮件。"]
    first, _ = desk.files
    assert first.read_bytes() == data
    assert first.parent.name == DAY
    assert first.name.startswith(f"报送任务分解表 {AT.astimezone():%H%M%S} ")
    own = desk.recorded[0]
    assert (own.uid, own.moment, own.sender, own.subject, own.message_id, own.size) == (
        1, AT, "li@example.com", "报送任务分解表", "<1@x>", len(data)
    )  # fmt: skip
    assert (desk.space.root / own.path, own.date) == (first, "Tue, 17 Nov 2020 09:00:00 +0800")
    assert desk.receive() == ["邮箱里没有新邮件。"]
    desk.box.put(letter("第三封"), AT)
    assert desk.receive() == ["从邮箱收到1封新邮件,存在 ./回收/邮件。"]
    assert len(desk.files) == len(desk.recorded) == 3
    assert set(desk.box.flags().values()) == {""}


def test_an_empty_mailbox(desk: Desk) -> None:
    """Where nothing came it is said."""
    desk.box.folder()
    assert desk.receive() == ["邮箱里没有新邮件。"]
    assert desk.files == []


def test_what_is_lost_and_what_was_moved(desk: Desk) -> None:
    """A file that is gone is fetched again and told; one that was moved in 回收, or set aside in 邮件, is not."""
    for name in ("甲", "乙", "丙"):
        desk.box.put(letter(name), AT)
    desk.receive()
    first, second, third = desk.files
    first.unlink()
    second.rename(desk.space.returns / "moved.eml")
    third.rename(desk.space.mail / third.name)
    (said,) = desk.receive()
    assert said == (
        f"有1封收过的邮件,文件不见了,又收了一遍:回收/邮件/{DAY}/{first.name}。不要的邮件请移到 ./邮件 里,不要删去,就不会再收。"
    )
    assert desk.files == [first]
    assert desk.receive() == ["邮箱里没有新邮件。"]


def test_numbers_given_anew(desk: Desk) -> None:
    """Where the server has numbered its messages anew, all are looked at again, and what is known is not stored twice."""
    desk.box.put(letter(), AT)
    desk.receive()
    desk.box.renumber()
    desk.box.put(letter("新的"), AT)
    said = desk.receive()
    assert said == [
        "邮箱里的邮件重新编过号,逐封重新核对了一遍;收过的没有再存一份。",
        "从邮箱收到1封新邮件,存在 ./回收/邮件。",
    ]
    assert len(desk.files) == 2
    assert len({each.validity for each in desk.recorded}) == 2
    assert desk.receive() == ["邮箱里没有新邮件。"]


def test_several_mailboxes(desk: Desk) -> None:
    """Mailboxes share a record; what lies in two is stored once."""
    for user in ("fzb@example.com", "other@example.com"):
        desk.box.put(letter("同一封"), AT, user=user)
        desk.box.put(letter(user), AT, user=user)
    desk.receive()
    desk.settings = MailSettings(imap=desk.box.server(user="other@example.com"))
    desk.receive()
    assert len(desk.files) == 3
    assert [(each.user, each.uid) for each in desk.recorded] == [
        ("fzb@example.com", 1), ("fzb@example.com", 2), ("other@example.com", 1), ("other@example.com", 2)
    ]  # fmt: skip
    assert desk.receive() == ["邮箱里没有新邮件。"]
    desk.box.folder("&U9FO9g-", "other@example.com")
    desk.settings = MailSettings(imap=desk.box.server(user="other@example.com"), folder="发件")
    assert desk.receive() == ["邮箱里没有新邮件。"]


def test_too_large(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is over the limit is told with sender and subject and not fetched; what collect.py cannot open is told and kept."""
    monkeypatch.setattr(module, "MOST", 3_000_000)
    monkeypatch.setattr(module, "MAIL_LIMIT", 2_000_000)
    desk.box.put(letter("很大的", "x" * 3_100_000), AT)
    desk.box.put(letter("大的", "x" * 2_100_000), AT)
    said = desk.receive()
    assert said[0] == "从邮箱收到1封新邮件,存在 ./回收/邮件。"
    assert said[1] == (
        "有一封邮件太大,没有收(3MB,超过2MB):li@example.com 的“很大的”。请在邮箱里打开它,把附件另存到回收文件夹。"
    )
    assert "收下了,附件不能自动取出:回收/邮件/" in said[2]
    assert len(desk.files) == 1
    assert desk.receive() == [said[1]]


def test_whatever_stands_in_a_message(desk: Desk) -> None:
    """Messages without headers, with huge ones, with odd bytes and subjects are stored as they are."""
    odd = [
        b"no headers at all\r\n",
        b"Subject: =?gb2312?B?1tDOxA==?=\r\n\r\nx\r\n",
        "Subject: 中文/..\\:*?\u202e.tmp\r\n\r\nx\r\n".encode(),
        b"Subject: " + b"A" * 300_000 + b"\r\n\r\nx\r\n",
        b"Subject: \xd6\xd0\xce\xc4\r\n\r\nx\r\n",
        b"Subject: CON\r\nFrom: <<>>\r\n\r\n\x01\r\n",
        b"Subject: ../../../x\r\nDate: never\r\n\r\n\r\n",
        b"Subject: .hidden\r\n\r\n\r\n",
    ]
    for data in odd:
        desk.box.put(data, AT)
    assert desk.receive() == [f"从邮箱收到{len(odd)}封新邮件,存在 ./回收/邮件。"]
    assert sorted(path.read_bytes() for path in desk.files) == sorted(odd)
    assert {path.parent.name for path in desk.files} == {DAY}


@pytest.mark.parametrize("number", [100, pytest.param(2000, marks=pytest.mark.exhaustive)])
def test_many_messages(desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """A mailbox of two thousand messages is read in one go, and the next time nothing of it."""
    monkeypatch.setattr(os, "fsync", lambda _: None)  # which takes most of the time here
    for no in range(number):
        desk.box.put(letter(f"第{no}封"), AT + timedelta(minutes=no))
    assert desk.receive() == [f"从邮箱收到{number}封新邮件,存在 ./回收/邮件。"]
    assert len(desk.files) == len(desk.recorded) == number
    assert desk.receive() == ["邮箱里没有新邮件。"]


def test_killed_between_two_messages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is broken off leaves whole files and whole lines, and the next goes on from there."""
    for no in range(4):
        desk.box.put(letter(f"第{no}封"), AT)
    write = Workspace.write
    written: list[Path] = []

    def broken(space: Workspace, path: Path, data: bytes, *, mode: int = 0o644) -> None:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(path)
        write(space, path, data, mode=mode)

    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "write", broken)
        with pytest.raises(KeyboardInterrupt):
            desk.receive()
    assert desk.files == sorted(written)
    assert len(desk.recorded) == 2
    record = desk.space.mail / "收信登记.jsonl"
    record.write_bytes(record.read_bytes()[:-30])  # as a machine leaves it that lost its power
    (desk.files[0].parent / ".表.eml.abcd1234.tmp").write_bytes(b"half")
    assert desk.receive() == ["从邮箱收到3封新邮件,存在 ./回收/邮件。"]  # one of them was written already
    assert len(desk.files) == 4
    assert sorted(each.uid for each in desk.recorded) == [1, 2, 3, 4]


# Servers that fail ----------------------------------------------------------------------------------------------------

LISTED: Sequence[str] = (
    '* 1 FETCH (UID 1 INTERNALDATE "07-Nov-2020 01:02:03 +0800" RFC822.SIZE 3000000)',
    '* 2 FETCH (UID 2 INTERNALDATE "07-Nov-2020 01:02:03 +0800" RFC822.SIZE 3000000)',
    "{tag} OK done",
)
FIRST = ("* 1 FETCH (UID 1 BODY[] {5}", "hello)", "{tag} OK done")


def test_a_connection_that_breaks(tmp_path: Path) -> None:
    """What came before a connection broke is kept and told, and the next run fetches the rest alone."""
    answers = {
        "UID SEARCH": ("* SEARCH 1 2", "{tag} OK done"),
        "UID FETCH 1,2 (UID INTERNALDATE": LISTED,
        "UID FETCH 1 (UID BODY": FIRST,
        "UID FETCH 2 (UID BODY": (CLOSE,),
    }
    space, heard = Workspace(tmp_path), Heard()
    with scripted(answers) as made, pytest.raises(MailError) as raised:
        receive(space, MailSettings(imap=made.server), "x", heard)
    assert raised.value.fault is Fault.LOST
    assert heard.lines == [f"从邮箱收到1封新邮件,存在 {space.returns / '邮件'}。"]
    assert [each.uid for each in read_mail_register(space, Heard())] == [1]


def test_a_failure_says_nothing_of_the_mailbox(tmp_path: Path) -> None:
    """Where the folder could not be looked through, nobody is told that there is nothing new in it."""
    heard = Heard()
    with scripted({"UID SEARCH": (CLOSE,)}) as made, pytest.raises(MailError):
        receive(Workspace(tmp_path), MailSettings(imap=made.server), "x", heard)
    assert heard.lines == []


def test_what_is_not_given(tmp_path: Path) -> None:
    """A message that the server has and does not give is told; so is one that is gone."""
    answers = {
        "UID SEARCH": ("* SEARCH 1 2 3", "{tag} OK done"),
        "UID FETCH 1,2,3 (UID INTERNALDATE": LISTED,
        "UID FETCH 1 (UID BODY": FIRST,
        "UID FETCH 2 (UID BODY": ("{tag} NO broken",),
    }
    heard = Heard()
    with scripted(answers) as made:
        assert receive(Workspace(tmp_path), MailSettings(imap=made.server), "x", heard) == 1
    assert heard.lines[1:] == [
        "有1封邮件在读到以前被删除或移走了,没有收到。",
        "有1封邮件服务器没有给出内容,请再运行一次;还不行的,请在邮箱里打开另存。",
    ]


def test_without_a_server_or_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no mailbox is named, or the library is not there, it is said what to do."""
    with pytest.raises(WrongUseError, match="没有填收信服务器"):
        receive(Workspace(tmp_path), MailSettings(), "", Heard())
    monkeypatch.setitem(sys.modules, "fazhi_xl.mail.imap", None)
    monkeypatch.delattr(fazhi_xl.mail, "imap", raising=False)
    with scripted() as made, pytest.raises(WrongUseError, match=r"收取邮件要另装一个库,请先运行 .*mail"):
        receive(Workspace(tmp_path), MailSettings(imap=made.server), "x", Heard())
