"""How the commands talk: progress bars on a terminal, plain lines elsewhere, nothing with --quiet; and exit statuses."""

from __future__ import annotations

import errno
import gc
import io
import json
import os
import sys
import traceback
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from fazhi_xl.cli import INTERRUPTED, RARE_COLLECTIONS, WRONG_USE
from fazhi_xl.cli.chinese import UNKNOWN
from fazhi_xl.cli.python import absent
from fazhi_xl.disk import is_open_elsewhere
from fazhi_xl.errors import FazhiError
from fazhi_xl.office.workspace.error_log import error_text, write_log
from fazhi_xl.text.system_errors import is_too_long, system_error

if TYPE_CHECKING:
    from rich.console import Console

T = TypeVar("T")

DONE, ATTENTION, UNEXPECTED = 0, 1, 3
_NOBODY_READS = frozenset({errno.EPIPE, errno.EINVAL})  # Windows says the latter
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_INTERRUPTED = 130  # which the library gives where a command was interrupted


class Terminal:
    """Tells of progress on standard error, so that standard output stays for results."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet

    @cached_property
    def _console(self) -> Console:
        from rich.console import Console  # noqa: PLC0415 - who is told nothing need not wait for it

        return Console(stderr=True, highlight=False, markup=False, emoji=False)

    def track(self, items: Iterable[T], what: str, total: int) -> Iterable[T]:
        if self._quiet:
            yield from items
        elif self._console.is_terminal:
            yield from self._bar(items, what, total)
        else:
            yield from items
            self.say(f"{what}:{total}")

    def _bar(self, items: Iterable[T], what: str, total: int) -> Iterable[T]:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415 - as above

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self._console) as bar:
            yield from bar.track(items, total=total, description=what)

    def say(self, *parts: str) -> None:
        if not self._quiet:
            self._console.print("".join(parts), soft_wrap=True)


_ANSWERS = {"是": True, "y": True, "yes": True, "否": False, "n": False, "no": False, "": False}


def agreed(question: str) -> bool:
    """Ask at the terminal until the answer is yes or no; nothing, and the end of what is typed, is no."""
    while True:
        print(f"{question}是填 y,否填 n,不填就是否:", end="", file=sys.stderr, flush=True)
        answer = _ANSWERS.get(unicodedata.normalize("NFKC", sys.stdin.readline()).strip().casefold())
        if answer is not None:
            return answer


def show(*lines: str) -> None:
    """Print results; what the terminal's encoding lacks is written as its code."""
    _bear_all_characters()
    for line in lines:
        _print(line)


def show_json(value: object) -> None:
    """Print JSON, in UTF-8 whatever the terminal's encoding is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    _print(json.dumps(value, ensure_ascii=False))


def _bear_all_characters() -> None:
    """Let standard output write what its encoding lacks as its code: a Windows console's knows 20,000 characters, or 250."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _print(text: str) -> None:
    """Print a result, which is not all there is: who reads it may have read enough (`| head`), and the work goes on."""
    with _to_nobody_where_closed():
        print(text)


@contextmanager
def _to_nobody_where_closed() -> Iterator[None]:
    """Let standard output lead nowhere from now on where nobody reads it any more."""
    try:
        yield
    except OSError as error:
        if error.errno not in _NOBODY_READS:
            raise
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())  # so that what is held back does not fail at the end, either
        os.close(nowhere)


def run(command: Callable[[list[str]], int], argv: list[str] | None) -> int:
    """Run a command and turn every way it can end into an exit status: 0, 1, 2, or 3 with a log file."""
    _bear_all_characters()
    try:
        with _few_collections():
            status = command(sys.argv[1:] if argv is None else argv)
        if sys.stdout:
            with _to_nobody_where_closed():
                sys.stdout.flush()
    except typer.Exit as end:
        return end.exit_code
    except (FazhiError, typer.TyperException, KeyboardInterrupt, typer.Abort) as error:
        print(_words(error), file=sys.stderr)
        return WRONG_USE
    except Exception as error:  # noqa: BLE001 - the one place where the unexpected ends
        return _unexpected(error)
    if status == _INTERRUPTED:
        print(_words(KeyboardInterrupt()), file=sys.stderr)
        return WRONG_USE
    return status


@contextmanager
def _few_collections() -> Iterator[None]:
    """Let the garbage collector pass rarely: a command keeps nearly all it makes, and the passes took a fifth of its time."""
    usual = gc.get_threshold()
    gc.set_threshold(*RARE_COLLECTIONS)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _words(error: BaseException) -> str:
    match error:
        case FazhiError():
            return error_text(error)
        case typer.TyperException():
            return UNKNOWN
        case _:
            return INTERRUPTED


def _unexpected(error: Exception) -> int:
    if said := _known(error):
        print(said, file=sys.stderr)
        return WRONG_USE
    try:
        print(write_log(error, Path.cwd()), file=sys.stderr)
    except OSError as refused:
        why = f"这里也写不了日志({system_error(refused)})。请把下面的文字交维护人员:"
        print(f"出现意外错误({type(error).__name__}),{why}", file=sys.stderr)
        traceback.print_exception(error)
    return UNEXPECTED


def _known(error: Exception) -> str:
    """Say what is the machine's fault and not the program's, and what to do; blank for everything else."""
    match error:
        case ModuleNotFoundError():
            return absent(error)
        case MemoryError():
            return "内存不够,没有做完。请关闭别的程序,加 --jobs 1 再运行一次;已经写好的文件是完整的。"
        case BrokenExecutor():
            return (
                "有工作进程被系统终止了,多半是内存不够。请关闭别的程序,加 --jobs 1 再运行一次;已经写好的文件是完整的。"
            )
        case OSError() if advice := _advice(error):
            return f"{error.filename or '结果'}:{system_error(error)}。{advice}"
        case _:
            return ""


def _advice(error: OSError) -> str:
    """Say what to do where the system refused a file, whoever used it; blank for what is the program's own fault."""
    if is_too_long(error):  # of whatever was written on the command line
        return "请换一个短些的名称。"
    if error.errno in _FULL:
        return "请在这个磁盘上清出地方,再运行一次;已经写好的文件是完整的。"
    return "请存盘、关闭它,再运行一次。" if is_open_elsewhere(error) else ""
