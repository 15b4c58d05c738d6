"""A document as it stands once every tracked change is accepted, with what Word writes by itself."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from fazhi_xl.docx.read import read_paper
from fazhi_xl.text.papers import Paper
from tests.support.notices import as_docx

_W = nsdecls("w")


def _read(build: Callable[[Document], None]) -> Paper:
    document = docx.Document()
    build(document)
    memory = io.BytesIO()
    document.save(memory)
    return read_paper(memory.getvalue())


def _body(*elements: str) -> Paper:
    def build(document: Document) -> None:
        for element in elements:
            document.element.body.insert_element_before(parse_xml(element), "w:sectPr")

    return _read(build)


def _texts(paper: Paper) -> list[str]:
    return [each.text for each in paper.paragraphs]


def test_merged_cells_are_filled_down_and_right() -> None:
    paper = read_paper(as_docx("正文\n<table>\n甲 | ← | 乙\n丙↵丁 | 一 | ↑\n↑ | 二 | ↑\n</table>\n附件"))
    (table,) = paper.tables
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["甲", "甲", "乙"], ["丙\n丁", "一", "乙"], ["丙\n丁", "二", "乙"],
    ]  # fmt: skip
    assert [[cell.anchor for cell in row] for row in table.rows] == [
        [(0, 0), (0, 0), (0, 2)], [(1, 0), (1, 1), (0, 2)], [(1, 0), (2, 1), (0, 2)],
    ]  # fmt: skip
    assert table.places == ("表1第1行", "表1第2行", "表1第3行")
    assert [each.where for each in paper.paragraphs] == ["第1段", "第2段"]


def test_tracked_changes_are_taken_as_accepted() -> None:
    """What was put in is read, what was taken out or moved away is not; a paragraph whose end went goes on."""
    run = "<w:r><w:t>{}</w:t></w:r>"
    paper = _body(
        f"<w:p {_W}>{run.format('扣')}<w:del>{run.format('1').replace('w:t>', 'w:delText>')}</w:del><w:ins>{run.format('2')}</w:ins>"
        f"<w:moveFrom>{run.format('旧')}</w:moveFrom><w:moveTo>{run.format('分')}</w:moveTo></w:p>",
        f"<w:p {_W}><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run.format('前一半,')}</w:p>",
        f"<w:p {_W}>{run.format('后一半')}</w:p>",
    )
    assert _texts(paper) == ["扣2分", "前一半,后一半"]


def test_a_row_that_was_deleted_is_none() -> None:
    def build(document: Document) -> None:
        table = document.add_table(rows=2, cols=1)
        table.cell(0, 0).text, table.cell(1, 0).text = "留", "删"
        table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:del {_W}/>"))  # noqa: SLF001 - no other way to it

    (table,) = _read(build).tables
    assert [[cell.text for cell in row] for row in table.rows] == [["留"]]


def test_text_boxes_are_named_and_not_read() -> None:
    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    paper = _body(f"<w:p {_W}>{box}<w:r><w:t>正文</w:t></w:r></w:p>")
    assert _texts(paper) == ["正文"]
    assert paper.unread == ("文本框“框里的字”",)


def test_a_table_in_a_cell_is_read_as_its_lines() -> None:
    def build(document: Document) -> None:
        cell = document.add_table(rows=1, cols=1).cell(0, 0)
        cell.text = "外"
        inner = cell.add_table(rows=1, cols=2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "内一", "内二"

    (table,) = _read(build).tables
    assert table.rows[0][0].text == "外\n内一\t内二"


def test_numbers_that_word_writes_are_read() -> None:
    """A column of numbers may hold none as text."""
    numbered = "<w:p {w}><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='{no}'/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"

    def build(document: Document) -> None:
        part = document.part.numbering_part
        part.element.insert(0, parse_xml(
            f"<w:abstractNum {_W} w:abstractNumId='77'><w:lvl w:ilvl='0'><w:start w:val='9'/><w:numFmt w:val='chineseCounting'/>"
            "<w:lvlText w:val='%1、'/></w:lvl></w:abstractNum>"
        ))  # fmt: skip
        part.element.append(parse_xml(f"<w:num {_W} w:numId='78'><w:abstractNumId w:val='77'/></w:num>"))
        for text in ("目标", "任务", "要求"):
            document.element.body.insert_element_before(parse_xml(numbered.format(w=_W, no=78, text=text)), "w:sectPr")

    assert _texts(_read(build)) == ["九、目标", "十、任务", "十一、要求"]
