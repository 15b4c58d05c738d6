"""Text files for people, as the editor that every Windows has opens them."""

from __future__ import annotations

_MARK = "\ufeff"  # or older ones take the text for GBK


def notepad(text: str) -> bytes:
    """Encode a text file: marked as UTF-8, and with Windows' line ends, without which older editors there show a single line."""
    return (_MARK + text.replace("\r\n", "\n").replace("\n", "\r\n")).encode("utf-8", errors="replace")
