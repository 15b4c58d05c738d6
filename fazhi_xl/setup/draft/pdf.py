"""A notice in PDF with text: its ruled tables with their merged cells, and the paragraphs between them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Any

from fazhi_xl.errors import FazhiError
from fazhi_xl.setup.draft.pages import Box, Word, lines_of, paragraphs, within
from fazhi_xl.text.papers import Anchor, Paper, Paragraph, Table, plain_table

_MOST_PAGES, _NEAR = 200, 3.0  # points within which two rules are one
SCAN = "里没有文字,像是扫描件,读不出来。请先用文字识别软件转成 .docx,或者向发文机关要 .docx 文件"


def read_pdf(data: bytes) -> Paper:
    """Read a PDF from its bytes with pdfplumber. Raises ImportError where that is not installed, and FazhiError for a scan."""
    import pdfplumber  # noqa: PLC0415 - an extra

    with pdfplumber.open(io.BytesIO(data)) as opened:
        if len(opened.pages) > _MOST_PAGES:
            raise FazhiError(f"有{len(opened.pages)}页,超过{_MOST_PAGES}页,没有读取。请只留下通知正文和附件再导入")
        blocks = tuple(block for page in opened.pages for block in _blocks(page))
    if not blocks:
        raise FazhiError(SCAN)
    return Paper(blocks=blocks, wrapped=True)


def _blocks(page: Any) -> Iterator[Paragraph | Table]:  # noqa: ANN401 - the library has no types
    """Give a page's paragraphs and tables from top to bottom."""
    words = [_word(each) for each in page.extract_words(keep_blank_chars=False, use_text_flow=False, x_tolerance=2)]
    tables = sorted((table for table in page.find_tables() if len(table.cells) > 1), key=lambda table: table.bbox[1])
    top, number = 0.0, page.page_number
    for nth, table in enumerate(tables):
        yield from _paragraphs(words, (0, top, page.width, table.bbox[1]), number)
        inside = [word for word in words if within(table.bbox, word)]
        yield _table(table.cells, inside, f"第{number}页" + (f"第{nth + 1}个表" if len(tables) > 1 else ""))
        top = table.bbox[3]
    yield from _paragraphs(words, (0, top, page.width, page.height), number)
    page.close()


def _word(found: dict[str, Any]) -> Word:
    return Word(text=found["text"], box=(found["x0"], found["top"], found["x1"], found["bottom"]))


def _paragraphs(words: Sequence[Word], box: Box, page: int) -> Iterator[Paragraph]:
    for text in paragraphs(lines_of(word for word in words if within(box, word))):
        yield Paragraph(text=text, where=f"第{page}页")


# Tables --------------------------------------------------------------------------------------------------------------


def _table(cells: Sequence[Box], words: Sequence[Word], where: str) -> Table:
    """Put a table's words into its cells: a cell spans the rows and columns between its rules."""
    across = _rules(chain.from_iterable((cell[0], cell[2]) for cell in cells))
    down = _rules(chain.from_iterable((cell[1], cell[3]) for cell in cells))
    texts = [[""] * (len(across) - 1) for _ in range(len(down) - 1)]
    merged: dict[Anchor, Anchor] = {}
    for cell in cells:
        top, bottom, left, right = _at(down, cell[1]), _at(down, cell[3]), _at(across, cell[0]), _at(across, cell[2])
        inside = lines_of(word for word in words if within(cell, word))
        texts[top][left] = "\n".join(line.text for line in inside)
        spanned = ((row, column) for row in range(top, bottom) for column in range(left, right))
        merged.update({each: (top, left) for each in spanned if each != (top, left)})
    places = [f"{where}第{row}行" for row in range(1, len(texts) + 1)]
    return plain_table(texts, places, merged, new_page=True)


def _rules(places: Iterator[float]) -> list[float]:
    """Give the places of rules in order, those that lie close together once."""
    ordered = sorted(places)
    return [ordered[0], *(place for before, place in pairwise(ordered) if place - before > _NEAR)]


def _at(rules: Sequence[float], place: float) -> int:
    """Give the rule that a place is at."""
    return min(range(len(rules)), key=lambda at: abs(rules[at] - place))
