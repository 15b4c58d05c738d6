"""A message to be sent, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a message, under the name that its reader sees."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message: whom it goes to, openly and as copies, its subject and text in plain lines, and its attachments."""

    to: tuple[str, ...]
    subject: str
    body: str
    copies: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @property
    def receivers(self) -> tuple[str, ...]:
        """Give every address that it goes to, each once."""
        return tuple(dict.fromkeys((*self.to, *self.copies)))
