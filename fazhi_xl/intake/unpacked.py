"""Puts a workbook or a document together again that somebody unpacked: its parts lie in a folder, or in a folder of an archive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from fazhi_xl.limits import MB

PARTS_LIMIT = 64 * MB  # of all parts of one workbook, unpacked
# The first part of a workbook, what must lie beside it, and the ending of its name: Office Open XML, OpenDocument.
_FIRST: tuple[tuple[str, frozenset[str], str], ...] = (
    ("[content_types].xml", frozenset({"xl/workbook.xml", "xl/workbook.bin"}), ".xlsx"),
    ("[content_types].xml", frozenset({"word/document.xml"}), ".docx"),
    ("[content_types].xml", frozenset({"ppt/presentation.xml"}), ".pptx"),
    ("mimetype", frozenset({"content.xml"}), ".ods"),
)
_PARTS = re.compile(
    r"\[content_types\]\.xml|(?:_rels|docprops|xl|word|ppt|customxml|customui)/.+"
    r"|mimetype|(?:content|styles|meta|settings)\.xml|manifest\.rdf|(?:meta-inf|configurations2|thumbnails|pictures|object [^/]*)/.+",
    re.IGNORECASE,
)


def plain(name: str) -> str:
    """Give a part's name as packages have it: with slashes, from the root, as some programs do not write it."""
    return re.sub(r"^(?:\.?/+)+", "", name.replace("\\", "/"))


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpackedBook:
    """A workbook in parts: its folder (blank, or ending with a slash), the ending of its name, and the parts in lower case."""

    root: str
    ending: str
    parts: frozenset[str]

    def __contains__(self, name: str) -> bool:
        return plain(name).lower() in self.parts

    def part(self, name: str) -> str:
        """Give the name that a part has in the workbook."""
        return plain(name)[len(self.root) :]

    @property
    def name(self) -> str:
        """Name the workbook as its folder, which programs name after the file that they unpack."""
        folder = self.root.rstrip("/")
        return folder if folder.lower().endswith(self.ending) else f"{folder or '表'}{self.ending}"


def unpacked_books(names: Iterable[str]) -> list[UnpackedBook]:
    """Find the workbooks whose parts are among these names."""
    known = {plain(name).lower(): plain(name) for name in names}
    return [
        _book(known, known[name].removesuffix(known[name].rpartition("/")[2]), ending)
        for name in known
        for first, others, ending in _FIRST
        if name.rpartition("/")[2] == first and any(f"{name.removesuffix(first)}{other}" in known for other in others)
    ]


def _book(known: Iterable[str], root: str, ending: str) -> UnpackedBook:
    parts = (name for name in known if name.startswith(root.lower()) and _PARTS.fullmatch(name[len(root) :]))
    return UnpackedBook(root=root, ending=ending, parts=frozenset(parts))


def put_together(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts into one file, always into the same bytes."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, data in sorted(parts.items(), key=lambda part: (part[0] != "mimetype", part[0])):
            archive.writestr(ZipInfo(name), data, ZIP_DEFLATED, compresslevel=1)
    return packed.getvalue()
