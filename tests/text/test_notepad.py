"""Text files open on the office's own computer, an old Windows, as they are meant."""

from __future__ import annotations

from fazhi_xl.text.notepad import notepad


def test_notepad() -> None:
    """A text is marked as UTF-8 and has Windows' line ends, once where it had them before; what UTF-8 lacks is a question mark."""
    assert notepad("一\n二\r\n\ud800") == b"\xef\xbb\xbf" + "一\r\n二\r\n?".encode()
