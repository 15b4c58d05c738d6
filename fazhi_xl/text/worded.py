"""Enums whose members have a word in print."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Worded(StrEnum):
    """Each member is declared with its value, as files and programs write it, and its `word` in Chinese, as people read it."""

    word: str

    def __new__(cls, value: str, word: str) -> Self:
        member = str.__new__(cls, value)
        member._value_, member.word = value, word
        return member

    @classmethod
    def of(cls, value: str) -> Self:
        """Give the member with a value. Raises KeyError where there is none."""
        return {each.value: each for each in cls}[value]
