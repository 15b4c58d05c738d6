"""A workbook being written: XlsxWriter with its refusals raised as errors, fixed dates, and the theme's styles."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import NamedTuple

from xlsxwriter.format import Format

from fazhi_xl.notice.theme import Theme
from fazhi_xl.text.packing import made_alike
from fazhi_xl.xlsx.writer.drawn import DrawnBook, DrawnSheet, RowByRowSheet, sure
from fazhi_xl.xlsx.writer.styles import STYLES, Properties, Turn, font, properties, turned

__all__ = ["A3", "A4", "SCREEN", "BookWriter", "Look", "apart", "foot", "pixels_of", "screen_scale", "strictly", "sure"]
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class Look(NamedTuple):
    """A style's name, and properties of XlsxWriter that are changed."""

    style: str
    more: tuple[tuple[str, object], ...]


A3, A4 = 8, 9  # paper as Excel numbers it


class BookWriter:
    """An open workbook. Text is written with `write_string`, which never becomes a formula or a link.

    Points show two places; where they have three `decimals`, also the third, or its room where it is zero. Where it is `fixed`, clients let
    nobody add, take out, move or rename a sheet. With a `target` it goes to that file, its rows have to come one after the other, and no
    row is held in memory.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        title: str,
        decimals: int = 2,
        fixed: bool = False,
        target: Path | None = None,
        known: dict[object, Format] | None = None,
    ) -> None:
        """Begin a book; of several with the same theme and decimals who writes them keeps the `known` formats."""
        self._memory, self._target = io.BytesIO(), target
        self.theme = theme
        # Widths of columns count the digits of the book's own font.
        own = {"default_format_properties": {**font("figure", theme), "font_size": 10}}
        # What is written to a file is written row by row, and goes through files beside it.
        by_row = {"in_memory": False, "constant_memory": True, "tmpdir": str(target.parent)} if target else {}
        self.raw = DrawnBook(str(target) if target else self._memory, {**_OPTIONS, **own, **by_row})
        self.raw.fixed = fixed
        self._sheets = RowByRowSheet if target else DrawnSheet
        self.raw.set_properties({"title": title, "created": datetime.combine(theme.created, time())})
        self._decimals = decimals
        self._known = {} if known is None else known
        self._looks: dict[Look, Format] = {}
        self._turns: dict[Turn, Format] = {}
        self.cell = cache(self._cell)

    def style(self, name: str, **more: object) -> Format:
        """Give the format of a style, with properties of XlsxWriter changed by `more`."""
        look = Look(name, tuple(sorted(more.items())))
        if look not in self._looks:
            self._looks[look] = self._format(look, lambda: self._properties(name, more))
        return self._looks[look]

    @property
    def looks_by_number(self) -> Mapping[int, Look]:
        """The looks of the cells that are written, by the numbers of their formats."""
        return {made.xf_index: look for look, made in self._looks.items() if made.xf_index is not None}

    def turned(self, turn: Turn) -> Format:
        """Give what a cell changes to."""
        if turn not in self._turns:
            self._turns[turn] = self._format(turn, lambda: turned(turn, self.theme))
        return self._turns[turn]

    def _properties(self, name: str, more: Properties) -> Properties:
        made = {**properties(STYLES[name], self.theme), **more}
        shown = {"num_format": self.number(str(made["num_format"]))} if "num_format" in made else {}
        return {**made, **shown}

    def _format(self, key: object, make: Callable[[], Properties]) -> Format:
        if key not in self._known:
            self._known[key] = self.raw.unused_format(make())
        return self.raw.own_format(self._known[key])

    def _cell(self, style: str, locked: bool) -> Format:  # noqa: FBT001 - a form's cells are locked, or its inputs
        return self.style(style, locked=locked)

    def number(self, form: str) -> str:
        """Give a number format with as many places as points have in this book."""
        return form.replace("0.00", "0.00?") if self._decimals > 2 else form

    def sheet(self, name: str, *, tab: str, landscape: bool = True) -> DrawnSheet:
        """Add a sheet that prints on A4, one page wide."""
        sheet: DrawnSheet = self.raw.add_worksheet(name, self._sheets)
        sheet.hide_gridlines(2)
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.45, right=0.45, top=0.45, bottom=0.6)
        sheet.center_horizontally()
        sheet.set_tab_color(self.theme.colours[tab])
        if landscape:
            sheet.set_landscape()
        return sheet

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Finish the workbook and give the parts of its package by their names."""
        yield from self.raw.parts()

    def abandon(self) -> None:
        """Close the files that the rows of a book go through, where it will not be finished."""
        for sheet in self.raw.worksheets():
            if sheet.row_data_fh is not None:
                with suppress(OSError):  # what is still to be written may have no room
                    sheet.row_data_fh.close()

    def close(self) -> bytes:
        """Finish the workbook and give its bytes; none of one that goes to a file."""
        self.raw.close()
        if self._target:
            with self._target.open("r+b") as file:
                made_alike(file)
            return b""
        made_alike(self._memory)
        return self._memory.getvalue()


SCREEN = 1300  # pixels beside the row numbers and the scroll bar
_LEGIBLE = 65  # per cent


def screen_scale(widths: Iterable[float]) -> int:
    """Give the scale, in steps of 5 per cent, that shows columns of these widths whole on the offices' old screens of 1366 pixels.

    What is too wide for that stays legible, and is scrolled.
    """
    return max(_LEGIBLE, min(100, int(SCREEN / sum(pixels_of(widths)) * 20) * 5))


def pixels_of(widths: Iterable[float]) -> Iterator[float]:
    """Give how many pixels wide columns of these widths are."""
    yield from (width * 7 + 5 for width in widths)


def foot(left: str, right: str, *, upright: bool = False) -> str:
    """Write the foot of printed pages: what they are on the left, the page's number, and the sheet on the right.

    On an upright page the number stands beside the sheet, for the left part reaches beyond the middle.
    """
    pages, name = "第&P页 共&N页", apart(right)
    return f"&L&9{apart(left)}&R&9{name} {pages}" if upright else f"&L&9{apart(left)}&C&9{pages}&R&9{name}"


def apart(text: str) -> str:
    """Separate a text's first digit from the font size before it."""
    return f" {text}" if text[:1].isdigit() else text


@contextmanager
def strictly() -> Iterator[None]:
    """Turn the library's warnings into errors."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield
