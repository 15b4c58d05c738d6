"""A form as a value: sheets of rows of cells. Addresses are decided here and nowhere else.

Row 1 of a sheet carries the column codes, column A the row codes; an input's field is its row code, a full stop and its column code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

from fazhi_xl.findings import Code
from fazhi_xl.form.compiled import Evaluator, Formulas, Shared
from fazhi_xl.form.expression import FALSE, Expr, Value
from fazhi_xl.notice.choices import Kind
from fazhi_xl.points import Hundredths, figure

_NOTHING: Mapping[str, Value] = MappingProxyType({})
_FUNCTIONS = frozenset({"compiled", "blank", "shared", "_seen"})  # what a shape remembers besides data
_PAGE = 190  # characters across a page of A3
FROZEN = 2  # columns of a coded sheet that stay in sight, and stand on every printed page
CODE_COLUMN, STATUS_COLUMN, MARK_COLUMN = "编号", "校验", "校验码"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A rule of a field: where `when` holds, the finding `code` is due, with `words` in the gaps of its text.

    The workbook shows the message beside the input; the collector reports the same one, and fills the gaps of `values`
    with what stands in those fields.
    """

    code: Code
    when: Expr
    words: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One cell that a unit fills in. `minimum` and `maximum` bound numbers and dates, `places` and `length` limit what is kept."""

    row: str
    column: str
    label: str
    kind: Kind
    sub_point: str | None = None
    minimum: Decimal | date | None = None
    maximum: Decimal | date | None = None
    options: tuple[str, ...] = ()
    options_from: tuple[str, ...] = ()  # locked cells of the same sheet that hold the options
    measure: str = ""
    places: int = 2
    length: int = 200
    required: bool = False
    waived: Expr = FALSE  # where this holds, a required input may stay blank
    prompt: str = ""
    error: str = ""
    checks: tuple[Check, ...] = ()
    style: str = "input"
    private: bool = False  # its value stands in no message

    @property
    def key(self) -> str:
        """The field code: row code, full stop, column code."""
        return f"{self.row}.{self.column}"

    @property
    def name(self) -> str:
        """The defined name of the input's cell."""
        return defined_name(self.row, self.column)


@lru_cache(maxsize=8_192)
def defined_name(row: str, column: str) -> str:
    """Give the defined name of an input's cell by its row code and its column code."""
    return "f_" + "_".join("".join(c if c.isalnum() else "_" for c in code) for code in (row, column))


@dataclass(frozen=True, slots=True)
class Label:
    """Locked text."""

    text: str
    style: str = "text"


@dataclass(frozen=True, slots=True)
class Slot:
    """Locked text that differs between the units of one shape."""

    name: str
    style: str = "text"


@dataclass(frozen=True, slots=True)
class Points:
    """Locked points, in hundredths."""

    hundredths: Hundredths
    style: str = "points"


@dataclass(frozen=True, slots=True)
class Given:
    """A locked figure that the office keeps."""

    value: int
    style: str = "office"


@dataclass(frozen=True, slots=True)
class Computed:
    """A locked formula."""

    expr: Expr
    style: str = "computed"


Content = Field | Label | Slot | Points | Given | Computed


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column of a sheet; its code stands in its head where it has no `title`. What stands `aside`, at the end, is not printed.

    What is `hidden` is not seen either.
    """

    code: str
    width: float  # in characters of the default font
    title: str = ""
    aside: bool = False
    hidden: bool = False
    head: str = "head"  # the style of its title


def characters(pixels: int) -> float:
    """Give the width of a column in characters by its pixels on a screen."""
    return (pixels - 5) / 7


class Stretch(NamedTuple):
    """How far a cell reaches: to a column, and over how many rows, its own included."""

    to: str
    rows: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`cells` by column code; `merged` stretches the one cell of a title or band to the last column, `stretched` any other cell.

    `height` is the least in points; a row is drawn as high as its texts need.
    """

    code: str = ""
    cells: Mapping[str, Content] = field(default_factory=dict)
    height: float | None = None
    merged: bool = False
    stretched: Mapping[str, Stretch] = field(default_factory=dict)
    head: bool = False  # repeated on every printed page
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of a form: its columns, and its rows from the top."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[Row, ...]
    tab: str = "band"  # a colour of the theme
    landscape: bool = True
    one_page: bool = False  # printed on one page
    coded: bool = True  # has a code column and, in row 1, hidden, the column codes
    filtered: bool = False  # the head row carries a filter
    broad: bool = False  # printed on A3, two pages wide, with the frozen columns on both
    large: bool = False  # printed on A3

    @property
    def printed(self) -> tuple[SheetColumn, ...]:
        """The columns that are printed."""
        return tuple(column for column in self.columns if not column.aside)

    def reach(self, row: Row) -> Mapping[str, Stretch]:
        """Give how far the cells of one of the rows reach, by the code of the column that each stands in."""
        whole = {list(row.cells)[-1]: Stretch(self.stretched[-1].code)} if row.merged else {}
        return {**row.stretched, **whole}

    def across(self, first: str, stretch: Stretch) -> tuple[SheetColumn, ...]:
        """Give the columns over which a cell reaches."""
        codes = [column.code for column in self.columns]
        return self.columns[codes.index(first) : codes.index(stretch.to) + 1]

    @property
    def stretched(self) -> tuple[SheetColumn, ...]:
        """The columns over which titles and bands are stretched: of a broad sheet those of the first page."""
        if not self.broad:
            return self.printed
        reached = accumulate(column.width for column in self.printed)
        return tuple(column for column, end in zip(self.printed, reached, strict=True) if end <= _PAGE)

    @property
    def first_row(self) -> int:
        """The row, counted from 1, in which the first of `rows` stands."""
        return 2 if self.coded else 1


@dataclass(frozen=True, slots=True)
class Address:
    """A cell of the issued form; row and column count from 1."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """The address within the sheet: `D7`."""
        return f"{column_letters(self.column)}{self.row}"

    def seen_from(self, sheet: str) -> str:
        """Give the cell as a formula on that sheet refers to it."""
        return self.cell if sheet == self.sheet else f"'{self.sheet}'!{self.cell}"


@cache
def column_letters(column: int) -> str:
    """Write a column, counted from 1, in letters: 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def formula_value(content: Label | Given | Points) -> Value:
    """Give the value of a locked cell as formulas read it."""
    if isinstance(content, Label):
        return content.text
    return content.value if isinstance(content, Given) else figure(Fraction(content.hundredths) / 100)


@dataclass(frozen=True, kw_only=True, eq=False)
class Shape:
    """Everything that units answering the same sub-points have in common."""

    name: str
    sub_points: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    decimals: int = 2  # of its points
    year: int = 0  # of the assessment; that of the latest day which an input takes where it is not said
    fixed: bool = False  # no sheet may be added, taken out or called otherwise
    shared: Shared | None = None  # what is compiled of rows that other shapes have too

    def cells(self) -> Iterator[tuple[Address, str, Content]]:
        """Give every cell with its place and its field code; a row without a code gives codes that begin with a full stop."""
        for sheet in self.sheets:
            numbers = {column.code: no for no, column in enumerate(sheet.columns, 1)}
            for row_no, row in enumerate(sheet.rows, sheet.first_row):
                for code, content in row.cells.items():
                    yield Address(sheet.name, row_no, numbers[code]), f"{row.code}.{code}", content

    @property
    def asks(self) -> bool:
        """Whether there is anything to fill in; a form without an input is not issued."""
        return bool(self.fields)

    @cached_property
    def demands(self) -> bool:
        """Whether anything has to be filled in; a form without a required input may come back blank."""
        return any(field.required for field in self.fields.values())

    def seen_from(self, sheet: str) -> Callable[[str], str]:
        """Give how a formula on that sheet refers to a field."""
        if sheet not in self._seen:
            self._seen[sheet] = cache(lambda key: self.places[key].seen_from(sheet))
        return self._seen[sheet]

    @cached_property
    def _seen(self) -> dict[str, Callable[[str], str]]:
        return {}

    @cached_property
    def coded(self) -> tuple[tuple[Address, str, Content], ...]:
        """The cells of rows that have a code, with their addresses and field codes."""
        return tuple(cell for cell in self.cells() if not cell[1].startswith("."))

    @cached_property
    def contents(self) -> Mapping[str, Content]:
        """What stands in every coded cell, by its field code."""
        return {key: content for _, key, content in self.coded}

    @cached_property
    def places(self) -> Mapping[str, Address]:
        """The address of every coded cell by its field code."""
        return {key: place for place, key, _ in self.coded}

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every input by its field code, in the form's order."""
        return {key: content for _, key, content in self.coded if isinstance(content, Field)}

    @cached_property
    def input_names(self) -> Mapping[str, str]:
        """The defined name of every input by its field code."""
        return {key: each.name for key, each in self.fields.items()}

    @cached_property
    def earlier(self) -> tuple[str, ...]:
        """The cells of an earlier round's answers, by their field codes: the slots that are called as they are."""
        return tuple(key for _, key, content in self.coded if isinstance(content, Slot) and content.name == key)

    @cached_property
    def formulas(self) -> Mapping[str, Expr]:
        """Every computed cell by its field code."""
        return {key: content.expr for _, key, content in self.coded if isinstance(content, Computed)}

    @cached_property
    def given(self) -> Mapping[str, Value]:
        """The values of the locked cells that formulas read."""
        return {
            key: formula_value(content) for _, key, content in self.coded if isinstance(content, Label | Given | Points)
        }

    @cached_property
    def compiled(self) -> Formulas:
        """The formulas, compiled, and the conditions of the inputs, which stand in them."""
        return Formulas(self.formulas, self.conditions, self.shared)

    @property
    def conditions(self) -> Iterator[Expr]:
        """The conditions of the inputs' checks, and those under which inputs may stay blank."""
        for each in self.fields.values():
            yield each.waived
            yield from (check.when for check in each.checks)

    def __getstate__(self) -> Mapping[str, object]:
        """Leave out functions, which are no data."""
        return {name: held for name, held in vars(self).items() if name not in _FUNCTIONS}

    @cached_property
    def _as_issued(self) -> Mapping[str, Value]:
        """The values of all cells without a formula: the locked ones', and blank inputs."""
        return {**dict.fromkeys(self.fields), **self.given}

    def evaluator(self, values: Mapping[str, Value], instead: Mapping[str, Value] = _NOTHING) -> Evaluator:
        """Compute the formulas over the inputs' values, and `instead` of some formulas; a missing value is a blank cell."""
        return Evaluator({**self._as_issued, **values}, self.compiled, instead)

    @cached_property
    def blank(self) -> Evaluator:
        """The form as issued, computed."""
        return self.evaluator({})

    def results(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """Give what every formula shows over the inputs' values."""
        evaluator = self.evaluator(values)
        return {key: evaluator.field(key) for key in self.formulas}

    @cached_property
    def blank_results(self) -> Mapping[str, Value]:
        """What every formula shows in the form as issued."""
        return {key: self.blank.field(key) for key in self.formulas}


@dataclass(frozen=True, kw_only=True)
class Form:
    """The workbook of one unit: a shape, and in `slots` what is its own.

    `prior` gives what stands in the cells of an earlier round's answers, by field code.
    """

    unit: str
    number: str
    slots: Mapping[str, str]
    shape: Shape
    prior: Mapping[str, str] = field(default_factory=dict)
