"""Names of persons as clerks type them: which of them are the same person's."""

from __future__ import annotations

import re
import unicodedata

from fazhi_xl.text.characters import folded_width

_APART = re.compile(r"[、,;:/|&+。\n]+")  # of several names, and behind a title
_AND = re.compile(r"[和与及]")  # stand in names too
_BLANK = re.compile(r"(?<=[^\x00-\xff])\s+(?=[^\x00-\xff])")  # of Chinese names: they are written within one as well
_ASIDE = re.compile(r"【[^】]*】|\[[^\]]*\]|\([^)]*\)|〔[^〕]*〕|〈[^〉]*〉|《[^》]*》|<[^>]*>|「[^」]*」")
_SHORTEST = 2  # characters of names that a blank or 和 keeps apart, as not in 张 三
# Surnames, and what is common in given names, that some input methods write in the old way.
_OLD_AND_NEW = (
    "張张陳陈劉刘黃黄趙赵吳吴孫孙馬马鄭郑謝谢韓韩馮冯蕭萧葉叶鄧邓許许蘇苏盧卢蔣蒋賈贾陸陆羅罗楊杨龔龚賴赖龍龙湯汤萬万錢钱嚴严顧顾龐庞鄒邹"
    "閻阎範范蘆芦歐欧遲迟竇窦莊庄費费聶聂駱骆紀纪鍾钟閔闵陰阴國国華华偉伟強强麗丽軍军傑杰濤涛靜静紅红蘭兰鳳凤雲云東东寶宝慶庆學学義义禮礼"
    "愛爱衛卫鋒锋剛刚勝胜興兴權权輝辉鵬鹏飛飞瓊琼豔艳豐丰繼继紹绍維维銘铭鈞钧銳锐鐵铁鎮镇長长開开關关陽阳際际雙双靈灵韻韵順顺賢贤貴贵貞贞賓宾"
    "躍跃軒轩農农達达運运進进遠远鋼钢錄录錦锦"
)
_SIMPLE = str.maketrans(_OLD_AND_NEW[::2], _OLD_AND_NEW[1::2])


def one_name(text: str) -> str:
    """Give a name as it is compared: without blanks, signs of no width and differences of width."""
    return "".join(each for each in folded_width(text) if not each.isspace() and unicodedata.category(each) != "Cf")


def is_among(person: str, others: str) -> bool:
    """Say whether one of the persons named in a text is named in another one; a blank text names nobody.

    Several names stand apart by a sign, or by a blank or 和 where each has two characters at least. What stands in brackets is no part of
    a name, and old characters of the commonest names are as good as today's.
    """
    return not _persons(person).isdisjoint(_persons(others))


def _persons(text: str) -> frozenset[str]:
    folded = folded_width(text).translate(_SIMPLE)
    named = _ASIDE.sub(" ", folded)
    names = _APART.split(named if named.strip() else folded)
    for apart in (_AND, _BLANK):
        names = [*names, *(piece for name in names for piece in _pieces(apart, name))]
    return frozenset(map(one_name, names)) - {""}


def _pieces(apart: re.Pattern[str], name: str) -> list[str]:
    """Take a text apart where all that comes of it can be names."""
    pieces = apart.split(name.strip())
    return pieces if all(len(one_name(piece)) >= _SHORTEST for piece in pieces) else []
