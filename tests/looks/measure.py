"""What can be measured of how a workbook looks: each fault as a sentence with its sheet and cell.

`uv run python -m tests.looks.measure FILE.xlsx …` prints the faults of workbooks, those that repeat on a sheet once with their number.

Sizes are in points, widths in pixels of 96 to the inch. Text is measured as Chinese fonts draw it: a wide character is as wide as the
font is high, any other a little over half of that.
"""

from __future__ import annotations

import math
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.notice.theme import COLOURS, LEGIBLE, contrast

LEAST_FONT, LEAST_PRINTED, LEAST_BOX = 9.0, 8.0, 3.0
_NARROW, _LEADING = 0.56, 1.17
_PADDING, _STEP = 6, 9  # pixels that a client keeps off the borders, and of one step of indent
_PAPERS = {8: (297, 420), 9: (210, 297)}  # millimetres: A3 and A4
_MEANING = {COLOURS[role].upper() for role in ("input", "warn_fill", "wrong", "ask_fill")}
_HEAVY = ("medium", "thick")


def faults(path: Path) -> list[str]:
    """Measure every sheet of a workbook that is seen."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of bars, which the library does not know
        book = load_workbook(path, data_only=True)
    seen = [SheetLook(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return [*(fault for look in seen for fault in look.faults()), *_undescribed(path)]


_WRITTEN = ("发放", "审核", "结果", "结果/*", ".")


def faults_under(round_: Path) -> list[str]:
    """Measure the workbooks that a round has written; of a folder with one for each unit the largest and the smallest."""
    found = []
    for folder in _WRITTEN:
        books = sorted(round_.glob(f"{folder}/*.xls[xm]"), key=lambda path: path.stat().st_size)
        for path in {*books[:1], *books[-2:]}:
            found += [f"{path.relative_to(round_)} {fault}" for fault in faults(path)]
    return found


def _undescribed(path: Path) -> Iterator[str]:
    """Name the pictures and charts that say nothing to who cannot see them."""
    with ZipFile(path) as package:
        for name in package.namelist():
            if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
                for drawn in re.findall(r"<xdr:cNvPr [^>]*>", package.read(name).decode()):
                    if "descr=" not in drawn:
                        yield f"{name}: no description: {drawn}"


@dataclass(frozen=True)
class SheetLook:
    """A sheet to be measured."""

    sheet: Worksheet

    def faults(self) -> Iterator[str]:
        """Give what is wrong with its cells, and in its columns."""
        for row in self.sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and cell.value not in {None, ""} and self.is_seen(cell):
                    yield from (f"{self.sheet.title}!{cell.coordinate}: {what}" for what in self.of(cell))
                elif isinstance(cell, Cell) and self.is_mute(cell):
                    yield f"{self.sheet.title}!{cell.coordinate}: a colour without a word or a box"
        if self.is_list:
            yield from mixed_decimals(self.sheet)

    @cached_property
    def widths(self) -> dict[int, int]:
        """The columns' widths by their numbers."""
        found = {}
        for each in self.sheet.column_dimensions.values():
            for column in range(each.min or 0, (each.max or 0) + 1):
                found[column] = 0 if each.hidden else int(each.width * 7 + 0.5)
        return found

    @cached_property
    def printed_area(self) -> tuple[int, int, int, int]:
        """The first column and row, and the last ones, that are printed."""
        area = self.sheet.print_area
        if area:
            return range_boundaries(re.sub(r"^.*!", "", area if isinstance(area, str) else area[0]).replace("$", ""))  # type: ignore[return-value]
        return (1, 1, self.sheet.max_column, self.sheet.max_row)

    @cached_property
    def scale(self) -> float:
        """How much smaller than on the screen the sheet is printed."""
        setup, margins = self.sheet.page_setup, self.sheet.page_margins
        broad, tall = sorted(_PAPERS[int(setup.paperSize or 9)], reverse=setup.orientation == "landscape")
        if not (self.sheet.sheet_properties.pageSetUpPr and self.sheet.sheet_properties.pageSetUpPr.fitToPage):
            return (setup.scale or 100) / 100
        first, top, last, end = self.printed_area
        across = sum(self.widths.get(no, 64) for no in range(first, last + 1)) / 96 * 25.4
        scales = [1.0]
        wide, high = (
            1 if pages is None else pages for pages in (setup.fitToWidth, setup.fitToHeight)
        )  # 0: as many as it takes
        if wide:
            scales.append(wide * (broad - (margins.left + margins.right) * 25.4) / max(across, 1))
        if high:
            down = sum(self.height(no) for no in range(top, end + 1)) / 72 * 25.4
            scales.append(high * (tall - (margins.top + margins.bottom) * 25.4) / max(down, 1))
        return min(scales)

    @cached_property
    def merged(self) -> dict[str, tuple[int, int, int, int]]:
        return {each.start_cell.coordinate: each.bounds for each in self.sheet.merged_cells.ranges}

    def height(self, row: int) -> float:
        found = self.sheet.row_dimensions[row]
        return 0 if found.hidden else found.height or 15.0

    def is_seen(self, cell: Cell) -> bool:
        return bool(self.height(cell.row) and self.widths.get(cell.column, 64) and cell.number_format != ";;;")

    @property
    def is_list(self) -> bool:
        """Whether a column holds one thing: a sheet that is one page high has several tables below each other."""
        return self.sheet.page_setup.fitToHeight == 0

    def is_mute(self, cell: Cell) -> bool:
        """Whether a blank cell has a colour that means something, and no box: grey print would lose it."""
        sides = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
        coloured = cell.fill.fill_type == "solid" and _colour(cell.fill.fgColor, "").upper() in _MEANING
        return coloured and self.is_seen(cell) and not all(side.style for side in sides)

    def is_printed(self, cell: Cell) -> bool:
        first, top, last, end = self.printed_area
        return first <= cell.column <= last and top <= cell.row <= end

    def of(self, cell: Cell) -> Iterator[str]:
        """Give the faults of one cell."""
        yield from self._size(cell)
        yield from self._contrast(cell)
        yield from self._place(cell)
        if isinstance(cell.value, str):
            yield from self._room(cell, cell.value)

    def _size(self, cell: Cell) -> Iterator[str]:
        size = float(cell.font.sz)
        if size < LEAST_FONT:
            yield f"font of {size:g} points"
        if self.is_printed(cell) and size * self.scale < LEAST_PRINTED - 0.05:
            yield f"font of {size:g} points printed at {self.scale:.0%}: {size * self.scale:.1f}"

    def _contrast(self, cell: Cell) -> Iterator[str]:
        behind = _colour(cell.fill.fgColor, "#FFFFFF") if cell.fill.fill_type == "solid" else "#FFFFFF"
        found = contrast(_colour(cell.font.color, "#000000"), behind)
        if found < LEGIBLE:
            yield f"contrast of {found:.1f}"
        sides = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
        if not cell.protection.locked and all(side.style for side in sides):
            box = contrast(_colour(cell.border.left.color, "#000000"), "#FFFFFF")
            if box < LEAST_BOX:
                yield f"a box with a contrast of {box:.1f}"

    def _place(self, cell: Cell) -> Iterator[str]:
        align, border = cell.alignment, cell.border
        ruled = border.bottom.style in _HEAVY
        framed = bool(border.left.style or border.right.style or border.bottom.style or cell.fill.fill_type == "solid")
        if align.horizontal in {None, "general"}:
            yield "no alignment"
        if align.horizontal == "left" and not align.indent and framed and not ruled:
            yield "text touches the border"
        if align.horizontal == "right" and "__" not in cell.number_format and framed and not ruled:
            yield "figure touches the border"

    def _room(self, cell: Cell, text: str) -> Iterator[str]:
        size, align = float(cell.font.sz), cell.alignment
        left, top, right, end = self.merged.get(cell.coordinate, (cell.column, cell.row, cell.column, cell.row))
        room = sum(self.widths.get(no, 64) for no in range(left, right + 1)) - _PADDING - _STEP * int(align.indent or 0)
        lines = [_pixels(line, size) for line in text.split("\n")]
        if align.wrap_text:
            needed = sum(max(1, math.ceil(line / max(room, 1))) for line in lines) * size * _LEADING
            tall = sum(self.height(no) for no in range(top, end + 1))
            if needed > tall + 1:
                yield f"{needed:.0f} points of text in {tall:.0f}: {text[:20]}"
        elif align.shrink_to_fit and room > 0:
            if size * min(1, room / max(lines)) < LEAST_FONT:
                yield f"{max(lines):.0f} pixels of text shrunk into {room}: {text[:20]}"
        elif max(lines) > room + 4 and not self._runs_over(cell, right, max(lines) - room):
            yield f"{max(lines):.0f} pixels of text in {room}: {text[:20]}"

    def _runs_over(self, cell: Cell, right: int, more: float) -> bool:
        """Whether a text on the left has blank cells beside it to run over into."""
        if cell.alignment.horizontal != "left" or cell.coordinate in self.merged:
            return False
        free, last = 0, self.printed_area[2] if self.is_printed(cell) else self.sheet.max_column
        for column in range(right + 1, last + 1):
            beside = self.sheet.cell(cell.row, column)
            if isinstance(beside, MergedCell) or beside.value not in {None, ""}:
                break
            free += self.widths.get(column, 64)
        return free >= more


def screen_width(sheet: Worksheet) -> int:
    """Give how many pixels of a screen the printed columns of a sheet take."""
    look = SheetLook(sheet)
    first, _, last, _ = look.printed_area
    return sum(look.widths.get(no, 64) for no in range(first, last + 1))


def printed_share(sheet: Worksheet) -> float:
    """Give how much of a page's height a sheet of one page takes."""
    look = SheetLook(sheet)
    _, top, _, end = look.printed_area
    setup, margins = sheet.page_setup, sheet.page_margins
    tall = sorted(_PAPERS[int(setup.paperSize or 9)])[setup.orientation != "landscape"]
    room = tall - (margins.top + margins.bottom) * 25.4
    return sum(look.height(no) for no in range(top, end + 1)) / 72 * 25.4 * look.scale / room


def mixed_decimals(sheet: Worksheet) -> list[str]:
    """Name the columns in which figures that have decimals show different numbers of them."""
    found = []
    for column in sheet.iter_cols():
        shown = {
            max(len(part) for part in re.findall(r"\.(0+)", cell.number_format.split(";")[0]) or [""])
            for cell in column
            if isinstance(cell.value, float) and not isinstance(cell, MergedCell)
        }
        if len(shown) > 1:
            found.append(f"{sheet.title}!{column[0].coordinate[:-1]}: {sorted(shown)} decimals")
    return found


def _colour(value: object, default: str) -> str:
    rgb = getattr(value, "rgb", None)
    return f"#{rgb[2:]}" if getattr(value, "type", "") == "rgb" and isinstance(rgb, str) else default


def _pixels(text: str, size: float) -> float:
    wide = size * 96 / 72
    return sum(wide if ord(char) > 255 else wide * _NARROW for char in text)


def _summary(path: Path) -> Iterator[str]:
    found = faults(path)
    kinds: dict[tuple[str, str], list[str]] = {}
    for fault in found:
        where, _, what = fault.partition(": ")
        kinds.setdefault((where.partition("!")[0], re.sub(r"[\d.]+", "#", what.partition(": ")[0])), []).append(fault)
    yield f"{path}: {len(found)}"
    yield from (f"  {len(own):5d}  {own[0]}" for own in sorted(kinds.values(), key=len, reverse=True))


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for name in sys.argv[1:] for line in _summary(Path(name)))
