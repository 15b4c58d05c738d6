"""What the office's server knows of a mail dates it, and mails that say that others did not arrive are no returns."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from fazhi_xl.findings import Code
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.intake.postmark import Postmark
from fazhi_xl.intake.returns_folder import arrivals
from fazhi_xl.rounds.day_basis import DayBasis
from tests.support.mails import mail

CAME = datetime(2020, 11, 19, 22, 5, tzinfo=UTC)
LOCAL = CAME.astimezone()


def came(folder: Path, data: bytes, postmark: Postmark | None = None) -> Arrival:
    """Give the one file that comes of a mail."""
    folder.mkdir(exist_ok=True)
    (folder / "a.eml").write_bytes(data)
    marks = {hashlib.sha256(data).hexdigest(): postmark} if postmark else {}
    (found,) = arrivals([folder], postmarks=marks)
    return found


def test_the_servers_time_decides(tmp_path: Path) -> None:
    """Where the server's time is known and decides, day, time of day and what they rest on are its."""
    found = came(tmp_path / "2020-11-01", bytes(mail({"表.xlsx": b"x"})), Postmark(received=CAME))
    assert (found.received, found.time, found.basis) == (LOCAL.date(), LOCAL.time(), DayBasis.SERVER)
    assert found.moment == int(CAME.timestamp()) * 10**9
    assert found.postmark
    assert found.postmark.claimed == datetime(2020, 11, 18, 1, 30, tzinfo=UTC)


def test_the_senders_time_decides(tmp_path: Path) -> None:
    """Where the sender's decides, it does; one that cannot be is no time, and the server's stands."""
    mark = Postmark(received=CAME, decides=False)
    found = came(tmp_path, bytes(mail({"表.xlsx": b"x"})), mark)
    assert (found.moment, found.basis) == (
        int(datetime(2020, 11, 18, 1, 30, tzinfo=UTC).timestamp()) * 10**9,
        DayBasis.MAIL,
    )
    for date in (None, "Mon, 01 Jan 1990 00:00:00 +0800", "gestern"):
        late = came(tmp_path, bytes(mail({"表.xlsx": b"x"}, date=date)), mark)
        assert (late.received, late.basis) == (LOCAL.date(), DayBasis.SERVER)


def test_a_mail_without_a_form_has_the_servers_day(tmp_path: Path) -> None:
    """A mail that holds nothing came when the server says."""
    found = came(tmp_path, bytes(mail({})), Postmark(received=CAME))
    assert found.trouble
    assert found.trouble.code is Code.MAIL_WITHOUT_ATTACHMENT
    assert (found.received, found.time, found.basis) == (LOCAL.date(), LOCAL.time(), DayBasis.SERVER)


def test_other_mails_are_dated_as_ever(tmp_path: Path) -> None:
    """A mail of which the server's time is not known has its own."""
    (tmp_path / "b.eml").write_bytes(bytes(mail({"表.xlsx": b"y"})))
    found = {
        each.path: each for each in [came(tmp_path / "in", bytes(mail({"表.xlsx": b"x"})), Postmark(received=CAME))]
    }
    (other,) = arrivals([tmp_path / "b.eml"], postmarks={"0" * 64: Postmark(received=CAME)})
    assert (other.time, other.basis, other.postmark) == (
        datetime(2020, 11, 18, 1, 30, tzinfo=UTC).astimezone().time(), DayBasis.MAIL, None
    )  # fmt: skip
    assert found["a.eml/表.xlsx"].time != time(1, 30)


# What did not arrive --------------------------------------------------------------------------------------------------

REPORT = b"""From: <MAILER-DAEMON@mx.example.com>
To: fzb@example.com
Subject: Undelivered Mail Returned to Sender
Date: Wed, 18 Nov 2020 09:30:00 +0800
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

not delivered
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

%s
--b
Content-Type: message/rfc822

From: fzb@example.com
Subject: form
Content-Type: application/octet-stream
Content-Disposition: attachment; filename="form.xlsx"

PK
--b--
"""
FAILED = b"Final-Recipient: rfc822; li@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such\n user\n"
WAITING = b"Final-Recipient: rfc822; li@example.com\nAction: delayed\nStatus: 4.4.7\n"
OLDER = b"From: mailer-daemon@qq.example\nTo: fzb@example.com\nSubject: =?utf-8?b?6YCA5L+h?=\nMessage-ID: <1@x>\n%s\nsorry\n"


@pytest.mark.parametrize(
    ("data", "address", "detail"),
    [
        (REPORT % FAILED, "li@example.com", "550 no such user"),
        (
            REPORT % (FAILED + b"\n" + FAILED.replace(b"li@", b"wu@")),
            "li@example.com、wu@example.com",
            "550 no such user",
        ),
        (REPORT % (WAITING + b"\n" + FAILED.replace(b"li@", b"wu@")), "wu@example.com", "550 no such user"),
        (REPORT % b"X: y\n", "(退信里没有写明)", "没有写原因"),
        (
            REPORT % b"Original-Recipient: rfc822;li@example.com\nAction: failed\nStatus: 5.2.2\n",
            "li@example.com",
            "5.2.2",
        ),
        (OLDER % b"", "(退信里没有写明)", "没有写原因"),
        (
            OLDER % b"X-Failed-Recipients: li@example.com,\n wu@example.com\n",
            "li@example.com、wu@example.com",
            "没有写原因",
        ),
    ],
)
def test_what_did_not_arrive(tmp_path: Path, data: bytes, address: str, detail: str) -> None:
    """A mail that says that another did not arrive names the address, and the form that it brings back is no return."""
    found = came(tmp_path, data)
    assert found.trouble
    assert (found.path, found.trouble.code) == ("a.eml", Code.MAIL_BOUNCED)
    assert (found.trouble.value, found.trouble.words["detail"]) == (address, detail)


RECEIPT = REPORT.replace(b"delivery-status; b", b"disposition-notification; b").replace(b"MAILER-DAEMON", b"li")


@pytest.mark.parametrize(
    ("data", "code", "kind"),
    [
        (RECEIPT % FAILED, Code.MAIL_AUTOMATIC, "已读回执"),
        (
            b"From: li@example.com\nTo: a@b.cn\nAuto-Submitted: auto-replied\n\nI am away.\n",
            Code.MAIL_AUTOMATIC,
            "自动回复",
        ),
        (b"From: li@example.com\nTo: a@b.cn\nX-Autoreply: yes\n\nI am away.\n", Code.MAIL_AUTOMATIC, "自动回复"),
        (b"From: li@example.com\nTo: a@b.cn\nAuto-Submitted: no\n\nHello.\n", Code.MAIL_WITHOUT_ATTACHMENT, None),
        (REPORT % WAITING, Code.MAIL_DELAYED, None),
    ],
)
def test_what_programs_send_by_themselves(tmp_path: Path, data: bytes, code: Code, kind: str | None) -> None:
    """A receipt for reading, an answer of a program, and word of a delay are told as such, and what they bring back is no return."""
    found = came(tmp_path, data)
    assert found.trouble
    assert (found.path, found.trouble.code, found.trouble.words.get("kind")) == ("a.eml", code, kind)


@pytest.mark.parametrize(
    "data",
    [
        OLDER.replace(b"mailer-daemon", b"postbox") % b"",
        OLDER.replace(b"=?utf-8?b?6YCA5L+h?=", b"form") % b"",
        REPORT.replace(b"delivery-status; b", b"disposition-notification; b").replace(b"MAILER-DAEMON", b"li") % FAILED,
    ],
)
def test_other_mails_are_no_reports(tmp_path: Path, data: bytes) -> None:
    """A subject or a sender alone, or another report, is none."""
    (tmp_path / "a.eml").write_bytes(data)
    assert not [each for each in arrivals([tmp_path]) if each.trouble and each.trouble.code is Code.MAIL_BOUNCED]
