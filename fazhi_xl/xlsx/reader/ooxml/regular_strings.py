"""The shared strings of a workbook that is written as nearly every program writes them. See `regular`."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from fazhi_xl.limits import MB
from fazhi_xl.xlsx.reader.model import Bounds
from fazhi_xl.xlsx.reader.ooxml.known import Known
from fazhi_xl.xlsx.reader.ooxml.markup import parse
from fazhi_xl.xlsx.reader.ooxml.regular import IrregularError, bulk, taken, text_of, unescaped
from fazhi_xl.xlsx.reader.ooxml.strings import SharedStrings, decoded

_OPEN, _END, _CLOSE = b"<si>", b"</si>", b"</sst>"
_ENDED = b"</t></si>"
_PRESERVED = b'<t xml:space="preserve">'
_BETWEEN = b"\0"  # no text holds it
_TELLING = ("strike", "rPh", "dings", "arlett")  # what is crossed out, guides and signs are for the parser
_ATTRIBUTE = ' (?:val|rgb|theme|indexed)="[^"<>&]*"| theme="[0-9]+" tint="[-0-9.]+"'
_PROPERTIES = f"(?:<rPr>(?:<[A-Za-z]+(?:{_ATTRIBUTE})?/>)*</rPr>)?"
_TEXT = '<t(?: xml:space="preserve")?>'
# What stands before a text: the end of what came before it, where anything did, and its own beginning.
_BEFORE = re.compile(f"((?:</r>)?</si>)?<si>(<r>{_PROPERTIES})?{_TEXT}|(</r>)<r>{_PROPERTIES}{_TEXT}")
_PLAIN, _RICH, _NEXT_RUN = "</si>", "</r></si>", "</r>"
_Before = tuple[str, str]
"""What ends before a text, and what has to end after it."""


def regular_strings(data: bytes, bounds: Bounds) -> SharedStrings | None:
    """Read the shared strings as `shared_strings` does; None where they are irregular. Raises RejectedError for a DTD."""
    start, end = data.find(_OPEN), data.rfind(_CLOSE)
    try:
        texts = _items_read(bulk(data, start, end))
        frame = parse(data[:start] + data[end:])
    except (IrregularError, etree.XMLSyntaxError):
        return None
    if any(True for _ in frame.iter("{*}si")):  # there are others
        return None
    most = bounds.text + 1
    return SharedStrings(texts=tuple([text[:most] for text in islice(texts, bounds.strings)]))


_known: Known[str] = Known(16 * MB)


def _items_read(strings: bytes) -> list[str]:
    """Read strings; those that were read before are not read again. Raises IrregularError."""
    if not strings.endswith(_END):
        raise IrregularError
    items = strings[len(_OPEN) : -len(_END)].split(_END + _OPEN)
    way, get = _known.way(), _known.get
    texts = [get((way, item)) for item in items]
    new = [item for item, text in zip(items, texts, strict=True) if text is None]
    if not new:
        return [text for text in texts if text is not None]
    read = _read(b"%s%s%s" % (_OPEN, (_END + _OPEN).join(new), _END))
    if len(read) != len(new):
        raise IrregularError
    for item, text in zip(new, read, strict=True):
        if _known.met((way, item)):
            _known.keep((way, item), text)
    rest = iter(read)
    return [next(rest) if text is None else text for text in texts]


def _read(strings: bytes) -> list[str]:
    """Read strings. Raises IrregularError."""
    joined = text_of(_BETWEEN.join(_texts(taken(strings))))
    texts = unescaped(joined).split(_BETWEEN.decode())
    return [*map(decoded, texts)] if "_x" in joined else texts


def _texts(strings: bytes) -> list[bytes]:
    """Give the strings, their runs joined. Raises IrregularError."""
    alike = strings.replace(_PRESERVED, b"<t>").removeprefix(b"<si><t>").split(b"</t></si><si><t>")
    if alike[-1].endswith(_ENDED):
        alike[-1] = alike[-1].removesuffix(_ENDED)
        if not any(b"<" in each for each in alike):
            return alike
    *pieces, last = strings.split(b"</t>")
    known: dict[bytes, _Before] = {}
    texts: list[bytes] = []
    due = ""
    for piece in pieces:
        start = piece.find(b">", piece.rfind(b"<")) + 1
        markup = piece[:start]
        if markup not in known:
            known[markup] = _before(text_of(markup))
        ended, after = known[markup]
        if ended == due:
            texts.append(piece[start:])
        elif ended == _NEXT_RUN and due == _RICH:
            texts[-1] += piece[start:]
        else:
            raise IrregularError
        due = after
    if last != due.encode():
        raise IrregularError
    return texts


def _before(markup: str) -> _Before:
    found = _BEFORE.fullmatch(markup)
    if found is None or any(word in markup for word in _TELLING):
        raise IrregularError
    return (_NEXT_RUN, _RICH) if found[3] else (found[1] or "", _RICH if found[2] else _PLAIN)
