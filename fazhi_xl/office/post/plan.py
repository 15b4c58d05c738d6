"""What is to be sent: one message to one unit, of a sort, known by its key."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_xl.mail.message import Outgoing
from fazhi_xl.text.worded import Worded


class Sort(Worded):
    """What a message is for; the word is what the office calls it on the command line and in the register."""

    FORM = "form", "任务分解表"  # what was issued
    REMINDER = "reminder", "催报"  # to who is missing, late or sent back
    RECEIPT = "receipt", "回执"
    FEEDBACK = "feedback", "反馈单"
    BULLETIN = "bulletin", "通报"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """A message to a unit. What has the same sort, unit and key is the same message, and is sent once.

    The key of a form is its number, that of a reminder the day, that of anything else a digest of what it carries.
    """

    sort: Sort
    unit: str
    key: str
    letter: Outgoing

    @property
    def identity(self) -> tuple[str, str, str]:
        """What tells it apart in the record."""
        return self.sort.value, self.unit, self.key
