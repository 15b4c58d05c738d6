"""Leaves out cells without a value: formats that somebody applied to whole rows or columns cost nothing.

One is kept where the next cell does not say where it stands, since that one stands beside it, and at the end of its row.
"""

from __future__ import annotations

import re

_PREFIX = rb"(?:[\w.-]+:)?"
_NOTHING = rb"(?:<%sv\s*/>\s*|<%sv>\s*</%sv>\s*)?" % (_PREFIX, _PREFIX, _PREFIX)  # as some libraries write no value
_BLANK = rb"<%sc\s[^<>]*(?:/>|>\s*%s</%sc>)\s*" % (_PREFIX, _NOTHING, _PREFIX)
_ADDRESSED = rb"""<%sc\s(?:[^<>]*\s)?r\s*=\s*["'][A-Za-z$]""" % _PREFIX
_LEFT_OUT = re.compile(rb"%s(?=%s)" % (_BLANK, _ADDRESSED))
_CDATA = b"<![CDATA["  # what looks like a cell may be a text there


def without_blank_cells(data: bytes) -> bytes:
    """Leave out each cell without a value that is followed by one with its address."""
    return data if _CDATA in data else _LEFT_OUT.sub(b"", data)
