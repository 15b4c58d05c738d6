"""Parts what an item asks into sub-points, at the marks that notices print: `(2分)`, `得1分`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from fazhi_xl.setup.book.asked import NO_POINTS
from fazhi_xl.setup.draft.characters import CLOSE, NUMBER, OPEN, points_value
from fazhi_xl.text.one_line import cut

Points = Decimal | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sub-point as printed; `by_class` are the points of classes of units, in the order of print. `doubt` says what is not sure."""

    text: str
    points: Points | None = None
    by_class: tuple[tuple[str, Points], ...] = ()
    doubt: str = ""


_MARK = re.compile(rf"{OPEN}\s*(?:满分|共|计|得|分值)?\s*({NUMBER})\s*分\s*{CLOSE}")
_CLASS = rf"([^()（）,，、;；0-9０-９]{{1,16}}?)\s*({NUMBER})\s*分"
_CLASSES = re.compile(rf"{OPEN}\s*{_CLASS}(?:\s*[,，、;；]\s*{_CLASS})+\s*{CLOSE}")
_ONE_CLASS = re.compile(_CLASS)
_AFTER = re.compile(r"[\s,，。.;；、]*")
_SENTENCE = re.compile(r"[^。\n]*[。\n]?\s*")
_TAKEN = re.compile(rf"(?:扣|减|不得分|不计分)\s*(?:{NUMBER}\s*分)?")
_BEGINS = re.compile(r"\s*(?:每|未|不|缺|少|漏|逾期|凡|否则|达不到|没有|有)")
_GIVEN = re.compile(rf"(?:得|计|记|给)\s*({NUMBER})\s*分")
_AT_MOST = re.compile(rf"(?:扣完|最多扣)\s*({NUMBER})\s*分")
_FOR_EACH = re.compile(r"每|累计|最高|最多|不超过|以内|封顶|[0-9０-９一两二三][次篇件起个人场项份条]$")
_CLAUSE = re.compile(r"[,，。;；\n]")
_NUMBERED = re.compile(
    r"(?<![0-9０-９.．])(?:[0-9０-９]{1,2}[.．、](?![0-9０-９])|[①-⑳]|[(（][0-9０-９一二三四五六七八九十]{1,3}[)）])"
)

_QUOTED = 16  # characters of a sentence's beginning
_LONGEST, _CLAUSE_LENGTH = 10_000, 60  # characters: of an item, and of a clause that is looked through

PENALTY = "分值后面的扣分文字归在这个得分点里,请核对"
WHOLE = "没有写各得分点的分值,按一个得分点录入;要分开的请另加行并写明各自的分值"


def split(text: str, whole: Points | None) -> tuple[Piece, ...]:
    """Part an item's text; `whole` are the item's points. All pieces put together are the text, but for the space between them."""
    if len(text) > _LONGEST:
        return (Piece(text=text, points=whole, doubt=WHOLE),)
    if whole is not None and (mixed := _mixed(text, whole)):
        return mixed
    marks = sorted((*_MARK.finditer(text), *_CLASSES.finditer(text)), key=lambda found: found.start())
    if marks:
        return tuple(_by_marks(text, marks))
    given = tuple(_by_sentences(text))
    if given and whole is not None and sum(piece.points or 0 for piece in given) == whole:
        return given
    return (Piece(text=text, points=whole, doubt=f"{WHOLE}{_cuts(text)}" if _splits(text) else ""),)


def _mixed(text: str, whole: Points) -> tuple[Piece, ...]:
    """Part a text where only some sentences print a mark, and with what the others give it all adds up to the whole."""
    marks = [points_value(found[1]) for found in _MARK.finditer(text)]
    if not marks or sum(marks) >= whole or _CLASSES.search(text):
        return ()
    given = tuple(_by_sentences(text))
    return given if sum(piece.points or 0 for piece in given) == whole else ()


def _cuts(text: str) -> str:
    """Say before which sentences a text may be parted."""
    begins = [part.strip() for part in _parts(text) if _GIVEN.search(part) or _TAKEN.search(part)][1:]
    return f",可以在“{'”“'.join(cut(each, _QUOTED) for each in begins)}”前面分开" if begins else ""


# At marks in brackets ------------------------------------------------------------------------------------------------


def _by_marks(text: str, marks: list[re.Match[str]]) -> Iterator[Piece]:
    begin = 0
    for at, mark in enumerate(marks):
        limit = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        end, doubt = _end(text, mark.end(), limit, last=at + 1 == len(marks))
        yield replace(_piece(mark, text[begin:end].strip()), doubt=doubt)
        begin = end
    if rest := text[begin:].strip():
        yield Piece(text=rest, doubt=NO_POINTS)


def _piece(mark: re.Match[str], text: str) -> Piece:
    if mark.re is _MARK:
        return Piece(text=text, points=points_value(mark[1]))
    classes = tuple((name.strip(), points_value(points)) for name, points in _ONE_CLASS.findall(mark[0][1:-1]))
    return Piece(text=text, points=classes[0][1], by_class=classes)


def _end(text: str, after: int, limit: int, *, last: bool) -> tuple[int, str]:
    """Say where a sub-point ends whose mark ends at `after`, and the next mark begins at `limit`; and what is doubtful of it."""
    closed = _AFTER.match(text, after)
    end = closed.end() if closed else after
    closing = text[after:end]
    sentence = _SENTENCE.match(text, end)
    stop = sentence.end() if sentence else end
    if end >= limit or stop == end:
        return end, ""
    goes_on = not re.search(r"[。;；\n]", closing)
    own = stop <= limit and (stop < limit or last)  # the sentence ends before the next mark
    if not closing.strip():  # the rule stands behind the mark, in the same sentence
        return (stop if own else end), (PENALTY if own and _TAKEN.search(text[end:stop]) else "")
    if own and _TAKEN.search(text[end:stop]) and (goes_on or _BEGINS.match(text, end)):
        return stop, PENALTY
    if own and last and goes_on:
        return stop, ""
    return end, ""


# Without marks -------------------------------------------------------------------------------------------------------


def _by_sentences(text: str) -> Iterator[Piece]:
    """Give each sentence, or numbered part, with the points that it gives; what gives none goes with the one before."""
    held: list[Piece] = []
    for part in _parts(text):
        points = _base(part)
        if points is None and held:
            held[-1] = replace(held[-1], text=held[-1].text + part)
        else:
            held.append(Piece(text=part, points=points))
    yield from (replace(piece, text=piece.text.strip()) for piece in held)


def _parts(text: str) -> Iterator[str]:
    starts = [found.start() for found in _NUMBERED.finditer(text)]
    if len(starts) < 2:
        yield from (part for part in re.findall(r"[^。;；\n]+[。;；\n]?", text) if part.strip())
        return
    edges = [0, *starts[1:], len(text)]
    yield from (text[begin:end] for begin, end in pairwise(edges))


def _base(part: str) -> Points | None:
    """Give the points that a part prints as its own, else the most that it gives other than for each event; None where it gives none."""
    if marked := [points_value(found[1]) for found in _MARK.finditer(part)]:
        return sum(marked)
    given = [
        points_value(found[1])
        for found in _GIVEN.finditer(part)
        if not _FOR_EACH.search(
            _CLAUSE.split(part[max(0, found.start() - _CLAUSE_LENGTH) : found.start()])[-1].rstrip("的")
        )
    ]
    return max(given, default=None)


def most_given(text: str) -> Points | None:
    """Give the most points that a text gives, or that are taken off at most; None where it tells neither."""
    given = _base(text)
    most = _AT_MOST.search(text)
    return given if given is not None or not most else points_value(most[1])


def _splits(text: str) -> bool:
    """Tell whether a text has more than one sentence that gives or takes points."""
    return sum(bool(_GIVEN.search(part) or _TAKEN.search(part)) for part in _parts(text)) > 1
