"""邮件/发信登记.jsonl, the append-only record: each draft, each message that was begun, and what the server answered to it.

A message is recorded before it is sent, and each line is on the disk before the next step. So what was begun and has no answer is a
message of which nobody knows whether it was sent: the program was killed, or the connection ended at the last moment.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.post.plan import Dispatch, Sort
from fazhi_xl.office.workspace.appended import AppendedFile, appending, is_whole
from fazhi_xl.office.workspace.folder import Json, Workspace, reading
from fazhi_xl.reports.post_register import BOOK
from fazhi_xl.text.worded import Worded

RECORD = "发信登记.jsonl"


class Event(Worded):
    """What a line of the record says of a message."""

    DRAFT = "draft", "写好草稿"
    BEGUN = "begun", "开始发送"
    SENT = "sent", "已发送"
    FAILED = "failed", "没有发出"
    UNSURE = "unsure", "不知道发出没有"
    RETURNED = "returned", "退信"  # of an address, by a mail that came back


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """An attachment as the record names it."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the record, of the time `at` (ISO 8601). What follows on a message that was begun has its `id` and the answer.

    `sha256` is that of the message's bytes, `path` that of a draft within 邮件/, `refused` what the server said of addresses, `later`
    those of them that it refused only for now.
    """

    at: str
    event: Event
    id: str = ""
    sort: Sort | None = None
    unit: str = ""
    key: str = ""
    to: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    subject: str = ""
    attachments: tuple[Enclosed, ...] = ()
    sha256: str = ""
    path: str = ""
    answer: str = ""
    refused: Mapping[str, str] = field(default_factory=dict)
    later: tuple[str, ...] = ()

    @property
    def as_json(self) -> Json:
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_json(cls, held: Json) -> Entry:
        """Read a line. Raises KeyError, TypeError and ValueError where it is damaged."""
        read: Json = {name: tuple(held[name]) for name in ("to", "copies", "later") if name in held}
        read["attachments"] = tuple(Enclosed(**each) for each in held.get("attachments", ()))
        read["sort"] = Sort.of(held["sort"]) if "sort" in held else None
        return cls(**(held | read | {"event": Event.of(held["event"])}))


_Key = tuple[str, str, str]


@dataclass(frozen=True)
class PostRegister:
    """All that is recorded, in its order."""

    entries: tuple[Entry, ...] = ()

    @cached_property
    def ends(self) -> Mapping[str, Entry]:
        """The last line on each message that was begun; one that has no answer ends with its beginning."""
        return {each.id: each for each in self.entries if each.event not in {Event.DRAFT, Event.RETURNED}}

    @cached_property
    def _standing(self) -> Mapping[_Key, Event]:
        """How each message stands: sent where it ever was, else unsure where an attempt was, else as the last attempt ended."""
        standing: dict[_Key, Event] = {}
        for begun in (each for each in self.entries if each.event is Event.BEGUN and each.sort):
            ended, before = self.ends[begun.id].event, standing.get(key_of(begun), Event.FAILED)
            now = Event.UNSURE if ended is Event.BEGUN else ended
            standing[key_of(begun)] = max(before, now, key=_WEIGHT.index)
        return standing

    def standing(self, dispatch: Dispatch) -> Event | None:
        """Say whether a message was SENT, is UNSURE, or FAILED; None where it was not begun."""
        return self._standing.get(dispatch.identity)

    def attempts(self, dispatch: Dispatch) -> int:
        """Count how often it was begun."""
        key = dispatch.identity
        return sum(each.event is Event.BEGUN and key_of(each) == key for each in self.entries)

    def draft_at(self, path: str) -> Entry | None:
        """Give what was last recorded of the draft at a path within 邮件/."""
        own = (each for each in reversed(self.entries) if each.event is Event.DRAFT and each.path == path)
        return next(own, None)


_WEIGHT = (Event.FAILED, Event.UNSURE, Event.SENT)


def key_of(entry: Entry) -> _Key:
    """Give the identity of the message that a line of its beginning is about."""
    return (entry.sort.value if entry.sort else "", entry.unit, entry.key)


def record_file(space: Workspace) -> Path:
    return space.mail / RECORD


def read_register(space: Workspace) -> PostRegister:
    """Read the record. Raises WrongUseError where a line is damaged or all of it is gone: what was sent would be sent again."""
    path, book = record_file(space), space.mail / BOOK
    if not path.exists():
        if book.exists():
            raise WrongUseError(
                f"{path} 不见了,看不出哪些信已经发过,没有发信。请从备份恢复它;确实从没有发过信的,把 {book} 也移走。"
            )
        return PostRegister()
    with reading(path):
        data = path.read_bytes()
    whole, _, torn = data.rpartition(b"\n")
    lines = [*whole.split(b"\n"), *([torn] if is_whole(torn) else [])] if data else []
    return PostRegister(tuple(_entry(path, no, line) for no, line in enumerate(lines, 1) if line.strip()))


def _entry(path: Path, no: int, line: bytes) -> Entry:
    try:
        return Entry.from_json(json.loads(line))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise WrongUseError(f"{path} 第{no}行读不出来,看不出哪些信已经发过,没有发信。请从备份恢复这个文件。") from error


class Record:
    """The record, open for more lines; what it holds and what is added is `register`."""

    def __init__(self, file: AppendedFile, register: PostRegister) -> None:
        self._file, self.register = file, register

    def add(self, *entries: Entry) -> None:
        """Append lines, and return when they are on the disk. Raises WrongUseError where that cannot be done."""
        self._file.add("".join(json.dumps(each.as_json, ensure_ascii=False) + "\n" for each in entries).encode())
        self.register = PostRegister((*self.register.entries, *entries))


@contextmanager
def recording(space: Workspace) -> Iterator[Record]:
    """Open the record of a workspace that is locked. Raises WrongUseError where it cannot be read or written."""
    register, path = read_register(space), record_file(space)
    space.make(space.mail)
    with appending(path) as file:
        yield Record(file, register)
