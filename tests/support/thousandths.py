"""A catalogue that keeps scores to three places, made from the one of 2020."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from tests.notice.campaigns import CAMPAIGN
from tests.support.offices import few

EDITS = {
    "notice.toml": ("full = 100", 'full = 100\nplaces = 3\nrounding = "{}"'),
    "items/15.toml": ("points = 1\n", "points = 0.875\n"),
    "items/20.toml": ("each = 0.5", "each = 0.125"),
}


def catalogue(folder: Path, rounding: str) -> Notice:
    """Give the catalogue with three places, a sub-point of 0.875 points and reports at 0.125 points each."""
    copytree(CAMPAIGN, folder, dirs_exist_ok=True)
    for file, (old, new) in EDITS.items():
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new.format(rounding), 1), "utf-8")
    return few(load(folder))
