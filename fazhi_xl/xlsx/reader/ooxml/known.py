"""What was read of pieces of parts before, by their very bytes: the returns of a round have most of their rows and texts in common."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")

LONGEST = 8192  # bytes of a piece that is kept
_WEIGHT = 3  # bytes that are kept of a piece and of what was read, for each of its own
_MARK = 128  # bytes by which a piece is known that came once


class Known(Generic[T]):
    """Keeps what was read of pieces that come a second time, in about so many bytes; then it begins anew.

    A piece means the same only with others that are read in the same way; `way` gives what stands for that.
    """

    def __init__(self, room: int) -> None:
        self._room = self._left = room
        self._ways: dict[Hashable, object] = {}
        self._met: set[int] = set()
        self._kept: dict[tuple[object, bytes], T] = {}
        self.get = self._kept.get

    def way(self, *way: Hashable) -> object:
        """Give what stands for a way of reading, which is the same for equal ones."""
        if way not in self._ways:
            self._pass(LONGEST)
        return self._ways.setdefault(way, object())

    def met(self, key: tuple[object, bytes]) -> bool:
        """Say whether a piece came before, so that it may be kept."""
        if len(key[1]) > LONGEST:
            return False
        if (number := hash(key)) in self._met:
            return True
        self._pass(_MARK)
        self._met.add(number)
        return False

    def keep(self, key: tuple[object, bytes], read: T) -> None:
        """Keep what was read of a piece that was met before."""
        self._pass(_WEIGHT * len(key[1]) + _MARK)
        self._kept[key] = read

    def _pass(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            self._left = self._room
            for held in (self._ways, self._met, self._kept):
                held.clear()
