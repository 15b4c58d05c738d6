"""How many units carry an item, an aspect or a sub-point, and of how many of them there is a result: `45家承担,42家有结果`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fazhi_xl.notice.assignment import answering
from fazhi_xl.rounds.round import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearers:
    """`assigned` units have it in their tables, returned or not; `scored` ones have points there that apply and are compared."""

    assigned: int
    scored: int

    @property
    def words(self) -> str:
        """Say both numbers, and one of them where they are equal."""
        more = "" if self.assigned == self.scored else f",{self.scored}家有结果"
        return f"{self.assigned}家承担{more}"


def bearers(round_: Round, codes: Iterable[str]) -> Bearers:
    """Count the units that have any of these sub-points."""
    wanted = set(codes)
    asked = {unit for code in wanted for unit in answering(round_.notice, code)}
    return Bearers(
        assigned=sum(unit.unit in asked for unit in round_.units),
        scored=round_.table.scored(wanted),
    )


def item_bearers(round_: Round, no: int) -> Bearers:
    return bearers(round_, (code for code, item in round_.notice.item_of.items() if item.no == no))


def aspect_bearers(round_: Round, aspect: str) -> Bearers:
    return bearers(round_, (code for code, item in round_.notice.item_of.items() if item.aspect == aspect))
