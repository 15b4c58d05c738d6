"""Which thing of one catalogue's tables is which of another's: by its id, else by what it is called, else by its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any

from fazhi_xl.notice.lines import Place
from fazhi_xl.notice.source import TomlTable

Paired = Mapping[int, int]
"""Positions in the later list by those in the earlier."""

_STANDS_FOR_ID = ("code", "short", "label", "no")
_CALLED = ("text", "short", "name", "key", "label", "unit", "code", "no")


def same(one: object, other: object) -> bool:
    """Say whether two values of TOML files are the same: 1 and 1.00 are, true and 1 are not."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other) or (one != one and other != other)  # noqa: PLR0124 - what is no number is the same as itself


def placed_alike(earlier: object, later: object) -> dict[Place, Place]:
    """Give the places of the earlier value by those of the later, for all things that are in both."""
    return dict(_alike(earlier, later, (), ()))


def _alike(earlier: object, later: object, before: Place, now: Place) -> Iterator[tuple[Place, Place]]:
    yield now, before
    if isinstance(earlier, dict) and isinstance(later, dict):
        for key in later.keys() & earlier.keys():
            yield from _alike(earlier[key], later[key], (*before, key), (*now, key))
    if isinstance(earlier, list) and isinstance(later, list):
        for at, to in paired(earlier, later).items():
            yield from _alike(earlier[at], later[to], (*before, at), (*now, to))


def paired(earlier: list[Any], later: list[Any]) -> Paired:
    """Pair the elements of two lists: tables by their ids, by what they are called, by their places; other values where equal."""
    pairs: dict[int, int] = {}
    _pair_by(_whole, earlier, later, pairs)
    _pair_by(_identity, earlier, later, pairs, _has_id)
    for field in _CALLED:
        _pair_by(_field(field), earlier, later, pairs, _may_be_one)
    for at, (one, other) in enumerate(zip(earlier, later, strict=False)):
        if at not in pairs and at not in pairs.values() and _nameless(one) and _nameless(other):
            pairs[at] = at
    return dict(sorted(pairs.items()))


_Named = Callable[[Any], Hashable]
_Fit = Callable[[object, object], bool]


def _any_two(_one: object, _other: object) -> bool:
    return True


def _pair_by(named: _Named, earlier: list[Any], later: list[Any], pairs: dict[int, int], fit: _Fit = _any_two) -> None:
    """Pair what has the same name, fits, and has no pair yet, one after the other."""
    taken = set(pairs.values())
    waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
    for to, each in enumerate(later):
        if to not in taken and (name := named(each)) is not None:
            waiting[name].append(to)
    for at, each in enumerate(earlier):
        if at not in pairs and (name := named(each)) is not None:
            found = next((to for to in waiting[name] if fit(each, later[to])), None)
            if found is not None:
                waiting[name].remove(found)
                pairs[at] = found


def _whole(node: object) -> Hashable:
    """Give a value as something that can be looked up."""
    if isinstance(node, dict):
        return "table", frozenset((key, _whole(value)) for key, value in node.items())
    if isinstance(node, list):
        return "list", tuple(map(_whole, node))
    return type(node) is bool, str(node)


def _identity(node: object) -> Hashable:
    if not isinstance(node, dict):
        return None
    given = node.get("id") or next((node[key] for key in _STANDS_FOR_ID if key in node), None)
    return None if given is None else str(given)


def _field(field: str) -> _Named:
    def value(node: object) -> Hashable:
        held = node.get(field) if isinstance(node, dict) else None
        return str(held) if isinstance(held, str | int) else None

    return value


def _may_be_one(one: object, other: object) -> bool:
    """Say whether two tables may be the same thing: those that both have an id of their own are not."""
    return not (_given(one) and _given(other))


def _has_id(one: object, other: object) -> bool:
    return _given(one) or _given(other)


def _given(node: object) -> bool:
    return isinstance(node, dict) and bool(node.get("id"))


def _nameless(node: object) -> bool:
    return isinstance(node, dict) and not any(field in node for field in ("id", *_CALLED))


def same_items(earlier: Mapping[str, TomlTable], later: Mapping[str, TomlTable]) -> dict[str, str]:
    """Give the earlier files by the later ones that hold the same item, by the tables of both."""
    before, now = list(earlier), list(later)
    return {now[to]: before[at] for at, to in paired(list(earlier.values()), list(later.values())).items()}
