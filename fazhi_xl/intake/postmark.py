"""What the office's own mail server knows of a mail: when it came in, and whether its sender is who he says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from types import MappingProxyType

from fazhi_xl.intake.headers import raw

_APART = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Postmark:
    """When the server took a mail in, whether that decides the day of receipt, and what of the sender's proofs failed.

    `failed` are the methods' names: spf, dkim, dmarc (RFC 8601). `claimed` is when the sender says it was sent, where that can be read.
    """

    received: datetime
    decides: bool = True
    failed: tuple[str, ...] = ()
    claimed: datetime | None = None

    @property
    def doubtful(self) -> bool:
        """Say whether the sender's time and the server's differ by more than a day: no mail is as slow, or early."""
        return self.claimed is not None and abs(self.received - self.claimed) > _APART


Postmarks = Mapping[str, Postmark]
"""What is known of mails, by the SHA-256 of their bytes."""
NO_POSTMARKS: Postmarks = MappingProxyType({})


def claimed(mail: Message) -> datetime | None:
    """Give the Date header, however impossible; one without an offset is in local time. None where it is none."""
    try:
        return parsedate_to_datetime(raw(mail, "date")).astimezone()
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return None
