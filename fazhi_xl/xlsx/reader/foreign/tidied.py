"""Takes the white space out of an OpenDocument spreadsheet that was written with line breaks between its elements.

It means nothing there (OpenDocument 1.3 part 3, 6.1.2 is about paragraphs), and calamine reads it as text, or not at all.
"""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile

_CONTENT = "content.xml"
_NEEDED = ("mimetype", "META-INF/manifest.xml", _CONTENT)
_BETWEEN = re.compile(rb"(?<=>)\s+(?=</?(?:table|office|draw|calcext|style|number):|<text:(?:p|h)[\s/>])")


def tidied(data: bytes) -> bytes:
    """Give the spreadsheet without it; any other file as it is."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            if not set(_NEEDED) <= set(archive.namelist()):
                return data
            parts = {name: archive.read(name) for name in _NEEDED}
    except (BadZipFile, OSError, ValueError):
        return data
    plain = _BETWEEN.sub(b"", parts[_CONTENT])
    return data if plain == parts[_CONTENT] else _packed({**parts, _CONTENT: plain})


def _packed(parts: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()
