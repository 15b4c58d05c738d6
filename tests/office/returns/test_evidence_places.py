"""Folders named by items hold evidence, where the notice asks for any."""

from __future__ import annotations

from pathlib import Path

from fazhi_xl.office.returns.item_folders import item_folders
from tests.support.arrivals import arrived
from tests.support.catalogues import catalogue, full, minimal


def test_where_evidence_is_asked_for(tmp_path: Path) -> None:
    """A folder with an item's or a sub-point's number holds evidence, another folder does not."""
    places = item_folders(catalogue(tmp_path, full()))
    paths = ("1/照片.pdf", "3.2/小结.pdf", "9/照片.pdf", "照片.pdf")
    assert [places.hold(arrived(path)) for path in paths] == [True, True, False, False]


def test_where_none_is(tmp_path: Path) -> None:
    """Where a notice asks for no evidence, a number names no item's folder, and what lies in it is looked at."""
    assert not item_folders(catalogue(tmp_path, minimal())).hold(arrived("1/照片.pdf"))
