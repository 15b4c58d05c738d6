"""How a round stands, kept with the prints of all that a collect reads and writes: what has not changed is not done again.

A collect may be left out where it would change nothing and say the same. That is certain where one before it read the very same files,
in the same program and on the same day, and left them so that the next would read the same: it recorded no decision, wrote no entry into
a book, had nothing to tell that is told only once, and met with no failure that may pass.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from fazhi_xl.findings import Code
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.returns.sources import Sources
from fazhi_xl.office.review.write_books import Sections, WrittenBook
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.handed_over import RECORD
from fazhi_xl.office.workspace.prints import Printed, Prints
from fazhi_xl.office.workspace.program import program_digest
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.office.workspace.recorded_folder import content_of, digest, recorded_digests
from fazhi_xl.office.workspace.store import Kept, Store
from fazhi_xl.reports.filing.receipt_names import REGISTER_FILE
from fazhi_xl.rounds.round import EarlierRound, Round

T = TypeVar("T")
_PASSING = frozenset(
    {
        Code.FILE_READER_STOPPED, Code.FILE_CHANGING, Code.FILE_VANISHED, Code.FILE_UNREADABLE, Code.FILE_FAILED,
        Code.LETTER_FAILED, Code.EVIDENCE_STOPPED, Code.REVIEW_UNREADABLE,
    }
)  # fmt: skip
"""What may be otherwise the next time though no file has changed."""
_COPY = re.compile(r"[0-9a-f]{64}(\.[0-9a-z]+)?")  # of an original


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a round stands: what a collect says of it, in a few words as well, and whether a return needs attention."""

    lines: tuple[str, ...]
    brief: str
    attention: bool

    @property
    def data(self) -> bytes:
        return json.dumps([self.lines, self.brief, self.attention], ensure_ascii=False).encode()

    @classmethod
    def of(cls, data: bytes) -> Standing:
        lines, brief, attention = json.loads(data)
        return cls(lines=tuple(lines), brief=brief, attention=attention)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A progress that keeps the lines it passes on."""

    to: Progress
    lines: list[str] = field(default_factory=list)

    def track(self, items: Iterable[T], what: str, total: int) -> Iterable[T]:
        return self.to.track(items, what, total)

    def say(self, *parts: str) -> None:
        self.lines.append("".join(parts))
        self.to.say(*parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All that a collect reads and writes, and what else its results depend on."""

    about: str
    space: Prints
    read: Mapping[str, Prints]

    @property
    def key(self) -> str:
        return content_of(
            self.about, sorted(self.space.items()), [(at, sorted(own.items())) for at, own in self.read.items()]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is collected: the round, the returns, an earlier round to compare with, the sections whose books are wanted, and the time.

    `report_only` says that nothing is written but report.json.
    """

    notice: Notice
    space: Workspace
    sources: Sources
    earlier: EarlierRound | None
    sections: Sections
    now: datetime
    report_only: bool = False

    def seen(self) -> Seen | None:
        """Print all that is there now; None where some of it cannot be read."""
        space, returns = self.space, self.sources.paths or (self.space.returns,)
        about = (
            program_digest(),
            [self.now.date(), self.now.utcoffset(), self.now.tzname()],
            [str(Path.cwd()), str(space.root), *map(str, returns)],
            [self.sources.passwords, self.sections, self.earlier, self.report_only],
        )
        folders = {str(no): Printed(place=place, dated=True) for no, place in enumerate(returns)}
        folders["catalogue"] = Printed(place=self.notice.folder)
        own = Printed(
            place=space.root, without=frozenset({space.issued.name, space.returns.name, space.packages.name, RECORD})
        )
        with suppress(OSError):
            read = {name: each.prints() for name, each in folders.items()}
            return Seen(about=content_of(*about), space=own.prints(), read=read)
        return None

    def standing(self, store: Store) -> Standing | None:
        """Give how the round stands, if nothing has changed since that was found; None where it has to be collected."""
        seen = self.seen()
        held = store.get(Kept.STANDING, seen.key) if seen else None
        return Standing.of(held) if held else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a collect did: the round, what it left, what it said that the next would say again, and what is said only once."""

    space: Workspace
    round_: Round
    said: Heard
    once: Heard
    books: tuple[WrittenBook, ...] = ()
    register: bytes | None = None
    same_register: bool = True  # reading it again gives what reading it gave

    def settled(self, before: Seen, after: Seen) -> bool:
        """Say whether a collect that begins with what there is `after` this one would change nothing and say the same."""
        same = self.same_register and self._same_sent_back and all(book.as_read for book in self.books)
        return same and not (self.once.lines or self._passing) and self._left_alone(before, after)

    @property
    def _same_sent_back(self) -> bool:
        """Whether the files that are known as sent back now are those that were."""
        sent_back = recorded_digests(self.space.corrections)
        now = [file.path for file in self.round_.files if file.sha256 in sent_back]
        known = (file for file in self.round_.files for each in file.findings if each.code is Code.FORM_SENT_BACK)
        return now == [file.path for file in known]

    @property
    def _passing(self) -> bool:
        found = {each.code for file in self.round_.files for each in file.findings}
        return bool(_PASSING & (found | {each.code for _, each in self.round_.review}))

    def _left_alone(self, before: Seen, after: Seen) -> bool:
        """Say whether all files are as they were, but for what was written, and that as it was written."""
        now, was = after.space, before.space
        written = {f"审核/{book.name}": book.sha256 for book in self.books}
        if self.register is not None:
            written[REGISTER_FILE] = digest(self.register)
        changed = {path for path in now.keys() | was.keys() if now.get(path) != was.get(path)}
        as_written = all(now.get(path, "").endswith(sha256) for path, sha256 in written.items())
        others = [path for path in changed - written.keys() if not _is_output(path)]
        return as_written and not others and (before.about, before.read) == (after.about, after.read)


def _is_output(path: str) -> bool:
    folder, _, name = path.partition("/")
    return folder == "结果" or (folder == "存档" and bool(_COPY.fullmatch(name)))
