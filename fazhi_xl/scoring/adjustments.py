"""Bonus, deductions and the two sub-points that the office's registers settle."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fazhi_xl.notice.choices import Graver
from fazhi_xl.notice.model import Scoring, Situation
from fazhi_xl.points import FINEST, Hundredths, figure, from_decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence:
    """An entry of the deduction register; one marked as repeated only weighs in with the matter that it repeats."""

    matter: str
    points: Hundredths
    repeated: bool = False


def same_matter(text: str) -> str:
    """Give a matter's name as it is compared: without spaces, case and width."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def bonus_weights(matters: Iterable[str], each: Hundredths) -> tuple[Hundredths, ...]:
    """Give what each recognised matter adds to the bonus, in hundredths and before the cap; a matter counts once, at its first entry."""
    # 具备上述条件的,有1项加1分。加分情形为同一事项的,不重复加分。
    names = tuple(map(same_matter, matters))
    return tuple(0 if name in names[:no] else each for no, name in enumerate(names))


def offence_points(situation: Situation, degree: str) -> Hundredths:
    """Give the points, in hundredths, that one matter of a situation takes off."""
    # 符合上述第四种情形,单位负责人受到党纪政纪处分的,有1项减3分;依法被追究刑事责任的,有1项减5分。
    # 符合上述其他情形的,有1项减3分。
    return next((level.points for level in situation.levels if level.name == degree), situation.points)


def deduction_weights(offences: Sequence[Offence], scoring: Scoring) -> tuple[Hundredths, ...]:
    """Give the points that each of a unit's entries takes off; a matter counts once, at its gravest entry, or once for each gravity."""
    # 减分情形为同一事项的,不重复减分。
    matters: defaultdict[str, list[int]] = defaultdict(list)
    for no, offence in enumerate(offences):
        matters[same_matter(offence.matter)].append(no)
    counted = [own for own in matters.values() if not all(offences[no].repeated for no in own)]
    weighing = {no for own in counted for no in _weighing(offences, own, scoring)}
    return tuple(offence.points if no in weighing else 0 for no, offence in enumerate(offences))


def _weighing(offences: Sequence[Offence], own: Iterable[int], scoring: Scoring) -> Iterable[int]:
    first: dict[Hundredths, int] = {}
    for no in own:
        first.setdefault(offences[no].points, no)
    return first.values() if scoring.graver is Graver.WITH_LIGHTER else [first[max(first)]]


def cooperation_score(points: Hundredths, each: Decimal, times: int) -> Hundredths:
    """Give the score of a sub-point that loses so many points for each time, down to zero."""
    # 配合完成区委依法治区办日常交办的工作(5分),不配合的,有1次扣1分,扣完为止。
    return figure(max(0, points - from_decimal(each, FINEST) * times))


def information_score(points: Hundredths, counts: Iterable[tuple[Decimal, int]]) -> Hundredths:
    """Give the score of pieces at so many points each, up to the sub-point's points."""
    # 报送1篇得0.5分,被《全面依法治省工作简报》录用1篇得2分,累计得分不超过4分。
    return figure(min(points, sum(from_decimal(each, FINEST) * number for each, number in counts)))
