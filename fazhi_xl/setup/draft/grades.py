"""Grades by the total, where one paragraph tells all of them from the highest to what is below the last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from fazhi_xl.setup.draft.characters import NUMBER, points_value
from fazhi_xl.setup.draft.sub_points import Points
from fazhi_xl.text.characters import folded_width
from fazhi_xl.text.papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadGrades:
    """The grades, each with the total from which it is given, the last without one, and where they were read."""

    bands: tuple[tuple[str, Points | None], ...]
    said: str
    where: str


_WITH = r"(?:\((?:不)?含[^()]*\))?"
_NAME = (
    r"\s*的?\s*,?(?:评定?为|定为|为|是|评)?\s*[“\"]?([\u4e00-\u9fff]{1,4}?)[”\"]?(?:等次|等级|档次|等)?(?=[,;。、]|$)"
)
_ABOVE = re.compile(
    rf"({NUMBER})\s*分?{_WITH}\s*(?:及?以上|[—–~～至到-]+\s*{NUMBER}\s*分{_WITH})"
    rf"(?:[,、]?(?:不足|低于|不满|至|到)?\s*{NUMBER}\s*分{_WITH}(?:以下)?)?{_NAME}"
)
_BELOW = re.compile(rf"(?:不足|低于|不满)?\s*({NUMBER})\s*分{_WITH}(?:以下)?{_NAME}")


def read_grades(paper: Paper) -> ReadGrades | None:
    """Read the grades; None unless one paragraph alone tells them, in falling order, down to a last one below the one before."""
    found = [
        read
        for each in paper.paragraphs
        if len(each.text) <= _LONGEST and (read := _of(folded_width(each.text), each.where))
    ]
    return found[0] if len(found) == 1 else None


_LONGEST = 1000


def _of(text: str, where: str) -> ReadGrades | None:
    above = list(_ABOVE.finditer(text))
    if not above:
        return None
    below = _BELOW.search(text, above[-1].end())
    least = [points_value(each[1]) for each in above]
    if below is None or points_value(below[1]) != least[-1] or any(one <= other for one, other in pairwise(least)):
        return None
    names = [each[2] for each in (*above, below)]
    if len(set(names)) < len(names):
        return None
    bands = (*zip(names, least, strict=False), (below[2], None))
    return ReadGrades(bands=bands, said=text[above[0].start() : below.end()], where=where)
