"""What a notice says of itself: title, number, issuer, days, full marks and caps, each with where it was read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from fazhi_xl.setup.draft.characters import NUMBER, joined, points_value, squeezed
from fazhi_xl.text.characters import folded_width
from fazhi_xl.text.one_line import cut
from fazhi_xl.text.papers import Paper, Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A value of `notice.toml`, by its path, where it was read, and what is doubtful of it."""

    path: tuple[str, ...]
    value: Any
    where: str
    doubt: str = ""


_FRONT, _LONGEST_TITLE, _QUOTED = 40, 80, 40
_TITLE_BEGIN = re.compile(r"[^。,，;；:：、]{0,20}关于[^。;；:：]*$")
_TITLE_END = re.compile(r"(?:通知|办法|方案|细则|意见|标准)(?:[(（].{1,12}[)）])?$")
_DOCUMENT = re.compile(
    r"[\u4e00-\u9fff]{1,16}\s*[〔\[［(（【]\s*((?:19|20)[0-9]{2})\s*[〕\]］)）】]\s*第?\s*[0-9]+\s*号"
)
_DAY = r"(?:(20[0-9]{2})\s*年\s*)?([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日"
_DATED = re.compile(r"(20[0-9]{2})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日")
_DIGITS = "〇一二三四五六七八九"  # 零 and ○ are read as 〇
_ZEROS = {ord(sign): "〇" for sign in "零○Ｏ0O"}
_NUMERALS = re.compile(r"([〇一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")
_PERIOD = re.compile(rf"{_DAY}\s*(?:起)?\s*(?:至|到|—|-|~|～)\s*{_DAY}")
_UNTIL = re.compile(rf"{_DAY}\s*(?:以)?前")
_CONTACTS = re.compile(r"联络员|联系人|联络人|名册|名单")
_RETURNED = re.compile(r"报送|报至|上报|报[^告名]|提交|填报")
_CORRECTED = re.compile(r"补正|修改|整改")
_FULL = re.compile(
    rf"满分(?:为|是|按)?\s*({NUMBER})\s*分|总分(?:为|是)?\s*({NUMBER})\s*分|基[础本]分(?:为|是)?\s*(100)\s*分"
)
_HUNDRED = re.compile(r"百分制")
_AT_MOST = rf"(?:超过|最高\D?|上限)为?\s*({NUMBER})\s*分"
_CAPS = tuple(
    (name, re.compile(rf"{word}分(?:累计|合计|总分)?[^。;；]{{0,6}}?{_AT_MOST}|最高{word}\s*({NUMBER})\s*分"))
    for name, word in (("bonus_cap", "加"), ("deduction_cap", "[减扣]"))
)
_ABOUT = re.compile(
    r"^关于(?:印发|做好|开展|组织开展|进一步做好|认真做好)?|的?(?:通知|办法|方案|细则|意见)(?:[(（].*[)）])?$|[《》]"
)


def read_about(paper: Paper) -> tuple[Said, ...]:
    """Give everything that the notice's own text says of the whole assessment."""
    front = _before_annexes(paper.paragraphs)
    title = next(_titles(front), None)
    year = _year(title, front)
    said = [title, *_numbers(front), *_years(title, front)]
    said += [*_signed(front), *_periods(front, year), *_deadlines(front, year), *_marks(paper.paragraphs)]
    found = {each.path: each for each in reversed([each for each in said if each])}
    return (*reversed(found.values()), *_district([each for each in said if each]), *_short(title))


def _before_annexes(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Give the notice without its annexes: up to the first line that is an annex's number alone, after the date it bears."""
    for at, each in enumerate(paragraphs):
        if re.fullmatch(r"附[件表录]\s*[0-9一二三四五六七八九十]*[:：]?", folded_width(each.text).strip()) and at > 3:
            return paragraphs[:at]
    return paragraphs


def _titles(front: tuple[Paragraph, ...]) -> Iterator[Said]:
    """Yield what looks like the title, over the lines that it is broken into."""
    for at, each in enumerate(front[:_FRONT]):
        text = joined(each.text)
        if not _TITLE_BEGIN.match(text) and not (_TITLE_END.search(text) and len(text) > 6 and "》" not in text):
            continue
        for further in front[at + 1 : at + 4]:
            if _TITLE_END.search(text) or len(text) > _LONGEST_TITLE:
                break
            text += joined(further.text)
        if _TITLE_END.search(text) and len(text) <= _LONGEST_TITLE:
            yield Said(path=("title",), value=text, where=each.where)


def _numbers(front: tuple[Paragraph, ...]) -> Iterator[Said]:
    for each in front[:_FRONT]:
        text = re.sub(r"\s+", "", each.text)
        if found := _DOCUMENT.fullmatch(text):
            yield Said(path=("number",), value=found[0], where=each.where)
            return


def _year(title: Said | None, front: tuple[Paragraph, ...]) -> int | None:
    return next((each.value for each in _years(title, front)), None)


def _years(title: Said | None, front: tuple[Paragraph, ...]) -> Iterator[Said]:
    named = re.search(r"(20[0-9]{2})\s*年", title.value) if title else None
    if title and named:
        yield Said(path=("year",), value=int(named[1]), where=title.where)
        return
    for each in front[:_FRONT]:
        if found := _DOCUMENT.fullmatch(re.sub(r"\s+", "", each.text)):
            yield Said(path=("year",), value=int(found[1]), where=each.where, doubt="标题没有写年度,按文号的年份")
            return


def _signed(front: tuple[Paragraph, ...]) -> Iterator[Said]:
    """Yield the day that the notice bears, and who issued it: the lines before that day."""
    for at, each in reversed(list(enumerate(front))):
        day = _whole_day(re.sub(r"\s+", "", folded_width(each.text)))
        if day is None:
            continue
        yield Said(path=("dates", "issued"), value=day, where=each.where)
        above = front[at - 1] if at else None
        if (
            above
            and len(above.text) <= 40
            and not above.text.endswith(("。", ";", "；", ":"))
            and not above.text[:1].isdigit()
        ):
            yield Said(path=("issuer",), value=squeezed(above.text), where=above.where)
        return


def _whole_day(text: str) -> date | None:
    """Give the day that a line names and nothing else, in figures or in Chinese numerals."""
    if figures := _DATED.fullmatch(text):
        return _day(*figures.groups())
    if numerals := _NUMERALS.fullmatch(text.translate(_ZEROS)):
        year = "".join(str(_DIGITS.index(sign) % 10) for sign in numerals[1])
        return _day(year, str(_number(numerals[2])), str(_number(numerals[3])))
    return None


def _number(text: str) -> int:
    """Give a number below 100 that is written in Chinese: 二十一 → 21."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.index(text)
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _periods(front: tuple[Paragraph, ...], year: int | None) -> Iterator[Said]:
    for each in front:
        for found in _PERIOD.finditer(folded_width(each.text)):
            first_year = found[1] or (str(year) if year else None)
            if first_year is None:
                continue
            start = _day(first_year, found[2], found[3])
            end = _day(found[4] or first_year, found[5], found[6])
            if start and end and (end - start).days > 80:
                yield Said(path=("dates", "period_start"), value=start, where=each.where)
                yield Said(path=("dates", "period_end"), value=end, where=each.where)
                return


_DEADLINES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("contacts_due", lambda text: bool(_CONTACTS.search(text))),
    ("corrections_due", lambda text: bool(_CORRECTED.search(text))),
    ("ledger_due", lambda text: bool(_RETURNED.search(text))),
)


def _deadlines(front: tuple[Paragraph, ...], year: int | None) -> Iterator[Said]:
    """Yield the days before which something has to be sent; what is sent tells which day it is, and is doubtful."""
    for each in front:
        for sentence in re.split(r"[。;；]", folded_width(each.text)):
            for found in _UNTIL.finditer(sentence):
                about = next((name for name, tells in _DEADLINES if tells(sentence)), None)
                day = _day(found[1] or str(year or 0), found[2], found[3])
                if about and day:
                    doubt = f"按“{cut(sentence.strip(), _QUOTED)}”"
                    doubt += "" if found[1] else f";原文没有写年份,按{year}年"
                    yield Said(path=("dates", about), value=day, where=each.where, doubt=doubt)


def _marks(paragraphs: tuple[Paragraph, ...]) -> Iterator[Said]:
    """Yield full marks and caps."""
    for each in paragraphs:
        text = folded_width(each.text)
        if full := _FULL.search(text):
            value = points_value(next(filter(None, full.groups())))
            yield Said(path=("scoring", "full"), value=value, where=each.where)
    yield from _caps(paragraphs)
    for each in paragraphs:
        if _HUNDRED.search(each.text):
            yield Said(path=("scoring", "full"), value=100, where=each.where, doubt="按“百分制”")
            return


def _caps(paragraphs: tuple[Paragraph, ...]) -> Iterator[Said]:
    """Yield the most that is added and taken: of several figures the highest, since the others are of parts."""
    for name, words in _CAPS:
        told = [(each, found) for each in paragraphs for found in words.finditer(folded_width(each.text))]
        values = [points_value(next(filter(None, found.groups()))) for _, found in told]
        if values:
            each, found = told[values.index(max(values))]
            others = "、".join(dict.fromkeys(other[0] for _, other in told if other[0] != found[0]))
            doubt = f"按“{found[0]}”" + (f",另外还有“{others}”" if others else "")
            yield Said(path=("scoring", name), value=max(values), where=each.where, doubt=doubt)


def _district(said: list[Said]) -> Iterator[Said]:
    """Yield the district: the last place that the issuer's name begins with."""
    issuer = next((each for each in said if each.path == ("issuer",)), None)
    if issuer is None:
        return
    name = issuer.value.removeprefix("中国共产党").removeprefix("中共")
    places = re.findall(
        r"[\u4e00-\u9fff]{2,4}?(?:自治区|地区|省|市|州|区|县|旗)",
        re.split(r"委|人民|政府|领导|平安|法治|依法|办公", name)[0],
    )
    if places:
        yield Said(path=("district",), value=places[-1], where=issuer.where, doubt=f"按发文机关“{issuer.value}”")


def _short(title: Said | None) -> Iterator[Said]:
    if title:
        issued = re.search(r"印发[《〈](.*)[》〉]", title.value)
        value = _ABOUT.sub("", issued[1] if issued else title.value).removesuffix("的").removesuffix("工作")
        yield Said(path=("short_title",), value=value, where=title.where, doubt="简称由标题截取,印在每张表上,请核对")
