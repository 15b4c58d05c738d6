"""Which of today's units and sub-points are those that an earlier record names: by their ids, else by number and text.

A number alone says nothing: after an item was taken out, another sub-point has it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from fazhi_xl.form.sheets.unit.tasks import FACT
from fazhi_xl.notice.choices import GivenBy
from fazhi_xl.notice.model import Notice, SubPoint, Unit
from fazhi_xl.office.workspace.folder import Json
from fazhi_xl.text.characters import folded_width

Question = tuple[str, str, str, str]
"""Key, label, kind and unit of measure of an input."""
_SAME, _ALIKE = (
    0.9,
    0.6,
)  # of texts: a few words have changed; there is a resemblance, as sub-points on like matters have it too
_INCIDENTAL = re.compile(r"20\d\d年?|\([\d.]+分\)|[\s\W]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedUnit:
    """A unit as a record names it; its short name then is its id where the record has none."""

    short: str
    id: str
    no: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedSubPoint:
    """A sub-point as a record names it: its code then, which is its id where the record has none, its text if known, what it asked."""

    code: str
    id: str
    text: str = ""
    asked: frozenset[Question] = frozenset()
    named: bool = False  # the record gives the id

    @property
    def known(self) -> bool:
        """Whether more is known of it than a number."""
        return bool(self.text or self.asked)

    @property
    def plain(self) -> str:
        """Its text without years, marks, punctuation and white space."""
        return plain(self.text)


def recorded_units(held: Json) -> tuple[RecordedUnit, ...]:
    """Give the units of a record, campaign.json. Raises KeyError, TypeError and the like where it is damaged."""
    return tuple(
        RecordedUnit(short=str(each["unit"]), id=str(each.get("id", each["unit"])), no=int(each["no"]))
        for each in held["units"]
    )


def recorded_sub_points(held: Json, texts: Mapping[str, str] | None = None) -> dict[str, RecordedSubPoint]:
    """Give the sub-points of a record, campaign.json, by code and in its order; `texts` are those known elsewhere, by code.

    Raises KeyError, TypeError and the like where the record is damaged.
    """
    asked: defaultdict[str, set[Question]] = defaultdict(set)
    for each in (each for shape in held["shapes"].values() for each in shape["inputs"] if each["sub_point"]):
        questions = asked[each["sub_point"]]
        if each["column"] == FACT:
            key = each["row"].removeprefix(f"{each['sub_point']}.")
            questions.add((key, each["label"], each["kind"], each["measure"]))
    named = {each["code"]: each for each in held.get("sub_points", ())}
    return {
        code: RecordedSubPoint(
            code=code,
            id=str(named[code]["id"]) if code in named else code,
            text=str(named[code]["text"]) if code in named else (texts or {}).get(code, ""),
            asked=frozenset(questions),
            named=code in named,
        )
        for code, questions in sorted(asked.items(), key=lambda pair: _order(pair[0]))
    }


def recorded_unit(unit: Unit) -> RecordedUnit:
    """Give a unit as the record of a round issued now names it."""
    return RecordedUnit(short=unit.short, id=unit.id, no=unit.no)


def recorded_sub_point(sub: SubPoint) -> RecordedSubPoint:
    """Give a sub-point as the record of a round issued now names it."""
    return RecordedSubPoint(code=sub.code, id=sub.id, text=sub.text, asked=questions(sub), named=True)


def _order(code: str) -> list[tuple[int, str]]:
    """Order codes as they are counted: 9.1 before 10.1."""
    return [(len(part), part) for part in code.split(".")]


def unit_now(notice: Notice, unit: RecordedUnit) -> Unit | None:
    """Find the unit by its id, else by any of its names; None where this round has no such unit."""
    own = next((each for each in notice.units if each.id == unit.id), None)
    return own or notice.unit_called(unit.short)


def sub_points_now(notice: Notice, before: Mapping[str, RecordedSubPoint]) -> dict[str, SubPoint | None]:
    """Find the sub-points that a record's are, by their codes then; None where one is gone, or where nothing but a number says so."""
    stands = all(alike(old, now) for code, old in before.items() if old.known and (now := notice.sub_points.get(code)))
    return {code: _now(notice, old, stands=stands) for code, old in before.items()}


def _now(notice: Notice, old: RecordedSubPoint, *, stands: bool) -> SubPoint | None:
    """`stands` says that every number of which more is known has not moved."""
    new = notice.sub_points_by_id.get(old.id)
    if new is None or (old.named and not old.code == old.id == new.code):
        return new  # an id that is not the number was given on purpose
    if not old.known:
        return new if stands or new.code != old.code else None
    return new if alike(old, new) else None


def alike(old: RecordedSubPoint, new: SubPoint) -> bool:
    """Say whether two sub-points say the same: by their texts, and where these resemble each other or are lost, by what they ask."""
    near = likeness(old.plain, plain(new.text)) if old.text else _ALIKE
    return near >= _SAME or (near >= _ALIKE and bool(old.asked) and old.asked == questions(new))


def questions(sub: SubPoint) -> frozenset[Question]:
    """Give what a sub-point asks of a unit."""
    own = (fact for fact in sub.inputs if fact.given_by is GivenBy.UNIT)
    return frozenset((fact.key, fact.label, fact.kind.value, fact.measure) for fact in own)


def plain(text: str) -> str:
    """Give a text without years, marks, punctuation and white space."""
    return _INCIDENTAL.sub("", folded_width(text))


def likeness(one: str, other: str) -> float:
    """Say how much two texts have in common, from 0 to 1."""
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()
