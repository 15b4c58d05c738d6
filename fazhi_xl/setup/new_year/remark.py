"""What the office has to look at in a catalogue that was moved to another year."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fazhi_xl.notice.lines import Place
from fazhi_xl.notice.shape import path_text


class Kind(StrEnum):
    """Why it has to be looked at: a text or a comment names the old year, or something is to be decided anew."""

    TEXT = "text"
    NOTE = "note"
    DECISION = "decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One place to look at, given as a `Problem`'s is: what stands there, and what it would be or what to do."""

    kind: Kind
    file: str
    path: str
    text: str
    suggestion: str

    @property
    def told(self) -> str:
        """Say both, for whoever knows the place."""
        return f"{self.text}。{self.suggestion}"


def to_decide(file: str, place: Place, text: str, suggestion: str) -> Remark:
    """Make the remark on something to be decided anew."""
    return Remark(kind=Kind.DECISION, file=file, path=path_text(*place), text=text, suggestion=suggestion)
