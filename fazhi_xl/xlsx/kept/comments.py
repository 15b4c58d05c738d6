"""Comments keep their texts, but the library forgets how large their boxes were: each gets one that shows all of it."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.text.measure import lines
from fazhi_xl.xlsx.kept.opened import cells_of

_WIDTH, _COLUMNS, _LINE, _MARGIN = 240, 32, 18, 20  # pixels, half-width characters in a line, and pixels again
_LEAST = 80


def show_comments(worksheet: Worksheet) -> None:
    """Make the box of each comment large enough."""
    for cell in cells_of(worksheet):
        if cell.comment:
            cell.comment.width = _WIDTH
            cell.comment.height = max(_LEAST, lines(cell.comment.text, _COLUMNS) * _LINE + _MARGIN)
