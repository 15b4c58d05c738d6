"""Where the bytes of a file that came are had again: a file on disk, and the way into the archives, mails and mailboxes that it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path


class Kind(Enum):
    """What a step goes into, and what its number counts."""

    MEMBER = "member"  # of a zip archive, by where its header begins
    ATTACHMENT = "attachment"  # of a mail
    LETTER = "letter"  # of a mailbox
    SIGNED = "signed"  # the one file in a signed block


@dataclass(frozen=True, slots=True)
class Step:
    """A step from a file to one that it holds; numbers count from 0."""

    kind: Kind
    no: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A file on disk, and the steps from it to the file that is meant: none where it is that file itself."""

    file: Path
    steps: tuple[Step, ...] = ()

    def at(self, step: Step) -> Source:
        """Go one step further."""
        return replace(self, steps=(*self.steps, step))
