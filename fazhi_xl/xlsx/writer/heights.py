"""How high a form's row is drawn: enough for the longest text that its cells can show as issued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fazhi_xl.form.expression import Value
from fazhi_xl.form.expression_parts import texts_of
from fazhi_xl.form.model import Computed, Content, Field, Label, Row, Sheet
from fazhi_xl.notice.choices import Kind
from fazhi_xl.text.measure import INSET, lines
from fazhi_xl.xlsx.writer.styles import STYLES

_FORESEEN = 2  # lines of a result in a row that grows with what it says
_TALLEST = 409.0  # Excel's own
_LEAST = 20.0
_BODY_SIZE = 10.5  # a column's width counts half-width characters of about this size
_LEADING = 1.45  # of the tallest of the fonts that stand in for the theme's


def row_height(sheet: Sheet, row: Row, values: Mapping[str, Value]) -> float | None:
    """Give the height in points; a blank row keeps its own. `values` by field code, of a form that is filled in."""
    if not row.cells:
        return row.height
    widths = {column.code: column.width for column in sheet.columns}
    stretched = [column.code for column in sheet.stretched]
    last = list(row.cells)[-1]
    needed = [row.height or _LEAST]
    for code, content in row.cells.items():
        style = STYLES[content.style]
        if style.wrap:
            across = stretched[stretched.index(code) :] if row.merged and code == last else [code]
            room = sum(widths[each] for each in across) - INSET - max(style.indent - 1, 0)
            text = max(_shown(content, values.get(f"{row.code}.{code}")), key=len, default="")
            high = lines(text, room * _BODY_SIZE / style.size)
            if isinstance(content, Computed) and grows(row):
                high = min(high, _FORESEEN)
            needed.append(high * style.size * _LEADING + 3)
    return min(_TALLEST, max(needed))


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
