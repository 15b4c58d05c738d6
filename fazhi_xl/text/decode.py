"""Text files as people's editors leave them: UTF-8 with or without a mark, UTF-16, or the Chinese code page of Windows."""

from __future__ import annotations

_ENCODINGS = ("utf-8-sig", "gb18030")
_MARKS_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def decoded(data: bytes) -> str:
    """Decode a text file. Raises ValueError where it is no text in any of these encodings."""
    for encoding in ("utf-16",) if data.startswith(_MARKS_OF_UTF16) else _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError(data[:1])
