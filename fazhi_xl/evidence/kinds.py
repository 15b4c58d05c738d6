"""What kind of file evidence is, by its first bytes."""

from __future__ import annotations

from enum import StrEnum

from fazhi_xl.limits import MB

BEGINNING = 4096  # bytes that tell the kind
WHOLE_LIMIT = 128 * MB  # of a file that goes through a pipe: what lies on disk by itself is opened there


class Kind(StrEnum):
    """The formats that are opened, each by a module of its own."""

    PDF = "PDF"
    PICTURE = "图片"
    PACKED = "zip"  # OFD, or a document of an office program: who opens it finds out
    COMPOUND = "OLE"  # a document of an older office program


OPENED = frozenset({
    ".pdf", ".ofd", ".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx",
    ".wps", ".odt",
})  # fmt: skip
"""The endings of names whose files are one of these kinds, where they are whole."""
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_PDF_WITHIN = 1024  # bytes, as readers allow


def kind_of(beginning: bytes) -> Kind | None:
    """Give the kind of a file that is opened; None for films, archives of other programs, plain texts and what is none of these."""
    if beginning.startswith(_PICTURES) or (beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP"):
        return Kind.PICTURE
    if beginning.startswith(b"PK\x03\x04"):
        return Kind.PACKED
    if beginning.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Kind.COMPOUND
    return Kind.PDF if b"%PDF-" in beginning[:_PDF_WITHIN] else None  # an archive may hold one, so it comes last
