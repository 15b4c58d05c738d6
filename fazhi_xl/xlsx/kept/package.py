"""What a saved workbook still needs before it keeps to the schema: openpyxl writes what a font has in an order of its own."""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

_STYLES = "xl/styles.xml"
_FONT = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)
"""What a font has, in the order of the schema."""


def by_schema(workbook: bytes) -> bytes:
    """Put what fonts have into the order of the schema."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info, _styles(data) if info.filename == _STYLES else data)
    return out.getvalue()


def _styles(part: bytes) -> bytes:
    root = etree.fromstring(part)
    for font in root.iter("{*}font"):
        font[:] = sorted(font, key=_place)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _place(each: etree._Element) -> int:
    name = etree.QName(each).localname
    return _FONT.index(name) if name in _FONT else len(_FONT)
