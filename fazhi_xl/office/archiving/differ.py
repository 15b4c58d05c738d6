"""Where two results differ: the first sheet and cell of workbooks, the first place of JSON, or only bytes that say nothing."""

from __future__ import annotations

import json
from itertools import zip_longest

from fazhi_xl.form.model import column_letters
from fazhi_xl.xlsx.reader import Bounds, RejectedError, read

_ALL = Bounds(rows=20_000, columns=1_000, sheets=200, text=40_000)
_SHOWN = 60
_Cells = dict[tuple[str, int, int], str]


def books_differ(before: bytes, now: bytes) -> str:
    """Say where two workbooks differ first; blank where all cells say the same."""
    try:
        first, second = _cells(before), _cells(now)
    except RejectedError as error:
        return f"读不出来:{error}"
    sheets = {sheet: no for no, (sheet, _, _) in enumerate((*first, *second))}
    places = sorted(first.keys() | second.keys(), key=lambda place: (sheets[place[0]], *place[1:]))
    for place in places:
        if first.get(place) != second.get(place):
            sheet, row, column = place
            said = f"定稿“{_short(first.get(place, ''))}”,现在“{_short(second.get(place, ''))}”"
            return f"{sheet} {column_letters(column)}{row}:{said}"
    return ""


def _cells(data: bytes) -> _Cells:
    return {cell.place: cell.text for cell in read(data, bounds=_ALL).cells}


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def json_differs(before: bytes, now: bytes) -> str:
    """Say where two files of JSON differ first; blank where they say the same."""
    try:
        return _differs("", json.loads(before), json.loads(now))
    except ValueError:
        return "不是 JSON"


def _differs(at: str, before: object, now: object) -> str:
    if isinstance(before, dict) and isinstance(now, dict):
        inner = ((f"{at}.{key}" if at else str(key), before.get(key), now.get(key)) for key in {**before, **now})
        return next(filter(None, (_differs(*each) for each in inner)), "")
    if isinstance(before, list) and isinstance(now, list):
        pairs = enumerate(zip_longest(before, now))
        return next(filter(None, (_differs(f"{at}[{no}]", one, other) for no, (one, other) in pairs)), "")
    return "" if before == now else f"{at}:定稿“{_short(str(before))}”,现在“{_short(str(now))}”"
