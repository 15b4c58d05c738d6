"""结果/回执: always those of the returns that count now; one that says the same stays as it is, and one no longer due goes."""

from __future__ import annotations

from datetime import date, timedelta

from tests.support.offices import FIRST, NOW, SECOND, Office
from tests.support.packages import Package

LATER = NOW + timedelta(days=3)
NAMES = {FIRST: "02_人大常委会机关_回执.xlsx", SECOND: "04_政协机关_回执.xlsx"}


def receipts(office: Office) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (office.space.results / "回执").glob("*.xlsx")}


def said(office: Office, unit: str) -> list[str]:
    """Give what a unit's receipt says."""
    sheet = Package(office.space.results / "回执" / NAMES[unit]).sheets["回执"]
    return [cell.text for cell in sheet.cells.values() if cell.text]


def test_their_round(collected: Office) -> None:
    """Each accepted return has one, which days later is the same; a later return has the next number, and what went back none."""
    before = receipts(collected)
    assert before.keys() == {*NAMES.values()}
    assert "第1号" in next(text for text in said(collected, FIRST) if text.startswith("表号"))
    (collected.space.returns / f"{SECOND}.xlsx").unlink()
    collected.receive("2020-11-20/新.xlsx", collected.filled(FIRST, collected.good(FIRST, 2)), date(2020, 11, 20))
    collected.collect(now=LATER)
    assert receipts(collected).keys() == {NAMES[FIRST]}
    again = said(collected, FIRST)
    assert "第2号" in next(text for text in again if text.startswith("表号"))
    assert any("这是第2次报送,替代2020年11月18日收到的" in text for text in again)
    assert "区委依法治区办  2020年11月24日" in again
    then = receipts(collected)
    collected.collect(now=LATER + timedelta(days=9))
    assert receipts(collected) == then
