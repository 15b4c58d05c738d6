"""Looking at one file by itself, without a round: whose it is, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.form.model import Form
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.returns.pipeline import read_file
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.issued_round import issued_round
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.rounds.file import FileResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """The results of one file, at least one; an archive or a mail gives several."""

    files: tuple[FileResult, ...]
    forms: Mapping[str, Form]

    @property
    def result(self) -> FileResult:
        """Give the return that counts, else the first file."""
        return next((each for each in self.files if each.counts), self.files[0])


def examine(
    notice: Notice, space: Workspace, file: Path, progress: Progress, *, passwords: tuple[str, ...] = ()
) -> Examination:
    """Read one return as collecting would, and write nothing. Raises WrongUseError where there is no such file."""
    issued = issued_round(notice, space)
    return Examination(files=read_file(issued, file, passwords, progress), forms=issued.form_of)
