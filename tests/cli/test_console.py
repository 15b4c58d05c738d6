"""How a command ends is one place's business: 0, 1, 2 with one line, 3 with a log file."""

from __future__ import annotations

import errno
import gc
import io
import json
import os
import pickle
import re
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from pathlib import Path
from tempfile import TemporaryFile

import pytest
import typer

from fazhi_xl.cli import build, collect
from fazhi_xl.cli.console import Terminal, agreed, run, show, show_json
from fazhi_xl.cli.python import absent
from fazhi_xl.errors import BrokenCatalogueError, Problem, WrongUseError
from tests.support.windows import refused


def raising(error: BaseException) -> Callable[[list[str]], int]:
    def command(_: list[str]) -> int:
        raise error

    return command


class TestStatus:
    @pytest.mark.parametrize("status", [0, 1])
    def test_returned(self, status: int) -> None:
        """What the command gives is its status."""
        assert run(lambda _: status, []) == status

    def test_arguments(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without arguments of its own it takes the process's."""
        monkeypatch.setattr(sys, "argv", ["x", "a", "b"])
        assert run(len, None) == 2

    def test_exit(self) -> None:
        """An early end keeps its status."""
        assert run(raising(typer.Exit(0)), []) == 0

    def test_wrong_use(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Wrong use is told as it is, on standard error."""
        assert run(raising(WrongUseError("不行。")), []) == 2
        assert capsys.readouterr() == ("", "不行。\n")

    def test_broken_catalogue(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A broken catalogue is told problem by problem, with their count."""
        problems = (Problem(file="a.toml", path="x", message="错"), Problem(file="b.toml", path="", message="缺"))
        assert run(raising(BrokenCatalogueError(problems)), []) == 2
        assert (
            capsys.readouterr().err == "a.toml:(x):错\nb.toml:缺\n工作目录有 2 处错误。请照上面逐处改好,再运行一次。\n"
        )

    @pytest.mark.parametrize("error", [KeyboardInterrupt(), typer.Abort()])
    def test_interrupted(self, error: BaseException, capsys: pytest.CaptureFixture[str]) -> None:
        """An interruption ends with status 2 and says that what is written is whole."""
        assert run(raising(error), []) == 2
        assert capsys.readouterr().err == "已中断。已经写好的文件是完整的,重新运行即可。\n"


class TestUnexpected:
    def test_log(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The unexpected ends with status 3, and one line names the log file that has the traceback."""
        assert run(raising(ZeroDivisionError("boom")), []) == 3
        (log,) = folder.glob("fazhi-xl-*.log")
        said = capsys.readouterr()
        assert said.err == f"出现意外错误(ZeroDivisionError),详情已写入 {log}。请把这个文件交维护人员。\n"
        text = log.read_text("utf-8")
        assert text.startswith("Traceback (most recent call last):")
        assert text.endswith("ZeroDivisionError: boom\n")

    def test_open_elsewhere(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A file that another program keeps to itself is no fault of the program's: it is named, with what to do, and no log is written."""
        assert run(raising(refused(32, folder / "甲.xlsx")), []) == 2
        assert capsys.readouterr().err == (
            f"{folder / '甲.xlsx'}:正在 Excel、WPS 或别的程序里打开。请存盘、关闭它,再运行一次。\n"
        )
        assert list(folder.iterdir()) == []

    @pytest.mark.parametrize(
        ("error", "said"),
        [
            (MemoryError(), "内存不够,没有做完。请关闭别的程序,加 --jobs 1 再运行一次;已经写好的文件是完整的。"),
            (
                OSError(errno.ENOSPC, "full", "out/a"),
                "out/a:磁盘满了。请在这个磁盘上清出地方,再运行一次;已经写好的文件是完整的。",
            ),
            (
                BrokenExecutor("killed"),
                "有工作进程被系统终止了,多半是内存不够。请关闭别的程序,加 --jobs 1 再运行一次;已经写好的文件是完整的。",
            ),
            (ModuleNotFoundError("x", name="pandas"), ""),
        ],
    )
    def test_the_machine(self, error: Exception, said: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What the machine lacks, memory, room or a library, is no fault of the program's: it is told with what to do, without a log."""
        assert run(raising(error), []) == 2
        assert capsys.readouterr().err == f"{said or absent(ModuleNotFoundError(name='pandas'))}\n"
        assert list(folder.iterdir()) == []

    def test_no_place_for_a_log(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """Where no log can be written the traceback is told."""

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(errno.EACCES, "no")

        monkeypatch.setattr(Path, "write_text", refuse)
        assert run(raising(ZeroDivisionError("boom")), []) == 3
        said = capsys.readouterr().err
        assert said.startswith(
            "出现意外错误(ZeroDivisionError),这里也写不了日志(没有权限)。请把下面的文字交维护人员:\n"
        )
        assert "ZeroDivisionError: boom" in said


def test_collector_is_as_before() -> None:
    """The garbage collector's pace is a command's own affair, also where it fails."""
    usual = gc.get_threshold()
    run(lambda _: 0, [])
    run(raising(WrongUseError("不行。")), [])
    assert gc.get_threshold() == usual


class TestTerminal:
    def test_plain(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Where there is no terminal, a finished step is one plain line on standard error."""
        assert list(Terminal(quiet=False).track(iter("abc"), "步骤", 3)) == ["a", "b", "c"]
        assert capsys.readouterr() == ("", "步骤:3\n")

    def test_quiet(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A quiet terminal gives on what it is given, and says nothing."""
        terminal = Terminal(quiet=True)
        assert list(terminal.track(iter("abc"), "步骤", 3)) == ["a", "b", "c"]
        terminal.say("什么")
        assert capsys.readouterr() == ("", "")

    def test_bar(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """On a terminal a step is a bar that counts."""
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("TERM", "xterm")
        assert list(Terminal(quiet=False).track(iter("abc"), "步骤", 3)) == ["a", "b", "c"]
        said = capsys.readouterr()
        assert said.out == ""
        assert "步骤" in said.err
        assert "3/3" in said.err

    def test_markup(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What looks like markup is told as it is, and long lines are not broken."""
        Terminal(quiet=False).say("[bold]甲[/bold] :smile: " + "长" * 300)
        assert capsys.readouterr().err == "[bold]甲[/bold] :smile: " + "长" * 300 + "\n"

    @pytest.mark.parametrize("name", ["NO_COLOR", "TERM"])
    def test_no_colour(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str) -> None:
        """Who wants no colours, or has a terminal that can do nothing, gets none."""
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv(name, {"NO_COLOR": "1", "TERM": "dumb"}[name])
        assert list(Terminal(quiet=False).track(iter("abc"), "步骤", 3)) == ["a", "b", "c"]
        said = capsys.readouterr().err
        assert "步骤" in said
        assert re.findall(r"\x1b\[[0-9;]*[1-9][0-9;]*m", said) == []

    @pytest.mark.parametrize("page", ["cp437", "cp936"])
    def test_a_bar_of_few_characters(self, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
        """A bar is drawn of characters that a Windows console's code page has, and what it says of those and of codes."""
        raw = io.BytesIO()
        # Standard error is always opened so.
        monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(raw, encoding=page, errors="backslashreplace"))
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("TERM", "xterm")
        assert list(Terminal(quiet=False).track(iter("abc"), "步骤", 3)) == ["a", "b", "c"]
        Terminal(quiet=False).say("甲😀")
        sys.stderr.flush()
        said = raw.getvalue().decode(page)
        assert ("步骤" if page == "cp936" else "\\u6b65\\u9aa4") in said
        assert "-----" in said
        assert "\\U0001f600" in said


@pytest.mark.parametrize(
    ("typed", "answer", "times"),
    [("y\n", True, 1), ("是\n", True, 1), ("Ｙ\n", True, 1), ("也许\nn\n", False, 2), ("\n", False, 1), ("", False, 1)],
)
def test_a_question(
    typed: str, times: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, answer: bool
) -> None:
    """A question is put in Chinese until it is answered; nothing, and the end of what is typed, is no."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    assert agreed("带入?") is answer
    assert capsys.readouterr().err == "带入?是填 y,否填 n,不填就是否:" * times


def ascii_output(monkeypatch: pytest.MonkeyPatch, encoding: str = "ascii") -> io.BytesIO:
    """Let standard output know no Chinese."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding, newline="\n", write_through=True))
    return raw


class TestResults:
    def test_nobody_reads(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the reader has read enough (`| head`) the work goes on, and nothing is said of it."""

        def tell(_: list[str]) -> int:
            show("甲" * 100_000, "乙")
            return 1

        read, write = os.pipe()
        os.close(read)
        with os.fdopen(write, "w") as closed:
            monkeypatch.setattr(sys, "stdout", closed)
            assert run(tell, []) == 1
            monkeypatch.undo()

    def test_lines(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Results are lines on standard output."""
        show("甲", "乙")
        assert capsys.readouterr().out == "甲\n乙\n"

    def test_no_lines(self, capsys: pytest.CaptureFixture[str]) -> None:
        """No results print nothing."""
        show()
        assert capsys.readouterr().out == ""

    def test_lines_without_chinese(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the terminal knows no Chinese the characters' codes are shown, and nothing fails."""
        raw = ascii_output(monkeypatch)
        show("甲1")
        assert raw.getvalue().decode() == "\\u75321\n"

    @pytest.mark.parametrize(
        ("page", "said"),
        [
            ("cp936", "甲é① \\U0001f600"),
            ("cp437", "\\u7532é\\u2460 \\U0001f600"),
            ("utf-8", "甲é① 😀"),
        ],
    )
    def test_code_pages(self, monkeypatch: pytest.MonkeyPatch, page: str, said: str) -> None:
        """Whatever a command prints by itself, help too, is written in a Windows console's code page, and what that lacks as codes."""
        raw = ascii_output(monkeypatch, page)
        assert run(lambda _: sys.stdout.write("甲é① 😀\n") and 0, []) == 0
        assert raw.getvalue().decode(page) == f"{said}\n"

    def test_nobody_reads_on_windows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where Windows says that nobody reads what is printed, the work goes on."""

        def tell(_: list[str]) -> int:
            monkeypatch.setattr(sys.stdout, "write", refuse)
            show("甲")
            monkeypatch.undo()
            return 1

        def refuse(_: str) -> None:
            raise OSError(errno.EINVAL, "Invalid argument")

        with TemporaryFile("w") as out:
            monkeypatch.setattr(sys, "stdout", out)
            assert run(tell, []) == 1

    def test_json_without_chinese(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """JSON is UTF-8 everywhere."""
        raw = ascii_output(monkeypatch)
        show_json({"甲": "😀"})
        assert json.loads(raw.getvalue().decode("utf-8")) == {"甲": "😀"}


def test_a_broken_catalogue_comes_whole_out_of_another_process() -> None:
    """Its faults travel with it between processes."""
    problems = (Problem(file="a.toml", path="x", message="错"),)
    error = pickle.loads(pickle.dumps(BrokenCatalogueError(problems)))  # noqa: S301 - of our own making
    assert (error.problems, str(error)) == (problems, "工作目录有 1 处错误。请照上面逐处改好,再运行一次。")


@pytest.mark.parametrize("command", [build, collect])
def test_interrupted_at_its_start(
    command: Callable[[], int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An interruption while a command still loads what it needs ends as a later one does."""

    class Interrupting:
        def find_spec(self, name: str, *_: object) -> None:
            if name.startswith("fazhi_xl.cli."):
                raise KeyboardInterrupt

    for name in ("build_command", "collect_command"):
        monkeypatch.delitem(sys.modules, f"fazhi_xl.cli.{name}", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Interrupting(), *sys.meta_path])
    assert command() == 2
    assert capsys.readouterr().err == "已中断。已经写好的文件是完整的,重新运行即可。\n"
