"""Puts the trial of a catalogue's rules into its workbook: a sheet of a form, drawn anew each time, in which typed facts stay.

A fact is known by what stands, out of sight, at the end of its row, so it stays with its input wherever that has moved to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any, NamedTuple, cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.form.checks import WRONG
from fazhi_xl.form.expression import Value, serial
from fazhi_xl.form.meanings import literal, to_formula
from fazhi_xl.form.model import (
    FROZEN,
    STATUS_COLUMN,
    Computed,
    Content,
    Field,
    Label,
    Points,
    Row,
    Shape,
    column_letters,
)
from fazhi_xl.form.sheets.unit.tasks import FACT, TEXT
from fazhi_xl.notice.theme import Theme
from fazhi_xl.xlsx.fill import CellEntry
from fazhi_xl.xlsx.kept.looks import Looks
from fazhi_xl.xlsx.writer.book import A4, screen_scale
from fazhi_xl.xlsx.writer.form import validation
from fazhi_xl.xlsx.writer.heights import row_height
from fazhi_xl.xlsx.writer.styles import STYLES, Turn

_WRONG_INPUT = Turn("", "error", "wrong")
_TEXT, _FORMULA, _ERROR = "s", "f", "e"  # how the library marks what a cell holds
_LEFT_OVER = "下面是试填过、目录里已经没有的指标;不要的,清掉黄格。"
_Identity = tuple[str, ...]
"""What stands out of sight in the row of an input."""


class Typed(NamedTuple):
    """What a cell holds that somebody typed, and how the library marks it."""

    value: Any
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What came of it: the facts that have no input any more, which stand below the others, and what the formulas come to.

    The results are for `store_results`.
    There are no `results` where somebody typed a formula for a fact.
    """

    gone: tuple[tuple[_Identity, Typed], ...] = ()
    results: tuple[CellEntry, ...] = ()


def place_trial(
    book: Workbook, shape: Shape | None, theme: Theme, *, name: str, ids: tuple[str, ...], at: int | None = None
) -> Placed:
    """Put the sheet in the place of the one that is there, or at a position among the sheets, from 0; last without one.

    Without a shape the sheet is taken out. It is found by the codes of the columns, `ids`, that tell its inputs, whatever it is called.
    """
    old = _found(book, name, ids)
    typed = list(_typed(old, ids)) if old else []
    if old:
        at = book.index(old)
        book.remove(old)
    keys = dict(_inputs(shape, ids)) if shape else {}
    facts: dict[str, Typed] = {}
    gone = tuple(
        each for each in typed if each[0] not in keys or facts.setdefault(keys[each[0]], each[1]) is not each[1]
    )
    if shape is None:
        return Placed(gone=gone)
    _make_room(book, name)
    drawn = book.create_sheet(name, at)
    drawn.sheet_state = old.sheet_state if old else "visible"
    _Drawing(drawn, shape, theme, facts).draw(ids, gone)
    return Placed(gone=gone, results=tuple(_results(shape, facts)))


def _make_room(book: Workbook, name: str) -> None:
    """Rename a sheet of the office's own that is called so."""
    taken = {each.lower() for each in book.sheetnames}
    for sheet in book.worksheets:
        if sheet.title.lower() == name.lower():
            sheet.title = next(each for no in range(2, len(taken) + 3) if (each := f"{name}({no})") not in taken)


# What was typed -------------------------------------------------------------------------------------------------------


def _found(book: Workbook, name: str, ids: tuple[str, ...]) -> Worksheet | None:
    drawn = [sheet for sheet in book.worksheets if set(ids) <= _columns(sheet).keys()]
    return next((sheet for sheet in drawn if sheet.title == name), drawn[0] if drawn else None)


def _columns(sheet: Worksheet) -> dict[str, int]:
    """Give the columns of a sheet by the codes in its first row."""
    return {str(cell.value): no for no, cell in enumerate(next(sheet.iter_rows(max_row=1)), 1)}


def _typed(sheet: Worksheet, ids: tuple[str, ...]) -> Iterator[tuple[_Identity, Typed]]:
    """Give what stands in the inputs; rows that say of no input whose it is are passed over."""
    columns = _columns(sheet)
    for row in sheet.iter_rows(min_row=2):
        who = tuple(str(row[columns[code] - 1].value or "") for code in ids)
        cell = row[columns[FACT] - 1]
        if all(who) and who != ids and cell.value is not None:
            yield who, Typed(_plain(cell.value), cell.data_type)


def _plain(value: Any) -> Any:  # noqa: ANN401 - the library gives whatever a cell can hold
    """Give a day without its time where it has none, and a formula over several cells, or a text with formats in it, as its text."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, str | int | float | bool | date | time | timedelta):
        return value
    return str(value.text if isinstance(value, ArrayFormula) else value)


def _inputs(shape: Shape, ids: tuple[str, ...]) -> Iterator[tuple[_Identity, str]]:
    for row in shape.sheets[0].rows:
        for content in row.cells.values():
            if isinstance(content, Field):
                yield tuple(said.text for code in ids if isinstance(said := row.cells[code], Label)), content.key


def _results(shape: Shape, facts: Mapping[str, Typed]) -> Iterator[CellEntry]:
    if any(each.kind in {_FORMULA, _ERROR} for each in facts.values()):
        return
    for key, value in shape.results(_values(facts)).items():
        place = shape.places[key]
        yield place.sheet, place.cell, float(value) if isinstance(value, Fraction) else value


def _values(facts: Mapping[str, Typed]) -> dict[str, Value]:
    return {key: _value(each.value) for key, each in facts.items()}


def _value(typed: Any) -> Value:  # noqa: ANN401 - see above
    """Give what was typed as formulas take it."""
    if isinstance(typed, float):
        return Fraction(repr(typed))
    if isinstance(typed, datetime | time | timedelta):
        return Fraction(repr(to_excel(typed)))  # type: ignore[no-untyped-call] # of the library
    return typed  # type: ignore[no-any-return] # text, a whole number, a truth value or a day


# Drawing --------------------------------------------------------------------------------------------------------------


class _Drawing:
    """The sheet being drawn."""

    def __init__(self, drawn: Worksheet, shape: Shape, theme: Theme, facts: Mapping[str, Typed]) -> None:
        self._drawn, self._shape, self._theme, self._facts = drawn, shape, theme, facts
        (self._sheet,) = shape.sheets
        self._columns = {column.code: no for no, column in enumerate(self._sheet.columns, 1)}
        self._looks = Looks(theme, shape.decimals)
        self._values = _values(facts)

    def draw(self, ids: tuple[str, ...], gone: Sequence[tuple[_Identity, Typed]]) -> None:
        for code, no in self._columns.items():
            self._text(self._cell(1, no), code)
        for no, row in enumerate(self._sheet.rows, self._sheet.first_row):
            self._row(no, row)
        self._left_over(ids, gone)
        self._validate()
        self._colour()
        self._page()

    def _cell(self, row: int, column: int) -> Cell:
        return cast("Cell", self._drawn.cell(row, column))  # nothing is merged yet

    def _row(self, no: int, row: Row) -> None:
        self._drawn.row_dimensions[no].height = row_height(self._sheet, row, self._values)
        for code, content in row.cells.items():
            cell = self._cell(no, self._columns[code])
            self._looks.dress(cell, content.style, locked=not isinstance(content, Field))
            self._fill(cell, f"{row.code}.{code}", content)
        for code, stretch in self._sheet.reach(row).items():
            first, last = self._columns[code], self._columns[stretch.to]
            if first < last:
                self._drawn.merge_cells(start_row=no, end_row=no, start_column=first, end_column=last)

    def _fill(self, cell: Cell, key: str, content: Content) -> None:
        match content:
            case Label(text):
                self._text(cell, text)
            case Points(hundredths):
                cell.value = float(hundredths / 100)
            case Computed(expr):
                cell.value = f"={to_formula(expr, self._shape.seen_from(self._sheet.name))}"
            case Field() if key in self._facts:
                self._enter(cell, self._facts[key])

    def _left_over(self, ids: tuple[str, ...], gone: Sequence[tuple[_Identity, Typed]]) -> None:
        """List the facts without an input below the others, each to be cleared; one whose input comes back stands there again."""
        below = self._sheet.first_row + len(self._sheet.rows)
        if gone:
            self._text(self._dressed(below, TEXT, "note"), _LEFT_OVER)
        for no, (who, fact) in enumerate(gone, below + 1):
            self._text(self._dressed(no, TEXT, "fact"), "、".join(who))
            for code, name in zip(ids, who, strict=True):
                self._text(self._dressed(no, code, "unseen"), name)
            self._enter(self._dressed(no, FACT, "input", locked=False), fact)

    def _dressed(self, no: int, code: str, style: str, *, locked: bool = True) -> Cell:
        cell = self._cell(no, self._columns[code])
        self._looks.dress(cell, style, locked=locked)
        return cell

    def _text(self, cell: Cell, text: str) -> None:
        if text:
            self._enter(cell, Typed(text, _TEXT))

    def _enter(self, cell: Cell, typed: Typed) -> None:
        """Enter what was typed as it was: a text stays one, whatever it begins with, and the cell's look stays."""
        look = cell.number_format
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", typed.value) if isinstance(typed.value, str) else typed.value
        cell.number_format = look
        if isinstance(typed.value, str):
            cell.data_type = typed.kind

    def _validate(self) -> None:
        """Give every input its validation; those that ask the same share one."""
        alike: dict[tuple[tuple[str, object], ...], DataValidation] = {}
        for key, asked in self._shape.fields.items():
            options = validation(self._shape, asked)
            known = alike.setdefault(tuple((name, str(said)) for name, said in options.items()), _validation(options))
            known.add(self._shape.places[key].cell)
        for made in alike.values():
            self._drawn.add_data_validation(made)

    def _colour(self) -> None:
        """Colour results by what they say, and the inputs of rows that say what is wrong."""
        rows = [no for no, row in enumerate(self._sheet.rows, self._sheet.first_row) if not (row.merged or row.head)]
        first, last = rows[0], rows[-1]
        status, fact = (column_letters(self._columns[code]) for code in (STATUS_COLUMN, FACT))
        for turn in STYLES["status"].turns:
            rule = self._looks.beginning(turn, f"{status}{first}")
            self._drawn.conditional_formatting.add(f"{status}{first}:{status}{last}", rule)
        wrong = self._looks.where(_WRONG_INPUT, f'LEFT(${status}{first},{len(WRONG)})="{WRONG}"')
        self._drawn.conditional_formatting.add(f"{fact}{first}:{fact}{last}", wrong)

    def _page(self) -> None:
        """Set how the sheet shows, prints and is locked."""
        drawn, sheet = self._drawn, self._sheet
        for column in sheet.columns:
            held = drawn.column_dimensions[column_letters(self._columns[column.code])]
            held.width, held.hidden = column.width, column.aside
        drawn.row_dimensions[1].hidden = True
        head = next(no for no, row in enumerate(sheet.rows, sheet.first_row) if row.head)
        drawn.freeze_panes = f"{column_letters(FROZEN + 1)}{head + 1}"
        drawn.sheet_view.showGridLines = False
        drawn.sheet_view.zoomScale = screen_scale(column.width for column in sheet.printed)
        drawn.print_title_rows = f"{head}:{head}"
        drawn.print_area = f"A1:{column_letters(len(sheet.printed))}{sheet.first_row + len(sheet.rows) - 1}"
        drawn.page_setup.orientation, drawn.page_setup.paperSize = "landscape", A4
        drawn.page_setup.fitToWidth, drawn.page_setup.fitToHeight = 1, 0
        properties = drawn.sheet_properties
        properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        properties.tabColor = self._theme.colours[sheet.tab].removeprefix("#")
        margins = drawn.page_margins
        margins.left = margins.right = margins.top = 0.45
        margins.bottom, margins.header, margins.footer = 0.6, 0.3, 0.3
        drawn.print_options.horizontalCentered = True
        footer = HeaderFooterItem()
        footer.center.text = "&A  第 &P 页,共 &N 页"
        drawn.HeaderFooter.oddFooter = footer
        drawn.protection.sheet = True
        drawn.protection.formatColumns = drawn.protection.formatRows = False  # not forbidden


_KINDS: Mapping[object, Any] = {
    "list": "list",
    "integer": "whole",
    "decimal": "decimal",
    "date": "date",
    "length": "textLength",
}
_OPERATORS: Mapping[object, Any] = {"between": "between", "<=": "lessThanOrEqual"}


def _validation(options: Mapping[str, Any]) -> DataValidation:
    """Give a validation as openpyxl has it by XlsxWriter's options."""
    made = DataValidation(
        type=_KINDS[options["validate"]],
        allow_blank=True,
        showInputMessage=True,
        showErrorMessage=True,
        promptTitle=options["input_title"],
        prompt=options["input_message"],
        errorTitle=options["error_title"],
        error=options["error_message"],
    )
    if made.type == "list":
        made.formula1 = literal(",".join(options["source"]))
    else:
        made.operator = _OPERATORS[options["criteria"]]
        made.formula1 = _bound(options.get("minimum", options.get("value")))
        made.formula2 = _bound(options.get("maximum"))
    return made


def _bound(bound: object) -> str | None:
    if bound is None:
        return None
    return str(serial(bound)) if isinstance(bound, date) else f"{bound:.15g}"
