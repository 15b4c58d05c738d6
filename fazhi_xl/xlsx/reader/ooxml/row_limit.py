"""Cuts worksheets swollen by empty rows: everything after the last row within the bounds is left out before parsing.

The cut is made in the bytes, tag by tag, since parsing a million empty rows takes seconds. In well-formed XML a `<`
stands only where a tag begins; a file that hides tags in comments gets a cut that does not parse, and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from fazhi_xl.findings import Code
from fazhi_xl.limits import MB
from fazhi_xl.xlsx.reader.model import rejected
from fazhi_xl.xlsx.reader.ooxml.blank_cells import without_blank_cells

_ROW = re.compile(rb"<(?:[\w.-]+:)?row(?=[\s/>])[^<>]*>")
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,9})["']""")
_END = re.compile(rb"</(?:[\w.-]+:)?sheetData\s*>")
_CONTENT = re.compile(rb"<(?:[\w.-]+:)?(?:v|is)[\s>]")
_OPENED = re.compile(rb"<((?:[\w.-]+:)?)worksheet[\s>]")
_SLACK = MB  # of cells without a value, where other sheets have used up what may be passed over
_KEPT = 32 * MB  # of one sheet, before the cut
_TAIL = 4 * MB  # and after its rows
_COUNTED = 100_000  # cells that are only counted; there are no more of them in an honest file
_SPACE = MB // 16  # more white space than this at one place is left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A worksheet's part without its later rows; `outside` counts their cells with content.

    `skipped` is the size of those rows, and of cells without a value before them. `complete` is False where the end of
    the part was not reached, so what follows the rows is missing.
    """

    data: bytes
    outside: int
    skipped: int
    complete: bool


def cut_rows(chunks: Iterator[bytes], rows: int, budget: int) -> Cut:
    """Leave out cells without a value, and the rows after number `rows`; `budget` bytes are passed over, then the rest is given up.

    Raises RejectedError if what is left is still too large.
    """
    source = _tags(chunks)
    kept, rest, blank = _keep(source, rows, max(budget, _SLACK))
    if rest is None:
        return Cut(data=kept, outside=0, skipped=blank, complete=True)
    if budget <= blank:
        return Cut(data=kept + _closing(kept), outside=0, skipped=blank, complete=False)
    outside, skipped, tail = _skip(chain([rest], source), rows, budget - blank)
    end = None if tail is None else _collect(tail, source)
    data = kept + (_closing(kept) if end is None else end)
    return Cut(data=data, outside=outside, skipped=blank + skipped, complete=end is not None)


def _tags(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Join and split the chunks so that none ends within a tag."""
    held = b""
    for chunk in chunks:
        piece = held + chunk
        whole = piece.rfind(b">") + 1
        held = piece[whole:]
        if len(held) > _SPACE and held.isspace():
            held = b""
        if len(held) > _TAIL:
            raise rejected(Code.FILE_UNSAFE, detail="工作表内容异常")
        if whole:
            yield piece[:whole]
    if held:
        yield held


def _keep(source: Iterator[bytes], rows: int, most_blank: int) -> tuple[bytes, bytes | None, int]:
    """Collect the bytes up to the first row beyond the bounds, less `most_blank` of cells without a value.

    The rest of that row's chunk is given beside them, None at the end, and how many bytes of such cells were left out.
    """
    kept: list[bytes] = []
    number = size = blank = 0
    for whole in source:
        piece = without_blank_cells(whole)
        blank += len(whole) - len(piece)
        for found in _ROW.finditer(piece):
            before, number = number, _row_number(found[0], number)
            if number <= before:
                raise rejected(Code.FILE_DAMAGED, detail="工作表的行次序错乱")
            if number > rows:
                return b"".join([*kept, piece[: found.start()]]), piece[found.start() :], blank
        size += len(piece)
        if size > _KEPT or blank > most_blank:
            raise rejected(Code.FILE_UNSAFE, detail="工作表过大")
        kept.append(piece)
    return b"".join(kept), None, blank


def _row_number(tag: bytes, before: int) -> int:
    stated = _NUMBER.search(tag)
    return int(stated[1]) if stated else before + 1


def _skip(source: Iterator[bytes], rows: int, budget: int) -> tuple[int, int, bytes | None]:
    """Skip rows; give how many cells with content and bytes they have, and the bytes from their end on, None where it is not reached."""
    early = _EarlyRows(rows)
    outside = skipped = 0
    for piece in source:
        end = _END.search(piece) if b"sheetData" in piece else None
        early.refuse(piece)
        size = end.start() if end else len(piece)
        if b"v" in piece or b"is" in piece:  # most swollen sheets have neither, and this is ten times as fast
            outside += sum(1 for _ in islice(_CONTENT.finditer(piece, 0, size), max(_COUNTED - outside, 0)))
        skipped += size
        if end or skipped > budget:
            return outside, skipped, piece[size:] if end else None
    return outside, skipped, None


class _EarlyRows:
    """Finds rows after the cut whose number belongs before it, with one search per chunk."""

    def __init__(self, rows: int) -> None:
        digits = len(str(rows))
        self._rows = rows
        self._left = 10**digits
        self._short = re.compile(rb"""r\s{0,9}=\s{0,9}["']0{0,9}[0-9]{1,%d}["']""" % digits)

    def refuse(self, piece: bytes) -> None:
        """Raise RejectedError for such a row, and for more short row numbers than can be distinct."""
        for found in self._short.finditer(piece):
            self._left -= 1
            row = _ROW.match(piece, piece.rfind(b"<", 0, found.start()))
            if self._left < 0 or (row and _row_number(row[0], self._rows) <= self._rows):
                raise rejected(Code.FILE_DAMAGED, detail="工作表的行次序错乱")


def _collect(tail: bytes, source: Iterator[bytes]) -> bytes | None:
    parts = [tail]
    size = len(tail)
    for piece in source:
        size += len(piece)
        if size > _TAIL:
            return None
        parts.append(piece)
    return b"".join(parts)


def _closing(kept: bytes) -> bytes:
    opened = _OPENED.search(kept)
    prefix = opened[1] if opened else b""
    return b"</%ssheetData></%sworksheet>" % (prefix, prefix)
