"""An OFD, the national format of fixed documents (GB/T 33190): its pages are counted, and their text is read."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from zipfile import ZipFile

from fazhi_xl.evidence.opened import TEXT_LIMIT, CannotOpenError, Opened
from fazhi_xl.evidence.parts import Parts
from fazhi_xl.evidence.xml import Read, read_xml
from fazhi_xl.rounds.inspected import Fault

_KIND = "OFD"
_ENCRYPTED = frozenset({"encryptions.xml", "ofdentries.xml"})  # parts of an encrypted one (GM/T 0099)
_LOCKED = 0x1
_PAGES = 500  # that are opened; the others are counted
_LINES, _ROOT = frozenset({"TextObject"}), frozenset({"DocRoot"})
_SEEN = ("TextObject", "PathObject", "ImageObject", "CompositeObject", "Template")


def opened_ofd(archive: ZipFile) -> Opened:
    """Open an OFD. Raises CannotOpenError, KeyError for a part that is not there, and what the parts' readers raise."""
    names = {name.lower().lstrip("/"): name for name in archive.namelist()}
    if _ENCRYPTED & names.keys() or any(info.flag_bits & _LOCKED for info in archive.infolist()):
        raise CannotOpenError(_KIND, Fault.ENCRYPTED)
    document = _Document(Parts(archive=archive, kind=_KIND), names)
    pages = [page for root in document.roots() for page in document.pages(root)]
    texts: list[str] = []
    seen = size = 0
    for page in pages[:_PAGES]:
        read = document.read(page, texts=frozenset({"TextCode"}), lines=_LINES)
        seen += sum(read.counts.get(element, 0) for element in _SEEN)
        text = "".join(read.texts)
        size += len(text)
        if size <= TEXT_LIMIT:
            texts.append(text)
    document.parts.check()
    return Opened(kind=_KIND, pages=len(pages), empty=not seen, text="\n".join(texts))


class _Document:
    """The parts of an OFD, found without regard to case, as programs write them."""

    def __init__(self, parts: Parts, names: dict[str, str]) -> None:
        self.parts, self._names = parts, names

    def read(self, name: str, **wanted: frozenset[str]) -> Read:
        return read_xml(self.parts.read(self._names[name.lower().lstrip("/")]), **wanted)

    def roots(self) -> Iterator[str]:
        """Give the documents that the first part names."""
        said = "".join(self.read("OFD.xml", texts=_ROOT, lines=_ROOT).texts)
        yield from (root.strip() for root in said.split("\n") if root.strip())

    def pages(self, root: str) -> Iterator[str]:
        """Give the parts of a document's pages."""
        for _, own in self.read(root, attributes=frozenset({"Page"})).attributes:
            place = own.get("BaseLoc", "")
            yield place if place.startswith("/") else normpath(join(dirname(root), place))
