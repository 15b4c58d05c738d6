"""What the operating system refuses, in Chinese; its own words are in the system's language, which may be any."""

from __future__ import annotations

import errno
import re

from fazhi_xl.disk import is_open_elsewhere, windows_error

_TOO_LARGE = "文件太大,这个磁盘放不下(FAT32 格式的一个文件最多4GB)"
_SAID = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是一个文件夹,不是文件",
    errno.ENOTDIR: "路径中间有一段是文件,不是文件夹",
    errno.EEXIST: "已经有同名的文件或文件夹",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ENOSPC: "磁盘满了",
    errno.EFBIG: _TOO_LARGE,
    errno.EROFS: "这个磁盘只能读,不能写",
    errno.ENAMETOOLONG: "名称太长",
    errno.EBUSY: "正被别的程序占用",
    errno.EIO: "磁盘读写出错",
    errno.EINVAL: "名称里有这个系统不允许的字符",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ELOOP: "链接绕成了圈",
    errno.ENOMEM: "内存不够",
}

_NAME_TOO_LONG = 206
OPEN_ELSEWHERE = "正在 Excel、WPS 或别的程序里打开"
_WINDOWS_SAYS = {  # [MS-ERREF] 2.2, where the number that other systems know says less
    4: "打开的文件太多",
    19: "这个磁盘只能读,不能写",
    21: "磁盘没有准备好(U盘、移动硬盘是不是拔掉了)",
    39: "磁盘满了",
    **dict.fromkeys((51, 53, 55, 59, 64, 67, 121, 1203, 1231, 1232, 1236), "连不上共享文件夹,或者断开了"),
    **dict.fromkeys((86, 1219, 1326), "共享文件夹的用户名或密码不对"),
    123: "名称里有这个系统不允许的字符",
    _NAME_TOO_LONG: "名称太长",
    223: _TOO_LARGE,
    225: "被杀毒软件拦下了",
    1450: "系统资源不够",
}
LONGEST_PATH, _LONGEST_NAME = 259, 255  # characters that Windows takes, of a path unless somebody has allowed it more
_TOO_LONG = frozenset({2, 3, 123, 206})  # what it says of longer ones


def system_error(error: OSError) -> str:
    """Say why a file or folder could not be used; an error that is not known here is given by its number."""
    said = OPEN_ELSEWHERE if is_open_elsewhere(error) else _WINDOWS_SAYS.get(windows_error(error))
    known = _too_long(error) or said or _SAID.get(error.errno or 0)
    return known or (f"系统错误{error.errno}" if error.errno else type(error).__name__)


def is_too_long(error: OSError) -> bool:
    """Say whether a name or path was too long for the system."""
    return error.errno == errno.ENAMETOOLONG or windows_error(error) == _NAME_TOO_LONG or bool(_too_long(error))


def _too_long(error: OSError) -> str:
    """Say which of a path and its last name Windows did not take for its length; blank where it is neither."""
    path = str(error.filename2 or error.filename or "")
    if windows_error(error) not in _TOO_LONG:
        return ""
    if len(re.split(r"[\\/]", path)[-1]) > _LONGEST_NAME:
        return "名称太长"
    return f"路径有{len(path)}个字符,Windows 最多{LONGEST_PATH}个" if len(path) > LONGEST_PATH else ""
