"""Updates a kept table in place: what people made of a row stays with it, and cells that say the same already are not touched."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.xlsx.kept.cells import own_cell, plain_cell, said_of, set_value, shown
from fazhi_xl.xlsx.kept.find import Found, last_column, last_row
from fazhi_xl.xlsx.kept.heads import stretch, stretch_filter
from fazhi_xl.xlsx.kept.heights import heighten
from fazhi_xl.xlsx.kept.look import Look
from fazhi_xl.xlsx.kept.model import Sheet
from fazhi_xl.xlsx.kept.widths import widen


@dataclass(slots=True)
class _Kept:
    """What people made of a row: its cells, and its height."""

    cells: dict[int, tuple[Any, Any, Any, Any]]
    height: float | None
    hidden: bool


def update(found: Found, sheet: Sheet, look: Look) -> None:
    worksheet = found.sheet
    _add_columns(found, sheet, look)
    first, last = found.head_row + 1, _last_row(found)
    column = found.columns.get(sheet.mark, 0)
    keys = [
        sheet.told_by(str(worksheet.cell(at, column).value or "")) if column else "" for at in range(first, last + 1)
    ]
    wanted = [sheet.told_by(line.key) for line in sheet.lines]
    if keys != wanted:
        _rearrange(found, sheet, look, dict(zip(reversed(keys), range(last, first - 1, -1), strict=True)), last)
    for at, line in enumerate(sheet.lines, first):
        before = shown(worksheet, at)
        for title, place in found.columns.items():
            said = said_of(sheet, line, title)
            if cell := own_cell(worksheet, at, place, said):
                set_value(cell, said, line.links.get(title, ""), look)
        heighten(worksheet, at, anew=before != shown(worksheet, at))
    if sheet.key in worksheet.tables:
        stretch(found, worksheet.tables[sheet.key], found.head_row + max(len(sheet.lines), 1))


def _add_columns(found: Found, sheet: Sheet, look: Look) -> None:
    """Put back the columns that are gone, at the right end."""
    for head in sheet.heads:
        if head.title not in found.columns:
            at = last_column(found.sheet) + 1
            own_cell(found.sheet, found.head_row, at, head.title)  # parts a merged one
            cell = plain_cell(found.sheet, found.head_row, at)
            cell.value = head.title
            look.head(cell, head)
            widen(found.sheet, at, head)
            found.columns[head.title] = at


def _last_row(found: Found) -> int:
    """Give the last row on which the table says something."""
    worksheet = found.sheet
    for at in range(max(last_row(worksheet), found.head_row), found.head_row, -1):
        if any(worksheet.cell(at, column).value is not None for column in found.columns.values()):
            return at
    return found.head_row


def _rearrange(found: Found, sheet: Sheet, look: Look, rows: Mapping[str, int], last: int) -> None:
    """Put each row, with all that people made of it, where it now belongs; new ones look like the row above them."""
    worksheet, first = found.sheet, found.head_row + 1
    for area in [each for each in worksheet.merged_cells.ranges if each.max_row > found.head_row]:
        worksheet.unmerge_cells(area.coord)
    kept = {at: _taken(worksheet, at) for at in range(first, last + 1)}
    for at in range(first, max(last, found.head_row + len(sheet.lines)) + 1):
        _clear(worksheet, at)
    above: _Kept | None = kept.get(first)
    for at, line in enumerate(sheet.lines, first):
        key = sheet.told_by(line.key)
        own = kept.get(rows[key]) if key and key in rows else None
        if own:
            _give(worksheet, at, own)
        else:
            _dress(found, sheet, look, at, above)
        above = own or above


def _taken(worksheet: Worksheet, at: int) -> _Kept:
    cells = {}
    for column in range(1, worksheet.max_column + 1):
        cell = worksheet.cell(at, column)
        cells[column] = (cell.value, _dress_of(cell), copy(cell.comment), copy(cell.hyperlink))
    row = worksheet.row_dimensions[at]
    return _Kept(cells=cells, height=row.height, hidden=bool(row.hidden))


def _clear(worksheet: Worksheet, at: int) -> None:
    for column in range(1, worksheet.max_column + 1):
        cell = worksheet.cell(at, column)
        cell.comment = None
        cell.hyperlink = None
        cell.value = None
    worksheet.row_dimensions[at].height = None
    worksheet.row_dimensions[at].hidden = False


def _give(worksheet: Worksheet, at: int, kept: _Kept) -> None:
    for column, (value, style, comment, link) in kept.cells.items():
        cell = plain_cell(worksheet, at, column)
        cell.value = value
        _dress_in(cell, style)
        cell.comment = comment
        if link is not None:
            link.ref = cell.coordinate
            cell.hyperlink = link
    worksheet.row_dimensions[at].height = kept.height
    worksheet.row_dimensions[at].hidden = kept.hidden


def _dress_of(cell: Any) -> Any:  # noqa: ANN401 - openpyxl keeps all of a cell's looks in one value, and gives it no type
    return copy(cell._style)  # noqa: SLF001 - as above


def _dress_in(cell: Any, style: Any) -> None:  # noqa: ANN401 - as above
    cell._style = copy(style)  # noqa: SLF001 - as above


def _dress(found: Found, sheet: Sheet, look: Look, at: int, above: _Kept | None) -> None:
    worksheet = found.sheet
    heads = {found.columns[head.title]: head for head in sheet.heads}
    for column in range(1, worksheet.max_column + 1):
        cell = plain_cell(worksheet, at, column)
        if above and column in above.cells:
            _dress_in(cell, above.cells[column][1])
        elif column in heads:
            look.body(cell, heads[column])


def amend(found: Found, sheet: Sheet, look: Look) -> None:
    """Write what lines say where they stand, and add those that stand nowhere yet at the end; all else stays as it is."""
    worksheet = found.sheet
    _add_columns(found, sheet, look)
    last = bottom = _last_row(found)
    ready = (
        last + 1 if last == found.head_row and _is_dressed(worksheet, last + 1) else last
    )  # nothing stands there yet
    above = _taken(worksheet, ready) if ready > found.head_row else None
    if any(not line.at for line in sheet.lines):
        _part_below(worksheet, last)
    for line in sheet.lines:
        at = line.at or (bottom := bottom + 1)
        before = shown(worksheet, at)
        if not line.at:
            _dress(found, sheet, look, at, above)
        for title in (sheet.mark, *line.cells):
            said = said_of(sheet, line, title)
            if title in found.columns and (cell := own_cell(worksheet, at, found.columns[title], said)):
                set_value(cell, said, line.links.get(title, ""), look)
        heighten(worksheet, at, anew=before != shown(worksheet, at))
    if sheet.key in worksheet.tables and bottom > last:
        stretch(found, worksheet.tables[sheet.key], bottom)
    if bottom > last:
        stretch_filter(found, bottom)


def _is_dressed(worksheet: Worksheet, at: int) -> bool:
    return any(worksheet.cell(at, column).has_style for column in range(1, worksheet.max_column + 1))


def _part_below(worksheet: Worksheet, last: int) -> None:
    """Part the merged cells that reach below a table's last row, where rows are to be added."""
    for area in [each for each in worksheet.merged_cells.ranges if each.max_row > last]:
        worksheet.unmerge_cells(area.coord)
