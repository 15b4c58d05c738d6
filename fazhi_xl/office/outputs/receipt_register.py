"""收到登记.xlsx, written after a run: every content that came back, and the office's corrections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.returns.receipt_register import ReceiptCorrection, ReceiptRegister, register_bytes
from fazhi_xl.office.workspace.folder import Workspace, writing
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.reports.filing.receipt_names import REGISTER_FILE
from fazhi_xl.reports.receipt_register import Receipt, receipts_book
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.xlsx.writer.report import report_bytes


def write_register(space: Workspace, round_: Round, held: ReceiptRegister, progress: Progress) -> bytes | None:
    """Write the register with this run's files and the office's entries; where that fails, the run goes on and says so.

    Gives its bytes, whether they had to be written or not; None where it could not be read or written.
    """
    path = space.root / REGISTER_FILE
    about = round_.notice.about
    shortly = about.dates.ledger_due - timedelta(days=2)  # before the deadline, a likely day
    book = receipts_book(f"{round_.mark}{about.short_title}收到登记", _receipts(round_.files, held.known), shortly)
    data = report_bytes(book, round_.notice.theme)
    if not held.legible:
        return None
    if data == held.data:
        return data
    try:
        with writing(path):
            unchanged = register_bytes(path) == held.data
        if unchanged:
            space.write(path, data)
            return data
        progress.say(f"{REGISTER_FILE} 在收表时有改动,没有改写它。请再收一次表,改动才会采用。")
    except WrongUseError as error:
        progress.say(*error.parts, "其余结果照常写。")
    return None


def _receipts(files: Iterable[FileResult], known: Mapping[str, ReceiptCorrection]) -> Iterator[Receipt]:
    """Give one line for each content, then the corrections of files that are not there this time."""
    own: defaultdict[str, list[FileResult]] = defaultdict(list)
    for file in files:
        if file.sha256 and (file.status is not Status.IGNORED or file.sha256 in known):
            own[file.sha256].append(file)
    for sha256 in (*own, *(each for each in known if each not in own)):
        correction = known.get(sha256, ReceiptCorrection())
        yield Receipt(
            sha256=sha256,
            files=tuple(file.path for file in own.get(sha256, ())) or ("(本次没有收到这个文件)",),
            unit=next((file.unit for file in own.get(sha256, ()) if file.unit), ""),
            received=tuple(str(file.received) for file in own.get(sha256, ())) or (correction.shown,),
            basis=tuple(file.basis for file in own.get(sha256, ())),
            day=correction.typed_day,
            action=correction.typed_action,
        )
