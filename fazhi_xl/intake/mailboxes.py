"""Takes apart what holds several mails, or one in a wrapping: mailboxes (mbox), Apple's .emlx, mails one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_APPLE = re.compile(rb"\s{0,8}(\d{1,9})[ \t]*\r?\n(?=[A-Za-z][A-Za-z0-9-]*:|From )")
# The line before a mail in a mailbox (RFC 4155), with the time that text beginning with “From ” has not; a blank line precedes it.
_FROM = re.compile(rb"From (?:-|\S+)[ \t][^\r\n]{0,200}\d\d?:\d\d[^\r\n]{0,80}\r?\n(?=[A-Za-z>])")
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # how UTF-16 begins
_MULTIPART = re.compile(
    rb'^content-type:\s*multipart/[^\n]*(?:\n[ \t][^\n]*)*?boundary="?([^"\r\n;]{1,100})', re.IGNORECASE | re.MULTILINE
)
_HEAD_FIELD = re.compile(
    rb"(?:From \S[^\n]*\n)?(?:return-path|received|from|date|message-id|mime-version|x-[a-z-]+):", re.IGNORECASE
)
_MOST = 1000
_NEAR = 4096  # bytes of blank lines between two mails, and of the header that tells the second


def unwrapped(data: bytes) -> bytes:
    """Give the mail in an .emlx, which begins with its length and ends with Apple's own notes; text in UTF-16 in UTF-8; else the file."""
    if data.startswith(_WIDE):
        return data.decode("utf-16", "replace").encode()
    match = _APPLE.match(data)
    return data[match.end() : match.end() + int(match[1])] if match else data


def letters(data: bytes) -> list[bytes]:
    """Give the mails of a mailbox, or those that stand one after another in one file; a single mail is none of both."""
    found = list(_boxed(data)) if _FROM.match(data) else list(_joined(data))
    return found if len(found) > 1 else []


def _boxed(data: bytes) -> Iterator[bytes]:
    starts = [0, *(at + 1 for at in _lines_from(data) if _FROM.match(data, at + 1))][:_MOST]
    yield from (data[start:end] for start, end in pairwise([*starts, len(data)]))


def _lines_from(data: bytes) -> Iterator[int]:
    """Give where a line ends that is blank and before one that begins with “From ”."""
    at = data.find(b"\nFrom ")
    while at >= 0:
        if data[at - 2 : at + 1] in {b"\n\r\n", b"\r\n\n"} or data[at - 1 : at + 1] == b"\n\n":
            yield at
        at = data.find(b"\nFrom ", at + 1)


def _joined(data: bytes) -> Iterator[bytes]:
    """Cut after the end of a multipart mail where the headers of another follow."""
    rest = data
    for _ in range(_MOST):
        head = rest[: 64 * 1024]
        boundary = _MULTIPART.search(head)
        end = rest.find(b"\n--" + boundary[1].strip() + b"--") if boundary else -1
        line = rest.find(b"\n", end + 1) if end >= 0 else -1
        if line < 0 or not _HEAD_FIELD.match(rest[line : line + _NEAR].lstrip(b"\r\n")):
            break
        yield rest[:line]
        rest = rest[line:].lstrip(b"\r\n")
    yield rest
