"""Every kind of evidence is opened for what counts: its pages, what is wrong with it, identity numbers in it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from fazhi_xl.evidence.inspect import inspect
from fazhi_xl.evidence.work import inspected
from fazhi_xl.rounds.inspected import Fault, Inspected
from tests.support.evidence import NUMBER, PRINTED, locked_pdf, ofd, pdf, picture, word, zipped

PAINTED = "0 0 10 10 re f"
BLANK = "q 1 0 0 1 0 0 cm Q"


def opened(data: bytes) -> dict[str, Any]:
    return inspected(BytesIO(data))


def slide(paragraphs: str) -> bytes:
    """Write a presentation with a slide of these paragraphs."""
    return zipped({"ppt/presentation.xml": "<a/>", "ppt/slides/slide1.xml": f'<a:sld xmlns:a="a">{paragraphs}</a:sld>'})


def book(strings: str) -> bytes:
    """Write a workbook with these strings."""
    return zipped({"xl/workbook.xml": "<a/>", "xl/sharedStrings.xml": f"<sst>{strings}</sst>"})


def told(data: bytes) -> tuple[int | None, str | None]:
    found = opened(data)
    return found.get("pages"), found.get("fault")


@pytest.mark.parametrize(
    ("data", "kind", "pages", "fault"),
    [
        (pdf(), "PDF", 1, None),
        (pdf([PAINTED] * 7), "PDF", 7, None),
        (pdf([BLANK, PAINTED]), "PDF", 2, None),
        (pdf([BLANK, BLANK]), "PDF", 2, "empty"),
        (pdf([]), "PDF", 0, "empty"),
        (b"\n\n" + pdf(), "PDF", 1, None),
        (locked_pdf(""), "PDF", 1, None),
        (locked_pdf("geheim"), "PDF", None, "encrypted"),
        (pdf()[:200], "PDF", None, "damaged"),
        (b"%PDF-1.7\n", "PDF", None, "damaged"),
        (picture(), "图片", 1, None),
        (picture(form="PNG"), "图片", 1, None),
        (picture(form="TIFF", frames=3), "图片", 3, None),
        (picture(form="BMP"), "图片", 1, None),
        (picture(form="WEBP"), "图片", 1, None),
        (picture(blank=True), "图片", 1, "empty"),
        (picture(form="PNG", blank=True), "图片", 1, "empty"),
        (picture((599, 900)), "图片", 1, "small"),
        (picture((600, 900)), "图片", 1, None),
        (picture()[:-400], "图片", None, "damaged"),
        (picture(form="PNG")[:-400], "图片", None, "damaged"),
        (b"\x89PNG\r\n\x1a\n", "图片", None, "damaged"),
        (ofd(), "OFD", 1, None),
        (ofd(["甲", "", "乙"]), "OFD", 3, None),
        (ofd(["", ""]), "OFD", 2, "empty"),
        (ofd([]), "OFD", 0, "empty"),
        (ofd(changed={"Encryptions.xml": "<a/>"}), "OFD", None, "encrypted"),
        (ofd(changed={"Doc_0/Document.xml": None}), "zip", None, "damaged"),
        (ofd(changed={"Doc_0/Pages/Page_0/Content.xml": "<"}), "zip", None, "damaged"),
        (ofd()[:-30], "zip", None, "damaged"),
        (word(), "Word", None, None),
        (word(""), "Word", None, "empty"),
        (word()[:-30], "zip", None, "damaged"),
        (zipped({"a.txt": "a"}), "", None, "unchecked"),
        (zipped({"%PDF-1.7": "a"}), "", None, "unchecked"),
    ],
)
def test_told(data: bytes, kind: str, pages: int | None, fault: str | None) -> None:
    """Pages are counted where there are such, and the first thing that is wrong is told."""
    assert (opened(data)["kind"], *told(data)) == (kind, pages, fault)


@pytest.mark.parametrize("form", ["PNG", "GIF", "TIFF", "BMP"])
@pytest.mark.parametrize("colours", [1, 2, 3])
def test_a_picture_of_few_colours(form: str, colours: int) -> None:
    """Of a picture with a palette the colours count, not their numbers: two are not blank, though numbered 0 and 1."""
    assert told(painted(form, colours)) == (1, "empty" if colours == 1 else None)


def test_alike_colours_of_a_palette() -> None:
    """Numbers of a palette far apart whose colours are next to each other leave a picture blank; a transparent one does not."""
    assert told(painted("PNG", 2, palette=[250, 250, 250, 251, 250, 250])) == (1, "empty")
    assert told(painted("PNG", 2, palette=[0, 0, 0, 0, 0, 0], transparency=0)) == (1, None)


def painted(form: str, colours: int, palette: list[int] | None = None, **more: int) -> bytes:
    """Draw a picture with a palette of a few colours, all of which are seen."""
    drawn, made = Image.new("P", (700, 900), 0), BytesIO()
    drawn.putpalette(palette or [255, 255, 255, 0, 0, 0, 200, 0, 0])
    for number in range(1, colours):
        drawn.paste(number, (0, 100 * number, 700, 100 * number + 9))
    drawn.save(made, form, **more)
    return made.getvalue()


def test_a_small_picture_says_how_small() -> None:
    """A picture whose shorter side has less than 600 pixels is told with its size; of several frames the largest counts."""
    assert opened(picture((320, 240)))["detail"] == "320×240"


@pytest.mark.parametrize(
    "data",
    [
        pdf([f"BT /F1 9 Tf 9 9 Td ({NUMBER}) Tj ET"]),
        pdf([f"BT /F1 9 Tf 9 9 Td [({NUMBER[:6]}) -20 ({NUMBER[6:]})] TJ ET"]),
        pdf([f"BT /F1 9 Tf 9 9 Td <{NUMBER.encode().hex()}> Tj ET"]),
        pdf(["BT /F1 9 Tf " + "".join(f"5 0 Td ({each}) Tj " for each in NUMBER) + "ET"]),
        pdf([PAINTED, f"BT /F1 9 Tf 9 9 Td ({NUMBER}) Tj ET"]),
        ofd(["甲", f"号码{NUMBER}"]),
        ofd([f"{NUMBER[:17]}</ofd:TextCode><ofd:TextCode>{NUMBER[17:]}"]),
        word(f"身份证号{NUMBER}"),
        word(f"{NUMBER[:6]}</w:t></w:r><w:r><w:t>{NUMBER[6:14]}</w:t></w:r><w:r><w:t>{NUMBER[14:]}"),
        slide(f"<a:p><a:r><a:t>{NUMBER[:17]}</a:t></a:r><a:r><a:t>{NUMBER[17:]}</a:t></a:r></a:p>"),
        book(f"<si><r><t>{NUMBER[:6]}</t></r><r><t>{NUMBER[6:]}</t></r></si>"),
    ],
    ids=[
        "whole",
        "in pieces",
        "hexadecimal",
        "one by one",
        "page 2",
        "OFD",
        "OFD runs",
        "Word",
        "Word runs",
        "slide runs",
        "cell runs",
    ],
)
def test_numbers(data: bytes) -> None:
    """An identity number in the text is told as it may be printed, and does not leave the process whole."""
    assert opened(data)["numbers"] == [PRINTED]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("名册.txt", f"张三{NUMBER}".encode("gb18030")),
        ("名册.csv", f"张三,{NUMBER}\n".encode("utf-16")),
        ("名册.html", f"<p>{NUMBER[:6]}<b>{NUMBER[6:]}</b></p>".encode()),
        ("名册.rtf", rf"{{\rtf1 {NUMBER[:6]}}}{{\hich\f0 {NUMBER[6:]}}}".encode()),
    ],
)
def test_texts(name: str, data: bytes) -> None:
    """Plain texts, and those of the web and of RTF, are searched in the encodings that there are."""
    assert inspect(data, name) == Inspected(kind="文本", numbers=(PRINTED,))


def test_what_is_not_opened() -> None:
    """A file of a format that nothing opens is said to be unchecked; one that is called otherwise than it is, damaged."""
    assert inspect(b"\x00\x00\x00\x18ftypheic", "照片.heic") == Inspected(fault=Fault.UNCHECKED)
    assert inspect(b"\x00\x00\x00\x18ftypheic", "照片.jpg") == Inspected(fault=Fault.DAMAGED)


@pytest.mark.parametrize(
    "data",
    [
        word(f"{NUMBER[:6]}</w:t></w:r></w:p><w:p><w:r><w:t>{NUMBER[6:]}"),
        word(f"{NUMBER[:6]}</w:t><w:tab/><w:t>{NUMBER[6:]}"),
        slide(f"<a:p><a:t>{NUMBER[:6]}</a:t></a:p><a:p><a:t>{NUMBER[6:]}</a:t></a:p>"),
        book(f"<si><t>{NUMBER[:6]}</t></si><si><t>{NUMBER[6:]}</t></si>"),
        ofd([f"{NUMBER[:6]}</ofd:TextCode></ofd:TextObject><ofd:TextObject><ofd:TextCode>{NUMBER[6:]}"]),
    ],
)
def test_no_number(data: bytes) -> None:
    """Digits of two paragraphs, cells or objects are no number together."""
    assert opened(data)["numbers"] == []


def test_a_font_with_a_table() -> None:
    """Where a font has numbers of its own for its characters, its table says which they are."""
    digits = {each: no for no, each in enumerate("0123456789X", 1)}
    table = "1 beginbfrange <0001> <000A> <0030> endbfrange\n1 beginbfchar <000B> <0058> endbfchar"
    font = {
        3: "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 1000 0 R >>",
        1000: f"<< /Length {len(table)} >>\nstream\n{table}\nendstream",
    }
    codes = "".join(f"{digits[each]:04X}" for each in NUMBER)

    assert opened(pdf([f"BT /F1 9 Tf 9 9 Td <{codes}> Tj ET"], more=font))["numbers"] == [PRINTED]


HOSTILE = {
    "entities": ofd(changed={"OFD.xml": '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]><a>&c;</a>'}),
    "page tree of itself": pdf(more={2: "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}),
    "pages of themselves": pdf(more={2: "<< /Type /Pages /Kids [1001 0 R] /Count 1 >>", 1001: "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}),
    "table of itself": pdf()[: pdf().rindex(b"startxref")].replace(b"/Root", b"/Prev 9 /Root") + b"startxref\n9\n%%EOF",
    "no root": pdf(more={1: "null"}),
    "part outside": ofd(changed={"OFD.xml": "<OFD><DocBody><DocRoot>../../etc/passwd</DocRoot></DocBody></OFD>"}),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str) -> None:
    """What is made to lead the reader astray is damaged, and nothing else happens."""
    assert opened(HOSTILE[name])["fault"] == "damaged"


WHOLE = {
    "pdf": pdf(["BT /F1 9 Tf 9 9 Td (Report) Tj ET", PAINTED]),
    "jpg": picture((700, 650)),
    "png": picture((700, 650), "PNG"),
    "gif": picture((700, 650), "GIF"),
    "tiff": picture((700, 650), "TIFF", frames=2),
    "ofd": ofd(["甲", "乙"]),
    "docx": word(),
}
CUT = ("damaged", "empty", None)


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("part", [3, 50, 97])
def test_cut(name: str, part: int) -> None:
    """A file that was cut off anywhere is told as damaged, or still shows what it has; nothing is raised."""
    assert opened(WHOLE[name][: len(WHOLE[name]) * part // 100]).get("fault") in CUT


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", WHOLE)
def test_cut_everywhere(name: str) -> None:
    """So it is at every byte, of a large file at a thousand of them."""
    data = WHOLE[name]
    for end in range(0, len(data), max(len(data) // 1000, 1)):
        assert opened(data[:end]).get("fault") in CUT
