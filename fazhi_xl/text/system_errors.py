"""What the operating system refuses, in Chinese; its own words are in the system's language, which may be any."""

from __future__ import annotations

import errno

_SAID = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是一个文件夹,不是文件",
    errno.ENOTDIR: "路径中间有一段是文件,不是文件夹",
    errno.EEXIST: "已经有同名的文件或文件夹",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ENOSPC: "磁盘满了",
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


def system_error(error: OSError) -> str:
    """Say why a file or folder could not be used; an error that is not known here is given by its number."""
    known = _SAID.get(error.errno or 0)
    return known or (f"系统错误{error.errno}" if error.errno else type(error).__name__)
