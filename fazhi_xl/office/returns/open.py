"""Reading what came back, each file on its own: one bad file never stops the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.intake.arrival import Arrival, ChangedError
from fazhi_xl.office.returns.read_before import ReadBefore
from fazhi_xl.office.returns.sources import Sources
from fazhi_xl.office.returns.stages import ClosedFile, OpenedReturn, refused, unreadable
from fazhi_xl.office.workspace.processes import spread
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.reports.corrections import FRONT_SHEET
from fazhi_xl.rounds.status import Status
from fazhi_xl.xlsx.reader import RawBook, RejectedError, end_children, read


def open_all(
    found: Sequence[Arrival],
    sources: Sources,
    progress: Progress,
    *,
    sent_back: frozenset[str] = frozenset(),
    before: ReadBefore | None = None,
) -> list[OpenedReturn | ClosedFile]:
    """Read the files, in their order; a correction pack that came back unchanged (`sent_back`, by SHA-256) is ignored.

    Of what was read `before`, nothing is read again.
    """
    work = partial(_open, passwords=sources.passwords, sent_back=sent_back)
    known = {no: book for no, each in enumerate(found) if before and (book := _known(each, before, sent_back))}
    rest = [each for no, each in enumerate(found) if no not in known]
    read = _kept(spread(work, rest, sources.jobs, unreadable), before)
    try:
        return list(progress.track(_in_order(found, known, read), "读取回收文件", len(found)))
    finally:
        end_children()


def _known(arrival: Arrival, before: ReadBefore, sent_back: frozenset[str]) -> RawBook | None:
    """Give what was read of a file that is to be read; None where it has to be read now."""
    try:
        asked = arrival.data and not arrival.trouble and not _why_ignored(arrival, sent_back)
        return before.book(arrival.sha256) if asked else None
    except Exception:  # noqa: BLE001 - whatever a file sets off, it is told where it is opened
        return None


def _in_order(
    found: Iterable[Arrival], known: Mapping[int, RawBook], read: Iterator[OpenedReturn | ClosedFile]
) -> Iterator[OpenedReturn | ClosedFile]:
    for no, each in enumerate(found):
        yield OpenedReturn(arrival=each, book=known[no]) if no in known else next(read)
    yield from read  # nothing is left in it; so the processes end that read


def _kept(read: Iterable[OpenedReturn | ClosedFile], before: ReadBefore | None) -> Iterator[OpenedReturn | ClosedFile]:
    for each in read:
        if before and isinstance(each, OpenedReturn):
            before.keep(each.arrival.sha256, each.book)
        yield each


def _open(arrival: Arrival, passwords: tuple[str, ...], sent_back: frozenset[str]) -> OpenedReturn | ClosedFile:
    try:
        if why := _why_ignored(arrival, sent_back):
            return ClosedFile(arrival=arrival, status=Status.IGNORED, findings=(why,))
        if arrival.trouble:
            return refused(arrival, arrival.trouble)
        return OpenedReturn(arrival=arrival, book=_without_front_sheet(read(arrival.content(), passwords=passwords)))
    except RejectedError as error:
        return refused(arrival, error.finding)
    except (ChangedError, OSError) as error:
        return refused(arrival, finding(Code.FILE_CHANGING if isinstance(error, ChangedError) else Code.FILE_VANISHED))
    except Exception as error:  # noqa: BLE001 - one bad file never stops the rest, whatever it sets off
        return unreadable(arrival, error)


def _why_ignored(arrival: Arrival, sent_back: frozenset[str]) -> Finding | None:
    """Say why a file need not be read; None for one that may be a return."""
    if arrival.sha256 in sent_back:
        return finding(Code.FORM_SENT_BACK)
    if arrival.part_of:
        return finding(Code.FILE_VOLUME, value=arrival.part_of)
    return finding(Code.FILE_IGNORED) if arrival.litter else None


def _without_front_sheet(book: RawBook) -> RawBook:
    """Leave out the sheet that the office put in front of a form sent back: it quotes the unit, and is no answer."""
    sheets = tuple(sheet for sheet in book.sheets if sheet.name != FRONT_SHEET)
    if len(sheets) == len(book.sheets):
        return book
    cells = tuple(cell for cell in book.cells if cell.sheet != FRONT_SHEET)
    return replace(book, sheets=sheets, cells=cells, sent_back=True)
