"""Notes in 发信登记 which addresses mail came back from, by what a collect found among the returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import time

from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Code
from fazhi_xl.intake.bounces import AND
from fazhi_xl.office.post.post_book import write_book
from fazhi_xl.office.post.register import Entry, Event, record_file, recording
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.rounds.file import FileResult

_LATEST = time(23, 59)  # of a day of which no more is known


def note_returned(space: Workspace, files: Iterable[FileResult], progress: Progress) -> None:
    """Note each mail that came back, once, in a workspace that is locked and has a record; a record that cannot be read is told."""
    found = tuple(_entries(files))
    if not found or not record_file(space).exists():
        return
    try:
        with recording(space) as record:
            known = {_key(each) for each in record.register.entries if each.event is Event.RETURNED}
            new = [each for each in found if _key(each) not in known]
            if new:
                record.add(*new)
                write_book(space, record.register, progress)
    except WrongUseError as error:
        progress.say(*error.parts)
        return
    if new:
        told = AND.join(dict.fromkeys(each.to[0] for each in new))
        progress.say(f"退信记进了发信登记:{told}。改好 联系人.xlsx 里的地址以前,程序不再自己发到那里。")


def _entries(files: Iterable[FileResult]) -> Iterator[Entry]:
    for file in files:
        for each in file.findings:
            if each.code is Code.MAIL_BOUNCED:
                at = f"{file.received}T{file.time or _LATEST:%H:%M}:00"
                reason = str(each.words["detail"])
                for address in (each.value or "").split(AND):
                    if "@" in address:
                        yield Entry(
                            at=at, event=Event.RETURNED, to=(address.lower(),), sha256=file.sha256, answer=reason
                        )


def _key(entry: Entry) -> tuple[str, tuple[str, ...]]:
    return entry.sha256, entry.to
