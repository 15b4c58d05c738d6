"""How much room Chinese text takes in a cell."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from math import ceil


@lru_cache(maxsize=8192)  # a workbook says the same in many of its cells
def width(text: str) -> int:
    """Count character cells: 2 for a full-width character, 1 for any other."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def lines(text: str, columns: float) -> int:
    """Count the lines that a text needs in a cell so many half-width characters wide, with slack for substituted fonts."""
    room = max(columns * 0.92, 1)
    return sum(max(1, ceil(width(line) / room)) for line in text.split("\n"))


INSET = 2.0  # character cells that a text keeps off the cell's borders

_NARROW = 0.56  # of a font's height: how wide digits and letters are at most on average


def pixels(text: str, size: float) -> float:
    """Measure a line of text in a font of so many points, in pixels of 96 to the inch."""
    wide = size * 96 / 72
    return sum(wide if ord(char) > 255 else wide * _NARROW for char in text)


_SLACK = 1.03  # for fonts in the place of others


def lines_in(text: str, room: float, size: float) -> int:
    """Count the lines that a text takes in a room so many pixels wide, in letters of so many points."""
    if len(text) * size * 96 / 72 * _SLACK <= room and "\n" not in text:
        return 1
    needed = sum(max(1, ceil(pixels(line, size) * _SLACK / max(room, 1))) for line in text.split("\n"))
    return needed + (needed > 1 and bool(_CODES.search(text)))


_CODES = re.compile(
    r"[0-9.,、]{30,}"
)  # a list of codes, which clients put on a line of its own where they cannot break it


def fitting(text: str, room: float, size: float) -> float:
    """Give the height in points that shows a text in a room so many pixels wide, in letters of so many points."""
    return round(lines_in(text, room, size) * size * 4 / 3 + 5.5, 1)
