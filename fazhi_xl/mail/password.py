"""The password of a mail server: out of the environment or a file that nobody else can read, and never part of any text."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path

from fazhi_xl.disk import open_to_others
from fazhi_xl.errors import WrongUseError
from fazhi_xl.mail.settings import MailSettings
from fazhi_xl.text.system_errors import system_error

EITHER = "FAZHI_MAIL_PASSWORD"
_MOST = 4096  # bytes that are read of the file: one line is asked for


class Way(Enum):
    """What a password is for; the value is the variable of the environment that goes before the others."""

    OUT = "FAZHI_SMTP_PASSWORD"
    IN = "FAZHI_IMAP_PASSWORD"


def password(settings: MailSettings, way: Way, environment: Mapping[str, str] = os.environ) -> str:
    """Give the password: that of this way, else that of both, else the file's first line.

    Raises WrongUseError where there is none, or the file cannot be read or can be read by others.
    """
    found = next(filter(None, _given(settings, way, environment)), "")
    if not found:
        raise WrongUseError(
            f"没有邮箱的密码。请设环境变量 {EITHER},或者把密码写在一个文件的第一行,把文件的路径填在“邮箱设置”的“密码文件”里。"
        )
    return found


def _given(settings: MailSettings, way: Way, environment: Mapping[str, str]) -> Iterator[str]:
    yield environment.get(way.value, "")
    yield environment.get(EITHER, "")
    if settings.password_file is not None:
        yield first_line(settings.password_file, "请核对“邮箱设置”的“密码文件”。")


def first_line(path: Path, what_to_do: str) -> str:
    """Read a password out of a file that its owner alone may read, where the system knows of that.

    Raises WrongUseError, with what to do where it cannot be read.
    """
    try:
        with path.open("rb") as file:
            if open_to_others(os.fstat(file.fileno())):
                raise WrongUseError(f"密码文件 {path} 别的用户也能读,没有用它。请先运行 chmod 600 {path}。")
            data = file.read(_MOST)
    except OSError as error:
        raise WrongUseError(f"密码文件 {path} 读不出来:{system_error(error)}。{what_to_do}") from error
    return _line(path, data)


def _line(path: Path, data: bytes) -> str:
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise WrongUseError(f"密码文件 {path} 不是 UTF-8 文本。请用记事本另存为 UTF-8。") from error
    if not lines or not lines[0]:
        raise WrongUseError(f"密码文件 {path} 的第一行是空的。请把密码写在第一行。")
    return lines[0]
