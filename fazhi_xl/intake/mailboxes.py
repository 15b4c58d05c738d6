"""Takes apart what holds several mails, or one in a wrapping: mailboxes (mbox), Apple's .emlx, mails one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_APPLE = re.compile(rb"\s{0,8}(\d{1,9})[ \t]*\r?\n(?=[A-Za-z][A-Za-z0-9-]*:|From )")
# The line before a mail in a mailbox (RFC 4155), with the time that text beginning with “From ” has not; a blank line precedes it, or a
# header follows.
_FROM = re.compile(rb"From (?:-|\S+)[ \t][^\r\n]{0,200}\d\d?:\d\d[^\r\n]{0,80}\r?\n(?=[A-Za-z>])")
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:[ \t]")
_MARK = re.compile(
    rb"\x10{6}\x11{6}S\r?\n|\x01{4}\r?\n"
)  # the line before a mail in mailboxes of Foxmail, and of MMDF, there also after it
_FROM_NOBODY = b"From - Thu Jan  1 00:00:00 1970\n"
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # how UTF-16 begins
_MULTIPART = re.compile(
    rb'^content-type:\s*multipart/[^\n]*(?:\n[ \t][^\n]*)*?boundary="?([^"\r\n;]{1,100})', re.IGNORECASE | re.MULTILINE
)
_HEAD_FIELD = re.compile(
    rb"(?:From \S[^\n]*\n)?(?:return-path|received|from|date|message-id|mime-version|x-[a-z-]+):", re.IGNORECASE
)
_BASE64 = re.compile(rb"^content-transfer-encoding:[ \t]*base64", re.IGNORECASE | re.MULTILINE)
# What stands before the headers of another mail: in base64 any line, in a text a blank one, and those that nobody quotes by hand.
_AFTER_BASE64 = re.compile(rb"\n(?=" + _HEAD_FIELD.pattern + rb")", re.IGNORECASE)
_AFTER_TEXT = re.compile(rb"\n[ \t]*\r?\n(?=(?:return-path|received|message-id|mime-version):)", re.IGNORECASE)
_END_OF_HEAD = re.compile(rb"\n\r?\n")
_MOST = 1000
_NEAR = 4096  # bytes of blank lines between two mails, and of the header that tells the second


def unwrapped(data: bytes) -> bytes:
    """Give the mail in an .emlx, which begins with its length and ends with Apple's own notes; text in UTF-16 in UTF-8; else the file.

    In a mailbox of Foxmail or MMDF each mail has the line before it that mailboxes have.
    """
    if _MARK.match(data):
        return b"".join(_FROM_NOBODY + each for each in _MARK.split(data) if each.strip())
    if data.startswith(_WIDE):
        return data.decode("utf-16", "replace").encode()
    match = _APPLE.match(data)
    return data[match.end() : match.end() + int(match[1])] if match else data


def letters(data: bytes) -> list[bytes]:
    """Give the mails of a mailbox, or those that stand one after another in one file; a single mail is none of both."""
    found = list(_boxed(data)) if _FROM.match(data) else list(_joined(data))
    return found if len(found) > 1 else []


def _boxed(data: bytes) -> Iterator[bytes]:
    starts = [0, *_starts(data)][:_MOST]
    yield from (data[start:end] for start, end in pairwise([*starts, len(data)]))


def _starts(data: bytes) -> Iterator[int]:
    """Give where the mails begin, the first one left out."""
    at = data.find(b"\nFrom ")
    while at >= 0:
        blank = data[at - 2 : at + 1] in {b"\n\r\n", b"\r\n\n"} or data[at - 1 : at + 1] == b"\n\n"
        line = _FROM.match(data, at + 1)
        if line and (blank or _FIELD.match(data, line.end())):
            yield at + 1
        at = data.find(b"\nFrom ", at + 1)


def _joined(data: bytes) -> Iterator[bytes]:
    """Cut where the headers of another mail follow."""
    rest = data
    for _ in range(_MOST):
        line = _end_of_first(rest)
        if line < 0 or not _HEAD_FIELD.match(rest[line : line + _NEAR].lstrip(b"\r\n")):
            break
        yield rest[:line]
        rest = rest[line:].lstrip(b"\r\n")
    yield rest


def _end_of_first(data: bytes) -> int:
    """Give where the first mail may end: after its last part, else at the blank line before more headers; -1 where nowhere."""
    if boundary := _MULTIPART.search(data[: 64 * 1024]):
        end = data.find(b"\n--" + boundary[1].strip() + b"--")
        return data.find(b"\n", end + 1) if end >= 0 else -1
    head = _END_OF_HEAD.search(data)
    if head is None:
        return -1
    after = _AFTER_BASE64 if _BASE64.search(data, 0, head.end()) else _AFTER_TEXT
    found = after.search(data, head.end())
    return found.start() if found else -1
