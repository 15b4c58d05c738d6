"""One command at a time in a workspace: a file lock, which the system releases when the process ends, and a record of who holds it.

On one computer, and on shared drives that carry locks (SMB, NFS), the lock is enough. Where it does not reach another computer
(folders that a program synchronises, mounts without locks), the record in the lock's file is looked at: of another computer it is
believed while there were signs of life, which are renewed while a command works, and taken over once there were none for a while. So
nobody is locked out for good, and two never write at once without a word. What begins within the same seconds where neither lock nor
file has come across yet is only seen at the end, and told then.
"""

from __future__ import annotations

import errno
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from fazhi_xl.disk import fresh_beside, remove
from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.folder import Workspace, writing
from fazhi_xl.office.workspace.handed_over import refuse_handed_over
from fazhi_xl.office.workspace.holder import Holder
from fazhi_xl.office.workspace.progress import Nobody, Progress

T = TypeVar("T")
LOCK = ".lock"
BELIEVED = timedelta(minutes=15)  # how long another computer's record holds after its last sign of life
_BEAT = 30.0  # seconds from one sign of life to the next
_LEFT = re.compile(r"\..+\.[a-z0-9_]{8}\.tmp")  # as files.py names what it has not finished
# So systems say that a place has no locks; all else says that somebody holds one (Wine gives whatever number came before).
_WITHOUT = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL})
_CLOCKS = timedelta(minutes=1)  # by which clocks that are right may differ
_CLOCK = "它的记录比现在还晚{}分钟(有电脑或服务器的时钟不对)"
_MOST = 4096  # bytes that are read of a record
# The first byte is the one that is locked, by every version of this program: Windows lets nobody else read it. The record stands behind it.
_RECORD = 1
_lock_is_enough: ContextVar[bool] = ContextVar("lock_is_enough", default=False)

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, _RECORD)

    def _unlock(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, _RECORD)

else:
    import fcntl

    def _lock(file: int) -> None:
        # Not flock: worker processes would hold that on after this one was killed.
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: int) -> None:
        fcntl.lockf(file, fcntl.LOCK_UN)


@contextmanager
def locked(
    space: Workspace, doing: str = "", progress: Progress | None = None, *, elsewhere: bool = False
) -> Iterator[Progress]:
    """Lock an existing workspace, and remove the unfinished files of a run that was killed. Not re-entrant.

    `doing` says in a word what for. Gives the progress to work with: what it counts is a sign of life for other computers. Raises
    WrongUseError where another process holds the workspace, or seems to on another computer; and, but for what may be done to a round
    that goes on `elsewhere`, where that is so.
    """
    if not elsewhere:
        refuse_handed_over(space)
    path, own = space.root / LOCK, Holder.here(doing)
    with writing(path):
        file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
    try:
        held = _Held(file=file, path=path, own=own, to=progress or Nobody())
        held.take()
        try:
            _clear(space)
            yield held
        finally:
            held.leave()
    finally:
        os.close(file)


@contextmanager
def lock_is_enough() -> Iterator[None]:
    """Believe locks alone: those who use this have been told that theirs reach every computer."""
    token = _lock_is_enough.set(True)
    try:
        yield
    finally:
        _lock_is_enough.reset(token)


def _clear(space: Workspace) -> None:
    """Remove unfinished files, except among the returns, where this program writes nothing."""
    folders = [path for path in space.root.iterdir() if path.is_dir() and path != space.returns]
    for left in (*space.root.glob(".*.tmp"), *(path for folder in folders for path in folder.rglob(".*.tmp"))):
        if _LEFT.fullmatch(left.name) and not left.is_dir():
            with writing(left):
                left.unlink(missing_ok=True)


@dataclass(slots=True, kw_only=True)
class _Held:
    """The lock's open file; as a progress it passes on what it is told, and shows others from time to time that somebody is at work."""

    file: int
    path: Path
    own: Holder
    to: Progress
    _locks: bool = False  # whether the place has any
    _beaten: float = field(default_factory=time.monotonic)

    def track(self, items: Iterable[T], what: str, total: int) -> Iterable[T]:
        for item in self.to.track(items, what, total):
            self._beat()
            yield item

    def say(self, *parts: str) -> None:
        self._beat()
        self.to.say(*parts)

    def take(self) -> None:
        """Lock, and write who holds it. Raises WrongUseError."""
        try:
            _lock(self.file)
            self._locks = True
        except OSError as error:
            if error.errno not in _WITHOUT:
                raise WrongUseError(self._busy()) from error
        self._look_at(_record(self.file))
        if not self._locks:
            self.to.say(f"{self.path.parent} 所在的位置不支持文件锁,有没有别人在用只看 {LOCK} 里的记录。")
        self._write()

    def leave(self) -> None:
        """Unlock, and leave no record; say so where somebody else has begun meanwhile."""
        with suppress(OSError):
            other = self._other()
            if other:
                self.to.say(
                    f"请注意:这一次运行期间,{other.told}也用了 {self.path.parent},文件锁没有拦住。"
                    "两边写的可能互相盖掉了,请等那边结束后再收一次表,核对结果;以后不要两台电脑同时运行。"
                )
            else:
                os.ftruncate(self.file, _RECORD)
        if self._locks:
            with suppress(OSError):  # closing the file does it as well, only later on some systems
                _unlock(self.file)

    def _busy(self) -> str:
        holder = _record(self.file)
        who = f":{holder.told}" if holder else ""
        return f"{self.path.parent} 正在被另一个收表或生成命令使用{who},这一次没有运行。请等它结束后再运行。"

    def _look_at(self, before: Holder | None) -> None:
        """Refuse where another use seems to go on, and tell of one that broke off. Raises WrongUseError."""
        here = before is not None and before.host == self.own.host
        if before is None or (self._locks and (here or _lock_is_enough.get())):
            return  # a lock that is free on the same computer is left by a process that has ended
        quiet = self._quiet()
        if abs(quiet) < BELIEVED:
            raise WrongUseError(_refused(self.path, before, quiet, again_there=self._locks))
        since = _CLOCK.format(_minutes(quiet)) if quiet <= -_CLOCKS else f"已经{_minutes(quiet)}分钟没有动静"
        self.to.say(f"上一次用 {self.path.parent} 的是{before.told},没有正常结束,{since},现在由这台电脑接着用。")

    def _quiet(self) -> timedelta:
        """Give the time since the last sign of life, by the clock of the disk that both computers write to."""
        with writing(self.path):
            handle, fresh = fresh_beside(self.path)
            try:
                now = os.fstat(handle).st_mtime
            finally:
                os.close(handle)
                remove(fresh)
        return timedelta(seconds=now - os.fstat(self.file).st_mtime)

    def _other(self) -> Holder | None:
        """Give who has taken the workspace over since; None where nobody did."""
        there = self.path.stat()
        if os.path.samestat(there, os.fstat(self.file)):
            found = _record(self.file)
        else:  # somebody removed the file; opening the same one again would give the lock up, so this is done last
            other = os.open(self.path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            try:
                found = _record(other)
            finally:
                os.close(other)
        return found if found and found.run != self.own.run else None

    def _beat(self) -> None:
        if time.monotonic() - self._beaten >= _BEAT:
            self._beaten = time.monotonic()
            before = _record(self.file)
            if before is None or before.run == self.own.run:  # another one's is told at the end
                self._write()

    def _write(self) -> None:
        """Write the record; where there is no room for it, the lock has to do."""
        data = b"\n" + self.own.data
        with suppress(OSError):
            os.lseek(self.file, 0, os.SEEK_SET)
            os.ftruncate(self.file, os.write(self.file, data))


def _record(file: int) -> Holder | None:
    with suppress(OSError):
        os.lseek(file, _RECORD, os.SEEK_SET)
        return Holder.of(os.read(file, _MOST))
    return None


def _refused(path: Path, before: Holder, quiet: timedelta, *, again_there: bool) -> str:
    seen = _CLOCK.format(_minutes(quiet)) if quiet <= -_CLOCKS else f"{_minutes(quiet)}分钟前还有动静"
    when = (datetime.now(UTC) + BELIEVED - quiet).astimezone().strftime("%H:%M")
    again = "在那台电脑上再运行一次,或者" if again_there else ""
    return (
        f"{path.parent} 好像正在被使用:{before.told},{seen}。"
        "要么那边没有正常结束(断电、强行关闭),要么这个文件夹的文件锁到不了别的电脑。这一次没有运行。"
        f"请先问清那边:还在运行的,等它结束;确实不在运行的,{again}等到 {when} 以后再运行,或者删去 {path} 再运行。"
    )


def _minutes(span: timedelta) -> int:
    return int(abs(span).total_seconds() // 60)
