"""Whether what somebody was asked to write says anything at all."""

from __future__ import annotations

import re

_WORDS = re.compile(r"[^\W_一ー]")  # the numeral one and the long vowel are typed as dashes, an underscore as a line


def says_something(text: str) -> bool:
    """Whether a text has a letter or a digit of any script; dashes, dots and lines are as good as a blank."""
    return _WORDS.search(text) is not None
