"""Departments as printed, each matched to the units that it means; what is only alike, or a group, is doubtful."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from fazhi_xl.notice.assignment import EVERY_UNIT
from fazhi_xl.setup.book.asked import WHICH_UNIT, WHICH_UNITS
from fazhi_xl.setup.draft.characters import in_brackets, joined, listed, squeezed, without_brackets
from fazhi_xl.setup.draft.units import LEVELS, ReadUnit

_LEVEL = re.compile(r"^(?:中共)?(?:全)?(?:省|市|区|县|州|旗|镇|乡|街道)(?:委|政府)?(?=\S{2,})")
_ALL = re.compile(
    r"^(?:各|全部|全体|所有|其他|相关|有关|各有关|各相关)*(?:参评|被?考核|被?评价|成员|责任)?(?:单位|部门|对象|地区|乡镇|镇|街道|乡|\(街道\)|、)+$"
)
_GROUP = re.compile(r"^各|^所有|^全部|^全体|各\S|(?:部门|单位|机关|类|乡镇|街道|\(街道\))$")
_NAME_ENDS = (*"局办部委院会所处室队站社联署厅司庭科", "银行", "机关", "部门", "单位", "中心", "街道", "公司", "学校")
_ROLE = re.compile(r"^(?:牵头|主办|责任|配合|协办)(?:单位|部门)?[:：]\s*|[(（]?(?:牵头|负责|配合|主办|协办)[)）]?$")
_ASSESSORS = f"是考核别人的部门、由全部单位填报的,写“{EVERY_UNIT}”"
_SOMEWHAT, _MUCH, _SHORTEST = 0.6, 0.8, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a department as printed means: units' short names, or `@` with a group's; `doubt` says why it is not sure."""

    units: tuple[str, ...]
    doubt: str = ""


class Names:
    """The units, and what the notice tells of names.

    That is the district's own name, classes of units, and bodies that are explained in brackets: 领导小组办公室(县某局).
    """

    def __init__(
        self,
        units: Iterable[ReadUnit],
        district: str = "",
        groups: Sequence[str] = (),
        explained: Sequence[tuple[str, str]] = (),
    ) -> None:
        self._district, self._groups, self._explained = district, groups, explained
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._formed: dict[str, set[str]] = defaultdict(set)
        self._absorbed: dict[str, set[str]] = defaultdict(set)
        for unit in units:
            for name in (unit.name, unit.short):
                self._exact[squeezed(name)].add(unit.short)
                self._add(self._formed, name, unit)
            for name in unit.absorbed:
                self._add(self._absorbed, name, unit)

    def _add(self, names: dict[str, set[str]], name: str, unit: ReadUnit) -> None:
        for form in self._forms(name):
            names[form].add(unit.short)

    def match(self, printed: str) -> Match:
        """Find what a department means, by the surest way that leads to units."""
        bare = _ROLE.sub("", printed)
        if bare != printed and len(bare) >= _SHORTEST:
            meant = self.match(bare)
            return Match(
                units=meant.units, doubt=";".join(filter(None, (f"牵头和配合没有区分,按“{bare}”", meant.doubt)))
            )
        ways = (self._sure, self._bracketed, self._grouped, self._shortened)
        return next((found for way in ways if (found := way(printed))), None) or self._alike(printed)

    def is_unit(self, printed: str) -> bool:
        """Tell whether a name is surely a unit's."""
        return self._sure(printed) is not None

    def _sure(self, printed: str) -> Match | None:
        found = self._unit(printed)
        return Match(units=(found,)) if found else None

    def _unit(self, printed: str) -> str | None:
        """Give the unit that is called so, whatever level of government either name begins with; None where it is not one only."""
        found = self._exact.get(squeezed(printed)) or set()
        for names in (self._formed, self._absorbed):
            found = found or {short for form in self._forms(printed) for short in names.get(form, ())}
        return next(iter(found)) if len(found) == 1 else None

    def _forms(self, name: str) -> Iterator[str]:
        """Give a name without the district's name, and without the level of government that it begins with."""
        whole = squeezed(name)
        yield whole
        stem = self._district[:-1] if len(self._district) > 2 else self._district
        for prefix in filter(None, (self._district, stem)):
            if whole.startswith(prefix) and len(whole) - len(prefix) >= _SHORTEST:
                yield whole.removeprefix(prefix)
        level = _LEVEL.sub("", whole)
        if len(level) >= _SHORTEST and level != whole:
            yield level
        if whole[:1] in LEVELS and len(whole) > _SHORTEST:
            yield whole[1:]

    def _bracketed(self, printed: str) -> Match | None:
        """Take a name without its brackets, or what they say that it is."""
        bare = without_brackets(printed)
        inner = in_brackets(printed)
        if bare != printed and (found := self._unit(bare)):
            return Match(units=(found,), doubt=f"括号里的“{'、'.join(inner)}”没有单独对应,按“{found}”")
        named = [found for each in inner if (found := self._unit(each))]
        if named and not _GROUP.search(squeezed(bare)):
            return Match(units=tuple(dict.fromkeys(named)), doubt=f"按括号里的“{'、'.join(inner)}”对应")
        for body, unit in self._explained:
            if _abbreviates(squeezed(printed), squeezed(body)) and (found := self._unit(unit)):
                return Match(units=(found,), doubt=f"不在单位名单里;通知里写有“{body}({unit})”,按“{found}”")
        return None

    def _grouped(self, printed: str) -> Match | None:
        """Take a name of many units: a class of the list, or all of them; one of which there is no list is left open."""
        name = squeezed(printed)
        if not _GROUP.search(name):
            return None
        if _ALL.fullmatch(name):
            return Match(units=(EVERY_UNIT,), doubt="按名单上的全部单位对应")
        for group in self._groups:
            if _bare_group(name) == squeezed(group) or (len(group) > 2 and name.startswith(squeezed(group))):
                return Match(units=(f"@{group}",), doubt=f"按名单里的“{group}”对应")
        if re.search(r"^各|^所有|^全部|^全体|各|部门$|单位$|机关$|(?:乡|镇)\(街道\)$", name):
            return Match(units=(), doubt=WHICH_UNITS)
        return None

    def _shortened(self, printed: str) -> Match | None:
        """Take the one unit whose name is the same but shorter, or longer: 住建局 for 住房和城乡建设局."""
        wanted = tuple(self._forms(without_brackets(printed)))
        found = {
            short
            for name, shorts in (*self._formed.items(), *self._absorbed.items())
            if any(_abbreviates(form, name) or _abbreviates(name, form) for form in wanted)
            for short in shorts
        }
        return Match(units=tuple(found), doubt=f"像是“{next(iter(found))}”的简称或者全称") if len(found) == 1 else None

    def _alike(self, printed: str) -> Match:
        """Take the unit whose name is much like it, and name those that are somewhat like it; they are never sure."""
        names = {**self._absorbed, **self._formed}
        wanted = list(self._forms(without_brackets(printed)))[-1]
        near = get_close_matches(wanted, names, n=6, cutoff=_SOMEWHAT)
        if not near:
            return Match(units=(), doubt=f"不在单位名单里,也没有名称相近的,{WHICH_UNIT};{_ASSESSORS}")
        shorts = tuple(dict.fromkeys(short for each in near for short in sorted(names[each])))[:3]
        told = f"不在单位名单里,名称相近的有“{'”“'.join(shorts)}”"
        much = {short for each in get_close_matches(wanted, near, n=6, cutoff=_MUCH) for short in names[each]}
        if len(much) == 1:
            return Match(units=tuple(much), doubt=f"{told},按“{next(iter(much))}”")
        return Match(units=(), doubt=f"{told},没有对应,{WHICH_UNIT};{_ASSESSORS}")


def _bare_group(name: str) -> str:
    return re.sub(r"^(?:各|所有|全部|全体)|(?:各?(?:单位|部门|对象))$", "", name)


def _abbreviates(short: str, whole: str) -> bool:
    """Tell whether a short name is made of a long one's characters, in their order, the first and the kind of body among them."""
    rest = iter(whole)
    return 2 < len(short) < len(whole) and short[0] == whole[0] and all(char in rest for char in short)


def printed_departments(text: str, names: Names, *, wrapped: bool) -> tuple[str, ...]:
    """Part a cell's departments. Where its lines are `wrapped`, a name that a line's end broke is put together again."""
    parts = listed(_unwrapped(text, names) if wrapped else text)
    return tuple(dict.fromkeys(joined(part) for part in parts))


def _unwrapped(text: str, names: Names) -> str:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    made: list[str] = []
    for line in lines:
        if made and _goes_on(made[-1], line, names):
            made[-1] += line
        else:
            made.append(line)
    return "\n".join(made)


def _goes_on(held: str, line: str, names: Names) -> bool:
    """Tell whether a line goes on with the name that the one before began."""
    if held.count("(") + held.count("（") > held.count(")") + held.count("）"):
        return True
    if held.endswith(("、", ",", "，", ";", "；")) or names.is_unit(held):
        return False
    if names.is_unit(held.rsplit("、", 1)[-1] + line) and not names.is_unit(line):
        return True
    return not held.endswith((*_NAME_ENDS, ")", "）")) or len(held) < 3 or len(line) == 1
