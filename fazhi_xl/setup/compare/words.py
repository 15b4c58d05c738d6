"""Two texts, word by word: which words of the old one are gone, and which of the new one are new."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from fazhi_xl.reports.media.workbook import Marked, Piece, Stroke

_WORD = re.compile(r"\d+(?:\.\d+)?%?|[A-Za-z]+|\s+|.", re.DOTALL)
_SHORT = 1  # words that stayed between changes, which would only be in the way of reading
_LIKE = 0.3  # below that two texts have nothing in common but single characters
_LONGEST = 4_000  # characters of texts that are compared word by word: longer ones take seconds


def marked(old: str, new: str) -> tuple[Marked, Marked]:
    """Give both texts with the words marked that differ; texts of which nearly all differs are marked as a whole."""
    before, now = _words(old), _words(new)
    blocks = tuple(_blocks(before, now)) if len(old) + len(new) <= _LONGEST else ()
    if not old or not new or not blocks:
        return _whole(old, Stroke.GONE), _whole(new, Stroke.NEW)
    return _pieces(before, [(a, n) for a, _, n in blocks], Stroke.GONE), _pieces(
        now, [(b, n) for _, b, n in blocks], Stroke.NEW
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _whole(text: str, stroke: Stroke) -> Marked:
    return Marked((Piece(text, stroke),) if text else ())


def _blocks(before: Sequence[str], now: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Give what stayed: where it begins in both, and how many words it has; none where the texts are other ones altogether."""
    matcher = SequenceMatcher(None, before, now, autojunk=False)
    if matcher.ratio() < _LIKE:
        return
    *blocks, _ = matcher.get_matching_blocks()
    for at, (a, b, n) in enumerate(blocks):
        outer = (at == 0 and a == b == 0) or (at == len(blocks) - 1 and (a + n, b + n) == (len(before), len(now)))
        if n > _SHORT or outer:
            yield a, b, n


def _pieces(words: Sequence[str], kept: Sequence[tuple[int, int]], stroke: Stroke) -> Marked:
    pieces, at = [], 0
    for start, many in (*kept, (len(words), 0)):
        pieces += [Piece("".join(words[at:start]), stroke), Piece("".join(words[start : start + many]))]
        at = start + many
    return Marked(tuple(each for each in pieces if each.text))
