"""What the record of received mail has of a message: its headers, and a name for its file that every system takes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from fazhi_xl.intake.headers import decoded_header, header_words, raw, sender
from fazhi_xl.text.file_names import SIGNS, safe_name
from fazhi_xl.text.one_line import cut, one_line

_HEAD = 256 * 1024  # bytes in which the headers end; more is no usual mail
_ROOM = 1000  # characters of a header that are recorded
_LONGEST = 150  # characters of the whole name
_NAME = 120  # bytes of a subject in a file's name: what is written meanwhile has a longer one
_SIGNS = re.compile(f"[{re.escape(SIGNS)}]+")
_UNNAMED = "无主题"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """A message's headers, decoded, each on one line; `authentication` is what the own server found out about the sender."""

    sender: str
    subject: str
    date: str
    message_id: str
    authentication: str


def letter_facts(data: bytes, verifier: str) -> LetterFacts:
    """Read a message's headers. `verifier` is the name by which the own server signs; without it the topmost result is taken for its."""
    head = message_from_bytes(_head(data), policy=compat32)
    return LetterFacts(
        sender=_said(sender(head)),
        subject=_said(header_words(raw(head, "subject"))),
        date=_said(raw(head, "date")),
        message_id=_said(raw(head, "message-id")),
        authentication=_said(_authentication(head, verifier)),
    )


def file_name(subject: str, at: str, sha256: str) -> str:
    """Name a message's file by its subject, the time of day and its content: short enough, and no other's.

    No system takes it for a device, a hidden or a temporary file.
    """
    plain = _SIGNS.sub(" ", unicodedata.normalize("NFC", one_line(subject))).strip(" .~$_")
    short = plain.encode("utf-8", "ignore")[:_NAME].decode("utf-8", "ignore").strip(" .")
    return safe_name(f"{short or _UNNAMED} {at} {sha256[:8]}.eml", _LONGEST)


def _head(data: bytes) -> bytes:
    ends = [at for mark in (b"\n\n", b"\r\n\r\n", b"\n\r\n") if (at := data.find(mark, 0, _HEAD)) >= 0]
    return data[: min(ends, default=_HEAD)].lstrip(b"\r\n")


def _said(text: str) -> str:
    return cut(one_line(text), _ROOM)


def _authentication(head: Message, verifier: str) -> str:
    found = [_unfolded(value) for name, value in head.raw_items() if name.lower() == "authentication-results"]
    own = (each for each in found if not verifier or _signed_by(each) == verifier.lower())
    return next(own, "")


def _unfolded(value: object) -> str:
    line = str(value).replace("\r", "").replace("\n", "")
    return line if line.isascii() else decoded_header(line.encode("utf-8", "surrogateescape"))


def _signed_by(result: str) -> str:
    """Give the name at the beginning, which a version may follow (RFC 8601, section 2.2)."""
    words = result.partition(";")[0].split()
    return words[0].lower() if words else ""
