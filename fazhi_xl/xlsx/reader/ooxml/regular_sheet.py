"""The cells of a worksheet that is written as nearly every program writes it. See `regular`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from itertools import count, repeat

from lxml import etree

from fazhi_xl.cells import CellKind, CellPlace, RawCell
from fazhi_xl.text.characters import in_font
from fazhi_xl.xlsx.reader.model import Bounds
from fazhi_xl.xlsx.reader.ooxml.markup import local, parse, truth
from fazhi_xl.xlsx.reader.ooxml.regular import IrregularError, bulk, text_of, unescaped
from fazhi_xl.xlsx.reader.ooxml.sheet import NUMBER, TEXT, Legend, SheetContent, boolean_cell, number_cell, position
from fazhi_xl.xlsx.reader.ooxml.strings import decoded
from fazhi_xl.xlsx.reader.ooxml.styles import OddFormat
from fazhi_xl.xlsx.reader.ooxml.surroundings import WANTED, Surroundings

_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"
_AT = "[A-Z]{1,3}[1-9][0-9]{0,6}"
_BLANKS = f'(?:<c r="{_AT}"(?: s="[0-9]+")?/>)*+'
_STATED = '((?: s="[0-9]+")?(?: t="[A-Za-z]+")?)'
_INLINE = '<is><t(?: xml:space="preserve")?>([^<]*)</t></is>'
_FORMULA_KIND = ' aca="(?:true|false)"| ca="1"| t="shared"(?: ref="[A-Z0-9:]+")? si="[0-9]+"'
_FORMULA = f"(?:(<f)(?:{_FORMULA_KIND})?(?:/>|>[^<]*</f>))?"
_VALUE = f"{_FORMULA}(?:<v>([^<]*)</v>|{_INLINE}|<v ?/>)?"
_END = "</row>(?=<row |\\Z)"
# A cell, after cells without a value; the end of a row, after such cells; the beginning of a row; and whatever is none of these.
_TOKEN = re.compile(
    f'{_BLANKS}(?:<c r="({_AT})"{_STATED}>{_VALUE}</c>(?:(?=<c )|{_END})|{_END})'
    '|<row r="([1-9][0-9]{0,6}"[^<>]*)>(?:(?<=/>)(?=<row |\\Z)|(?<!/>)(?=<c |</row>))'
    "|(.+)",
    re.DOTALL,
)
_STYLE_AND_TYPE = re.compile('(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?')
_Typed = tuple[CellKind, str]
_Told = tuple[Callable[[str], _Typed], OddFormat | None]
"""How the stored value of a cell is read, and how the cell looks where that is odd."""
_new_cell = partial(tuple.__new__, RawCell)  # takes half of the time that the class itself does


class _Attributes(dict[str, _Told]):
    """What the attributes of cells tell, by their text. Raises KeyError for a type that is not usual."""

    def __init__(self, legend: Legend, bounds: Bounds) -> None:
        super().__init__()
        self._looks, self._most = legend.looks, bounds.text + 1
        shared = zip(map(str, count()), zip(repeat(TEXT), legend.strings.texts, strict=False), strict=False)
        self._types: Mapping[str, Callable[[str], _Typed]] = {
            "s": {"": (TEXT, ""), **dict(shared)}.__getitem__,
            "": _number,
            "n": _number,
            "str": self.text,
            "inlineStr": lambda text: (TEXT, unescaped(_shown(text))[: self._most]),
            "b": lambda text: boolean_cell(unescaped(_shown(text))),
            "e": lambda text: (CellKind.ERROR, unescaped(text).strip()[: self._most]),
        }

    def __missing__(self, stated: str) -> _Told:
        found = _STYLE_AND_TYPE.fullmatch(stated)
        style, stored = found.groups("") if found else ("", stated)
        self[stated] = told = self._types[stored], self._looks.get(style or "0")
        return told

    def text(self, text: str) -> _Typed:
        _shown(text)
        return TEXT, (decoded(unescaped(text)) if "&" in text or "_x" in text else text)[: self._most]


def _shown(text: str) -> str:
    """Give a text as it is. Raises IrregularError for mere space: whether that counts depends on the cells beside."""
    if text and text.isspace():
        raise IrregularError
    return text


def _number(text: str) -> _Typed:
    return (NUMBER, text) if text.isdecimal() and text.isascii() else number_cell(unescaped(text))


class RegularSheets:
    """Reads the worksheets of one workbook."""

    def __init__(self, legend: Legend, bounds: Bounds) -> None:
        self._bounds = bounds
        self._struck = legend.strings.struck
        self._attributes = _Attributes(legend, bounds)

    def read(self, data: bytes, name: str, most: int) -> SheetContent | None:
        """Read a worksheet of at most so many cells; None where it is irregular. Raises RejectedError for a DTD."""
        start = data.find(_OPEN) + len(_OPEN)
        end = data.find(_CLOSE, start)
        cells = _Cells(name, self._bounds, self._attributes)
        if self._struck or start < len(_OPEN):
            return None
        try:
            cells.take(text_of(bulk(data, start, end)))
            frame = _Frame(data[:start], data[end:], cells.rows, self._bounds)
        except (IrregularError, KeyError, etree.XMLSyntaxError):
            return None
        return cells.within(frame) if len(cells.found) <= most else None


class _Frame:
    """A worksheet without its rows, but with one of each kind, which tell what rows are hidden."""

    def __init__(self, head: bytes, tail: bytes, rows: Mapping[str, list[int]], bounds: Bounds) -> None:
        self.surroundings = Surroundings(bounds)
        self.hidden_rows: set[int] = set()
        kinds = "".join([f'<row r="1"{kind}>{"" if kind.endswith("/") else "</row>"}' for kind in rows])
        left = list(rows.values())[::-1]
        for element in parse(head + kinds.encode() + tail).iter(*WANTED):
            if local(element) != "row":
                self.surroundings.take(element)
            elif not left:
                raise IrregularError  # there are rows elsewhere
            elif numbers := left.pop():
                hidden = numbers if truth(element.get("hidden")) else ()
                self.hidden_rows.update(number for number in hidden if number <= bounds.rows)
        if left:
            raise IrregularError


class _Cells:
    """Gathers the cells of a sheet, which have to come in their order; `rows` are the rows' numbers by the rest of their tags."""

    def __init__(self, name: str, bounds: Bounds, attributes: _Attributes) -> None:
        self._name = name
        self._bounds = bounds
        self._attributes = attributes
        self.rows: dict[str, list[int]] = {}
        self.found: list[RawCell] = []
        self._outside = 0
        self._struck: set[CellPlace] = set()
        self._disguised: set[CellPlace] = set()
        self._formats: dict[CellPlace, str] = {}

    def take(self, text: str) -> None:
        """Take the rows of a sheet. Raises IrregularError, and KeyError for a type or a text that there is not."""
        if text and not text.startswith("<row "):
            raise IrregularError
        name, attributes, before, append = self._name, self._attributes, (0, 0), self.found.append
        most_rows, most_columns = self._bounds.rows, self._bounds.columns
        for at, stated, formula, value, inline, row_tag, other in _TOKEN.findall(text):
            if not at:
                self._row(row_tag, other)
                continue
            typed, look = attributes[stated]
            kind, words = attributes.text(inline) if inline else typed(value)
            if not (words or formula):
                continue
            place = position(at)
            if place is None or place <= before:
                raise IrregularError
            row, column = before = place
            if row > most_rows or column > most_columns:
                self._outside += 1
                continue
            if look:
                words = self._looked_at((name, row, column), look, kind, words)
            append(_new_cell((name, row, column, kind if words else TEXT, words, formula != "")))

    def _row(self, tag: str, other: str) -> None:
        """Take the beginning of a row; its end says nothing."""
        if other:
            raise IrregularError
        if tag:
            number, _, kind = tag.partition('"')
            self.rows.setdefault(kind, []).append(int(number))

    def _looked_at(self, place: CellPlace, look: OddFormat, kind: CellKind, words: str) -> str:
        """Note how a cell looks; give its text with the signs that letters are shown as."""
        if look.struck:
            self._struck.add(place)
        if look.disguised:
            self._disguised.add(place)
        if look.code and kind is NUMBER:
            self._formats[place] = look.code
        return in_font(words, look.symbols) if look.symbols and kind is TEXT else words

    def within(self, frame: _Frame) -> SheetContent:
        """Give what was gathered, with what is said around it."""
        around = frame.surroundings
        return SheetContent(
            cells=tuple(self.found),
            outside=self._outside,
            protected=around.protected,
            merges=tuple(around.merges),
            filtered=around.filtered,
            hidden_rows=frozenset(frame.hidden_rows),
            hidden_columns=frozenset(around.hidden_columns),
            struck=frozenset(self._struck),
            disguised=frozenset(self._disguised),
            formats=self._formats,
        )
