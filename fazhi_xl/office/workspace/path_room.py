"""Whether a folder lies so deep that Windows does not take the paths of what is written into it."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.text.system_errors import LONGEST_PATH

DEEPEST = 120
"""The characters of the longest path that a round makes below its folder, but for 上报 and for what units call their files."""


def refuse_deep(folder: Path, below: int = DEEPEST) -> None:
    """Refuse a folder below which paths of so many characters would be too long for this machine. Raises WrongUseError."""
    most, there = longest_path(), str(folder.absolute())
    if most is None or len(there) + 1 + below <= most:
        return
    raise WrongUseError(
        f"{there} 的路径有{len(there)}个字符,太长了:Windows 的路径最多{most}个字符,程序在里面写的文件还要占{below}个。"
        f"请把文件夹移到靠近盘符的位置(路径不超过{max(most - 1 - below, 0)}个字符),例如 D:\\考核,再运行一次。"
    )


def longest_path() -> int | None:
    """Give how many characters a path may have on this machine; None where only its names have an end."""
    if sys.platform != "win32":
        return None
    import winreg  # noqa: PLC0415 - only Windows has it

    with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _SYSTEM) as key:
        if winreg.QueryValueEx(key, "LongPathsEnabled")[0]:
            return None
    return LONGEST_PATH


_SYSTEM = r"SYSTEM\CurrentControlSet\Control\FileSystem"
