"""One message written as a draft, or sent, and recorded."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from fazhi_xl.disk import remove
from fazhi_xl.errors import WrongUseError
from fazhi_xl.mail.addresses import wire
from fazhi_xl.mail.draft import Stamp, message_bytes
from fazhi_xl.mail.faults import Fault, MailError
from fazhi_xl.mail.settings import MailSettings
from fazhi_xl.mail.smtp import Receipt, Sender
from fazhi_xl.office.post.drafts import draft_path, is_own_draft
from fazhi_xl.office.post.outcome import Done, State
from fazhi_xl.office.post.plan import Dispatch
from fazhi_xl.office.post.reach import Aim, Miss
from fazhi_xl.office.post.register import Enclosed, Entry, Event, Record
from fazhi_xl.office.workspace.folder import Workspace, reading

_OLD = "改过的草稿"  # in 存档/


class StoppedError(Exception):
    """Nothing more can be done in this run; `done` is what became of the message at hand, `parts` the line for people."""

    def __init__(self, done: Done, *parts: str) -> None:
        super().__init__(*parts)
        self.done, self.parts = done, parts


class Desk(ABC):
    """Where messages are delivered from: the workspace, its record, the sender and the time of the run."""

    event: Event
    what: str

    def __init__(self, space: Workspace, record: Record, settings: MailSettings, now: datetime) -> None:
        self.space, self.record, self.settings, self.now = space, record, settings, now

    @abstractmethod
    def deliver(self, dispatch: Dispatch, aim: Aim) -> Done:
        """Deliver a message where it is aimed. Raises StoppedError where none after it can be."""

    def entry(
        self, dispatch: Dispatch, event: Event, data: bytes, to: Collection[str], *, name: str = "", path: str = ""
    ) -> Entry:
        """Describe a message to these addresses for the record; `name` is its id."""
        message = dispatch.letter
        return Entry(
            at=self.now.isoformat(timespec="seconds"),
            event=event,
            id=name,
            sort=dispatch.sort,
            unit=dispatch.unit,
            key=dispatch.key,
            to=tuple(each for each in message.to if each in to),
            copies=tuple(each for each in message.copies if each in to),
            subject=message.subject,
            attachments=tuple(
                Enclosed(name=each.name, sha256=sha256(each.data).hexdigest()) for each in message.attachments
            ),
            sha256=sha256(data).hexdigest(),
            path=path,
        )


# Drafts ---------------------------------------------------------------------------------------------------------------


class DraftDesk(Desk):
    """Writes drafts for the office's own mail program, each in a file of its own."""

    what = "写草稿"

    def __init__(self, space: Workspace, record: Record, settings: MailSettings, now: datetime) -> None:
        super().__init__(space, record, settings, now)
        self._counted: Counter[Path] = Counter()

    def deliver(self, dispatch: Dispatch, aim: Aim) -> Done:
        data = message_bytes(dispatch.letter, self.settings.address, self.settings.name)
        path = self._path(dispatch)
        to = dispatch.letter.receivers  # all of them: people look at a draft
        entry = self.entry(dispatch, Event.DRAFT, data, to, path=path.relative_to(self.space.mail).as_posix())
        try:
            self._write(path, data)
        except WrongUseError as error:
            return Done.of(dispatch, State.FAILED, str(error))
        done = Done.of(dispatch, State.DRAFTED, missed=aim.missed, draft=path)
        known = self.record.register.draft_at(entry.path)
        if known is None or replace(known, at=entry.at) != entry:
            _recorded(self.record, entry, done)
        return done

    def _path(self, dispatch: Dispatch) -> Path:
        """Name a draft by its unit, and from the unit's second of this sort on by a number."""
        path = draft_path(self.space, dispatch)
        self._counted[path] += 1
        no = self._counted[path]
        return path if no == 1 else path.with_name(f"{path.stem}({no}){path.suffix}")

    def _write(self, path: Path, data: bytes) -> None:
        """Write a draft; one that somebody has changed meanwhile is kept in 存档/. Raises WrongUseError."""
        self.space.make(path.parent)
        if path.exists():
            with reading(path):
                before = path.read_bytes()
            if before != data and not is_own_draft(self.space, self.record.register, path, before):
                old = self.space.archive / _OLD / f"{path.stem}-{sha256(before).hexdigest()[:8]}{path.suffix}"
                self.space.make(old.parent)
                self.space.write(old, before)
        self.space.write(path, data)


# Sending --------------------------------------------------------------------------------------------------------------


class PostDesk(Desk):
    """Sends messages: the intent is on the disk before, the server's answer after."""

    what = "发信"

    def __init__(self, space: Workspace, record: Record, settings: MailSettings, now: datetime, sender: Sender) -> None:
        super().__init__(space, record, settings, now)
        self._sender = sender

    def deliver(self, dispatch: Dispatch, aim: Aim) -> Done:
        try:
            self._sender.open()
        except WrongUseError as error:  # also for want of a password
            raise StoppedError(Done.of(dispatch, State.FAILED, str(error)), *error.parts) from error
        stamp = Stamp(date=self.now, id=self._id(dispatch))
        data = message_bytes(dispatch.letter, self.settings.address, self.settings.name, stamp=stamp)
        begun = self.entry(dispatch, Event.BEGUN, data, aim.to, name=stamp.id)
        _recorded(self.record, begun, Done.of(dispatch, State.FAILED, "没有能记下要发这封信,所以没有发。"))
        return self._sent(dispatch, aim, begun, data)

    def _id(self, dispatch: Dispatch) -> str:
        """Give a message's identity: another at each attempt."""
        told = (
            dispatch.sort.value,
            dispatch.unit,
            dispatch.key,
            self.now.isoformat(),
            str(self.record.register.attempts(dispatch)),
        )
        domain = "localhost"
        with suppress(ValueError):
            domain = wire(self.settings.address).rpartition("@")[2]
        return f"<{sha256(chr(0).join(told).encode()).hexdigest()[:32]}@{domain}>"

    def _sent(self, dispatch: Dispatch, aim: Aim, begun: Entry, data: bytes) -> Done:
        """Send what is recorded as begun, and record what came of it."""
        try:
            receipt = self._sender.send(self.settings.address, aim.to, data)
        except MailError as error:
            state = State.UNSURE if error.fault is Fault.UNSURE else State.FAILED
            done = Done.of(dispatch, state, str(error))
            self._answered(begun, Event.UNSURE if state is State.UNSURE else Event.FAILED, done)
            if error.fault.ends:
                raise StoppedError(done, *error.parts) from error
            return done
        return self._taken(dispatch, aim, begun, receipt)

    def _taken(self, dispatch: Dispatch, aim: Aim, begun: Entry, receipt: Receipt) -> Done:
        before = {each: miss for each, miss in aim.missed.items() if each not in aim.to}
        now = {each: Miss(said=said, later=each in receipt.later) for each, said in receipt.refused.items()}
        done = Done.of(dispatch, State.SENT, receipt.answer, missed=before | now)
        self._answered(begun, Event.SENT, done, receipt)
        self._withdraw(dispatch)
        return done

    def _answered(self, begun: Entry, event: Event, done: Done, receipt: Receipt | None = None) -> None:
        refused, later = (receipt.refused, tuple(sorted(receipt.later))) if receipt else ({}, ())
        entry = Entry(at=begun.at, event=event, id=begun.id, answer=done.answer, refused=refused, later=later)
        _recorded(self.record, entry, done)

    def _withdraw(self, dispatch: Dispatch) -> None:
        """Take away the draft of what has been sent, or somebody sends it by hand; one that was changed stays."""
        path = draft_path(self.space, dispatch)
        known = self.record.register.draft_at(path.relative_to(self.space.mail).as_posix())
        with suppress(OSError):
            if (
                known
                and known.key == dispatch.key
                and is_own_draft(self.space, self.record.register, path, path.read_bytes())
            ):
                remove(path)


def _recorded(record: Record, entry: Entry, done: Done) -> None:
    """Record a line. Raises StoppedError where that cannot be done: nothing is sent that is not recorded."""
    try:
        record.add(entry)
    except WrongUseError as error:
        said = (
            ""
            if entry.event in {Event.DRAFT, Event.BEGUN}
            else f"{done.unit} {done.sort.word}{done.state.word},没有能记下来。"
        )
        raise StoppedError(done, said, *error.parts) from error
