"""Punctuation as official papers print it."""

from __future__ import annotations

import re

_FULL_WIDTH = {ord(half): ord(half) + 0xFEE0 for half in ",:;()?!"}  # the two blocks stand in one order
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[,:](?=[0-9])")


def official(text: str) -> str:
    """Make half-width punctuation full width, except within numbers and times of day."""
    kept = (found.start() for found in _BETWEEN_DIGITS.finditer(text))
    wide = list(text.translate(_FULL_WIDTH))
    for at in kept:
        wide[at] = text[at]
    return "".join(wide)


def titled(name: str) -> str:
    """Put a document's name between title marks; those within it become the single ones (GB/T 15834, 4.15.3)."""
    return f"《{name.translate({ord('《'): '〈', ord('》'): '〉'})}》"
