"""A round of 2021 after one of 2020: last year's answers stand beside the right sub-points, and the renamed unit is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.commands.issue import IssueOrder, issue
from fazhi_xl.office.history.matches import How
from fazhi_xl.reports.ranking.comparison import comparison_sheets
from tests.notice.campaigns import CAMPAIGN
from tests.support.offices import ISSUED, NOW, Office, few
from tests.support.packages import Package
from tests.support.progress import Silent

pytestmark = pytest.mark.long
BEFORE, NOW_CALLED, COURT = "消防大队", "消防救援大队", "法院"


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory, notice: Notice) -> tuple[Office, Office]:
    """Give a round of 2020 that two units have returned, and one of 2021 that is issued after it."""
    root = tmp_path_factory.mktemp("rollover")
    old = Office(few(notice, (COURT, BEFORE)), root / "2020")
    old.issue()
    for unit in (COURT, BEFORE):
        old.receive(f"{unit}.xlsx", old.filled(unit))
    old.collect()
    new = Office(few(load(CAMPAIGN.with_name("zhonglou-2021")), (COURT, NOW_CALLED)), root / "2021")
    issue(new.notice, new.space, IssueOrder(previous=old.root), Silent(), today=ISSUED)
    return old, new


def cells(office: Office, unit: str) -> dict[str, str]:
    part, places = Package(office.path(unit)).sheets["任务分解表"], office.forms[unit].shape.places
    found = ((key, part.cells.get(places[key].cell)) for key in places if key.endswith(".上期"))
    return {key.removesuffix(".上期"): cell.text for key, cell in found if cell and cell.text}


@pytest.mark.parametrize(("before", "now"), [(COURT, COURT), (BEFORE, NOW_CALLED)])
def test_last_years_answers(rounds: tuple[Office, Office], before: str, now: str) -> None:
    """Every number and score of 2020 stands in the row of the sub-point that it was given for."""
    old, new = rounds
    shown, subs = cells(new, now), {each["code"]: each for each in old.unit(before)["sub_points"]}
    ids = {sub.code: sub.id for sub in new.notice.sub_points.values()}
    assert len(shown) > 15
    for row, text in shown.items():
        code = next(code for code in ids if row == code or row.startswith(f"{code}."))
        was, rest = subs[ids[code]], row.removeprefix(code)
        held = was["inputs"].get(f"{ids[code]}{rest}.填报") if rest else was["self"]
        assert text == held, row


def test_a_score_of_other_points_is_not_shown(rounds: tuple[Office, Office]) -> None:
    """6.1 has other points than in 2020: its counts are shown, its score is not."""
    shown = cells(rounds[1], COURT)
    assert "6.1" not in shown
    assert "6.1.应出庭" in shown
    assert "9.1" in shown  # 10.1 of 2020


def test_everything_is_known_by_its_id(rounds: tuple[Office, Office]) -> None:
    """Nobody is asked anything."""
    found = issue(
        rounds[1].notice, rounds[1].space, IssueOrder(previous=rounds[0].root, force=True), Silent(), today=ISSUED
    ).earlier
    assert found is not None
    assert {each.how for each in found.matches} == {How.ID}
    assert found.unknown == ()


def test_the_comparison_names_the_renamed_unit(rounds: tuple[Office, Office], tmp_path: Path) -> None:
    """与上次比较 holds the unit against itself, and says what it was called."""
    new = rounds[1].copied(tmp_path / "out")
    for unit in (COURT, NOW_CALLED):
        new.receive(f"{unit}.xlsx", new.filled(unit))
    made = collect(new.notice, new.space, CollectOrder(previous=rounds[0].root), Silent(), now=NOW)
    (sheet,) = comparison_sheets(made)
    rows = {row[1]: row for row in getattr(sheet.blocks[-1], "rows", ())}
    assert rows[NOW_CALLED][-1] == "上次名为“消防大队”"
    assert rows[NOW_CALLED][2] is not None
    assert rows[COURT][-1] == "承担的任务有变,应得分不同"
