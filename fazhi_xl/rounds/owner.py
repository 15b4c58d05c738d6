"""Which units the name of a file or a folder names. A unit's name inside another word names nobody.

Chinese puts no spaces between words. So a name counts where what touches it cannot make another word of it: the end of the text, a
digit, a sign or a Latin letter, another unit's name, a word that files' names have beside a unit's, or the notice's own words; after it
also a person's name. Of names within one another the longest counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.same import Same
from fazhi_xl.text.characters import folded_width


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split(" "))


_EITHER = _words(
    "年度 年 月 日 号 第 含 含有 的 和 与 及 报送 上报 填报 呈报 补报 重报 报 送 收到 收 回复 转发 转 反馈",
    "退回 更正 修改 补充 最新 任务分解表 分解表 任务表 填报表 报表 自评表 考核表 评价表 表格 表 附件 附表",
    "台账 佐证 佐证材料 材料 资料 扫描 扫描件 副本",
)
_BEFORE = _words("中共 关于 致 来自 由")
_AFTER = _words(
    "机关 办公室 综合科 法规科 法制科 政策法规科 等 函 次 份 期 一 二 三 四 五 六 七 八 九 十 填 填好 已填 已报",
    "发来 汇总 汇总表 名单 目录 台账目录 情况 情况表 说明 情况说明 自评 自查 总结 报告 文件 文件夹 压缩包 数据",
    "附后 完成 定稿 终稿 初稿 草稿 稿 定 终 最终 最终版 最终稿 最新版 正式 正式版 版 修改版 修改稿 修改后 已修改 修订",
    "反馈单 复核申请 更新 改 已改 新 旧 原 原件 复件 备份 电子版 电子稿 纸质 盖章 盖章件 盖章版 签字 签字版 签章 照片 图片 转存 拷贝",
)
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄吴周徐孙朱胡郭何林罗郑梁谢宋唐许邓冯韩曹曾彭肖蔡潘袁于董余苏叶吕魏蒋杜丁沈姜范傅钟卢汪戴崔陆廖姚"
)
_GIVEN = 2  # characters of a given name at most
_PIECES = re.compile(r"[^\W\d_]+")


def units_in(notice: Notice, text: str) -> tuple[str, ...]:
    """Name the units that a file's or a folder's name names, by their short names, each once, in the order of the text.

    The office to which returns are sent is no sender: its own name names nobody.
    """
    return _named(Same(notice), text)


def unit_in_path(notice: Notice, path: str) -> str | None:
    """Guess a file's unit from its path: the one unit that its folders and it name; None where they name none or several."""
    named = {unit for part in path.split("/") for unit in units_in(notice, part)}
    return named.pop() if len(named) == 1 else None


@lru_cache(maxsize=100_000)
def _named(same: Same, text: str) -> tuple[str, ...]:
    return _unit_names(same).units_in(text)


@lru_cache(maxsize=8)
def _unit_names(same: Same) -> UnitNames:
    """Compile what a notice's texts are searched for, once for a notice."""
    notice, about = same.notice, same.notice.about
    district = _plain(about.district)
    addressed = {_plain(about.office), _plain(about.office).removeprefix(district[-1:] + "委")}
    owners = {_plain(name): unit.short for unit in notice.units for name in unit.names}
    owners = {name: unit for name, unit in owners.items() if name not in addressed}
    own = frozenset(_pieces((about.short_title, about.title, about.words.assessment), district))
    level, place = district[-1:], district[:-1]
    heads = {place, *(head + end for head in (district, level) for end in ("", "委", "级", "直", "政府"))} - {""}
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for name in owners:
        by_first[name[0]].append(name)
    return UnitNames(
        owners=owners,
        by_first=by_first,
        before=frozenset(owners) | _EITHER | _BEFORE | own | heads,
        after=frozenset(owners) | _EITHER | _AFTER | own,
        district=district,
    )


def _pieces(texts: Iterable[str], district: str) -> Iterator[str]:
    """Give the words of a notice's titles, with and without the district and the year before them."""
    for text in texts:
        for piece in _PIECES.findall(_plain(text)):
            yield from {piece, piece.removeprefix(district), piece.removeprefix("年度")} - {"", district}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNames:
    """The units' short names by each of their names, and the words that may touch a name."""

    owners: Mapping[str, str]
    by_first: Mapping[str, list[str]]
    before: frozenset[str]
    after: frozenset[str]
    district: str

    def units_in(self, text: str) -> tuple[str, ...]:
        plain = _plain(text)
        found = [span for span in self._spans(plain) if not _cuts_latin(plain, span)]
        if not found:
            return ()
        before, after = self._clean_before(plain), self._clean_after(plain)
        whole = [(a, b) for a, b in found if before[a] and after[b]]
        longest = [one for one in whole if not any(_inside(one, other) for other in whole)]
        return tuple(dict.fromkeys(self.owners[plain[a:b]] for a, b in longest))

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        for start, first in enumerate(text):
            for name in self.by_first.get(first, ()):
                if text.startswith(name, start):
                    yield start, start + len(name)

    def _clean_before(self, text: str) -> list[bool]:
        """Say for each place whether a name may begin there, by what stands before it."""
        clean = [True] + [False] * len(text)
        longest = max(map(len, self.before))
        for at in range(1, len(text) + 1):
            starts = (start for start in range(max(0, at - longest), at) if clean[start])
            # What stands before the district's name is a larger place, or other words.
            placed = text.endswith(self.district, 0, at)
            clean[at] = _parts(text[at - 1]) or placed or any(text[start:at] in self.before for start in starts)
        return clean

    def _clean_after(self, text: str) -> list[bool]:
        """Say for each place whether a name may end there, by what stands after it."""
        clean = [False] * len(text) + [True]
        longest = max(map(len, self.after))
        for at in range(len(text) - 1, -1, -1):
            ends = (end for end in range(at + 1, min(len(text), at + longest) + 1) if clean[end])
            clean[at] = _parts(text[at]) or any(text[at:end] in self.after or _person(text[at:end]) for end in ends)
        return clean


def _inside(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one != other and other[0] <= one[0] and one[1] <= other[1]


def _person(text: str) -> bool:
    """Say whether a text may be a person's name: a common surname, and one or two characters."""
    return text[0] in _SURNAMES and 1 < len(text) <= 1 + _GIVEN and not any(map(_parts, text))


def _parts(character: str) -> bool:
    """Say whether a character parts words: all but the letters of a script without spaces."""
    return character.isascii() or not character.isalpha()


def _cuts_latin(text: str, span: tuple[int, int]) -> bool:
    """Say whether a name that begins or ends with Latin letters or digits stands inside a longer word of such."""
    edges = [(at - 1, at) for at in span if 0 < at < len(text)]
    return any(text[a].isascii() and text[b].isascii() and (text[a] + text[b]).isalnum() for a, b in edges)


def _plain(text: str) -> str:
    return folded_width(text).casefold()
