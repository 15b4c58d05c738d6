"""Bonus and deduction situations, where the notice's text lists them under a heading, with the points that one clause gives for all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType

from fazhi_xl.setup.draft.characters import NUMBER, points_value
from fazhi_xl.setup.draft.outline import ANNEX, LISTED, level_of, title_and_body
from fazhi_xl.setup.draft.sub_points import Points
from fazhi_xl.text.one_line import cut
from fazhi_xl.text.papers import Paper, Paragraph


class Side(Enum):
    """What a situation does: where it stands in `adjustments.toml`, the key of its clause, and the words that give its points."""

    BONUS = "bonus", "bonus_clause", "加", re.compile(r"(?:加分|奖励)(?:情形|项目|事项|项|条件|内容)")
    DEDUCTION = "deductions", "deduction_clause", "减", re.compile(r"(?:[减扣]分(?:情形|项目|事项|项|内容)|负面清单)")
    VETO = "vetoes", "", "", re.compile(r"一票否决(?:情形|项目|事项|项)?")

    def __init__(self, key: str, clause: str, word: str, heading: re.Pattern[str]) -> None:
        self.key, self.clause, self.word, self.heading = key, clause, word, heading

    @property
    def taken(self) -> str:
        """The signs before a figure that say it: 扣 as well as 减."""
        return "减扣" if self.word == "减" else self.word


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSituation:
    """A situation word for word, its points where they are told, and where it was read."""

    side: Side
    no: int
    text: str
    points: Points | None
    doubt: str
    where: str
    levels: tuple[tuple[str, Points], ...] = ()

    @property
    def label(self) -> str:
        """A short name to begin with: its number and the beginning of its words."""
        number = chr(ord("①") + self.no - 1) if self.no <= 20 else f"{self.no}."
        return number + cut(re.split(r"[,，。;；:：(（]", self.text)[0] or self.text, _LABEL, mark="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What is said of all situations of a side."""

    side: Side
    text: str
    where: str


_DIGITS = r"[0-9０-９]{1,2}[.．、](?![0-9０-９])|[(（][0-9０-９]{1,2}[)）]|[①-⑳]"
_NUMBERED = re.compile(rf"(?:^|(?<=[。;；:：\n情形]))\s*(?:{_DIGITS})\s*")
_IN_CHINESE = re.compile(r"(?:^|(?<=[。;；:：\n]))\s*[(（][一二三四五六七八九十]{1,3}[)）]\s*")
_POINTS = re.compile(rf"[加减扣]\s*({NUMBER})\s*分")
_LEVEL = re.compile(rf"([^,，、;；。\s]{{1,30}}?)的?(?:[,，]?每\S{{1,3}}?)?[加减扣]\s*({NUMBER})\s*分")
_LIMIT = re.compile(rf"(?:最[高多]|累计|合计)\S{{0,2}}?[加减扣]\s*{NUMBER}\s*分")
_CAP = re.compile(r"累计|最高|最多|超过|上限|合计")
_OF_ALL = re.compile(r"[;；。,，]\s*(?:[加减扣附]\S{0,3}分)?(?:累计|合计|总分)[^;；。]*$")
_SIGNED = re.compile(rf"([加减扣])\s*{NUMBER}\s*分")
_LABEL = 10  # characters of a label
_HEADING = 30  # characters before the first situation, at most
_TITLE = 16  # characters of a heading that only says of what it is
_WORDS: Mapping[Side, re.Pattern[str]] = MappingProxyType(
    {
        Side.BONUS: re.compile(r"加分|附加分|加[、和及与]\S{0,2}[减扣]分"),
        Side.DEDUCTION: re.compile(r"[减扣]分"),
        Side.VETO: re.compile(r"一票否决"),
    }
)
"""What a short title says of a side."""


@dataclass(slots=True, kw_only=True, eq=False)
class _Section:
    """A heading of situations, of one side or of several, how deep it is numbered, and the paragraphs under it."""

    sides: tuple[Side, ...]
    level: int | None
    heading: Paragraph
    above: _Section | None
    paragraphs: list[Paragraph] = field(default_factory=list)

    def holds(self, level: int | None) -> bool:
        """Tell whether a paragraph that is numbered so stands under this heading."""
        if level is None:
            return True
        return level >= LISTED if self.level is None else level > self.level


def read_situations(paper: Paper) -> tuple[tuple[ReadSituation, ...], tuple[Clause, ...]]:
    """Give the situations of every side in the order of print, and the clauses that follow them."""
    situations: list[ReadSituation] = []
    clauses: list[Clause] = []
    for section in _sections(paper):
        _take(section, situations, clauses)
    said = {one.side: one for one in reversed(clauses)}
    return tuple(_with_points(situations, said)), tuple(said.values())


def single_places(situations: Iterable[ReadSituation]) -> frozenset[str]:
    """Give the places of paragraphs that tell of one situation only, where others tell of more of its side."""
    told = Counter((each.side, each.where) for each in situations)
    sides = Counter(side for side, _ in told)
    return frozenset(where for (side, where), times in told.items() if times == 1 and sides[side] > 1)


def _sections(paper: Paper) -> list[_Section]:
    """Find the headings of situations, with the paragraphs down to the next heading that is as deep."""
    found: list[_Section] = []
    section: _Section | None = None
    for each in paper.paragraphs:
        if ANNEX.match(each.text):
            section = None
            continue
        level = level_of(each.text)
        while section and not section.holds(level):
            section = section.above
        if sides := _sides(each.text, level):
            while section and section.level is None:
                section = section.above
            section = _Section(sides=sides, level=level, heading=each, above=section)
            found.append(section)
        elif section:
            section.paragraphs.append(each)
    return found


def _sides(text: str, level: int | None) -> tuple[Side, ...]:
    """Give the sides that a paragraph heads; none where it heads nothing of the kind."""
    title = title_and_body(text)[0]
    is_heading = level is not None and level < LISTED
    if is_heading and len(title) <= _TITLE and not re.search("[0-9０-９]", title):
        named = tuple(side for side, words in _WORDS.items() if words.search(title))
        if named:
            return named
    if is_heading or len(text) <= _HEADING:
        return tuple(side for side in Side if side.heading.search(text[:_HEADING]))[:1]
    return ()


def _take(section: _Section, situations: list[ReadSituation], clauses: list[Clause]) -> None:
    """Read a section's situations, and what is said of them; lines without a number only where it numbers none."""
    took = False
    rest: list[tuple[Side, Paragraph]] = []
    for each in (section.heading, *section.paragraphs):
        side = _side(section, each)
        if side is None:
            continue
        listed = list(_listed(each, side, _count(situations, side), is_heading=each is section.heading))
        situations += listed
        if not listed and took and side.clause:
            clauses.append(Clause(side=side, text=each.text, where=each.where))
        elif not listed:
            rest.append((side, each))
        took = took or bool(listed)
    if not took:
        for side, each in rest:
            text = title_and_body(each.text)[1] if each is section.heading else each.text
            if side.word and any(word in side.taken for word in _SIGNED.findall(text)):
                situations += _situation(side, _count(situations, side) + 1, text, each.where)


def _side(section: _Section, each: Paragraph) -> Side | None:
    """Give the side that a paragraph is of: its section's, or where that has several the one that it has points or words of."""
    if len(section.sides) == 1:
        return section.sides[0]
    if each is section.heading:
        return None
    told = set(_SIGNED.findall(each.text))
    named = tuple(
        side
        for side in section.sides
        if any(word in side.taken for word in told) or (side is Side.VETO and _WORDS[side].search(each.text))
    )
    return named[0] if len(named) == 1 else None


def _count(situations: list[ReadSituation], side: Side) -> int:
    return sum(one.side is side for one in situations)


def _listed(each: Paragraph, side: Side, before: int, *, is_heading: bool) -> Iterator[ReadSituation]:
    marks = _IN_CHINESE if _IN_CHINESE.match(each.text) and not is_heading else _NUMBERED
    starts = list(marks.finditer(each.text))
    ends = (*(found.start() for found in starts[1:]), len(each.text))
    for found, end in zip(starts, ends, strict=False):
        text = each.text[found.end() : end].strip()
        if len(starts) > 1 and end == len(each.text) and marks is _IN_CHINESE:
            text = _OF_ALL.sub("", text.rstrip("。;；"))  # what is said of all of them, at the end of the last one
        made = _situation(side, before + 1, text, each.where)
        before += len(made)
        yield from made


def _situation(side: Side, no: int, text: str, where: str) -> tuple[ReadSituation, ...]:
    bare = text.strip().rstrip("。;；")
    read = ReadSituation(side=side, no=no, text=bare, points=None, doubt="", where=where)
    return (_own(read),) if bare else ()


def _own(read: ReadSituation) -> ReadSituation:
    """Fill in the points that a situation's own words give it: one figure, or one for each level."""
    text = _LIMIT.sub("", read.text)
    found = [points_value(each) for each in _POINTS.findall(text)]
    if not read.side.word or not found:
        return read
    if len(set(found)) == 1:
        return replace(read, points=found[0])
    told = "、".join(map(str, dict.fromkeys(found)))
    levels = tuple((name.strip(), points_value(points)) for name, points in _LEVEL.findall(text))
    return replace(read, levels=levels, doubt=f"有几种分({told}),按级别录入,请核对级别;没有写级别时按几分,请填写")


def _with_points(situations: list[ReadSituation], clauses: dict[Side, Clause]) -> Iterator[ReadSituation]:
    """Fill in the points that the clause gives for all, where it gives one figure only."""
    for each in situations:
        if each.points is not None or each.doubt or not each.side.word:
            yield each
            continue
        clause = clauses.get(each.side)
        parts = re.split(r"[。;；,，]", clause.text) if clause else []
        told = {points_value(found) for part in parts if not _CAP.search(part) for found in _POINTS.findall(part)}
        points = next(iter(told)) if len(told) == 1 else None
        doubt = "" if points is not None else "没有读到每项多少分,或者有几种,请填写"
        yield replace(each, points=points, doubt=doubt)
