"""The pages of an edition by a real LibreOffice: PDF/A-2b, with every font inside."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from fazhi_xl.office.archiving import prints
from fazhi_xl.office.commands.archive import ArchiveOrder, archive
from fazhi_xl.office.outputs.pdf import find_office
from tests.clients.absent import skip_or_fail
from tests.support.offices import Office
from tests.support.progress import Silent

PAGES = {
    "PDF/反馈单/01_01社区_反馈单.pdf", "PDF/反馈单/02_02社区_反馈单.pdf", "PDF/反馈单/03_03社区_反馈单.pdf",
    "PDF/排名汇总.pdf", "PDF/通报/通报版.pdf", "PDF/通报/通报稿.pdf",
}  # fmt: skip


@pytest.mark.libreoffice
def test_pages_as_pdf_a(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page of the edition is in the package as PDF/A-2b: it says so, has all its fonts, and opens; nothing is left to be looked at."""
    if find_office() is None:
        skip_or_fail("LibreOffice is not installed")
    monkeypatch.setattr(prints, "find_office", find_office)
    done = archive(office.space, ArchiveOrder(), Silent())
    assert not done.needs_attention
    with ZipFile(done.path) as package:
        made = {name: package.read(name) for name in package.namelist() if name.startswith("PDF/")}
    assert made.keys() >= PAGES
    for name, data in made.items():
        pdf = PdfReader(BytesIO(data))
        root: Any = pdf.trailer["/Root"]
        xmp = root["/Metadata"].get_object().get_data()
        assert b"<pdfaid:part>2</pdfaid:part>" in xmp, name
        assert b"<pdfaid:conformance>B</pdfaid:conformance>" in xmp, name
        assert list(fonts(pdf)), name
        assert all(
            "/FontFile" in key or "/FontFile2" in key or "/FontFile3" in key for key in map(" ".join, fonts(pdf))
        )


def fonts(pdf: PdfReader) -> Iterator[list[str]]:
    """Give what is told of each font, its file among it."""
    for page in pdf.pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            own = font.get_object()
            inner = own["/DescendantFonts"][0].get_object() if "/DescendantFonts" in own else own
            yield list(inner["/FontDescriptor"].get_object())
