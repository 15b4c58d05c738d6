"""The way of the returns: opened, identified, answered, selected, checked. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.intake.postmark import Postmarks
from fazhi_xl.office.returns.after_sealing import SealedBefore
from fazhi_xl.office.returns.answered_before import AnsweredBefore
from fazhi_xl.office.returns.checks.check import judged
from fazhi_xl.office.returns.evidence_owners import evidence_of, without_scans
from fazhi_xl.office.returns.hurt_evidence import with_hurt_evidence
from fazhi_xl.office.returns.identify import issued_numbers
from fazhi_xl.office.returns.inspection import Inspection
from fazhi_xl.office.returns.item_folders import ItemFolders, item_folders
from fazhi_xl.office.returns.lateness import timed
from fazhi_xl.office.returns.mail_register import postmarks, read_mail_register
from fazhi_xl.office.returns.provenance import origins, posted
from fazhi_xl.office.returns.read_before import ReadBefore
from fazhi_xl.office.returns.receipt_register import ReceiptRegister, corrected, days_kept, read_register
from fazhi_xl.office.returns.select import selected
from fazhi_xl.office.returns.sources import Sources, arrived
from fazhi_xl.office.returns.stages import AnsweredReturn, ClosedFile
from fazhi_xl.office.returns.survival import survived
from fazhi_xl.office.returns.take import Before, Reading, taken
from fazhi_xl.office.workspace.issued_round import IssuedRound
from fazhi_xl.office.workspace.progress import Nobody, Progress
from fazhi_xl.office.workspace.recorded_folder import recorded_digests
from fazhi_xl.office.workspace.store import Store
from fazhi_xl.reports.filing.receipt_names import REGISTER_FILE
from fazhi_xl.rounds.contacts import Contacts
from fazhi_xl.rounds.deadlines import Deadlines
from fazhi_xl.rounds.file import FileResult


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReturns:
    """What came back: the files with their bytes, the office's register of them, and their results."""

    arrivals: tuple[Arrival, ...]
    register: ReceiptRegister
    files: tuple[FileResult, ...]


def read_returns(
    issued: IssuedRound,
    sources: Sources,
    progress: Progress,
    store: Store | None = None,
    sealed: SealedBefore | None = None,
) -> ReadReturns:
    """Read and check a round's returns, with what a store has of them; what came after a sealing counts for a reason alone.

    Raises WrongUseError where there is no such folder or file.
    """
    space, contacts = issued.space, _contacts(issued)
    evidence = item_folders(issued.notice, issued.earlier.values(), contacts)
    found = arrived(space, sources, _postmarks(issued, progress))
    register = read_register(space, issued.notice, progress)
    hollow = tuple(each for each in found if each.hollow)
    came = [each for each in found if not each.hollow]
    if kept := days_kept(came, register):
        progress.say(f"{kept}个文件的文件时间变晚了(多半是复制、解压过),收到日期仍按 {REGISTER_FILE} 里记下的。")
    arrivals = corrected(came, register)
    before = _before(issued, sources, store)
    reading = Reading(
        notice=issued.notice,
        numbers=issued_numbers(issued, contacts),
        evidence=evidence,
        passwords=sources.passwords,
        sent_back=recorded_digests(space.corrections),
        kept_under=before.answers.about if before else "",
    )
    took = taken(arrivals, reading, progress, jobs=sources.jobs, before=before)
    inspection = Inspection(
        progress=progress, root=space.root, store=store, passwords=sources.passwords, jobs=sources.jobs
    )
    before_sealing = replace(sealed, reasons=register.adopted) if sealed else None
    files = _judged(issued, took, evidence, _deadlines(issued, register), inspection, hollow, before_sealing)
    return ReadReturns(arrivals=tuple(arrivals), register=register, files=files)


def _postmarks(issued: IssuedRound, progress: Progress) -> Postmarks:
    return postmarks(read_mail_register(issued.space, progress), issued.notice.about.dates.mail_time)


def _contacts(issued: IssuedRound) -> Contacts:
    """Give the office's list, of none where it keeps none; what is wrong with it is told where it is brought up to date."""
    if not issued.space.contacts_file.exists():
        return Contacts()
    from fazhi_xl.office.contacts.read import read_contacts  # noqa: PLC0415 - few rounds need its library

    return read_contacts(issued.space, issued.notice, Nobody()).contacts


def _before(issued: IssuedRound, sources: Sources, store: Store | None) -> Before | None:
    if store is None:
        return None
    books = ReadBefore(store=store, passwords=sources.passwords)
    return Before(store=store, books=books, answers=AnsweredBefore.of(issued, store, sources.passwords))


def read_file(
    issued: IssuedRound, file: Path, passwords: tuple[str, ...], progress: Progress
) -> tuple[FileResult, ...]:
    """Read and check one return by itself, an archive or a mail with all that is in it. Raises WrongUseError where it is not there."""
    if file.is_dir():
        message = f"{file} 是文件夹。请写明里面的一份收回的表。"
        raise WrongUseError(message)
    if not file.is_file():
        message = f"没有找到文件 {file}。请写明一份收回的表。"
        raise WrongUseError(message)
    contacts = _contacts(issued)
    evidence, numbers = ItemFolders(known=origins(issued.notice, contacts)), issued_numbers(issued, contacts)
    reading = Reading(notice=issued.notice, numbers=numbers, evidence=evidence, passwords=passwords)
    found = arrived(issued.space, Sources(paths=(file,), passwords=passwords), _postmarks(issued, progress))
    found = [each for each in found if not each.hollow]
    due = _deadlines(issued, read_register(issued.space, issued.notice, Nobody()))
    return _judged(issued, taken(found, reading, progress), evidence, due)


def _deadlines(issued: IssuedRound, register: ReceiptRegister) -> Deadlines:
    return Deadlines(dates=issued.notice.about.dates, extended=register.extensions.granted)


def _judged(  # noqa: PLR0913, PLR0917 - all that a return is judged by
    issued: IssuedRound,
    files: Iterable[AnsweredReturn | ClosedFile],
    evidence: ItemFolders,
    due: Deadlines,
    inspection: Inspection | None = None,
    hollow: Sequence[Arrival] = (),
    sealed: SealedBefore | None = None,
) -> tuple[FileResult, ...]:
    notice = issued.notice

    def results(returns: Sequence[AnsweredReturn | ClosedFile]) -> tuple[FileResult, ...]:
        returns = with_hurt_evidence(tuple(returns), evidence)
        came = evidence_of(returns, evidence, hollow)
        if inspection:
            came = came.seen_by(inspection.of(each.arrival for each in returns))
        own = without_scans(returns, came)
        results = judged(selected(sealed.held_back(own) if sealed else own), came, notice)
        return timed(posted(results, evidence.known), due)

    return survived(results, files)
