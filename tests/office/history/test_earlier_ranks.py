"""A round beside an earlier one: how totals and ranks have moved, and what cannot be compared."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.history.earlier_ranks import earlier_round
from fazhi_xl.office.workspace.catalogue import keep_copy
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.reports.media.workbook import Sentence, Table
from fazhi_xl.reports.ranking.comparison import comparison_sheets
from fazhi_xl.reports.report_json import report
from fazhi_xl.rounds.round import EarlierRound, EarlierUnit, Round
from fazhi_xl.scoring.model import Basis
from tests.notice.campaigns import CAMPAIGN
from tests.support.rounds import a_round, returned_file, zero_for_missing

UNITS = ["信访局", "财政局", "工信局", "科协"]


def now() -> Round:
    """信访局 76.47, 工信局 and 财政局 better; 科协 has not returned."""
    return a_round(UNITS, [returned_file(unit) for unit in UNITS[:3]])


def was(total: int | None, rank: int | None, full: int = 2_550) -> EarlierUnit:
    return EarlierUnit(full_marks=full, percent=total, total=total, rank=rank)


def earlier(**units: EarlierUnit) -> EarlierRound:
    return EarlierRound(
        campaign="wujin-2019",
        year=2019,
        generated=datetime(2019, 11, 30, 9, tzinfo=UTC),
        basis=Basis.REVIEWED,
        units=units,
        gone=("老干部局",),
    )


def sheet(done: Round) -> tuple[list[str], dict[str, tuple[object, ...]]]:
    (made,) = comparison_sheets(done)
    (table,) = (block for block in made.blocks if isinstance(block, Table))
    said = [str(block.text) for block in made.blocks if isinstance(block, Sentence)]
    return said, {str(row[1]): row for row in table.rows}


def test_without_an_earlier_round() -> None:
    """Where nothing is named to compare with there is no sheet."""
    assert list(comparison_sheets(now())) == []


def test_who_counts_with_0_did_not_return() -> None:
    """A unit that is ranked with 0 as it returned nothing is told as such, this time or both times."""
    zero = a_round(UNITS, [returned_file(unit) for unit in UNITS[:2]], notice=zero_for_missing())
    _, rows = sheet(replace(zero, earlier=earlier(工信局=was(None, None), 科协=was(9_000, 2, 2_200))))
    assert [rows[unit][-1] for unit in UNITS[2:]] == ["两次都没有报送", "这次没有报送"]


def test_moves() -> None:
    """Ranks rise and fall, totals too; what has no counterpart has no difference, and is no zero."""
    done = replace(now(), earlier=earlier(信访局=was(8_000, 1), 财政局=was(None, None), 科协=was(9_000, 2, 2_200)))
    said, rows = sheet(done)
    ranks = {unit.unit: (unit.rank, unit.total) for unit in done.units}
    assert rows["信访局"][:7] == (3, "信访局", 1, "降2位", 8_000, 7_647, -353)
    assert rows["财政局"][2:7] == (None, None, None, ranks["财政局"][1], None)
    assert [rows[unit][-1] for unit in UNITS] == [None, "上次没有报送", "上次没有这个单位", "这次没有报送"]
    assert said == [
        "上次:2019年度,2019年11月30日,按核定。升为+,降为-。",
        "注意:上次按核定、这次按自评,升降里有口径不同的成分。",
        "两次都有总分的1家,平均分从80.00到76.47(-3.53)。",
        "上次有、这次名单里没有的:老干部局。",
    ]


def test_other_tasks() -> None:
    """Where a unit had other tasks then, it says so beside the difference."""
    _, rows = sheet(replace(now(), earlier=earlier(信访局=was(7_647, 3, 2_600))))
    assert rows["信访局"][3] == "不变"
    assert rows["信访局"][-1] == "承担的任务有变,应得分不同"


def test_what_waits_for_the_office() -> None:
    """Where a value of the office is still to come, the tasks are the same and the full marks differ."""
    done = now()
    waiting = replace(done.units[0].sub_points[0], by_office=True, reviewed=None)
    units = tuple(replace(unit, sub_points=(waiting,)) for unit in done.units)
    _, rows = sheet(replace(done, units=units, earlier=earlier(信访局=was(7_647, 3, 2_600))))
    assert rows["信访局"][-1] == "有得分点待办公室提供,应得分不同"


def test_vetoed_then() -> None:
    """What a veto took out of the ranking then is in no mean, and says so."""
    out = replace(was(1_000, None), vetoed=True)
    said, rows = sheet(replace(now(), earlier=earlier(信访局=was(8_000, 1), 财政局=out)))
    assert "两次都有总分的1家,平均分从80.00到76.47(-3.53)。" in said
    assert str(rows["财政局"][-1]).startswith("上次一票否决,不计入平均")


def test_vetoed_in_the_report(tmp_path: Path) -> None:
    """A report says which units a veto took out."""
    first, *others = json.loads(json.dumps(report(now())))["units"]
    path = written(tmp_path, {"units": [{**first, "state": "vetoed"}, *others]})
    found = earlier_round(now().notice, path)
    assert [unit.vetoed for unit in found.units.values()].count(True) == 1


def written(folder: Path, change: dict[str, Any] | None = None) -> Path:
    held = report(now()) | (change or {})
    (folder / "结果").mkdir(exist_ok=True)
    path = folder / "结果" / "report.json"
    path.write_text(json.dumps(held, ensure_ascii=False), "utf-8")
    return path


@pytest.mark.parametrize("place", [".", "结果", "结果/report.json"])
@pytest.mark.parametrize("kept", [True, False])
def test_the_year_of_an_older_report(tmp_path: Path, notice: Notice, place: str, *, kept: bool) -> None:
    """A report that does not say its notice's year has that of the catalogue kept beside it, and none where there is none."""
    path = written(tmp_path)
    path.write_text(json.dumps({key: value for key, value in report(now()).items() if key != "year"}), "utf-8")
    if kept:
        keep_copy(Workspace(tmp_path), CAMPAIGN)
    found = earlier_round(notice, tmp_path / place)
    assert found.year == (2020 if kept else None)
    said, _ = sheet(replace(now(), earlier=found))
    assert said[0].startswith("上次:2020年度,2020年11月21日" if kept else "上次:2020年11月21日")


@pytest.mark.parametrize("place", [".", "结果", "结果/report.json"])
def test_reading_a_report(tmp_path: Path, notice: Notice, place: str) -> None:
    """A round's folder, its results or the report itself give what the round said."""
    written(tmp_path)
    found = earlier_round(notice, tmp_path / place)
    assert (found.campaign, found.year, found.basis, found.gone) == ("zhonglou-2020", 2020, Basis.SELF, ())
    assert {unit.unit: (unit.total, unit.rank, unit.full_marks) for unit in now().units} == {
        name: (unit.total, unit.rank, unit.full_marks) for name, unit in found.units.items()
    }


def test_other_names(tmp_path: Path, notice: Notice) -> None:
    """A unit that had another name then, or was a body that a unit has absorbed since, is found; what is nobody's is named."""
    figures = {"full_marks": "38.00", "percent": "80.00", "total": "80.00", "rank": 1}
    written(tmp_path, {"units": [{"unit": name, **figures} for name in ("区信访局", "网信办", "粮食局")]})
    found = earlier_round(notice, tmp_path)
    assert (set(found.units), found.gone) == ({"信访局", "宣传部"}, ("粮食局",))


@pytest.mark.parametrize(
    "change",
    [
        {"units": [{"unit": "法院"}]},
        {"units": None},
        {"basis": "猜测"},
        {"generated": "昨天"},
        {"units": [{"unit": "法院", "full_marks": "1.0005", "percent": None, "total": None, "rank": None}]},
        {"units": [{"unit": "法院", "full_marks": "38.00", "percent": "x", "total": None, "rank": None}]},
        {"units": [{"unit": "法院", "full_marks": "38.00", "percent": None, "total": None, "rank": "1"}]},
        {"units": [{"unit": "法院", "full_marks": "38.00", "percent": None, "total": None, "rank": -1}]},
        {"units": [{"unit": "法院", "full_marks": "38.00", "percent": None, "total": "1e400", "rank": 1}]},
        {"units": [{"unit": "法院", "full_marks": "38.00", "percent": None, "total": None, "rank": None}] * 2},
    ],
)
def test_a_report_that_is_none(tmp_path: Path, notice: Notice, change: dict[str, Any]) -> None:
    """Half a report, or another program's, is refused with what to name instead."""
    path = written(tmp_path, change)
    with pytest.raises(
        WrongUseError, match=r"不是收表写出的 report\.json,或内容不全.*请指明上一轮的输出文件夹"
    ) as error:
        earlier_round(notice, tmp_path)
    assert str(path) in str(error.value)


def test_nothing_there(tmp_path: Path, notice: Notice) -> None:
    """A folder without a report is refused."""
    with pytest.raises(WrongUseError, match=r"里没有 结果/report\.json"):
        earlier_round(notice, tmp_path)
