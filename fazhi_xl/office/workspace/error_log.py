"""Errors as the office reads them: one line for wrong use, a log file for the unexpected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from fazhi_xl.errors import BrokenCatalogueError, FazhiError, traced
from fazhi_xl.text.commands import Command, worded


def error_text(error: FazhiError, names: Mapping[Command, str] | None = None) -> str:
    """Say why the program cannot go on; of a broken catalogue, every problem in a line of its own.

    `names` are those of commands and options where they are not the terminal's.
    """
    problems = error.problems if isinstance(error, BrokenCatalogueError) else ()
    return "\n".join((*(problem.told for problem in problems), worded(error.parts, names or {})))


def write_log(error: Exception, folder: Path) -> str:
    """Write an unexpected error with its traceback to a log file, and say where that is. Raises OSError."""
    return f"出现意外错误({type(error).__name__}),{_logged(traced(error), folder)}"


def write_traces(traces: Mapping[str, str], folder: Path) -> str:
    """Write the tracebacks of several tasks, by their names, to a log file, and say where that is. Raises OSError."""
    text = "\n".join(f"{name}\n{trace}" for name, trace in traces.items())
    return f"有{len(traces)}处出现意外错误,{_logged(text, folder)}"


def _logged(text: str, folder: Path) -> str:
    stamp = datetime.now(UTC).astimezone().strftime("%Y%m%d-%H%M%S")
    log = folder / f"fazhi-xl-{stamp}.log"
    log.write_text(text, encoding="utf-8")
    return f"详情已写入 {log}。请把这个文件交维护人员。"
