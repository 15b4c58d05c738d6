"""A small stand-in for Excel under the real xlwings: workbooks are openpyxl's, and what Excel would say and ask is kept.

It does what Excel does where that matters here: an apostrophe makes a text, a text that looks like a number or begins with =
becomes one or a formula, a locked cell of a protected sheet takes nothing, merged cells hold one value, dates come back as datetimes.
"""

# ruff: noqa: ANN401 -- the engines' interface has no types

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import xlwings
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter, range_boundaries
from xlwings import base_classes as base

_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?")


class LockedCellError(Exception):
    """What Excel raises when a locked cell of a protected sheet is written to."""


class Engine:
    """One Excel; `said` and `bar` keep what was shown, `answers` what is answered when it asks."""

    name, type = "stand-in", "desktop"

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []  # mode and prompt
        self.bar: list[str | bool] = []
        self.answers: list[str] = []
        self.app = App(self)

    @property
    def apps(self) -> Apps:
        return Apps(self)

    def open(self, path: Path) -> xlwings.Book:
        """Open a workbook as a person does, and give it as xlwings does."""
        return xlwings.Book(impl=self.app.books.open(str(path)))

    @staticmethod
    def prepare_xl_data_element(value: Any, *_: object) -> Any:
        return value

    @staticmethod
    def clean_value_data(data: Any, days: Any, blank: Any, number: Any, *_: object) -> Any:
        return [[_cleaned(value, days, blank, number) for value in row] for row in data]


def _cleaned(value: Any, days: Any, blank: Any, number: Any) -> Any:
    if value is None or (isinstance(value, str) and value.startswith("#")):  # as error cells come back
        return blank
    if isinstance(value, datetime):
        return days(month=value.month, day=value.day, year=value.year, hour=0, minute=0, second=0, microsecond=0)
    if number and isinstance(value, float):
        return number(value)
    return value


class Apps(base.Apps):
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keys(self) -> list[int]:
        return [self._engine.app.pid]

    def __iter__(self) -> Iterator[App]:
        yield self._engine.app

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> App:
        return self._engine.app


class App(base.App):
    pid = 1

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._books = Books(self)

    @property
    def books(self) -> Books:
        return self._books

    def activate(self, steal_focus: object = None) -> None:
        """Come to the front."""

    @property
    def display_alerts(self) -> bool:
        return True

    @display_alerts.setter
    def display_alerts(self, value: bool) -> None:
        """Nothing is asked here that would be left out."""

    @property
    def status_bar(self) -> str | bool:
        return self.engine.bar[-1] if self.engine.bar else False

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self.engine.bar.append(value)

    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: object) -> str:
        assert (title, callback) == ("办公室工作台", None)
        self.engine.said.append((mode, prompt))
        return "ok" if buttons == "ok" else self.engine.answers.pop(0)


class Books(base.Books):
    def __init__(self, app: App) -> None:
        self.app = app
        self.held: list[Book] = []

    def __iter__(self) -> Iterator[Book]:
        return iter(tuple(self.held))

    def __len__(self) -> int:
        return len(self.held)

    def __call__(self, name: str) -> Book:
        return {book.name: book for book in self.held}[name]

    def open(self, fullname: str, *_: object, **__: object) -> Book:
        book = Book(self, Path(fullname))
        self.held.append(book)
        return book


class Book(base.Book):
    def __init__(self, books: Books, path: Path) -> None:
        self._books, self._path = books, path
        self.raw = openpyxl.load_workbook(path, keep_vba=path.suffix == ".xlsm")
        if self.raw.vba_archive:
            held = self.raw.vba_archive.fp or BytesIO()
            self.raw.vba_archive.close()  # finished now, or the garbage collector does it when it is too late
            self.raw.vba_archive = ZipFile(held)
        self.active = False

    @property
    def app(self) -> App:
        return self._books.app

    @property
    def name(self) -> str:
        return self._path.name

    @property
    def fullname(self) -> str:
        return str(self._path)

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    def activate(self, *_: object) -> None:
        for book in self._books.held:
            book.active = book is self

    def close(self) -> None:
        self._books.held.remove(self)

    def save(self, path: Any = None, password: object = None) -> None:
        assert password is None
        self.raw.save(path or self._path)


class Sheets(base.Sheets):
    def __init__(self, book: Book) -> None:
        self.book = book

    def __call__(self, name: str | int) -> Sheet:
        raw = self.book.raw
        return Sheet(self.book, raw[name] if isinstance(name, str) else raw.worksheets[name - 1])

    def __len__(self) -> int:
        return len(self.book.raw.worksheets)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, raw) for raw in self.book.raw.worksheets)


class Sheet(base.Sheet):
    def __init__(self, book: Book, raw: Any) -> None:
        self._book, self.raw = book, raw

    @property  # type: ignore[misc] # nobody renames one here
    def name(self) -> str:
        return str(self.raw.title)

    @property
    def book(self) -> Book:
        return self._book

    def range(self, first: Any, last: Any = None) -> Range:
        return Range(self, _corner(first)[:2], _corner(last if last is not None else first)[2:])


def _corner(at: Any) -> tuple[int, int, int, int]:
    if isinstance(at, Range):
        (row, column), (rows, columns) = at.first, at.shape
        return row, column, row + rows - 1, column + columns - 1
    if isinstance(at, tuple):
        return (*at, *at)
    left, top, right, bottom = range_boundaries(at.replace("$", ""))
    return top or 1, left or 1, bottom or 1, right or 1


class Range(base.Range):
    def __init__(self, sheet: Sheet, first: tuple[int, int], last: tuple[int, int]) -> None:
        self._sheet, self.first, self.last = sheet, first, last

    @property
    def api(self) -> object:
        return self  # xlwings asks whether there is one

    @property
    def sheet(self) -> Sheet:
        return self._sheet

    @property
    def row(self) -> int:
        return self.first[0]

    @property
    def column(self) -> int:
        return self.first[1]

    @property
    def shape(self) -> tuple[int, int]:
        return self.last[0] - self.first[0] + 1, self.last[1] - self.first[1] + 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        wide = self.shape[1]
        if column is None:
            row, column = (row - 1) // wide + 1, (row - 1) % wide + 1
        at = self.first[0] + row - 1, self.first[1] + column - 1
        return Range(self._sheet, at, at)

    @property
    def address(self) -> str:
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def raw_value(self) -> Any:
        rows = [[cell.value for cell in row] for row in self._cells()]
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        for row_no, row in enumerate(self._cells()):
            for column_no, cell in enumerate(row):
                self._put(cell, value[row_no][column_no] if isinstance(value, list | tuple) else value)

    def _put(self, cell: Any, value: Any) -> None:
        if isinstance(cell, MergedCell):
            return
        if self._sheet.raw.protection.sheet and cell.protection.locked:
            raise LockedCellError(cell.coordinate)
        cell.value = _understood(value)
        if isinstance(value, str) and value.startswith("'"):
            cell.data_type = "s"  # also where it begins with =

    def _cells(self) -> Any:
        (top, left), (bottom, right) = self.first, self.last
        return self._sheet.raw.iter_rows(top, bottom, left, right)


def _understood(value: Any) -> Any:
    """Take a value as Excel does that is told it."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    if not isinstance(value, str):
        return value
    if value.startswith("'"):
        return value[1:]
    return float(value) if _NUMBER.fullmatch(value) else value


class Names(base.Names):
    def __init__(self, book: Book) -> None:
        self.book = book

    def __call__(self, name: str) -> Name:
        return Name(self.book, self.book.raw.defined_names[name])

    def contains(self, name: str) -> bool:
        return name in self.book.raw.defined_names


class Name(base.Name):
    def __init__(self, book: Book, raw: Any) -> None:
        self.book, self.raw = book, raw

    @property  # type: ignore[misc] # nobody renames one here
    def name(self) -> str:
        return str(self.raw.name)

    @property
    def refers_to_range(self) -> Range:
        ((sheet, cells),) = self.raw.destinations
        top, left, bottom, right = _corner(cells)
        return Range(Sheet(self.book, self.book.raw[sheet]), (top, left), (bottom, right))
