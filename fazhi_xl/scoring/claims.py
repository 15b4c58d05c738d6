"""Compares claims of a bonus, or offences: which are of one matter, and which may be. The result is a hint; the office decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from fazhi_xl.scoring.adjustments import same_matter

_ALIKE = 0.8  # of the letters of two names
_TELLING = 4  # letters of a name that is part of a longer one
_BRACKETS = str.maketrans("〔〕【】()", "[][][]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a row says of a unit: what it claims itself, or what is provided or registered against it.

    `row` names the row among those of the unit. What others say has its `source` and `situation`, and the `degree` of that, if it
    has some.
    """

    unit: str
    row: str
    name: str
    document: str = ""
    source: str = ""
    situation: str = ""
    degree: str = ""

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
    """Give what units claim, unit by unit; those that look alike stand together, the first of them where it was.

    A hint names earlier claims, of other units too.
    """
    # 加分情形为同一事项的,不重复加分。
    yield from _placed(claims, lambda at: _hint(claims[at], claims[:at]))


def grouped_offences(offences: Sequence[Claim]) -> Iterator[Placed]:
    """Give what is said against units, unit by unit, those that look alike together.

    A hint names the one that is the most alike, before or behind it: whoever decides on the first sees the second.
    """
    # 减分情形为同一事项的,不重复减分。
    yield from _placed(offences, lambda at: _own_hint(offences[at], (*offences[:at], *offences[at + 1 :])))


def _placed(claims: Sequence[Claim], hint: Callable[[int], str]) -> Iterator[Placed]:
    for unit in dict.fromkeys(claim.unit for claim in claims):
        own = [at for at, claim in enumerate(claims) if claim.unit == unit]
        matters = list(dict.fromkeys(claims[at].matter for at in own))
        for group in _groups(claims, own):
            for at in sorted(group, key=lambda at: matters.index(claims[at].matter)):
                yield Placed(at=at, matter=matters.index(claims[at].matter) + 1, hint=hint(at))


def _groups(claims: Sequence[Claim], own: Iterable[int]) -> list[list[int]]:
    """Put a unit's claims, by their positions, with those of the same matter, else with the first ones that they look like."""
    groups: list[list[int]] = []
    for at in own:
        same = (group for group in groups if any(claims[at].matter == claims[other].matter for other in group))
        alike = (group for group in groups if any(_alikeness(claims[at], claims[other]) for other in group))
        group = next(same, None) or next(alike, None)
        if group is None:
            groups.append([at])
        else:
            group.append(at)
    return groups


def _hint(claim: Claim, before: Sequence[Claim]) -> str:
    """Name the claims that are similar, of the same unit first, then of others."""
    others = (said for other in before if other.unit != claim.unit and (said := _shared(claim, other)))
    return ";".join(filter(None, (_own_hint(claim, before), next(others, ""))))


def _own_hint(claim: Claim, others: Iterable[Claim]) -> str:
    """Say which of the same unit's claims is the most alike; the first of those that are equally so."""
    found = (said for other in others if other.unit == claim.unit and (said := _alikeness(claim, other)))
    return min(found, key=lambda said: said[0], default=(0, ""))[1]


def _alikeness(claim: Claim, other: Claim) -> tuple[int, str] | None:
    """Say how two claims of a unit are alike, the least likely to be one matter with the highest number; None where they are not."""
    if claim.matter == other.matter:
        return 1, f"疑似重复:与{other.row}同一事项"
    if claim.number and claim.number == other.number:
        return 2, f"疑似重复:文号与{other.row}相同"
    if _alike(claim.matter, other.matter):
        return 3, f"名称与{other.row}相近"
    told_twice = (claim.source, claim.degree) != (other.source, other.degree)
    if claim.situation and claim.situation == other.situation and told_twice:
        return 4, f"与{other.row}是同一情形,请看是不是同一事项"
    return None


def _shared(claim: Claim, other: Claim) -> str:
    if claim.number and claim.number == other.number:
        return f"文号与{other.unit}{other.row}相同"
    return f"名称与{other.unit}{other.row}相同" if claim.matter == other.matter else ""


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    part = len(shorter) >= _TELLING and shorter in longer
    return part or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
