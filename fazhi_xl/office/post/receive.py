"""Receiving: what came into the office's mailbox, each message as a file of 回收 and a line of the record.

Nothing in the mailbox is changed. A message is whole on the disk, and recorded, before the next: a run that ends at any moment leaves
nothing half, and the next goes on from there.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from fazhi_xl.disk import remove
from fazhi_xl.errors import WrongUseError
from fazhi_xl.intake.arrival import MAIL_LIMIT
from fazhi_xl.limits import MB
from fazhi_xl.mail.settings import MailSettings, Server
from fazhi_xl.office.post.letter_facts import file_name, letter_facts
from fazhi_xl.office.returns.mail_register import RECORD, Received, read_mail_register
from fazhi_xl.office.workspace.appended import AppendedFile, appending
from fazhi_xl.office.workspace.folder import Workspace, writing
from fazhi_xl.office.workspace.lock import locked
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.text.commands import Command

if TYPE_CHECKING:
    from fazhi_xl.mail.imap import Folder, Listed

MOST = 100 * MB
"""A message of more bytes is told and not fetched."""
LETTERS = "邮件"  # in 回收
_NAMED = 5


def receive(space: Workspace, settings: MailSettings, password: str, progress: Progress) -> int:
    """Fetch what is new in the mailbox, tell it, and give how many messages it was.

    Raises WrongUseError where no server is named or the extra is missing, and MailError where the server fails; what was done is kept.
    """
    if settings.imap is None:
        raise WrongUseError("“邮箱设置”里没有填收信服务器。请在联系人.xlsx 的“邮箱设置”里填好,再运行一次。")
    imap = _imap()
    with locked(space, "收邮件", progress) as alive:
        desk = _Desk.of(space, settings.imap, settings, alive)
        try:
            with imap.opened(settings.imap, password, settings.folder) as folder:
                desk.fetch(folder)
        finally:
            for line in desk.lines():
                alive.say(line)
        if desk.idle:  # after the whole folder was looked through: a failure says nothing of what is in it
            alive.say("邮箱里没有新邮件。")
        return len(desk.new)


def _imap() -> ModuleType:
    """Give the room's module that needs an extra. Raises WrongUseError where that is missing."""
    try:
        from fazhi_xl.mail import imap  # noqa: PLC0415 - only who receives needs its library
    except ModuleNotFoundError as error:
        raise WrongUseError("收取邮件要另装一个库,请先运行 ", Command.INSTALL_MAIL, "。") from error
    return imap


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What was recorded before, and what is done in this run."""

    space: Workspace
    server: Server
    settings: MailSettings
    progress: Progress
    recorded: tuple[Received, ...]
    places: dict[str, str]  # where the bytes of a SHA-256 lie
    new: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)  # that lay in another mailbox, or there under another number
    unread: list[str] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    large: list[str] = field(default_factory=list)
    renumbered: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, space: Workspace, server: Server, settings: MailSettings, progress: Progress) -> _Desk:
        space.make(space.mail, space.returns / LETTERS)
        for left in (space.returns / LETTERS).rglob(".*.tmp"):  # of a run that was killed
            with writing(left):
                remove(left, missing_ok=True)
        recorded = read_mail_register(space, progress)
        places = _places(space, recorded)
        return cls(space=space, server=server, settings=settings, progress=progress, recorded=recorded, places=places)

    def fetch(self, folder: Folder) -> None:
        """Fetch what was not fetched before, or is lost. Raises MailError, WrongUseError."""
        mine = self._mine(folder.validity)
        there = folder.uids()
        wanted = [uid for uid in there if uid not in mine or mine[uid].sha256 not in self.places]
        listed = list(folder.listed(wanted))
        self.gone.extend(set(wanted) - {each.uid for each in listed})
        for each in listed:
            if each.size > MOST:
                self._tell_large(folder, each)
        fitting = [each for each in listed if each.size <= MOST]
        unfetched = self._fetch(folder, fitting, mine)
        if unfetched:
            still = set(folder.uids())
            self.gone.extend(uid for uid in unfetched if uid not in still)
            self.refused.extend(uid for uid in unfetched if uid in still)

    def _mine(self, validity: int) -> Mapping[int, Received]:
        """Give what was recorded of this folder by its numbers; they may have been given anew, and then nothing was."""
        own = (self.server.host, self.server.user, self.settings.folder)
        here = [each for each in self.recorded if (each.host, each.user, each.folder) == own]
        mine = {each.uid: each for each in here if each.validity == validity}
        if here and not mine:
            self.renumbered.append(validity)
        return mine

    def _fetch(self, folder: Folder, listed: Sequence[Listed], mine: Mapping[int, Received]) -> list[int]:
        """Fetch messages, and give the numbers of those that the server did not give."""
        unfetched: list[int] = []
        if not listed:
            return unfetched
        with appending(self.space.mail / RECORD) as record:
            for each, data in self.progress.track(folder.letters(listed), "收信", len(listed)):
                if data is None:
                    unfetched.append(each.uid)
                else:
                    self._keep(each, data, folder.validity, record, lost=each.uid in mine)
        return unfetched

    def _keep(self, listed: Listed, data: bytes, validity: int, record: AppendedFile, *, lost: bool) -> None:
        """Write a message, unless it lies there already, and record it."""
        sha256, facts = hashlib.sha256(data).hexdigest(), letter_facts(data, self.settings.verifier)
        came = listed.received.astimezone()
        stored = self.places.get(sha256)
        if stored is None:
            folder = self.space.returns / LETTERS / f"{came:%Y-%m-%d}"
            path = folder / file_name(facts.subject, f"{came:%H%M%S}", sha256)
            self.space.make(folder)
            self.space.write(path, data)
            stored = self.places[sha256] = path.relative_to(self.space.root).as_posix()
            (self.again if lost else self.new).append(stored)
            if len(data) > MAIL_LIMIT:
                self.unread.append(stored)
        else:
            self.known.append(stored)
        line = Received(
            host=self.server.host, user=self.server.user, folder=self.settings.folder, validity=validity,
            uid=listed.uid, received=listed.received.isoformat(), size=len(data), sha256=sha256, path=stored,
            date=facts.date, sender=facts.sender, subject=facts.subject, message_id=facts.message_id,
            authentication=facts.authentication,
        )  # fmt: skip
        record.add(line.line)

    def _tell_large(self, folder: Folder, listed: Listed) -> None:
        facts = letter_facts(folder.head(listed.uid), "")
        self.large.append(
            f"有一封邮件太大,没有收({listed.size / MB:.0f}MB,超过{MOST // MB}MB):{facts.sender or '没有写发件人'} "
            f"的“{facts.subject or '无主题'}”。请在邮箱里打开它,把附件另存到回收文件夹。"
        )

    @property
    def idle(self) -> bool:
        """Say whether nothing was fetched, and nothing has to be fetched by hand."""
        return not (self.new or self.again or self.large or self.refused)

    def lines(self) -> Iterator[str]:
        """Say what was done."""
        if self.renumbered:
            yield "邮箱里的邮件重新编过号,逐封重新核对了一遍;收过的没有再存一份。"
        if self.new:
            yield f"从邮箱收到{len(self.new)}封新邮件,存在 {self.space.returns / LETTERS}。"
        if self.again:
            yield (
                f"有{len(self.again)}封收过的邮件,文件不见了,又收了一遍:{_some(self.again)}。"
                f"不要的邮件请移到 {self.space.mail} 里,不要删去,就不会再收。"
            )
        yield from self.large
        if self.unread:
            yield (
                f"有{len(self.unread)}封邮件超过{MAIL_LIMIT // MB}MB,收下了,附件不能自动取出:{_some(self.unread)}。"
                "请打开邮件,把附件另存到回收文件夹。"
            )
        if self.gone:
            yield f"有{len(self.gone)}封邮件在读到以前被删除或移走了,没有收到。"
        if self.refused:
            yield f"有{len(self.refused)}封邮件服务器没有给出内容,请再运行一次;还不行的,请在邮箱里打开另存。"


def _some(paths: Sequence[str]) -> str:
    return "、".join(paths[:_NAMED]) + (f"等{len(paths)}封" if len(paths) > _NAMED else "")


# Where messages lie ---------------------------------------------------------------------------------------------------


def _places(space: Workspace, recorded: Iterable[Received]) -> dict[str, str]:
    """Give where each recorded message lies: where it was put, or wherever people moved it in 回收 or 邮件."""
    by_sha256 = {each.sha256: each for each in recorded}
    places = {sha256: each.path for sha256, each in by_sha256.items() if _size(space.root / each.path) == each.size}
    sought: defaultdict[int, set[str]] = defaultdict(set)
    for sha256, each in by_sha256.items():
        if sha256 not in places:
            sought[each.size].add(sha256)
    for path in _files(space) if sought else ():
        if wanted := sought.get(_size(path)):
            with suppress(OSError):
                sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
                if sha256 in wanted:
                    places.setdefault(sha256, path.relative_to(space.root).as_posix())
    return places


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _files(space: Workspace) -> Iterator[Path]:
    for folder in (space.returns, space.mail):
        for base, _, names in os.walk(folder):
            yield from (Path(base, name) for name in sorted(names))
