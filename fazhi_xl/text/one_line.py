"""Text from anybody as a report quotes it: in one line, and shortened."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fazhi_xl.text.characters import readable

_PAIRS = {
    ")": "(",
    "）": "（",
    "》": "《",
    "〉": "〈",
    "”": "“",
    "’": "‘",
    "】": "【",
    "]": "[",
    "」": "「",
    "〕": "〔",
}
_WHOLE = (
    re.compile(  # numbers with their measure, dates, words of letters, and numerals that have a sense only together
        r"(?:[0-9A-Za-z０-９]+(?:[.,:：/~～—-](?=[0-9A-Za-z０-９]))?)+[%‰]?"
        r"(?:(?:万元|亿元|年度|小时|季度|个月|(?<=[0-9０-９%‰])[\u4e00-\u9fff])[0-9]*)*"
        r"|第[一二三四五六七八九十百零0-9]+[\u4e00-\u9fff]?|百分之[一二三四五六七八九十百零点]+"
    )
)
_MARKS = "。;；,，、:：!！?？.\n "
_ENDS = frozenset({"的", *_PAIRS})
_BEGINS = frozenset({"和", "或", *_PAIRS.values()})  # what stands before is at its end


def one_line(text: str) -> str:
    """Put a space in the place of every run of white space and unprintable characters."""
    return " ".join("".join(char if readable(char) else " " for char in text).split())


def cut(text: str, room: int, *, mark: str = "…") -> str:
    """Shorten a text to at most so many characters, the last of them the mark of what is left out.

    It ends where a clause does, or else at a word's end as far as that shows, and not within a number, a pair of brackets or of quotation
    marks. Only what is one number, one word or one bracket throughout is cut where the room ends.
    """
    if len(text) <= room:
        return text
    return text[: _end(text, max(room - len(mark), 0))].rstrip(_MARKS) + mark


def _end(text: str, last: int) -> int:
    """Say where to end, at `last` at the latest: each further choice of ends gives up more."""
    in_tokens, in_brackets = _within(_tokens(text), last), _within(_brackets(text), last)
    unbroken = [at for at in range(last, 0, -1) if at not in in_tokens]
    free = [at for at in unbroken if at not in in_brackets]
    clauses = [at for at in free if text[at - 1] in _MARKS or text[at] in _MARKS]
    words = [at for at in free if text[at - 1] in _ENDS or text[at] in _BEGINS]
    far = (*_from(clauses, last / 2), *_from(words, last / 2), *_from(clauses, last / 3))
    return next(iter((*far, *free, *unbroken)), last)


def _from(ends: list[int], first: float) -> list[int]:
    return [at for at in ends if at >= first]


def _within(spans: Iterator[tuple[int, int]], last: int) -> frozenset[int]:
    """Give the places up to `last` that are inside one of the spans."""
    return frozenset(at for start, end in spans for at in range(start + 1, min(end, last + 1)))


def _tokens(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _WHOLE.finditer(text))


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Give the pairs of brackets from the one to the other; one without its other is none."""
    opened: list[int] = []
    for at, char in enumerate(text):
        if char in _PAIRS.values():
            opened.append(at)
        elif char in _PAIRS and opened and text[opened[-1]] == _PAIRS[char]:
            yield opened.pop(), at + 1


def whole_start(text: str, at: int) -> int:
    """Move a start back to where a number or a word of letters begins."""
    return next((start for start, end in _tokens(text) if start < at < end), at)
