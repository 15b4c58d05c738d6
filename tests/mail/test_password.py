"""The password comes out of the environment or a file of its owner's, and nobody is told it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.mail.password import Way, password
from fazhi_xl.mail.settings import MailSettings

OUT, IN, EITHER = "FAZHI_SMTP_PASSWORD", "FAZHI_IMAP_PASSWORD", "FAZHI_MAIL_PASSWORD"
posix = pytest.mark.skipif(os.name != "posix", reason="only there files have modes")


def file(folder: Path, content: bytes, mode: int = 0o600) -> MailSettings:
    path = folder / "密码.txt"
    path.write_bytes(content)
    path.chmod(mode)
    return MailSettings(password_file=path)


@pytest.mark.parametrize(
    ("environment", "out", "into"),
    [
        ({OUT: "a", IN: "b", EITHER: "c"}, "a", "b"),
        ({OUT: "a", EITHER: "c"}, "a", "c"),
        ({EITHER: "c"}, "c", "c"),
        ({OUT: "", IN: "", EITHER: "c"}, "c", "c"),
        ({}, "文件里的", "文件里的"),
    ],
)
def test_which_goes_first(tmp_path: Path, environment: dict[str, str], out: str, into: str) -> None:
    """The variable of the direction goes before that of both, and both before the file."""
    settings = file(tmp_path, "文件里的\n".encode())
    assert (password(settings, Way.OUT, environment), password(settings, Way.IN, environment)) == (out, into)


@pytest.mark.parametrize(
    ("content", "first"),
    [
        (b"secret", "secret"),
        (b"secret\n", "secret"),
        (b"secret\r\nother\r\n", "secret"),
        (b" two words \n", " two words "),
        (b"\xef\xbb\xbf\xe5\xaf\x86\xe7\xa0\x81\n", "密码"),
    ],
)
def test_the_first_line(tmp_path: Path, content: bytes, first: str) -> None:
    """The file's first line is the password, blanks included, whatever program wrote the file."""
    assert password(file(tmp_path, content), Way.OUT, {}) == first


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "第一行是空的"), (b"\nsecret\n", "第一行是空的"), ("密码".encode("gbk"), "不是 UTF-8 文本")],
)
def test_files_without_a_password(tmp_path: Path, content: bytes, why: str) -> None:
    """A file without a password in its first line is told, and what it holds is not."""
    with pytest.raises(WrongUseError, match=why) as raised:
        password(file(tmp_path, content), Way.OUT, {})
    assert "secret" not in str(raised.value)


@posix
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_can_read(tmp_path: Path, mode: int) -> None:
    """A file that others can read is not used, and the line says by what command that is mended."""
    settings = file(tmp_path, b"secret\n", mode)
    with pytest.raises(WrongUseError) as raised:
        password(settings, Way.OUT, {})
    path = settings.password_file
    assert str(raised.value) == f"密码文件 {path} 别的用户也能读,没有用它。请先运行 chmod 600 {path}。"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A file that is not there is told, with its place in the settings."""
    with pytest.raises(WrongUseError, match="读不出来:没有这个文件或文件夹。请核对“邮箱设置”的“密码文件”。"):
        password(MailSettings(password_file=tmp_path / "没有.txt"), Way.IN, {})


def test_no_password() -> None:
    """Without any the line says both ways to give one."""
    with pytest.raises(WrongUseError) as raised:
        password(MailSettings(), Way.OUT, {})
    assert str(raised.value) == (
        "没有邮箱的密码。请设环境变量 FAZHI_MAIL_PASSWORD,或者把密码写在一个文件的第一行,把文件的路径填在“邮箱设置”的“密码文件”里。"
    )
