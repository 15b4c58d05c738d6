"""Leaves out cells without a value: formats that somebody applied to whole rows or columns cost nothing.

Of a run of such cells the last is kept, since a cell that follows without its address stands beside it.
"""

from __future__ import annotations

import re

_PREFIX = rb"(?:[\w.-]+:)?"
_NOTHING = rb"(?:<%sv\s*/>\s*|<%sv>\s*</%sv>\s*)?" % (_PREFIX, _PREFIX, _PREFIX)  # as some libraries write no value
_BLANK = rb"<%sc\s[^<>]*(?:/>|>\s*%s</%sc>)\s*" % (_PREFIX, _NOTHING, _PREFIX)
_RUN = re.compile(rb"(?:(?P<last>%s)){2,}+" % _BLANK)
_ADDRESS = re.compile(rb"""\sr\s*=\s*["'][A-Za-z$]""")
_CDATA = b"<![CDATA["  # what looks like a cell may be a text there


def without_blank_cells(data: bytes) -> bytes:
    """Leave out, of each run of cells without a value, all but the last; where that has no address, nothing."""
    return data if _CDATA in data else _RUN.sub(_last, data)


def _last(run: re.Match[bytes]) -> bytes:
    return run["last"] if _ADDRESS.search(run["last"]) else run[0]
