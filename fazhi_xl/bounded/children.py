"""The processes that open files for this one. A child lives on for many files; one that is stopped costs only the file it had.

What a file comes to does not depend on the files before it: where a child that has read others breaks down, a new one tries once more.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import IO, cast

from fazhi_xl.bounded.task import Answer, ChildTask

_ROOT = Path(__file__).parents[2]
_CHILD = "fazhi_xl.bounded.child"
_TIME_IS_UP = frozenset(
    {-9, -24}
)  # SIGKILL and SIGXCPU, by which the system ends a process whose processor time is used up
_HEAD = 3  # numbers before an answer: the size of its line, that of what follows, whether it is the child's last
_PATIENCE = 5  # seconds for a child to end by itself


class OutOfTimeError(Exception):
    """The child did not come to an end in its time."""


class BrokenDownError(Exception):
    """The child ended without an answer; carries its exit status."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(status)


class _Child:
    """One process, and the pipes to and from it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own module, run by our own interpreter
            [sys.executable, "-m", _CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            creationflags=getattr(
                subprocess, "CREATE_NO_WINDOW", 0
            ),  # Windows opens one where Excel started this process
        )
        self._there: IO[bytes] = cast("IO[bytes]", self._process.stdin)
        self._back: IO[bytes] = cast("IO[bytes]", self._process.stdout)
        self._expired = self._last = False
        self.fresh, self.module = True, ""

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def lives_on(self) -> bool:
        """Whether it takes another file: one whose memory has grown does not."""
        return not (self._last or self._expired)

    def ask(self, order: ChildTask, data: bytes, wall: int) -> Answer:
        """Give it a file. Raises OutOfTimeError and BrokenDownError, and then it has ended."""
        self.module = order.module
        timer = Timer(wall, self._expire)
        timer.start()
        try:
            answer = self._exchange(order, data)
        except BaseException:
            self.end(at_once=True)
            raise
        finally:
            timer.cancel()
            timer.join()
        self.fresh = False
        if answer is None:
            raise self._failure(order, wall)
        return answer

    def _exchange(self, order: ChildTask, data: bytes) -> Answer | None:
        """Write the task and read the answer; None where the process ended instead."""
        there, back = self._there, self._back
        with suppress(OSError):  # it has ended, as the missing answer will tell
            there.write(order.to_line() + b"%d\n" % len(data))
            there.write(data)
            there.flush()
        head = back.readline().split()
        if len(head) < _HEAD:
            return None
        size, more, last = map(int, head)
        line, rest = back.read(size), back.read(more)
        self._last = bool(last)
        return (json.loads(line), rest) if len(line) == size and len(rest) == more else None

    def _expire(self) -> None:
        self._expired = True
        self._process.kill()

    def _failure(self, order: ChildTask, wall: int) -> Exception:
        self.end(at_once=False)
        status = self._process.returncode
        if self._expired:
            return OutOfTimeError(f"超过{wall}秒")
        if status in _TIME_IS_UP:
            return OutOfTimeError(f"用了{order.cpu}秒还没有读完")
        return BrokenDownError(status)

    def end(self, *, at_once: bool) -> None:
        """Let it end, or make it, and wait until it has."""
        if at_once:
            self._process.kill()
        self._let_go()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def forget(self) -> None:
        """Leave it to another process, whose child it is."""
        self._let_go()
        self._process.returncode = 0  # it is none that could be waited for here

    def _let_go(self) -> None:
        """Close the pipes; what waits at their other end then ends."""
        for pipe in (self._there, self._back):
            with suppress(OSError):
                pipe.close()


_idle: list[_Child] = []
_until_exit: list[object] = []


def asked(order: ChildTask, data: bytes, wall: int) -> Answer:
    """Let a child do a task within so many seconds. Raises OutOfTimeError and BrokenDownError."""
    child = _waiting_for(order.module) or _started()
    was_fresh = child.fresh
    try:
        answer = child.ask(order, data, wall)
    except BrokenDownError:
        if was_fresh:
            raise
        return asked(order, data, wall)
    if child.lives_on:
        _idle.append(child)
    else:
        child.end(at_once=False)
    return answer


def _waiting_for(module: str) -> _Child | None:
    """Take the child that did such a task last; one that did another would hold what both are made of."""
    child = next((each for each in reversed(_idle) if each.module == module), None)
    if child:
        _idle.remove(child)
    return child


def end_children() -> None:
    """End the children that wait for files."""
    while _idle:
        _idle.pop().end(at_once=False)


def _started() -> _Child:
    if not _until_exit:
        from multiprocessing.util import Finalize  # noqa: PLC0415 - most rounds have no file that needs it

        _until_exit.append(Finalize(None, end_children, exitpriority=1))  # where a worker ends, too
    return _Child()


def _forget() -> None:
    """Leave the children of the process that this one was forked from to it."""
    _until_exit.clear()
    while _idle:
        _idle.pop().forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
