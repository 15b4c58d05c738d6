"""A message as bytes (RFC 5322): for a server, or as a draft that mail programs open for sending.

Texts that are not plain ASCII are encoded words (RFC 2047). An attachment's name stands twice, as RFC 2231 has it and as an encoded word,
which older programs read. All lines are ASCII, except where an address itself is not (RFC 6532).
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import Message
from email.policy import compat32
from email.utils import format_datetime
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import quote

from fazhi_xl.mail.addresses import written
from fazhi_xl.mail.message import Attachment, Outgoing
from fazhi_xl.text.one_line import one_line

_POLICY = compat32.clone(linesep="\r\n", max_line_length=None)  # each header is folded where it is made
_LINE, _FOLD = 75, "\r\n "  # an encoded word's length (RFC 2047, section 2), and how a header goes on
_PLAIN = re.compile(r"[\w!*+/.() -]{1,60}", re.ASCII)  # says itself in a header; anything else is encoded
_NAME_PIECE = 54
_OCTETS = "application/octet-stream"
_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}  # said here: what the system knows of types differs from machine to machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a message that is sent bears: the time, with its zone, and its identity `<…@…>`."""

    date: datetime
    id: str


def message_bytes(message: Outgoing, address: str, name: str = "", *, stamp: Stamp | None = None) -> bytes:
    """Write a message from an address and the name of its owner, with CRLF at the ends of lines. The same input gives the same bytes.

    Without a stamp it is a draft (`X-Unsent`), which the mail program dates when it is sent. Line breaks and control characters in the
    subject and in names become spaces.
    """
    # Put before what the library writes: it has no way for an address that is not ASCII.
    head = "".join(f"{header}: {value}\r\n" for header, value in _headers(message, address, name, stamp))
    return head.encode("utf-8", "replace") + _multipart(message).as_bytes(policy=_POLICY)


def _headers(message: Outgoing, address: str, name: str, stamp: Stamp | None) -> Iterator[tuple[str, str]]:
    if stamp:
        yield "Date", format_datetime(stamp.date)
        yield "Message-ID", stamp.id
    else:
        yield "X-Unsent", "1"
    if address:
        yield "From", f"{_words(name, 'From')}{_FOLD}<{written(address)}>" if one_line(name) else written(address)
    for header, addresses in (("To", message.to), ("Cc", message.copies)):
        if addresses:
            yield header, f",{_FOLD}".join(map(written, addresses))
    yield "Subject", _words(message.subject, "Subject")
    yield "MIME-Version", "1.0"


def _words(text: str, header: str) -> str:
    """Give a text as a header holds it, folded: as it is where it is short and plain, else in encoded words."""
    line = one_line(text)
    if _PLAIN.fullmatch(line) and header != "From":
        return line
    return Header(line, "utf-8", maxlinelen=_LINE, header_name=header).encode(linesep="\r\n")


def _multipart(message: Outgoing) -> Message:
    if not message.attachments:
        return _text(message.body)
    parts = (_text(message.body), *map(_attached, message.attachments))
    whole = _part("multipart/mixed")
    for part in parts:
        whole.attach(part)
    # No line of a part in base64 holds these characters, so what is drawn by chance elsewhere can be taken from what the message says.
    whole.set_boundary(f"=_{_digest(part.as_bytes(policy=_POLICY) for part in parts)}")
    return whole


def _digest(parts: Iterable[bytes]) -> str:
    return sha256(b"\0".join(parts)).hexdigest()[:32]


def _part(kind: str) -> Message:
    part = Message(policy=_POLICY)
    part["Content-Type"] = kind
    return part


def _text(body: str) -> Message:
    lines = body.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n") + "\n"
    part = _part('text/plain; charset="utf-8"')
    return _filled(part, lines.replace("\n", "\r\n").encode("utf-8", "replace"))


def _filled(part: Message, data: bytes) -> Message:
    part["Content-Transfer-Encoding"] = "base64"
    text = b64encode(data).decode()
    part.set_payload("".join(f"{text[at : at + 76]}\r\n" for at in range(0, len(text), 76)))
    return part


# Attachments -----------------------------------------------------------------------------------------------------------


def _attached(attachment: Attachment) -> Message:
    name = one_line(attachment.name) or "附件"
    kind = _TYPES.get(PurePosixPath(name.lower()).suffix, _OCTETS)
    part = _part(f"{kind};{_FOLD}name={_quoted_words(name)}")
    part["Content-Disposition"] = "attachment;" + _FOLD + f";{_FOLD}".join(_parameters(name))
    return _filled(part, attachment.data)


def _quoted_words(name: str) -> str:
    return f'"{_words(name, "")}"'


def _parameters(name: str) -> Iterator[str]:
    """Give the parameters of a file's name: one, or numbered ones where it is long (RFC 2231, sections 3 and 4)."""
    if _PLAIN.fullmatch(name):
        yield f'filename="{name}"'
        return
    pieces = list(_pieces(name))
    for no, piece in enumerate(pieces):
        number = f"*{no}" if len(pieces) > 1 else ""
        yield f"filename{number}*={'' if no else f'utf-8{chr(39) * 2}'}{piece}"


def _pieces(name: str) -> Iterator[str]:
    """Part an escaped name so that each piece holds whole characters."""
    piece = ""
    for escaped in (quote(char, safe="") for char in name):
        if len(piece) + len(escaped) > _NAME_PIECE:
            yield piece
            piece = ""
        piece += escaped
    yield piece
