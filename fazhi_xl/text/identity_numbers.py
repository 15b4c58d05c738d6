"""Citizens' identity numbers (GB 11643) in texts: found by their check digit, and printed with most of it left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

_DIGIT = "0-9\uff10-\uff19"  # of either width
_CANDIDATE = re.compile(f"(?<![{_DIGIT}])[{_DIGIT}]{{17}}[{_DIGIT}Xx\uff38\uff58](?![{_DIGIT}])")
_WEIGHTS = tuple(2**place % 11 for place in range(17, 0, -1))
_CHECK = "10X98765432"  # by the remainder (ISO 7064 MOD 11-2)
_PROVINCES = frozenset(
    map(
        str,
        (
            *range(11, 16),
            *range(21, 24),
            *range(31, 38),
            *range(41, 47),
            *range(50, 55),
            *range(61, 66),
            71,
            81,
            82,
            83,
        ),
    )
)
_BORN = range(1900, 2050)
_FIRST, _LAST = 4, 2  # digits that are printed: the city, and what two people of one day differ by


def identity_numbers(text: str) -> tuple[str, ...]:
    """Give the identity numbers in a text, in digits of any width, each once; none that stands within a longer number."""
    return tuple(dict.fromkeys(_plain(found[0]) for found in _found(text)))


def without_identity_numbers(text: str) -> str:
    """Replace all but the first four and the last two characters of each identity number by asterisks."""
    kept, end = [], 0
    for found in _found(text):
        kept += [text[end : found.start()], masked(_plain(found[0]))]
        end = found.end()
    return "".join([*kept, text[end:]]) if kept else text


def masked(number: str) -> str:
    """Give an identity number as it is printed."""
    return f"{number[:_FIRST]}{'*' * (len(number) - _FIRST - _LAST)}{number[-_LAST:]}"


def _found(text: str) -> Iterator[re.Match[str]]:
    return filter(_is_one, _CANDIDATE.finditer(text))


def _plain(number: str) -> str:
    return unicodedata.normalize("NFKC", number).upper()


def _is_one(found: re.Match[str]) -> bool:
    number = _plain(found[0])
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return number[:2] in _PROVINCES and _CHECK[total % 11] == number[-1] and _is_day(number[6:14])


def _is_day(digits: str) -> bool:
    with suppress(ValueError):
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year in _BORN
    return False
