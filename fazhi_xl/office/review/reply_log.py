"""审核/答复.jsonl, the append-only record of what units said to the questions on their returns: a line for each reply.

What the office decides in a unit's place stands in the record of decisions, and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.appended import appending, is_whole
from fazhi_xl.office.workspace.folder import Json, Workspace, reading

RECORD = "答复.jsonl"


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

    @property
    def line(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode() + b"\n"

    @classmethod
    def of(cls, held: Json) -> Reply:
        """Read a line. Raises KeyError, TypeError and ValueError where it is damaged."""
        made = cls(**held)
        for each in fields(cls):
            if not isinstance(getattr(made, each.name), str):
                raise TypeError(each.name)
        return made


def reply_file(space: Workspace) -> Path:
    return space.review / RECORD


def read_replies(space: Workspace) -> tuple[Reply, ...]:
    """Give all replies on record, in their order; a last line that was cut off says nothing. Raises WrongUseError for a damaged one."""
    path = reply_file(space)
    if not path.exists():
        return ()
    with reading(path):
        *lines, rest = path.read_bytes().split(b"\n")
    whole = [*lines, *([rest] if rest and is_whole(rest) else [])]
    return tuple(_reply(path, no, line) for no, line in enumerate(whole, 1) if line.strip())


def _reply(path: Path, no: int, line: bytes) -> Reply:
    try:
        return Reply.of(json.loads(line))
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        odd = f"{path} 第{no}行读不出来,没有收表。请从备份恢复;没有备份的删去这一行,来件还在的,收表时会重新登记。"
        raise WrongUseError(odd) from error


def add_replies(space: Workspace, more: Iterable[Reply]) -> None:
    """Append replies to the record. Raises WrongUseError where that cannot be done."""
    if added := b"".join(each.line for each in more):
        space.make(space.review)
        with appending(reply_file(space)) as record:
            record.add(added)
