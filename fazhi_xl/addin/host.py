"""What the console's actions need of a spreadsheet program, and no more: eight verbs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

Value = str | float | date | None
Row = Sequence[Value]


class Host(Protocol):
    def setting(self, name: str) -> str:
        """Give what the office entered beside a name, blank where nothing stands there."""
        ...

    def status(self, text: str) -> None:
        """Show what is being done; a blank gives the status bar back."""
        ...

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """Show a message that somebody has to see."""
        ...

    def ask(self, question: str) -> bool:
        """Ask yes or no."""
        ...

    def show_table(self, name: str, rows: Sequence[Row]) -> None:
        """Put rows where the table of that name stands, in place of all that stood there. Texts stay texts."""
        ...

    def read_table(self, name: str) -> list[list[Value]]:
        """Give the rows of a table in which anything stands, as they are on the screen, saved or not."""
        ...

    def open_book(self, path: Path) -> None:
        """Open a result for the office to look at."""
        ...

    def release_book(self, path: Path) -> bool:
        """Say whether a result may be replaced: one that is open here is closed where the office agrees."""
        ...
