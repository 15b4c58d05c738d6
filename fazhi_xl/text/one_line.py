"""Text from anybody as a report quotes it: in one line, and shortened."""

from __future__ import annotations


def one_line(text: str) -> str:
    """Put a space in the place of every run of white space and unprintable characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def cut(text: str, room: int) -> str:
    """Shorten a text to so many characters, the last of them an ellipsis."""
    return text if len(text) <= room else text[: room - 1] + "…"
