"""The digits and letters that a PDF's page shows, far faster than its whole text: only what an identity number is made of counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

_LITERAL = rb"\((?:[^\\()]|\\.)*\)"
_HEX = rb"<[0-9A-Fa-f\s]*>"
_STRINGS = re.compile(_LITERAL + rb"|" + _HEX, re.DOTALL)
# A font, a text that is shown (of several pieces or one), and a move to another place.
_OPERATORS = re.compile(
    rb"/([^\s/\[\]()<>]{1,127})\s+[-+.\d]{1,12}\s+Tf\b"
    rb"|((?:\[(?:[^\[\]()<>]|"
    + _LITERAL
    + rb"|"
    + _HEX
    + rb")*\]\s*TJ|(?:"
    + _LITERAL
    + rb"|"
    + _HEX
    + rb")\s*(?:Tj|['\"])))"
    rb"|(\b(?:Td|TD|Tm|ET)\b|T\*)",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_CHARACTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b""}
_PAIRS = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGES = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_CHAR_PART = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGE_PART = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_WIDEST = 1024  # codes of one range
_NAMES = {
    f"/{name}": str(no)
    for no, name in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
}
_UNICODE, _GBK = re.compile("UCS2|UTF16"), re.compile("GBK|GB-|GBpc|GBT")
_ENDS = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """How the bytes of a text are characters: so many bytes each, by a table, or by an encoding where there is none."""

    size: int = 1
    table: Mapping[int, str] = field(default_factory=dict)
    encoding: str = "latin-1"

    def text(self, data: bytes) -> str:
        if not self.table:
            return data.decode(self.encoding, "replace")
        codes = (int.from_bytes(data[at : at + self.size], "big") for at in range(0, len(data), self.size))
        return "".join(self.table.get(code, "·") for code in codes)


_PLAIN = Font()


class Fonts:
    """The fonts of a document, each read once."""

    def __init__(self) -> None:
        self._known: dict[int, Font] = {}

    def of(self, named: DictionaryObject) -> Mapping[bytes, Font]:
        """Give the fonts of a page by their names; those that make no sense are taken for plain ones."""
        return {name.removeprefix("/").encode("latin-1", "replace"): self._font(named.raw_get(name)) for name in named}

    def _font(self, held: object) -> Font:
        number = held.idnum if isinstance(held, IndirectObject) else None
        if number in self._known:
            return self._known[number]
        got = held.get_object() if isinstance(held, IndirectObject) else held
        made = _PLAIN
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            made = _made(got) if isinstance(got, DictionaryObject) else _PLAIN
        if number is not None:
            self._known[number] = made
        return made


def _made(font: DictionaryObject) -> Font:
    wide = font.get("/Subtype") == "/Type0"
    mapped = font.get("/ToUnicode")
    mapped = mapped.get_object() if mapped is not None else None
    if isinstance(mapped, StreamObject):
        return Font(size=2 if wide else 1, table=dict(_table(mapped.get_data())))
    encoding = font.get("/Encoding")
    encoding = encoding.get_object() if encoding is not None else None
    if wide:
        name = str(encoding)
        known = "utf-16-be" if _UNICODE.search(name) else "gb18030" if _GBK.search(name) else ""
        return Font(encoding=known) if known else Font(size=2, table={-1: ""})
    return Font(table=dict(_differences(encoding))) if isinstance(encoding, DictionaryObject) else _PLAIN


def _table(data: bytes) -> Iterator[tuple[int, str]]:
    """Give the characters by their codes, out of a font's table (PDF 32000-1, 9.10.3)."""
    for part in _CHAR_PART.findall(data):
        for code, target in _PAIRS.findall(part):
            yield int(code, 16), _character(target)
    for part in _RANGE_PART.findall(data):
        for first, last, target, each in _RANGES.findall(part):
            start, end = int(first, 16), int(last, 16)
            if target:
                base = int(target[-4:], 16)
                yield from ((start + no, chr((base + no) & 0xFFFF)) for no in range(min(end - start + 1, _WIDEST)))
            else:
                targets = re.findall(rb"<([0-9A-Fa-f]+)>", each)
                yield from ((start + no, _character(one)) for no, one in enumerate(targets))


def _character(target: bytes) -> str:
    return bytes.fromhex(target.decode().zfill((len(target) + 3) // 4 * 4)).decode("utf-16-be", "replace")


def _differences(encoding: DictionaryObject) -> Iterator[tuple[int, str]]:
    """Give the characters of a font that names its glyphs; the others stand where they always do."""
    yield from ((code, chr(code)) for code in range(0x20, 0x7F))
    at = 0
    for each in encoding.get("/Differences", []):
        name = each.get_object()
        if isinstance(name, int):
            at = int(name)
            continue
        yield at, _NAMES.get(str(name), str(name)[1:] if len(str(name)) == len("/X") else "·")
        at += 1


def shown(content: bytes, fonts: Mapping[bytes, Font]) -> str:
    """Give the text that a page's content shows: with a line's end at each move, and once more without any.

    Some programs put every character in its place by itself; so the second tells what the first has in pieces.
    """
    font, pieces = _PLAIN, []
    for name, piece, move in _OPERATORS.findall(content) if fonts else ():
        if name:
            font = fonts.get(name, _PLAIN)
        elif move:
            pieces.append(_ENDS)
        else:
            pieces.append(font.text(b"".join(map(_bytes, _STRINGS.findall(piece)))))
    if not pieces:
        return ""
    return "".join(pieces) + _ENDS + "".join(piece for piece in pieces if piece != _ENDS)


def _bytes(string: bytes) -> bytes:
    if string.startswith(b"<"):
        digits = re.sub(rb"\s", b"", string[1:-1])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    held = string[1:-1]
    return _ESCAPED.sub(_unescaped, held) if b"\\" in held else held


def _unescaped(found: re.Match[bytes]) -> bytes:
    held = found[1]
    return bytes([int(held, 8) & 0xFF]) if held[:1].isdigit() and held[:1] < b"8" else _CHARACTERS.get(held, held)
