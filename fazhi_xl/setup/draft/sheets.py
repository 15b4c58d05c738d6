"""A notice in a workbook, of any format: a sheet's rows as paragraphs where a row is one text, and as tables where it is several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pandas as pd

from fazhi_xl.cells import CellKind, RawCell
from fazhi_xl.errors import FazhiError
from fazhi_xl.setup.draft.own_book import own_book
from fazhi_xl.text.papers import Anchor, Cell, Paper, Paragraph, Table, plain_table
from fazhi_xl.xlsx.reader import Bounds, RawBook, read
from fazhi_xl.xlsx.reader.model import RawSheet, SheetState

_BOUNDS = Bounds(rows=5000, columns=64, text=20_000)
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_ANNEX = re.compile(r"附[件表录]\s*[0-9０-９一二三四五六七八九十]*[:：]?\s*$")


def read_sheets(data: bytes) -> Paper:
    """Read a workbook from its bytes. Raises RejectedError where it cannot be read, FazhiError where it is the program's own."""
    book = read(data, bounds=_BOUNDS)
    if own := own_book(book):
        raise FazhiError(*own)
    shown = [sheet for sheet in book.sheets if sheet.state is SheetState.VISIBLE]
    blocks = tuple(block for sheet in shown for block in _blocks(sheet, book))
    return Paper(blocks=blocks, unread=tuple(_unread(book)))


def _unread(book: RawBook) -> Iterator[str]:
    yield from (f"隐藏的工作表“{sheet.name}”" for sheet in book.sheets if sheet.state is not SheetState.VISIBLE)
    if book.outside:
        yield f"第{_BOUNDS.rows}行以下或者第{_BOUNDS.columns}列以后的{book.outside}格"
    yield from (extra.word for extra in sorted(book.extras) if extra.word in {"图片", "文本框"})


def _blocks(sheet: RawSheet, book: RawBook) -> Iterator[Paragraph | Table]:
    whole = _grid([cell for cell in book.cells if cell.sheet == sheet.name], sheet)
    held: list[int] = []  # the rows of a table, so far
    for at, row in enumerate(whole.rows):
        if _in_table(row, whole.rows[held[-1]] if held else None):
            held.append(at)
            continue
        yield from _table(whole, held)
        held = []
        if text := " ".join(dict.fromkeys(cell.text for cell in row if cell.text)):
            yield Paragraph(text=text, where=whole.places[at])
    yield from _table(whole, held)


def _grid(cells: Sequence[RawCell], sheet: RawSheet) -> Table:
    """Lay a sheet's cells out as a frame, from its first row and column on, blank ones too."""
    told = [
        (cell.row, cell.column, _text(cell)) for cell in cells if cell.text.strip() and cell.kind is not CellKind.ERROR
    ]
    if not told:
        return plain_table([], [], {}, new_page=False)
    frame = pd.DataFrame(told, columns=["row", "column", "text"]).pivot_table(
        index="row", columns="column", values="text", aggfunc="first"
    )
    last_row, last_column = max(row for row, _, _ in told), max(column for _, column, _ in told)
    frame = frame.reindex(index=range(1, last_row + 1), columns=range(1, last_column + 1)).fillna("")
    places = [f"工作表“{sheet.name}”第{row}行" for row in frame.index]
    return plain_table(frame.to_numpy().tolist(), places, dict(_merged(sheet, *frame.shape)), new_page=False)


def _text(cell: RawCell) -> str:
    """Give a cell's text: a number without the zeros that a file keeps behind it, a day without its time."""
    if cell.kind is CellKind.NUMBER and re.fullmatch(r"-?[0-9]+\.[0-9]+", cell.text):
        return f"{float(cell.text):.10g}"
    return cell.text[:10] if cell.kind is CellKind.DATE else cell.text.strip()


def _merged(sheet: RawSheet, rows: int, columns: int) -> Iterator[tuple[Anchor, Anchor]]:
    """Yield every cell within a merged one, with the first cell of it."""
    for reference in sheet.merges:
        found = _REFERENCE.fullmatch(reference)
        if not found or not found[3]:
            continue
        top, left, bottom, right = int(found[2]) - 1, _column(found[1]), int(found[4]), _column(found[3]) + 1
        for row in range(top, min(bottom, rows)):
            yield from (
                ((row, column), (top, left))
                for column in range(left, min(right, columns))
                if (row, column) != (top, left)
            )


def _column(letters: str) -> int:
    """Give a column's number from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _in_table(row: Sequence[Cell], above: Sequence[Cell] | None) -> bool:
    """Tell whether a row is one of a table: it holds several texts, or goes on in one that has begun."""
    told = {cell.anchor: cell.text for cell in row if cell.text}
    if len(told) > 1:
        return True
    text = next(iter(told.values()), "")
    return bool(text) and above is not None and not _ANNEX.match(text)


def _table(whole: Table, held: Sequence[int]) -> Iterator[Table]:
    """Give the rows of a table without the columns that are blank throughout."""
    if not held:
        return
    first = held[0]
    width = range(len(whole.rows[first]))
    told = [at for at in width if any(whole.rows[row][at].text for row in held)]
    rows = tuple(tuple(_moved(whole.rows[row][at], first) for at in range(told[0], told[-1] + 1)) for row in held)
    yield Table(rows=rows, places=tuple(whole.places[row] for row in held))


def _moved(cell: Cell, first: int) -> Cell:
    """Give a cell with its row counted from the table's first one."""
    return Cell(text=cell.text, anchor=(cell.anchor[0] - first, cell.anchor[1]))
