"""One thing found: a code with the place and the data of the case."""

from __future__ import annotations

from dataclasses import dataclass, field

from fazhi_xl.findings.catalogue import Code
from fazhi_xl.findings.columns import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a return: sheet and cell as found there, field as issued (row code, full stop, column code)."""

    sheet: str | None = None
    cell: str | None = None
    field: str | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`subject` is the name of the input or row within the message: what differs where many cells have the same fault."""

    code: Code
    place: Place
    value: str | None
    message: str
    subject: str = field(default="", compare=False)

    @property
    def severity(self) -> Severity:
        return self.code.severity


def finding(code: Code, place: Place = NOWHERE, *, value: str | None = None, **words: object) -> Finding:
    """Make the finding of a code; `words` fill the gaps of its text. Raises KeyError for an unknown gap."""
    text = code.text.format(**{"value": value, **words})
    subject = str(words.get("label", words.get("row", "")))
    return Finding(code=code, place=place, value=value, message=text, subject=subject)
