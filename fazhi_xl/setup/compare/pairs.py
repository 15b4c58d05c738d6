"""Which things of two catalogues are the same: units and sub-points as an earlier round's answers are carried over, items by these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from fazhi_xl.notice.model import Item, Notice, SubPoint, Unit
from fazhi_xl.office.history.matches import How, Match, UnitMatch, catalogue_matches, catalogue_unit_matches

Thing = TypeVar("Thing", Unit, Item, SubPoint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair(Generic[Thing]):
    """A thing of the old catalogue and of the new one; one of them is None where there is no such thing.

    `how` says by what they are known to be the same. One that is `merged` was taken in by one that has a counterpart of its own.
    """

    before: Thing | None
    now: Thing | None
    how: How = How.NONE
    merged: bool = False


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """The pairs of two catalogues, and what the old one's things are called in the new one."""

    old: Notice
    new: Notice
    unit_matches: tuple[UnitMatch, ...]
    sub_point_matches: tuple[Match, ...]

    @classmethod
    def of(cls, old: Notice, new: Notice) -> Pairs:
        return cls(
            old=old,
            new=new,
            unit_matches=catalogue_unit_matches(new, old),
            sub_point_matches=catalogue_matches(new, old),
        )

    @cached_property
    def units(self) -> tuple[Pair[Unit], ...]:
        """Every unit: the old ones in their order, then those that are new."""
        certain = {each.now.short for each in self.unit_matches if each.now and each.how is How.ID}
        made, taken = [], set(certain)
        for old, each in zip(self.old.units, self.unit_matches, strict=True):
            merged = each.now is not None and each.how is not How.ID and each.now.short in taken
            made.append(Pair(before=old, now=each.now, how=each.how, merged=merged))
            taken |= {each.now.short} if each.now else set()
        fresh = (unit for unit in self.new.units if unit.short not in taken)
        return (*made, *(Pair(before=None, now=unit) for unit in fresh))

    @cached_property
    def sub_points(self) -> tuple[Pair[SubPoint], ...]:
        """Every sub-point: the old ones in their order, then those that are new."""
        olds = self.old.sub_points
        made = [Pair(before=olds[each.before.code], now=each.now, how=each.how) for each in self.sub_point_matches]
        taken = {each.now.code for each in made if each.now}
        fresh = (sub for code, sub in self.new.sub_points.items() if code not in taken)
        return (*made, *(Pair(before=None, now=sub) for sub in fresh))

    @cached_property
    def items(self) -> tuple[Pair[Item], ...]:
        """Every item: the old ones in their order, then those that are new."""
        free = {item.id: item for item in self.new.items}
        found: dict[int, Item] = {}
        for candidates in (self._by_id, self._by_sub_points, self._by_name):
            for old in self.old.items:
                now = candidates(old, free) if old.no not in found else None
                if now:
                    found[old.no] = free.pop(now.id)
        made = (Pair(before=old, now=found.get(old.no)) for old in self.old.items)
        return (*made, *(Pair(before=None, now=item) for item in free.values()))

    def _by_id(self, old: Item, free: Mapping[str, Item]) -> Item | None:
        """Go by an id that was given on purpose; a number alone says nothing."""
        return free.get(old.id) if old.id != str(old.no) else None

    def _by_sub_points(self, old: Item, free: Mapping[str, Item]) -> Item | None:
        """Go by where most of its sub-points are now."""
        now = (self.new.item_of[code].id for sub in old.sub_points if (code := self.codes.get(sub.code)))
        found = Counter(each for each in now if each in free).most_common(1)
        return free[found[0][0]] if found else None

    def _by_name(self, old: Item, free: Mapping[str, Item]) -> Item | None:
        return next((each for each in free.values() if each.name == old.name), None)

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """Today's code of each sub-point that there still is, by its code then."""
        return {each.before.code: each.now.code for each in self.sub_points if each.before and each.now}

    @cached_property
    def shorts(self) -> Mapping[str, str]:
        """Today's short name of each unit that there still is, by its short name then."""
        return {each.before.short: each.now.short for each in self.units if each.before and each.now}

    def present(self, pairs: Iterable[Pair[Thing]]) -> Iterator[tuple[Thing, Thing]]:
        """Give the pairs of which there are both."""
        return ((each.before, each.now) for each in pairs if each.before and each.now and not each.merged)
