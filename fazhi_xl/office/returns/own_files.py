"""The office's own files among the returns: told as what they are, and blamed on no unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from fazhi_xl.findings import Code, finding
from fazhi_xl.form.identity import find_form_number, read_form_number
from fazhi_xl.form.review_form import REVIEW_UNIT_NO, TITLE
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.contacts.declared import MAIL, PEOPLE
from fazhi_xl.office.returns.stages import ClosedFile, OpenedReturn
from fazhi_xl.office.workspace.own_books import CONSOLE_FILE, CONSOLE_SHEET, MATCHES_FILE, MATCHES_SHEET
from fazhi_xl.reports.bulletin.grades_workbook import SHEET as GRADES
from fazhi_xl.reports.evidence_list import NAME as EVIDENCE
from fazhi_xl.reports.feedback.sheet import SHEET as FEEDBACK
from fazhi_xl.reports.packing_list import MANIFEST as PACKED_FILES
from fazhi_xl.reports.packing_list import NAME as PACKED
from fazhi_xl.reports.ranking.overview import SHEET as FRONT
from fazhi_xl.reports.receipt.page import SHEET as RECEIPT
from fazhi_xl.reports.receipt_register import SHEET as RECEIPTS
from fazhi_xl.rounds.status import Status
from fazhi_xl.xlsx.reader import RawBook

_NO_BOOKS = frozenset({Code.FILE_NOT_A_WORKBOOK, Code.FILE_UNRECOGNISED})
_TOP = 3  # rows in which a report's heading stands


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFile:
    """What a file of the office is called, and what to do with it."""

    called: str
    then: str


_OUT = "请移出“回收”文件夹"
_REVIEW = OwnFile(called=TITLE, then="填过的请移到“审核”文件夹,再收一次表,里面的决定才会采用")
BY_SHEET: Mapping[str, OwnFile] = {
    FRONT: OwnFile(called="排名汇总", then=_OUT),
    FEEDBACK: OwnFile(called=FEEDBACK, then=_OUT),
    RECEIPT: OwnFile(called=RECEIPT, then=_OUT),
    RECEIPTS: OwnFile(called=RECEIPTS, then=f"{_OUT};填过更正的,放回与“回收”并列的位置再收一次表"),
    EVIDENCE: OwnFile(called=EVIDENCE, then=_OUT),
    PACKED: OwnFile(called="上报材料的目录", then=f"{_OUT};要上报的材料在“上报”文件夹里"),
    GRADES: OwnFile(called=GRADES, then=_OUT),
    CONSOLE_SHEET: OwnFile(called=CONSOLE_FILE, then="请放回与“回收”并列的位置"),
    MATCHES_SHEET: OwnFile(called=MATCHES_FILE, then="请放回“存档”文件夹"),
}
"""By a book's first sheet."""
_CONTACTS = OwnFile(called="联系人.xlsx", then=f"{_OUT};要用里面的邮箱的,放回与“回收”并列的位置,再收一次表")
_CONTACT_SHEETS = frozenset({PEOPLE.name, MAIL.name})
_BY_NAME: Mapping[str, OwnFile] = {
    "退回修改.txt": OwnFile(called="退回修改的邮件文字", then=_OUT),
    "通报稿.docx": OwnFile(called="通报稿", then=_OUT),
    PACKED_FILES: OwnFile(called="上报材料的校验清单", then=_OUT),
    "定稿.json": OwnFile(called="定稿的说明", then=_OUT),
    "定稿说明.txt": OwnFile(called="定稿的说明", then=_OUT),
    "report.json": OwnFile(called="收表结果", then=_OUT),
    "campaign.json": OwnFile(called="发放记录", then="请放回与“回收”并列的位置"),
    "campaign.key": OwnFile(called="校验码的密钥", then="请放回与“回收”并列的位置,不要外传"),
    "决定.jsonl": OwnFile(called="审核决定的记录", then="请放回“审核”文件夹"),
    "答复.jsonl": OwnFile(called="单位答复的记录", then="请放回“审核”文件夹"),
}
"""By how the names of files end that are no workbooks."""


def without_own_files(
    returns: Iterable[OpenedReturn | ClosedFile], notice: Notice, key: bytes
) -> list[OpenedReturn | ClosedFile]:
    """Close what this program wrote for the office or about the units, and the review books."""
    return [_closed(each, notice, key) for each in returns]


def _closed(each: OpenedReturn | ClosedFile, notice: Notice, key: bytes) -> OpenedReturn | ClosedFile:
    own = _own_book(each.book, notice, key) if isinstance(each, OpenedReturn) else _own_text(each)
    return _told(each.arrival, own) if own else each


def _told(arrival: Arrival, own: OwnFile) -> ClosedFile:
    told = finding(Code.OFFICE_FILE, value=own.called, remedy=own.then)
    return ClosedFile(arrival=arrival, status=Status.IGNORED, findings=(told,))


def _own_book(book: RawBook, notice: Notice, key: bytes) -> OwnFile | None:
    """Recognise a review book by its form number, and a report by its first sheet and the notice's name in its heading."""
    top = [cell.text for cell in book.cells if cell.row <= _TOP]
    numbers = {number for text in top if (number := find_form_number(text))}
    claims = [read_form_number(number, key) for number in numbers]
    first = BY_SHEET.get(book.sheets[0].name) if book.sheets else None
    if claims and first is not BY_SHEET[RECEIPT]:  # which bears the number of the form that it is about
        own = all(each.prefix == notice.about.form_prefix and each.unit_no == REVIEW_UNIT_NO for each in claims)
        return _REVIEW if own else None
    if {sheet.name for sheet in book.sheets} >= _CONTACT_SHEETS:
        return _CONTACTS
    return first if any(notice.about.short_title in text for text in top) else None


def _own_text(each: ClosedFile) -> OwnFile | None:
    name = PurePosixPath(each.arrival.path).name
    refused = any(found.code in _NO_BOOKS for found in each.findings)
    return next((own for end, own in _BY_NAME.items() if name.endswith(end)), None) if refused else None
