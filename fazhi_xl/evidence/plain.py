"""Plain text, also marked up (HTML, RTF): it is searched for identity numbers, and nothing of it can be wrong."""

from __future__ import annotations

import re
from contextlib import suppress

from fazhi_xl.evidence.opened import TEXT_LIMIT
from fazhi_xl.rounds.inspected import Inspected
from fazhi_xl.text.identity_numbers import identity_numbers, masked

TEXTS = frozenset({".txt", ".csv", ".tsv", ".md", ".rtf", ".htm", ".html", ".xml", ".json"})
"""The endings of names whose files are text."""
READ = 2 * TEXT_LIMIT  # bytes of a file that are looked through
_NUMBERS = 20  # that are told of a file
_TAG = re.compile(r"<[^<>]{0,500}>")
_CONTROL = re.compile(r"\\[a-z]{1,32}-?\d{0,10} ?|[{}\r\n]")  # of RTF
_MARKS = (b"\xff\xfe", b"\xfe\xff")


def inspected_plain(data: bytes) -> Inspected:
    """Search a text in whatever encoding, as it stands and without what marks it up."""
    text = _decoded(data)
    every = "\n".join((text, _TAG.sub("", text), _CONTROL.sub("", text)))
    return Inspected(kind="文本", numbers=tuple(dict.fromkeys(map(masked, identity_numbers(every)[:_NUMBERS]))))


def _decoded(data: bytes) -> str:
    if data.startswith(_MARKS):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("utf-8", "replace")
