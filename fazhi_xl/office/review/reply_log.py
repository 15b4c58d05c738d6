"""审核/答复.jsonl, the append-only record of what units said to the questions on their returns: a line for each reply.

What the office decides in a unit's place stands in the record of decisions, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields

from fazhi_xl.office.review.chain import held_by
from fazhi_xl.office.review.grown import add_grown, read_grown, unreadable
from fazhi_xl.office.review.records import REPLIES
from fazhi_xl.office.workspace.folder import Json, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply: the unit and the input by their ids, the finding's code and the digest of what was asked, the text, and where it came from.

    `value` is what the unit had entered, `answer` what the text comes to, and `why_not` why it settles nothing; blank where it does.
    `received` is the day (ISO 8601) on which the file with this name and SHA-256 came, `recorded` the time of the run that took it.
    """

    unit: str
    field: str
    code: str
    digest: str
    value: str
    answer: str
    text: str
    why_not: str
    file: str
    sha256: str
    received: str
    recorded: str

    @property
    def key(self) -> tuple[str, str]:
        """What it answers."""
        return self.unit, self.digest

    @classmethod
    def of(cls, held: Json) -> Reply:
        """Read a line. Raises TypeError where it is damaged."""
        made = cls(**held)
        for each in fields(cls):
            if not isinstance(getattr(made, each.name), str):
                raise TypeError(each.name)
        return made


def read_replies(space: Workspace) -> tuple[Reply, ...]:
    """Give all replies on record, in their order. Raises WrongUseError for a damaged record."""
    return tuple(_reply(space, no, line) for no, line in enumerate(read_grown(space, REPLIES), 1))


def _reply(space: Workspace, no: int, line: bytes) -> Reply:
    try:
        return Reply.of(held_by(line))
    except (ValueError, TypeError) as error:
        raise unreadable(space, REPLIES, no) from error


def add_replies(space: Workspace, more: Iterable[Reply]) -> None:
    """Append replies to the record, and remember how far it goes. Raises WrongUseError where that cannot be done."""
    add_grown(space, REPLIES, map(asdict, more))
