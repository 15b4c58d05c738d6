"""A file among the returns, as it was judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from fazhi_xl.answers.read import Answers
from fazhi_xl.findings import Actor, Finding, Severity
from fazhi_xl.rounds.appeals import Request
from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.rounds.evidence import Document, EvidenceFile
from fazhi_xl.rounds.inspected import Inspected
from fazhi_xl.rounds.replies import GivenReply
from fazhi_xl.rounds.status import Status
from fazhi_xl.text.one_line import one_line

FETCHED = re.compile(r"(.+) \d{6} [0-9a-f]{8}\.eml")
"""The name of a mail that was fetched: its subject, the time of day, and the beginning of its fingerprint."""
_UNUSED = frozenset({Status.REJECTED, Status.IGNORED})
_COUNTING = frozenset({Status.ACCEPTED, Status.ACCEPTED_WITH_NOTES, Status.NEEDS_CORRECTION})


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """A file among the returns; `path` is within them, `answers` are what it says, whether it counts or not.

    `time` is the time of day on the office's clock, where it is known; `basis` is what the day of receipt rests on; `copy` is the
    original kept in the archive, by its path from the results. `documents` are what a return that counts lists as evidence; of a file
    that is evidence itself `evidence` says whose it is. `sender` is the address of the mail that it came in, in lower case, and `posted_by`
    the one unit known by that address, blank where there is none. `request` is what a feedback sheet that came back asks for.
    `trace` is the traceback where the program itself failed over the file.
    `off` was found, and is not told since the office has switched it off.
    `replies` are what the unit says in it to the questions on the sheet in front.
    """

    path: str
    sha256: str
    received: date
    unit: str | None
    status: Status
    findings: tuple[Finding, ...] = ()
    answers: Answers | None = None
    time: time | None = None
    basis: DayBasis = DayBasis.FILE
    copy: str = ""
    documents: tuple[Document, ...] = ()
    evidence: EvidenceFile | None = None
    sender: str = ""
    posted_by: str = ""
    request: Request | None = None
    trace: str = ""
    off: tuple[Finding, ...] = ()
    replies: tuple[GivenReply, ...] = ()

    @property
    def name(self) -> str:
        """Name the file as its unit knows it: the folders are the office's own."""
        return one_line(self.path.rpartition("/")[2])

    @property
    def called(self) -> str:
        """Call the file as its unit knows it; of a mail that was fetched the name is the office's own, and its subject the unit's."""
        fetched = FETCHED.fullmatch(self.name)
        return f"主题为“{fetched[1]}”的邮件" if fetched else f"文件“{self.name}”"

    @property
    def came(self) -> str:
        """Give the day of receipt, and the hour and minute where they are known."""
        return f"{self.received} {self.time:%H:%M}" if self.time else str(self.received)

    @property
    def content_code(self) -> str | None:
        """Give the code over its contents that its printed form has to bear; None where it has none, or programs do not agree on it."""
        content = self.answers.content if self.answers else None
        return content.code if content and content.certain else None

    @property
    def counts(self) -> bool:
        """Say whether scores are made from it."""
        return self.answers is not None and self.status in _COUNTING

    @property
    def usable(self) -> bool:
        """Say whether somebody filled it in and it could be read, whether it counts or another; what the office set aside is not."""
        return self.answers is not None and not self.answers.blank and self.status not in _UNUSED

    @property
    def asked(self) -> tuple[Finding, ...]:
        """Give what the unit has still to confirm, as long as nobody answered for it."""
        return tuple(
            each
            for each in self.findings
            if each.severity is Severity.CONFIRM and self.actor(each) is Actor.UNIT and not each.answered
        )

    def noting(self, more: Finding, *, trace: str) -> FileResult:
        """Add a finding about a failure of the program itself, with its traceback."""
        return replace(self, findings=(*self.findings, more), trace=f"{self.trace}{trace}")

    def actor(self, found: Finding) -> Actor:
        """Say who has to act on a finding; on one about a file of no unit that is known, the office."""
        of_nobody = self.unit is None and found.actor is Actor.UNIT
        return Actor.OFFICE if of_nobody else found.actor


def seen_by_path(files: Iterable[FileResult]) -> Mapping[str, Inspected]:
    """Give what was found in the files of evidence that were opened, by their paths within the returns."""
    seen: dict[str, Inspected] = {}
    for file in files:
        if file.evidence and file.evidence.seen:
            seen[file.path] = file.evidence.seen
        for document in file.documents:
            seen |= {path: found for path, found in zip(document.paths, document.seen, strict=False) if found}
    return seen
