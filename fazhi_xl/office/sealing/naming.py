"""What a sealed edition may be called: its name is a folder's, on every system."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fazhi_xl.errors import WrongUseError
from fazhi_xl.text.commands import Command
from fazhi_xl.text.file_names import folded, safe_name
from fazhi_xl.text.saying import says_something

LONGEST = 40  # characters; the number before them and what a path holds besides have to fit as well
_FOLDER = re.compile(r"(?P<no>\d{2,})_(?P<name>.+)")


def folder_name(no: int, name: str) -> str:
    """Give the folder of an edition: `01_第一稿`."""
    return f"{no:02d}_{name}"


def parted(folder: str) -> tuple[int, str] | None:
    """Give the number and the name that a folder is called by; None where it is called otherwise."""
    found = _FOLDER.fullmatch(folder)
    return (int(found["no"]), found["name"]) if found else None


def refuse_unfit(name: str, by: str) -> None:
    """Refuse a name that no folder can have everywhere, and an edition that nobody answers for. Raises WrongUseError."""
    if odd := _odd(name):
        raise WrongUseError(
            f"定稿的名称“{name}”{odd}。请换一个名称,例如:", Command.SEAL, " 第一稿 ", Command.BY, " 张三"
        )
    if not says_something(by):
        raise WrongUseError(
            "定稿要写明由谁负责,请加上 ", Command.BY, " 姓名,例如:", Command.SEAL, f" {name} ", Command.BY, " 张三"
        )


def refuse_used(name: str, used: Iterable[tuple[int, str]]) -> None:
    """Refuse a name that an edition has already, in large letters or small. Raises WrongUseError."""
    for no, other in used:
        if folded(other) == folded(name):
            raise WrongUseError(f"第{no}号定稿已经叫“{other}”,没有定稿。请换一个名称,定稿不能覆盖。")


def _odd(name: str) -> str:
    """Say why no folder should be called so; blank where one can."""
    if not name.strip():
        return "是空的"
    if len(name) > LONGEST:
        return f"有{len(name)}个字符,最多{LONGEST}个"
    if name != name.strip():
        return "前后有空格"
    if name.endswith("."):
        return "末尾有点号,有的系统不能作文件夹的名称"
    if safe_name(name) != name:
        return '不能作文件夹的名称:不能有 / \\ : * ? " < > | % # 和看不见的字符,不能以点号开头,也不能是 CON 这样系统留用的名称'
    return ""
