"""Drives a real LibreOffice from tests whose own Python has no `uno`.

    test ── JSON lines ──► uno_worker.py ── UNO over a pipe ──► soffice, headless, with a profile of its own

One office serves a whole session and starts at its first document. When it dies or hangs, the call under way raises,
its documents are lost, and the next `open` starts another.
"""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Self

from tests.clients.office import LibreOfficeError, LibreOfficeLostError, Programs, Session, find_programs

__all__ = ["Document", "Input", "LibreOffice", "LibreOfficeError", "LibreOfficeLostError", "Reading", "Typed"]

DAY_ZERO = date(1899, 12, 30)

Kind = Literal["number", "text", "date", "blank"]
Format = Literal["xlsx", "ods", "xls"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """What goes into one cell; `cell` is an address or a name that refers to one. A date is a `date` or its serial."""

    sheet: str
    cell: str
    kind: Kind
    value: float | Decimal | str | date | None = None

    def content(self) -> float | str | None:
        """Give the office a number, a string or nothing; raises ValueError if `value` is not of `kind`."""
        match self.kind, self.value:
            case "blank", None:
                return None
            case "text", str() as text:
                return text
            case "date", date() as day:
                return float((day - DAY_ZERO).days)
            case "number" | "date", int() | float() | Decimal() as number if not isinstance(number, bool):
                return float(number)
        raise ValueError(f"{self.sheet}!{self.cell}: {self.value!r} is no {self.kind}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One cell as the office has it: `text` is what it holds, `string` what it shows, `error` its code (532 is #DIV/0!).

    `result` tells what a formula came to; for the others it repeats `kind`. `formula` is empty where there is none.
    """

    sheet: str
    cell: str
    kind: Literal["empty", "value", "text", "formula"]
    result: Literal["empty", "value", "text", "error"]
    value: float
    text: str
    string: str
    error: int
    formula: str

    @property
    def content(self) -> float | str | None:
        """The number, the text, None for an empty cell; for an error the string that the cell shows."""
        return {"empty": None, "value": self.value, "text": self.text, "error": self.string}[self.result]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What typing did to a cell; to type what is already there changes nothing."""

    before: Reading
    after: Reading

    @property
    def changed(self) -> bool:
        return self.before != self.after


class LibreOffice:
    """An office for a whole session of tests; `timeout` in seconds holds for each single call."""

    def __init__(self, programs: Programs | None = None, *, timeout: float = 60.0) -> None:
        self._programs = programs or find_programs()
        self._timeout = timeout
        self._session: Session | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self, path: Path) -> "Document":
        """Open a workbook of any format that LibreOffice knows, as it stands: nothing is recalculated."""
        session = self._live_session()
        return Document(session, session.request("open", url=path.resolve(strict=True).as_uri()))

    def wait_at_most(self, seconds: float) -> None:
        """Set the time limit anew, for the office that runs too."""
        self._timeout = seconds
        if self._session is not None:
            self._session.timeout = seconds

    def close(self) -> None:
        """End the office and everything that was started for it; whatever is still open is dropped."""
        if self._session is not None:
            self._session.close()
        self._session = None

    @property
    def pid(self) -> int | None:
        """The process of the office; None before the first document and after the end."""
        return self._session.pid if self._session else None

    def _live_session(self) -> Session:
        if self._session is None or not self._session.alive:
            self.close()
            self._session = Session(self._programs, self._timeout)
        return self._session


class Document:
    """A workbook open in the office; leaving the `with` block closes it without saving."""

    def __init__(self, session: Session, number: int) -> None:
        self._session = session
        self._number = number
        self._open = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        # The first failure is the one to see.
        with contextlib.suppress(LibreOfficeError) if kind else contextlib.nullcontext():
            self.close()

    def sheets(self) -> list[str]:
        """List the names of all sheets in their order, hidden ones included."""
        names: list[str] = self._ask("sheets")
        return names

    def set_inputs(self, inputs: Iterable[Input]) -> None:
        """Put contents into cells in one call, past protection and validation, as no typist could."""
        wanted = list(inputs)
        self._ask("set_cells", **_places((i.sheet, i.cell) for i in wanted), contents=[i.content() for i in wanted])

    def set_formula(self, sheet: str, cell: str, formula: str) -> None:
        """Put a formula into a cell, past protection, with the names and separators of the client's own."""
        self._ask("set_formula", sheet=sheet, cell=cell, formula=formula)

    def type_into(self, sheet: str, cell: str, text: str) -> Typed:
        """Type over a cell key by key and press Enter: protection, validation, locale and completion do what they do.

        The empty text clears the cell as Delete does. A cell that the cursor cannot reach, or on a hidden sheet, stays.
        """
        if not all(" " <= character <= "\uffff" for character in text):
            raise ValueError(f"{text!r} has characters that are no single key")
        before, after = self._ask("type_into", sheet=sheet, cell=cell, text=text)
        return Typed(before=Reading(**before), after=Reading(**after))

    def enter(self, sheet: str, cell: str, text: str) -> Typed:
        """Enter a text at once through the input line: protection and the locale do what they do, validation is not asked."""
        before, after = self._ask("enter", sheet=sheet, cell=cell, text=text)
        return Typed(before=Reading(**before), after=Reading(**after))

    def clipped(self) -> list[str]:
        """Name the rows, as `sheet!row`, that cut off a text. Their heights are changed by looking: nothing else comes after."""
        rows: list[str] = self._ask("clipped")
        return rows

    def buttons(self) -> list[list[str]]:
        """Give each button's sheet, caption and the script that it is bound to; no macro is run."""
        found: list[list[str]] = self._ask("buttons")
        return found

    def insert_rows(self, sheet: str, row: int, count: int = 1) -> None:
        """Insert rows above one, counted from 1."""
        self._ask("insert_rows", sheet=sheet, row=row, count=count)

    def delete_row(self, sheet: str, row: int) -> None:
        self._ask("delete_row", sheet=sheet, row=row)

    def insert_column(self, sheet: str, cell: str) -> None:
        """Insert a column before that of a cell."""
        self._ask("insert_column", sheet=sheet, cell=cell)

    def dress(self, sheet: str, cell: str, *, colour: int, comment: str) -> None:
        """Colour a cell, and comment on it."""
        self._ask("dress", sheet=sheet, cell=cell, colour=colour, comment=comment)

    def set_column(self, sheet: str, cell: str, *, width: int, hidden: bool = False) -> None:
        """Give the column of a cell a width, in hundredths of a millimetre, and hide or show it."""
        self._ask("set_column", sheet=sheet, cell=cell, width=width, hidden=hidden)

    def sort(self, sheet: str, area: str, field: int) -> None:
        """Sort the rows of an area, which has no head, by its column of that number, from 0."""
        self._ask("sort", sheet=sheet, area=area, field=field)

    def filter(self, sheet: str, area: str, field: int, text: str) -> None:
        """Show only the rows of an area, which has a head, that say a text in its column of that number, from 0."""
        self._ask("filter", sheet=sheet, area=area, field=field, text=text)

    def rename_sheet(self, sheet: str, name: str) -> None:
        self._ask("rename_sheet", sheet=sheet, name=name)

    def calculate_all(self) -> None:
        """Recalculate every formula, whatever was cached."""
        self._ask("calculate_all")

    def read(self, cells: Iterable[tuple[str, str]]) -> list[Reading]:
        """Read the cells at these (sheet, address) places in one call, in their order."""
        return [Reading(**found) for found in self._ask("read", **_places(cells))]

    def formulas(self) -> list[Reading]:
        """Read every formula cell of the document, sheet by sheet."""
        return [Reading(**found) for found in self._ask("formulas")]

    def save_as(self, path: Path, kind: Format | None = None) -> Path:
        """Write a copy, in the format of the suffix unless one is named; what stood there is replaced."""
        return self._store(path, kind or path.suffix.removeprefix("."))

    def export_pdf(self, path: Path) -> Path:
        return self._store(path, "pdf")

    def close(self) -> None:
        if self._open and self._session.alive:
            self._ask("close")
        self._open = False

    def _store(self, path: Path, kind: str) -> Path:
        folder = path.parent.resolve(strict=True)
        self._ask("store", url=(folder / path.name).as_uri(), kind=kind)
        return path

    def _ask(self, operation: str, **arguments: Any) -> Any:  # noqa: ANN401 -- what JSON brings
        if not self._open:
            raise LibreOfficeError("the document is closed")
        return self._session.request(operation, document=self._number, **arguments)


def _places(cells: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    places = list(cells)
    return {"sheets": [sheet for sheet, _ in places], "cells": [cell for _, cell in places]}
