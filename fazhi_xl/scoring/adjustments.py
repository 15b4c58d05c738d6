"""Bonus and deductions: what each matter adds or takes off, once, and within the limits of its situations."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from fazhi_xl.notice.choices import Graver
from fazhi_xl.notice.model import Scoring, Situation, SituationLimit
from fazhi_xl.points import Hundredths, figure, short


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A recognised claim of a bonus, or an entry of the deduction register, with the level of its situation, if that has some.

    One marked as repeated only weighs in with the matter that it repeats.
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
    """What each entry counts, in hundredths and in their order, and what a limit took off it, in words; blank where none did."""

    weights: tuple[Hundredths, ...]
    limited: tuple[str, ...]

    @property
    def total(self) -> Hundredths:
        """The sum, before the cap."""
        return figure(sum(self.weights))


def same_matter(text: str) -> str:
    """Give a matter's name as it is compared: without spaces, case and width."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def points_of(situation: Situation, level: str) -> Hundredths:
    """Give the points, in hundredths, of one matter of a situation, by its level where it has that one."""
    return next((each.points for each in situation.levels if each.name == level), situation.points)


def bonus_counted(claims: Sequence[Entry], limits: Iterable[SituationLimit] = ()) -> Counted:
    """Give what each recognised claim adds, before the cap; a matter counts once, at its first entry."""
    # 加分情形为同一事项的,不重复加分。
    names = [same_matter(each.matter) for each in claims]
    return _counted(claims, {no for no, name in enumerate(names) if name not in names[:no]}, limits)


def deductions_counted(offences: Sequence[Entry], scoring: Scoring, limits: Iterable[SituationLimit] = ()) -> Counted:
    """Give what each of a unit's entries takes off, before the cap.

    A matter counts once, at its gravest entry, or once for each gravity.
    """
    # 减分情形为同一事项的,不重复减分。
    matters: defaultdict[str, list[int]] = defaultdict(list)
    for no, offence in enumerate(offences):
        matters[same_matter(offence.matter)].append(no)
    meant = [own for own in matters.values() if not all(offences[no].repeated for no in own)]
    return _counted(offences, {no for own in meant for no in _weighing(offences, own, scoring)}, limits)


def _weighing(offences: Sequence[Entry], own: Iterable[int], scoring: Scoring) -> Iterable[int]:
    first: dict[Hundredths, int] = {}
    for no in own:
        first.setdefault(offences[no].points, no)
    return first.values() if scoring.graver is Graver.WITH_LIGHTER else [first[max(first)]]


def _counted(entries: Sequence[Entry], weighing: set[int], limits: Iterable[SituationLimit]) -> Counted:
    """Weigh the entries one after the other: what a limit leaves of its situations is for the first matters."""
    times, kept = _times(), tuple(limits)
    used: list[Hundredths] = [0] * len(kept)
    weights, limited = [], []
    for no, entry in enumerate(entries):
        whole = entry.points * times(entry) if no in weighing else 0
        own = [at for at, each in enumerate(kept) if entry.situation.id in each.of]
        counted = min([whole, *(kept[at].at_most - used[at] for at in own)])
        tight = [kept[at] for at in own if kept[at].at_most - used[at] == counted < whole]
        for at in own:
            used[at] += counted
        weights.append(figure(counted))
        limited.append(_told(tight, whole - counted))
    return Counted(weights=tuple(weights), limited=tuple(limited))


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
