"""What a cell holds as a number that nearly any change of it changes, as a formula and in Python: what a code over a form is made of.

Of a number, a day included, its thousandths count; a blank cell, and one with an empty text, gives 0, which the number 0 does not.

Of a text its length counts, and the code points of some characters: of an entry that is a text though a number, a day or a choice was asked
for the last ones, of a text some that lie evenly from its end to its beginning, of a short one nearly all. Nothing else that programs have
tells Chinese texts apart and is the same in all: CODE goes by the computer's code page, and comparisons by its collation. Where a program
has no UNICODE (it came with Excel 2013), the code points count for nothing, as in `bare_digest`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from fazhi_xl.form.expression import Value, number
from fazhi_xl.points import round_half_up

PLACES = 5
"""Of how many characters from its end on a short entry is made a number, at most."""
_STEPS = 4  # from the end of a text to its beginning
_NUMBERS = 3  # is added to the thousandths of a number, so that 0 is not blank
_LENGTH = 17  # the weight of a text's length
_WEIGHTS = (1, 131, 1021, 2399, 3407)  # of its characters: hardly ever do two changes make up for each other


def digest_formula(places: int) -> str:
    """Write the digest of the cell {0}, of a text with so many characters from its end."""
    return _formula(f"RIGHT({{0}},{place})" for place in range(1, places + 1))


def long_digest_formula() -> str:
    """Write the digest of the cell {0}, of a text with characters from all over it."""
    return _formula(("RIGHT({0},1)", *(f"RIGHT({{0}},INT(LEN({{0}})*{step}/{_STEPS})+1)" for step in range(1, _STEPS))))


def bare_digest_formula() -> str:
    """Write the digest of the cell {0} without any characters."""
    return f"IF(ISNUMBER({{0}}),{_NUMBERS}+ROUND(1000*{{0}},0),{_LENGTH}*LEN({{0}}))"


def _formula(ends: Iterable[str]) -> str:
    """Write a digest by the ends of a text whose first characters count; an end that would be longer than the text is the text."""
    signs = "+".join(f"{weight}*_xlfn.UNICODE({end})" for weight, end in zip(_WEIGHTS, ends, strict=False))
    text = f"{_LENGTH}*LEN({{0}})+IFERROR({signs.removeprefix('1*')},0)"  # a blank has no first character
    return f"IF(ISNUMBER({{0}}),{_NUMBERS}+ROUND(1000*{{0}},0),{text})"


def digest(places: int, value: Value) -> int:
    """Give the digest of a value, of a text with so many characters from its end."""
    return _of_text(value, range(1, places + 1)) if isinstance(value, str) else _of_number(value)


def long_digest(value: Value) -> int:
    """Give the digest of a value, of a text with characters from all over it."""
    if isinstance(value, str):
        return _of_text(value, (len(value) * step // _STEPS + 1 for step in range(_STEPS)))
    return _of_number(value)


def bare_digest(value: Value) -> int:
    """Give the digest of a value, of a text by its length alone."""
    return _LENGTH * len(value) if isinstance(value, str) else _of_number(value)


def _of_text(text: str, ends: Iterable[int]) -> int:
    if not text:
        return 0
    size = len(text)
    signs = (weight * ord(text[-min(end, size)]) for weight, end in zip(_WEIGHTS, ends, strict=False))
    return _LENGTH * size + sum(signs)


def _of_number(value: int | Fraction | date | bool | None) -> int:  # noqa: FBT001 - what a cell may hold
    """Give the digest of what is no text: of a truth value that of its number, on which programs do not agree."""
    return 0 if value is None else _NUMBERS + round_half_up(1000 * number(value))
