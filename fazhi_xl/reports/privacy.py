"""Telephone numbers stay out of the office's tables: they belong to the list of contacts and to nothing else."""

from __future__ import annotations

import re
from dataclasses import replace

from fazhi_xl.reports.book import Block, Cell, Link, ReportSheet, Sentence, Table

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
    """Put a word in the place of every mobile and long-distance number, whatever width its digits have."""
    kept, end = [], 0
    for found in _PHONE.finditer(text.translate(_HALF_WIDTH)):
        kept += [text[end : found.start()], _MASK]
        end = found.end()
    return "".join([*kept, text[end:]])


def sheet_without_phones(sheet: ReportSheet) -> ReportSheet:
    """Do so in every text of a sheet; not for one with charts, which hold on to their tables."""
    return replace(sheet, blocks=tuple(map(_block, sheet.blocks)))


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
    return without_phones(cell) if isinstance(cell, str) else cell
