"""How high a form's row is drawn: enough for the longest text that its cells can show as issued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fazhi_xl.form.expression import Value
from fazhi_xl.form.expression_parts import texts_of
from fazhi_xl.form.model import Computed, Content, Field, Label, Row, Sheet
from fazhi_xl.notice.choices import Kind
from fazhi_xl.text.measure import INSET, lines
from fazhi_xl.xlsx.writer.styles import STYLES, Style

_MOST = 1000  # lines of any other text
_FORESEEN = 2  # lines of a result in a row that grows with what it says
_TALLEST = 409.0  # Excel's own
_LEAST = 20.0
_BODY_SIZE = 10.5  # a column's width counts half-width characters of about this size
_LEADING = 1.45  # of the tallest of the fonts that stand in for the theme's


def row_height(sheet: Sheet, row: Row, values: Mapping[str, Value]) -> float | None:
    """Give the height in points; a blank row keeps its own. `values` by field code, of a form that is filled in."""
    if not row.cells:
        return row.height
    reach, widths = sheet.reach(row), {column.code: column.width for column in sheet.columns}
    needed = [row.height or _LEAST]
    for code, content in row.cells.items():
        style, stretch = STYLES[content.style], reach.get(code)
        text = max(_shown(content, values.get(f"{row.code}.{code}")), key=len, default="") if style.wrap else ""
        if text and (stretch is None or stretch.rows == 1):
            width = sum(column.width for column in sheet.across(code, stretch)) if stretch else widths[code]
            most = _FORESEEN if isinstance(content, Computed) and grows(row) else _MOST
            needed.append(_tall(style, text, width, most) + 3)
    return min(_TALLEST, max(needed))


def strut(sheet: Sheet, row: Row) -> float:
    """Give how high the merged texts of a growing row are, 0 without any: clients adapt its height to all cells but those."""
    if not grows(row):
        return 0.0
    across = {code: sheet.across(code, stretch) for code, stretch in sheet.reach(row).items() if stretch.rows == 1}
    merged = ((row.cells[code], sum(column.width for column in columns)) for code, columns in across.items())
    tall = (_tall(STYLES[each.style], each.text, width) for each, width in merged if isinstance(each, Label))
    return max(tall, default=0.0)


def _tall(style: Style, text: str, width: float, most: int = _MOST) -> float:
    """Give how high a text of so many lines at most is; lines below its first may have a smaller print, and then do not wrap."""
    inset = INSET + max(style.indent - 1, 0) if style.align == "left" else 0.0
    first, _, below = text.partition("\n") if style.below else (text, "", "")
    small = STYLES[style.below].size * _LEADING * len(below.split("\n")) if below else 0.0
    return min(most, lines(first, (width - inset) * _BODY_SIZE / style.size)) * style.size * _LEADING + small


def grows(row: Row) -> bool:
    """Tell whether the row has to grow with what a unit writes: clients adapt a height that nobody has fixed."""
    return any(isinstance(content, Field) and content.kind is Kind.TEXT for content in row.cells.values())


def _shown(content: Content, value: Value) -> Iterator[str]:
    match content:
        case Label(text):
            yield text
        case Computed(expr):
            yield from texts_of(expr)
        case Field() if isinstance(value, str):
            yield value
