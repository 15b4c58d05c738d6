"""The numbers that Word writes before paragraphs by itself: they stand in no text, and lists and tables go by them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import cast

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.parts.document import DocumentPart

_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting"}
)
_DIGITS = "零一二三四五六七八九"


class Numbering:
    """Counts the numbered paragraphs of a document as they are read."""

    def __init__(self, part: DocumentPart) -> None:
        numberings = (each.target_part for each in part.rels.values() if each.reltype.endswith("/numbering"))
        element = next((each.element for each in numberings if hasattr(each, "element")), None)
        self._levels = {} if element is None else _levels(element)
        self._counted: Counter[tuple[str, int]] = Counter()

    def before(self, paragraph: Element, *, blank: bool) -> str:
        """Give what stands before a paragraph: `3.`, `(三)`; blank lines outside of tables are not numbered."""
        found = paragraph.xpath("./w:pPr/w:numPr")
        if not found or (blank and not paragraph.xpath("boolean(parent::w:tc)")):
            return ""
        number, level = _value(found[0], "w:numId"), int(_value(found[0], "w:ilvl") or 0)
        if (number, level) not in self._levels:
            return ""
        self._counted[number, level] += 1
        for below in range(level + 1, 9):
            del self._counted[number, below]
        return self._written(number, level)

    def _written(self, number: str, level: int) -> str:
        text = self._levels[number, level][1]
        return re.sub(r"%([1-9])", lambda found: self._figure(number, int(found[1]) - 1), text)

    def _figure(self, number: str, level: int) -> str:
        kind, _, start = self._levels.get((number, level), ("decimal", "", 1))
        value = max(self._counted[number, level], 1) + start - 1
        return _chinese(value) if kind in _CHINESE else str(value)


def _levels(element: Element) -> Mapping[tuple[str, int], tuple[str, str, int]]:
    """Give, by the list's id and its level, the kind of its figures, what is written, and the first number."""
    drawn = {each.get(qn("w:abstractNumId")): each for each in _all(element, "w:abstractNum")}
    found = {}
    for number in _all(element, "w:num"):
        shape = drawn.get(_value(number, "w:abstractNumId"))
        for level in () if shape is None else _all(shape, "w:lvl"):
            kind, text = _value(level, "w:numFmt") or "decimal", _value(level, "w:lvlText")
            if kind not in {"bullet", "none"}:
                start = int(_value(level, "w:start") or 1)
                found[number.get(qn("w:numId"), ""), int(level.get(qn("w:ilvl"), "0"))] = (kind, text, start)
    return found


def _all(element: Element, name: str) -> list[Element]:
    return cast("list[Element]", element.findall(qn(name)))


def _value(element: Element, name: str) -> str:
    child = element.find(qn(name))
    return "" if child is None else child.get(qn("w:val"), "")


def _chinese(value: int) -> str:
    """Write a number below 100 as Chinese lists do: 十、二十一."""
    tens, ones = divmod(value, 10)
    if not 0 < value < 100:
        return str(value)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
