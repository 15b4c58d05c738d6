"""The comments of a catalogue's files as remarks on its things: an office reads and writes them beside the rows of a workbook."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from fazhi_xl.notice.layout import layout_of
from fazhi_xl.notice.lines import Place
from fazhi_xl.notice.places import place_of
from fazhi_xl.notice.shape import path_text
from fazhi_xl.notice.source import Source, parsed

Remarks = Mapping[tuple[str, str], str]
"""What is said, by file and place as `Problem` has them (`items/15.toml`, `sub_points[3].points`); of a file itself, by ""."""


def read_remarks(folder: Path, source: Source) -> Remarks:
    """Read the remarks in a catalogue's files: comments directly above a thing, or behind it on its line.

    A file that cannot be read has none; `read_source` reports it.
    """
    return {
        (file, path_text(*place)): said
        for file in source.files
        for place, said in _of_text(text_of(folder / file)).items()
    }


def text_of(path: Path) -> str:
    """Give a file's text with plain line ends; empty where it is not there or no TOML."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        parsed(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return ""
    return text


def _of_text(text: str) -> dict[Place, str]:
    return dict(layout_of(text).remarks())


def of_file(remarks: Remarks, file: str) -> dict[Place, str]:
    """Give the remarks on a file's things, by their places."""
    return {place_of(path): said for (of, path), said in remarks.items() if of == file}
