"""Who answers what: the responsible departments of the notice as assessed units.

The notice names departments per item (“责任部门”); a reading may name them per sub-point. A unit answers a sub-point
once, however many of the department names stand for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fazhi_xl.notice.model import Notice, Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Mapping[str, tuple[str, ...]]):
    """The codes of each unit's sub-points in the notice's order, by its short name; every unit is a key."""

    codes: Mapping[str, tuple[str, ...]]
    units: Mapping[
        str, tuple[str, ...]
    ]  # the other way round: who answers a sub-point, in the order of the list of units

    def __getitem__(self, unit: str) -> tuple[str, ...]:
        return self.codes[unit]

    def __iter__(self) -> Iterator[str]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def cells(self) -> int:
        """Count the pairs of a unit and a sub-point it answers."""
        return sum(len(codes) for codes in self.codes.values())

    @property
    def idle(self) -> tuple[str, ...]:
        """Name the units that have nothing to answer."""
        return tuple(unit for unit, codes in self.codes.items() if not codes)


def assign(notice: Notice) -> Assignment:
    """Derive from the responsible departments which unit answers which sub-points."""
    named = {code: tuple(_departments(notice, code)) for code in notice.sub_points}
    answered = {departments: expand(notice, departments) for departments in dict.fromkeys(named.values())}
    units = {code: answered[departments] for code, departments in named.items()}
    codes: dict[str, list[str]] = {unit.short: [] for unit in notice.units}
    for code, answering_it in units.items():
        for unit in answering_it:
            codes[unit].append(code)
    return Assignment(codes={unit: tuple(own) for unit, own in codes.items()}, units=units)


def answering(notice: Notice, code: str) -> tuple[str, ...]:
    """Name the units that answer a sub-point: those of its own departments, else of its item's."""
    return expand(notice, _departments(notice, code))


def _departments(notice: Notice, code: str) -> Iterable[str]:
    return notice.sub_points[code].answered_by or notice.item_of[code].responsible


def provided(notice: Notice, unit: str) -> tuple[Situation, ...]:
    """Give the deduction situations whose facts the unit holds."""
    return tuple(each for each in notice.deductions if unit in expand(notice, each.provided_by))


EVERY_UNIT = "@全部"


def expand(notice: Notice, departments: Iterable[str]) -> tuple[str, ...]:
    """Turn departments as printed into units' short names, each once, in the order of the notice's list.

    A name that is no department is a unit's short name, or `@` with a group's name. Raises KeyError for any other.
    """
    groups = {f"@{group.name}": tuple(member.unit for member in group.members) for group in notice.groups}
    groups[EVERY_UNIT] = tuple(unit.short for unit in notice.units)
    own = {**notice.departments, **{name: (name,) for name in (*groups[EVERY_UNIT], *groups)}}
    named = {name for department in departments for name in own[department]}
    found = {unit for name in named for unit in groups.get(name, (name,))}
    return tuple(unit for unit in groups[EVERY_UNIT] if unit in found)


def printed_name(notice: Notice, department: str) -> str:
    """Give a department's name as forms print it: a group's without its sign, and all units as the notice calls them."""
    every = f"全部{notice.about.words.unit}"
    return every if department == EVERY_UNIT else department.removeprefix("@")


def sharers(notice: Notice, unit: str, item: int) -> tuple[str, ...]:
    """Name the other units that answer any sub-point of the item (by its number), in the order of the list of units."""
    codes = (code for code, each in notice.item_of.items() if each.no == item)
    found = {each for code in codes for each in answering(notice, code)}
    return tuple(each.short for each in notice.units if each.short in found and each.short != unit)
