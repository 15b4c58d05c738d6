"""A host that keeps what it is told, and answers as it was told to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fazhi_xl.addin import layout
from fazhi_xl.addin.actions import run
from fazhi_xl.addin.host import Row, Value


@dataclass
class FakeHost:
    settings: dict[str, str] = field(default_factory=dict)
    answers: list[bool] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    bar: list[str] = field(default_factory=list)
    tables: dict[str, list[list[Value]]] = field(default_factory=dict)
    opened: list[Path] = field(default_factory=list)
    held: frozenset[Path] = frozenset()  # books that somebody has open and keeps
    saved: list[Path] = field(default_factory=list)  # books that were to be saved before they are closed

    def setting(self, name: str) -> str:
        return self.settings.get(name, "")

    def status(self, text: str) -> None:
        self.bar.append(text)

    def tell(self, text: str, *, wrong: bool = False) -> None:
        (self.failed if wrong else self.told).append(text)

    def ask(self, question: str) -> bool:
        self.asked.append(question)
        return self.answers.pop(0)

    def show_table(self, name: str, rows: Sequence[Row]) -> None:
        assert len(rows) <= layout.AREAS[name].room
        assert {len(row) for row in rows} <= {len(layout.AREAS[name].columns)}
        self.tables[name] = [list(row) for row in rows]

    def read_table(self, name: str) -> list[list[Value]]:
        return [list(row) for row in self.tables.get(name, [])]

    def open_book(self, path: Path) -> None:
        assert path.exists()
        self.opened.append(path)

    def release_book(self, path: Path, *, save: bool = False) -> bool:
        self.saved += [path] if save else []
        return path not in self.held

    def press(self, action: str) -> None:
        """Choose an action and press the button; the status bar is free afterwards, whatever happened."""
        self.settings[layout.ACTION] = action
        run(self)
        assert self.bar[-1] == ""

    def rows(self, name: str) -> list[dict[str, Value]]:
        """Give a table's rows by the titles of its columns."""
        titles = layout.AREAS[name].titles
        return [dict(zip(titles, row, strict=True)) for row in self.tables.get(name, [])]

    def enter(self, code: str, **values: Value) -> None:
        """Type into a row of the review queue."""
        titles = layout.AREAS[layout.QUEUE].titles
        row = next(row for row in self.tables[layout.QUEUE] if row[0] == code)
        for title, value in values.items():
            row[titles.index(title)] = value
