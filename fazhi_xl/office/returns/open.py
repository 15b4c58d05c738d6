"""Reading what came back, each file on its own: one bad file never stops the rest."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from fazhi_xl.bounded.children import end_children
from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.intake.arrival import Arrival, ChangedError
from fazhi_xl.office.returns.replies import without_front_sheet
from fazhi_xl.office.returns.sources import Sources
from fazhi_xl.office.returns.stages import ClosedFile, OpenedReturn, refused, unreadable
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.rounds.status import Status
from fazhi_xl.xlsx.reader import RejectedError, read

READING = "读取回收文件"


def open_all(found: Iterable[Arrival], sources: Sources, progress: Progress) -> list[OpenedReturn | ClosedFile]:
    """Read the files, in their order."""
    every = list(found)
    try:
        opening = (opened(each, sources.passwords, frozenset()) for each in every)
        return list(progress.track(opening, READING, len(every)))
    finally:
        end_children()


def opened(arrival: Arrival, passwords: tuple[str, ...], sent_back: frozenset[str]) -> OpenedReturn | ClosedFile:
    """Read a file; a correction pack that came back unchanged (`sent_back`, by SHA-256) is ignored."""
    try:
        if why := _why_ignored(arrival, sent_back):
            return ClosedFile(arrival=arrival, status=Status.IGNORED, findings=(why,))
        if arrival.trouble:
            return refused(arrival, arrival.trouble)
        return OpenedReturn(arrival=arrival, book=without_front_sheet(read(arrival.content(), passwords=passwords)))
    except RejectedError as error:
        return refused(arrival, _of_archive(arrival, error.finding))
    except (ChangedError, OSError) as error:
        return refused(arrival, finding(Code.FILE_CHANGING if isinstance(error, ChangedError) else Code.FILE_VANISHED))
    except Exception as error:  # noqa: BLE001 - one bad file never stops the rest, whatever it sets off
        return unreadable(arrival, error)


def _of_archive(arrival: Arrival, why: Finding) -> Finding:
    """Say of a damaged file that is called an archive that it has to be packed anew."""
    if why.code is Code.FILE_DAMAGED and PurePosixPath(arrival.path).suffix.lower() == ".zip":
        return finding(Code.ARCHIVE_DAMAGED, detail=why.words["detail"])
    return why


def may_be_known(arrival: Arrival, sent_back: frozenset[str]) -> bool:
    """Say whether a file is to be read, so that what was read of it before may serve."""
    try:
        return bool(arrival.data and not arrival.trouble and not _why_ignored(arrival, sent_back))
    except Exception:  # noqa: BLE001 - whatever a file sets off, it is told where it is opened
        return False


def _why_ignored(arrival: Arrival, sent_back: frozenset[str]) -> Finding | None:
    """Say why a file need not be read; None for one that may be a return."""
    if arrival.sha256 in sent_back:
        return finding(Code.FORM_SENT_BACK)
    if arrival.part_of:
        return finding(Code.FILE_VOLUME, value=arrival.part_of)
    return finding(Code.FILE_IGNORED) if arrival.litter else None
