"""What the modules that open files give: the values of `Inspected`, still with whole identity numbers, and what they raise."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_xl.rounds.inspected import Fault

TEXT_LIMIT = 2_000_000  # characters of a file that are looked through


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file as it was opened: its kind, pages, whether anything is on them, and the text that was found."""

    kind: str
    pages: int | None = None
    empty: bool = False
    text: str = ""
    small: str = ""  # what its size is, where that is too small


class CannotOpenError(Exception):
    """A file cannot be opened; carries why, in a fault and in words."""

    def __init__(self, kind: str, fault: Fault, detail: str = "") -> None:
        self.kind, self.fault, self.detail = kind, fault, detail
        super().__init__(kind, fault, detail)
