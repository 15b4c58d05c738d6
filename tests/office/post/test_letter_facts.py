"""A message's file has a name that every system takes, and its headers are read whatever they are written in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fazhi_xl.intake.arrival import is_litter, is_unfinished
from fazhi_xl.office.post.letter_facts import file_name, letter_facts
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.status import Status

DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("subject", "begins"),
    [
        ("报送任务分解表", "报送任务分解表"), ("", "无主题"), ("  ...  ", "无主题"), ("a/b\\c:d*e?f", "a b c d e f"), ("../../x", "x"),
        (".hidden", "hidden"), ("~$lock", "lock"), ("CON", "CON"), ("nul.txt", "_nul.txt"), ("COM1 .x", "_COM1 .x"), ("CONTENT", "CONTENT"),
        ("转\u202e发\u0000\r\n表", "转 发 表"), ("x.", "x"), ("e\u0301", "é"), ("\ud800x", "x"),
    ],
)  # fmt: skip
def test_names(subject: str, begins: str) -> None:
    """Whatever stands in a subject, the name is a plain file's, and is a mail's by its end."""
    name = file_name(subject, "091213", DIGEST)
    assert name == f"{begins} 091213 01234567.eml"
    assert not is_litter(name)
    assert not is_unfinished(name)


@pytest.mark.parametrize("sign", ["表", "A", "😀", "́"])
def test_long_subjects(sign: str) -> None:
    """A name stays within what file systems take, beside what is added while it is written."""
    name = file_name(sign * 500, "091213", DIGEST)
    assert len(f".{name}.12345678.tmp".encode()) <= 255
    assert name.endswith(" 091213 01234567.eml")


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        (b"=?gb2312?B?1tDOxA==?=", "中文"),
        (b"\xd6\xd0\xce\xc4", "中文"),
        ("中文".encode(), "中文"),
        (b"=?utf-8?b?5Lit?=\r\n =?utf-8?b?5paH?=", "中文"),
    ],
)
def test_headers(subject: bytes, said: str) -> None:
    """Headers are decoded, on one line."""
    found = letter_facts(
        b"From: =?utf-8?b?5p2O?= <Li@Example.com>\r\nSubject: " + subject + b"\r\nDate: x\r\n\r\nSubject: no\r\n", ""
    )
    assert (found.sender, found.subject, found.date, found.message_id) == ("li@example.com", said, "x", "")


def test_no_headers() -> None:
    """A message may have none, or no end of them."""
    for data in (b"", b"\r\n\r\n", b"hello", b"\x00" * 10, b"Subject: " + b"A" * 1_000_000):
        found = letter_facts(data, "mx.example.com")
        assert len(found.subject) <= 1000
        assert found.authentication == ""


def test_the_subject_is_found_again() -> None:
    """A unit is told of its mail by the subject: the time and the digest behind it are the office's own."""
    path = f"邮件/2020-11-18/{file_name('交警大队,链接见正文', '120000', DIGEST)}"
    file = FileResult(path=path, sha256=DIGEST, received=date(2020, 11, 18), unit=None, status=Status.REJECTED)
    assert file.called == "主题为“交警大队,链接见正文”的邮件"
    assert replace(file, path="回收/信.eml").called == "文件“信.eml”"


RESULTS = (
    b"Authentication-Results: evil.example.net; spf=pass\r\n"
    b"Authentication-Results: MX.example.com 1;\r\n spf=fail smtp.mailfrom=x\r\n\r\n"
)


@pytest.mark.parametrize(
    ("verifier", "said"),
    [
        ("mx.example.com", "MX.example.com 1; spf=fail smtp.mailfrom=x"),
        ("", "evil.example.net; spf=pass"),
        ("other.example.com", ""),
    ],
)
def test_by_whom_the_sender_is_verified(verifier: str, said: str) -> None:
    """Only what the own server signed counts; where its name is not known, the topmost."""
    assert letter_facts(RESULTS, verifier).authentication == said
