"""What the program says beside the rows: how a rule reads to a unit, and who gives the points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fazhi_xl.notice.choices import GivenBy
from fazhi_xl.notice.model import Notice, SubPoint
from fazhi_xl.setup.book.book import SCORED_BY, SENTENCE
from fazhi_xl.setup.book.trial import rule_sentences


def computed(notice: Notice) -> Mapping[str, Mapping[tuple[str, ...], str]]:
    """Give the texts by the head of their column, by the sheet and the identity of their row."""
    said: dict[str, dict[tuple[str, ...], str]] = {SENTENCE: {}, SCORED_BY: {}}
    sentences = rule_sentences(notice)
    for item in notice.items:
        for sub in item.sub_points:
            said[SENTENCE]["得分点", item.id, sub.id] = sentences.of_sub_points[sub.id]
            said[SCORED_BY]["得分点", item.id, sub.id] = "、".join(_scored_by(notice, sub, item.id))
            for nth in range(len(sub.rule.parts)):
                said[SENTENCE]["计分规则", sub.id, str(nth + 1)] = sentences.of_parts[sub.id, nth]
    return said


def _scored_by(notice: Notice, sub: SubPoint, item: str) -> Iterator[str]:
    givers = {each.given_by for each in sub.inputs}
    if GivenBy.OFFICE in givers:
        yield "办公室登记"
    if GivenBy.REGISTER in givers:
        yield "单位的登记"
    if GivenBy.UNIT in givers:
        yield "单位填报"
    yield next((section.name for section in notice.about.review.sections if item in section.items), "")
