"""Telephone numbers stay out of the office's tables: they belong to the list of contacts and to nothing else.

And what one unit is told does not name the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from fazhi_xl.notice.model import Notice
from fazhi_xl.reports.media.panel import Line, PageSheet, PanelBlock
from fazhi_xl.reports.media.workbook import Block, Cell, Link, Marked, ReportSheet, Sentence, Table
from fazhi_xl.text.identity_numbers import without_identity_numbers

_MASK = "(电话略)"
_HALF_WIDTH = {
    **{0xFF10 + digit: 0x30 + digit for digit in range(10)},
    0xFF0D: ord("-"),
    0xFF0B: ord("+"),
    0x3000: ord(" "),
}
_PHONE = re.compile(
    r"(?<![0-9A-Za-z])(?:\+?86[ -]?)?(?:1[3-9][0-9](?:[ -]?[0-9]{4}){2}|0[0-9]{2,3}[ -]?[0-9]{7,8})(?![0-9A-Za-z])"
)


def without_phones(text: str) -> str:
    """Replace every mobile and long-distance number, in digits of any width, by (电话略), and most of each identity number."""
    kept, end = [], 0
    for found in _PHONE.finditer(text.translate(_HALF_WIDTH)):
        kept += [text[end : found.start()], _MASK]
        end = found.end()
    return without_identity_numbers("".join([*kept, text[end:]]))


def row_without_identity_numbers(row: Iterable[Cell]) -> tuple[Cell, ...]:
    """Give a row as it is printed, where names of files stand in it; its links lead where they did."""
    return tuple(map(_without_identity_numbers, row))


def _without_identity_numbers(cell: Cell) -> Cell:
    if isinstance(cell, Link):
        return replace(cell, text=without_identity_numbers(cell.text))
    return without_identity_numbers(cell) if isinstance(cell, str) else cell


def sheet_without_phones(sheet: ReportSheet) -> ReportSheet:
    """Replace the numbers in every text of a sheet without charts, whose tables must not be replaced."""
    if isinstance(sheet, PageSheet):
        return replace(sheet, bands=tuple(tuple(tuple(map(_panel, stack)) for stack in band) for band in sheet.bands))
    return replace(sheet, blocks=tuple(map(_block, sheet.blocks)))


def _panel(block: PanelBlock) -> PanelBlock:
    if isinstance(block, Line):
        return replace(block, cells=tuple(replace(cell, value=_cell(cell.value)) for cell in block.cells))
    return block


def _block(block: Block) -> Block:
    match block:
        case Sentence():
            return replace(block, text=without_phones(block.text)) if isinstance(block.text, str) else block
        case Table():
            return replace(block, rows=tuple(tuple(map(_cell, row)) for row in block.rows))
    return block


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, Link):
        return replace(cell, text=without_phones(cell.text))
    if isinstance(cell, Marked):
        return Marked(tuple(replace(each, text=without_phones(each.text)) for each in cell.pieces))
    return without_phones(cell) if isinstance(cell, str) else cell


_ELSEWHERE = "(其他单位)"
_SHORTEST = 3  # 法院 or 团委 is a word as well; with the district's own 区 or 县 before it it is a name
_ELSEWHERES = "省市国级"  # a name behind one of these is a body of another level


@dataclass(frozen=True, slots=True)
class OtherUnits:
    """Replaces the names of other units, with 区 or the like before them or of three characters and more, in text for one unit."""

    pattern: re.Pattern[str]
    owners: Mapping[str, str]

    @classmethod
    def of(cls, notice: Notice) -> OtherUnits:
        level = notice.about.district[-1]
        called = [(name, unit.short) for unit in notice.units for name in unit.names]
        owners = {f"{level}{name}": unit for name, unit in called}
        owners |= {name: unit for name, unit in called if len(name) >= _SHORTEST}
        longest = sorted(owners, key=len, reverse=True)
        before = _ELSEWHERES.replace(level, "")
        return cls(re.compile(rf"(?<![{before}])(?:{'|'.join(map(re.escape, longest))})"), owners)

    def hidden(self, text: str, unit: str) -> str:
        """Replace all unit names but the unit's own by (其他单位); a name after 省, 市, 国 or 级 is no unit of the district and stays."""
        return self.pattern.sub(lambda found: found[0] if self.owners[found[0]] == unit else _ELSEWHERE, text)
