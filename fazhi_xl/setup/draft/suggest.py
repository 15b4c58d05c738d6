"""The kind of rule that a sentence looks like, by the words it scores with: for a person to choose or not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fazhi_xl.setup.draft.characters import NUMBER, WHOLE, points_value, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A kind (as rules name it), the words that say so, and what the rule's part would hold."""

    kind: str
    said: str
    fields: Mapping[str, Any] = field(default_factory=dict)


_MEASURE = "[次场个篇件起条份项批名期场轮户家]"
_POINT = (
    rf"每(?:低|高|少|多|上升|下降|降低|提高|超过)?(?:于)?\s*[0-9０-９一]?\s*个?百分点\S{{0,4}}?[扣减]\s*({NUMBER})\s*分"
)
_ABOVE = re.compile(r"高|上升|超过|多|提高")
_BANDS = re.compile(rf"{NUMBER}\s*(?:%|％)?\S{{0,4}}(?:以上|以下|不足|不超过)\S{{0,10}}?得\s*({NUMBER})\s*分")
_RANKS = re.compile(rf"(?:前|第)\s*{NUMBER}\s*(?:[至到—–~～-]\s*{NUMBER}\s*)?名\S{{0,3}}?得\s*({NUMBER})\s*分")
_STEPS = re.compile(rf"{WHOLE}\s*{_MEASURE}(?:及以上|以上|以下)?的?得\s*({NUMBER})\s*分")
_WHOLE_RATE = re.compile(rf"{NUMBER}\s*[%％]\s*(?:的|时)?[,，]?得\s*(?:满分|{NUMBER}\s*分)")
_GRADED = re.compile(rf"([^,，、。;；0-9０-９%％]{{1,30}}?)的?得\s*({NUMBER})\s*分")
_IS_GRADE = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ甲乙丙丁优良一二三四五]级?$")
_AMOUNT = re.compile(rf"不超过\s*{NUMBER}\s*\S{{0,3}}?得\s*({NUMBER})\s*分")
_BASE = re.compile(r"基[本础]分")
_PLUS_MINUS = re.compile(rf"加\s*{NUMBER}\s*分")
_TAKE = re.compile(rf"[扣减]\s*({NUMBER})\s*分")
_MOST = re.compile(rf"(?:最高|最多|累计)\S{{0,4}}[扣减]\s*({NUMBER})\s*分")
_EACH = re.compile(
    rf"(?:每\S{{0,14}}?|(?<![0-9０-９第前至到])(?:[0-9０-９]+|一)\s*{_MEASURE}(?!及?以[上下])\S{{0,3}}?)得\s*({NUMBER})\s*分"
)
_FALL = re.compile(r"低于上年|低于去年|比上年下降|同比下降|较上年下降|不高于上年|不高于去年|降低\S{0,8}率|减少")
_MONTHS = re.compile(rf"(?:不少于|不低于|达到?|满)\s*({WHOLE})\s*个月")
_DAYS = re.compile(rf"(?:不少于|不低于|达到?|满)\s*({WHOLE})\s*[天日](?!内|前)")
_RATIO = re.compile(r"万分之|每万|每百|每千|人均\S{0,12}以上")
_RATE = re.compile(
    rf"(率\S{{0,4}}?(?:均|应)?(?:达到?|不低于|不少于|为|保持在?)?\s*|(?:达到?|不低于)\s*)({NUMBER})\s*[%％]"
)
_WORD_RATE = re.compile(r"全部\S{1,4}|按\S{0,6}率(?:得|计)分|\S{1,6}率")
_COUNT = re.compile(
    rf"(?:不少于|不低于|至少|达到?|不得少于)\S{{0,10}}?({WHOLE})\s*{_MEASURE}|({WHOLE})\s*{_MEASURE}以上"
)
_NONE = re.compile(r"没有发生|未发生|不发生|无\S{0,8}(?:事故|案件|事件|问题)|零发生|有\S{1,12}的不得分")
_SHARE = re.compile(r"按比例")
_BY_SHARE = re.compile(r"(?:未|没有|不)?[^,，。;；]{0,8}按\S{0,4}比例\S{0,2}分?")
_QUOTED = 12
_BELOW = re.compile(r"低|少|下降|降低")


def looks(text: str) -> Iterator[Look]:
    """Yield what a sub-point's sentence looks like, the likeliest first; what only has to be done is a yes."""
    found = [look for tell in _TELLS if (look := tell(text))]
    yield from found or (Look(kind="yes", said=""),)


def _balance(text: str) -> Look | None:
    if (base := _BASE.search(text)) and (_PLUS_MINUS.search(text) or _TAKE.search(text)) and "不设" not in text:
        return Look(kind="balance", said=base[0])
    return None


def _bands(text: str) -> Look | None:
    found = [*_BANDS.finditer(text), *_AMOUNT.finditer(text)]
    if found and len(found) == 1:
        found += _WHOLE_RATE.finditer(text)
    if len(found) > 1:
        return Look(kind="bands", said=found[0][0])
    steps = [*_RANKS.finditer(text)] or [*_STEPS.finditer(text)]
    if len({each[1] for each in steps}) > 1 and ("名" in steps[0][0] or "以" in steps[0][0]):
        return Look(kind="bands", said="、".join(each[0] for each in steps))
    return None


def _grades(text: str) -> Look | None:
    """Tell grades by what stands before their points: a letter, or words that end alike (完整、基本完整、不完整)."""
    if _EACH.search(text):
        return None
    found = list(_GRADED.finditer(text))
    names = [each[1].removesuffix("的") for each in found]
    alike = len({name[-2:] for name in names}) == 1 or all(map(_IS_GRADE.search, names))
    if len({each[2] for each in found}) < 2 or not alike:
        return None
    return Look(kind="grade", said="、".join(each[0].strip()[-_QUOTED:] for each in found))


def _deduct(text: str) -> Look | None:
    most = {found.span(1) for found in _MOST.finditer(text)}
    found = [each for each in _TAKE.finditer(text) if each.span(1) not in most]
    if not found or _BASE.search(text.replace("不设基本分", "")):
        return None
    points = re.search(_POINT, text)
    if points:
        side = "above" if _ABOVE.search(points[0]) else "below"
        return Look(kind="deduct", said=points[0], fields={"each": points_value(points[1]), "side": side})
    fields = {"each": points_value(found[0][1])} if len(found) == 1 else {}
    return Look(kind="deduct", said="、".join(dict.fromkeys(each[0] for each in found)), fields=fields)


def _tally(text: str) -> Look | None:
    found = list(_EACH.finditer(text))
    if not found:
        return None
    fields = {"each": points_value(found[0][1])} if len(found) == 1 else {}
    return Look(kind="tally", said="、".join(dict.fromkeys(each[0] for each in found)), fields=fields)


def _fall(text: str) -> Look | None:
    found = _FALL.search(text)
    return Look(kind="fall", said=found[0]) if found and not _TAKE.search(text) else None


def _stretch(kind: str, words: re.Pattern[str]) -> Callable[[str], Look | None]:
    def tell(text: str) -> Look | None:
        found = words.search(text)
        return Look(kind=kind, said=found[0], fields={"at_least": whole(found[1])}) if found else None

    return tell


def _ratio(text: str) -> Look | None:
    found = _RATIO.search(text)
    return Look(kind="ratio", said=found[0]) if found else None


def _rate(text: str) -> Look | None:
    if _TAKE.search(text):
        return None
    found = _RATE.search(text)
    below = {"below": "linear"} if _SHARE.search(text) else {}
    if found:
        bound = points_value(found[2])
        return Look(kind="rate", said=found[0], fields={"at_least": bound, **below} if bound != 100 else below)
    words = _WORD_RATE.search(text)
    return Look(kind="rate", said=words[0], fields=below) if words else None


def _count(text: str) -> Look | None:
    if _TAKE.search(text):
        return None
    found = _COUNT.search(text)
    if not found:
        return None
    below = {"below": "linear"} if _SHARE.search(text) else {}
    return Look(kind="count", said=found[0], fields={"at_least": whole(found[1] or found[2]), **below})


def _none(text: str) -> Look | None:
    found = _NONE.search(text)
    return Look(kind="count_zero", said=found[0]) if found and not _TAKE.search(text) else None


def _share(text: str) -> Look | None:
    """Tell what is paid by its share of what was set: 未完成的按比例得分."""
    found = _BY_SHARE.search(text)
    return Look(kind="rate", said=found[0], fields={"below": "linear"}) if found and not _TAKE.search(text) else None


_TELLS: tuple[Callable[[str], Look | None], ...] = (
    _balance,
    _bands,
    _grades,
    _deduct,
    _tally,
    _fall,
    _stretch("months", _MONTHS),
    _stretch("days", _DAYS),
    _ratio,
    _none,
    _count,
    _rate,
    _share,
)
