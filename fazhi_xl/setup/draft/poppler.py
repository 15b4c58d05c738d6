"""A notice in PDF by poppler's `pdftotext`, where no pdfplumber is installed: words with their places, without the rules of tables.

Columns are told by the room between them, and rows by the numbers in the first one; whatever is read so is doubtful.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import pairwise

from fazhi_xl.errors import FazhiError
from fazhi_xl.setup.draft.characters import squeezed
from fazhi_xl.setup.draft.headers import names_columns
from fazhi_xl.setup.draft.pages import Line, Word, lines_of, middle, paragraphs, unspaced
from fazhi_xl.setup.draft.pdf import SCAN
from fazhi_xl.text.commands import Command
from fazhi_xl.text.papers import Paper, Paragraph, Table, plain_table

_SECONDS, _MOST = 60, 64_000_000
_PAGE = re.compile(r"<page\b.*?</page>", re.DOTALL)
_WORD = re.compile(r'<word xMin="([0-9.]+)" yMin="([0-9.]+)" xMax="([0-9.]+)" yMax="([0-9.]+)">([^<]*)</word>')
_ANNEX = re.compile(r"附[件表录]\s*[0-9一二三四五六七八九十]*[:：]?$")
_GAP = 3.0  # points without any sign that part two columns
_DOUBT = "PDF 的表格线没有读(没有安装 pdfplumber),这一行从哪里到哪里是按序号的位置定的,请和原文核对"
Band = tuple[float, float]


def read_by_poppler(data: bytes) -> Paper:
    """Read a PDF from its bytes. Raises FazhiError where there is no poppler, or no text."""
    pages = [_words(page) for page in _PAGE.findall(_told(data))]
    if not any(pages):
        raise FazhiError(SCAN)
    blocks: list[Paragraph | Table] = []
    bands: tuple[Band, ...] = ()
    for number, words in enumerate(pages, start=1):
        head = _header(words)
        bands = _bands(words, head) if head else bands
        blocks += _page(words, bands, head, number)
        bands = bands if isinstance(blocks[-1], Table) else ()
    return Paper(blocks=tuple(blocks), wrapped=True, doubt=_DOUBT)


def _page(words: Sequence[Word], bands: Sequence[Band], head: Line | None, number: int) -> Iterator[Paragraph | Table]:
    """Give what stands above a page's table, the table from its header, or from the top, to where its columns end, and what is below."""
    top = head.box[1] if head else 0.0
    bottom = _bottom(words, bands, top)
    above = [word for word in words if middle(word) < top]
    below = [word for word in words if middle(word) > bottom]
    yield from _paragraphs(lines_of(above), number)
    if bottom > top:
        yield _table([word for word in words if top <= middle(word) <= bottom], bands, head, number)
    yield from _paragraphs(lines_of(below), number)


def _bottom(words: Sequence[Word], bands: Sequence[Band], top: float) -> float:
    """Say how far down a table goes: to the first line that heads an annex, or reaches into two of its columns."""
    bottom = top
    for line in lines_of(word for word in words if middle(word) >= top):
        on_it = [word for word in words if _overlaps(word, line.box[1], line.box[3])]
        if not bands or _ANNEX.match(line.text) or any(len(_touched(word, bands)) > 1 for word in on_it):
            break
        bottom = line.box[3]
    return bottom


def _told(data: bytes) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        raise FazhiError(
            "是 PDF,这台电脑上没有读 PDF 的程序。请运行 ",
            Command.INSTALL_PDF,
            " 后再导入,或者用 WPS、Word 打开,另存为 .docx 再导入",
        )
    try:
        ran = subprocess.run(  # noqa: S603 - poppler's own program, found on the path
            [program, "-bbox-layout", "-enc", "UTF-8", "-", "-"],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise FazhiError("读了太久没有读完。请只留下通知正文和附件再导入") from None
    return ran.stdout[:_MOST].decode("utf-8", "replace")


def _words(page: str) -> list[Word]:
    return [
        Word(text=unescape(text), box=(float(left), float(top), float(right), float(bottom)))
        for left, top, right, bottom, text in _WORD.findall(page)
        if text.strip()
    ]


def _paragraphs(lines: Sequence[Line], page: int) -> Iterator[Paragraph]:
    for text in paragraphs(lines):
        yield Paragraph(text=text, where=f"第{page}页")


# Tables without their rules --------------------------------------------------------------------------------------------


def _header(words: Sequence[Word]) -> Line | None:
    """Find the line that heads the columns of a table of items."""
    for line in lines_of(words):
        on_it = [squeezed(word.text) for word in words if _overlaps(word, line.box[1], line.box[3])]
        if names_columns(on_it):
            return line
    return None


def _overlaps(word: Word, top: float, bottom: float) -> bool:
    return top <= middle(word) <= bottom


def _bands(words: Sequence[Word], head: Line) -> tuple[Band, ...]:
    """Give the columns below a header: from left to right, parted by room that no sign stands in."""
    spans = sorted((word.box[0], word.box[2]) for word in words if middle(word) > head.box[1])
    bands: list[Band] = []
    for left, right in spans:
        if bands and left - bands[-1][1] < _GAP:
            bands[-1] = (bands[-1][0], max(bands[-1][1], right))
        else:
            bands.append((left, right))
    return tuple(bands)


def _touched(word: Word, bands: Sequence[Band]) -> list[int]:
    return [at for at, (left, right) in enumerate(bands) if word.box[0] < right and word.box[2] > left]


def _table(words: Sequence[Word], bands: Sequence[Band], head: Line | None, page: int) -> Table:
    """Put words into columns by their places, and into rows by the numbers of the first column."""
    starts = sorted(word.box[1] for word in words if word.text.isdigit() and _nearest(word, bands) == 0)
    edges = [0.0, *((head.box[3],) if head else ()), *starts, float("inf")]
    rows = [_row(words, bands, begin, end) for begin, end in pairwise(edges)]
    told = [row for row in rows if any(row)]
    headed = {(0, at): (0, at - 1) for at, text in enumerate(told[0]) if head and at and not text}
    return plain_table(told, [f"第{page}页第{at}行" for at in range(1, len(told) + 1)], headed, new_page=True)


def _row(words: Sequence[Word], bands: Sequence[Band], begin: float, end: float) -> list[str]:
    held: list[list[Word]] = [[] for _ in bands]
    for word in words:
        if begin <= middle(word) < end:
            for at in _touched(word, bands) or [_nearest(word, bands)]:
                held[at].append(word)
    return ["\n".join(unspaced(line.text) for line in lines_of(each)) for each in held]


def _nearest(word: Word, bands: Sequence[Band]) -> int:
    middle = (word.box[0] + word.box[2]) / 2
    return min(range(len(bands)), key=lambda at: abs((bands[at][0] + bands[at][1]) / 2 - middle))
