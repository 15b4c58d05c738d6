"""Reads a folder of a mailbox by IMAP (RFC 3501), and changes nothing in it: it is examined, and messages are peeked at.

Needs the extra `mail`; whoever imports this module says so where it is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from imaplib import IMAP4
from itertools import islice

from imap_tools import ImapToolsError, MailboxFolderSelectError

from fazhi_xl.limits import MB
from fazhi_xl.mail.faults import Fault, MailError
from fazhi_xl.mail.imap_client import Mailbox, logged_in, said, told
from fazhi_xl.mail.settings import Server

_LISTED_AT_ONCE = 500
_AT_ONCE, _BYTES_AT_ONCE = 20, 2 * MB  # what is lost and fetched again where the connection breaks
_NAMED = 20  # folders that are told
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UID, _SIZE = re.compile(rb"\bUID (\d+)"), re.compile(rb"\bRFC822\.SIZE (\d+)")
_DATE = re.compile(rb'\bINTERNALDATE "([ \d]\d)-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"')
_HEAD = "BODY.PEEK[HEADER.FIELDS (FROM SUBJECT DATE MESSAGE-ID)]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A message in the folder: its number there, when the server took it in, and its size in bytes."""

    uid: int
    received: datetime
    size: int


class Folder:
    """A folder that is open for reading; a message's `uid` means the same as long as `validity` is the same.

    What a server does wrong raises MailError, in every method.
    """

    def __init__(self, box: Mailbox, server: Server, password: str) -> None:
        self._box, self._server, self._password = box, server, password
        _, found = box.client.response("UIDVALIDITY")
        self.validity = int(found[-1] or 0) if found else 0

    def uids(self) -> tuple[int, ...]:
        """Give the numbers of all messages, ascending."""
        with self._told():
            return tuple(sorted(map(int, self._box.uids("ALL", charset=None))))

    def listed(self, uids: Iterable[int]) -> Iterator[Listed]:
        """Give what the server knows of messages, ascending; one that is gone meanwhile is left out."""
        rest = iter(sorted(uids))
        while some := tuple(islice(rest, _LISTED_AT_ONCE)):
            with self._told():
                answers = self._fetched(some, "(UID INTERNALDATE RFC822.SIZE)")
                found = {each.uid: each for head, _ in answers if (each := _listed(head))}
            yield from (found[uid] for uid in some if uid in found)

    def letters(self, messages: Sequence[Listed]) -> Iterator[tuple[Listed, bytes | None]]:
        """Give the bytes of messages in their order, small ones several at once; None for one that is gone meanwhile."""
        for some in _at_once(messages):
            found = self._letters(some)
            yield from ((each, found.get(each.uid)) for each in some)

    def head(self, uid: int) -> bytes:
        """Give who sent a message, when, and what about; nothing where it is gone."""
        with self._told():
            return self._bodies((uid,), f"(UID {_HEAD})").get(uid, b"")

    def _letters(self, some: Sequence[Listed]) -> dict[int, bytes]:
        """Fetch messages; where the server does not give some of them, each by itself."""
        found: dict[int, bytes] = {}
        for each in (
            tuple(known.uid for known in some),
            *([known.uid] for known in some[: len(some) if some[1:] else 0]),
        ):
            if not found.keys() >= set(each):
                with self._told():
                    found |= self._bodies(each, "(UID BODY.PEEK[])")
        return found

    def _bodies(self, uids: Sequence[int], parts: str) -> dict[int, bytes]:
        answers = self._fetched(uids, parts)
        return {int(uid[1]): body for head, body in answers if body is not None and (uid := _UID.search(head))}

    def _fetched(self, uids: Sequence[int], parts: str) -> Iterator[tuple[bytes, bytes | None]]:
        """Ask about messages, and give each answer's words and its literal; nothing where the server says no, as of one that is gone."""
        _, answers = self._box.client.uid("FETCH", ",".join(map(str, uids)), parts)
        head, body = b"", None
        for each in answers or ():
            if isinstance(each, tuple):
                if head:
                    yield head, body
                head, body = each[0], each[1]
            elif isinstance(each, bytes) and body is not None:
                yield head + each, body  # a server may tell the number after the message
                head, body = b"", None
            elif isinstance(each, bytes):
                yield each, None
        if head:
            yield head, body

    def _told(self) -> AbstractContextManager[None]:
        return told(self._server, self._password, self._box.client)


@contextmanager
def opened(server: Server, password: str, folder: str) -> Iterator[Folder]:
    """Open a folder for reading alone. Raises MailError."""
    with logged_in(server, password) as box:
        with told(server, password, box.client):
            opened_folder = _opened(box, server, password, folder)
        yield opened_folder


def _opened(box: Mailbox, server: Server, password: str, folder: str) -> Folder:
    try:
        box.folder.set(folder, readonly=True)
    except IMAP4.abort:
        raise
    except (MailboxFolderSelectError, IMAP4.error) as error:
        raise _not_opened(box, server, folder, said(error, password)) from error
    return Folder(box, server, password)


def _not_opened(box: Mailbox, server: Server, folder: str, answer: str) -> MailError:
    """Say that there is no such folder, and which there are; or what else the server has against it."""
    names: list[str] = []
    with suppress(ImapToolsError, IMAP4.error, ValueError):
        names = [each.name for each in box.folder.list() if "\\Noselect" not in each.flags]
    if not names or folder in names:
        return MailError(Fault.NO_LOGIN, host=server.host, detail=answer)
    more = f"等{len(names)}个" if len(names) > _NAMED else ""
    return MailError(Fault.NO_FOLDER, folder=folder, detail="、".join(names[:_NAMED]) + more)


def _at_once(messages: Sequence[Listed]) -> Iterator[Sequence[Listed]]:
    """Part messages so that few bytes are fetched at once."""
    some: list[Listed] = []
    for each in messages:
        if some and (len(some) == _AT_ONCE or sum(known.size for known in some) + each.size > _BYTES_AT_ONCE):
            yield some
            some = []
        some.append(each)
    if some:
        yield some


def _listed(said: bytes) -> Listed | None:
    """Read what a server tells of a message; None where it tells of something else, as of a flag that changed."""
    uid, size, date = _UID.search(said), _SIZE.search(said), _DATE.search(said)
    if not (uid and size and date):
        return None
    return Listed(uid=int(uid[1]), received=_moment(date), size=int(size[1]))


def _moment(date: re.Match[bytes]) -> datetime:
    """Read a day and time as a server writes them, in whatever language this machine speaks. Raises ValueError."""
    day, month, year, hour, minute, second, sign, hours, minutes = (each.decode() for each in date.groups())
    offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
    at = _MONTHS.index(month.lower()) + 1
    return datetime(int(year), at, int(day), int(hour), int(minute), min(int(second), 59), tzinfo=timezone(offset))
