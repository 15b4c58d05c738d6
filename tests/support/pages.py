"""What stands on a page of panels: its texts, and the rows below a heading."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.points import Hundredths
from fazhi_xl.reports.media.panel import Line, PageSheet, Span
from fazhi_xl.reports.media.workbook import Formula, Link, Marked, ReportSheet


def page_of(sheet: ReportSheet) -> PageSheet:
    assert isinstance(sheet, PageSheet)
    return sheet


def texts(sheet: ReportSheet) -> list[str]:
    """Give what the cells say, from the top."""
    return list(page_of(sheet).texts)


def headings(sheet: ReportSheet) -> list[str]:
    return [line.cells[0].shown for line in page_of(sheet).lines if _is_heading(line)]


def under(sheet: ReportSheet, heading: str) -> list[tuple[str | Hundredths | None, ...]]:
    """Give what each row below a heading says, figures in hundredths or as whole numbers."""
    return [tuple(map(held, line.cells)) for line in _below(page_of(sheet), heading)]


def held(cell: Span) -> str | Hundredths | None:
    value = cell.value.value if isinstance(cell.value, Formula) else cell.value
    return value.text if isinstance(value, Link | Marked) else value


def tile(sheet: ReportSheet, label: str) -> tuple[str | Hundredths | None, str | Hundredths | None]:
    """Give a tile's figure and its note."""
    lines = list(page_of(sheet).lines)
    for no, line in enumerate(lines):
        for at, cell in enumerate(line.cells):
            if cell.value == label and cell.style.startswith("tile_label"):
                return held(lines[no + 1].cells[at]), held(lines[no + 2].cells[at])
    raise KeyError(label)


def told(sheet: ReportSheet, name: str) -> str:
    """Give what is said beside a name in the rows of what needs attention."""
    return next(
        line.cells[1].shown for line in page_of(sheet).lines if line.cells and line.cells[0].shown.startswith(name)
    )


def _is_heading(line: Line) -> bool:
    return bool(line.cells) and line.cells[0].style == "panel"


def _below(page: PageSheet, heading: str) -> Iterator[Line]:
    for band in page.bands:
        for stack in band:
            inside = False
            for block in stack:
                if isinstance(block, Line) and _is_heading(block):
                    inside = heading in block.cells[0].shown
                elif inside and isinstance(block, Line) and block.cells:
                    yield block
