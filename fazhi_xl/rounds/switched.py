"""How many findings each of the office's switches changed, and of which units the forms say otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from fazhi_xl.findings import Code
from fazhi_xl.notice.model import Switch
from fazhi_xl.notice.switches import in_force
from fazhi_xl.rounds.file import FileResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A switch, and how many findings of the returns are told otherwise by it, or not at all."""

    switch: Switch
    changed: int


def effects(switches: Iterable[Switch], files: Iterable[FileResult]) -> tuple[Effect, ...]:
    """Give every switch in the order of the catalogue, with what it changed; a return counts by the day of its receipt."""
    every, changed = tuple(switches), Counter[int]()
    for file in files if every else ():
        rules = in_force(every, file.received)
        apart = (each for each in file.findings if each.set_to not in {None, each.code.severity})
        changed.update(id(rules[each.code]) for each in (*apart, *file.off))
    return tuple(Effect(switch=each, changed=changed[id(each)]) for each in every)


def told_otherwise(files: Iterable[FileResult]) -> tuple[str, ...]:
    """Name the units whose form says something else of a finding than what counts."""
    return tuple(
        file.unit for file in files if file.unit and any(each.code is Code.RULE_SWITCHED for each in file.findings)
    )
