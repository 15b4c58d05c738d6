"""Writes the office's console: one sheet with all that is seen, one with xlwings' configuration, and xlwings' own VBA project.

The VBA project knows two sheets, Sheet1 and Sheet2. There are exactly these two, under these code names: of a sheet that the
project does not know Excel would have to make a module itself, and nobody has seen whether it does without repair.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from fazhi_xl.form.model import column_letters
from fazhi_xl.notice.theme import Theme
from fazhi_xl.reports.media.workbook import Column
from fazhi_xl.xlsx.writer.book import BookWriter, strictly, sure

_PANEL, _HEAD = 18.0, 32.0  # heights in points
_STYLES = {"whole": "whole", "figure": "figure", "centre": "centre", "input": "centre", "text": "text"}
_SMALL = 9.5  # points of the tables' texts


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleSetting:
    """A cell in which the office enters something; `name` is its defined name, `options` make it a list."""

    label: str
    name: str
    value: str = ""
    hint: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleTable:
    """A table with room for so many rows, which the console's actions fill; `rules` are validations by the column's title."""

    title: str
    name: str
    columns: tuple[Column, ...]
    room: int
    note: str = ""
    rules: Mapping[str, Mapping[str, object]]
    formats: Mapping[str, str]  # a number format by the column's title, where it is not its style's
    inks: Mapping[str, str]  # colours of the theme by the words of a centred column


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """The first setting is the action, beside which the button stands; `log` is a grid of one column beside the settings."""

    title: str
    sheet: str
    settings: tuple[ConsoleSetting, ...]
    grids: tuple[ConsoleTable, ...]
    log: ConsoleTable
    button: str
    macro: str
    conf_sheet: str
    conf: Mapping[str, str]
    vba: bytes
    properties: Mapping[str, str]


def console_bytes(console: Console, theme: Theme) -> bytes:
    """Draw the console as an .xlsm. The same console gives the same bytes."""
    with strictly():
        book = BookWriter(theme, title=console.title)
        sure(book.raw.add_vba_project(io.BytesIO(console.vba), True))  # noqa: FBT003 - the library's own parameter
        book.raw.set_vba_name("ThisWorkbook")
        for name, value in console.properties.items():
            sure(book.raw.set_custom_property(name, value, "text"))
        _ConsoleSheet(book, console).draw()
        _conf(book, console)
        return book.close()


class _ConsoleSheet:
    """The console's sheet being written: settings above, tables side by side below, all under a frozen head."""

    def __init__(self, book: BookWriter, console: Console) -> None:
        self.book, self.console = book, console
        self.drawn: Worksheet = book.sheet(console.sheet, tab="title")
        self.titles = 1 + len(console.settings)  # the row of the tables' titles
        self.starts: list[int] = []  # the first column of each table
        column = 0
        for grid in console.grids:
            self.starts.append(column)
            column += len(grid.columns) + 1

    def draw(self) -> None:
        self.drawn.set_vba_name("Sheet1")
        self.drawn.set_default_row(30)
        self._settings()
        for start, grid in zip(self.starts, self.console.grids, strict=True):
            self._grid(grid, self.titles + 1, start)
            self._title(grid, start)
        self._log()
        self.drawn.freeze_panes(self.titles + 2, 0)
        self.drawn.repeat_rows(self.titles, self.titles + 1)
        last = len(self.console.grids[0].columns) - 1
        self.drawn.print_area(self.titles, 0, self.titles + 1 + self.console.grids[0].room, last)
        self.drawn.set_portrait()
        self.drawn.set_footer(f"&C&9第&P页 共&N页&R&9{self.console.sheet}")
        self.drawn.activate()
        self.drawn.set_selection(1, 2, 1, 2)

    def _settings(self) -> None:
        self.drawn.set_row(0, 34)
        last = len(self.console.grids[0].columns) - 1
        ink = self.book.theme.colours["title"]
        self._merged(0, 0, last, self.console.title, self.book.style("title", align="left", font_color=ink))
        for row, setting in enumerate(self.console.settings, 1):
            self.drawn.set_row(row, 26 if row == 1 else _PANEL)
            self._setting(row, setting, last)
        button = {"macro": self.console.macro, "caption": self.console.button, "width": 150, "height": 30}
        sure(self.drawn.insert_button(1, 5, {**button, "x_offset": 6, "y_offset": 2}))

    def _setting(self, row: int, setting: ConsoleSetting, last: int) -> None:
        first = row == 1
        look: dict[str, Any] = {"bold": True, "font_size": 12} if first else {}
        self._merged(row, 0, 1, setting.label, self.book.style("head", align="center", text_wrap=False, **look))
        entered = self.book.style("input" if setting.options else "input_text", text_wrap=False, **look)
        self._merged(row, 2, 4 if first else 5, setting.value, entered)
        if not first:
            self._merged(row, 6, last, setting.hint, self.book.style("hint", bottom=0, text_wrap=False))
        if setting.options:
            rule = {"validate": "list", "source": list(setting.options), "error_message": "请从列表里选。"}
            sure(self.drawn.data_validation(row, 2, row, 2, rule))
        self._define(setting.name, f"$C${row + 1}")

    def _merged(self, row: int, first: int, last: int, text: str, style: object) -> None:
        sure(self.drawn.merge_range(row, first, row, last, "", style))
        sure(self.drawn.write_string(row, first, text, style) if text else 0)

    def _grid(self, grid: ConsoleTable, head: int, start: int) -> None:
        """Draw a table's head and its blank cells, ready for what is put into them."""
        self.drawn.set_row(head, _HEAD)
        end = head + grid.room
        for no, column in enumerate(grid.columns, start):
            self.drawn.set_column(no, no, column.width)
            sure(self.drawn.write_string(head, no, column.title, self.book.style("head")))
            style = self._cell_style(grid, column)
            for row in range(head + 1, end + 1):
                sure(self.drawn.write_blank(row, no, None, style))
            if rule := grid.rules.get(column.title):
                sure(self.drawn.data_validation(head + 1, no, end, no, rule))
        self.drawn.set_column(start + len(grid.columns), start + len(grid.columns), 2)
        self._colour(grid, head + 1, start)
        self._define(grid.name, _area(head + 1, start, end, start + len(grid.columns) - 1))

    def _colour(self, grid: ConsoleTable, top: int, start: int) -> None:
        """Colour the inputs of rows that are not blank, and the words of `inks`."""
        end = top + grid.room - 1
        for no, column in enumerate(grid.columns, start):
            if column.style == "input":
                look = self.book.raw.add_format({"bg_color": self.book.theme.colours["input"]})
                rule = {"type": "formula", "criteria": f'=${_letters(start)}{top + 1}<>""', "format": look}
                sure(self.drawn.conditional_format(top, no, end, no, rule))
            for word, ink in grid.inks.items():
                look = self.book.raw.add_format({"font_color": self.book.theme.colours[ink], "bold": True})
                rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
                sure(self.drawn.conditional_format(top, no, end, no, rule) if column.style == "centre" else 0)

    def _cell_style(self, grid: ConsoleTable, column: Column) -> object:
        own = grid.formats.get(column.title)
        more: dict[str, object] = {"num_format": own} if own else {}
        if column.style == "text":
            more["font_size"] = _SMALL
        if own == "@":
            more["align"] = "left"
        return self.book.style(_STYLES[column.style], **more)

    def _title(self, grid: ConsoleTable, start: int) -> None:
        """Name a table, and lead on to the next."""
        self.drawn.set_row(self.titles, 22)
        row, every = self.titles, self.console.grids
        sure(self.drawn.write_string(row, start, grid.title, self.book.style("big", text_wrap=False)))
        place = every.index(grid)
        aim = every[(place + 1) % len(every)]
        target = f"internal:'{self.console.sheet}'!{_letters(self.starts[(place + 1) % len(every)])}{row + 1}"
        word = f"→ {aim.title}" if place + 1 < len(every) else f"← {aim.title}"
        link = self.book.style("link", bottom=0, text_wrap=False, underline=1)
        sure(self.drawn.write_url(row, start + 2, target, link, word))
        if grid.note:
            sure(self.drawn.write_string(row, start + 3, grid.note, self.book.style("note", text_wrap=False)))

    def _log(self) -> None:
        """Put the messages beside the settings, over the second table's columns."""
        log, start = self.console.log, self.starts[1]
        last = start + len(self.console.grids[1].columns) - 1
        self._merged(0, start, last, log.title, self.book.style("big"))
        for row in range(1, log.room + 1):
            self._merged(row, start, last, "", self.book.style("text", text_wrap=False, font_size=_SMALL))
        self._define(log.name, _area(1, start, log.room, start))

    def _define(self, name: str, cells: str) -> None:
        sure(self.book.raw.define_name(name, f"='{self.console.sheet}'!{cells}"))


def _area(row: int, column: int, last_row: int, last_column: int) -> str:
    return f"${_letters(column)}${row + 1}:${_letters(last_column)}${last_row + 1}"


def _letters(column: int) -> str:
    return column_letters(column + 1)


def _conf(book: BookWriter, console: Console) -> None:
    """Write xlwings' configuration: two columns from A1, without a head, as its VBA reads them."""
    drawn = book.sheet(console.conf_sheet, tab="band")
    drawn.set_vba_name("Sheet2")
    drawn.set_column(0, 0, 30)
    drawn.set_column(1, 1, 90)
    for row, (key, value) in enumerate(console.conf.items()):
        sure(drawn.write_string(row, 0, key, book.style("text")))
        sure(drawn.write_string(row, 1, value, book.style("input_text")) if value else 0)
    drawn.protect()
    drawn.hide()
