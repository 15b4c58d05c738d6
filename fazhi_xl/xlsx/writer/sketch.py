"""Rows of forms as they are drawn, before they stand in a sheet: each is looked through once for all forms that have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from xlsxwriter.format import Format

from fazhi_xl.form.formula_text import FormulaTexts
from fazhi_xl.form.model import Content, Field, Row, Shape, Sheet, SheetColumn
from fazhi_xl.xlsx.writer.copied import SheetCopy, stands_alone
from fazhi_xl.xlsx.writer.heights import grows, row_height, strut

Options = dict[str, object]
"""A validation as XlsxWriter takes it."""


class Merged(NamedTuple):
    """Cells that are one: the first and the last column, from 0, how many rows, and their style."""

    first: int
    last: int
    rows: int
    style: str


class Sketch(NamedTuple):
    """What is drawn of a row; columns count from 0. `blank` are those where only a line stands.

    `cells` are its contents with their field codes, `inputs` the field codes of its inputs.
    """

    height: float | None
    grows: bool
    strut: float
    merged: tuple[Merged, ...]
    blank: tuple[int, ...]
    cells: tuple[tuple[int, str, Content], ...]
    inputs: tuple[str, ...]


class _Kept(NamedTuple):
    row: Row
    columns: tuple[SheetColumn, ...]
    sketch: Sketch


class Sketches:
    """The sketches of rows, by the very rows, the texts of their formulas, and the formats of a theme by the decimals of points.

    Of the `shapes` that are to be drawn the sheets that several have, and that read no others, are copied; `formulas` are
    the texts that are known already.
    """

    def __init__(self, shapes: Iterable[Shape] = (), formulas: FormulaTexts | None = None) -> None:
        times = Counter(id(sheet) for shape in shapes for sheet in shape.sheets)
        self._several = frozenset(sheet for sheet, no in times.items() if no > 1)
        self._copies: dict[int, tuple[Sheet, SheetCopy]] = {}
        self.formats: dict[int, dict[object, Format]] = {}
        self.formulas = formulas or FormulaTexts()
        self._kept: dict[int, _Kept] = {}
        self._validations: dict[int, tuple[Field, Options]] = {}

    def of(self, sheet: Sheet, row: Row) -> Sketch:
        """Give the sketch of a sheet's row; one that stands in sheets of the same columns is the same in all."""
        kept = self._kept.get(id(row))
        if kept is None or kept.columns != sheet.columns:
            kept = self._kept[id(row)] = _Kept(row, sheet.columns, _sketch(sheet, row))
        return kept.sketch

    def in_several(self, sheet: Sheet) -> bool:
        """Say whether a sheet is in several shapes, and could be copied."""
        return id(sheet) in self._several and stands_alone(sheet)

    def copy_of(self, sheet: Sheet) -> SheetCopy | None:
        """Give the copy of a sheet that was drawn for another shape."""
        kept = self._copies.get(id(sheet))
        return kept[1] if kept and kept[0] is sheet else None

    def keep_copy(self, sheet: Sheet, copy: SheetCopy) -> None:
        self._copies[id(sheet)] = sheet, copy

    def once(self, field: Field, make: Callable[[], Options]) -> Options:
        """Give the validation of an input, which is made for the first form that has it."""
        if id(field) not in self._validations:
            self._validations[id(field)] = field, make()
        return self._validations[id(field)][1]


def _sketch(sheet: Sheet, row: Row) -> Sketch:
    columns = {column.code: position for position, column in enumerate(sheet.columns)}
    return Sketch(
        height=row_height(sheet, row, {}),
        grows=grows(row),
        strut=strut(sheet, row),
        merged=tuple(_merged(sheet, row, columns)),
        blank=tuple(_blank(sheet, row, columns)),
        cells=tuple((columns[code], f"{row.code}.{code}", content) for code, content in row.cells.items()),
        inputs=tuple(f"{row.code}.{code}" for code, content in row.cells.items() if isinstance(content, Field)),
    )


def _merged(sheet: Sheet, row: Row, columns: dict[str, int]) -> Iterator[Merged]:
    for code, stretch in sheet.reach(row).items():
        first, last = columns[code], columns[stretch.to]
        if first < last or stretch.rows > 1:
            yield Merged(first, last, stretch.rows, row.cells[code].style)


def _blank(sheet: Sheet, row: Row, columns: dict[str, int]) -> Iterator[int]:
    """Give the columns of a table's row in which nothing stands and over which nothing reaches."""
    if not row.cells or row.head or not sheet.coded:
        return
    reached = (column.code for code, stretch in sheet.reach(row).items() for column in sheet.across(code, stretch))
    taken = {*row.cells, *reached}
    yield from (columns[column.code] for column in sheet.printed if column.code not in taken)
