"""The layout of official papers, as the XML says it."""

from __future__ import annotations

import subprocess
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from fazhi_xl.docx.write import document_bytes
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.outputs.pdf import find_office
from fazhi_xl.reports.bulletin.draft import bulletin
from fazhi_xl.reports.media.document import Document, Grid, Paragraph
from tests.clients.absent import skip_or_fail
from tests.clients.pdf import page_sizes, pages_text
from tests.clients.validator import Validator
from tests.support.documents import every, paragraphs, part, text, value
from tests.support.random_rounds import a_chance

KINDS = ("title", "subtitle", "addressee", "heading", "body", "attachment", "signed", "dated", "annex")


@pytest.fixture(scope="module")
def data(notice: Notice) -> bytes:
    blocks: tuple[Paragraph | Grid, ...] = (
        *(Paragraph(f"{kind}2020", kind) for kind in KINDS),
        Paragraph("正文", lead="(一)"),
        Grid(columns=("甲", "乙"), widths=(1, 3), rows=(("一", "二"), ("三", "四"))),
    )
    return document_bytes(Document(title="题目", blocks=blocks), notice.theme)


def style(data: bytes, name: str) -> dict[str, str | None]:
    """Give a style's font, size in half points, line pitch in twentieths and first line in hundredths of a character."""
    found = next(each for each in every(part(data, "word/styles.xml"), "style") if value(each, "styleId") == name)
    (fonts,) = every(found, "rFonts")
    sizes, spacings, indents = (every(found, tag) for tag in ("sz", "spacing", "ind"))
    return {
        "font": value(fonts, "eastAsia"),
        "latin": value(fonts, "ascii"),
        "size": value(sizes[0]),
        "pitch": value(spacings[0], "line"),
        "rule": value(spacings[0], "lineRule"),
        "indent": value(indents[0], "firstLineChars") if indents else None,
    }


@pytest.mark.parametrize(
    ("name", "font", "size", "indent"),
    [
        ("title", "方正小标宋简体", "44", None),
        ("heading", "黑体", "32", "200"),
        ("body", "仿宋", "32", "200"),
    ],
)
def test_fonts(data: bytes, name: str, font: str, size: str, indent: str | None) -> None:
    """Title 二号, headings and body 三号, each in its font; digits in Times New Roman; the first line two characters in."""
    found = style(data, name)
    assert (found["font"], found["latin"], found["size"], found["indent"]) == (font, "Times New Roman", size, indent)
    assert found["rule"] == "exact"


def test_line_pitch(data: bytes) -> None:
    """Lines are exactly 28.9 points apart."""
    assert {style(data, name)["pitch"] for name in ("heading", "body", "addressee")} == {"578"}


def test_the_second_level(data: bytes) -> None:
    """A heading of the second level runs on in 楷体 before its text."""
    line = next(each for each in every(part(data), "p") if text(each) == "(一)正文")
    lead, said = every(line, "r")
    assert [value(fonts, "eastAsia") for fonts in every(lead, "rFonts")] == ["楷体"]
    assert every(said, "rFonts") == []


def test_the_page(data: bytes) -> None:
    """A4 with margins of 37, 35, 28 and 26 mm."""
    (size,), (margins,) = every(part(data), "pgSz"), every(part(data), "pgMar")
    assert [round(int(value(size, side) or 0) / 56.7) for side in ("w", "h")] == [210, 297]
    sides = ("top", "bottom", "left", "right")
    assert [round(int(value(margins, side) or 0) / 56.7) for side in sides] == [37, 35, 28, 26]


def test_page_numbers(data: bytes) -> None:
    """The number stands between dashes, on the right of odd pages and on the left of even ones."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        footers = [part(data, name) for name in packed.namelist() if name.startswith("word/footer")]
    assert sorted(value(each) or "" for footer in footers for each in every(footer, "pStyle")) == [
        "page_even",
        "page_odd",
    ]
    for footer in footers:
        assert text(footer) == "— 1 —"
        assert [each.text for each in every(footer, "instrText")] == [" PAGE "]


def test_the_table(data: bytes) -> None:
    """A table's head is repeated on every page, and its columns share the width as they are told to."""
    rows = every(part(data), "tr")
    assert [len(every(row, "tblHeader")) for row in rows] == [1, 0, 0]
    widths = [int(value(each, "w") or 0) for each in every(rows[0], "tcW")]
    assert round(widths[1] / widths[0]) == 3
    assert paragraphs(data)[-6:] == ["甲", "乙", "一", "二", "三", "四"]


def test_the_same_bytes(data: bytes, notice: Notice) -> None:
    """The same document gives the same bytes, and nothing in it says who wrote it or when."""
    again = Document(title="题", blocks=(Paragraph("正文"),))
    assert document_bytes(again, notice.theme) == document_bytes(again, notice.theme)
    core = part(data, "docProps/core.xml")
    said = {str(each.tag).rpartition("}")[2]: each.text for each in core}
    assert (said["title"], said["created"], said["creator"]) == ("题目", "2020-01-01T00:00:00Z", None)
    with zipfile.ZipFile(BytesIO(data)) as packed:
        assert {each.date_time for each in packed.infolist()} == {(2020, 1, 1, 0, 0, 0)}


def test_the_validator(tmp_path: Path, notice: Notice, validator: Validator) -> None:
    """A whole draft is clean."""
    path = tmp_path / "通报稿.docx"
    path.write_bytes(document_bytes(bulletin(a_chance(3, most=45).round, date(2020, 12, 8)), notice.theme))
    assert list(map(str, validator.faults([path]))) == []


@pytest.mark.libreoffice
def test_in_libreoffice(tmp_path: Path, notice: Notice) -> None:
    """LibreOffice Writer opens a whole draft and prints it on upright A4, numbered."""
    office = find_office()
    if office is None or not (office.resolve().parent / "libswlo.so").exists():
        skip_or_fail("LibreOffice Writer is not installed")
    path = tmp_path / "通报稿.docx"
    path.write_bytes(document_bytes(bulletin(a_chance(3, most=45).round, date(2020, 12, 8)), notice.theme))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(office), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pdf = path.with_suffix(".pdf")
    assert set(page_sizes(pdf)) == {(595, 842)}
    assert all(f"—{no}—" in page.replace(" ", "") for no, page in enumerate(pages_text(pdf), 1))
