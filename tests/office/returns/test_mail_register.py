"""The record of what was read out of a mailbox: lines that come back equal, and what they say of a mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fazhi_xl.notice.choices import MailTime
from fazhi_xl.office.returns.mail_register import RECORD, Received, postmarks, read_mail_register
from fazhi_xl.office.workspace.folder import Workspace
from tests.support.progress import Heard

ONE = Received(
    host="imap.example.com", user="fzb", folder="INBOX", validity=7, uid=3, received="2020-11-17T09:12:13+08:00", size=5,
    sha256="a" * 64, path="回收/邮件/2020-11-17/表.eml", date="Tue, 17 Nov 2020 09:00:00 +0800", sender="li@example.com", subject="表",
)  # fmt: skip


def register(root: Path, data: bytes) -> tuple[tuple[Received, ...], list[str]]:
    space, heard = Workspace(root), Heard()
    space.mail.mkdir()
    (space.mail / RECORD).write_bytes(data)
    return read_mail_register(space, heard), heard.lines


def test_lines_come_back(tmp_path: Path) -> None:
    """What was recorded is read again; where nothing was, there is nothing."""
    assert read_mail_register(Workspace(tmp_path), Heard()) == ()
    assert register(tmp_path, ONE.line + replace(ONE, uid=4).line) == ((ONE, replace(ONE, uid=4)), [])


def test_a_line_that_was_cut_off(tmp_path: Path) -> None:
    """The last line of a run that was killed is nothing, and is not told."""
    assert register(tmp_path, ONE.line + ONE.line[:50]) == ((ONE,), [])


@pytest.mark.parametrize(
    "damage", [b"{}\n", b"[]\n", b"x\n", ONE.line.replace(b": 7", b': "7"'), ONE.line.replace(b"+08:00", b"")]
)
def test_a_damaged_line(tmp_path: Path, damage: bytes) -> None:
    """A line that somebody damaged is told, and the others count."""
    found, lines = register(tmp_path, damage + ONE.line)
    assert found == (ONE,)
    assert lines == ["收信登记.jsonl 有1行读不出来(第1行),这些邮件收到的时间按邮件上写的或文件夹的日期算。"]


@pytest.mark.parametrize(
    ("header", "failed"),
    [
        ("", ()),
        ("mx.example.com; spf=pass smtp.mailfrom=x; dkim=pass; dmarc=pass", ()),
        ("mx.example.com; spf=fail smtp.mailfrom=x; dkim=none", ("spf",)),
        ("mx.example.com; dkim=fail (bad key; spf=fail (so)) header.d=x; dmarc = FAIL", ("dkim", "dmarc")),
        ("mx.example.com; spf=fail; dkim=pass; dmarc=pass", ()),
        ("mx.example.com; dkim=fail header.d=a; dkim=pass header.d=b", ()),
        ("mx.example.com; spf=softfail; dkim=temperror", ()),
    ],
)
def test_what_failed(header: str, failed: tuple[str, ...]) -> None:
    """Only what failed outright is held against a sender, and nothing where the whole was vouched for."""
    assert replace(ONE, authentication=header).failed == failed


def test_the_first_time_counts() -> None:
    """Of a mail that lay in several mailboxes the first time is that of receipt, and the reading says whether it decides."""
    later = replace(ONE, received="2020-11-20T09:12:13+08:00", host="new.example.com")
    for order in ([ONE, later], [later, ONE]):
        (mark,) = postmarks(order, MailTime.SERVER).values()
        assert (mark.received, mark.decides) == (datetime(2020, 11, 17, 1, 12, 13, tzinfo=UTC), True)
    assert not postmarks([ONE], MailTime.SENDER)["a" * 64].decides
