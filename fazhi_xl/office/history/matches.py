"""Which of this round's units and sub-points an earlier round's are, and how that is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from fazhi_xl.notice.model import Notice, SubPoint, Unit
from fazhi_xl.office.workspace.folder import Json
from fazhi_xl.office.workspace.identities import (
    RecordedSubPoint,
    RecordedUnit,
    likeness,
    plain,
    questions,
    recorded_sub_point,
    recorded_unit,
    sub_points_now,
    unit_now,
)
from fazhi_xl.text.one_line import cut

_SAID = 25  # characters of a text
_LIKE = 0.75  # of texts under other numbers; below that it is not worth asking


class How(StrEnum):
    """How two things are known to be the same; the values are what the office reads."""

    ID = "标识(id)相同"
    SAME = "编号相同,内容相同"
    NAME = "名称相同"
    LIKE = "只是文字相同或相近"
    NONE = "本期没有对应的"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMatch:
    """A unit of the earlier round, and this round's unit."""

    before: str
    now: Unit | None
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A sub-point of the earlier round, and this round's sub-point; `taken` tells whether its answers are taken over.

    One that only reads alike is taken over when the office has confirmed it.
    """

    before: RecordedSubPoint
    now: SubPoint | None
    how: How
    taken: bool

    @property
    def asked(self) -> bool:
        """Whether it is for the office to say."""
        return self.how is How.LIKE

    @property
    def text(self) -> str:
        """The match in a line: `15.4 → 14.4 …(只是文字相同或相近)`."""
        said = self.before.text or (self.now.text if self.now else "")
        return f"上期{self.before.code} → 本期{self.now.code if self.now else '(没有)'} {cut(said, _SAID)}({self.how})"


def unit_matches(notice: Notice, listed: Iterable[Json]) -> tuple[UnitMatch, ...]:
    """Match the units of a report. Raises KeyError and the like where it is damaged."""
    return tuple(_unit_match(notice, _recorded(each), each.get("id")) for each in listed)


def catalogue_unit_matches(notice: Notice, before: Notice) -> tuple[UnitMatch, ...]:
    """Match the units of an earlier catalogue, in its order, as those of a round issued from it would be."""
    return tuple(_unit_match(notice, recorded_unit(each), each.id) for each in before.units)


def _unit_match(notice: Notice, old: RecordedUnit, named: object) -> UnitMatch:
    """`named` is the id that the record gives it, if it gives one."""
    now = unit_now(notice, old)
    how = How.NONE if now is None else How.ID if now.id == named else How.NAME
    return UnitMatch(before=old.short, now=now, how=how)


def _recorded(each: Json) -> RecordedUnit:
    return RecordedUnit(short=each["unit"], id=str(each.get("id", each["unit"])), no=0)


def catalogue_matches(notice: Notice, before: Notice) -> tuple[Match, ...]:
    """Match the sub-points of an earlier catalogue, in its order, as those of a round issued from it would be."""
    return matches(notice, {code: recorded_sub_point(sub) for code, sub in before.sub_points.items()})


def matches(notice: Notice, before: Mapping[str, RecordedSubPoint]) -> tuple[Match, ...]:
    """Match the sub-points of an earlier round, in its order."""
    certain = {code: now for code, now in sub_points_now(notice, before).items() if now}
    free = [sub for sub in notice.sub_points.values() if sub not in certain.values()]
    made = []
    for code, old in before.items():
        now = certain.get(code)
        if now is not None:
            how = How.SAME if code == now.code and not _by_id(old, now) else How.ID
            made.append(Match(before=old, now=now, how=how, taken=True))
        else:
            like = _most_like(old, free)
            free = [sub for sub in free if sub is not like]
            made.append(Match(before=old, now=like, how=How.LIKE if like else How.NONE, taken=False))
    return tuple(made)


def confirmed(found: Iterable[Match]) -> tuple[Match, ...]:
    """Take over what only reads alike too."""
    return tuple(replace(each, taken=each.taken or each.asked) for each in found)


def _by_id(old: RecordedSubPoint, now: SubPoint) -> bool:
    return old.named and old.id == now.id


def _most_like(old: RecordedSubPoint, free: Iterable[SubPoint]) -> SubPoint | None:
    """Find the one sub-point whose text is most like; without a text, the one that asks the same."""
    if not old.text:
        asking = [sub for sub in free if old.asked and old.asked == questions(sub)]
        return asking[0] if len(asking) == 1 else None
    near = sorted(_near(old, free), key=lambda pair: pair[0], reverse=True)
    first, second = [*near, *[(0.0, None)] * 2][:2]
    return first[1] if first[0] >= _LIKE and first[0] > second[0] else None


def _near(old: RecordedSubPoint, free: Iterable[SubPoint]) -> Iterator[tuple[float, SubPoint]]:
    yield from ((likeness(old.plain, plain(sub.text)), sub) for sub in free)
