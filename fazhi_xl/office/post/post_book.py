"""邮件/发信登记.xlsx, made anew from the record after each run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.theme import Theme
from fazhi_xl.office.post.reach import Miss, Reach
from fazhi_xl.office.post.register import Entry, Event, PostRegister
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.reports.post_register import BOOK, Posted, post_book
from fazhi_xl.xlsx.writer.report import report_bytes

_DRAFT, _POST = "草稿", "发送"


def write_book(space: Workspace, register: PostRegister, progress: Progress) -> None:
    """Write the register for people; where that fails, as it does while it is open in Excel, the record stands and that is said."""
    try:
        space.write(space.mail / BOOK, report_bytes(post_book(_posted(register)), Theme()))
    except WrongUseError as error:
        progress.say(*error.parts, "发信的记录不受影响,下次会重新写好这份登记。")


def _posted(register: PostRegister) -> Iterator[Posted]:
    """Give a row for each draft and each message that was begun, with how that ended."""
    returned = Reach(register).returned
    for entry in register.entries:
        if entry.event in {Event.DRAFT, Event.BEGUN}:
            end = register.ends.get(entry.id, entry) if entry.event is Event.BEGUN else entry
            yield _row(entry, end, returned.get(entry.id, {}))


def _row(entry: Entry, end: Entry, returned: Mapping[str, Miss]) -> Posted:
    event = Event.UNSURE if end.event is Event.BEGUN else end.event
    return Posted(
        at=f"{datetime.fromisoformat(entry.at):%Y-%m-%d %H:%M}",
        unit=entry.unit,
        sort=entry.sort.word if entry.sort else "",
        to=entry.to,
        copies=entry.copies,
        subject=entry.subject,
        attachments=tuple((each.name, each.sha256) for each in entry.attachments),
        how=_DRAFT if entry.event is Event.DRAFT else _POST,
        result=event.word,
        answer=end.answer,
        refused=tuple(end.refused.items()),
        returned=tuple((each, miss.returned, miss.said) for each, miss in returned.items()),
    )
