"""Bonus and deduction situations, where the notice's text lists them under a heading, with the points that one clause gives for all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from fazhi_xl.setup.draft.characters import NUMBER, points_value
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


_SECTION = re.compile(r"^(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十]+[)）])\s*")
_NUMBERED = re.compile(
    r"(?:^|(?<=[。;；:：\n情形]))\s*(?:[0-9０-９]{1,2}[.．、](?![0-9０-９])|[(（][0-9０-９]{1,2}[)）]|[①-⑳])\s*"
)
_POINTS = re.compile(rf"[加减扣]\s*({NUMBER})\s*分")
_LEVEL = re.compile(rf"([^,，、;；。\s]{{1,16}}?)的?(?:[,，]?每\S{{1,3}}?)?[加减扣]\s*({NUMBER})\s*分")
_CAP = re.compile(r"累计|最高|最多|超过|上限|合计")
_LABEL = 10  # characters of a label
_HEADING = 30  # characters before the first situation, at most


def read_situations(paper: Paper) -> tuple[tuple[ReadSituation, ...], tuple[Clause, ...]]:
    """Give the situations of every side in the order of print, and the clauses that follow them."""
    situations: list[ReadSituation] = []
    clauses: list[Clause] = []
    side: Side | None = None
    for each in paper.paragraphs:
        if _SECTION.match(each.text) or len(each.text) <= _HEADING:
            side = (
                next((one for one in Side if _heads(each.text, one)), None)
                if _SECTION.match(each.text) or _any_heads(each.text)
                else side
            )
        if side is None:
            continue
        listed = list(_listed(each, side, sum(one.side is side for one in situations)))
        situations += listed
        if not listed and any(one.side is side for one in situations) and side.clause:
            clauses.append(Clause(side=side, text=each.text, where=each.where))
    said = {one.side: one for one in reversed(clauses)}
    return tuple(_with_points(situations, said)), tuple(said.values())


def _heads(text: str, side: Side) -> bool:
    return bool(side.heading.search(text[:_HEADING])) and not _both(text)


def _any_heads(text: str) -> bool:
    return any(one.heading.search(text) for one in Side)


def _both(text: str) -> bool:
    """Tell whether a heading is of the bonus and of the deductions at once: each has one of its own below."""
    return len(text) <= _HEADING and bool(re.search(r"加.{0,2}[、和及与].{0,2}[减扣]", text))


def _listed(each: Paragraph, side: Side, before: int) -> Iterator[ReadSituation]:
    starts = list(_NUMBERED.finditer(each.text))
    ends = (*(found.start() for found in starts[1:]), len(each.text))
    for nth, (found, end) in enumerate(zip(starts, ends, strict=False)):
        text = each.text[found.end() : end].strip().rstrip("。;；")
        if text:
            yield _own(
                ReadSituation(side=side, no=before + nth + 1, text=text, points=None, doubt="", where=each.where)
            )


def _own(read: ReadSituation) -> ReadSituation:
    """Fill in the points that a situation's own words give it: one figure, or one for each level."""
    found = [points_value(each) for each in _POINTS.findall(read.text)]
    if not read.side.word or not found:
        return read
    if len(set(found)) == 1:
        return replace(read, points=found[0])
    told = "、".join(map(str, dict.fromkeys(found)))
    levels = tuple((name.strip(), points_value(points)) for name, points in _LEVEL.findall(read.text))
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
