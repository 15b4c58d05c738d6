"""收到登记.xlsx, written after a run: every content that came back, the office's corrections, and what became of its extensions.

As long as nobody has changed the file it is drawn anew. What the office saved is updated in place: its colours, widths, columns and
the order of its rows stay, and cells that say the same already are not touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Code
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.returns.receipt_register import (
    ReceiptCorrection,
    ReceiptRegister,
    fingerprint,
    register_bytes,
)
from fazhi_xl.office.workspace.folder import Workspace, writing
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.reports.filing.receipt_names import BASIS, CONTENT, FILES, RECEIVED, REGISTER_FILE, UNIT
from fazhi_xl.reports.receipt_register import ABSENT, Receipt, receipts_book
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.xlsx.writer.report import report_bytes


def write_register(space: Workspace, round_: Round, held: ReceiptRegister, progress: Progress) -> bytes | None:
    """Write the register with this run's files and the office's entries; where that fails, the run goes on and says so.

    Gives its bytes, whether they had to be written or not; None where it could not be read or written.
    """
    path = space.root / REGISTER_FILE
    if not held.legible:
        return None
    receipts = tuple(_receipts(round_.files, held.known))
    try:
        data = _bytes(round_.notice, receipts, held, round_.mark)
        if data == held.data:
            return data
        with writing(path):
            unchanged = register_bytes(path) == held.data
        if unchanged:
            space.write(path, data)
            return data
        progress.say(f"{REGISTER_FILE} 在收表时有改动,没有改写它。请再收一次表,改动才会采用。")
    except WrongUseError as error:
        progress.say(*error.parts, "其余结果照常写。")
    return None


def _bytes(notice: Notice, receipts: tuple[Receipt, ...], held: ReceiptRegister, mark: str) -> bytes:
    if held.data is None or held.table is None or _as_drawn(notice, held, mark):
        return report_bytes(receipts_book(notice, receipts, mark), notice.theme)
    from fazhi_xl.office.outputs.register_in_place import updated_register  # noqa: PLC0415 - loads openpyxl

    return updated_register(notice, receipts, held.data, held.table, held.extensions)


def _as_drawn(notice: Notice, held: ReceiptRegister, mark: str) -> bool:
    """Say whether the file is as this program draws it, so that nobody's colours or entries are in it."""
    rows = held.table.rows if held.table else ()
    receipts = (
        Receipt(
            sha256=fingerprint(row),
            files=(row.text(FILES),),
            unit=row.text(UNIT),
            received=(row.text(RECEIVED),),
            basis=(row.text(BASIS),),
            content=row.text(CONTENT),
        )
        for row in rows
    )
    return report_bytes(receipts_book(notice, receipts, mark), notice.theme) == held.data


def _receipts(files: Iterable[FileResult], known: Mapping[str, ReceiptCorrection]) -> Iterator[Receipt]:
    """Give one line for each content, then the corrections of files that are not there this time."""
    own: defaultdict[str, list[FileResult]] = defaultdict(list)
    for file in files:
        if file.sha256 and (file.status is not Status.IGNORED or file.sha256 in known or _is_asked_about(file)):
            own[file.sha256].append(file)
    for sha256 in (*own, *(each for each in known if each not in own)):
        correction = known.get(sha256, ReceiptCorrection())
        yield Receipt(
            sha256=sha256,
            files=tuple(file.path for file in own.get(sha256, ())) or (ABSENT,),
            unit=next((file.unit for file in own.get(sha256, ()) if file.unit), ""),
            received=tuple(str(file.received) for file in own.get(sha256, ())) or (correction.shown,),
            basis=tuple(file.basis for file in own.get(sha256, ())),
            day=correction.typed_day,
            action=correction.typed_action,
            reason=correction.reason,
            content=next((code for file in own.get(sha256, ()) if (code := file.content_code)), ""),
            paper=correction.paper,
        )


def _is_asked_about(file: FileResult) -> bool:
    """Say whether a file came after a sealing and waits for the office's reason, or asks for a review: its day, and whose it is, matter."""
    return file.request is not None or any(found.code is Code.AFTER_SEALING for found in file.findings)
