"""Bodies that a notice explains in brackets: an office, and the unit that is behind it."""

from __future__ import annotations

import re

from fazhi_xl.text.papers import Paper

_BODY = re.compile(
    r"([\u4e00-\u9fff]{3,20}(?:办公室|领导小组|委员会|指挥部|办))\s*[(（]\s*(?:设在)?([\u4e00-\u9fff]{2,12})\s*[)）]"
)


def explained_bodies(paper: Paper) -> tuple[tuple[str, str], ...]:
    """Give every body with what its brackets say, each once, in the order of print."""
    found = (pair for each in paper.paragraphs for pair in _BODY.findall(each.text))
    return tuple(dict.fromkeys(found))
