"""The log of the files over which the program itself failed, beside the results."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi_xl.disk import remove
from fazhi_xl.findings.catalogue import FAILURES
from fazhi_xl.office.workspace.folder import Workspace, writing
from fazhi_xl.rounds.file import FileResult


def write_failures(space: Workspace, files: Iterable[FileResult]) -> None:
    """Write each such file with its traceback; without any, no log stays. Raises WrongUseError where it cannot be written."""
    log = space.results / FAILURES
    told = [f"{each.path}\nSHA-256 {each.sha256}\n{each.trace}" for each in files if each.trace]
    if told:
        space.write(log, "\n".join(told).encode("utf-8", errors="replace"))
    elif log.exists():
        with writing(log):
            remove(log)
