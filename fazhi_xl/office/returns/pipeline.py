"""The way of the returns: opened, identified, answered, selected, checked. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.office.returns.answered_before import AnsweredBefore
from fazhi_xl.office.returns.checks.check import judged
from fazhi_xl.office.returns.evidence_owners import evidence_of, without_scans
from fazhi_xl.office.returns.identify import issued_numbers
from fazhi_xl.office.returns.item_folders import ItemFolders, item_folders
from fazhi_xl.office.returns.lateness import timed
from fazhi_xl.office.returns.provenance import origins
from fazhi_xl.office.returns.read_before import ReadBefore
from fazhi_xl.office.returns.receipt_register import ReceiptRegister, corrected, read_register
from fazhi_xl.office.returns.select import selected
from fazhi_xl.office.returns.sources import Sources, arrived
from fazhi_xl.office.returns.stages import AnsweredReturn, ClosedFile
from fazhi_xl.office.returns.survival import survived
from fazhi_xl.office.returns.take import Before, Reading, taken
from fazhi_xl.office.workspace.issued_round import IssuedRound
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.office.workspace.recorded_folder import recorded_digests
from fazhi_xl.office.workspace.store import Store
from fazhi_xl.rounds.file import FileResult


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
    arrivals, before = corrected(found, register), _before(issued, sources, store)
    reading = Reading(
        notice=issued.notice,
        numbers=issued_numbers(issued),
        evidence=evidence,
        passwords=sources.passwords,
        sent_back=recorded_digests(space.corrections),
        kept_under=before.answers.about if before else "",
    )
    files = _judged(issued, taken(arrivals, reading, progress, jobs=sources.jobs, before=before), evidence)
    return ReadReturns(arrivals=tuple(arrivals), register=register, files=files)


def _before(issued: IssuedRound, sources: Sources, store: Store | None) -> Before | None:
    if store is None:
        return None
    books = ReadBefore(store=store, passwords=sources.passwords)
    return Before(store=store, books=books, answers=AnsweredBefore.of(issued, store, sources.passwords))


def read_file(
    issued: IssuedRound, file: Path, passwords: tuple[str, ...], progress: Progress
) -> tuple[FileResult, ...]:
    """Read and check one return by itself, an archive or a mail with all that is in it. Raises WrongUseError where it is not there."""
    if not file.is_file():
        message = f"没有找到文件 {file}。请写明一份收回的表。"
        raise WrongUseError(message)
    evidence = ItemFolders(known=origins(issued.notice))
    reading = Reading(notice=issued.notice, numbers=issued_numbers(issued), evidence=evidence, passwords=passwords)
    found = arrived(issued.space, Sources(paths=(file,), passwords=passwords))
    return _judged(issued, taken(found, reading, progress), evidence)


def _judged(
    issued: IssuedRound, files: Iterable[AnsweredReturn | ClosedFile], evidence: ItemFolders
) -> tuple[FileResult, ...]:
    notice = issued.notice

    def results(returns: Sequence[AnsweredReturn | ClosedFile]) -> tuple[FileResult, ...]:
        came = evidence_of(returns, evidence)
        results = judged(selected(without_scans(tuple(returns), came)), came, notice)
        return timed(results, notice.about.dates.ledger_due)

    return survived(results, files)
