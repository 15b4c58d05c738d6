"""The interface to a spreadsheet program that the console's actions need: eight methods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

Value = str | float | date | None
Row = Sequence[Value]


class Host(Protocol):
    def setting(self, name: str) -> str:
        """Give the entry beside a name, blank where there is none."""
        ...

    def status(self, text: str) -> None:
        """Show a text on the status bar; a blank one clears it."""
        ...

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """Show a message that somebody has to see."""
        ...

    def ask(self, question: str) -> bool:
        """Ask yes or no."""
        ...

    def show_table(self, name: str, rows: Sequence[Row]) -> None:
        """Replace the rows of the table of that name. Texts stay texts."""
        ...

    def read_table(self, name: str) -> list[list[Value]]:
        """Give the non-blank rows of a table as they are on the screen, saved or not."""
        ...

    def open_book(self, path: Path) -> None:
        """Open a result."""
        ...

    def release_book(self, path: Path, *, save: bool = False) -> bool:
        """Say whether a workbook may be written: one that is open is closed, saved before or not, if the office agrees."""
        ...
