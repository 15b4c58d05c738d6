"""What the office has made of findings: which switch counts on a day, and what is wrong with those of a catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from fazhi_xl.errors import Problem
from fazhi_xl.findings import Code
from fazhi_xl.findings.adjustable import ADJUSTABLE, NAMES, Weight, allowed, held, usual
from fazhi_xl.notice.faults import Fault
from fazhi_xl.notice.model import Switch
from fazhi_xl.notice.shape import path_text
from fazhi_xl.notice.source import Source, TomlTable, tables
from fazhi_xl.text.said import Choices, Said
from fazhi_xl.text.saying import says_something

FILE = "switches.toml"
_CODES = {code.value: code for code in Code}
_WEIGHTS = {weight.value: weight for weight in Weight}


def in_force(switches: Iterable[Switch], day: date) -> Mapping[Code, Switch]:
    """Give the switch that counts for each finding on a day: the latest of those from that day or an earlier one."""
    begun = (each for each in switches if each.since <= day)
    return {_CODES[each.finding]: each for each in sorted(begun, key=lambda each: each.since)}


def weights(switches: Iterable[Switch], day: date) -> Mapping[Code, Weight]:
    """Give what the office has made of findings by a day."""
    return {code: each.severity for code, each in in_force(switches, day).items()}


def before(switches: Iterable[Switch], switch: Switch) -> Weight:
    """Give what the finding of a switch was on the day before it, by an earlier switch or as a rule."""
    code = _CODES[switch.finding]
    earlier = (each for each in switches if each.since < switch.since)
    return weights(earlier, switch.since).get(code) or usual(code)


def switched_off(switches: Iterable[Switch], day: date) -> frozenset[Code]:
    """Name the findings of which nothing is told by a day."""
    return frozenset(code for code, weight in weights(switches, day).items() if weight is Weight.OFF)


def rule_switches(source: Source) -> Iterator[Problem]:
    """Report switches of what is no finding or may not be switched so, that nobody stands for, and two on one from the same day."""
    seen: dict[tuple[object, object], int] = {}
    for at, table in tables(source.table(FILE), "switches"):
        yield from _problems(at, table)
        yield from _unsaid(at, table)
        own = table.get("finding"), table.get("since")
        if all(own) and seen.setdefault(own, at) != at:
            path = path_text("switches", at, "since")
            yield Problem(file=FILE, path=path, message=Fault.SWITCH_TWICE(day=own[1], no=seen[own] + 1))


def _problems(at: int, table: TomlTable) -> Iterator[Problem]:
    name = table.get("finding")
    code = _CODES.get(name) if isinstance(name, str) else None
    path = path_text("switches", at, "finding")
    if code is None:
        if isinstance(name, str) and name.strip():
            yield Problem(file=FILE, path=path, message=_unknown(name))
    elif why := held(code):
        yield Problem(file=FILE, path=path, message=Fault.FINDING_HELD(name=name, why=why))
    elif (weight := _WEIGHTS.get(str(table.get("severity")))) and weight not in allowed(code):
        message = Fault.NO_ERROR(choices=Choices(allowed(code)))
        yield Problem(file=FILE, path=path_text("switches", at, "severity"), message=message)


def _unsaid(at: int, table: TomlTable) -> Iterator[Problem]:
    for field, what in _WHAT.items():
        text = table.get(field)
        if isinstance(text, str) and text.strip() and not says_something(text):
            path = path_text("switches", at, field)
            yield Problem(file=FILE, path=path, message=Fault.SAYS_NOTHING(text=text, what=what))


_WHAT = {"reason": "为什么这样调整", "by": "是谁定的,例如 领导小组办公室"}


def _unknown(name: str) -> Said:
    near = get_close_matches(name, map(str, ADJUSTABLE), n=1)
    hint = f"是不是“{near[0]}”?" if near else ""
    return Fault.NO_FINDING(name=name, hint=hint, known=tuple(NAMES.values()))
