"""Parts that are written as nearly every program writes them are taken apart by patterns, several times as fast as a parser does it.

A pattern has to account for every character of the bulk of a part, its cells or its texts. The frame around it goes to the parser, with
an example of every tag that the pattern leaves open, so that nothing is taken that the parser would refuse. A part that is written in
any other way is irregular: the parser reads it whole. What is read is the same either way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

REGULAR = 1024 * 1024  # bytes of a part; larger ones are no forms, and the matches of one would take up much memory
_BEGINNING = re.compile(
    rb"""(?:<\?xml version=["']1\.0["'](?: encoding=["'](?i:utf-8)["'])?(?: standalone=["'](?:yes|no)["'])? ?\?>\s*)?<\w"""
)
_CHANGED = bytes(set(range(32)) - set(b"\t\n"))  # a parser refuses them, and makes a line feed of a carriage return
_NEAR_THE_END = "\uffff".encode()[:2]  # begins the last 64 of the 65536 codes
_CHARACTERS = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&#10;": "\n", "&amp;": "&"}
# By number, as openpyxl writes all but ASCII: those that are characters beyond doubt, and no space.
_NUMBERED = (
    "#(?:3[3-9]|[4-9][0-9]|[1-9][0-9]{2,3}|[1-4][0-9]{4}|5[0-4][0-9]{3}|5[89][0-9]{3}|6[0-4][0-9]{3}|65[0-4][0-9]{2}"
    "|6[6-9][0-9]{3}|[7-9][0-9]{4}|[1-9][0-9]{5});"
)
_OTHER_REFERENCE = re.compile(f"&(?!{_NUMBERED}|{'|'.join(name[1:] for name in _CHARACTERS)})".encode())
_NUMBER = re.compile("&#([0-9]+);")
_ALIKE = 256 * 1024  # bytes of a part that is kept
_KEPT = 48


class IrregularError(Exception):
    """The part is written in another way."""


def is_usual(data: bytes) -> bool:
    """Tell whether a part begins as one in UTF-8, with nothing before its outermost element."""
    return bool(_BEGINNING.match(data))


def bulk(data: bytes, start: int, end: int) -> bytes:
    """Cut out a stretch of a part, of which every piece goes to `taken`, and then to `text_of`. Raises IrregularError."""
    if len(data) > REGULAR or not 0 < start <= end or not is_usual(data):
        raise IrregularError
    return data[start:end]


def taken(cut: bytes) -> bytes:
    """Give a piece of a stretch as it is. Raises IrregularError where a parser would not take it as it stands."""
    changed = len(cut.translate(None, _CHANGED)) < len(cut)
    if changed or (b"]" in cut and b"]]>" in cut) or _OTHER_REFERENCE.search(cut):
        raise IrregularError
    return cut


def text_of(cut: bytes) -> str:
    """Decode a stretch. Raises IrregularError where it is no text, or has what XML counts among no characters."""
    try:
        text = cut.decode()
    except UnicodeDecodeError as error:
        raise IrregularError from error
    if _NEAR_THE_END in cut and ("\ufffe" in text or "\uffff" in text):
        raise IrregularError
    return text


def unescaped(text: str) -> str:
    """Put characters in the place of the references to them."""
    if "&" in text:
        text = _NUMBER.sub(_numbered, text) if "&#" in text else text
        for name, character in _CHARACTERS.items():
            text = text.replace(name, character)
    return text


def _numbered(found: re.Match[str]) -> str:
    return chr(int(found[1]))


def once(read: Callable[[bytes], T]) -> Callable[[bytes], T]:
    """Keep what was read of the last parts: returns of one round have many that are byte for byte alike. No one changes it."""
    kept = lru_cache(_KEPT)(read)
    return lambda data: kept(data) if len(data) <= _ALIKE else read(data)
