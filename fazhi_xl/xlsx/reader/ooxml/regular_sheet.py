"""The cells of a worksheet that is written as nearly every program writes it. See `regular`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain

from lxml import etree

from fazhi_xl.xlsx.reader.model import Bounds
from fazhi_xl.xlsx.reader.ooxml.markup import local, parse, truth
from fazhi_xl.xlsx.reader.ooxml.regular import IrregularError, bulk, taken, text_of
from fazhi_xl.xlsx.reader.ooxml.regular_rows import Attributes, Rows, RowsRead
from fazhi_xl.xlsx.reader.ooxml.sheet import NUMBER, Legend, SheetContent
from fazhi_xl.xlsx.reader.ooxml.surroundings import WANTED, Surroundings

_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"
_SWITCH = rb"(?:true|false|[01])"
_FOOTER = re.compile(
    rb'<headerFooter(?: differentFirst="%s")?(?: differentOddEven="%s")?>' % (_SWITCH, _SWITCH)
    + rb"(?:<((?:odd|even|first)(?:Header|Footer))>[^<]*</\1>)*</headerFooter>"
)
_NO_FOOTER = b"<headerFooter/>"


class RegularSheets:
    """Reads the worksheets of one workbook."""

    def __init__(self, legend: Legend, bounds: Bounds) -> None:
        self._bounds = bounds
        self._legend = legend
        self._attributes = Attributes(legend, bounds)

    def read(self, data: bytes, name: str, most: int) -> SheetContent | None:
        """Read a worksheet of at most so many cells; None where it is irregular. Raises RejectedError for a DTD."""
        start = data.find(_OPEN) + len(_OPEN)
        end = data.find(_CLOSE, start)
        if self._legend.strings.struck or start < len(_OPEN):
            return None
        try:
            reading = Rows(name, self._legend, self._bounds, self._attributes)
            rows = reading.read(bulk(data, start, end))
            frame = _Frame(data[:start], data[end:], _by_kind(rows), self._bounds)
        except (IrregularError, LookupError, etree.XMLSyntaxError):
            return None
        content = _content(rows, reading.outside, frame)
        return content if len(content.cells) <= most else None


def _by_kind(rows: list[RowsRead]) -> Mapping[str, list[int]]:
    """Give the numbers of all rows by the rest of their tags."""
    kinds: dict[str, list[int]] = {}
    for row in rows:
        for kind, number in row.kinds:
            kinds.setdefault(kind, []).append(number)
    return kinds


class _Frame:
    """A worksheet without its rows, but with one of each kind, which tell what rows are hidden."""

    def __init__(self, head: bytes, tail: bytes, rows: Mapping[str, list[int]], bounds: Bounds) -> None:
        kinds = "".join([f'<row r="1"{kind}>{"" if kind.endswith("/") else "</row>"}' for kind in rows])
        data = head + kinds.encode() + _without_footer(tail)
        self.surroundings, hidden = (_framed_before if len(data) <= _ALIKE else _framed)(data, bounds)
        if len(hidden) != len(rows):
            raise IrregularError  # there are rows elsewhere
        numbers = (numbers for out, numbers in zip(hidden, rows.values(), strict=True) if out)
        self.hidden_rows = frozenset(no for each in numbers for no in each if no <= bounds.rows)


def _without_footer(tail: bytes) -> bytes:
    """Leave out what is printed above and below the pages, in which the form's number stands: no two forms have it in common."""
    found = _FOOTER.search(tail)
    if found is None:
        return tail
    text_of(taken(found[0]))
    return tail[: found.start()] + _NO_FOOTER + tail[found.end() :]


def _framed(data: bytes, bounds: Bounds) -> tuple[Surroundings, tuple[bool, ...]]:
    """Read what stands around the rows, and of each row whether it is hidden. Raises XMLSyntaxError."""
    surroundings, hidden = Surroundings(bounds), []
    for element in parse(data).iter(*WANTED):
        if local(element) == "row":
            hidden.append(truth(element.get("hidden")))
        else:
            surroundings.take(element)
    return surroundings, tuple(hidden)


_ALIKE = 64 * 1024  # bytes
_framed_before = lru_cache(maxsize=256)(_framed)  # the sheets of one round stand in few frames


def _content(rows: list[RowsRead], outside: int, frame: _Frame) -> SheetContent:
    around, odd = frame.surroundings, [each for row in rows for each in row.odd]
    return SheetContent(
        cells=tuple(chain.from_iterable(row.cells for row in rows)),
        outside=outside,
        protected=around.protected,
        merges=tuple(around.merges),
        filtered=around.filtered,
        hidden_rows=frame.hidden_rows,
        hidden_columns=frozenset(around.hidden_columns),
        struck=frozenset(place for place, look, _ in odd if look.struck),
        disguised=frozenset(place for place, look, _ in odd if look.disguised),
        formats={place: look.code for place, look, kind in odd if look.code and kind is NUMBER},
    )
