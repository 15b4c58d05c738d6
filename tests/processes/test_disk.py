"""A full disk, a folder that takes nothing, a result open in Excel: old files stay whole, the rest is done, a line says what to do."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import docx
import pytest

from fazhi_xl.errors import WrongUseError
from tests.processes.commands import broken, run, unfinished
from tests.support.disks import small_disk
from tests.support.offices import FIRST, Office

resource = pytest.importorskip("resource", reason="Windows has other rights and no mounts")
pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="it has other rights and no mounts"), pytest.mark.long]
MORE = pytest.mark.exhaustive
NOBODY = 65534
ONE_MORE = b"%PDF-1.4"


def results(office: Office) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in office.space.results.rglob("*") if path.is_file()}


class TestFullDisk:
    @pytest.mark.parametrize("left", [110_000, *(pytest.param(left, marks=MORE) for left in (0, 60_000, 150_000))])
    def test_disk(self, whole: Office, tmp_path: Path, left: int) -> None:
        """With so many bytes left every file that is there is whole, nothing half-written stays, and status and line are right."""
        with small_disk(tmp_path / "disk", "6m") as disk:
            office = Office(whole.notice, Path(shutil.copytree(whole.root, disk / "out")))
            free = os.statvfs(disk)
            (disk / "fill").write_bytes(b"x" * max(0, free.f_bavail * free.f_frsize - left))
            ended = run("collect.py", "--out", office.root)
            assert (ended.returncode, "磁盘满了" in ended.stderr) == (2, True), ended.stderr
            assert (broken(office.root), unfinished(office.root)) == ([], [])
            if left < 60_000:
                assert not office.space.results.exists() or results(office) == {}  # first of all the originals
            (disk / "fill").unlink()
            assert run("collect.py", "--out", office.root).returncode == 1
            assert office.statuses()["2020-11-18/好.xlsx"] == "accepted"

    def test_largest_file(self, collected: Office) -> None:
        """Where a file may not grow so large, the old results stay as they were."""
        before = results(collected)
        collected.receive("2020-11-18/新.pdf", ONE_MORE)
        child = os.fork()
        if child == 0:
            resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
            os._exit(_status(collected.collect))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
        assert (results(collected), unfinished(collected.root)) == (before, [])


def _status(work: Callable[[], object]) -> int:
    try:
        work()
    except WrongUseError:
        return 2
    except BaseException:  # noqa: BLE001 - this process is a copy of the test's own and must end here
        return 3
    return 0


def for_everybody(path: Path) -> bool:
    """Tell whether any user may read a file."""
    return all(each.stat().st_mode & 0o005 == 0o005 for each in path.parents) and bool(path.stat().st_mode & 0o004)


def as_nobody(work: Callable[[], object]) -> tuple[int, str]:
    """Do some work in a process of a user without rights; gives its status and what it said."""
    there, back = os.pipe()
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        try:
            work()
        except WrongUseError as error:
            os.write(back, str(error).encode())
            os._exit(2)
        except BaseException as error:  # noqa: BLE001 - this process is a copy of the test's own and must end here
            os.write(back, repr(error).encode())
            os._exit(3)
        os._exit(0)
    os.close(back)
    with os.fdopen(there, encoding="utf-8") as pipe:
        said = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else")
class TestReadOnly:
    @pytest.fixture
    def public(self, busy: Office) -> Iterator[Office]:
        """Give an office in a place that others can enter, its key included."""
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)
            office = Office(busy.notice, Path(shutil.copytree(busy.root, Path(folder) / "out")))
            office.space.key_file.chmod(0o644)
            busy.collect()  # whatever is loaded late is loaded: the other user may not read this machine's Python
            yield office

    def test_workspace(self, public: Office) -> None:
        """Somebody who may only read the workspace is told so, and nothing is made."""
        status, said = as_nobody(public.collect)
        assert (status, len(said.splitlines())) == (2, 1), said
        assert "不能写入" in said
        assert "请检查文件夹权限" in said
        assert not public.space.results.exists()

    @pytest.mark.skipif(not for_everybody(Path(docx.__file__)), reason="others may not read this machine's Python")
    def test_results(self, public: Office) -> None:
        """Where only the results may not be written, the originals are kept all the same."""
        public.space.make(public.space.results, public.space.archive)
        (public.root / ".lock").chmod(0o666)
        for path in (public.root, public.space.archive):
            path.chmod(0o777)
        status, said = as_nobody(public.collect)
        assert (status, said.splitlines()[-1]) == (2, "原件已存档,其余结果已经写好。处理后重新运行即可。"), said
        kept = {path.stem for path in public.space.archive.iterdir()}
        assert {sha256(path.read_bytes()).hexdigest() for path in public.space.returns.rglob("*.xlsx")} <= kept
        assert results(public) == {}


class TestOpenInExcel:
    """Windows refuses to replace a file that a program has open."""

    @pytest.fixture
    def opened(self, collected: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
        real = Path.replace

        def replace(self: Path, target: Path) -> Path:
            if target.name == "排名汇总.xlsx":
                raise PermissionError(13, "Permission denied")
            return real(self, target)

        monkeypatch.setattr(Path, "replace", replace)
        return collected

    def test_ranking(self, opened: Office) -> None:
        """The ranking workbook is open: the report, what goes back and the archive are written, and the line says to close it."""
        before = results(opened)
        opened.receive("2020-11-19/好.xlsx", opened.filled(FIRST, {**opened.good(FIRST), "15.1.自评": 99}))
        with pytest.raises(WrongUseError) as caught:
            opened.collect()
        first, second = str(caught.value).splitlines()
        assert (
            first
            == f"不能写入 {opened.space.results / '排名汇总.xlsx'}。请检查文件夹权限;如果文件正在 Excel 或 WPS 里打开,请先关闭。"
        )
        assert second == "原件已存档,其余结果已经写好。处理后重新运行即可。"
        after = results(opened)
        assert after["排名汇总.xlsx"] == before["排名汇总.xlsx"]
        assert after["report.json"] != before["report.json"]
        assert "02_人大常委会机关_退回修改.xlsx" in after
        assert unfinished(opened.root) == []

    def test_nothing_new(self, opened: Office) -> None:
        """Where nothing is new nothing has to be replaced, and the open file is no trouble."""
        before = results(opened)
        opened.collect()
        assert "排名汇总.xlsx" in before
        assert results(opened) == before

    def test_then_closed(self, opened: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        """The run after it was closed writes it."""
        opened.receive("2020-11-18/新.pdf", ONE_MORE)
        before = results(opened)["排名汇总.xlsx"]
        with pytest.raises(WrongUseError):
            opened.collect()
        monkeypatch.undo()
        opened.collect()
        assert results(opened)["排名汇总.xlsx"] != before

    @pytest.mark.parametrize("name", ["排名汇总.xlsx", "report.json", "退回", "回执", "反馈单", "通报"])
    def test_something_in_the_way(self, busy: Office, name: str) -> None:
        """A folder where a file should be, or a file where the folder should be, costs the other results nothing."""
        way = busy.space.results / name
        way.parent.mkdir(exist_ok=True)
        if "." not in name:
            way.write_text("x")
        else:
            way.mkdir()
        for _ in range(2 if name == "退回" else 1):
            with pytest.raises(WrongUseError, match=name):
                busy.collect()
            written = {path.name for path in busy.space.results.iterdir() if path.name != name}
            assert written == {"台账清单.xlsx", "排名汇总.xlsx", "report.json", "退回", "回执", "反馈单", "通报"} - {
                name
            }
