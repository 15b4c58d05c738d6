"""Lays out, beside the starters, what people are to change: the settings and the catalogues; what is there is theirs and stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

from fazhi_xl.office.workspace.catalogue import TEMPLATES
from fazhi_xl.starters.settings import CATALOGUES, FILE, TEMPLATE


def prepare() -> Iterator[str]:
    """Add in this folder what is not there yet, and say what was added. Raises OSError."""
    absent = [
        each for each in sorted(TEMPLATES.iterdir()) if each.is_dir() and not Path(CATALOGUES, each.name).exists()
    ]
    for each in absent:
        copytree(each, Path(CATALOGUES, each.name))
    if absent:
        yield f"“{CATALOGUES}”里放了通知写成的目录:{'、'.join(each.name for each in absent)}。"
    if not Path(FILE).exists():
        Path(FILE).write_text(TEMPLATE, "utf-8-sig", newline="\r\n")
        yield f"写了 {FILE}。"
