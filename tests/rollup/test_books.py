"""The workbooks of a roll-up: what stands on their sheets, and that nothing is cut off where there is much."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from fazhi_xl.notice.model import Notice
from fazhi_xl.rollup.book import common, units
from fazhi_xl.rollup.district import Why
from tests.rollup.conftest import Roll
from tests.support.districts import district, districts, named, rounds_of

Rows = list[tuple[Any, ...]]


def sheets(path: Path) -> dict[str, Rows]:
    book = load_workbook(path)
    return {sheet.title: list(sheet.values) for sheet in book.worksheets}


def table(rows: Rows, first: str) -> Rows:
    """Give a sheet's rows below its head, up to a blank one."""
    head = next(no for no, row in enumerate(rows) if row[0] == first)
    return rows[head + 1 :]


@pytest.fixture
def book(tmp_path: Path, small: Notice, roll: Roll) -> dict[str, Rows]:
    """Bring three districts together, one of which has not finished, and one bears a formula for its name."""
    districts(tmp_path / "各区", small, "甲区", "乙区")
    hostile = next(rounds_of(small))
    district(tmp_path / "各区" / "丙", named(hostile, '=HYPERLINK("http://x")'))
    district(tmp_path / "各区" / "丁", named(next(rounds_of(small, official=False)), "丁区"))
    roll()
    return sheets(tmp_path / "汇总" / "汇总排名.xlsx")


def test_its_sheets(book: dict[str, Rows]) -> None:
    """The page for leadership comes first, who is not ranked last; names are texts, whatever they begin with."""
    assert list(book) == [
        "一页纸", "各区排名", "五方面得分率", "同类单位比较", "失分最多的得分点", "单位明细", "未计入的地区",
    ]  # fmt: skip
    ranked = table(book["各区排名"], "名次")
    assert {row[2] for row in ranked} == {"甲区", "乙区", '=HYPERLINK("http://x")'}
    assert [row[0] for row in ranked] in ([1, 1, 3], [1, 2, 2])
    (left,) = table(book["未计入的地区"], "序号")[:1]
    assert left[1:4] == ("丁区", "还是预排名", "按自评的预排名")
    assert len(table(book["单位明细"], "地区")) == 16
    page = "".join(str(cell) for row in book["一页纸"] for cell in row if cell is not None)
    assert "3个地区,平均得分率" in page
    assert "没有计入的地区" in page


def test_units_of_one_kind(book: dict[str, Rows]) -> None:
    """Each kind's mean, highest and lowest are those of the units that are listed."""
    detail = [row for row in table(book["单位明细"], "地区") if row[4] == "核定" and isinstance(row[11], int | float)]
    for _, name, _, count, mean, highest, first, lowest, *_ in table(book["同类单位比较"], "序号"):
        totals = {row[0]: row[11] for row in detail if row[2] == name}
        assert count == len(totals)
        assert mean == pytest.approx(sum(totals.values()) / count, abs=0.0051)
        assert (highest, lowest) == (max(totals.values()), min(totals.values()))
        assert totals[first] == highest
        best = next(row for row in detail if row[2] == name and row[0] == first)
        assert best[14:16] == (1, count)


def test_many_units_stand_in_books_of_their_own(
    tmp_path: Path, small: Notice, roll: Roll, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where units are many they are shared out by district among workbooks, which an index names; none is left out or doubled."""
    monkeypatch.setattr(units, "IN_BOOK", 10)
    monkeypatch.setattr(units, "IN_ONE", 9)
    districts(tmp_path / "各区", small, "甲区", "乙区", "丙区", "丁区", "戊区")
    roll()
    index = table(sheets(tmp_path / "汇总" / "汇总排名.xlsx")["单位明细"], "序号")
    assert [row[4:6] for row in index] == [(2, 8), (2, 8), (1, 4)]
    made = sorted((tmp_path / "汇总" / "单位明细").iterdir())
    assert [row[1] for row in index] == [path.name for path in made]
    rows = [row for path in made for row in table(sheets(path)["单位明细"], "地区")]
    assert len({row[:2] for row in rows}) == len(rows) == 20
    assert {(row[2], row[3]) for row in index} == {("丁区", "丙区"), ("乙区", "戊区"), ("甲区", "甲区")}
    monkeypatch.setattr(units, "IN_BOOK", 20)
    roll()
    assert not list((tmp_path / "汇总" / "单位明细").iterdir())


def test_links_within_the_limit(tmp_path: Path, small: Notice, roll: Roll, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet has no more districts than links that Excel takes; the others go on on the next."""
    monkeypatch.setattr(common, "LINKS", 2)
    districts(tmp_path / "各区", small, "甲区", "乙区", "丙区")
    roll()
    book = sheets(tmp_path / "汇总" / "汇总排名.xlsx")
    parted = [row[2] for name in ("各区排名", "各区排名(续)") for row in table(book[name], "名次")]
    assert sorted(parted) == ["丙区", "乙区", "甲区"]


def test_none_finished(tmp_path: Path, small: Notice, roll: Roll) -> None:
    """Where no district has finished, the workbook says so, and shows how they stand so far."""
    districts(tmp_path / "各区", small, "甲区", official=False)
    result = roll()
    assert [each.why for each in result.sorted.left_out] == [Why.UNFINISHED]
    book = sheets(tmp_path / "汇总" / "汇总排名.xlsx")
    assert list(book) == ["一页纸", "单位明细", "未计入的地区"]
    assert "还没有可以排名的地区" in "".join(str(cell) for row in book["一页纸"] for cell in row)
    assert table(book["未计入的地区"], "序号")[0][1] == "甲区"
