"""Ways to spoil a workbook: as a person does with a program, or part by part."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.workbook import Workbook

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc33"
    "0000000049454e44ae426082"
)
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def edited(book: bytes, edit: Callable[[Workbook], None]) -> bytes:
    """Change a workbook with openpyxl, as any program may."""
    opened = openpyxl.load_workbook(io.BytesIO(book), rich_text=True)
    edit(opened)
    changed = io.BytesIO()
    opened.save(changed)
    return changed.getvalue()


def parts(book: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(held: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return made.getvalue()


def with_parts(book: bytes, added: Mapping[str, bytes]) -> bytes:
    """Add parts, or put others in their place."""
    return zipped({**parts(book), **added})


def with_part(book: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """Change the text of one part. Raises AssertionError where that changes nothing."""
    held = parts(book)
    changed = change(held[name].decode()).encode()
    assert changed != held[name]
    return zipped({**held, name: changed})


def drawn(book: bytes, sheet: int, shape: str) -> bytes:
    """Put a shape over the cells of the sheet, as Excel stores it."""
    drawing = (
        f'<xdr:wsDr xmlns:xdr="{_SHEET_DRAWING}" xmlns:a="{_DRAWING}" xmlns:r="{_TYPES}"><xdr:oneCellAnchor><xdr:from>'
        "<xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>6</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        f'<xdr:ext cx="900000" cy="900000"/>{shape}<xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>'
    )
    link = f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_TYPES}/{{}}" Target="{{}}"/></Relationships>'
    added = {
        "xl/drawings/drawing1.xml": drawing.encode(),
        f"xl/worksheets/_rels/sheet{sheet}.xml.rels": link.format("drawing", "../drawings/drawing1.xml").encode(),
        "xl/drawings/_rels/drawing1.xml.rels": link.format("image", "../media/image1.png").encode(),
        "xl/media/image1.png": PNG,
    }
    end = f'<drawing xmlns:r="{_TYPES}" r:id="rId1"/></worksheet>'
    part = f"xl/worksheets/sheet{sheet}.xml"
    return with_part(with_parts(book, added), part, lambda text: text.replace("</worksheet>", end))


PICTURE = (
    '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="扫描件"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>'
    '<a:blip r:embed="rId1"/></xdr:blipFill><xdr:spPr/></xdr:pic>'
)
TEXT_BOX = (
    '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="文本框"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr/><xdr:txBody>'
    "<a:bodyPr/><a:p><a:r><a:t>本项已报司法局</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
)
