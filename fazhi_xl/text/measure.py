"""How much room Chinese text takes in a cell."""

from __future__ import annotations

import unicodedata
from math import ceil


def width(text: str) -> int:
    """Count character cells: 2 for a full-width character, 1 for any other."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def lines(text: str, columns: float) -> int:
    """Count the lines that a text needs in a cell so many half-width characters wide, with slack for substituted fonts."""
    room = max(columns * 0.92, 1)
    return sum(max(1, ceil(width(line) / room)) for line in text.split("\n"))


def height(text: str, columns: float, *, line: float = 15.0) -> float:
    """Give the row height in points that shows the whole text, a little inside of its cell."""
    return round(lines(text, max(columns - INSET, 1)) * line + 4, 1)


INSET = 2.0  # character cells that a text keeps off the cell's borders
