"""What the system refuses is said in Chinese; Windows says more, and is heard."""

from __future__ import annotations

import errno
from typing import Any

import pytest

from fazhi_xl.text.system_errors import system_error


def windows(number: int, known_as: int, path: str = "甲.xlsx") -> OSError:
    error: Any = OSError(known_as, "", path)
    error.winerror = number
    return error  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, ""), "磁盘满了"),
        (OSError(errno.EFBIG, ""), "文件太大,这个磁盘放不下(FAT32 格式的一个文件最多4GB)"),
        (OSError(errno.EXDEV, ""), f"系统错误{errno.EXDEV}"),
        (OSError(), "OSError"),
        (windows(5, errno.EACCES), "没有权限"),
        (windows(32, errno.EACCES), "正在 Excel、WPS 或别的程序里打开"),
        (windows(33, errno.EACCES), "正在 Excel、WPS 或别的程序里打开"),
        (windows(21, errno.EACCES), "磁盘没有准备好(U盘、移动硬盘是不是拔掉了)"),
        (windows(53, errno.ENOENT), "连不上共享文件夹,或者断开了"),
        (windows(1326, errno.EINVAL), "共享文件夹的用户名或密码不对"),
        (windows(225, errno.EINVAL), "被杀毒软件拦下了"),
        (windows(3, errno.ENOENT), "没有这个文件或文件夹"),
        (windows(3, errno.ENOENT, "C:\\长" + "\\长" * 128), "路径有260个字符,Windows 最多259个"),
        (windows(123, errno.EINVAL, "D:\\工作/" + "长" * 256), "名称太长"),
        (windows(123, errno.EINVAL, "甲?.xlsx"), "名称里有这个系统不允许的字符"),
        (windows(206, errno.ENOENT, "甲.xlsx"), "名称太长"),
    ],
)
def test_said(error: OSError, said: str) -> None:
    """What Windows says goes before the number that other systems know; of a path that it cannot take the length is told."""
    assert system_error(error) == said
