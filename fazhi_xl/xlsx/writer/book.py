"""A workbook being written: XlsxWriter with its refusals raised as errors, fixed dates, and the theme's styles."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from fazhi_xl.notice.theme import Theme
from fazhi_xl.xlsx.writer.styles import STYLES, font, properties

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


A3, A4 = 8, 9  # paper as Excel numbers it


class _DrawnSheet(Worksheet):  # type: ignore[misc] # XlsxWriter has no types
    """Takes formulas as they are: ours use no function newer than Excel 2010, and the search for such takes most of the time.

    The rows in `growing` (from 0) have a height that clients adapt to what is written into them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.growing: set[int] = set()

    def _write_row(self, row: int, *rest: Any, **more: Any) -> None:  # noqa: ANN401 - the library's own parameters
        self._grows = row in self.growing
        super()._write_row(row, *rest, **more)

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, object]] = []) -> None:  # noqa: B006 - the library's
        kept = [each for each in attributes if not (tag == "row" and self._grows and each[0] == "customHeight")]
        super()._xml_start_tag_unencoded(tag, kept)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002
        return formula.removeprefix("=")


class _DrawnBook(xlsxwriter.Workbook):  # type: ignore[misc] # XlsxWriter has no types
    """Protects the order and the names of its sheets where they are `fixed`, without a password, as the sheets are."""

    fixed = False

    def _write_book_views(self) -> None:
        if self.fixed:  # the standard has this part before the views; the library cannot write it
            self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])
        super()._write_book_views()


class BookWriter:
    """An open workbook. Text is written with `write_string`, which never becomes a formula or a link.

    Points show two places; where they have three `decimals`, also the third, or its room where it is zero. Where it is `fixed`, clients let
    nobody add, take out, move or rename a sheet.
    """

    def __init__(self, theme: Theme, *, title: str, decimals: int = 2, fixed: bool = False) -> None:
        self._memory = io.BytesIO()
        self.theme = theme
        # Widths of columns count the digits of the book's own font.
        own = {"default_format_properties": {**font("figure", theme), "font_size": 10}}
        self.raw = _DrawnBook(self._memory, {**_OPTIONS, **own})
        self.raw.fixed = fixed
        self.raw.set_properties({"title": title, "created": datetime.combine(theme.created, time())})
        self._decimals = decimals
        self._formats: dict[tuple[str, tuple[tuple[str, object], ...]], Format] = {}

    def style(self, name: str, **more: object) -> Format:
        """Give the format of a style, with properties of XlsxWriter changed by `more`."""
        key = (name, tuple(sorted(more.items())))
        if key not in self._formats:
            made = {**properties(STYLES[name], self.theme), **more}
            shown = {"num_format": self.number(str(made["num_format"]))} if "num_format" in made else {}
            self._formats[key] = self.raw.add_format({**made, **shown})
        return self._formats[key]

    def number(self, form: str) -> str:
        """Give a number format with as many places as points have in this book."""
        return form.replace("0.00", "0.00?") if self._decimals > 2 else form

    def sheet(self, name: str, *, tab: str, landscape: bool = True) -> Worksheet:
        """Add a sheet that prints on A4, one page wide."""
        sheet = self.raw.add_worksheet(name, _DrawnSheet)
        sheet.hide_gridlines(2)
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.45, right=0.45, top=0.45, bottom=0.6)
        sheet.center_horizontally()
        sheet.set_tab_color(self.theme.colours[tab])
        if landscape:
            sheet.set_landscape()
        return sheet

    def close(self) -> bytes:
        """Finish the workbook and give its bytes."""
        self.raw.close()
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


def sure(result: Any) -> None:  # noqa: ANN401 - XlsxWriter's methods give 0, a negative number, or None
    """Raise ValueError where XlsxWriter refused a cell or a validation, which it would only drop."""
    if isinstance(result, int) and result < 0:
        message = f"XlsxWriter refused with {result}"
        raise ValueError(message)


@contextmanager
def strictly() -> Iterator[None]:
    """Turn the library's warnings into errors."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield
