"""Writes a form as a locked workbook. Everything about a cell comes from the form; here is only how it is drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Protocol

from xlsxwriter.format import Format

from fazhi_xl.form.checks import WRONG, prompt, type_error
from fazhi_xl.form.expression import Value, serial
from fazhi_xl.form.formula_text import SheetFormulas
from fazhi_xl.form.identity import NUMBER_PROPERTY
from fazhi_xl.form.model import (
    FROZEN,
    STATUS_COLUMN,
    Address,
    Computed,
    Content,
    Field,
    Given,
    Label,
    Points,
    Row,
    Shape,
    Sheet,
    Slot,
    column_letters,
)
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.theme import Theme
from fazhi_xl.text.one_line import cut
from fazhi_xl.xlsx.writer.book import A3, BookWriter, screen_scale, strictly, sure
from fazhi_xl.xlsx.writer.copied import Recorder
from fazhi_xl.xlsx.writer.drawn import Constant, DrawnSheet
from fazhi_xl.xlsx.writer.heights import row_height
from fazhi_xl.xlsx.writer.sketch import Sketches
from fazhi_xl.xlsx.writer.styles import STYLES, Turn
from fazhi_xl.xlsx.writer.template import Template, token

PROTECTION = {"format_columns": True, "format_rows": True}  # or people unprotect a sheet to widen a column
_LINE = 1.15  # of its font's size, in the client that draws it lowest
_WRONG_INPUT = Turn("", "error", "wrong")
_TITLE_LIMIT, _MESSAGE_LIMIT = 32, 255  # Excel's own


class Marks(Protocol):
    """What is drawn on a form besides the form."""

    def front(self, book: BookWriter) -> None:
        """Draw the sheets in front."""

    def beside(self, drawn: DrawnSheet, filling: Filling) -> None:
        """Draw on a sheet of the form, whose inputs are validated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A form being written: its workbook, the values of its inputs, and the results of its formulas."""

    book: BookWriter
    shape: Shape
    values: Mapping[str, Value]
    results: Mapping[str, Value]
    sketches: Sketches
    formulas: Mapping[str, SheetFormulas]  # of each sheet

    def validation(self, field: Field) -> dict[str, object]:
        """Give a cell's validation; only a list in cells stands elsewhere in every shape."""
        if field.options_from:
            return validation(self.shape, field)
        return self.sketches.once(field, lambda: validation(self.shape, field))


def draw(
    shape: Shape,
    theme: Theme,
    *,
    title: str,
    values: Mapping[str, Value] = MappingProxyType({}),
    marks: Marks | None = None,
    sketches: Sketches | None = None,
) -> Template:
    """Draw a shape, blank or with `values` in its inputs; every formula carries its true result.

    What has to be said besides is in the `marks`. Who draws several shapes keeps the `sketches`.
    """
    results = shape.results(values) if values else shape.blank_results
    with strictly():
        sketches = sketches or Sketches()
        known = sketches.formats.setdefault(shape.decimals, {})
        book = BookWriter(theme, title=title, decimals=shape.decimals, fixed=shape.fixed, known=known)
        filling = Filling(
            book=book,
            shape=shape,
            values=values,
            results=results,
            sketches=sketches,
            formulas={sheet.name: SheetFormulas(shape, sheet.name, sketches.formulas) for sheet in shape.sheets},
        )
        book.raw.set_custom_property(NUMBER_PROPERTY, token("form_number"), "text")
        if marks:
            marks.front(book)
        alike = not (values or marks)
        recorded = [(sheet, _drawn(filling, sheet, marks, alike=alike)) for sheet in shape.sheets]
        for key, field in shape.fields.items():
            book.raw.name_cell(field.name, _absolute(shape.places[key]))
        made = Template.of(book.parts())
        for sheet, recorder in recorded:
            if recorder:
                sketches.keep_copy(sheet, recorder.copy(book))
        return made


def _absolute(place: Address) -> str:
    return f"'{place.sheet}'!${column_letters(place.column)}${place.row}"


def _drawn(filling: Filling, sheet: Sheet, marks: Marks | None, *, alike: bool) -> Recorder | None:
    """Draw a sheet, or copy it where it is `alike` in several shapes; the first of them is recorded."""
    drawn = filling.book.sheet(sheet.name, tab=sheet.tab, landscape=sheet.landscape)
    _page(drawn, sheet)
    if alike and (copy := filling.sketches.copy_of(sheet)):
        copy.begin(filling.book, drawn)
        return None
    recorder = Recorder(drawn) if alike and filling.sketches.in_several(sheet) else None
    _draw(filling, drawn, sheet, marks)
    return recorder


def _draw(filling: Filling, drawn: DrawnSheet, sheet: Sheet, marks: Marks | None) -> None:
    book = filling.book
    drawn.protect("", {**PROTECTION, "autofilter": sheet.filtered})
    for no, column in enumerate(sheet.columns):
        drawn.set_column(no, no, column.width, None, {"hidden": column.hidden})
    if sheet.coded:
        for no, column in enumerate(sheet.columns):
            sure(drawn.write_string(0, no, column.code, book.style("code")))
        drawn.set_row(0, None, None, {"hidden": True})
    for no, row in enumerate(sheet.rows, sheet.first_row - 1):
        _draw_row(filling, drawn, sheet, no, row)
    whole = f"A1:{column_letters(len(sheet.columns))}{sheet.first_row + len(sheet.rows)}"
    drawn.ignore_errors({"number_stored_as_text": whole})  # answers of text, and slots
    _validate(drawn, filling, sheet)
    if marks:
        marks.beside(drawn, filling)
    _colour_turns(book, drawn, sheet)
    _colour_wrong_inputs(book, drawn, sheet)


def _draw_row(filling: Filling, drawn: DrawnSheet, sheet: Sheet, no: int, row: Row) -> None:
    sketch, looks = filling.sketches.of(sheet, row), filling.book.cell
    written = filling.values and any(isinstance(filling.values.get(key), str) for key in sketch.inputs)
    height = row_height(sheet, row, filling.values) if written else sketch.height  # what is typed may need more room
    sure(drawn.set_row(no, height, None, {"hidden": row.hidden}))
    if sketch.grows:
        drawn.growing.add(no)
    if sketch.strut:
        drawn.put(no, len(sheet.columns), None, filling.book.style("strut", font_size=round(sketch.strut / _LINE, 1)))
    for first, last, rows, style in sketch.merged:
        sure(drawn.merge_range(no, first, no + rows - 1, last, "", filling.book.style(style)))
    for column in sketch.blank:
        drawn.put(no, column, None, filling.book.style("text"))
    for column, key, content in sketch.cells:
        look = looks(content.style, not isinstance(content, Field))
        _draw_cell(filling, drawn, (no, column), key, content, look)


def _draw_cell(
    filling: Filling, drawn: DrawnSheet, at: tuple[int, int], key: str, content: Content, look: Format
) -> None:
    match content:
        case Label():
            _label(filling.book, drawn, at, content, look)
        case Computed(expr):
            text = filling.formulas[drawn.name].written(expr)
            result = _stored(filling.results[key])
            drawn.put_formula(*at, text, look, "" if result is None else result)
        case Field():
            drawn.put(*at, _stored(filling.values.get(key)), look)
        case Slot(name):
            drawn.put(*at, token(name), look)
        case Points(hundredths):
            drawn.put(*at, float(hundredths / 100), look)
        case Given(value):
            drawn.put(*at, value, look)


def _label(book: BookWriter, drawn: DrawnSheet, at: tuple[int, int], label: Label, look: Format) -> None:
    """Write a text; where the style has a smaller print for the lines below its first, those in it."""
    small = STYLES[label.style].below
    first, _, below = label.text.partition("\n") if small else (label.text, "", "")
    if not below:
        drawn.put(*at, label.text or None, look)
        return
    sure(drawn.write_rich_string(*at, book.style(label.style), first, book.style(small), f"\n{below}", look))


def _stored(value: Value) -> Constant | None:
    """Give a value as the file stores it; text stays text, even where it looks like a formula."""
    if value is None or type(value) is str or type(value) is int:  # most are
        return value
    if isinstance(value, date):
        return serial(value)
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return value


def _page(drawn: DrawnSheet, sheet: Sheet) -> None:
    """Set how a sheet shows and prints."""
    drawn.set_zoom(screen_scale(column.width for column in sheet.printed))
    heads = [no for no, row in enumerate(sheet.rows, sheet.first_row - 1) if row.head]
    if heads:
        drawn.repeat_rows(heads[0], heads[-1])
        drawn.freeze_panes(heads[-1] + 1, FROZEN if sheet.coded else 0)
    if sheet.filtered:
        sure(drawn.autofilter(heads[-1], 0, sheet.first_row + len(sheet.rows) - 2, len(sheet.printed) - 1))
    drawn.set_footer(f"&L&9表号:{token('form_number')}&C&9第&P页 共&N页&R&9{token('unit_short')} {sheet.name}")
    if len(sheet.printed) < len(sheet.columns):
        sure(drawn.print_area(0, 0, sheet.first_row + len(sheet.rows) - 2, len(sheet.printed) - 1))
    if sheet.one_page:
        drawn.fit_to_pages(1, 1)
    if sheet.broad or sheet.large:
        drawn.set_paper(A3)
    if sheet.broad:
        drawn.fit_to_pages(2, 0)
        drawn.repeat_columns(0, FROZEN - 1)


# Validation ----------------------------------------------------------------------------------------------------------


def _validate(drawn: DrawnSheet, filling: Filling, sheet: Sheet) -> None:
    """Give every input exactly one validation; alike inputs of a column that stand together share it."""
    columns: defaultdict[int, list[tuple[int, Field]]] = defaultdict(list)
    for column, row, field in _inputs(sheet):
        columns[column].append((row, field))
    for column, cells in columns.items():
        alike = ((row, row - no, filling.validation(field)) for no, (row, field) in enumerate(cells))
        for (_, options), run in groupby(alike, key=itemgetter(1, 2)):
            rows = [row for row, *_ in run]
            sure(drawn.data_validation(rows[0], column, rows[-1], column, options))


def _inputs(sheet: Sheet) -> Iterator[tuple[int, int, Field]]:
    """Give the column and the row, from 0, of each input."""
    columns = {column.code: at for at, column in enumerate(sheet.columns)}
    for no, row in enumerate(sheet.rows, sheet.first_row - 1):
        for code, content in row.cells.items():
            if isinstance(content, Field):
                yield columns[code], no, content


def validation(shape: Shape, field: Field) -> dict[str, object]:
    """Give a cell's validation, its prompt and its error text, as XlsxWriter's options."""
    return {
        **_criteria(shape, field),
        "input_title": cut(field.label, _TITLE_LIMIT),
        "input_message": cut(prompt(field), _MESSAGE_LIMIT),
        "error_title": "填写有误",
        "error_message": cut(type_error(field), _MESSAGE_LIMIT),
        "error_type": "stop",
        "ignore_blank": True,
    }


def _criteria(shape: Shape, field: Field) -> dict[str, object]:
    if field.kind is Kind.CHOICE:
        ends = [shape.places[key] for key in (*field.options_from[:1], *field.options_from[-1:])]
        cells = ":".join(_absolute(place).rpartition("!")[2] for place in ends)
        return {"validate": "list", "source": f"={cells}" if cells else list(field.options)}
    if field.kind is Kind.TEXT:
        return {"validate": "length", "criteria": "<=", "value": field.length}
    named = {Kind.WHOLE: "integer", Kind.DECIMAL: "decimal", Kind.DATE: "date"}[field.kind]
    low, high = _bound(field.minimum), _bound(field.maximum)
    return {"validate": named, "criteria": "between", "minimum": low, "maximum": high}


def _bound(bound: Decimal | date | None) -> float | date | None:
    return float(bound) if isinstance(bound, Decimal) else bound


def _colour_turns(book: BookWriter, drawn: DrawnSheet, sheet: Sheet) -> None:
    """Colour cells by what they come to say, as their styles have it; all of a column that turn alike together."""
    alike: defaultdict[tuple[int, tuple[Turn, ...]], list[int]] = defaultdict(list)
    columns = {column.code: position for position, column in enumerate(sheet.columns)}
    for no, row in enumerate(sheet.rows, sheet.first_row - 1):
        for code, content in row.cells.items():
            alike[columns[code], STYLES[content.style].turns].append(no)
    for (column, turns), rows in alike.items():
        for turn in turns:
            drawn.turns.append(turn)
            look = book.turned(turn)
            beginning = {"type": "text", "criteria": "begins with", "value": turn.word}
            some = {"type": "cell", "criteria": ">", "value": 0}
            rule = {**(beginning if turn.word else some), "format": look}
            sure(drawn.conditional_format(rows[0], column, rows[-1], column, rule))


def _colour_wrong_inputs(book: BookWriter, drawn: DrawnSheet, sheet: Sheet) -> None:
    """Colour the inputs of the rows whose result says that something is wrong, whatever was pasted over their formats."""
    areas = list(_input_areas(sheet))
    if not areas or STATUS_COLUMN not in {column.code for column in sheet.columns}:
        return
    column = column_letters([each.code for each in sheet.columns].index(STATUS_COLUMN) + 1)
    results = f"${column}$1:${column}${sheet.first_row + len(sheet.rows)}"
    drawn.turns.append(_WRONG_INPUT)
    spread = (f"{column_letters(at + 1)}{first + 1}:{column_letters(at + 1)}{last + 1}" for first, last, at in areas)
    rule = {
        "type": "formula",
        # Clients disagree on which of several areas a relative row counts from, so none is used.
        "criteria": f'=LEFT(INDEX({results},ROW()),{len(WRONG)})="{WRONG}"',
        "format": book.turned(_WRONG_INPUT),
        "multi_range": " ".join(spread),
    }
    first, last, at = areas[0]
    sure(drawn.conditional_format(first, at, last, at, rule))


def _input_areas(sheet: Sheet) -> Iterator[tuple[int, int, int]]:
    """Give stretches of inputs as first row, last row and column, from 0, the topmost first."""
    inputs = sorted((column, row) for column, row, _ in _inputs(sheet))
    runs = groupby(enumerate(inputs), key=lambda each: (each[1][0], each[1][1] - each[0]))
    stretches = [[at for _, at in run] for _, run in runs]
    yield from sorted((run[0][1], run[-1][1], run[0][0]) for run in stretches)
