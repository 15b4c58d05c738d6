"""Bonus and deductions: what each matter adds or takes off, once, and within the limits of its situations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fazhi_xl.notice.choices import Graver
from fazhi_xl.notice.model import Scoring, Situation, SituationLimit
from fazhi_xl.points import Hundredths, figure, short
from fazhi_xl.text.characters import folded_width


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A recognised claim of a bonus, or an entry of the deduction register, with the level of its situation, if that has some.

    One marked as repeated only weighs in with the matter that it repeats; a claim so marked never adds anything itself.
    """

    matter: str
    situation: Situation
    level: str = ""
    repeated: bool = False

    @property
    def points(self) -> Hundredths:
        """The points of one such matter, in hundredths: its level's, else its situation's."""
        return points_of(self.situation, self.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What each entry counts, in hundredths and in their order, and what a limit took off it, in words; blank where none did.

    `at` gives for each the place of the entry with which its matter counts: its own, where it counts itself or none does.
    """

    weights: tuple[Hundredths, ...]
    limited: tuple[str, ...]
    at: tuple[int, ...]

    @property
    def total(self) -> Hundredths:
        """The sum, before the cap."""
        return figure(sum(self.weights))


def same_matter(text: str) -> str:
    """Give a matter's name as it is compared: without spaces, case and width."""
    return "".join(folded_width(text).split()).lower()


def points_of(situation: Situation, level: str) -> Hundredths:
    """Give the points, in hundredths, of one matter of a situation, by its level where it has that one."""
    return next((each.points for each in situation.levels if each.name == level), situation.points)


def bonus_counted(claims: Sequence[Entry], limits: Iterable[SituationLimit] = ()) -> Counted:
    """Give what each recognised claim adds, before the cap; a matter counts once, at its first entry."""
    # 加分情形为同一事项的,不重复加分。
    first: dict[str, int] = {}
    for no, each in enumerate(claims):
        if not each.repeated:
            first.setdefault(same_matter(each.matter), no)
    return _counted(claims, [first.get(same_matter(each.matter)) for each in claims], limits)


def deductions_counted(offences: Sequence[Entry], scoring: Scoring, limits: Iterable[SituationLimit] = ()) -> Counted:
    """Give what each of a unit's entries takes off, before the cap.

    A matter counts once, at its gravest entry, or once for each gravity.
    """
    # 减分情形为同一事项的,不重复减分。
    matters: defaultdict[str, list[int]] = defaultdict(list)
    for no, offence in enumerate(offences):
        matters[same_matter(offence.matter)].append(no)
    at: dict[int, int] = {}
    for own in matters.values():
        if not all(offences[no].repeated for no in own):
            at.update(_weighing(offences, own, scoring))
    return _counted(offences, [at.get(no) for no in range(len(offences))], limits)


def _weighing(offences: Sequence[Entry], own: Iterable[int], scoring: Scoring) -> Mapping[int, int]:
    """Give the entry with which each entry of a matter counts."""
    first: dict[Hundredths, int] = {}
    kept = tuple(own)
    for no in kept:
        first.setdefault(offences[no].points, no)
    with_lighter = scoring.graver is Graver.WITH_LIGHTER
    return {no: first[offences[no].points if with_lighter else max(first)] for no in kept}


def _counted(entries: Sequence[Entry], at: Sequence[int | None], limits: Iterable[SituationLimit]) -> Counted:
    """Weigh the entries one after the other: what a limit leaves of its situations is for the first matters."""
    times, kept = _times(), tuple(limits)
    used: list[Hundredths] = [0] * len(kept)
    weights, limited = [], []
    for no, entry in enumerate(entries):
        whole = entry.points * times(entry) if at[no] == no else 0
        own = [rule for rule, each in enumerate(kept) if entry.situation.id in each.of]
        counted = min([whole, *(kept[rule].at_most - used[rule] for rule in own)])
        tight = [kept[rule] for rule in own if kept[rule].at_most - used[rule] == counted < whole]
        for rule in own:
            used[rule] += counted
        weights.append(figure(counted))
        limited.append(_told(tight, whole - counted))
    places = tuple(no if place is None else place for no, place in enumerate(at))
    return Counted(weights=tuple(weights), limited=tuple(limited), at=places)


def _told(tight: Iterable[SituationLimit], less: Hundredths) -> str:
    """Say which limits took how much off a matter; nothing where none did."""
    named = "、".join(f"{each.name}以{short(each.at_most)}分为限" for each in tight)
    return f"{named},少计{short(less)}分" if named else ""


def _times() -> Callable[[Entry], int]:
    """Make what tells how many times an entry counts: a further matter of a situation as often as `again` says."""
    first: dict[str, str] = {}

    def times(entry: Entry) -> int:
        name = same_matter(entry.matter)
        further = entry.points and first.setdefault(entry.situation.id, name) != name
        return entry.situation.again if further else 1

    return times
