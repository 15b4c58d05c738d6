"""What a notice says of itself: title, number, issuer, days, full marks and caps, each with where it was read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from fazhi_xl.setup.book.asked import NOT_READ
from fazhi_xl.setup.draft.characters import NUMBER, joined, points_value, squeezed
from fazhi_xl.setup.draft.sub_points import Points
from fazhi_xl.text.characters import folded_width
from fazhi_xl.text.one_line import cut
from fazhi_xl.text.papers import Paper, Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A value of `notice.toml`, by its path, where it was read, and what is doubtful of it; None where it is left to a person."""

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
_NO_FULL = (
    r"(?!\s*(?:[(（]?含|[及和]?以[上下内]|[及和至到—–~～-]|的|者|为))"  # 总分90分以上: what a grade is given from
)
_FULL = re.compile(
    rf"(?:满分(?:为|是|按)?|总分(?:为|是)?)\s*({NUMBER})\s*分{_NO_FULL}|基[础本]分(?:为|是)?\s*(100)\s*分"
)
_HUNDRED = re.compile(r"百分制")
_AT_MOST = rf"(?:超过|最[高多]\D?|上限)为?\s*({NUMBER})\s*分"
_CAPS = tuple(
    (name, re.compile(rf"{word}分(?:累计|合计|总分)?[^。;；]{{0,6}}?{_AT_MOST}|最[高多]{word}\s*({NUMBER})\s*分"))
    for name, word in (("bonus_cap", "加"), ("deduction_cap", "[减扣]"))
)
_BESIDE = re.compile(
    r"[(（][^()（）]*(?:联系|电话)[^()（）]*[)）]|联系(?:人|电话|方式)\s*(?:[:：]|为|是)[^。;；]*|(?:联系)?电话\s*[:：][^。;；]*"
)
_PHONE = re.compile(r"电话\s*(?:[:：]|为|是)?\s*([0-9]{3,4}\s*[-—]?\s*[0-9]{7,8})(?![0-9])")
_SENT_TO = re.compile(
    r"报(?:送)?(?:至|到|给)?\s*([\u4e00-\u9fff]{2,20}(?:办公室|办|局|科|委员会|处|室|中心))(?![\u4e00-\u9fff]*材料)"
)
_ABOUT = re.compile(
    r"^关于(?:印发|做好|开展|组织开展|进一步做好|认真做好)?|的?(?:通知|办法|方案|细则|意见)(?:[(（].*[)）])?$|[《》]"
)


def read_about(paper: Paper, total: Points | None = None, parts: frozenset[str] = frozenset()) -> tuple[Said, ...]:
    """Give everything that the notice's own text says of the whole assessment.

    `total` are the points of all items, None where one has none. `parts` are the places of paragraphs that tell of one situation
    among several: a limit in them is not that of all.
    """
    front = _before_annexes(paper.paragraphs)
    title = next(_titles(front), None)
    year = _year(title, front)
    said = [title, *_numbers(front), *_years(title, front)]
    said += [*_signed(front), *_periods(front, year), *_deadlines(front, year), *_office(front)]
    said += [*_full(paper.paragraphs, total), *_caps(paper.paragraphs, parts)]
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
            told = _BESIDE.sub("", sentence)  # whom to ask says nothing of what is sent
            for found in _UNTIL.finditer(sentence):
                about = next((name for name, tells in _DEADLINES if tells(told)), None)
                day = _day(found[1] or str(year or 0), found[2], found[3])
                if about and day:
                    doubt = f"按“{_quoted(sentence, found)}”"
                    doubt += "" if found[1] else f";原文没有写年份,按{year}年"
                    yield Said(path=("dates", about), value=day, where=each.where, doubt=doubt)


def _quoted(sentence: str, found: re.Match[str]) -> str:
    """Quote a sentence so that what was found is in it: from its beginning, or from what was found on."""
    if len(sentence.strip()) > _QUOTED and found.end() > _QUOTED // 2:
        return "…" + cut(sentence[found.start() :].strip(), _QUOTED)
    return cut(sentence.strip(), _QUOTED)


def _office(front: tuple[Paragraph, ...]) -> Iterator[Said]:
    """Yield the office's telephone number, and whom returns are sent to, which a person may take for the office."""
    for each in front:
        text = folded_width(each.text)
        if phone := _PHONE.search(text):
            value = re.sub(r"\s", "", phone[1])
            yield Said(
                path=("office_phone",), value=value, where=each.where, doubt=f"按“{phone[0]}”,请核对是不是办公室的电话"
            )
            if office := _SENT_TO.search(text):
                doubt = f"{NOT_READ};原文写有“{office[0]}”,可能是“{office[1]}”"
                yield Said(path=("office",), value=None, where=each.where, doubt=doubt)
            return


def _full(paragraphs: tuple[Paragraph, ...], total: Points | None) -> Iterator[Said]:
    """Yield the full marks: as told, or 100 where points are out of a hundred or the items add up to it."""
    path = ("scoring", "full")
    told: dict[Points, str] = {}
    for each in paragraphs:
        for found in _FULL.finditer(folded_width(each.text)):
            told.setdefault(points_value(next(filter(None, found.groups()))), each.where)
    hundred = next((each.where for each in paragraphs if _HUNDRED.search(each.text)), None)
    if len(told) > 1:
        names = "、".join(f"{value}分({where})" for value, where in told.items())
        sure = next((value for value in (total, 100 if hundred else None) if value in told), None)
        doubt = f"原文有几个满分:{names}" + (f",按{sure}分" if sure else ",请填写这次考核的满分")
        yield Said(path=path, value=sure, where=told[sure] if sure else "", doubt=doubt)
    elif told:
        yield from (Said(path=path, value=value, where=where) for value, where in told.items())
    elif hundred:
        yield Said(path=path, value=100, where=hundred, doubt="按“百分制”")
    elif total == 100:
        yield Said(path=path, value=100, where="", doubt="原文没有写满分,按各项分值合计100分")
    elif total:
        yield Said(path=path, value=None, where="", doubt=f"{NOT_READ};各项分值合计{total}分")


def _caps(paragraphs: tuple[Paragraph, ...], parts: frozenset[str]) -> Iterator[Said]:
    """Yield the most that is added and taken in all; where only limits of parts are told, they are named and none is taken."""
    for name, words in _CAPS:
        told = [(each, found) for each in paragraphs for found in words.finditer(folded_width(each.text))]
        if not told:
            continue
        of_all = [(each, found) for each, found in told if each.where not in parts]
        of_all = [(each, found) for each, found in of_all if found[1]] or of_all
        values = {points_value(next(filter(None, found.groups()))) for _, found in of_all}
        each, found = of_all[0] if of_all else told[0]
        quotes = dict.fromkeys(other[0] for _, other in told)
        if len(values) == 1:
            others = "、".join(quote for quote in quotes if quote != found[0])
            doubt = f"按“{found[0]}”" + (f",另外还有“{others}”" if others else "")
            yield Said(path=("scoring", name), value=values.pop(), where=each.where, doubt=doubt)
        else:
            doubt = f"原文写有“{'”“'.join(quotes)}”,分不清哪个是合计的上限,没有录入:合计有上限的,请填写"
            yield Said(path=("scoring", name), value=None, where=each.where, doubt=doubt)


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
