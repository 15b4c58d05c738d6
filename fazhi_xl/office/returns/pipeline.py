"""From a round's folder to its returns, read and checked: what collecting begins with, and all that looking at one file takes."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_xl.office.outputs.corrections import set_aside
from fazhi_xl.office.returns.answer import answered
from fazhi_xl.office.returns.evidence import evidence_places, without_evidence
from fazhi_xl.office.returns.identify import identified, register
from fazhi_xl.office.returns.open import Return, Task, arrived, read_all
from fazhi_xl.office.returns.receipt_register import Corrections, corrected, corrections
from fazhi_xl.office.workspace.issued_round import Issued
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.rounds.file import FileResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came back: the files with their bytes, what the office entered about them, and what they turned out to be."""

    returns: list[Return]
    entered: Corrections
    files: tuple[FileResult, ...]


def read_returns(issued: Issued, task: Task, progress: Progress) -> Came:
    """Read and check the returns, and write nothing. Raises WrongUseError where there is no such folder or file."""
    notice, space = issued.notice, issued.space
    is_evidence = evidence_places(notice)
    arrivals, entered = arrived(space, task, bulky=is_evidence), corrections(space, progress)
    returns = set_aside(space, read_all(corrected(arrivals, entered), task, progress))
    known = identified(returns, register(notice, issued.forms, issued.edition, space.key()))
    files = answered(without_evidence(known, is_evidence), issued.form_of, notice, task.jobs)
    return Came(returns=returns, entered=entered, files=tuple(files))
