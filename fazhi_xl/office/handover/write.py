"""A backup written beside its place, tested by reading it back, and there once it is whole and good."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Callable, Iterable, Iterator
from glob import escape
from io import BytesIO
from pathlib import Path
from typing import IO

from pyzipper import WZ_AES, ZIP_DEFLATED, AESZipFile

from fazhi_xl.disk import remove_own
from fazhi_xl.errors import WrongUseError
from fazhi_xl.limits import MB
from fazhi_xl.office.handover.contents import Contents
from fazhi_xl.office.handover.layout import CONTENT, HEAD, LIST, README, Item, listed
from fazhi_xl.office.handover.read import open_box
from fazhi_xl.office.packing.folder import sized
from fazhi_xl.office.workspace.folder import Json, writing
from fazhi_xl.text.commands import Command
from fazhi_xl.text.system_errors import system_error
from fazhi_xl.xlsx.writer.files import written_beside

Tracked = Callable[[Iterable[Item], str], Iterable[Item]]
_ROOM = 4096  # bytes that the archive takes for each file besides
_OWN = 0o600  # the key is in it
_BITS = 256


def write_box(target: Path, secret: str, head: Json, held: Contents, track: Tracked) -> None:
    """Write a backup, read it back, and put it in place.

    Raises WrongUseError where it does not fit, cannot be written, or a file cannot be read or changes meanwhile: then there is none.
    """
    for left in target.parent.glob(f".{escape(target.name)}.????????.tmp"):
        with writing(left, Command.BACKUP):
            remove_own(left)  # of a run that was killed
    _refuse_full(target.parent, held.size + _ROOM * (len(held.items) + 2))
    with writing(target, Command.BACKUP), written_beside(target, mode=_OWN) as beside:
        digests: dict[str, str] = {}
        with beside.open("wb") as file:
            _write(file, secret, head, held, track(held.items, "备份"), digests)
            file.flush()
            os.fsync(file.fileno())
        _test(beside, secret, head, digests, track(held.items, "读回核对"))


def _write(
    file: IO[bytes], secret: str, head: Json, held: Contents, items: Iterable[Item], digests: dict[str, str]
) -> None:
    with AESZipFile(file, "w", compression=ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(README, _readme(head).encode("utf-8-sig"))
        archive.setencryption(WZ_AES, nbits=_BITS)
        archive.setpassword(secret.encode())
        with (
            archive.open(CONTENT, "w", force_zip64=True) as stream,
            tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as tar,
        ):
            _add(tar, HEAD, head)
            for each in items:
                _put(tar, each, digests)
            _add(tar, LIST, listed(held.items, digests))


def _add(tar: tarfile.TarFile, name: str, value: Json) -> None:
    data = json.dumps(value).encode()  # in ASCII, whatever names there are
    info = tarfile.TarInfo(name)
    info.size = len(data)
    tar.addfile(info, BytesIO(data))


def _put(tar: tarfile.TarFile, item: Item, digests: dict[str, str]) -> None:
    info = tarfile.TarInfo(item.path)
    info.mode, info.mtime = item.mode, item.mtime_ns / 1e9
    if item.folder:
        info.type = tarfile.DIRTYPE
        tar.addfile(info)
        return
    info.size = item.size
    with _open(item) as file:
        source = _Digesting(file, item)
        tar.addfile(info, source)
        digests[item.path] = source.finished()


def _open(item: Item) -> IO[bytes]:
    try:
        return item.source.open("rb")
    except OSError as error:
        raise _unreadable(item, error) from error


def _unreadable(item: Item, error: OSError) -> WrongUseError:
    return WrongUseError(f"{item.source} 读不出来:{system_error(error)},没有备份。请检查磁盘和权限,再运行一次。")


def _changed(item: Item) -> WrongUseError:
    return WrongUseError(f"{item.source} 在备份的时候变了,没有备份。请存盘、关闭正在改它的程序,再运行一次。")


class _Digesting:
    """A file that is digested while it is read, and has to stay what it was when it was listed."""

    def __init__(self, file: IO[bytes], item: Item) -> None:
        self._file, self._item, self._digest, self._size = file, item, hashlib.sha256(), 0

    def read(self, most: int = MB) -> bytes:
        try:
            data = self._file.read(most)
        except OSError as error:
            raise _unreadable(self._item, error) from error
        if not data and self._size < self._item.size:
            raise _changed(self._item)
        self._size += len(data)
        self._digest.update(data)
        return data

    def finished(self) -> str:
        facts = os.fstat(self._file.fileno())
        if (facts.st_size, facts.st_mtime_ns, self._size) != (
            self._item.size, self._item.mtime_ns, self._item.size,
        ):  # fmt: skip
            raise _changed(self._item)
        return self._digest.hexdigest()


def _test(made: Path, secret: str, head: Json, digests: dict[str, str], items: Iterable[Item]) -> None:
    """Read a backup back and compare it with what was read for it. Raises WrongUseError where it differs."""
    expected = iter(items)
    with open_box(made, secret) as box:
        same = box.head == head
        for member in box.members():
            item = next(expected, None)
            digest = hashlib.sha256()
            for piece in member.pieces():
                digest.update(piece)
            same &= (
                item is not None and member.path == item.path and digests.get(item.path) in {None, digest.hexdigest()}
            )
        same &= next(expected, None) is None
    if not same:
        raise WrongUseError(
            "备份写完读回来核对,和原来的不一样,没有留下备份。请检查磁盘(换一个 U 盘或硬盘),再运行一次。"
        )


def _refuse_full(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise WrongUseError(
            f"备份最多要 {sized(needed)},{folder} 所在的磁盘只剩 {sized(free)},放不下,没有备份。请腾出空间,或换一个磁盘。"
        )


def _readme(head: Json) -> str:
    return "\r\n".join(_readme_lines(head))


def _readme_lines(head: Json) -> Iterator[str]:
    yield "这是一轮考核工作的备份,全部内容在 内容.tar 里,用备份时定的密码加密(AES-256)。没有密码打不开,也没有别的办法找回。"
    yield ""
    yield f"做备份的程序:fazhi-xl {head['version']}"
    yield ""
    yield "恢复:装好这个程序,运行"
    yield f"  {Command.RESTORE_BACKUP} 这个文件.zip {Command.OUT} 新的文件夹"
    yield ""
    yield "没有这个程序,只想看里面的文件:用 7-Zip、WinRAR 或 Bandizip 打开这个 zip,输入密码解出 内容.tar,再打开 内容.tar,文件在 轮次 里。"
    yield "这样解出来的没有核对过,文件时间和只读标记可能不一样;要接着做的,请用上面的命令恢复。"
    yield ""
