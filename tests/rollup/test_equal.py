"""A district's figures in a roll-up are those of its own 排名汇总."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from fazhi_xl.notice.model import Notice
from fazhi_xl.office.outputs.results import RANKING_FILE
from fazhi_xl.office.workspace.catalogue import open_campaign
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.points import in_points
from fazhi_xl.rollup.result import RollUp
from tests.rollup.conftest import Roll
from tests.support.catalogues import catalogue, negative_list
from tests.support.districts import district, named, rounds_of
from tests.support.offices import FEW, Office, few
from tests.support.played import NOW as REVIEWED
from tests.support.played import accepted
from tests.support.scored_rounds import departments

Row = dict[str, Any]


def own_rows(folder: Path, sheet: str, first: str) -> list[Row]:
    """Read a table of a district's own ranking workbook, with the results of its formulas."""
    book = load_workbook(Workspace(folder).results / RANKING_FILE, data_only=True)
    rows = list(book[sheet].values)
    head = next(no for no, row in enumerate(rows) if row[0] == first)
    names = [str(name).replace("\n", "") for name in rows[head]]
    return [dict(zip(names, row, strict=True)) for row in rows[head + 1 :]]


def points(value: object) -> Decimal | None:
    """Give points as a workbook shows them; a dash is none."""
    return round(Decimal(str(value)), 3) if isinstance(value, int | float) else None


def detail(root: Path, file: str) -> list[Row]:
    found: list[Row] = pq.read_table(root / "汇总" / "明细" / file).to_pylist()
    return found


CASES = [
    pytest.param("2020", True, id="official"),
    pytest.param("departments", False, id="preliminary, of three places"),
    pytest.param("2020", False, id="preliminary", marks=pytest.mark.long),
    pytest.param("departments", True, id="official, of three places", marks=pytest.mark.long),
    pytest.param("townships", True, id="official, with vetoes and limits", marks=pytest.mark.long),
]


def of(name: str, folder: Path, notice: Notice) -> Notice:
    if name == "2020":
        return few(notice)
    return open_campaign("chengchuan-xiangzhen-2023") if name == "townships" else catalogue(folder, departments())


@pytest.mark.parametrize(("name", "official"), CASES)
def test_every_figure_is_the_districts_own(
    name: str, tmp_path: Path, notice: Notice, roll: Roll, *, official: bool
) -> None:
    """Each unit's points, total and ranks, each sub-point's scores, and the means equal the sheets 排名总表 and 数据."""
    made = named(next(rounds_of(of(name, tmp_path / "目录", notice), official=official)), "天宁区")
    district(tmp_path / "各区" / "天宁区", made, book=True)
    assert_equal(tmp_path, tmp_path / "各区" / "天宁区", roll())


def assert_equal(root: Path, folder: Path, result: RollUp) -> None:
    """Hold all that a roll-up has of its one district against the district's own ranking workbook."""
    totals = own_rows(folder, "排名总表", "名次")
    units = {row["单位"]: row for row in totals}
    ours = detail(root, "单位.parquet")
    for row in ours:
        own = units[row["单位"]]
        shown = {key: points(own.get(key)) for key in ("应得分", "得分", "折算分", "加分", "减分", "总分")}
        scored = row["总分"] is not None
        held = {key: row[key] for key, value in shown.items() if scored and value is not None}
        assert held == {key: value for key, value in shown.items() if scored and value is not None}
        assert (row["名次"] or "—") == own["名次"]
    keys = {"测算分", "自评分", "核定分", "应得分", "计分", "失分", "分值"}
    own_scores = {
        (row["单位"], row["得分点"]): {key: points(row[key]) for key in keys & row.keys()}
        for row in own_rows(folder, "数据", "单位")
    }
    our_scores = {(row["单位"], row["得分点"]): row for row in detail(root, "得分点.parquet")}
    assert {place: {key: our_scores[place][key] for key in own} for place, own in own_scores.items()} == own_scores
    assert len(our_scores) == len(own_scores)
    (member,) = result.sorted.read
    last = next(row for row in totals if row["单位"] == "合计/平均")
    assert member.figures.mean_total is not None
    assert in_points(member.figures.mean_total) == points(last["总分"])
    assert in_points(member.figures.full) == points(last["应得分"])
    assert in_points(member.figures.awarded) == points(last["得分"])


def test_without_sub_points_totals_are_compared(tmp_path: Path, roll: Roll) -> None:
    """Where a notice scores nothing by points, districts are ranked by their mean totals, and no sheet speaks of sub-points."""
    notice = catalogue(tmp_path / "目录", negative_list())
    rounds = rounds_of(notice)
    for name in ("甲区", "乙区"):
        district(tmp_path / "各区" / name, named(next(rounds), name))
    result = roll()
    assert not result.by_rate
    means = [each.figures.mean_total or 0 for each in result.ranked]
    assert means == sorted(means, reverse=True)
    assert "失分最多的得分点" not in load_workbook(tmp_path / "汇总" / "汇总排名.xlsx").sheetnames


@pytest.mark.long
@pytest.mark.whole
def test_of_real_rounds(tmp_path: Path, issued: Office, roll: Roll) -> None:
    """So it is with rounds that were issued, returned and collected: preliminary, and once all is reviewed."""
    office = issued.copied(tmp_path / "各区" / "天宁区")
    for unit in FEW[:3]:
        answers = {key: said for key, said in office.good(unit).items() if not key.startswith("加分")}
        office.receive(f"{unit}.xlsx", office.filled(unit, answers))
    assert not office.collect().official
    assert_equal(tmp_path, office.root, roll())
    assert accepted(office, ("全部",)).official
    result = roll(now=REVIEWED)
    assert [each.rank for each in result.ranked] == [1]
    assert_equal(tmp_path, office.root, result)
