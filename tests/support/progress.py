"""A progress that reports to nobody, and one that keeps what it is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


class Silent:
    """Gives the items on and says nothing."""

    def track(self, items: Iterable[T], what: str, total: int) -> Iterable[T]:  # noqa: ARG002 - the protocol's names
        return items

    def say(self, *parts: str) -> None:
        """Say nothing."""


class Heard(Silent):
    """Keeps the lines that are said."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, *parts: str) -> None:
        """Keep a line."""
        self.lines.append("".join(parts))
