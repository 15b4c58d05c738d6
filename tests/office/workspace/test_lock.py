"""Who uses a workspace is known to others: on the same computer by a lock, from another one also by what its file says."""

from __future__ import annotations

import errno
import importlib.util
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace import lock
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.holder import Holder
from fazhi_xl.office.workspace.lock import lock_is_enough, locked
from tests.support.progress import Heard
from tests.support.systems import removed_open

OTHER = Holder(host="PC-02", user="李四", doing="收表", since="2020-11-20 09:30", run="1")
HERE = "PC-01"


@pytest.fixture(autouse=True)
def this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fazhi_xl.office.workspace.holder._computer", lambda: HERE)
    monkeypatch.setattr("fazhi_xl.office.workspace.holder._user", lambda: "张三")


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def record(space: Workspace) -> dict[str, str]:
    return dict(json.loads((space.root / ".lock").read_bytes()))


def left(space: Workspace, holder: Holder, *, minutes: float) -> None:
    """Leave a record as of a use that gave no sign of life for so many minutes."""
    path = space.root / ".lock"
    path.write_bytes(b"\n" + holder.data)
    then = time.time() - minutes * 60
    os.utime(path, (then, then))


@contextmanager
def held_elsewhere(space: Workspace) -> Iterator[None]:
    """Hold the workspace in another process."""
    (ready, tell), (wait, end) = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        os.close(end)
        with locked(space, "归档"):
            os.write(tell, b"x")
            os.read(wait, 1)
        os._exit(0)
    os.close(wait)
    assert os.read(ready, 1) == b"x"
    try:
        yield
    finally:
        os.close(end)
        os.waitpid(child, 0)
        for pipe in (ready, tell):
            os.close(pipe)


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    """A folder that is called like the lock is to be moved away."""
    (tmp_path / ".lock").mkdir()
    with pytest.raises(WrongUseError) as refused, locked(Workspace(tmp_path)):
        pass
    assert str(refused.value) == (
        f"不能写入 {tmp_path / '.lock'}:这是一个文件夹,不是文件。请把这个文件夹移走或改名,再运行一次。"
    )


def test_what_is_written(space: Workspace) -> None:
    """While a command works the file says who does what where; afterwards it says nothing."""
    with locked(space, "收表"):
        held = record(space)
        assert {name: held[name] for name in ("host", "user", "doing")} == {
            "host": HERE, "user": "张三", "doing": "收表",
        }  # fmt: skip
    assert (space.root / ".lock").read_bytes() == b"\n"


@pytest.mark.skipif(sys.platform == "win32", reason="the test holds the lock by a fork")
def test_another_process(space: Workspace) -> None:
    """Who holds a workspace is named, and left alone."""
    with held_elsewhere(space):
        since = record(space)["since"]
        with pytest.raises(WrongUseError) as refused, locked(space, "收表"):
            pass
        assert str(refused.value) == (
            f"{space.root} 正在被另一个收表或生成命令使用:电脑 PC-01 上的 张三(正在归档,{since} 开始),"
            "这一次没有运行。请等它结束后再运行。"
        )
        assert record(space)["doing"] == "归档"
    with locked(space):
        pass


class TestAnotherComputer:
    """The lock is free, and the file says that another computer uses the workspace."""

    @pytest.mark.parametrize("minutes", [0.0, 14.0, -10.0])
    def test_at_work(self, space: Workspace, minutes: float) -> None:
        """One that gave a sign of life is believed, and what to do is said; nothing is changed."""
        left(space, OTHER, minutes=minutes)
        before = (space.root / ".lock").read_bytes()
        with pytest.raises(WrongUseError, match="好像正在被使用:电脑 PC-02 上的 李四") as refused, locked(space):
            pass
        seen = (
            r"它的记录比现在还晚(9|10)分钟\(有电脑或服务器的时钟不对\)。"
            if minutes < 0
            else r"(0|13|14)分钟前还有动静。"
        )
        assert re.search(seen, str(refused.value))
        assert "在那台电脑上再运行一次,或者等到" in str(refused.value)
        assert f"或者删去 {space.root / '.lock'} 再运行。" in str(refused.value)
        assert (space.root / ".lock").read_bytes() == before
        assert list(space.root.iterdir()) == [space.root / ".lock"]
        (space.root / ".lock").unlink()
        with locked(space):
            pass

    @pytest.mark.parametrize("minutes", [16.5, 100_000.5, -100_000.5])
    def test_broken_off(self, space: Workspace, minutes: float) -> None:
        """One without a sign of life for a while is taken over, and that is said; a clock that was wrong locks nobody out."""
        left(space, OTHER, minutes=minutes)
        said = Heard()
        with locked(space, "收表", said):
            assert record(space)["host"] == HERE
        late = f"它的记录比现在还晚{int(-minutes)}分钟(有电脑或服务器的时钟不对)"
        since = late if minutes < 0 else f"已经{int(minutes)}分钟没有动静"
        assert said.lines == [
            (
                f"上一次用 {space.root} 的是电脑 PC-02 上的 李四(正在收表,2020-11-20 09:30 开始),"
                f"没有正常结束,{since},现在由这台电脑接着用。"
            )
        ]
        with locked(space, "收表", said):
            pass
        assert len(said.lines) == 1

    def test_this_one(self, space: Workspace) -> None:
        """What a process of this computer left that was killed is no reason to wait: its lock would not be free."""
        left(space, Holder.here("收表"), minutes=0)
        said = Heard()
        with locked(space, "收表", said):
            pass
        assert said.lines == []

    def test_locks_that_are_known_to_reach(self, space: Workspace) -> None:
        """Where all machines are known to see each other's locks, only those count."""
        left(space, OTHER, minutes=0)
        with lock_is_enough(), locked(space):
            pass
        left(space, OTHER, minutes=0)
        with pytest.raises(WrongUseError), locked(space):
            pass

    @pytest.mark.parametrize(
        "data", [b"", b"\n", b"\n{", b"\n[]", b"\n{}", b"\n\xff\xfe", b'\n{"host": 3}', b"x" * 9_999]
    )
    def test_no_record(self, space: Workspace, data: bytes) -> None:
        """A file without a record, as earlier versions leave it, or a torn one, says nothing."""
        (space.root / ".lock").write_bytes(data)
        said = Heard()
        with locked(space, "收表", said):
            assert record(space)["doing"] == "收表"
        assert said.lines == []

    def test_signs_of_life(self, space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
        """A long command shows from time to time that it works on, by what it counts and says."""
        clock = iter(range(10**9, 2 * 10**9, 40))
        monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
        path = space.root / ".lock"
        with locked(space, "收表", Heard()) as alive:
            for step in (lambda: alive.say("在做"), lambda: list(alive.track([1], "读取", 1))):
                os.utime(path, (0, 0))
                step()
                assert path.stat().st_mtime > 0
            left(space, OTHER, minutes=0)
            alive.say("还在做")
            assert record(space)["host"] == "PC-02"

    def test_both(self, space: Workspace) -> None:
        """Where another computer has begun meanwhile, the first says so at its end, and leaves the other's record."""
        said = Heard()
        with locked(space, "收表", said):
            left(space, OTHER, minutes=0)
        assert said.lines == [
            (
                f"请注意:这一次运行期间,电脑 PC-02 上的 李四(正在收表,2020-11-20 09:30 开始)也用了 {space.root},文件锁没有拦住。"
                "两边写的可能互相盖掉了,请等那边结束后再收一次表,核对结果;以后不要两台电脑同时运行。"
            )
        ]
        assert record(space)["host"] == "PC-02"

    @removed_open
    def test_the_file_was_removed(self, space: Workspace) -> None:
        """A file that somebody removed meanwhile is not made again; one that another computer made is told."""
        path = space.root / ".lock"
        with locked(space):
            path.unlink()
        assert not path.exists()
        said = Heard()
        with locked(space, "收表", said):
            path.rename(space.root / "x")
            left(space, OTHER, minutes=0)
        assert "PC-02" in said.lines[0]


class TestNoLocks:
    """The place has no locks at all."""

    @pytest.fixture(autouse=True)
    def none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(_: int) -> None:
            raise OSError(errno.ENOLCK, "No locks available")

        monkeypatch.setattr(lock, "_lock", refuse)

    def test_goes_on(self, space: Workspace) -> None:
        """The office is not locked out for good: the record has to do, and that is said."""
        said = Heard()
        with locked(space, "收表", said):
            assert record(space)["doing"] == "收表"
        assert said.lines == [f"{space.root} 所在的位置不支持文件锁,有没有别人在用只看 .lock 里的记录。"]

    def test_the_same_computer(self, space: Workspace) -> None:
        """Then a record of this computer holds as well, for as long as any."""
        left(space, Holder.here("收表"), minutes=1)
        with pytest.raises(WrongUseError, match="确实不在运行的,等到"), locked(space):
            pass
        left(space, Holder.here("收表"), minutes=16)
        with locked(space):
            pass


def test_a_full_disk(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without room for the record the lock has to do."""

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with locked(space):
        assert (space.root / ".lock").read_bytes() == b""


def test_what_others_wrote_is_bounded(space: Workspace) -> None:
    """A record is shown without what is no text, and cut."""
    odd = Holder(host="PC\x1b[31m", user="李" * 500, doing="", since="\n", run="")
    left(space, odd, minutes=0)
    with pytest.raises(WrongUseError) as refused, locked(space):
        pass
    assert f"电脑 PC[31m 上的 {'李' * 60}( 开始)" in str(refused.value)


class TestWindows:
    """The branch for Windows, with its module put in its place: a byte that is locked can be read by nobody else there."""

    @pytest.fixture
    def held(self) -> set[tuple[int, int]]:
        """Give the bytes that other processes hold."""
        return set()

    @pytest.fixture
    def denied(self) -> list[int]:
        """Give the error that another's lock sets off: Windows' own, which Wine does not set."""
        return [errno.EACCES]

    @pytest.fixture
    def windows(self, held: set[tuple[int, int]], denied: list[int], monkeypatch: pytest.MonkeyPatch) -> ModuleType:
        def locking(file: int, mode: int, count: int) -> None:
            first = os.lseek(file, 0, os.SEEK_CUR)
            bytes_ = {(file, at) for at in range(first, first + count)}
            if mode == 0:
                assert bytes_ <= held
                held.difference_update(bytes_)
            elif {at for _, at in held} & {at for _, at in bytes_}:
                raise OSError(denied[0], "Error")
            else:
                held.update(bytes_)

        def read(file: int, most: int) -> bytes:
            at = os.lseek(file, 0, os.SEEK_CUR)
            if any(at <= one < at + most and owner != file for owner, one in held):
                raise PermissionError(errno.EACCES, "Permission denied")
            return real(file, most)

        real = os.read
        monkeypatch.setattr(os, "read", read)
        monkeypatch.setattr(sys, "platform", "win32")
        monkeypatch.setitem(
            sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2, LK_UNLCK=0)
        )  # fmt: skip
        return module(lock)

    @pytest.mark.parametrize("error", [errno.EACCES, errno.EDEADLK, 0])
    def test_one_at_a_time(
        self,
        space: Workspace,
        windows: Any,  # noqa: ANN401 - a module
        held: set[tuple[int, int]],
        denied: list[int],
        error: int,
    ) -> None:
        """The second is refused and told who holds it, and after the first the lock is free."""
        denied[0] = error
        with windows.locked(space, "收表"):
            assert {at for _, at in held} == {0}
            with pytest.raises(WrongUseError, match="使用:电脑 PC-01 上的 张三"), windows.locked(space):
                pass
        assert held == set()
        with windows.locked(space):
            pass

    def test_what_failed(self, space: Workspace, windows: Any, held: set[tuple[int, int]]) -> None:  # noqa: ANN401 - a module
        """The lock is free again after what failed."""
        with pytest.raises(ZeroDivisionError), windows.locked(space):
            raise ZeroDivisionError
        assert held == set()


def module(own: ModuleType) -> ModuleType:
    """Load a module once more, as it is on the platform that is set."""
    assert own.__spec__
    assert own.__spec__.origin
    spec = importlib.util.spec_from_file_location("as_on_windows", own.__spec__.origin)
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    sys.modules["as_on_windows"] = made
    spec.loader.exec_module(made)
    return made


def test_the_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows says its name by the environment; a user that nobody knows is left out."""
    monkeypatch.undo()
    from fazhi_xl.office.workspace import holder  # noqa: PLC0415 - as it is without what the tests put there

    told: Callable[[], str] = holder._computer  # noqa: SLF001 - its edge
    assert told() == (os.environ["COMPUTERNAME"] if sys.platform == "win32" else os.uname().nodename)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("COMPUTERNAME", "PC-03")
    assert told() == "PC-03"
    assert Holder(host="", user="", doing="", since="9:00", run="").told == "不知道名称的电脑(9:00 开始)"
