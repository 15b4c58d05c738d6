"""Small PDF files with Chinese text and ruled tables, written by hand: no font is embedded, and none is needed to read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_HEIGHT, _SIZE = 842, 12
_SYSTEM = "/Registry(Adobe)/Ordering(Identity)/Supplement 0"
_FONT = "/Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93"
_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Same def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Texts at places (left, top, in points) and rules from place to place."""

    texts: Sequence[tuple[float, float, str]] = ()
    rules: Sequence[tuple[float, float, float, float]] = field(default=())


def ruled(
    left: float, top: float, columns: Sequence[float], rows: Sequence[float]
) -> list[tuple[float, float, float, float]]:
    """Give the rules of a table: widths of columns, heights of rows."""
    across, down = _edges(left, columns), _edges(top, rows)
    return [
        *((across[0], each, across[-1], each) for each in down),
        *((each, down[0], each, down[-1]) for each in across),
    ]


def _edges(start: float, sizes: Iterable[float]) -> list[float]:
    edges = [start]
    for size in sizes:
        edges.append(edges[-1] + size)
    return edges


def pdf(*pages: Page) -> bytes:
    """Write a file of some pages (PDF 1.7, 7.5); the codes of its signs are those of Unicode (9.10.3)."""
    count = len(pages)
    kids = " ".join(f"{6 + 2 * at} 0 R" for at in range(count))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        f"<</Type/Font/Subtype/CIDFontType0/BaseFont/Song/DW 1000/CIDSystemInfo<<{_SYSTEM}>>/FontDescriptor<<{_FONT}>>>>",
        _stream(_UNICODE),
    ]
    for at, page in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 {_HEIGHT}]/Contents {7 + 2 * at} 0 R/Resources<</Font<</F 3 0 R>>>>>>"
        )
        objects.append(_stream(_drawn(page)))
    return _file(objects)


def _stream(text: str) -> str:
    return f"<</Length {len(text)}>>stream\n{text}\nendstream"


def _drawn(page: Page) -> str:
    lines = [f"{left} {_HEIGHT - top} m {right} {_HEIGHT - bottom} l S" for left, top, right, bottom in page.rules]
    texts = [
        f"BT /F {_SIZE} Tf {left} {_HEIGHT - top - _SIZE} Td <{text.encode('utf-16-be').hex()}> Tj ET"
        for left, top, text in page.texts
    ]
    return "\n".join((*lines, *texts))


def _file(objects: Sequence[str]) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for no, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{no} 0 obj\n{each}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()
