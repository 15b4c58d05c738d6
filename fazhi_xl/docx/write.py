"""Writes a document in the layout of official papers (GB/T 9704): A4, its margins, fonts, line pitch and page numbers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from importlib.resources import files
from typing import cast

import docx
from docx.document import Document as Opened
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph as Line

from fazhi_xl.notice.theme import Theme
from fazhi_xl.reports.media.document import Document, Grid
from fazhi_xl.text.packing import made_alike

_DIGITS = "Times New Roman"
_TEXT_WIDTH = 156  # millimetres between the margins
_PITCH = 28.9  # points from line to line


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """`font`: title, head, section, body or page. `indent` and `right` are in characters, `level` is that of the outline."""

    font: str = "body"
    size: float = 16
    align: ALIGN = ALIGN.JUSTIFY
    pitch: float | None = _PITCH
    indent: int = 0
    right: int = 0
    level: int | None = None
    before: float = 0
    new_page: bool = False

    @property
    def indents(self) -> dict[str, str]:
        """The attributes that indent: in characters, as Word measures them, and in points for programs that do not."""
        hundredths = {"firstLineChars": self.indent * 100, "rightChars": self.right * 100}
        twips = {"firstLine": int(self.indent * self.size * 20), "right": int(self.right * self.size * 20)}
        return {key: str(value) for key, value in {**hundredths, **twips}.items() if value}


_STYLES: Mapping[str, _Style] = {
    "title": _Style(font="title", size=22, align=ALIGN.CENTER, pitch=36),
    "subtitle": _Style(font="section", align=ALIGN.CENTER),
    "addressee": _Style(before=14),
    "heading": _Style(font="head", indent=2, level=0),
    "body": _Style(indent=2),
    "attachment": _Style(indent=2, before=_PITCH),
    "signed": _Style(align=ALIGN.RIGHT, right=4, before=2 * _PITCH),
    "dated": _Style(align=ALIGN.RIGHT, right=4),
    "annex": _Style(font="head", new_page=True),
    "cell_head": _Style(font="head", size=12, align=ALIGN.CENTER, pitch=None),
    "cell": _Style(size=12, align=ALIGN.LEFT, pitch=None),
    "page_odd": _Style(font="page", size=14, align=ALIGN.RIGHT, right=1, pitch=None),
    "page_even": _Style(font="page", size=14, align=ALIGN.LEFT, indent=1, pitch=None),
}
_PAGE_FONT = "宋体"


def document_bytes(document: Document, theme: Theme) -> bytes:
    """Write the document. The same document gives the same bytes."""
    opened = docx.Document(io.BytesIO(_blank()))
    about = opened.core_properties  # nothing says who wrote it, with which program, or when
    about.title, about.author, about.comments, about.last_modified_by = document.title, "", "", ""
    about.created = about.modified = datetime.combine(theme.created, time())
    about.revision = 1
    for name, style in _STYLES.items():
        _add_style(opened, name, style, theme)
    _lay_out(opened)
    for block in document.blocks:
        if isinstance(block, Grid):
            _grid(opened, block)
            continue
        line = _styled(opened.add_paragraph(), block.style)
        if block.lead:
            line.add_run(block.lead).element.get_or_add_rPr().insert(0, _fonts("section", theme))
        line.add_run(block.text)
    dated, memory = io.BytesIO(), io.BytesIO()
    opened.save(dated)
    with zipfile.ZipFile(dated) as saved, zipfile.ZipFile(memory, "w") as anew:
        for part in saved.infolist():
            info = zipfile.ZipInfo(part.filename, date_time=theme.created.timetuple()[:6])
            anew.writestr(info, saved.read(part), zipfile.ZIP_DEFLATED)
    made_alike(memory)
    return memory.getvalue()


@cache
def _blank() -> bytes:
    """Give the library's blank document, read once."""
    return files(docx).joinpath("templates", "default.docx").read_bytes()


# Styles --------------------------------------------------------------------------------------------------------------


def _add_style(opened: Opened, name: str, style: _Style, theme: Theme) -> None:
    made = opened.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(made, ParagraphStyle)  # noqa: S101 - what the library gives for this type
    made.font.size = Pt(style.size)
    made.paragraph_format.keep_with_next = style.level is not None
    looks = made.element.get_or_add_rPr()
    looks.insert(0, _fonts(style.font, theme))
    looks.append(_element("w:lang", val="en-US", eastAsia="zh-CN"))
    layout = made.paragraph_format
    layout.alignment, layout.space_before, layout.space_after = style.align, Pt(style.before), Pt(0)
    layout.page_break_before, layout.widow_control = style.new_page, False
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY if style.pitch else WD_LINE_SPACING.SINGLE
    if style.pitch:
        layout.line_spacing = Pt(style.pitch)
    properties = made.element.get_or_add_pPr()
    if style.indents:
        properties.insert_element_before(_element("w:ind", **style.indents), *_AFTER_INDENT)
    if style.level is not None:
        properties.insert_element_before(_element("w:outlineLvl", val=str(style.level)), *_AFTER_OUTLINE)


def _fonts(font: str, theme: Theme) -> BaseOxmlElement:
    """Give a font for Chinese, with digits and Latin letters in Times New Roman."""
    fonts = {
        "title": theme.title_font,
        "head": theme.head_font,
        "section": theme.section_font,
        "body": theme.body_font,
        "page": _PAGE_FONT,
    }
    latin = _PAGE_FONT if font == "page" else _DIGITS
    return _element("w:rFonts", ascii=latin, hAnsi=latin, cs=latin, eastAsia=fonts[font], hint="eastAsia")


_AFTER_OUTLINE = ("w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange")
_AFTER_INDENT = (
    "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", *_AFTER_OUTLINE,
)  # fmt: skip


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    made = cast("BaseOxmlElement", OxmlElement(tag))
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


# The page ------------------------------------------------------------------------------------------------------------


def _lay_out(opened: Opened) -> None:
    section = opened.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)  # the number stands 7 mm below the text
    opened.settings.odd_and_even_pages_header_footer = True
    _number(section.footer.paragraphs[0], "page_odd")
    _number(section.even_page_footer.paragraphs[0], "page_even")


def _number(line: Line, style: str) -> None:
    """Write the page number as — 1 —, with a PAGE field."""
    _styled(line, style).add_run("— ")
    run = line.add_run()
    for part in (
        _element("w:fldChar", fldCharType="begin"),
        parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> PAGE </w:instrText>'),
        _element("w:fldChar", fldCharType="separate"),
    ):
        run.element.append(part)
    line.add_run("1").element.append(_element("w:fldChar", fldCharType="end"))
    line.add_run(" —")


def _styled(line: Line, style: str) -> Line:
    """Give a line one of the styles above, whose ids are their names: the library would look through all styles each time."""
    line._p.style = style  # noqa: SLF001
    return line


# Its tables ----------------------------------------------------------------------------------------------------------


def _grid(opened: Opened, grid: Grid) -> None:
    table = opened.add_table(rows=0, cols=len(grid.columns), style="Table Grid")
    table.autofit = False
    shares = [Mm(_TEXT_WIDTH * share / sum(grid.widths)) for share in grid.widths]
    for column, share in zip(table.columns, shares, strict=True):
        column.width = share
    _row(table, grid.columns, shares, "cell_head")
    for row in grid.rows:
        _row(table, row, shares, "cell")


def _row(table: Table, texts: tuple[str, ...], shares: Sequence[Length], style: str) -> None:
    row = table.add_row()  # type: ignore[no-untyped-call] # the library's own omission
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - the library gives no other way to a row
    properties.append(_element("w:cantSplit"))
    if style == "cell_head":
        properties.append(_element("w:tblHeader"))
    for cell, text, share in zip(row.cells, texts, shares, strict=True):
        cell.width = share
        _styled(cell.paragraphs[0], style).add_run(text)
