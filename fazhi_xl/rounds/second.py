"""Second opinions on sub-points that were scored: what was drawn, what both reviewers gave, and how far they agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from fazhi_xl.points import Hundredths
from fazhi_xl.text.worded import Worded


class Stratum(Worded):
    """Why a sub-point was drawn."""

    DEDUCTED = "deducted", "扣了分的"
    LARGE = "large", "分值高的"
    REST = "rest", "其余抽查"


class Agreement(Worded):
    """How far the two opinions on a sub-point are settled."""

    WAITING = "waiting", "还没有复审"
    SAME = "same", "完全一致"
    NEAR = "near", "相差在允许范围内"
    DISPUTED = "disputed", "相差较大,待裁定"
    RULED = "ruled", "相差较大,已裁定"
    LAPSED = "lapsed", "初审的分后来改了"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondOpinion:
    """A sub-point that was drawn: `first` and `second` in hundredths, the second None while nobody gave it; `ruled` what counts since.

    `code` is its row in the blind book `book`, which names no unit.
    """

    unit: str
    sub_point: str
    text: str
    book: str
    code: str
    stratum: Stratum
    agreement: Agreement
    first: Hundredths
    first_reviewer: str
    first_reason: str = ""
    second: Hundredths | None = None
    second_reviewer: str = ""
    second_reason: str = ""
    ruled: Hundredths | None = None
    ruled_by: str = ""

    @property
    def difference(self) -> Hundredths:
        """By how much the second reviewer gave more; 0 while there is no second opinion."""
        return 0 if self.second is None else self.second - self.first


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """How far opinions agree: how many were drawn and given, how many are the same or near; means in hundredths, exact."""

    drawn: int
    given: int
    same: int
    near: int
    mean: Fraction
    spread: Fraction

    @property
    def stricter(self) -> str:
        """Say who is stricter on the whole: 复审 where the second opinions are lower."""
        return "复审较严" if self.mean < 0 else "初审较严" if self.mean > 0 else "一样"


def agreed(opinions: Iterable[SecondOpinion]) -> Agreed:
    """Sum up opinions; `near` counts those that differ and are settled by the tolerance."""
    every = tuple(opinions)
    given = [each for each in every if each.second is not None]
    differences = [Fraction(each.difference) for each in given]
    number = max(len(given), 1)
    return Agreed(
        drawn=len(every),
        given=len(given),
        same=sum(not each for each in differences),
        near=sum(each.agreement is Agreement.NEAR for each in given),
        mean=sum(differences, Fraction(0)) / number,
        spread=sum(map(abs, differences), Fraction(0)) / number,
    )
