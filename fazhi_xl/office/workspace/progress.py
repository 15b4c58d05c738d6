"""How a use case tells what it is doing, without knowing who listens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    def track(self, items: Iterable[T], what: str, total: int) -> Iterable[T]:
        """Give the items on, showing how many have passed."""
        ...

    def say(self, text: str) -> None:
        """Say one line."""
        ...


class Silent:
    """Tells nobody."""

    def track(self, items: Iterable[T], what: str, total: int) -> Iterable[T]:  # noqa: ARG002 - the protocol's names
        return items

    def say(self, text: str) -> None:
        """Say nothing."""
