"""A notice's paper as a draft is made of it: no paragraph is too long, and each has a place of its own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from fazhi_xl.text.papers import Paper, Paragraph, Table

_LONGEST = 5000  # characters of a paragraph


def within_bounds(paper: Paper) -> Paper:
    """Leave out the end of paragraphs that are longer than any of a notice; it is named."""
    long = tuple(f"{each.where}第{_LONGEST}字以后" for each in paper.paragraphs if len(each.text) > _LONGEST)
    if not long:
        return paper
    cut = (replace(each, text=each.text[:_LONGEST]) if isinstance(each, Paragraph) else each for each in paper.blocks)
    return replace(paper, blocks=tuple(cut), unread=(*paper.unread, *long))


def placed(paper: Paper) -> Paper:
    """Give each paragraph a place of its own: where only the page is told, they are numbered within it."""
    times = Counter(each.where for each in paper.paragraphs)
    seen: Counter[str] = Counter()
    blocks: list[Paragraph | Table] = []
    for each in paper.blocks:
        if isinstance(each, Paragraph) and times[each.where] > 1:
            seen[each.where] += 1
            blocks.append(replace(each, where=f"{each.where}第{seen[each.where]}段"))
        else:
            blocks.append(each)
    return replace(paper, blocks=tuple(blocks))
