"""An old catalogue with what it refers to under today's names, so that a thing that was renamed does not change what names it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fazhi_xl.notice.assignment import EVERY_UNIT
from fazhi_xl.notice.model import Group, Item, Notice, Section, Situation, SituationLimit, SubPoint
from fazhi_xl.notice.registers import Register
from fazhi_xl.setup.compare.listed import paired
from fazhi_xl.setup.compare.pairs import Pairs

Names = Mapping[str, str]


def under_todays_names(pairs: Pairs) -> Notice:
    """Give the old catalogue, in which units, items, sub-points and situations are referred to as they are called today."""
    return _Names.of(pairs).notice(pairs.old)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """Today's names by those of then: of units their short names, of all else their ids."""

    units: Names
    departments: frozenset[str]
    items: Names
    sub_points: Names
    situations: Names

    @classmethod
    def of(cls, pairs: Pairs) -> _Names:
        old, new = pairs.old, pairs.new
        return cls(
            units=pairs.shorts,
            departments=frozenset(old.departments) | {EVERY_UNIT},
            items={a.id: b.id for a, b in pairs.present(pairs.items)},
            sub_points={old.sub_points[then].id: new.sub_points[now].id for then, now in pairs.codes.items()},
            situations={
                a.id: b.id
                for kind in ("bonus", "deductions")
                for a, b in paired(getattr(old, kind), getattr(new, kind))
                if a and b
            },
        )

    def notice(self, old: Notice) -> Notice:
        changed = {
            "about": old.about.model_copy(
                update={
                    "loss_caps": tuple(
                        each.model_copy(update={"sub_points": _each(each.sub_points, self.sub_points)})
                        for each in old.about.loss_caps
                    ),
                    "review": old.about.review.model_copy(
                        update={"sections": tuple(map(self._section, old.about.review.sections))}
                    ),
                }
            ),
            "groups": tuple(map(self._group, old.groups)),
            "departments": {name: self._units(units) for name, units in old.departments.items()},
            "items": tuple(map(self._item, old.items)),
            "deductions": tuple(map(self._situation, old.deductions)),
            "limits": tuple(map(self._limit, old.limits)),
            "registers": tuple(map(self._register, old.registers)),
        }
        return old.model_copy(update=changed)

    def _units(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(name if name in self.departments else self.units.get(name, name) for name in names)

    def _section(self, old: Section) -> Section:
        return old.model_copy(update={"items": _each(old.items, self.items)})

    def _group(self, old: Group) -> Group:
        members = (each.model_copy(update={"unit": self.units.get(each.unit, each.unit)}) for each in old.members)
        return old.model_copy(update={"members": tuple(members)})

    def _item(self, old: Item) -> Item:
        subs = tuple(map(self._sub_point, old.sub_points))
        return old.model_copy(update={"responsible": self._units(old.responsible), "sub_points": subs})

    def _sub_point(self, old: SubPoint) -> SubPoint:
        return old.model_copy(update={"answered_by": self._units(old.answered_by)})

    def _situation(self, old: Situation) -> Situation:
        return old.model_copy(update={"provided_by": self._units(old.provided_by)})

    def _limit(self, old: SituationLimit) -> SituationLimit:
        return old.model_copy(update={"of": _each(old.of, self.situations)})

    def _register(self, old: Register) -> Register:
        feeds = (
            each.model_copy(update={"sub_point": self.sub_points.get(each.sub_point, each.sub_point)})
            for each in old.feeds
        )
        return old.model_copy(update={"feeds": tuple(feeds)})


def _each(names: Iterable[str], now: Names) -> tuple[str, ...]:
    return tuple(now.get(name, name) for name in names)
