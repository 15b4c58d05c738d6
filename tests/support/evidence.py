"""Files of evidence made by hand: whole ones, and with each fault that one may have."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter

from fazhi_xl.bounded.task import Answer


def opened_here(module: str, data: Mapping[str, Any], content: bytes, *_: object, **__: object) -> Answer:
    """Do a child's task in this process."""
    answer: Answer = import_module(module).work(dict(data), content)
    return answer


NUMBER = "11010519491231002X"  # the example of the standard
PRINTED = "1101************2X"
_OFD = "http://www.ofdspec.org/2016"


def pdf(
    contents: Sequence[str] = ("BT /F1 12 Tf 72 720 Td (Report) Tj ET",), *, more: Mapping[int, str] | None = None
) -> bytes:
    """Write a PDF by hand: one page for each content, with one plain font; `more` are further objects, by number from 1000."""
    kids = " ".join(f"{10 + 2 * no} 0 R" for no in range(len(contents)))
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        **{number: text.encode("latin-1") for number, text in (more or {}).items()},
    }
    for no, content in enumerate(contents):
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {11 + 2 * no} 0 R >>"
        packed = zlib.compress(content.encode("latin-1"))
        objects[10 + 2 * no] = page.encode()
        objects[11 + 2 * no] = (
            f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"
        )
    return pdf_of(objects)


def picture_pdf(pictures: Sequence[bytes], size: tuple[int, int]) -> bytes:
    """Write scanned pages as a PDF: one for each JPEG in grey, all of one size in pixels."""
    kids = " ".join(f"{10 + 3 * no} 0 R" for no in range(len(pictures)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pictures)} >>".encode(),
    }
    drawn = b"q 595 0 0 842 0 0 cm /I Do Q"
    kind = f"/Subtype /Image /Width {size[0]} /Height {size[1]} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode"
    for no, data in enumerate(pictures):
        first = 10 + 3 * no
        held = f"/Resources << /XObject << /I {first + 2} 0 R >> >> /Contents {first + 1} 0 R"
        objects[first] = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {held} >>".encode()
        objects[first + 1] = b"<< /Length %d >>\nstream\n" % len(drawn) + drawn + b"\nendstream"
        objects[first + 2] = f"<< {kind} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"
    return pdf_of(objects)


def pdf_of(objects: Mapping[int, bytes]) -> bytes:
    """Write objects as a PDF, with the table of where they stand."""
    made, places = bytearray(b"%PDF-1.7\n"), {}
    for number, held in sorted(objects.items()):
        places[number] = len(made)
        made += b"%d 0 obj\n" % number + held + b"\nendobj\n"
    start = len(made)
    made += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in sorted(places.items()):
        made += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(objects) + 1
    return bytes(made) + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def locked_pdf(password: str, owner: str = "owner") -> bytes:
    """Encrypt a PDF, so that it opens with a password."""
    writer, made = PdfWriter(), BytesIO()
    writer.append(PdfReader(BytesIO(pdf())))
    writer.encrypt(password, owner, algorithm="RC4-128")
    writer.write(made)
    return made.getvalue()


def picture(size: tuple[int, int] = (1240, 1754), form: str = "JPEG", *, blank: bool = False, frames: int = 1) -> bytes:
    """Draw a picture with strokes, or a blank one."""
    drawn = Image.new("L", size, 255)
    if not blank:
        pen = ImageDraw.Draw(drawn)
        for at in range(0, size[1], 40):
            pen.line((0, at, size[0], at + 7), fill=0, width=5)
    made = BytesIO()
    many = {"save_all": True, "append_images": [drawn] * (frames - 1)} if frames > 1 else {}
    drawn.save(made, form, **many)
    return made.getvalue()


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def ofd(texts: Sequence[str] = ("证明",), changed: Mapping[str, str | bytes | None] | None = None) -> bytes:
    """Write an OFD with a page for each text, a blank one for a blank text; `changed` replaces parts, or leaves them out."""
    pages = "".join(f'<ofd:Page ID="{no}" BaseLoc="Pages/Page_{no}/Content.xml"/>' for no in range(len(texts)))
    body = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    parts: dict[str, str | bytes | None] = {
        "OFD.xml": f'<ofd:OFD xmlns:ofd="{_OFD}" DocType="OFD">{body}</ofd:OFD>',
        "Doc_0/Document.xml": f'<ofd:Document xmlns:ofd="{_OFD}"><ofd:Pages>{pages}</ofd:Pages></ofd:Document>',
        **{f"Doc_0/Pages/Page_{no}/Content.xml": _ofd_page(text) for no, text in enumerate(texts)},
        **(changed or {}),
    }
    return zipped({name: part for name, part in parts.items() if part is not None})


def _ofd_page(text: str) -> str:
    held = f"<ofd:TextObject><ofd:TextCode>{text}</ofd:TextCode></ofd:TextObject>" if text else ""
    return f'<ofd:Page xmlns:ofd="{_OFD}"><ofd:Content><ofd:Layer>{held}</ofd:Layer></ofd:Content></ofd:Page>'


def word(text: str = "总结") -> bytes:
    """Write a Word document with a paragraph."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    held = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" if text else "<w:p/>"
    return zipped({
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{held}</w:body></w:document>',
    })  # fmt: skip
