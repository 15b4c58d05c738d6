"""Which members of two lists of a catalogue are the same thing: by what they go by, else by their place and what they say."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from fazhi_xl.findings.adjustable import finding_name
from fazhi_xl.notice.model import (
    GradeBand,
    Group,
    Indicator,
    Item,
    Level,
    LossCap,
    Member,
    Option,
    Project,
    RankingGroup,
    Reading,
    Section,
    Situation,
    SituationLimit,
    SubPoint,
    Switch,
    Unit,
    Veto,
)
from fazhi_xl.notice.registers import Feed, Register, RegisterColumn
from fazhi_xl.notice.rules import Input, Plain
from fazhi_xl.text.dates import chinese_date

Listed = TypeVar("Listed", bound=Plain)

_NAME: Callable[[Any], str] = lambda each: each.name  # noqa: E731 - one of many alike
_ID: Callable[[Any], str] = lambda each: each.id  # noqa: E731
_KEY: Callable[[Any], str] = lambda each: each.key  # noqa: E731
_GOES_BY: Mapping[type[Plain], Callable[[Any], Hashable]] = MappingProxyType(
    {
        **dict.fromkeys((Group, Level, Register, GradeBand, Section, SituationLimit), _NAME),
        **dict.fromkeys((Situation, Veto), _ID),
        **dict.fromkeys((Input, RegisterColumn, Reading, Option), _KEY),
        RankingGroup: lambda each: each.code,
        Member: lambda each: each.unit,
        Feed: lambda each: (each.sub_point, each.input),
        Project: lambda each: (each.factor, each.name),
        Indicator: lambda each: each.no,
        LossCap: lambda each: each.text,
        Switch: lambda each: (each.finding, each.since),
    }
)
"""What a member of a list goes by; one of any other kind goes by its place."""
_CALLED: Mapping[type[Plain], Callable[[Any], str]] = MappingProxyType(
    {
        Unit: lambda each: each.short,
        Item: lambda each: f"{each.no} {each.name}",
        SubPoint: lambda each: each.code,
        Input: lambda each: each.label,
        Situation: lambda each: each.label,
        Veto: lambda each: each.label,
        RegisterColumn: lambda each: each.heading,
        RankingGroup: lambda each: each.name,
        Member: lambda each: each.unit,
        Reading: lambda each: each.key,
        Option: lambda each: each.key,
        Feed: lambda each: f"{each.sub_point} {each.input}",
        Indicator: lambda each: str(each.no),
        LossCap: lambda each: each.text,
        Switch: lambda each: f"{finding_name(each.finding)}({chinese_date(each.since)}起)",
        **dict.fromkeys((Group, Level, Register, GradeBand, Section, SituationLimit, Project), _NAME),
    }
)
_DEFAULT_ID: Mapping[type[Plain], str] = MappingProxyType(
    {Unit: "short", SubPoint: "code", Item: "no", Situation: "label", Veto: "label"}
)


def called(each: Plain) -> str:
    """Give what the office calls a thing; nothing where it has no name."""
    name = _CALLED.get(type(each))
    return name(each) if name else ""


def has_own_id(each: Plain) -> bool:
    """Say whether a thing was given an id, and does not only go by its name or number."""
    field = _DEFAULT_ID.get(type(each), "")
    return bool(field) and getattr(each, "id", "") != str(getattr(each, field))


def paired(old: Sequence[Listed], new: Sequence[Listed]) -> tuple[tuple[Listed | None, Listed | None], ...]:
    """Pair the members: the old ones in their order, then those that are new."""
    before, now = _keyed(old, new)
    gone = [key for key in before if key not in now]
    fresh = [key for key in now if key not in before]
    other = dict(_renamed([(key, before[key]) for key in gone], [(key, now[key]) for key in fresh]))
    kept = {key: other.get(key, key) for key in before}
    found = [(each, now.get(kept[key])) for key, each in before.items()]
    return (*found, *((None, now[key]) for key in fresh if key not in other.values()))


def _keyed(old: Sequence[Listed], new: Sequence[Listed]) -> tuple[dict[Hashable, Listed], dict[Hashable, Listed]]:
    """Give the members by what they go by; by their places where two go by the same."""
    goes_by = next((_GOES_BY.get(type(each)) for each in (*old, *new)), None)
    if goes_by:
        before, now = ({goes_by(each): each for each in every} for every in (old, new))
        if (len(before), len(now)) == (len(old), len(new)):
            return before, now
    return dict(enumerate(old)), dict(enumerate(new))


_Keyed = Sequence[tuple[Hashable, Plain]]


def _renamed(gone: _Keyed, fresh: _Keyed) -> Iterator[tuple[Hashable, Hashable]]:
    """Give the keys then and now of members that say nearly the same under another name, each with the one most like it."""
    free = dict(fresh)
    for key, old in gone:
        like = {other: likeness for other, new in free.items() if (likeness := _likeness(old, new))}
        if like:
            found = max(like, key=lambda other: like[other])
            free.pop(found)
            yield key, found


def _likeness(old: Plain, new: Plain) -> float:
    """Say how much of what two members say is the same, their numbers aside; nothing where that is less than half.

    What answers and counts go by is no name: under another key there is another thing.
    """
    if isinstance(old, Input | Feed | Member | Switch) or type(old) is not type(new):
        return 0
    fields = [name for name in type(old).model_fields if name not in {"no", "id"}]
    same = sum(getattr(old, name) == getattr(new, name) for name in fields)
    return same if 2 * same >= len(fields) else 0
