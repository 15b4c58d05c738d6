"""The codes of many forms found in one frame of all their cells, by joining: what `locate` finds is held against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from fazhi_xl.answers.located import Found, Located
from fazhi_xl.cells import CellKind, RawCell
from fazhi_xl.form.model import CODE_COLUMN, column_letters

COLUMNS: Mapping[str, str] = {
    "file": "str",
    "sheet": "str",
    "row": "int64",
    "column": "int64",
    "kind": "str",
    "text": "str",
    "formula": "bool",
}
_KEYS = ["file", "sheet"]


def to_frame(books: Mapping[str, tuple[RawCell, ...]]) -> pd.DataFrame:
    """Put the cells of many files into one frame with the columns of `COLUMNS`, files in the mapping's order."""
    rows = [(file, *cell) for file, cells in books.items() for cell in cells]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict(COLUMNS))


def located_in(cells: pd.DataFrame) -> dict[str, Located]:
    """Give each file's coded cells; a file without any code is left out.

    `cells` has one row per non-blank cell: file, sheet, row, column, kind, text, formula. The first cell 编号 of a sheet stands in
    its code row and code column; column codes are unique in a sheet, and row codes in a file, save on duplicated sheets.
    """
    marks = cells[cells["text"].str.strip() == CODE_COLUMN].sort_values(["row", "column"], kind="stable")
    first = marks.drop_duplicates(_KEYS)[[*_KEYS, "row", "column"]]
    coded = cells.merge(first.rename(columns={"row": "code_row", "column": "code_column"}), on=_KEYS)
    every_row, columns = _codes(coded)
    copies = _copies(every_row)
    sheets = zip(every_row["file"], every_row["sheet"], strict=True)
    copied = every_row.assign(copied=[sheet in copies for sheet in sheets])["copied"]
    again = every_row.duplicated(["file", "row_code"]) & ~copied
    rows = every_row[~again].drop_duplicates([*_KEYS, "row_code"])
    fields = coded.merge(rows, on=[*_KEYS, "row"]).merge(columns, on=[*_KEYS, "column"])
    fields["field"] = fields["row_code"] + "." + fields["column_code"]
    parts = (fields, rows, columns, every_row[again])
    return {
        str(file): _whole([part[part["file"] == file] for part in parts], [sheet for of, sheet in copies if of == file])
        for file in dict.fromkeys(rows["file"])
    }


def _whole(parts: list[pd.DataFrame], copies: list[str]) -> Located:
    """Put one file's sheets together; duplicate sheets are located each by itself."""
    fields, rows, columns, again = parts
    own, theirs = ~fields["sheet"].isin(copies), ~rows["sheet"].isin(copies)
    return replace(
        _located(fields[own], rows[theirs], columns, again),
        copies={
            name: _located(fields[fields["sheet"] == name], rows[rows["sheet"] == name], columns, again.iloc[:0])
            for name in copies
        },
    )


def _copies(rows: pd.DataFrame) -> dict[tuple[str, str], None]:
    """Name the sheets, by file and name, that have more than half of their codes in common with one before them."""
    every: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for file, sheet, code in rows[[*_KEYS, "row_code"]].itertuples(index=False):
        every[str(file), str(sheet)].add(str(code))
    copies: dict[tuple[str, str], None] = {}
    before: defaultdict[str, list[set[str]]] = defaultdict(list)
    for (file, sheet), codes in every.items():
        if codes == {CODE_COLUMN}:  # nothing but the head of a table without rows, which are all alike
            continue
        if any(2 * len(codes & other) > max(len(codes), len(other)) for other in before[file]):
            copies[file, sheet] = None
        else:
            before[file].append(codes)
    return copies


def _codes(coded: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the codes of rows, and those of columns, each with its sheet and its number."""
    below = coded[(coded["column"] == coded["code_column"]) & (coded["row"] > coded["code_row"])]
    rows = below.assign(row_code=below["text"].str.strip())[[*_KEYS, "row", "row_code"]]
    head = coded[coded["row"] == coded["code_row"]]
    columns = head.assign(column_code=head["text"].str.strip()).drop_duplicates([*_KEYS, "column_code"])
    return rows, columns[[*_KEYS, "column", "column_code"]]


def _located(fields: pd.DataFrame, rows: pd.DataFrame, columns: pd.DataFrame, again: pd.DataFrame) -> Located:
    names = (fields[name] for name in ("field", "sheet", "row", "column", "kind", "text", "formula"))
    return Located(
        cells={
            str(key): Found(
                sheet=str(sheet),
                cell=f"{column_letters(int(column))}{row}",
                kind=CellKind(kind),
                text=str(text),
                formula=bool(formula),
            )
            for key, sheet, row, column, kind, text, formula in zip(*names, strict=True)
        },
        rows={
            str(code): (str(sheet), int(row))
            for code, sheet, row in rows[["row_code", "sheet", "row"]].itertuples(index=False)
        },
        columns={
            (str(sheet), str(code)): int(column)
            for sheet, code, column in columns[["sheet", "column_code", "column"]].itertuples(index=False)
        },
        repeated=tuple(dict.fromkeys(again["row_code"])),
    )
