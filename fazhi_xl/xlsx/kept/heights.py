"""How high the rows of a kept table are: enough for what they say, and growing with what people type."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.text.measure import INSET, lines

_SIZE, _LEADING, _ROOM = 10.5, 1.45, 4.0
_LEAST, _TALLEST = 20.0, 409.0
_USUAL = 8.43  # the width of a column that nobody has set


class Growing(RowDimension):
    """A row with a height that clients adapt when its texts change: one that nobody has fixed."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 - as the library calls it
        """Whether the height is fixed."""
        return False


def heighten(worksheet: Worksheet, at: int, *, anew: bool) -> None:
    """Let a row grow; `anew` also gives it the height that its texts need."""
    held = dict(worksheet.row_dimensions).get(at)
    height = _needed(worksheet, at) if anew or held is None or held.height is None else held.height
    hidden = bool(held and held.hidden)
    worksheet.row_dimensions[at] = Growing(worksheet, index=at, ht=height, hidden=hidden)


def _needed(worksheet: Worksheet, at: int) -> float:
    tall = [_LEAST]
    for cell in worksheet[at]:
        if cell.value is not None and cell.alignment.wrap_text:
            column = worksheet.column_dimensions[get_column_letter(cell.column)]
            width = column.width if column.width and not column.hidden else _USUAL
            if not column.hidden:
                tall.append(lines(str(cell.value), width - INSET) * _SIZE * _LEADING + _ROOM)
    return min(_TALLEST, max(tall))
