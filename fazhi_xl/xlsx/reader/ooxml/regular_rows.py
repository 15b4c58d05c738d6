"""The rows of a worksheet that is written as nearly every program writes it. See `regular`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from operator import ge, itemgetter, methodcaller
from typing import NamedTuple

from fazhi_xl.cells import CellKind, CellPlace, RawCell
from fazhi_xl.limits import MB
from fazhi_xl.text.characters import in_font
from fazhi_xl.xlsx.reader.model import Bounds
from fazhi_xl.xlsx.reader.ooxml.known import Known
from fazhi_xl.xlsx.reader.ooxml.regular import IrregularError, taken, text_of, unescaped
from fazhi_xl.xlsx.reader.ooxml.sheet import NUMBER, TEXT, Legend, boolean_cell, number_cell, position
from fazhi_xl.xlsx.reader.ooxml.strings import decoded
from fazhi_xl.xlsx.reader.ooxml.styles import OddFormat

ROW_END = b"</row>"
_AT = "[A-Z]{1,3}[1-9][0-9]{0,6}"
_BLANKS = f'(?:<c r="{_AT}"(?: s="[0-9]+")?(?:/>|(?: t="n")?></c>(?=<)))*'
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
_Token = tuple[str, str, str, str, str, str, str]
"""Of a cell address, style and type, whether it has a formula, value, text; of a row its number and attributes; and the rest."""
_STYLE_AND_TYPE = re.compile('(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?')
_SHARED = re.compile(rb' t="s">(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?<v>([0-9]+)</v>')
_HEIGHT = re.compile(' ht="[0-9.]+"')
_Typed = tuple[CellKind, str]
_Told = tuple[Callable[[str], _Typed], OddFormat | None]
"""How the stored value of a cell is read, and how the cell looks where that is odd."""
_new_cell = partial(tuple.__new__, RawCell)  # takes half of the time that the class itself does


class _Numbers(dict[str, int]):
    """Numbers of shared texts by how they are written. Raises KeyError for any other way to write them."""

    def __missing__(self, text: str) -> int:
        if len(text) > _DIGITS or not text.isascii() or not text.isdecimal() or str(number := int(text)) != text:
            raise KeyError(text)
        if number < _FEW:
            self[text] = number
        return number


_FEW, _DIGITS = 1 << 14, 7
_numbers = _Numbers()


class Attributes(dict[str, _Told]):
    """What the attributes of cells tell, by their text. Raises LookupError for a type that is not usual, or a text that there is not."""

    def __init__(self, legend: Legend, bounds: Bounds) -> None:
        super().__init__()
        self._looks, self._most = legend.looks, bounds.text + 1
        self._texts = legend.strings.texts
        self._types: Mapping[str, Callable[[str], _Typed]] = {
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
        typed = self._shared if stored == "s" else self._types[stored]
        self[stated] = told = typed, self._looks.get(style or "0")
        return told

    def _shared(self, number: str) -> _Typed:
        return TEXT, self._texts[_numbers[number]] if number else ""

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


Odd = tuple[CellPlace, OddFormat, CellKind]
"""A cell that looks otherwise than what it holds, and how."""


class RowsRead(NamedTuple):
    """A row, and rows without cells before it: `kinds` are their numbers, each after the rest of its tag.

    It holds where `refer` gives the same of the sheet's `texts`.
    """

    cells: tuple[RawCell, ...]
    kinds: tuple[tuple[str, int], ...]
    odd: tuple[Odd, ...]
    refer: Callable[[tuple[str, ...]], object]
    texts: object


def _nothing(_: tuple[str, ...]) -> None:
    return None


_known: Known[RowsRead] = Known(48 * MB)


class Rows:
    """Reads the rows of a sheet; those that were read before, with the same texts, are not read again."""

    def __init__(self, name: str, legend: Legend, bounds: Bounds, attributes: Attributes) -> None:
        self._name = name
        self._bounds = bounds
        self._attributes = attributes
        self._texts = legend.strings.texts
        self._way = _known.way(legend.looks, name, bounds)
        self.outside = 0

    def read(self, data: bytes) -> list[RowsRead]:
        """Read all rows. Raises IrregularError, and LookupError for a type or a text that there is not."""
        *pieces, rest = data.split(ROW_END)
        known = [self._before(piece) for piece in pieces]
        new = [piece for piece, before in zip(pieces, known, strict=True) if before is None]
        read = self._read(new, rest)
        if self.outside:
            self.outside = 0
            return self._read(pieces, rest)
        for piece, row in zip(new, read, strict=False):
            self._keep(piece, row)
        left = iter(read)
        rows = [before or next(left) for before in known]
        return _in_order([*rows, *left])

    def _before(self, piece: bytes) -> RowsRead | None:
        before = _known.get((self._way, piece))
        try:
            return before if before and before.refer(self._texts) == before.texts else None
        except IndexError:
            return None

    def _keep(self, piece: bytes, row: RowsRead) -> None:
        if _known.met((self._way, piece)):
            shared = [int(number) for number in _SHARED.findall(piece)]
            refer = itemgetter(*shared) if shared else _nothing
            _known.keep((self._way, piece), row._replace(refer=refer, texts=refer(self._texts)))

    def _read(self, pieces: list[bytes], rest: bytes) -> list[RowsRead]:
        """Read rows, each without its end, and the rest after them. Raises IrregularError and LookupError."""
        if not all(map(_BEGINS, pieces)) or (rest and not _BEGINS(rest)):
            raise IrregularError
        tokens: list[_Token] = _TOKEN.findall(text_of(taken(ROW_END.join([*pieces, rest]))))
        reading = _Reading(self._name, self._bounds)
        reading.take(tokens, self._attributes)
        self.outside = reading.outside
        return reading.rows()


_BEGINS = methodcaller("startswith", b"<row ")


def _in_order(rows: list[RowsRead]) -> list[RowsRead]:
    """Give rows as they are. Raises IrregularError where a cell comes before an earlier one, or again."""
    ends = [place for each in rows if each.cells for place in (each.cells[0][1:3], each.cells[-1][1:3])]
    if any(map(ge, ends[1:-1:2], ends[2::2])):
        raise IrregularError
    return rows


class _Reading:
    """Gathers the cells of rows, which have to come in their order."""

    def __init__(self, name: str, bounds: Bounds) -> None:
        self._name = name
        self._bounds = bounds
        self._begun: list[
            tuple[str, int, int]
        ] = []  # the rows' tags, with how many cells and odd ones there were before
        self._found: list[RawCell] = []
        self._odd: list[Odd] = []
        self.outside = 0

    def take(self, tokens: list[_Token], attributes: Attributes) -> None:
        """Take rows. Raises IrregularError, and LookupError for a type or a text that there is not."""
        name, before, found, append = self._name, (0, 0), self._found, self._found.append
        most_rows, most_columns = self._bounds.rows, self._bounds.columns
        for at, stated, formula, value, inline, row_tag, other in tokens:
            if not at:
                if other:
                    raise IrregularError
                if row_tag:
                    self._begun.append((row_tag, len(found), len(self._odd)))
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
                self.outside += 1
                continue
            if look:
                self._odd.append(((name, row, column), look, kind))
                words = in_font(words, look.symbols) if look.symbols and kind is TEXT else words
            append(_new_cell((name, row, column, kind if words else TEXT, words, formula != "")))

    def rows(self) -> list[RowsRead]:
        """Give what was gathered, row by row."""
        rows: list[RowsRead] = []
        kinds: list[tuple[str, int]] = []
        ends = [*self._begun[1:], ("", len(self._found), len(self._odd))]
        for (tag, cell, odd), (_, end, odd_end) in zip(self._begun, ends, strict=False):
            number, _, kind = tag.partition('"')
            kinds.append((_HEIGHT.sub(' ht="1"', kind), int(number)))
            if not kind.endswith("/"):
                cells, looks = tuple(self._found[cell:end]), tuple(self._odd[odd:odd_end])
                rows.append(RowsRead(cells, tuple(kinds), looks, _nothing, None))
                kinds = []
        return [*rows, RowsRead((), tuple(kinds), (), _nothing, None)] if kinds else rows
