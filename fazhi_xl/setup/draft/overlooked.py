"""What a notice's text says of points and grades that was not taken over: each paragraph is told, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fazhi_xl.setup.draft.characters import NUMBER
from fazhi_xl.setup.draft.outline import MARK, level_of
from fazhi_xl.text.one_line import cut
from fazhi_xl.text.papers import Paper, Paragraph

_QUOTED = 50
_TITLE = 25
_LONGEST = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a paragraph can be about: the words that tell it, and where in the catalogue it belongs."""

    words: re.Pattern[str]
    file: str
    path: str
    said: str


ITEMS = Subject(
    words=re.compile(rf"[得计记给]\s*{NUMBER}\s*分|{MARK.pattern}"),
    file="items/01.toml",
    path="sub_points",
    said="写有分值",
)
VETOES = Subject(words=re.compile("一票否决"), file="adjustments.toml", path="vetoes", said="写有一票否决")
GRADES = Subject(
    words=re.compile(
        rf"{NUMBER}\s*分?[^。;；]{{0,12}}?(?:优秀|良好|合格|优等|等次|等级)|(?:优秀|良好)[^。;；]{{0,20}}{NUMBER}\s*分"
    ),
    file="notice.toml",
    path="grades",
    said="写有等次",
)
BONUS = Subject(
    words=re.compile(rf"加分?[^。;；,，]{{0,6}}?{NUMBER}\s*分"), file="adjustments.toml", path="bonus", said="写有加分"
)
DEDUCTIONS = Subject(
    words=re.compile(rf"[减扣]分?[^。;；,，]{{0,6}}?{NUMBER}\s*分"),
    file="adjustments.toml",
    path="deductions",
    said="写有扣分",
)
_EVERY = (ITEMS, BONUS, DEDUCTIONS, VETOES, GRADES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlooked:
    """A paragraph that was not taken over, and what it is about."""

    subject: Subject
    where: str
    text: str

    @property
    def doubt(self) -> str:
        """Say so, with the paragraph's beginning."""
        return f"没有录入:{self.where}{self.subject.said},“{self.text}”。要用的请自己填进这张表"


def overlooked(paper: Paper, taken: Mapping[Subject, frozenset[str]], *, titles: bool = False) -> Iterator[Overlooked]:
    """Yield every paragraph that tells of a subject and whose place was not taken for it; with `titles` bare headings too."""
    for each in paper.paragraphs:
        for subject in _EVERY:
            found = subject.words.search(each.text[:_LONGEST])
            if found and (titles or not _is_title(each.text)) and each.where not in taken.get(subject, frozenset()):
                yield Overlooked(subject=subject, where=each.where, text=_around(each, found))


def _is_title(text: str) -> bool:
    """Tell whether a paragraph only heads what follows, with or without its points."""
    bare = MARK.sub("", text)
    return level_of(text) is not None and len(text) <= _TITLE and not re.search(r"[0-9０-９。;；]", bare)


def _around(each: Paragraph, found: re.Match[str]) -> str:
    """Quote a paragraph from the sentence on that tells of the subject."""
    begin = max(each.text.rfind(stop, 0, found.start()) for stop in "。;；\n") + 1
    return cut(each.text[begin:].strip(), _QUOTED)
