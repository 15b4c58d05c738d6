"""What marks the figures of a report's tables: shades, bars, and lines between unlike rows; each follows the figures as they change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from fazhi_xl.points import Hundredths
from fazhi_xl.reports.media.workbook import Column, Formula, Table
from fazhi_xl.xlsx.writer.book import BookWriter, sure
from fazhi_xl.xlsx.writer.styles import THIN, edges

Place = tuple[int, int]
_MOST = 200  # ranges that one rule names: clients refuse rules that are too long


def draw_marks(book: BookWriter, drawn: Worksheet, table: Table, first: int) -> None:
    """Draw the marks of a table whose rows begin in this one, counted from 0."""
    last = first + len(table.rows) - 1
    for no, column in enumerate(table.columns, table.at):
        _shade(book, drawn, column, (first, no, last, no))
        if column.parting and len(table.rows) > 1:
            above, own = (xl_rowcol_to_cell(row, no, col_abs=True) for row in (first, first + 1))
            line = book.raw.add_format(edges(book.theme, top=THIN))
            rule = {"type": "formula", "criteria": f"={own}<>{above}", "format": line}
            sure(drawn.conditional_format(first + 1, table.at, last, table.at + len(table.columns) - 1, rule))
        if column.bar:
            sure(drawn.conditional_format(first, no, last, no, bar(book, float(column.bar / 100))))
    _losses(book, drawn, table, first)


def bar(book: BookWriter, end: float, colour: str = "bar_light") -> dict[str, object]:
    """Give a bar from 0 that Excel 2010, WPS and LibreOffice draw alike; one of this value would fill its cell."""
    return {
        "type": "data_bar",
        "data_bar_2010": True,
        "bar_solid": True,
        "bar_no_border": True,
        "bar_color": book.theme.colours[colour],
        "bar_negative_color_same": True,
        "min_type": "num",
        "min_value": 0,
        "max_type": "num",
        "max_value": end,
    }


def _looks(book: BookWriter) -> tuple[Format, Format, Format]:
    """Give the shades from the faintest to the strongest; the two strong ones are bold as well."""
    colours = book.theme.colours
    return (
        book.raw.add_format({"bg_color": colours["heat_middle"], "font_color": colours["ink"]}),
        book.raw.add_format({"bg_color": colours["heat_low"], "font_color": colours["ink"], "bold": True}),
        book.raw.add_format({"bg_color": colours["heat_lowest"], "font_color": colours["paper"], "bold": True}),
    )


def _shade(book: BookWriter, drawn: Worksheet, column: Column, area: tuple[int, int, int, int]) -> None:
    """Shade what is below each bound; the lowest bound goes first, as the first rule that holds is drawn."""
    if not column.shades:
        return
    cell = xl_rowcol_to_cell(area[0], area[1])
    for bound, look in reversed(list(zip(column.shades, _looks(book), strict=False))):
        rule = f"=AND(ISNUMBER({cell}),{cell}<{float(bound / 100):g})"
        sure(
            drawn.conditional_format(*area, {"type": "formula", "criteria": rule, "format": look, "stop_if_true": True})
        )


def _losses(book: BookWriter, drawn: Worksheet, table: Table, first: int) -> None:
    """Mark the figures of a matrix that are below their full marks, and more strongly those that are 0."""
    found: defaultdict[Hundredths, list[Place]] = defaultdict(list)
    for row, values in enumerate(table.rows, first):
        for no, value in enumerate(values, table.at):
            if isinstance(value, Formula) and value.full:
                found[value.full].append((row, no))
    if not found:
        return
    _, part, nothing = _looks(book)
    every = (place for places in found.values() for place in places)
    _rule(drawn, every, {"criteria": "<=", "value": 0, "format": nothing, "stop_if_true": True})
    for full, places in found.items():
        _rule(drawn, places, {"criteria": "<", "value": float(full / 100), "format": part})


def _rule(drawn: Worksheet, places: Iterable[Place], rule: Mapping[str, object]) -> None:
    ranges = list(_ranges(sorted(places, key=lambda place: (place[1], place[0]))))
    for at in range(0, len(ranges), _MOST):
        named = " ".join(ranges[at : at + _MOST])
        begin = named.partition(" ")[0].partition(":")[0]
        sure(drawn.conditional_format(begin, {"type": "cell", **rule, "multi_range": named}))


def _ranges(places: Sequence[Place]) -> Iterator[str]:
    """Name cells that are sorted by columns, those below each other as one range."""
    begin = 0
    for no, (row, column) in enumerate(places, 1):
        if no == len(places) or places[no] != (row + 1, column):
            yield f"{xl_rowcol_to_cell(*places[begin])}:{xl_rowcol_to_cell(row, column)}"
            begin = no
