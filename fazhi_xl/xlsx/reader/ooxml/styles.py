"""Cell formats that change what a person sees of a value: crossed out, scaled, hidden, in signs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from fazhi_xl.text.characters import is_symbolic
from fazhi_xl.text.number_format import BUILT_IN, says_more
from fazhi_xl.xlsx.reader.ooxml.markup import parse
from fazhi_xl.xlsx.reader.ooxml.regular import once
from fazhi_xl.xlsx.reader.ooxml.strings import crossed_out

# What stands for itself in a format: quoted text, an escaped character, padding, a condition or a colour.
_LITERAL = re.compile(r'"[^"]*"?|[\\!_*].?|\[[^\]]*\]?')
_SCALED = re.compile(r"%|[0#?.],+(?![0#?,])")
_ESCAPED_POINT = re.compile(r"[0#?][\\!]\.[0#?]")
_SHOWS = re.compile(r"[0#?@aymdhsegb]|general", re.IGNORECASE)
_MOST = 1000  # characters of one format; Excel takes 255


@dataclass(frozen=True, slots=True, kw_only=True)
class OddFormat:
    """Whether a cell format crosses out, or disguises the stored number, its code where that says more than the digits, a font of signs."""

    struck: bool
    disguised: bool
    code: str = ""
    symbols: str = ""

    @property
    def odd(self) -> bool:
        return self.struck or self.disguised or bool(self.code or self.symbols)


class Looks(dict[str, OddFormat]):
    """Odd cell formats by the number that cells state. What was read by them is kept by their identity."""

    __hash__ = object.__hash__  # type: ignore[assignment]


@once
def odd_looks(data: bytes) -> Looks:
    """Give the cell formats, by the number that cells state, that cross out, disguise or say more; none where the part is damaged."""
    try:
        root = parse(data)
    except etree.XMLSyntaxError:
        return Looks()
    own = {
        item.get("numFmtId", ""): item.get("formatCode", "")[:_MOST] for item in root.iterfind("{*}numFmts/{*}numFmt")
    }
    codes = {**BUILT_IN, **own}
    disguised = {number for number, code in codes.items() if disguises(code)}
    telling = {number: code for number, code in codes.items() if says_more(code)}
    struck = {str(place) for place, font in enumerate(root.iterfind("{*}fonts/{*}font")) if crossed_out(font)}
    symbolic = {
        str(place): name.get("val", "")
        for place, name in enumerate(font.find("{*}name") for font in root.iterfind("{*}fonts/{*}font"))
        if name is not None and is_symbolic(name.get("val", ""))
    }
    looks = (
        OddFormat(
            struck=each.get("fontId") in struck,
            disguised=(number := each.get("numFmtId", "")) in disguised,
            code=telling.get(number, ""),
            symbols=symbolic.get(each.get("fontId", ""), ""),
        )
        for each in root.iterfind("{*}cellXfs/{*}xf")
    )
    return Looks({str(place): look for place, look in enumerate(looks) if look.odd})


def disguises(code: str) -> bool:
    """Tell whether a number format shows another number than the stored one (`0.0,`, `0!.0,`, `0%`), or nothing (`;;;`)."""
    code = code[:_MOST]
    if not code or _ESCAPED_POINT.search(code):
        return bool(code)
    plain = _LITERAL.sub("", code)
    return bool(_SCALED.search(plain)) or not all(map(_SHOWS.search, plain.split(";")[:3]))
