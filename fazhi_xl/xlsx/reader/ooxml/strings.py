"""Text in a package: shared strings, rich text, and the escapes of characters that XML cannot hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml import etree

from fazhi_xl.text.characters import in_font, is_symbolic
from fazhi_xl.xlsx.reader.model import Bounds
from fazhi_xl.xlsx.reader.ooxml.markup import elements, truth

_STRIKES = (b"strike", b"s\x00t\x00r\x00i\x00k\x00e")  # the second in UTF-16
_GUIDES = (b"rPh", b"r\x00P\x00h")
_SYMBOLS = (b"dings", b"arlett")  # fonts of signs
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedStrings:
    """Texts in their order; `struck` are the numbers, as cells state them, of those that are crossed out in part or wholly."""

    texts: tuple[str, ...] = ()
    struck: frozenset[str] = frozenset()


def shared_strings(data: bytes, bounds: Bounds) -> SharedStrings:
    """Read the shared strings, at most `bounds.strings` of them, each cut as `Bounds` says."""
    most = bounds.text + 1
    rich = any(word in data for word in (*_GUIDES, *_SYMBOLS))
    text = rich_text if rich else _joined  # looking for guides takes half of the time
    items = islice(elements(data, "{*}si"), bounds.strings)
    if not any(word in data for word in _STRIKES):
        return SharedStrings(texts=tuple([text(item)[:most] for item in items]))
    found = [(crossed_out(item), text(item)[:most]) for item in items]
    struck = frozenset(str(place) for place, (out, _) in enumerate(found) if out)
    return SharedStrings(texts=tuple(words for _, words in found), struck=struck)


def crossed_out(item: etree._Element) -> bool:
    """Tell whether anything in an element is struck through."""
    return any(truth(mark.get("val", "1")) for mark in item.iter("{*}strike"))


def rich_text(item: etree._Element) -> str:
    """Join the runs of an `si` or `is`, phonetic guides left out; letters in a font of signs become what they are seen as."""
    for guide in list(item.iterchildren("{*}rPh")):
        item.remove(guide)
    for run in item.iterchildren("{*}r"):
        font = run.find("{*}rPr/{*}rFont")
        name = "" if font is None else font.get("val", "")
        for text in run.iterchildren("{*}t") if is_symbolic(name) else ():
            text.text = in_font(text.text or "", name)
    return _joined(item)


def _joined(item: etree._Element) -> str:
    if len(item) == 1 and not len(item[0]):
        return decoded(item[0].text or "")
    return decoded("".join([part.text or "" for part in item.iter(_text_tag(item.tag))]))


def decoded(text: str) -> str:
    """Undo the escapes `_xHHHH_` (ECMA-376 part 1, 22.9.2.19); halves of a pair that stand alone become U+FFFD."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@lru_cache
def _text_tag(item: str) -> str:
    return f"{item.rpartition('}')[0] + '}' if '}' in item else ''}t"
