"""The protocol by which a command reports its progress: to a terminal, to the console's status bar, or to nobody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    def track(self, items: Iterable[T], what: str, total: int) -> Iterable[T]:
        """Yield the items unchanged, counting them."""
        ...

    def say(self, *parts: str) -> None:
        """Show one line of text, given in parts where one of them is a Command."""
        ...


class Nobody:
    """A progress that is shown to nobody."""

    def track(self, items: Iterable[T], what: str, total: int) -> Iterable[T]:  # noqa: ARG002 - the protocol's names
        return items

    def say(self, *parts: str) -> None:
        """Say nothing."""
