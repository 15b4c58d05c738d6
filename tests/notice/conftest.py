"""The 2020 campaign, and copies of its folder to break or to switch."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from fazhi_xl.errors import BrokenCatalogueError
from fazhi_xl.notice.load import load
from tests.notice.campaigns import CAMPAIGN

Edit = Callable[[str, str, str], None]
Choose = Callable[[str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(copytree(CAMPAIGN, tmp_path / "zhonglou-2020"))


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replace the first occurrence of a text in a file of the copy; the text must be there."""

    def replace(file: str, old: str, new: str) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture
def choose(folder: Path) -> Choose:
    """Switch a reading of the copy to another option, as the office would: by its `chosen`."""

    def switch(key: str, option: str) -> None:
        path = folder / "readings.toml"
        before, mark, after = path.read_text(encoding="utf-8").partition(f'[[readings]]\nkey = "{key}"\n')
        assert mark, f"no reading {key}"
        path.write_text(
            before + mark + re.sub(r'chosen = ".*"', f'chosen = "{option}"', after, count=1), encoding="utf-8"
        )

    return switch


@pytest.fixture
def faults(folder: Path) -> Callable[[], list[str]]:
    """Load the copy, which must be broken, and list its problems as the user reads them."""

    def found() -> list[str]:
        with pytest.raises(BrokenCatalogueError) as caught:
            load(folder)
        return [str(problem) for problem in caught.value.problems]

    return found
