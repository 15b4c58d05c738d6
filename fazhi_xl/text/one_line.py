"""Text from anybody as a report quotes it: in one line, and shortened."""

from __future__ import annotations


def one_line(text: str) -> str:
    """Put a space in the place of every run of white space and unprintable characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


_ENDS = frozenset(",;:、。)”’" + "\uff0c\uff1b\uff1a\uff09")  # where a phrase ends, also full width
_KEPT = frozenset(")”’\uff09")


def cut(text: str, room: int) -> str:
    """Shorten a text to at most so many characters, the last of them an ellipsis.

    It ends where a phrase does, if that leaves half of the room or more, and else within no number and no foreign word.
    """
    if len(text) <= room:
        return text
    head = text[: room - 1]
    ends = [no for no, char in enumerate(head) if char in _ENDS and no >= room // 2]
    if ends:
        return head[: ends[-1] + (head[ends[-1]] in _KEPT)] + "…"
    if _latin(text[len(head)]):
        head = next((head[: no + 1] for no in range(len(head) - 1, room // 2, -1) if not _latin(head[no])), head)
    return head + "…"


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
