"""The patches that the chosen readings make to the raw catalogue."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import Any

from fazhi_xl.errors import Problem
from fazhi_xl.notice.faults import Fault
from fazhi_xl.notice.model import Reading
from fazhi_xl.notice.shape import fitting, path_text
from fazhi_xl.notice.source import Source, TomlTable, item_no, tables

FILE = "readings.toml"

# Where the things stand that a change can name, beside items and sub-points.
_HOMES: Mapping[str, str] = MappingProxyType(
    {
        "about": "notice.toml",
        "departments": "departments.toml",
        "units": "units.toml",
        "groups": "groups.toml",
        "bonus": "adjustments.toml",
        "deductions": "adjustments.toml",
        "registers": "registers.toml",
    }
)
# What a change names them by where they have no id.
_NAMED_BY: Mapping[str, str] = MappingProxyType(
    {
        "units": "short",
        "groups": "name",
        "sub_points": "code",
        "bonus": "label",
        "deductions": "label",
        "registers": "name",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One patched value: `key` of the target's table becomes `value`."""

    reading: int
    option: int
    target: str
    key: str
    value: object
    chosen: bool

    @property
    def stem(self) -> str:
        """The place of the patch in readings.toml."""
        return path_text("readings", self.reading, "options", self.option, "changes", self.target)

    @property
    def path(self) -> str:
        """The place of the patched key in readings.toml."""
        return f"{self.stem}.{path_text(self.key)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The table a target names, and where it stands."""

    file: str
    path: str
    table: TomlTable


def changes(source: Source) -> tuple[Change, ...]:
    """List the changes of every option of the valid readings, in their order."""
    return tuple(
        Change(reading=at, option=nth, target=target, key=key, value=value, chosen=option.key == reading.chosen)
        for at, reading in readings(source)
        for nth, option in enumerate(reading.options)
        for target, patch in option.changes.items()
        for key, value in patch.items()
    )


def readings(source: Source) -> Iterator[tuple[int, Reading]]:
    """Yield the readings that are valid, each with its position in the file."""
    for at, table in tables(source.table(FILE), "readings"):
        if reading := fitting(Reading, table):
            yield at, reading


def apply(source: Source, change: Change) -> None:
    """Patch the source in place; a change without a target does nothing, as `change_problems` reports it."""
    place = target_of(source, change.target)
    holder, key = _holder(place.table, change.key) if place else (None, "")
    if isinstance(holder, dict):
        holder[key] = deepcopy(change.value)
    elif isinstance(holder, list):
        holder[int(key)] = deepcopy(change.value)


def change_problems(source: Source, broken: Collection[str]) -> Iterator[Problem]:
    """Report the changes, chosen or not, whose target or key does not exist, and the chosen ones that patch the same value.

    Changes to one of the `broken` files are not checked, since that file's own faults are reported already.
    """
    every = changes(source)
    for change in every:
        message = _fault(source, change)
        if message and _home(source, change.target) not in broken:
            yield Problem(file=FILE, path=change.path, message=message)
    for first, second in combinations((change for change in every if change.chosen), 2):
        if _meet(first, second):
            yield Problem(file=FILE, path=second.path, message=Fault.SAME_CHANGE(other=first.path))


def _fault(source: Source, change: Change) -> str:
    place = target_of(source, change.target)
    if place is None:
        return Fault.NO_TARGET(target=change.target)
    holder, _ = _holder(place.table, change.key)
    return "" if holder is not None else Fault.NO_KEY(target=change.target, key=change.key)


def _home(source: Source, target: str) -> str:
    kind, _, name = target.partition(".")
    if kind in _HOMES:
        return _HOMES[kind]
    item = name.partition(".")[0]
    return next((file for file in (*source.items, *source.unread) if str(item_no(file)) == item), "")


def _meet(first: Change, second: Change) -> bool:
    if first.reading == second.reading or first.target != second.target:
        return False
    shorter, longer = sorted((first.key, second.key), key=len)
    return shorter == longer or longer.startswith(f"{shorter}.")


def _holder(table: TomlTable, key: str) -> tuple[Any, str]:
    """Find the table or list that holds a key, which may be a path (`rule.parts.0.below`); None if there is none."""
    if key in table:
        return table, key
    *way, last = key.split(".")
    holder: Any = table
    for step in way:
        holder = _step(holder, step)
    return holder if _takes(holder, last) else None, last


def _step(node: Any, step: str) -> Any:  # noqa: ANN401 - a node of a parsed TOML file can be anything
    if isinstance(node, list):
        return node[int(step)] if _takes(node, step) else None
    return node.get(step) if isinstance(node, dict) else None


def _takes(node: object, key: str) -> bool:
    return isinstance(node, dict) or (isinstance(node, list) and key.isdecimal() and int(key) < len(node))


def target_of(source: Source, target: str) -> Target | None:
    """Find what a change's target names; None where the catalogue has no such thing."""
    kind, _, name = target.partition(".")
    if kind == "about" or target == "departments":
        return _place_of_table(source, _HOMES[kind], name if kind == "about" else kind)
    if kind == "items":
        found = (file for file in source.items if source.table(file).get("id", str(item_no(file))) == name)
        return next((Target(file=file, path="", table=source.table(file)) for file in found), None)
    return next(_places_named(source, kind, name), None)


def _place_of_table(source: Source, file: str, section: str) -> Target | None:
    table = source.table(file).get(section) if section else source.files.get(file)
    path = path_text(section) if section else ""
    return Target(file=file, path=path, table=table) if isinstance(table, dict) else None


def _places_named(source: Source, section: str, name: str) -> Iterator[Target]:
    field = _NAMED_BY.get(section, "")
    for file in source.items if section == "sub_points" else (_HOMES.get(section, ""),):
        for at, table in tables(source.table(file), section):
            if table.get("id", table.get(field)) == name:
                yield Target(file=file, path=path_text(section, at), table=table)
