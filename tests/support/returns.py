"""Returned workbooks as grids of cells: what was issued, with what a unit typed into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

import pandas as pd

from fazhi_xl.answers.copies import settled
from fazhi_xl.answers.locate import locate
from fazhi_xl.answers.located import Found, Located, fill_in
from fazhi_xl.answers.read import Answers, read_answers
from fazhi_xl.answers.structure import Layout, examined
from fazhi_xl.cells import CellKind, RawCell
from fazhi_xl.form.expression import Value, serial
from fazhi_xl.form.model import Computed, Field, Form, Given, Label, Points, Shape, Slot
from fazhi_xl.form.sheets.unit import ledger
from fazhi_xl.form.sheets.unit.tasks import auto_field
from fazhi_xl.notice.choices import Kind
from fazhi_xl.points import in_points
from tests.support.frame_locate import to_frame

FILE = "返回.xlsx"


@dataclass(frozen=True, slots=True)
class Typed:
    """A cell as a file stores it."""

    kind: str
    text: str
    formula: bool = False


Answer = Value | Decimal | float | Typed
Grid = dict[tuple[int, int], Typed]
Book = dict[str, Grid]
Move = Callable[[int, int], tuple[int, int] | None]


def typed(value: Answer) -> Typed:
    """Give what a client stores when the value is entered."""
    if isinstance(value, Typed):
        return value
    if isinstance(value, bool):
        return Typed("b", str(int(value)))
    if isinstance(value, date):
        return Typed("n", str(serial(value)))
    if isinstance(value, Fraction):
        return Typed("n", str(Decimal(value.numerator) / value.denominator))
    return Typed("s" if isinstance(value, str) else "n", str(value))


def returned(shape: Shape, values: Mapping[str, Answer], slots: Mapping[str, str] | None = None) -> Book:
    """Give the workbook as issued, with the values in its inputs, and with a unit's own texts where they are given."""
    book: Book = {sheet.name: {} for sheet in shape.sheets}
    for sheet in shape.sheets:
        if sheet.coded:
            book[sheet.name] = {(1, no): Typed("s", column.code) for no, column in enumerate(sheet.columns, 1)}
    for place, key, content in shape.cells():
        if isinstance(content, Label | Points | Given) or (isinstance(content, Field) and key in values):
            cell = typed(values[key]) if isinstance(content, Field) else _held(content)
            book[place.sheet][place.row, place.column] = cell
        elif isinstance(content, Slot) and slots:
            book[place.sheet][place.row, place.column] = Typed("s", slots[content.name])
        elif isinstance(content, Computed) and slots:
            book[place.sheet][place.row, place.column] = Typed("s", "", formula=True)
    return book


def _held(content: Label | Points | Given | object) -> Typed:
    match content:
        case Points(hundredths):
            return Typed("n", str(in_points(hundredths)))
        case Given(value):
            return Typed("n", str(value))
        case Label(text):
            return Typed("s", text)
    raise TypeError(content)


def moved(grid: Grid, move: Move) -> Grid:
    """Move cells; those that move to None are gone."""
    return {to: cell for at, cell in grid.items() if (to := move(*at))}


def cells_of(book: Book) -> tuple[RawCell, ...]:
    """Give the cells as the reader does: sheet by sheet, row by row, blank ones left out."""
    return tuple(
        RawCell(sheet, row, column, CellKind(cell.kind), cell.text, cell.formula)
        for sheet, grid in book.items()
        for (row, column), cell in sorted(grid.items())
        if cell.text or cell.formula
    )


def frame_of(books: Mapping[str, Book]) -> pd.DataFrame:
    return to_frame({file: cells_of(book) for file, book in books.items()})


def located(book: Book) -> Located:
    return locate(cells_of(book))


def read_book(shape: Shape, book: Book, names: Mapping[str, Found] | None = None, *, date1904: bool = False) -> Answers:
    """Locate, settle copies, fill in and read, as collecting does; `names` gives what stands where defined names point."""
    settled_book, _ = settled(located(book), shape)
    return read_answers(shape, fill_in(settled_book, shape, names or {}), date1904=date1904)


def layout_of(form: Form, book: Book, **more: bool) -> Layout:
    """Give the layout of a book that nothing was done to but what stands in its cells."""
    names = frozenset(field.name for field in form.shape.fields.values())
    return Layout(merges=dict.fromkeys(book, ()), names=names, cells=cells_of(book), **more)


def examine(form: Form, book: Book, layout: Layout | None = None, *, older: bool = False) -> Answers:
    """Read a book and examine the form around the answers, as collecting does."""
    whole, _ = settled(located(book), form.shape)
    found = fill_in(whole, form.shape, {})
    answers = read_answers(form.shape, found)
    return examined(form, answers, found, layout or layout_of(form, book), older=older)


def read(shape: Shape, values: Mapping[str, Answer]) -> Answers:
    return read_book(shape, returned(shape, values))


def right(shape: Shape, changes: Mapping[str, Answer | None] | None = None) -> dict[str, Answer]:
    """Fill in what a form requires and the evidence for it, so that nothing is wrong; a change to None leaves the input blank.

    The self-scores are the computed ones, before the changes.
    """
    made = {**_right(shape), **(changes or {})}
    return {key: value for key, value in made.items() if value is not None}


@cache
def _right(shape: Shape) -> Mapping[str, Answer]:
    facts = {key: _usual(field) for key, field in shape.fields.items() if field.required and field.column == "填报"}
    evaluator = shape.evaluator(facts)
    scores = {f"{code}.自评": evaluator.field(auto_field(code)) for code in shape.sub_points}
    return {**facts, **scores, **evidence(len(ledger.prefilled(shape)))}


def evidence(rows: int) -> dict[str, Answer]:
    """Name a piece of evidence in each of the first rows of the ledger."""
    entry: dict[str, Answer] = {"名称": "工作总结", "类型": "其他材料", "日期": date(2020, 6, 1)}
    return {f"台账.{no:03d}.{column}": value for no in range(1, rows + 1) for column, value in entry.items()}


def _usual(field: Field) -> Value:
    match field.kind:
        case Kind.CHOICE:
            return field.options[0]
        case Kind.DATE:
            return date(2020, 9, 1)
        case Kind.TEXT:
            return "已落实"
        case Kind.WHOLE | Kind.DECIMAL:
            return 5
