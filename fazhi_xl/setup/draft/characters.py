"""Numbers, brackets and spaces as notices write them, in characters of any width."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from fazhi_xl.text.characters import folded_width

NUMBER = r"[0-9０-９]+(?:[.．][0-9０-９]+)?"
OPEN, CLOSE = r"[(（\[［【]", r"[)）\]］】]"
_CHINESE = {
    "一": 1,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十二": 12,
}
WHOLE = r"(?:[0-9０-９]+|十二|[一两二三四五六七八九十])"
_BROKEN_WORD = re.compile(r"(?<=[A-Za-z])\s*\n\s*(?=[A-Za-z])")


_PARTING = frozenset("、,，;；\n\t")


def decimal(text: str) -> Decimal:
    """Give the value of a number that `NUMBER` matched."""
    return Decimal(folded_width(text))


def points_value(text: str) -> Decimal | int:
    """Give points as a catalogue's file holds them: whole ones as an int."""
    value = decimal(text)
    return int(value) if value == value.to_integral_value() else value


def whole(text: str) -> int:
    """Give the value of a whole number that `WHOLE` matched."""
    return _CHINESE.get(text) or int(folded_width(text))


def first_number(text: str) -> Decimal | int | None:
    """Give the first number in a cell, `4分` → 4; None where there is none."""
    found = re.search(NUMBER, text)
    return points_value(found[0]) if found else None


def squeezed(text: str) -> str:
    """Leave out every space and line's end, and fold widths: for telling what a header or a name says."""
    return re.sub(r"\s+", "", folded_width(text))


def joined(text: str) -> str:
    """Put the lines of a cell into one: a line's end parts only words of letters."""
    return re.sub(r"[ \t\u3000]*\n[ \t\u3000]*", "", _BROKEN_WORD.sub(" ", text)).strip()


def without_brackets(name: str) -> str:
    """Leave out what stands in brackets at a name's end."""
    return re.sub(rf"{OPEN}[^()（）]*{CLOSE}", "", name).strip()


def in_brackets(name: str) -> tuple[str, ...]:
    """Give what stands in brackets."""
    return tuple(re.findall(rf"{OPEN}([^()（）]*){CLOSE}", name))


def listed(text: str) -> tuple[str, ...]:
    """Part a list at its marks and line ends, where they stand in no brackets."""
    edges, depth = [-1], 0
    for at, char in enumerate(text):
        if char in "(（)）":
            depth = max(0, depth + (1 if char in "(（" else -1))
        elif not depth and char in _PARTING:
            edges.append(at)
    if depth:  # a bracket without its other keeps nothing together
        edges = [-1, *(at for at, char in enumerate(text) if char in _PARTING)]
    parts = (text[begin + 1 : end] for begin, end in pairwise((*edges, len(text))))
    return tuple(each for part in parts if (each := part.strip(" \u3000。.")))
