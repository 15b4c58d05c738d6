"""Items of a notice that has no table of them: numbered paragraphs that print their points, `(一)护理服务。……(10分)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fazhi_xl.setup.book.asked import NO_ASPECT_TOLD, NO_NAME_TOLD
from fazhi_xl.setup.draft.characters import joined, points_value
from fazhi_xl.setup.draft.items import ReadItem, ReadPiece, point_doubts
from fazhi_xl.setup.draft.outline import ANNEX, MARK, level_of, title_and_body, unnumbered
from fazhi_xl.setup.draft.rows import BLANK
from fazhi_xl.setup.draft.sub_points import Piece, Points, split
from fazhi_xl.text.papers import Paper, Paragraph

_ASIDE = re.compile(r"加分|附加|[减扣]分|一票否决|奖励|等次|结果|优秀")
_TITLE = 25  # characters of what an item is called
_LAST = re.compile(MARK.pattern + r"\s*[。;；]?\s*$")
_FEWEST = 2


@dataclass(slots=True, kw_only=True, eq=False)
class _Part:
    """A numbered paragraph with those below it that have no points of their own; `points` as it prints them."""

    level: int
    title: str
    text: str
    points: Points | None
    above: _Part | None
    printed: str
    where: list[str]
    is_parent: bool = False

    @property
    def pointed_above(self) -> _Part | None:
        """The nearest heading above that prints points."""
        above = self.above
        while above and above.points is None:
            above = above.above
        return above

    @property
    def is_aside(self) -> bool:
        """Tell whether it is about something else than what is asked: additions, deductions, results."""
        return bool(_ASIDE.search(self.title)) or bool(self.above and self.above.is_aside)

    @property
    def chain(self) -> tuple[_Part, ...]:
        """The headings with points above it, the first one first."""
        above = self.pointed_above
        return (*above.chain, above) if above else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """The items, and the places of the paragraphs that they were read from."""

    items: tuple[ReadItem, ...] = ()
    places: frozenset[str] = frozenset()


def read_prose(paper: Paper) -> Prose:
    """Read the items; none where fewer than two numbered paragraphs print points."""
    parts = [part for part in _parts(paper) if not part.is_aside]
    pointed = [part for part in parts if part.points is not None]
    for part in pointed:
        if above := part.pointed_above:
            above.is_parent = True
    leaves = [part for part in pointed if not part.is_parent]
    if len(leaves) < _FEWEST:
        return Prose()
    for part in parts:
        _gather(part)
    tops = [part for part in pointed if not part.chain]
    whole = tops[0] if len(tops) == 1 and tops[0].is_parent else None
    groups: dict[int, list[_Part]] = {}
    for leaf in leaves:
        groups.setdefault(id(_item_of(leaf, whole)), []).append(leaf)
    items = tuple(_item(no, _item_of(group[0], whole), group, whole) for no, group in enumerate(groups.values(), 1))
    places = frozenset(where for part in pointed for where in part.where)
    return Prose(items=_with_sums(items, pointed), places=places)


def _parts(paper: Paper) -> Iterator[_Part]:
    """Yield the numbered paragraphs; what follows without points goes with the nearest one above that has a number."""
    found: list[_Part] = []
    above: _Part | None = None
    for each in paper.paragraphs:
        level = level_of(each.text)
        if ANNEX.match(each.text):
            above = None
        elif level is None:
            if above and _goes_with(each.text):
                _add(above, each)
        else:
            while above and above.level >= level:
                above = above.above
            above = _part(each, level, above)
            found.append(above)
    yield from found


def _gather(part: _Part) -> None:
    """Put what has a number but no points with the item that it stands below."""
    above = part.pointed_above
    if part.points is None and above and not above.is_parent:
        above.text += joined(part.printed)
        above.where += part.where


def _goes_with(text: str) -> bool:
    return text.rstrip().endswith(("。", ";", "；")) or bool(MARK.search(text))


def _add(part: _Part, each: Paragraph) -> None:
    part.text += joined(each.text)
    part.printed += joined(each.text)
    part.where.append(each.where)


def _part(each: Paragraph, level: int, above: _Part | None) -> _Part:
    title, body = title_and_body(joined(each.text))
    named = MARK.search(title)
    bare = MARK.sub("", title).strip()
    if len(bare) > _TITLE or (not body and not named):
        bare, body, named = ("" if len(bare) > _TITLE else bare), unnumbered(joined(each.text)), None
    if named:
        points: Points | None = points_value(named[1])
    else:
        points, body = _printed(body)
    return _Part(level=level, title=bare, text=body, points=points, above=above, printed=each.text, where=[each.where])


def _printed(text: str) -> tuple[Points | None, str]:
    """Give the points that a text prints, and the text without those of the whole at its end."""
    marks = [points_value(each) for each in MARK.findall(text)]
    last = _LAST.search(text)
    if not marks:
        return None, text
    if last and (len(marks) == 1 or sum(marks[:-1]) == marks[-1]):
        rest = text[: last.start()].rstrip()
        return marks[-1], rest if rest.endswith(("。", ";", "；")) else rest + "。"
    return sum(marks), text


def _item_of(leaf: _Part, whole: _Part | None) -> _Part:
    """Give the item that a paragraph belongs to: itself, or of three levels with points the middle one."""
    chain = [part for part in leaf.chain if part is not whole]
    return chain[1] if len(chain) > 1 else leaf


def _item(no: int, part: _Part, leaves: list[_Part], whole: _Part | None) -> ReadItem:
    above = next((each for each in part.chain if each is not whole), None)
    pieces = tuple(piece for leaf in leaves for piece in _pieces(leaf, part))
    doubts = [] if part.title else [("name", NO_NAME_TOLD)]
    doubts += [] if above else [("aspect", NO_ASPECT_TOLD)]
    return ReadItem(
        no=no,
        aspect=above.title if above else "",
        name=part.title,
        points=part.points,
        requirement="".join(each.piece.text for each in pieces),
        basis="",
        responsible=(),
        pieces=pieces,
        where=part.where[0],
        doubts=(*doubts, *point_doubts(part.points, pieces)),
    )


def _pieces(leaf: _Part, part: _Part) -> Iterator[ReadPiece]:
    text = leaf.text or leaf.title
    told = split(text, leaf.points) if leaf is part else (Piece(text=text, points=leaf.points),)
    for piece in told:
        yield ReadPiece(piece=piece, responsible=BLANK, evidence="", where=leaf.where[0])


def _with_sums(items: tuple[ReadItem, ...], pointed: list[_Part]) -> tuple[ReadItem, ...]:
    """Say at the first item that the text was read, and which headings print other points than those below them add up to."""
    total = sum((each.points or 0 for each in items), start=0)
    said = f"通知里没有项目表:正文编了号、写了分值的段落读成了{len(items)}个项目,合计{total}分。请逐项和原文核对"
    doubts = [("no", said)]
    for part in pointed:
        below = [each for each in pointed if each.pointed_above is part]
        printed = sum((each.points or 0 for each in below), start=0)
        if below and printed != part.points:
            doubts.append(("points", f"“{part.title}”印的是{part.points}分,下面各项合计{printed}分,请核对哪个对"))
    return (replace(items[0], doubts=(*items[0].doubts, *doubts)), *items[1:])
