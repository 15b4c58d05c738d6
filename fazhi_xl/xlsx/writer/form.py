"""Writes a form as a locked workbook. Everything about a cell comes from the form; here is only how it is drawn."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from fazhi_xl.form.checks import WRONG, prompt, type_error
from fazhi_xl.form.expression import Value, serial
from fazhi_xl.form.identity import NUMBER_PROPERTY
from fazhi_xl.form.meanings import to_formula
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
from fazhi_xl.reports.corrections import Corrections
from fazhi_xl.text.one_line import cut
from fazhi_xl.xlsx.writer.book import A3, BookWriter, screen_scale, strictly, sure
from fazhi_xl.xlsx.writer.corrections import mark_cells
from fazhi_xl.xlsx.writer.heights import grows, row_height, strut
from fazhi_xl.xlsx.writer.report import draw_sheet
from fazhi_xl.xlsx.writer.styles import STYLES, Turn, turned
from fazhi_xl.xlsx.writer.template import Template, token

_PROTECTION = {"format_columns": True, "format_rows": True}  # or people unprotect a sheet to widen a column
_LINE = 1.15  # of its font's size, in the client that draws it lowest
_TITLE_LIMIT, _MESSAGE_LIMIT = 32, 255  # Excel's own


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filling:
    """A form being written: its workbook, the values of its inputs, and the results of its formulas."""

    book: BookWriter
    shape: Shape
    values: Mapping[str, Value]
    results: Mapping[str, Value]
    corrections: Corrections | None = None


def draw(
    shape: Shape,
    theme: Theme,
    *,
    title: str,
    values: Mapping[str, Value] = MappingProxyType({}),
    corrections: Corrections | None = None,
) -> Template:
    """Draw a shape, blank or with `values` in its inputs; every formula carries its true result.

    With `corrections` a sheet stands in front and says what is wrong, and so do the cells.
    """
    results = shape.results(values) if values else shape.blank_results
    with strictly():
        book = BookWriter(theme, title=title, decimals=shape.decimals, fixed=shape.fixed)
        filling = _Filling(book=book, shape=shape, values=values, results=results, corrections=corrections)
        book.raw.set_custom_property(NUMBER_PROPERTY, token("form_number"), "text")
        if corrections:
            draw_sheet(book, corrections.front, corrections.footer).protect("", _PROTECTION)
        for sheet in shape.sheets:
            _draw(filling, sheet)
        for key, field in shape.fields.items():
            sure(book.raw.define_name(field.name, _absolute(shape.places[key])))
        workbook = book.close()
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        return Template.of((name, package.read(name)) for name in package.namelist())


def _absolute(place: Address) -> str:
    letters = place.cell.rstrip("0123456789")
    return f"='{place.sheet}'!${letters}${place.row}"


def _draw(filling: _Filling, sheet: Sheet) -> None:
    book, shape = filling.book, filling.shape
    drawn = book.sheet(sheet.name, tab=sheet.tab, landscape=sheet.landscape)
    drawn.protect("", {**_PROTECTION, "autofilter": sheet.filtered})
    for no, column in enumerate(sheet.columns):
        drawn.set_column(no, no, column.width)
    if sheet.coded:
        for no, column in enumerate(sheet.columns):
            sure(drawn.write_string(0, no, column.code, book.style("code")))
        drawn.set_row(0, None, None, {"hidden": True})
    for no, row in enumerate(sheet.rows, sheet.first_row - 1):
        _draw_row(filling, drawn, sheet, no, row)
    whole = f"A1:{column_letters(len(sheet.columns))}{sheet.first_row + len(sheet.rows)}"
    drawn.ignore_errors({"number_stored_as_text": whole})  # answers of text, and slots
    _page(drawn, sheet)
    _validate(drawn, shape, sheet)
    if filling.corrections:
        mark_cells(book, drawn, shape, filling.corrections, filling.values)
    _colour_turns(book, drawn, sheet)
    _colour_wrong_inputs(book, drawn, sheet)


def _draw_row(filling: _Filling, drawn: Worksheet, sheet: Sheet, no: int, row: Row) -> None:
    book = filling.book
    sure(drawn.set_row(no, row_height(sheet, row, filling.values), None, {"hidden": row.hidden}))
    if grows(row):
        drawn.growing.add(no)
    if tall := strut(sheet, row):
        beside = len(sheet.columns)
        sure(drawn.write_blank(no, beside, None, book.style("strut", font_size=round(tall / _LINE, 1))))
    columns = {column.code: position for position, column in enumerate(sheet.columns)}
    taken = set(row.cells)
    for code, stretch in sheet.reach(row).items():
        across = [column.code for column in sheet.across(code, stretch)]
        taken.update(across)
        area = (no, columns[code], no + stretch.rows - 1, columns[stretch.to])
        if area[:2] != area[2:]:
            sure(drawn.merge_range(*area, "", book.style(row.cells[code].style)))
    if row.cells and not row.head and sheet.coded:
        for column in sheet.printed:
            if column.code not in taken:
                sure(drawn.write_blank(no, columns[column.code], None, book.style("text")))
    for code, content in row.cells.items():
        _draw_cell(filling, drawn, (no, columns[code]), _Named(sheet.name, f"{row.code}.{code}", content))


class _Named(NamedTuple):
    """A cell's content with its sheet and its field code."""

    sheet: str
    key: str
    content: Content


def _draw_cell(filling: _Filling, drawn: Worksheet, at: tuple[int, int], cell: _Named) -> None:
    style = filling.book.style(cell.content.style, locked=not isinstance(cell.content, Field))
    match cell.content:
        case Label():
            _label(filling.book, drawn, at, cell.content, style)
        case Slot(name):
            _write(drawn, at, token(name), style)
        case Points(hundredths):
            sure(drawn.write_number(*at, float(hundredths / 100), style))
        case Given(value):
            _write(drawn, at, value, style)
        case Computed():
            result = cached(filling.results[cell.key])
            text = to_formula(filling.shape.formulas[cell.key], filling.shape.seen_from(cell.sheet))
            sure(drawn.write_formula(*at, f"={text}", style, result))
        case Field():
            _write(drawn, at, filling.values.get(cell.key), style)


def _label(book: BookWriter, drawn: Worksheet, at: tuple[int, int], label: Label, style: Format) -> None:
    """Write a text; where the style has a smaller print for the lines below its first, those in it."""
    first, _, below = label.text.partition("\n")
    small = STYLES[label.style].below
    if not (below and small):
        _write(drawn, at, label.text or None, style)
        return
    sure(drawn.write_rich_string(*at, book.style(label.style), first, book.style(small), f"\n{below}", style))


def _write(drawn: Worksheet, at: tuple[int, int], value: Value, style: Format) -> None:
    """Write a constant; text stays text, even where it looks like a formula."""
    if value is None:
        sure(drawn.write_blank(*at, None, style))
    elif isinstance(value, str):
        sure(drawn.write_string(*at, value, style))
    else:
        sure(drawn.write_number(*at, cached(value), style))


def cached(value: Value) -> float | int | str | bool:
    """Give a formula's result as the file stores it."""
    if isinstance(value, date):
        return serial(value)
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return "" if value is None else value


def _page(drawn: Worksheet, sheet: Sheet) -> None:
    """Set how a sheet shows and prints."""
    drawn.set_zoom(screen_scale(column.width for column in sheet.printed))
    heads = [no for no, row in enumerate(sheet.rows, sheet.first_row - 1) if row.head]
    if heads:
        drawn.repeat_rows(heads[0])
        drawn.freeze_panes(heads[0] + 1, FROZEN if sheet.coded else 0)
    if sheet.filtered:
        sure(drawn.autofilter(heads[0], 0, sheet.first_row + len(sheet.rows) - 2, len(sheet.printed) - 1))
    drawn.set_footer(f"&L&9表号:{token('form_number')}&C&9第&P页 共&N页&R&9{token('unit_short')} {sheet.name}")
    if len(sheet.printed) < len(sheet.columns):
        sure(drawn.print_area(0, 0, sheet.first_row + len(sheet.rows) - 2, len(sheet.printed) - 1))
    if sheet.one_page:
        drawn.fit_to_pages(1, 1)
    if sheet.broad:
        drawn.set_paper(A3)
        drawn.fit_to_pages(2, 0)
        drawn.repeat_columns(0, FROZEN - 1)


# Validation ----------------------------------------------------------------------------------------------------------


def _validate(drawn: Worksheet, shape: Shape, sheet: Sheet) -> None:
    """Give every input exactly one validation; alike inputs of a column that stand together share it."""
    columns: defaultdict[int, list[tuple[int, Field]]] = defaultdict(list)
    for key, field in shape.fields.items():
        place = shape.places[key]
        if place.sheet == sheet.name:
            columns[place.column - 1].append((place.row - 1, field))
    for column, cells in columns.items():
        alike = ((row, row - no, validation(shape, field)) for no, (row, field) in enumerate(cells))
        for (_, options), run in groupby(alike, key=itemgetter(1, 2)):
            rows = [row for row, *_ in run]
            sure(drawn.data_validation(rows[0], column, rows[-1], column, options))


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


def _colour_turns(book: BookWriter, drawn: Worksheet, sheet: Sheet) -> None:
    """Colour cells by what they come to say, as their styles have it; all of a column that turn alike together."""
    alike: defaultdict[tuple[int, tuple[Turn, ...]], list[int]] = defaultdict(list)
    columns = {column.code: position for position, column in enumerate(sheet.columns)}
    for no, row in enumerate(sheet.rows, sheet.first_row - 1):
        for code, content in row.cells.items():
            alike[columns[code], STYLES[content.style].turns].append(no)
    for (column, turns), rows in alike.items():
        for turn in turns:
            look = book.raw.add_format(turned(turn, book.theme))
            beginning = {"type": "text", "criteria": "begins with", "value": turn.word}
            some = {"type": "cell", "criteria": ">", "value": 0}
            rule = {**(beginning if turn.word else some), "format": look}
            sure(drawn.conditional_format(rows[0], column, rows[-1], column, rule))


def _colour_wrong_inputs(book: BookWriter, drawn: Worksheet, sheet: Sheet) -> None:
    """Colour the inputs of the rows whose result says that something is wrong, whatever was pasted over their formats."""
    areas = list(_input_areas(sheet))
    if not areas or STATUS_COLUMN not in {column.code for column in sheet.columns}:
        return
    column = column_letters([each.code for each in sheet.columns].index(STATUS_COLUMN) + 1)
    results = f"${column}$1:${column}${sheet.first_row + len(sheet.rows)}"
    look = book.raw.add_format({"font_color": book.theme.colours["error"], "bg_color": book.theme.colours["wrong"]})
    spread = (f"{column_letters(at + 1)}{first + 1}:{column_letters(at + 1)}{last + 1}" for first, last, at in areas)
    rule = {
        "type": "formula",
        # Clients disagree on which of several areas a relative row counts from, so none is used.
        "criteria": f'=LEFT(INDEX({results},ROW()),{len(WRONG)})="{WRONG}"',
        "format": look,
        "multi_range": " ".join(spread),
    }
    first, last, at = areas[0]
    sure(drawn.conditional_format(first, at, last, at, rule))


def _input_areas(sheet: Sheet) -> Iterator[tuple[int, int, int]]:
    """Give stretches of inputs as first row, last row and column, from 0, the topmost first."""
    columns = {column.code: at for at, column in enumerate(sheet.columns)}
    inputs = sorted(
        (columns[code], no)
        for no, row in enumerate(sheet.rows, sheet.first_row - 1)
        for code, content in row.cells.items()
        if isinstance(content, Field)
    )
    runs = groupby(enumerate(inputs), key=lambda each: (each[1][0], each[1][1] - each[0]))
    stretches = [[at for _, at in run] for _, run in runs]
    yield from sorted((run[0][1], run[-1][1], run[0][0]) for run in stretches)
