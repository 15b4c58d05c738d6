"""The numbers that notices give their headings, from the part of a notice down to the circled figure."""

from __future__ import annotations

import re

from fazhi_xl.setup.draft.characters import CLOSE, NUMBER, OPEN

_CHINESE = "[一二三四五六七八九十]{1,3}"
_LEVELS = tuple(
    re.compile(rf"\s*(?:{words})\s*")
    for words in (
        rf"第(?:{_CHINESE}|[0-9]{{1,2}})(?:部分|章|编)",
        rf"{_CHINESE}[、.．]|第(?:{_CHINESE}|[0-9]{{1,2}})[条节]",
        rf"[(（]{_CHINESE}[)）]",
        r"[0-9０-９]{1,2}[.．、](?![0-9０-９])",
        r"[(（][0-9０-９]{1,2}[)）]",
        r"[①-⑳]",
    )
)
LISTED = 3  # the level from which numbers count what is listed, rather than head it
ANNEX = re.compile(r"附[件表录]\s*[0-9０-９一二三四五六七八九十]*[:：]?")
MARK = re.compile(rf"{OPEN}\s*(?:满分|共|计|得|分值)?\s*({NUMBER})\s*分\s*{CLOSE}")
_TITLE = re.compile(r"[^。:：;；\n]*")


def level_of(text: str) -> int | None:
    """Give how deep a paragraph's own number is, 0 for a part of the notice; None where it has none."""
    return next((level for level, words in enumerate(_LEVELS) if words.match(text)), None)


def unnumbered(text: str) -> str:
    """Leave out a paragraph's own number."""
    found = next((found for words in _LEVELS if (found := words.match(text))), None)
    return text[found.end() :] if found else text


def title_and_body(text: str) -> tuple[str, str]:
    """Part a paragraph into its title, which ends with the first stop, and what follows; its own number is left out."""
    bare = unnumbered(text)
    found = _TITLE.match(bare)
    end = found.end() if found else 0
    return bare[:end].strip(), bare[end + 1 :].strip()
