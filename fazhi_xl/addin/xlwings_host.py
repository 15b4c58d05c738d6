"""The console's host in Excel: the only file that touches xlwings. It is imported where Excel is asked for, never before.

Only the free part of xlwings is used. Nothing here ends an Excel, and nothing opens or saves a return.
"""

from __future__ import annotations

import atexit
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import xlwings

from fazhi_xl.addin import layout
from fazhi_xl.addin.host import Row, Value
from fazhi_xl.errors import WrongUseError
from fazhi_xl.text.one_line import cut

_TITLE = "办公室工作台"
_BOX, _CELL = 900, 2000  # characters that a message box and a cell are given


def disarm() -> None:
    """Keep xlwings from ending, when Python ends, every Excel that has no window of its own (Windows).

    Protected views and other programs' Excels have none. On a Mac the hook gives the status bar back, and stays.
    """
    windows = sys.modules.get("xlwings._xlwindows")
    cleanup = getattr(windows, "cleanup", None)
    if callable(cleanup):
        atexit.unregister(cleanup)


disarm()


def calling_book() -> XlwingsHost:
    """Give the workbook whose button was pressed. Raises WrongUseError where none was."""
    try:
        return XlwingsHost(xlwings.Book.caller())
    except Exception as error:
        raise WrongUseError("这个程序要从办公室工作台里启动。请打开 fazhi_xl.xlsm,选好动作,按“运行”。") from error


def open_live(path: Path) -> bool:
    """Open a result in the Excel that is running, else in a new one; False where that cannot be done, for whatever reason."""
    try:
        app = xlwings.apps.active or xlwings.App(visible=True, add_book=False)
        _shown(app, path)
    except Exception:  # noqa: BLE001 - Excel may be absent, busy or forbidden: there are other ways to open a file
        return False
    return True


class XlwingsHost:
    """A console that is open in Excel."""

    def __init__(self, book: xlwings.Book) -> None:
        self._book = book

    def setting(self, name: str) -> str:
        held = self._range(name).value
        if isinstance(held, float) and held.is_integer():
            return str(int(held))
        return "" if held is None else str(held).strip()

    def status(self, text: str) -> None:
        self._book.app.status_bar = text or False

    def tell(self, text: str, *, wrong: bool = False) -> None:
        self._book.app.alert(_boxed(text), title=_TITLE, buttons="ok", mode="critical" if wrong else "info")

    def ask(self, question: str) -> bool:
        return bool(self._book.app.alert(_boxed(question), title=_TITLE, buttons="yes_no", mode="info") == "yes")

    def show_table(self, name: str, rows: Sequence[Row]) -> None:
        """Fill the whole table in one stroke, so that nothing of what stood there is left below."""
        area = self._range(name)
        tall, wide = area.shape
        blank = [[None] * wide] * max(0, tall - len(rows))
        area.value = [*([_written(value) for value in row] for row in rows[:tall]), *blank]

    def read_table(self, name: str) -> list[list[Value]]:
        rows: list[list[Value]] = self._range(name).options(ndim=2).value
        return [row for row in rows if any(value is not None for value in row)]

    def open_book(self, path: Path) -> None:
        _shown(self._book.app, path)

    def release_book(self, path: Path, *, save: bool = False) -> bool:
        # Excel holds no two books of one name, so one of this name is in the way wherever it lies.
        held = next((book for book in self._book.app.books if book.name.lower() == path.name.lower()), None)
        if held is None:
            return True
        how = "要保存、关闭它再继续吗?做完会重新打开。" if save else "要关闭它(不保存)再继续吗?"
        if not self.ask(f"{path.name} 正打开着,{how}"):
            return False
        try:
            if save:
                held.save()
            held.close()
        except Exception:  # noqa: BLE001 - Excel may be busy or the book read-only: then it stays, with what was typed
            return False
        return True

    def _range(self, name: str) -> xlwings.Range:
        known = layout.defined_name(name)
        try:
            return self._book.names[known].refers_to_range
        except Exception as error:
            lost = f"工作台里的“{name}”找不到了(名称 {known})。请关闭工作台,照 docs/console.md 重新生成。"
            raise WrongUseError(lost) from error


def _shown(app: Any, path: Path) -> None:  # noqa: ANN401 - an App of any engine
    book = app.books.open(str(path))
    with suppress(Exception):  # another Excel may be in front; the book is open all the same
        book.activate()


def _boxed(text: str) -> str:
    return text if len(text) <= _BOX else f"{cut(text, _BOX)}\n(其余见工作台的“{layout.LOG}”)"


def _written(value: Value) -> Value:
    """Mark texts as texts, or Excel would take one that begins with = for a formula, and 6.10 for a number."""
    if isinstance(value, str):
        return f"'{cut(value, _CELL)}" if value else None
    return value if isinstance(value, date | float | int) else None
