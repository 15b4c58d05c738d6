"""Workbooks of catalogues that earlier versions wrote, and people have since kept, are read as what they were written from."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_xl.notice.load import notice_of
from fazhi_xl.notice.source import Source
from fazhi_xl.setup.open_source import open_source
from tests.support import catalogues

KEPT = sorted((Path(__file__).parents[1] / "data" / "catalogue_books").glob("*.xlsx"))


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_kept(path: Path) -> None:
    """The notice is the same, whatever sheets and columns have come since."""
    opened = open_source(str(path))
    folder = Path("社区")
    assert notice_of(opened.readable, folder) == notice_of(Source(files=catalogues.full()), folder)
