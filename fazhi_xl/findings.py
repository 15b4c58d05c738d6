"""What is wrong with a return, as values with a place. Nothing here stops a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from fazhi_xl.text.messages import MESSAGES


class Severity(StrEnum):
    """How much a finding weighs, in the order of the office's four levels (强制, 准强制, 核实, 提示)."""

    FATAL = "fatal"  # the file cannot be used
    ERROR = "error"  # the unit has to correct it
    CONFIRM = "confirm"  # the unit or the office has to say that it is right
    NOTE = "note"  # for the record


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

    code: str
    severity: Severity
    place: Place
    value: str | None
    message: str
    subject: str = field(default="", compare=False)


def finding(code: str, place: Place = NOWHERE, *, value: str | None = None, **words: object) -> Finding:
    """Make the finding of a message's code; `words` fill the message's gaps. Raises KeyError for an unknown code or gap."""
    message = MESSAGES[code]
    text = message.text.format(**{"value": value, **words})
    subject = str(words.get("label", words.get("row", "")))
    severity = Severity(message.severity)
    return Finding(code=code, severity=severity, place=place, value=value, message=text, subject=subject)
