"""PDF/: the pages of a sealed edition as PDF/A-2b (ISO 19005-2), which any reader opens for as long as there are readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from fazhi_xl.office.archiving.layout import PRINTED
from fazhi_xl.office.outputs.pdf import ARCHIVAL, convert, find_office

_PAGES = frozenset({".xlsx", ".docx"})
_RESULTS = "结果/"
CLAIM = (b"<pdfaid:part>2</pdfaid:part>", b"<pdfaid:conformance>B</pdfaid:conformance>")
"""How a PDF says of itself, in its XMP packet, that it is PDF/A-2b (ISO 19005-2, 6.6.4)."""
NO_OFFICE = "没有找到 LibreOffice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prints:
    """The PDFs by their paths in the package, and of what there is none, with why."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    lacking: tuple[str, ...] = ()
    why: str = ""


def printed_of(files: Iterable[str]) -> Iterator[str]:
    """Give the files of an edition, by their paths in it, that have pages."""
    return (path for path in sorted(files) if path.startswith(_RESULTS) and PurePosixPath(path).suffix in _PAGES)


def printed_name(path: str) -> str:
    """Give the path in the package of the PDF of a file of the edition."""
    return f"{PRINTED}/{PurePosixPath(path.removeprefix(_RESULTS)).with_suffix('.pdf')}"


def is_printed(path: str) -> bool:
    return path.startswith(f"{PRINTED}/") and path.endswith(".pdf")


def claims_pdf_a(data: bytes) -> bool:
    """Say whether a PDF declares that it is PDF/A-2b."""
    return all(each in data for each in CLAIM)


def prints(pages: Mapping[str, bytes], jobs: int = 1) -> Prints:
    """Print the pages of an edition, given as bytes by their paths in it; where LibreOffice is missing or fails, say so."""
    office = find_office()
    if office is None:
        return Prints(lacking=tuple(pages), why=NO_OFFICE)
    made = convert(office, pages, ARCHIVAL, jobs)
    good = {path: data for path, data in made.items() if claims_pdf_a(data)}
    lacking = tuple(path for path in pages if path not in good)
    why = "LibreOffice 没有做成" if lacking else ""
    return Prints(files={printed_name(path): data for path, data in sorted(good.items())}, lacking=lacking, why=why)
