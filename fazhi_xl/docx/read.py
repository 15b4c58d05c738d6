"""Reads a document of any Word program: its paragraphs and tables in order, as they stand once every tracked change is accepted."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import count
from typing import cast

import docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from fazhi_xl.docx.numbering import Numbering
from fazhi_xl.text.papers import Anchor, Paper, Paragraph, Table, plain_table

_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_GONE = frozenset(map(qn, ("w:del", "w:moveFrom")))  # what accepting the changes takes away
_BESIDE = frozenset(
    {*map(qn, ("w:drawing", "w:pict", "w:object", "w:pPr", "w:rPr", "w:instrText")), "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}
)  # fmt: skip
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_TEXT, _BOX, _FALLBACK = (
    qn("w:t"),
    qn("w:txbxContent"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
_VALUE = qn("w:val")
_SHOWN = 20  # characters of a text box that name it


def read_paper(data: bytes) -> Paper:
    """Read a document from its bytes. What the library raises for a damaged one is left to whoever opens it."""
    opened = docx.Document(io.BytesIO(data))
    body = opened.element.body
    return Paper(blocks=tuple(_blocks(body, Numbering(opened.part))), unread=tuple(_unread(body)))


def _blocks(body: Element, numbering: Numbering) -> Iterator[Paragraph | Table]:
    paragraphs, tables = count(1), count(1)
    kept = ""  # of a paragraph whose end was deleted: it goes on in the next one
    for block in _within(body, {_P, _TBL}):
        if block.tag == _TBL:
            table = _table(block, next(tables), numbering)
            if table.rows and table.rows[0]:  # one whose rows were all deleted is none
                yield table
            continue
        kept += _line(block, numbering)
        if _ends(block) and kept.strip():
            yield Paragraph(text=kept.strip(), where=f"第{next(paragraphs)}段")
        kept = "" if _ends(block) else kept


def _within(parent: Element, wanted: set[str]) -> Iterator[Element]:
    """Yield the elements of these kinds below an element, through whatever wraps them, and not below one another."""
    for child in _children(parent):
        if child.tag in wanted:
            yield child
        elif child.tag not in _GONE and child.tag not in _BESIDE:
            yield from _within(child, wanted)


def _children(element: Element) -> Iterator[Element]:
    return iter(cast("Iterable[Element]", element))


def _ends(paragraph: Element) -> bool:
    """Whether the paragraph's end is still there."""
    return not paragraph.xpath("./w:pPr/w:rPr/w:del")


def _line(paragraph: Element, numbering: Numbering) -> str:
    """Give a paragraph's text, with the number that Word writes before it."""
    text = "".join(_texts(paragraph))
    return numbering.before(paragraph, blank=not text.strip()) + text


def _texts(element: Element) -> Iterator[str]:
    for child in _children(element):
        if child.tag in _GONE or child.tag in _BESIDE:
            continue
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        else:
            yield from _texts(child)


# Tables --------------------------------------------------------------------------------------------------------------


def _table(table: Element, no: int, numbering: Numbering) -> Table:
    rows: list[list[str]] = []
    merged: dict[Anchor, Anchor] = {}
    opened: dict[int, Anchor] = {}  # by column, the cell that may go on below
    for row in _rows(table):
        at = len(rows)
        rows.append([])
        for column, cell in _placed(row):
            anchor = _anchor(cell, (at, column), opened)
            span = range(column, column + _number(cell, "./w:tcPr/w:gridSpan/@w:val", 1))
            merged.update({(at, each): anchor for each in span if (at, each) != anchor})
            opened.update(dict.fromkeys(span, anchor))
            rows[-1] += [""] * (span.stop - len(rows[-1]))
            rows[-1][column] = _cell_text(cell, numbering)
    return plain_table(rows, [f"表{no}第{at}行" for at in range(1, len(rows) + 1)], merged, new_page=False)


def _rows(table: Element) -> Iterable[Element]:
    return (row for row in _within(table, {_TR}) if not row.xpath("./w:trPr/w:del"))


def _placed(row: Element) -> Iterator[tuple[int, Element]]:
    """Yield a row's cells with the column where each begins."""
    column = _number(row, "./w:trPr/w:gridBefore/@w:val", 0)
    for cell in _within(row, {_TC}):
        yield column, cell
        column += _number(cell, "./w:tcPr/w:gridSpan/@w:val", 1)


_MOST_COLUMNS = 200


def _number(element: Element, path: str, default: int) -> int:
    found = element.xpath(path)
    return min(int(found[0]), _MOST_COLUMNS) if found and str(found[0]).isdigit() else default


def _anchor(cell: Element, own: Anchor, opened: dict[int, Anchor]) -> Anchor:
    """Give the cell that a cell belongs to: the one above where it goes on (ECMA-376 part 1, 17.4.84)."""
    merge = cell.xpath("./w:tcPr/w:vMerge")
    goes_on = merge and merge[0].get(_VALUE, "continue") == "continue"
    return opened.get(own[1], own) if goes_on else own


def _cell_text(cell: Element, numbering: Numbering) -> str:
    lines = (
        _nested(each, numbering) if each.tag == _TBL else _line(each, numbering) for each in _within(cell, {_P, _TBL})
    )
    return "\n".join(line.strip() for line in lines if line.strip())


def _nested(table: Element, numbering: Numbering) -> str:
    """Give a table within a cell as lines, its cells apart by tabs."""
    rows = ([_cell_text(cell, numbering) for _, cell in _placed(row)] for row in _rows(table))
    return "\n".join("\t".join(row) for row in rows)


# What is not read ----------------------------------------------------------------------------------------------------


def _unread(body: Element) -> Iterator[str]:
    for box in body.iter(_BOX):
        if next(box.iterancestors(_FALLBACK), None) is None:
            text = "".join(each.text or "" for each in box.iter(_TEXT)).strip()
            yield f"文本框“{text[:_SHOWN]}”"
    pictures = len(list(body.iter("{http://schemas.openxmlformats.org/drawingml/2006/picture}pic")))
    if pictures:
        yield f"图片{pictures}张"
