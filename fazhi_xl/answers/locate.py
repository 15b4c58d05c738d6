"""Finds the inputs of returned forms by their codes, wherever rows, columns and sheets were moved.

The first cell 编号 of a sheet marks its code row and its code column; a cell is (row code, column code). What a return has twice
counts where it stands first. Where a code is gone, the defined name fills in; an input found neither way is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from fazhi_xl.cells import CellKind
from fazhi_xl.form.model import CODE_COLUMN, Address, Field, Shape, column_letters

_KEYS = ["file", "sheet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A cell of the form as it came back, by its address (`D7`), with the text that the file stores.

    `format` is the number format of a number that may be shown as something else.
    """

    sheet: str
    cell: str
    kind: CellKind
    text: str
    formula: bool
    format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """One return's inputs by field code.

    `rows` gives the sheet and row of each row code, `columns` the column of each sheet's column codes; `repeated` are the row
    codes that stand there twice, and `lost` the fields that are nowhere. `copies` are the duplicate sheets, located by themselves;
    `passed` are the duplicates that are not read.
    """

    cells: Mapping[str, Found] = field(default_factory=dict)
    rows: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], int] = field(default_factory=dict)
    repeated: tuple[str, ...] = ()
    lost: frozenset[str] = frozenset()
    copies: Mapping[str, Located] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()

    def renamed(self, row: Callable[[str], str], text: Callable[[str], str]) -> Located:
        """Give the same cells under other row codes, with other texts: those of a form that was numbered otherwise."""
        cells = {
            f"{row(code)}.{column}": replace(found, text=text(found.text))
            for (code, _, column), found in ((key.rpartition("."), found) for key, found in self.cells.items())
        }
        return replace(
            self,
            cells=cells,
            rows={row(code): place for code, place in self.rows.items()},
            repeated=tuple(map(row, self.repeated)),
            copies={name: copy.renamed(row, text) for name, copy in self.copies.items()},
        )

    def has(self, wanted: Field) -> bool:
        """Say whether the field's codes are there, so that it is blank where it has no cell."""
        return self.spot(wanted.key) is not None

    def spot(self, key: str) -> Address | None:
        """Give where the cell with the field code stands, blank or not."""
        row_code, _, column_code = key.rpartition(".")
        sheet, row = self.rows.get(row_code, ("", 0))
        column = self.columns.get((sheet, column_code))
        return Address(sheet, row, column) if column else None


def locate(cells: pd.DataFrame) -> dict[str, Located]:
    """Give each file's coded cells; a file without any code is left out.

    `cells` has one row per non-blank cell: file, sheet, row, column, kind, text, formula. The first cell 编号 of a sheet stands in
    its code row and code column; column codes are unique in a sheet, and row codes in a file, save on duplicated sheets.
    """
    marks = cells[cells["text"].str.strip() == CODE_COLUMN].sort_values(["row", "column"], kind="stable")
    first = marks.drop_duplicates(_KEYS)[[*_KEYS, "row", "column"]]
    coded = cells.merge(first.rename(columns={"row": "code_row", "column": "code_column"}), on=_KEYS)
    every_row, columns = _codes(coded)
    copies = _copies(every_row)
    copied = pd.Series(
        [sheet in copies for sheet in zip(every_row["file"], every_row["sheet"], strict=True)], every_row.index
    )
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


def fill_in(located: Located, shape: Shape, names: Mapping[str, Found]) -> Located:
    """Look for inputs without their codes where their defined names point; `names` gives what stands there, blank or not.

    A name that points at another input's cell is not believed.
    """
    gone = {key: each for key, each in shape.fields.items() if not located.has(each)}
    taken = {(found.sheet, found.cell) for key, found in located.cells.items() if key in shape.fields}
    pointed = ((key, names.get(each.name)) for key, each in gone.items())
    named = {key: found for key, found in pointed if found and (found.sheet, found.cell) not in taken}
    return replace(located, cells={**located.cells, **named}, lost=frozenset(gone.keys() - named.keys()))
