"""The fields in which two values of a catalogue differ, each by its Chinese name, with what it said and what it says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic.fields import FieldInfo

from fazhi_xl.notice.meanings import PARTS
from fazhi_xl.notice.rules import Plain
from fazhi_xl.notice.titles import TITLES
from fazhi_xl.setup.compare.listed import called, has_own_id, paired
from fazhi_xl.setup.compare.said import entry, said
from fazhi_xl.text.one_line import cut

Way = tuple[str, ...]
_NAMED = 24  # characters of a name within a longer one


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field that differs: its way of names from the thing (`日期`, `报送期限`), and its words; blank where it said nothing.

    `field` is the catalogue's own name of the thing's field that it is, or lies in.
    """

    field: str
    way: Way
    before: str
    after: str

    @property
    def title(self) -> str:
        """The field in words: 日期的报送期限."""
        return "的".join(self.way)


def changed_fields(old: Plain, new: Plain, *, skip: Collection[str] = ()) -> tuple[FieldChange, ...]:
    """Give the fields of a thing that differ, in the order of the model, but for those to skip."""
    return tuple(
        FieldChange(field=name, way=way, before=before, after=after)
        for name in type(old).model_fields
        if name not in skip
        for way, before, after in _field(name, old, new)
    )


_Said = tuple[Way, str, str]


def _field(name: str, old: Plain, new: Plain) -> Iterator[_Said]:
    if name == "id" and not (has_own_id(old) or has_own_id(new)):
        return  # it only repeats a name or a number
    info = type(old).model_fields[name]
    yield from _changes((TITLES.get(name, name),), getattr(old, name), getattr(new, name), info)


def _changes(way: Way, old: Any, new: Any, info: FieldInfo) -> Iterator[_Said]:  # noqa: ANN401 - whatever a field holds
    if old == new:
        return
    match old, new:
        case Plain(), Plain():
            yield from _inside(way, old, new)
        case tuple(), tuple() if any(isinstance(each, Plain) for each in (*old, *new)):
            yield from _members(way, old, new)
        case Mapping(), Mapping():
            yield from _entries(way, old, new, info)
        case _:
            yield way, said(old, info), said(new, info)


def _inside(way: Way, old: Plain, new: Plain) -> Iterator[_Said]:
    if type(old) is not type(new):
        yield (*way, TITLES["kind"]), _of_kind(old), _of_kind(new)
        return
    for name in type(old).model_fields:
        for own, before, after in _field(name, old, new):
            yield (*way, *own), before, after


def _of_kind(part: Plain) -> str:
    """Say what a part of a rule is, and what it is made of."""
    word = PARTS.get(str(getattr(part, "kind", "")))
    return f"{word}({said(part)})" if word else said(part)


def _members(way: Way, old: tuple[Plain, ...], new: tuple[Plain, ...]) -> Iterator[_Said]:
    """Tell of a list of tables: members that are there no more or are new, fields within, and another order."""
    pairs = paired(old, new)
    for no, (before, now) in enumerate(pairs, 1):
        own = (*way[:-1], f"{way[-1]}{_name(before or now, no)}")
        if before and now:
            yield from _inside(own, before, now)
        else:
            yield own, said(before), said(now)
    if _reordered(pairs, old, new):
        yield (*way, "顺序"), said(tuple(map(_title, old))), said(tuple(map(_title, new)))


def _reordered(
    pairs: Iterable[tuple[Plain | None, Plain | None]], old: tuple[Plain, ...], new: tuple[Plain, ...]
) -> bool:
    """Say whether members that stayed stand in another order."""
    stayed = sorted((new.index(b), old.index(a)) for a, b in pairs if a and b)
    return stayed != sorted(stayed, key=lambda place: place[1])


def _name(each: Plain | None, no: int) -> str:
    name = called(each) if each else ""
    return f"“{cut(name, _NAMED)}”" if name else f"第{no}条"


def _title(each: Plain) -> str:
    return called(each) or said(each)


def _entries(way: Way, old: Mapping[str, Any], new: Mapping[str, Any], info: FieldInfo) -> Iterator[_Said]:
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            yield (*way[:-1], f"{way[-1]}“{entry(key)}”"), said(old.get(key), info), said(new.get(key), info)
