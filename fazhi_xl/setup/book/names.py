"""What the file of a catalogue's workbook is called."""

from __future__ import annotations

from pathlib import Path

SUFFIXES = frozenset({".xlsx", ".xlsm"})
_PREFIX = "目录_"


def file_of(name: str) -> str:
    """Give the name of the file of a campaign's workbook."""
    return f"{_PREFIX}{name}.xlsx"


def name_of(path: Path) -> str:
    """Give the name of the campaign that a file is called after."""
    return path.stem.removeprefix(_PREFIX)


def is_book(path: Path) -> bool:
    """Say whether a catalogue is named by a workbook, or by a file that should be one."""
    return path.is_file() or path.suffix.lower() in SUFFIXES
