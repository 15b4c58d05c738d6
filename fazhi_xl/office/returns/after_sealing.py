"""Returns that came after the results were sealed: none counts before the office has given its reason in 收到登记.xlsx."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fazhi_xl.findings import Code, finding
from fazhi_xl.office.returns.stages import AnsweredReturn, ClosedFile
from fazhi_xl.rounds.status import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedBefore:
    """The newest edition as findings name it, the SHA-256 of the files that were there by then, and the reasons for later ones."""

    called: str
    admitted: frozenset[str]
    reasons: Mapping[str, str] = field(default_factory=dict)

    def held_back(self, returns: Iterable[AnsweredReturn | ClosedFile]) -> list[AnsweredReturn | ClosedFile]:
        """Close each later return without a reason; one with a reason says it. What the office set aside stays so."""
        return [self._judged(each) if isinstance(each, AnsweredReturn) else each for each in returns]

    def _judged(self, each: AnsweredReturn) -> AnsweredReturn | ClosedFile:
        if each.arrival.excluded or each.arrival.sha256 in self.admitted:
            return each
        if reason := self.reasons.get(each.arrival.sha256):
            return each.noting(finding(Code.TAKEN_AFTER_SEALING, value=self.called, reason=reason))
        return ClosedFile(
            arrival=each.arrival,
            status=Status.IGNORED,
            findings=(finding(Code.AFTER_SEALING, value=self.called),),
            unit=each.unit,
            answers=each.answers,
        )
