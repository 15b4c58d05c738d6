"""Messages as bytes: other programs and our own intake read back what was written, whatever the texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fazhi_xl.intake.arrival import Arrival, Budget
from fazhi_xl.intake.headers import file_name, header_words, raw, sender
from fazhi_xl.intake.mails import attached, is_mail
from fazhi_xl.mail.draft import Stamp, message_bytes
from fazhi_xl.mail.message import Attachment, Outgoing
from fazhi_xl.text.one_line import one_line

ADDRESS = "fzb@example.gov.cn"
DAY = date(2020, 11, 21)
STAMP = Stamp(date=datetime(2020, 11, 21, 9, tzinfo=timezone(timedelta(hours=8))), id="<4711@example.gov.cn>")
MESSAGE = Outgoing(
    to=("fayuan@example.com",),
    subject="2020年度任务分解表",
    body="法院:\n任务分解表见附件。\n",
    copies=("zhang@example.com",),
    attachments=(Attachment(name="01_法院_任务分解表_2020.xlsx", data=b"PK\x03\x04"),),
)
# What people type, and what breaks lines, quotation marks, encoded words and escapes.
TEXT = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="法院,;:\"'\\<>()@ =?%.*\t\r\n_文a1", max_size=80),
    st.text(alphabet="长名称😀é", min_size=60, max_size=140),
    st.sampled_from(
        ["=?utf-8?b?5rOV?=", "=?gb2312?q?=C4=E3?=", "utf-8''a.xlsx", "a\r\nBcc: x@example.com", "%E6%B3%95 院"]
    ),
)
SOME = settings(max_examples=30)


def parsed(data: bytes) -> EmailMessage:
    found = message_from_bytes(data, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def sent_text(body: str) -> bytes:
    """Give a text as it travels: its lines end as RFC 5322 has it, and so does the last."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    return "".join(f"{line}\r\n" for line in lines).encode()


def test_a_draft() -> None:
    """A draft asks mail programs to open it for sending and bears no time, so the same input gives the same bytes."""
    data = message_bytes(MESSAGE, ADDRESS, "区委依法治区办")
    assert data == message_bytes(replace(MESSAGE), ADDRESS, "区委依法治区办")
    assert data.decode().split("\r\n") == [
        "X-Unsent: 1",
        "From: =?utf-8?b?5Yy65aeU5L6d5rOV5rK75Yy65Yqe?=",
        " <fzb@example.gov.cn>",
        "To: fayuan@example.com",
        "Cc: zhang@example.com",
        "Subject: =?utf-8?b?MjAyMOW5tOW6puS7u+WKoeWIhuino+ihqA==?=",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="=_f69bec04ef9d89c3187af9e0912acf4c"',
        "",
        "--=_f69bec04ef9d89c3187af9e0912acf4c",
        'Content-Type: text/plain; charset="utf-8"',
        "Content-Transfer-Encoding: base64",
        "",
        "5rOV6ZmiOg0K5Lu75Yqh5YiG6Kej6KGo6KeB6ZmE5Lu244CCDQo=",
        "",
        "--=_f69bec04ef9d89c3187af9e0912acf4c",
        "Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;",
        ' name="=?utf-8?b?MDFf5rOV6ZmiX+S7u+WKoeWIhuino+ihqF8yMDIwLnhsc3g=?="',
        "Content-Disposition: attachment;",
        " filename*0*=utf-8''01_%E6%B3%95%E9%99%A2_%E4%BB%BB%E5%8A%A1%E5%88%86;",
        " filename*1*=%E8%A7%A3%E8%A1%A8_2020.xlsx",
        "Content-Transfer-Encoding: base64",
        "",
        "UEsDBA==",
        "",
        "--=_f69bec04ef9d89c3187af9e0912acf4c--",
        "",
    ]


def test_no_attachments() -> None:
    """A message without attachments is its text."""
    found = parsed(message_bytes(replace(MESSAGE, attachments=()), ADDRESS))
    assert (found.get_content_type(), found.get_content()) == ("text/plain", "法院:\r\n任务分解表见附件。\r\n")


def test_a_message_to_be_sent() -> None:
    """A message that is sent bears the time and the identity that it is given, and is no draft."""
    found = parsed(message_bytes(MESSAGE, ADDRESS, stamp=STAMP))
    assert found["Date"] == "Sat, 21 Nov 2020 09:00:00 +0800"
    assert found["Message-ID"] == "<4711@example.gov.cn>"
    assert found["X-Unsent"] is None


@SOME
@given(subject=TEXT, name=TEXT, body=TEXT)
def test_what_other_programs_read(subject: str, name: str, body: str) -> None:
    """Any subject, name and text is read back as it was, in one line; the lines are ASCII, and short enough for every server."""
    data = message_bytes(replace(MESSAGE, subject=subject, body=body), ADDRESS, name, stamp=STAMP)
    found = parsed(data)
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert found["Subject"] == one_line(subject)
    assert found["From"].addresses[0].addr_spec == ADDRESS
    shown, address = parseaddr(str(message_from_bytes(data)["From"]))
    assert (str(make_header(decode_header(shown))), address) == (one_line(name), ADDRESS)
    text = next(each for each in found.walk() if each.get_content_type() == "text/plain")
    assert text.get_payload(decode=True) == sent_text(body)
    assert found.keys() == ["Date", "Message-ID", "From", "To", "Cc", "Subject", "MIME-Version", "Content-Type"]


@SOME
@given(name=TEXT)
def test_what_other_programs_read_of_names(name: str) -> None:
    """Any attachment's name is read back, by the standard way and by the older one."""
    message = replace(MESSAGE, attachments=(Attachment(name=name, data=b"PK"),))
    data = message_bytes(message, ADDRESS)
    part = next(iter(parsed(data).iter_attachments()))
    assert part.get_filename() == (one_line(name) or "附件")
    assert part.get_payload(decode=True) == b"PK"
    assert parsed(data)["X-Unsent"] == "1"


@SOME
@given(subject=TEXT, name=TEXT, file=TEXT)
def test_what_our_own_intake_reads(subject: str, name: str, file: str) -> None:
    """What is sent to a unit and comes back, or lies among the returns, is a mail to the intake, with sender and names as they were."""
    assume("=?" not in file and not ("%" in file and file.isascii()))  # read as escaped, as some clients write names
    message = replace(MESSAGE, subject=subject, attachments=(Attachment(name=file, data=b"PK"),))
    data = message_bytes(message, ADDRESS, name)
    assert is_mail("信.eml", data)
    found = message_from_bytes(data)
    assert header_words(raw(found, "subject")) == one_line(subject)
    assert sender(found) == ADDRESS
    arrivals = list(attached(Arrival(path="信.eml", received=DAY, data=data, size=len(data)), Budget()))
    assert [each.path.rpartition("/")[2] for each in arrivals] == [file_name(one_line(file) or "附件") or "附件1"]


def test_an_address_in_chinese() -> None:
    """A domain in Chinese is written as servers know it; what stands before the @ stays, in UTF-8."""
    data = message_bytes(replace(MESSAGE, to=("张三@例子.中国", "a@例子.中国")), ADDRESS)
    assert "To: 张三@xn--fsqu00a.xn--fiqs8s,\r\n a@xn--fsqu00a.xn--fiqs8s\r\n".encode() in data


def test_no_address_adds_a_header() -> None:
    """An address with line breaks and blanks does not reach another line, nor another receiver."""
    data = message_bytes(
        replace(MESSAGE, to=("a@example.com\r\nBcc: b@example.com", "c@example.com,d@example.com")), ADDRESS
    )
    assert b"To: a@example.comBcc:b@example.com,\r\n c@example.comd@example.com\r\n" in data
