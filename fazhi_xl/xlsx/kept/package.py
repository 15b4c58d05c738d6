"""What openpyxl does not do by itself: fonts in the order of the schema, and to say what of a workbook it does not keep."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from types import MappingProxyType

from lxml import etree

from fazhi_xl.text.packing import made_alike

_STYLES = "xl/styles.xml"
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP archive can tell
_FONT = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)
"""What a font has, in the order of the schema."""


_UNKEPT = (
    (re.compile(r"xl/(drawings/drawing|media/|charts/|chartsheets/|diagrams/)"), "图片、图形和图表"),
    (re.compile(r"xl/(threadedComments|persons)/"), "新式批注的回复"),
    (re.compile(r"xl/(embeddings|activeX|ctrlProps)/"), "嵌入的文件和控件"),
    (re.compile(r"xl/(slicers|slicerCaches|timelines|pivotTables)/"), "切片器和数据透视表"),
)
"""The parts of a workbook that an update leaves out, and what people call them."""
_DRAWING, _ANCHOR = re.compile(r"xl/drawings/drawing[^/]*$"), b"Anchor"
"""A page of drawings, and what each of them has: LibreOffice saves a page without any where cells have comments."""


def unkept(workbook: bytes) -> tuple[str, ...]:
    """Name what of a workbook an update in place would not keep."""
    with zipfile.ZipFile(BytesIO(workbook)) as package:
        names = [
            name for name in package.namelist() if not (_DRAWING.match(name) and _ANCHOR not in package.read(name))
        ]
    return tuple(word for pattern, word in _UNKEPT if any(map(pattern.match, names)))


def by_schema(workbook: bytes) -> bytes:
    """Put what fonts have into the order of the schema, and leave out when it was saved: the same input gives the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data, info.date_time = old.read(info), _NO_TIME
            new.writestr(info, _MENDED.get(info.filename, bytes)(data))
    made_alike(out)
    return out.getvalue()


def _styles(part: bytes) -> bytes:
    root = etree.fromstring(part)
    for font in root.iter("{*}font"):
        font[:] = sorted(font, key=_place)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _core(part: bytes) -> bytes:
    """Give the day on which a workbook was made for the one on which it was saved."""
    root = etree.fromstring(part)
    made = next((each.text for each in root.iter("{*}created")), None)
    for saved in root.iter("{*}modified"):
        saved.text = made or saved.text
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


_MENDED: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType({_STYLES: _styles, "docProps/core.xml": _core})


def _place(each: etree._Element) -> int:
    name = etree.QName(each).localname
    return _FONT.index(name) if name in _FONT else len(_FONT)
