"""A page's signs put together again: into lines, lines into paragraphs, and those within a table's rules into its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points from the page's upper left corner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Signs that stand together on a line."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text, from its first sign to its last."""

    text: str
    box: Box


_PAGE_NUMBER = re.compile(r"[-—–\s·]*(?:第\s*)?[0-9]{1,4}(?:\s*页)?[-—–\s·]*")
_CJK = r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’…—〔〕]"
_LAYOUT_SPACE = re.compile(rf"(?<={_CJK}) +| +(?={_CJK})")
_SHORT = 2.5  # of a line's height: that much room left at its end parts a paragraph from the next
_INDENT = 1.5


def lines_of(words: Iterable[Word]) -> tuple[Line, ...]:
    """Put words together that stand on one line, from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda each: (middle(each), each.box[0])):
        if rows and _level(rows[-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    return tuple(_line(row) for row in rows)


def middle(word: Word) -> float:
    """Give how far down a word's middle is."""
    return (word.box[1] + word.box[3]) / 2


def _level(row: Sequence[Word], word: Word) -> bool:
    last = row[0].box
    return abs(middle(word) - (last[1] + last[3]) / 2) < (last[3] - last[1]) / 2


def _line(row: Sequence[Word]) -> Line:
    ordered = sorted(row, key=lambda each: each.box[0])
    box = (
        ordered[0].box[0],
        min(each.box[1] for each in row),
        max(each.box[2] for each in row),
        max(each.box[3] for each in row),
    )
    return Line(text=unspaced(" ".join(each.text for each in ordered)), box=box)


def unspaced(text: str) -> str:
    """Leave out the spaces that setting puts between Chinese and other signs."""
    return _LAYOUT_SPACE.sub("", text).strip()


def paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """Put lines together into paragraphs: one ends where room is left at a line's end, or where the next line is set in."""
    kept = [line for line in lines if not _PAGE_NUMBER.fullmatch(line.text)]
    left, right = min((each.box[0] for each in kept), default=0), max((each.box[2] for each in kept), default=0)
    text = ""
    before: Line | None = None
    for line in kept:
        if before and (_ends(before, right) or _set_in(line, left)):
            yield text
            text = ""
        text += line.text
        before = line
    if text:
        yield text


def _ends(line: Line, right: float) -> bool:
    return right - line.box[2] > _SHORT * (line.box[3] - line.box[1])


def _set_in(line: Line, left: float) -> bool:
    return line.box[0] - left > _INDENT * (line.box[3] - line.box[1])


def within(box: Box, word: Word) -> bool:
    """Tell whether a word's middle is within a box."""
    across = (word.box[0] + word.box[2]) / 2
    return box[0] <= across <= box[2] and box[1] <= middle(word) <= box[3]
