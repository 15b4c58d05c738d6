"""邮件/收信登记.jsonl, the append-only record of what was read out of the office's mailboxes: a line for each message."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from fazhi_xl.intake.postmark import Postmark
from fazhi_xl.notice.choices import MailTime
from fazhi_xl.office.workspace.folder import Json, Workspace, reading
from fazhi_xl.office.workspace.progress import Progress

RECORD = "收信登记.jsonl"
_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"\b(spf|dkim|dmarc)\s*=\s*([a-z]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A message that was read: where it lay and under which number, and what is known of it.

    `received` is the server's time (ISO 8601 with its offset), `date` the sender's own words; `path` is where its bytes lie in the round's
    folder; `authentication` is what the own server found out about the sender (RFC 8601), as it stands in the message.
    """

    host: str
    user: str
    folder: str
    validity: int
    uid: int
    received: str
    size: int
    sha256: str
    path: str
    date: str = ""
    sender: str = ""
    subject: str = ""
    message_id: str = ""
    authentication: str = ""

    @property
    def line(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode() + b"\n"

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.received)

    @property
    def failed(self) -> tuple[str, ...]:
        """Name the methods by which the sender is not who he says; none where the domain's owner vouches for the whole."""
        text = self.authentication
        while (plain := _COMMENT.sub(" ", text)) != text:
            text = plain
        found = [(method.lower(), result.lower()) for method, result in _RESULT.findall(text)]
        passed = {method for method, result in found if result == "pass"}
        if "dmarc" in passed:
            return ()
        return tuple(dict.fromkeys(method for method, result in found if result == "fail" and method not in passed))

    @classmethod
    def of(cls, held: Json) -> Received:
        """Read a line. Raises KeyError, TypeError and ValueError where it is damaged."""
        made = cls(**held)
        for each in fields(cls):
            if not isinstance(getattr(made, each.name), int if each.type == "int" else str):
                raise TypeError(each.name)
        if made.moment.tzinfo is None:
            raise ValueError(made.received)
        return made


def read_mail_register(space: Workspace, progress: Progress) -> tuple[Received, ...]:
    """Give all that was recorded, in its order; lines that cannot be read are told, but for a last one that was cut off.

    Raises WrongUseError where the file cannot be read at all.
    """
    path = space.mail / RECORD
    if not path.exists():
        return ()
    with reading(path):
        *lines, rest = path.read_bytes().split(b"\n")
    found: list[Received] = []
    damaged: list[int] = []
    for no, line in enumerate([*lines, *([rest] if rest else [])], 1):
        try:
            found.append(Received.of(json.loads(line)))
        except (ValueError, TypeError, KeyError):
            damaged += [no] if no <= len(lines) and line.strip() else []
    if damaged:
        which = "、".join(map(str, damaged[:5])) + ("等" if len(damaged) > 5 else "")
        progress.say(
            f"{RECORD} 有{len(damaged)}行读不出来(第{which}行),这些邮件收到的时间按邮件上写的或文件夹的日期算。"
        )
    return tuple(found)


def postmarks(received: Iterable[Received], by: MailTime) -> dict[str, Postmark]:
    """Give what is known of mails by the SHA-256 of their bytes; of one that lay in several mailboxes the first time counts."""
    known: dict[str, Postmark] = {}
    for each in received:
        before = known.get(each.sha256)
        if before is None or each.moment < before.received:
            known[each.sha256] = Postmark(received=each.moment, decides=by is MailTime.SERVER, failed=each.failed)
    return known
