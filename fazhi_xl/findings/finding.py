"""One thing found: a code with its place and the data of the case. Its texts are made of these where they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fazhi_xl.findings.catalogue import Code
from fazhi_xl.findings.columns import Actor, Severity, Topic
from fazhi_xl.text.identity_numbers import without_identity_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a return: sheet and cell as found there, field as issued (row code, full stop, column code).

    Of what the office decides, `unit` says whose row it is, blank in the registers, and `field` names the row.
    """

    sheet: str | None = None
    cell: str | None = None
    field: str | None = None
    unit: str | None = None


NOWHERE = Place()
HIDDEN = "(略)"
_ENTERED = ("value", "kept")  # gaps for what stands in a cell
_OF_ENTRIES = frozenset({Topic.UNREAD, Topic.VALUE, Topic.NORMALISED, Topic.SUB_POINT, Topic.LIST})
Key = tuple[str, str]
"""Unit, blank in the registers, and row: what a decision of the office is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found. `value` is what stood there, None where nothing is told of it; `words` fill the gaps of the code's text.

    `answered` says who settled a question and how, and is blank while it is open; `refused` what its unit said to it that settles
    nothing, and why not.

    Nothing decides by a finding's texts: what differs from case to case stands in the other attributes. `set_to` is the severity that the
    office has decided on, where it has.
    """

    code: Code
    place: Place = NOWHERE
    value: str | None = None
    words: Mapping[str, object] = field(default_factory=dict, hash=False)
    set_to: Severity | None = None
    answered: str = ""
    refused: str = ""

    @property
    def severity(self) -> Severity:
        return self.set_to or self.code.severity

    @property
    def actor(self) -> Actor:
        """Who has to act: nobody on what the office made a note, and the unit on what it made more of than a note."""
        if self.set_to is None:
            return self.code.actor
        return Actor.NOBODY if self.set_to is Severity.NOTE else self.code.actor or Actor.UNIT

    @property
    def key(self) -> Key | None:
        """What a finding on a decision of the office is about."""
        unit, row = self.place.unit, self.place.field
        return None if unit is None or row is None else (unit, row)

    @property
    def message(self) -> str:
        """The text for reports: what is wrong, and what to do; and what was replied to it."""
        return self.text + self.replied

    @property
    def text(self) -> str:
        """What is wrong, and what to do."""
        return self._worded(self.code.text)

    @property
    def early_message(self) -> str:
        """The text for a sheet on which no score or verdict of the office stands yet: what is wrong, without what was entered."""
        hidden = dict.fromkeys(_ENTERED, HIDDEN) if self.code.topic in _OF_ENTRIES else {}
        return self._worded(self.code.early or self.code.text, **hidden)

    @property
    def cause(self) -> str:
        """The first sentence of the text: what is wrong, without the advice, which may be another reader's."""
        return self._worded(self.code.text.partition("。")[0])

    @property
    def message_in_row(self) -> str:
        """The text for the row that it is about, which needs no name there."""
        return self._worded(self.code.text.removeprefix("{row}:"))

    def message_about(self, subject: str) -> str:
        """Give the text with another name for the input or row that it is about."""
        return self._worded(self.code.text, **{self.code.subject: subject}) + self.replied

    @property
    def apart_from_subject(self) -> tuple[tuple[str, str], ...]:
        """What fills the text's gaps, but for the name of the input or row: the same of all that say the same of several cells."""
        known = {"value": self.value, **self.words}
        return tuple((gap, str(known[gap])) for gap in sorted(self.code.gaps - {self.code.subject}))

    @property
    def shown_value(self) -> str | None:
        """What stood there, as it is printed: without citizens' identity numbers."""
        return None if self.value is None else without_identity_numbers(self.value)

    @property
    def replied(self) -> str:
        """What was replied to it, in brackets behind its text; blank where nothing was."""
        told = (("上次的答复没有采用", self.refused), ("已答复", self.answered))
        return "".join(f"({how}:{without_identity_numbers(text)})" for how, text in told if text)

    def _worded(self, text: str, **other: str) -> str:
        """Fill a text's gaps; no identity number is printed whole, wherever it was typed."""
        return without_identity_numbers(text.format(**{"value": self.value, **self.words, **other}))


def finding(code: Code, place: Place = NOWHERE, *, value: str | None = None, **words: object) -> Finding:
    """Make the finding of a code, with those of the words that its text has gaps for. Raises KeyError where one is missing."""
    own = {gap: words[gap] for gap in sorted(code.gaps - {"value"})}
    return Finding(code=code, place=place, value=value, words=own)
