"""Compares bonus claims: which are of one matter, and which may be. The result is a hint; the office decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from fazhi_xl.scoring.adjustments import same_matter

_ALIKE = 0.8  # of the letters of two names
_TELLING = 4  # letters of a name that is part of a longer one
_BRACKETS = str.maketrans("〔〕【】()", "[][][]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a unit claims in a row of its form."""

    unit: str
    row: str
    name: str
    document: str = ""

    @property
    def matter(self) -> str:
        """The matter as it is compared."""
        return same_matter(self.name)

    @property
    def number(self) -> str:
        """The document's number as it is compared: brackets of all kinds are one."""
        return same_matter(self.document).translate(_BRACKETS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A claim's position among all (from 0), the number of its matter within the unit (from 1), and a hint about similar claims."""

    at: int
    matter: int
    hint: str


def grouped_claims(claims: Sequence[Claim]) -> Iterator[Placed]:
    """Give a round's claims unit by unit, those of one matter together; the first of a matter stands where it was."""
    for unit in dict.fromkeys(claim.unit for claim in claims):
        own = [at for at, claim in enumerate(claims) if claim.unit == unit]
        matters = list(dict.fromkeys(claims[at].matter for at in own))
        for at in sorted(own, key=lambda at: matters.index(claims[at].matter)):
            yield Placed(at=at, matter=matters.index(claims[at].matter) + 1, hint=_hint(claims, at))


def _hint(claims: Sequence[Claim], at: int) -> str:
    """Name the earlier claims that are similar, those of the same unit first."""
    # 加分情形为同一事项的,不重复加分。
    claim, before = claims[at], claims[:at]
    own = (said for other in before if other.unit == claim.unit and (said := _likeness(claim, other)))
    others = (said for other in before if other.unit != claim.unit and (said := _shared(claim, other)))
    return ";".join(said for each in (own, others) if (said := next(each, "")))


def _likeness(claim: Claim, other: Claim) -> str:
    if claim.matter == other.matter:
        return f"疑似重复:与{other.row}同一事项"
    if claim.number and claim.number == other.number:
        return f"疑似重复:文号与{other.row}相同"
    return f"名称与{other.row}相近" if _alike(claim.matter, other.matter) else ""


def _shared(claim: Claim, other: Claim) -> str:
    if claim.number and claim.number == other.number:
        return f"文号与{other.unit}{other.row}相同"
    return f"名称与{other.unit}{other.row}相同" if claim.matter == other.matter else ""


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    part = len(shorter) >= _TELLING and shorter in longer
    return part or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
