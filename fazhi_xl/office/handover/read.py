"""A backup read from one end to the other; whatever is wrong with it is told, and nothing in it is trusted before that.

A stranger without the password can make none that is read: each byte is authenticated by it, at the latest when the end is reached.
"""

from __future__ import annotations

import json
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from pyzipper import AESZipFile, BadZipFile

from fazhi_xl.errors import WrongUseError
from fazhi_xl.limits import MB
from fazhi_xl.office.handover.layout import CONTENT, ENDING, FORMAT, HEAD, LIST, README, TOP
from fazhi_xl.office.workspace.folder import Json, reading, refuse_absent
from fazhi_xl.text.commands import Command

_MEMBERS = 2
_HEAD_LIMIT, _LIST_LIMIT = MB, 512 * MB
_RATIO, _RATIO_FROM = 1100, 64 * MB  # deflate packs a thousand bytes into one at best
_STRENGTH = 3  # AES of 256 bits
_FILES = 2_000_000
_MEMBER, _METHOD, _NAME, _AES = b"PK\x03\x04", 8, 30, b"\x63\0"
"""How a member of a zip begins, where its method and its name stand from there, and the method that says encrypted."""
_START = 8192  # bytes in which a backup's second member begins
_DAMAGE = (
    BadZipFile, zipfile.BadZipFile, zlib.error, tarfile.TarError, EOFError, OSError, ValueError, KeyError, TypeError,
    NotImplementedError, OverflowError, IndexError,
)  # fmt: skip
"""What a damaged archive raises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file or folder of a backup; `pieces` gives a file's bytes, once."""

    path: str
    folder: bool
    _box: Box
    _stream: IO[bytes] | None

    def pieces(self) -> Iterator[bytes]:
        """Give the bytes. Raises WrongUseError where the backup is damaged."""
        while self._stream is not None:
            with self._box.damage_told():
                piece = self._stream.read(MB)
            if not piece:
                return
            yield piece


@dataclass(slots=True, kw_only=True)
class Box:
    """An opened backup: what it says of itself, and once all members are read, what it lists."""

    head: Json
    listed: Json = field(default_factory=dict)
    at: str = HEAD  # the path of what is being read
    _place: Path
    _tar: tarfile.TarFile
    _stream: IO[bytes]

    def members(self) -> Iterator[Member]:
        """Give the files and folders one by one; each has to be read before the next.

        Raises WrongUseError for hostile ones, and where the backup is damaged.
        """
        count = size = 0
        while (info := self._next()) is not None:
            count, size = count + 1, size + info.size
            if count > _FILES or size > self.size:
                raise WrongUseError(
                    "备份里的文件比它自己写明的多:已经损坏,或者不是这个程序做的,没有恢复。请换另一份备份。"
                )
            _refuse_hostile(info)
            stream = None if info.isdir() else self._tar.extractfile(info)
            yield Member(path=info.name, folder=info.isdir(), _box=self, _stream=stream)

    @property
    def size(self) -> int:
        """The bytes of all files, as the backup says."""
        return int(self.head["size"])

    @contextmanager
    def damage_told(self) -> Iterator[None]:
        try:
            yield
        except _DAMAGE as error:
            where = "结尾处" if self.at == LIST else f"“{self.at}”这里"
            raise WrongUseError(
                f"{self._place} 已经损坏,读到{where}读不下去,没有恢复。请换另一份备份,或者重新复制一次。"
            ) from error

    def _next(self) -> tarfile.TarInfo | None:
        """Go on to the next member; None behind the last, once the whole is authenticated."""
        with self.damage_told():
            info = self._tar.next()
            if info is None:
                raise EOFError(self.at)
            self.at = info.name
            if info.name != LIST:
                return info
            self.listed = _json(self._tar, info, _LIST_LIMIT)
            while self._stream.read(MB):
                pass
            return None


def refuse_no_file(place: Path) -> None:
    """Raise WrongUseError where there is nothing, or a folder."""
    refuse_absent(place, Command.RESTORE_BACKUP)
    if place.is_dir():
        folder = f"{place.absolute()} 是一个文件夹,不是备份文件。请在 "
        raise WrongUseError(folder, Command.RESTORE_BACKUP, f" 后面写明备份时做的那个 {ENDING} 文件。")


@contextmanager
def open_box(place: Path, secret: str) -> Iterator[Box]:
    """Open a backup. Raises WrongUseError where it is none, the password is another, or it is damaged."""
    refuse_no_file(place)
    with reading(place):
        file = place.open("rb")
    with ExitStack() as opened:
        opened.enter_context(file)
        archive = opened.enter_context(_archive(place, file))
        try:
            stream = opened.enter_context(_content(archive, place, secret))
            tar = opened.enter_context(tarfile.open(fileobj=stream, mode="r|"))
            box = _box(tar, stream, place)
        except _DAMAGE as error:
            said = "密码不对,或者备份已经损坏。请再核对一遍密码(大小写、全角半角),或者换另一份备份。"
            raise WrongUseError(f"{place} 打不开:{said}") from error
        yield box


def _archive(place: Path, file: IO[bytes]) -> AESZipFile:
    try:
        archive = AESZipFile(file)
    except _DAMAGE as error:
        file.seek(0)
        if file.read(len(_MEMBER)) == _MEMBER:
            raise WrongUseError(
                f"{place} 不完整,多半没有复制完,或者结尾处损坏了。请重新复制一次,或者换另一份备份。"
            ) from error
        raise WrongUseError(f"{place} 不是备份文件(zip 压缩包)。请写明备份时的那个文件。") from error
    infos = {info.filename: info for info in archive.infolist()}
    content = infos.get(CONTENT)
    ours = content is not None and README in infos and len(archive.infolist()) == _MEMBERS
    if content is None or not ours or content.wz_aes_strength != _STRENGTH:
        archive.close()
        if _begins_as_ours(file):
            raise WrongUseError(
                f"{place} 已经损坏,或者被别的程序改过,没有打开。请重新复制一次,或者换另一份备份。"
            ) from None
        raise WrongUseError(
            f"{place} 不是这个程序做的备份(里面应当有 {README} 和加密的 {CONTENT})。请写明备份时的那个文件。"
        )
    if content.file_size > max(_RATIO_FROM, _RATIO * content.compress_size):
        archive.close()
        raise WrongUseError(
            f"{place} 解开后大得不像备份,没有打开:多半已经损坏,或者选错了文件。请核对,重新复制一次,或者换另一份备份。"
        )
    return archive


def _begins_as_ours(file: IO[bytes]) -> bool:
    """Say whether a file begins with the two members of a backup, whatever its directory at the end says of them (APPNOTE.TXT 4.3.7)."""
    file.seek(0)
    start = file.read(_START)
    second = max(start.find(_MEMBER, len(_MEMBER)), 0)
    named = (start[at + _NAME :].startswith(name.encode()) for at, name in ((0, README), (second, CONTENT)))
    return all(named) and start[second + _METHOD :].startswith(_AES)


def _content(archive: AESZipFile, place: Path, secret: str) -> Any:  # noqa: ANN401 - the library is not typed
    try:
        return archive.open(CONTENT, pwd=secret.encode())
    except RuntimeError as error:
        if isinstance(error, NotImplementedError):
            raise
        raise WrongUseError(f"密码不对,{place} 没有打开。请再核对一遍(大小写、全角半角、空格),重新运行。") from error


def _box(tar: tarfile.TarFile, stream: IO[bytes], place: Path) -> Box:
    info = tar.next()
    if info is None or info.name != HEAD:
        raise ValueError(HEAD)
    head = _json(tar, info, _HEAD_LIMIT)
    if int(head["format"]) > FORMAT:
        raise WrongUseError(
            f"{place} 是更新版本的程序({head.get('version') or '未标版本'})做的备份,这个程序读不了。请先更新程序,再恢复。"
        )
    if int(head["size"]) < 0:
        raise ValueError(head["size"])
    return Box(head=head, _place=place, _tar=tar, _stream=stream)


def _json(tar: tarfile.TarFile, info: tarfile.TarInfo, most: int) -> Json:
    stream = tar.extractfile(info)
    if stream is None or info.size > most:
        raise ValueError(info.size)
    return dict(json.loads(stream.read()))


def _refuse_hostile(info: tarfile.TarInfo) -> None:
    """Refuse what is neither a file nor a folder, and names that lead elsewhere. Raises WrongUseError."""
    parts = PurePosixPath(info.name).parts
    inside = len(parts) > 1 and TOP.fullmatch(parts[0]) is not None and ".." not in parts and "\0" not in info.name
    plain = "/".join(parts) == info.name.rstrip("/")
    if not (inside and plain and (info.isreg() or info.isdir())):
        said = f"备份里的“{info.name}”不是文件、文件夹,或者想写到别的地方去"
        raise WrongUseError(f"{said}:备份已经损坏,或者不是这个程序做的,没有恢复。请换另一份备份。")
