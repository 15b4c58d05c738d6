"""All that a comparison tells: the differences, what an earlier round's answers become, and what of a round that is out is touched."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fazhi_xl.setup.compare.affected import Affected
from fazhi_xl.setup.compare.carried import Carried
from fazhi_xl.setup.compare.differences import Differences


class Reach(StrEnum):
    """How far the new catalogue reaches into the round that the old one is of; the values are what the office reads."""

    NO_ROUND = ""
    OTHER_YEAR = "新目录是另一个年度的:发放出去的那一轮不受影响,收到的表和审核决定都不动。"
    SAME_YEAR = "按新目录重新发放时,已经收到的表和审核决定会怎样,列在“影响”里。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A comparison. `old_name` and `new_name` are what the command was given, `carries` how many answers the old round gives over.

    `remarks` say what is to be known of a round: what could not be read of it, and why.
    """

    differences: Differences
    carried: tuple[Carried, ...]
    old_name: str
    new_name: str
    same_place: bool = False
    reach: Reach = Reach.NO_ROUND
    returned: int = 0
    affected: tuple[Affected, ...] = ()
    remarks: tuple[str, ...] = ()
    carries: int | None = None
