"""Draws the tables of a report: heads, bands, rows, totals, and what a client does with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import chain, count, groupby
from typing import NamedTuple

from xlsxwriter.format import Format

from fazhi_xl.reports.media.workbook import Cell, Column, Formula, Link, Marked, Stroke, Table
from fazhi_xl.text.measure import fitting, lines_in, pixels
from fazhi_xl.xlsx.writer.book import sure
from fazhi_xl.xlsx.writer.layout import end_of, first_of, head_of
from fazhi_xl.xlsx.writer.marks import draw_marks
from fazhi_xl.xlsx.writer.page import ABSENT, INSET, LINK_LIMIT, TEXT_LIMIT, Page, figure
from fazhi_xl.xlsx.writer.styles import RULE, STYLES, edges, padded

_OPEN = "reply"  # the style of the cells that are not locked
_HEADS: Mapping[str, str] = {
    "text": "head_text",
    "small": "head_text",
    "whole": "head_figure",
    "figure": "head_figure",
    "strong": "head_figure",
    "quiet": "head_figure",
    "score": "head_small",
    "option": "head_small",
}


def draw_table(page: Page, table: Table, row: int) -> None:
    """Draw a table that begins in this row, counted from 0."""
    if table.title:
        _heading(page, table, row)
    head, first = head_of(table, row), first_of(table, row)
    if not table.headless:
        _head(page, table, head)
    if table.band:
        _band(page, table, first - 1)
    rows = table.rows or ((None,) * len(table.columns),) * bool(table.name)
    end = edges(page.book.theme, bottom=RULE)
    look = {"font_color": page.book.theme.colours["muted"]} if table.muted else {}
    wrapped = tuple(_wrapped(page, table))
    for no, values in enumerate(rows, first):
        closing = end if no == first + len(rows) - 1 and not table.total else {}
        _row(page, table, wrapped, no, values, {**look, **closing})
    if table.total:
        total = tuple("" if value is None else value for value in table.total)
        _row(page, table, wrapped, end_of(table, row) - 1, total, {**_last(page), **end})
    if table.rows:
        draw_marks(page.book, page.drawn, table, first)
        _choices(page, table, first)
    if table.native and table.rows:
        _native(page, table, head)
    if not table.headless:
        _furniture(page, table, head)


def _heading(page: Page, table: Table, row: int) -> None:
    """Write what a table is called; over a narrow one in as many lines as it takes."""
    room, size = sum(page.pixels[table.at :]) - INSET, STYLES["big"].size
    if pixels(table.title, size) <= room:
        page.set_height(row, 22)
        page.drawn.put(row, table.at, table.title, page.book.style("big", text_wrap=False))
    else:
        page.set_height(row, fitting(table.title, room, size) + 4)
        page.across(row, (table.at, len(page.pixels) - 1), table.title, page.book.style("big"))


def _last(page: Page) -> dict[str, object]:
    colours = page.book.theme.colours
    return {"bold": True, "bg_color": colours["head"], "font_color": colours["title"]}


def _head(page: Page, table: Table, head: int) -> None:
    """Write the columns' titles, and above them the heads that several have together."""
    over = any(column.over for column in table.columns)
    titled = list(enumerate(zip(table.columns, _titles(page, table), strict=True), table.at))
    tall = (fitting(text, page.room(no, "head"), _head_size(each)) for no, (each, text) in titled if not each.hidden)
    page.set_height(head, max(tall) + 4)
    for no, (column, text) in titled:
        page.drawn.put(head, no, text, _head_style(page, column, over=over))
    if over:
        _heads_over(page, table, head - 1)


def _titles(page: Page, table: Table) -> tuple[str, ...]:
    """Give the columns' titles as they are written: those of a program's own table are unique, in others lines break where they may."""
    if not table.native:
        return tuple(_headed(page, column, no) for no, column in enumerate(table.columns, table.at))
    given: list[str] = []
    for column in table.columns:
        names = chain((column.title,), (f"{column.title}({no})" for no in count(2)))
        given.append(next(name for name in names if name.lower() not in {each.lower() for each in given}))
    return tuple(given)


def _headed(page: Page, column: Column, no: int) -> str:
    """Give a column's title; one of two lines breaks before its brackets, or else in its middle."""
    text, size, room = column.title, _head_size(column), page.room(no, "head")
    if "\n" in text or not room < pixels(text, size) * 1.03 <= 2 * room or " " in text:
        return text
    at = text.find("(") if "(" in text[1:] else -(-len(text) // 2)
    return f"{text[:at]}\n{text[at:]}"


def _head_size(column: Column) -> float:
    return STYLES[_HEADS.get(column.style, "head")].size


def _head_style(page: Page, column: Column, *, over: bool = False) -> Format:
    return page.book.style(_HEADS.get(column.style, "head"), **({"top": 0} if over else {}))


def _heads_over(page: Page, table: Table, row: int) -> None:
    spans = [list(span) for _, span in groupby(enumerate(table.columns, table.at), lambda each: each[1].over)]
    seen = [[(no, column) for no, column in span if not column.hidden] or span for span in spans]
    texts = [(span[0][1].over, sum(page.widths[no] * 7 + 5 for no, _ in span) - INSET / 2) for span in seen]
    page.set_height(row, max(fitting(text, room, STYLES["head_over"].size) for text, room in texts))
    for span, (text, _) in zip(seen, texts, strict=True):
        style = page.book.style("head_over" if text else "head", **({} if text else {"bottom": 0}))
        page.across(row, (span[0][0], span[-1][0]), text, style)


def _band(page: Page, table: Table, row: int) -> None:
    page.set_height(row, max(19.0, table.tall))
    seen = [no for no, column in enumerate(table.columns, table.at) if not column.hidden]
    page.across(row, (seen[0], seen[-1]), table.band, page.book.style("band"))


def _furniture(page: Page, table: Table, row: int) -> None:
    """Freeze and repeat the head of a sheet's first table, and filter it."""
    first = next(block for block in page.sheet.blocks if isinstance(block, Table))
    if table is not first or page.sheet.one_page or (table.title and not page.sheet.held):
        return
    page.drawn.freeze_panes(row + 1, page.sheet.held)
    page.drawn.repeat_rows(row - any(column.over for column in table.columns), row)
    if page.sheet.held:
        page.drawn.repeat_columns(0, page.sheet.held - 1)
    if page.sheet.filtered and table.rows and not table.native:
        sure(page.drawn.autofilter(row, 0, row + len(table.rows), len(table.columns) - 1))


def _native(page: Page, table: Table, head: int) -> None:
    """Make the cells written a table of the program's own, with its filter; titles are unique there."""
    place = (head, table.at, head + len(table.rows), table.at + len(table.columns) - 1)
    over = any(column.over for column in table.columns)
    columns = [
        {"header": text, "header_format": _head_style(page, column, over=over)}
        for column, text in zip(table.columns, _titles(page, table), strict=True)
    ]
    sure(page.drawn.add_table(*place, {"name": table.name, "columns": columns, "style": None}))


def _choices(page: Page, table: Table, first: int) -> None:
    """Give the inputs with choices a drop-down list; a cell may stay blank."""
    for no, column in enumerate(table.columns, table.at):
        if column.choices:
            rule = {"validate": "list", "source": list(column.choices), **_said_of(column)}
            sure(page.drawn.data_validation(first, no, first + len(table.rows) - 1, no, rule))


def _said_of(column: Column) -> dict[str, object]:
    """Give what a client says of an input with choices: what may stand there, beside the cell or once it is something else."""
    if column.prompt:
        return {"input_title": column.title, "input_message": column.prompt, "show_error": False}
    return {
        "error_title": column.title,
        "error_message": f"只能留空,或从下拉列表选:{'、'.join(column.choices)}。",
    }


class _Wrapped(NamedTuple):
    """A column whose texts take as many lines as they need: its place in the table, the pixels it has, and the size of its letters."""

    no: int
    room: float
    size: float


def _wrapped(page: Page, table: Table) -> Iterator[_Wrapped]:
    """Give the columns that a row's height depends on: all that are seen, but for a narrow last one, which runs over."""
    for no, column in enumerate(table.columns):
        if not column.hidden and not (no == len(table.columns) - 1 and column.width < 10):
            yield _Wrapped(no, page.room(table.at + no, column.style), STYLES[column.style].size)


def _row(
    page: Page,
    table: Table,
    wrapped: Iterable[_Wrapped],
    row: int,
    values: tuple[Cell, ...],
    look: Mapping[str, object],
) -> None:
    texts = ((text, room, size) for no, room, size in wrapped if (text := _text(values[no])))
    many = max((fitting(*each) for each in texts if lines_in(*each) > 1), default=0.0)
    page.set_height(row, max(table.tall, many))
    for no, (column, value) in enumerate(zip(table.columns, values, strict=True)):
        _cell(page, table, (row, table.at + no), column, value, look)


def _text(value: Cell) -> str:
    shown = value.text if isinstance(value, Link | Marked) else value.value if isinstance(value, Formula) else value
    return shown if isinstance(shown, str) else ""


def _cell(page: Page, table: Table, at: tuple[int, int], kind: Column, value: Cell, look: Mapping[str, object]) -> None:
    if isinstance(value, Link) and page.drawn.hlink_count >= LINK_LIMIT:
        value = value.text
    if isinstance(value, Link):
        place = f"'{value.sheet}'!{value.cell}" if value.sheet else ""
        outside = f"external:{value.file}" + (f"#{place}" if place else "")
        target = outside if value.file else f"internal:{place}"
        sure(page.drawn.write_url(*at, target, page.book.style("link", **look), value.text))
        return
    if isinstance(value, Marked) and value.pieces:
        _marked(page, at, kind, value, look)
        return
    held = value.value if isinstance(value, Formula) else value
    style = _look(page, kind, look, absent=held is None)
    if isinstance(value, Formula):
        page.formula(at, value, style, table=table, kind=kind)
    elif isinstance(value, int | Fraction):
        page.drawn.put(*at, figure(kind, value), style)
    elif not value and kind.style == _OPEN:  # what somebody is to type into holds not even a blank text
        page.drawn.put(*at, None, style)
    else:
        page.drawn.put(*at, value[:TEXT_LIMIT] if isinstance(value, str) else ABSENT, style)


_STROKES: Mapping[Stroke, tuple[str, Mapping[str, object]]] = {
    Stroke.GONE: ("error", {"font_strikeout": True}),
    Stroke.NEW: ("title", {"underline": 1, "bold": True}),
}
"""How marked words look, beside their brackets: their colour in the theme, and what is legible without colour."""


_ESCAPED_TWICE = re.compile(r"_x[0-9A-Fa-f]{4}_|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What the library would escape once more within a text of several looks: such a text is written in one."""


def _marked(page: Page, at: tuple[int, int], kind: Column, text: Marked, look: Mapping[str, object]) -> None:
    """Write a text with its words marked; one that is too long for a cell is cut."""
    cell, runs, left = _look(page, kind, look, absent=False), [], TEXT_LIMIT
    for each in text.pieces:
        runs.append((_stroked(page, kind, each.stroke, look), each.written[:left]))
        left -= len(runs[-1][1])
    kept = [run for run in runs if run[1]]
    whole = "".join(run[1] for run in kept)
    if len(kept) == 1 or _ESCAPED_TWICE.search(whole):
        page.drawn.put(*at, whole, kept[0][0] if len(kept) == 1 else cell)
    else:
        sure(page.drawn.write_rich_string(*at, *(part for run in kept for part in run), cell))


def _stroked(page: Page, kind: Column, stroke: Stroke | None, look: Mapping[str, object]) -> Format:
    if stroke is None:
        return _look(page, kind, look, absent=False)
    colour, more = _STROKES[stroke]
    return _look(page, kind, {**look, **more, "font_color": page.book.theme.colours[colour]}, absent=False)


def _look(page: Page, kind: Column, look: Mapping[str, object], *, absent: bool) -> Format:
    """Give the format of a cell: its column's, that of its row, and of nothing a quiet one."""
    key = (kind.style, kind.number, absent, *look.items())
    if key not in page.looks:
        quiet = {"font_color": page.book.theme.colours["muted"]} if absent else {}
        number = {"num_format": padded(kind.number)} if kind.number else {}
        opened = {"locked": False} if kind.style == _OPEN else {}
        page.looks[key] = page.book.style(kind.style, **{**quiet, **look}, **number, **opened)
    return page.looks[key]
