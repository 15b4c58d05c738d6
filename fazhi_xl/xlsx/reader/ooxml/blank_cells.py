"""Leaves out cells without a value: formats that somebody applied to whole rows or columns cost nothing.

Of a run of such cells the last is kept, since a cell that follows without its address stands beside it.
"""

from __future__ import annotations

import re

_BLANK = rb"<(?:[\w.-]+:)?c\s[^<>]*(?:/>|>\s*</(?:[\w.-]+:)?c>)\s*"
_RUN = re.compile(rb"(?:%s){2,}+" % _BLANK)
_ADDRESS = re.compile(rb"""\sr\s*=\s*["'][A-Za-z$]""")
_OPENING = re.compile(rb"<(?:[\w.-]+:)?c\s[^<>]*>")
_CDATA = b"<![CDATA["  # what looks like a cell may be a text there


def without_blank_cells(data: bytes) -> bytes:
    """Leave out, of each run of cells without a value, all but the last; where that has no address, nothing."""
    return data if _CDATA in data else _RUN.sub(_last, data)


def _last(run: re.Match[bytes]) -> bytes:
    cells = run[0]
    last = cells.rfind(b"<")
    if cells.startswith(b"</", last):
        last = cells.rfind(b"<", 0, last)
    opening = _OPENING.match(cells, last)
    return cells[last:] if opening and _ADDRESS.search(opening[0]) else cells
