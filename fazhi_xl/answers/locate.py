"""Finds the inputs of returned forms by their codes, wherever rows, columns and sheets went.

The first cell 编号 of a sheet marks its code row and its code column; a cell is (row code, column code). Where a row's code is gone,
the defined name and then the issued address fill in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from fazhi_xl.form.model import CODE_COLUMN, Shape, column_letters

_KEYS = ["file", "sheet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An input's cell as it came back: `kind` n, s, b, e or d, and the stored text."""

    sheet: str
    cell: str
    kind: str
    text: str
    formula: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """One return's inputs by field code, the row codes it has, and those it has twice."""

    cells: Mapping[str, Found]
    rows: frozenset[str]
    repeated: tuple[str, ...]


def locate(cells: pd.DataFrame) -> dict[str, Located]:
    """Give each file's coded cells.

    `cells` has one row per non-blank cell: file, sheet, row, column, kind, text, formula. Sheets without codes are left out.
    """
    anchors = _anchors(cells)
    coded = cells.merge(anchors, on=_KEYS, how="inner")
    rows = _row_codes(coded)
    columns = _column_codes(coded)
    fields = coded.merge(rows, on=[*_KEYS, "row"]).merge(columns, on=[*_KEYS, "column"])
    fields["field"] = fields["row_code"] + "." + fields["column_code"]
    repeated = rows[rows.duplicated(["file", "row_code"])]
    return {
        str(file): _located(fields[fields["file"] == file], part, repeated[repeated["file"] == file])
        for file, part in rows.groupby("file", sort=False)
    }


def _anchors(cells: pd.DataFrame) -> pd.DataFrame:
    marks = cells[cells["text"].str.strip() == CODE_COLUMN].sort_values(["row", "column"], kind="stable")
    first = marks.drop_duplicates(_KEYS)[[*_KEYS, "row", "column"]]
    return first.rename(columns={"row": "code_row", "column": "code_column"})


def _row_codes(coded: pd.DataFrame) -> pd.DataFrame:
    own = coded[(coded["column"] == coded["code_column"]) & (coded["row"] > coded["code_row"])]
    return own.assign(row_code=own["text"].str.strip())[[*_KEYS, "row", "row_code"]]


def _column_codes(coded: pd.DataFrame) -> pd.DataFrame:
    own = coded[coded["row"] == coded["code_row"]]
    return own.assign(column_code=own["text"].str.strip())[[*_KEYS, "column", "column_code"]]


def _located(fields: pd.DataFrame, rows: pd.DataFrame, repeated: pd.DataFrame) -> Located:
    first = fields.drop_duplicates("field")
    columns = (first[name] for name in ("field", "sheet", "row", "column", "kind", "text", "formula"))
    return Located(
        cells={
            str(field): Found(
                sheet=str(sheet),
                cell=f"{column_letters(int(column))}{row}",
                kind=str(kind),
                text=str(text),
                formula=bool(formula),
            )
            for field, sheet, row, column, kind, text, formula in zip(*columns, strict=True)
        },
        rows=frozenset(rows["row_code"]),
        repeated=tuple(dict.fromkeys(repeated["row_code"])),
    )


def fill_in(located: Located, shape: Shape, names: Mapping[str, Found]) -> tuple[Located, tuple[str, ...]]:
    """Look for rows whose codes are gone by their defined names; `names` gives what stands where a name points.

    Gives the completed cells and the row codes that stay lost.
    """
    lost = {field.row for field in shape.fields.values()} - located.rows
    if not lost:
        return located, ()
    named = {key: names[field.name] for key, field in shape.fields.items() if field.row in lost and field.name in names}
    still = lost - {shape.fields[key].row for key in named}
    found = Located(cells={**located.cells, **named}, rows=located.rows, repeated=located.repeated)
    return found, _in_order(shape, still)


def _in_order(shape: Shape, rows: Iterable[str]) -> tuple[str, ...]:
    wanted = set(rows)
    return tuple(dict.fromkeys(field.row for field in shape.fields.values() if field.row in wanted))
