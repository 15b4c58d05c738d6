"""Catalogues with few parts and with all of them load, and say what is there."""

from __future__ import annotations

from pathlib import Path

from fazhi_xl.notice.assignment import assign
from tests.support.catalogues import catalogue, full, minimal, negative_list


def test_minimal(tmp_path: Path) -> None:
    """Two units and one item make a catalogue; every other part is absent."""
    notice = catalogue(tmp_path / "minimal", minimal())
    assert assign(notice).codes == {"01社区": ("1.1",), "02社区": ("1.1",)}
    parts = (notice.bonus, notice.deductions, notice.registers, notice.index, notice.contacts, notice.about.grades)
    assert not any(parts)


def test_negative_list(tmp_path: Path) -> None:
    """So do deductions without any item: nobody has anything to answer."""
    notice = catalogue(tmp_path / "negative", negative_list())
    assert assign(notice).idle == ("01社区", "02社区", "03社区")


def test_full(tmp_path: Path) -> None:
    """All parts go together, and a ranking group may be asked for other points."""
    notice = catalogue(tmp_path / "full", full())
    assert [notice.sub_points_of(unit)["4.3"].points for unit in ("01社区", "02社区")] == [300, 200]
    assert notice.scored_by_office == {"4.1"}
