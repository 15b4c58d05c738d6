"""A return's inputs by their codes, wherever rows, columns and sheets were moved: where each stands, and what is in it.

Where a code is gone, the defined name fills in; an input found neither way is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple

from fazhi_xl.cells import CellKind
from fazhi_xl.form.model import Address, Field, Shape


class Found(NamedTuple):
    """A cell of the form as it came back, by its address (`D7`), with the text that the file stores.

    `format` is the number format of a number that may be shown as something else.
    """

    sheet: str
    cell: str
    kind: CellKind
    text: str
    formula: bool
    format: str = ""


found_cell = partial(tuple.__new__, Found)  # takes half of the time that the class itself does


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
            f"{row(code)}.{column}": found._replace(text=text(found.text))
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
        row = self.rows.get(wanted.row)
        return row is not None and (row[0], wanted.column) in self.columns

    def spot(self, key: str) -> Address | None:
        """Give where the cell with the field code stands, blank or not."""
        row_code, _, column_code = key.rpartition(".")
        sheet, row = self.rows.get(row_code, ("", 0))
        column = self.columns.get((sheet, column_code))
        return Address(sheet, row, column) if column else None


def fill_in(located: Located, shape: Shape, names: Mapping[str, Found]) -> Located:
    """Look for inputs without their codes where their defined names point; `names` gives what stands there, blank or not.

    A name that points at another input's cell is not believed.
    """
    gone = {key: each for key, each in shape.fields.items() if not located.has(each)}
    if not gone:
        return located
    taken = {(found.sheet, found.cell) for key, found in located.cells.items() if key in shape.fields}
    pointed = ((key, names.get(each.name)) for key, each in gone.items())
    named = {key: found for key, found in pointed if found and (found.sheet, found.cell) not in taken}
    return replace(located, cells={**located.cells, **named}, lost=frozenset(gone.keys() - named.keys()))
