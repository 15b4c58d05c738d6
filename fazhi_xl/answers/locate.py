"""Finds the inputs of a returned form by their codes.

The first cell 编号 of a sheet marks its code row and its code column; a cell is (row code, column code). What a return has twice
counts where it stands first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from fazhi_xl.answers.located import Found, Located, found_cell
from fazhi_xl.cells import RawCell
from fazhi_xl.form.model import CODE_COLUMN, column_letters

_Row = tuple[str, int]
"""A row's sheet and number."""


def locate(cells: Iterable[RawCell]) -> Located:
    """Give a workbook's coded cells, of all its cells that are not blank; nothing where it has no code.

    The first cell 编号 of a sheet stands in its code row and code column; column codes are unique in a sheet, and row codes in a
    workbook, save on duplicated sheets.
    """
    sheets = [sheet for name, held in _by_sheet(cells).items() if (sheet := _coded_sheet(name, held))]
    copies = {sheet.name for sheet in _copies(sheets)}
    rows, again = _counting_rows(sheets, copies)
    if not rows:
        return Located()
    columns = {(sheet.name, code): column for sheet in sheets for code, column in sheet.columns.items()}
    own = Located(
        cells={key: found for sheet in sheets if sheet.name not in copies for key, found in sheet.found(rows).items()},
        rows={code: (sheet, no) for (sheet, no), code in rows.items() if sheet not in copies},
        columns=columns,
        repeated=tuple(dict.fromkeys(again)),
    )
    copied = (sheet for sheet in sheets if sheet.name in copies)
    return replace(own, copies={sheet.name: _copied(sheet, rows, columns) for sheet in copied})


def _by_sheet(cells: Iterable[RawCell]) -> Mapping[str, list[RawCell]]:
    sheets: defaultdict[str, list[RawCell]] = defaultdict(list)
    for name, run in groupby(cells, key=itemgetter(0)):
        sheets[name] += run
    return sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class _CodedSheet:
    """A sheet with codes: its rows, with their codes, in the file's order, and its columns by their codes."""

    name: str
    cells: list[RawCell]
    rows: tuple[tuple[int, str], ...]
    columns: Mapping[str, int]

    @property
    def codes(self) -> set[str]:
        return {code for _, code in self.rows}

    def found(self, rows: Mapping[_Row, str]) -> dict[str, Found]:
        """Give the cells that have both codes, by their field codes."""
        code_of = {no: code for no, _ in self.rows if (code := rows.get((self.name, no))) is not None}
        column_of = {column: (f".{code}", column_letters(column)) for code, column in self.columns.items()}
        return {
            code_of[row] + (at := column_of[column])[0]: found_cell((sheet, f"{at[1]}{row}", kind, text, formula, ""))
            for sheet, row, column, kind, text, formula in self.cells
            if row in code_of and column in column_of
        }


def _coded_sheet(name: str, cells: list[RawCell]) -> _CodedSheet | None:
    """Find a sheet's codes; None where nothing marks them."""
    marks = [
        (row, column) for _, row, column, _, text, _ in cells if CODE_COLUMN in text and text.strip() == CODE_COLUMN
    ]
    if not marks:
        return None
    code_row, code_column = min(marks)
    rows = [(row, text.strip()) for _, row, column, _, text, _ in cells if column == code_column and row > code_row]
    columns: dict[str, int] = {}
    for column, text in [(column, text) for _, row, column, _, text, _ in cells if row == code_row]:
        columns.setdefault(text.strip(), column)
    return _CodedSheet(name=name, cells=cells, rows=tuple(rows), columns=columns)


def _copies(sheets: Iterable[_CodedSheet]) -> Iterator[_CodedSheet]:
    """Give the sheets that have more than half of their codes in common with one before them."""
    before: list[set[str]] = []
    for sheet in sheets:
        codes = sheet.codes
        if codes <= {CODE_COLUMN}:  # nothing but the head of a table without rows, which are all alike
            continue
        if any(2 * len(codes & other) > max(len(codes), len(other)) for other in before):
            yield sheet
        else:
            before.append(codes)


def _counting_rows(sheets: Iterable[_CodedSheet], copies: set[str]) -> tuple[Mapping[_Row, str], list[str]]:
    """Give the codes of the rows that count, and the codes of those that do not since they stand before already."""
    rows: dict[_Row, str] = {}
    again: list[str] = []
    every: set[str] = set()
    for sheet in sheets:
        own: set[str] = set()
        for no, code in sheet.rows:
            if code in every and sheet.name not in copies:
                again.append(code)
            elif code not in own:
                rows[sheet.name, no] = code
            own.add(code)
            every.add(code)
    return rows, again


def _copied(sheet: _CodedSheet, rows: Mapping[_Row, str], columns: Mapping[tuple[str, str], int]) -> Located:
    """Give a duplicated sheet, located by itself."""
    own = {code: (name, no) for (name, no), code in rows.items() if name == sheet.name}
    return Located(cells=sheet.found(rows), rows=own, columns=columns)
