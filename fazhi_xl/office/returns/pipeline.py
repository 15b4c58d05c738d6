"""The way of the returns: opened, identified, answered, selected, checked. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.office.returns.answer import answered
from fazhi_xl.office.returns.answered_before import AnsweredBefore
from fazhi_xl.office.returns.checks.check import judged
from fazhi_xl.office.returns.evidence_owners import evidence_of, without_scans
from fazhi_xl.office.returns.identify import identified, issued_numbers
from fazhi_xl.office.returns.item_folders import ItemFolders, item_folders, without_evidence
from fazhi_xl.office.returns.lateness import timed
from fazhi_xl.office.returns.open import open_all
from fazhi_xl.office.returns.own_files import without_own_files
from fazhi_xl.office.returns.provenance import origins
from fazhi_xl.office.returns.read_before import ReadBefore
from fazhi_xl.office.returns.receipt_register import ReceiptRegister, corrected, read_register
from fazhi_xl.office.returns.select import selected
from fazhi_xl.office.returns.sources import Sources, arrived
from fazhi_xl.office.returns.stages import AnsweredReturn, ClosedFile, IdentifiedReturn, OpenedReturn
from fazhi_xl.office.returns.survival import survived
from fazhi_xl.office.workspace.issued_round import IssuedRound
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.office.workspace.recorded_folder import recorded_digests
from fazhi_xl.office.workspace.store import Store
from fazhi_xl.rounds.file import FileResult

Opened = Sequence[OpenedReturn | ClosedFile]
Answered = Sequence[AnsweredReturn | ClosedFile]
Answering = Callable[[Sequence[IdentifiedReturn | ClosedFile]], Answered]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReturns:
    """What came back: the files with their bytes, the office's register of them, and their results."""

    arrivals: tuple[Arrival, ...]
    register: ReceiptRegister
    files: tuple[FileResult, ...]


def read_returns(issued: IssuedRound, sources: Sources, progress: Progress, store: Store | None = None) -> ReadReturns:
    """Read and check a round's returns, with what a store has of them. Raises WrongUseError where there is no such folder or file."""
    space, evidence = issued.space, item_folders(issued.notice, issued.earlier.values())
    found, register = arrived(space, sources), read_register(space, progress)
    arrivals = corrected(found, register)
    before = ReadBefore(store=store, passwords=sources.passwords) if store else None
    opened = open_all(arrivals, sources, progress, sent_back=recorded_digests(space.corrections), before=before)
    answers = AnsweredBefore.of(issued, store, sources.passwords) if store else None
    files = _judged(issued, opened, evidence, partial(answered, jobs=sources.jobs, before=answers))
    return ReadReturns(arrivals=tuple(arrivals), register=register, files=files)


def read_file(
    issued: IssuedRound, file: Path, passwords: tuple[str, ...], progress: Progress
) -> tuple[FileResult, ...]:
    """Read and check one return by itself, an archive or a mail with all that is in it. Raises WrongUseError where it is not there."""
    if not file.is_file():
        message = f"没有找到文件 {file}。请写明一份收回的表。"
        raise WrongUseError(message)
    sources = Sources(paths=(file,), passwords=passwords)
    opened = open_all(arrived(issued.space, sources), sources, progress)
    return _judged(issued, opened, ItemFolders(known=origins(issued.notice)), answered)


def _judged(
    issued: IssuedRound, opened: Iterable[OpenedReturn | ClosedFile], evidence: ItemFolders, answers: Answering
) -> tuple[FileResult, ...]:
    numbers, notice, key = issued_numbers(issued), issued.notice, issued.space.key()

    def known(returns: Opened) -> list[IdentifiedReturn | ClosedFile]:
        return without_evidence(identified(without_own_files(returns, notice, key), numbers), evidence)

    def results(returns: Answered) -> tuple[FileResult, ...]:
        came = evidence_of(returns, evidence)
        files = judged(selected(without_scans(tuple(returns), came)), came, notice)
        return timed(files, notice.about.dates.ledger_due)

    return survived(results, survived(answers, survived(known, opened)))
