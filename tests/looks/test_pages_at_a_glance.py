"""一页纸 and 反馈单 in every state of a round, and of catalogues that lack parts: one full page on which nothing is cut or touches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from fazhi_xl.reports.feedback.peers import Peers
from fazhi_xl.reports.feedback.result import UnitResult
from fazhi_xl.reports.feedback.sheet import feedback_book
from fazhi_xl.reports.media.privacy import OtherUnits
from fazhi_xl.reports.media.workbook import ReportBook
from fazhi_xl.reports.ranking.workbook import ranking_book
from fazhi_xl.rounds.round import Round
from fazhi_xl.xlsx.writer.report import report_bytes
from tests.looks.measure import SheetLook, printed_share
from tests.support.campaign import the_notice
from tests.support.catalogues import Files, catalogue, full, minimal, negative_list
from tests.support.random_rounds import a_chance
from tests.support.rounds import a_round, returned_file
from tests.support.scored_rounds import departments, scored_round

UNITS = [unit.short for unit in the_notice().units]
STATES: Mapping[str, Callable[[], Round]] = {
    "nobody returned": lambda: a_round(UNITS, [], mark="【演练数据】"),
    "one returned": lambda: a_round(UNITS, [returned_file("信访局")]),
    "reviewed in part": lambda: a_chance(0, most=45).round,
    "official": lambda: a_chance(16, most=45).round,
}
CATALOGUES: Mapping[str, Files] = {
    "no groups, aspects, grades and bonus": minimal(7),
    "200 units": minimal(200),
    "no items": negative_list(8),
    "other groups": full(7),
    "vetoes of many": full(70),
    "three places": departments(9),
}
LEAST_SIZE, LEAST_SHARE = 9.0, 0.85  # points in print, and of the page's height


@pytest.fixture(params=[*STATES, *CATALOGUES])
def done(request: pytest.FixtureRequest, tmp_path: Path) -> Round:
    if request.param in STATES:
        return STATES[request.param]()
    return scored_round(catalogue(tmp_path / "catalogue", CATALOGUES[request.param]), 4)


def written(book: ReportBook, done: Round, folder: Path) -> Path:
    path = folder / "表.xlsx"
    path.write_bytes(report_bytes(book, done.notice.theme))
    return path


@pytest.mark.exhaustive
def test_the_front_page(done: Round, tmp_path: Path) -> None:
    """The page is full, its 11 points print as 9 at least, and no text is cut, pale, or at a border."""
    sheet = load_workbook(written(ranking_book(done), done, tmp_path), data_only=True).worksheets[0]
    assert printed_share(sheet) >= LEAST_SHARE
    assert SheetLook(sheet).scale * 11 >= LEAST_SIZE
    assert list(SheetLook(sheet).faults()) == []


@pytest.mark.exhaustive
def test_the_feedback_sheet(done: Round, tmp_path: Path) -> None:
    """The first and the last unit's page prints its 10.5 points as 9 at least, and no text is cut, pale, or at a border."""
    others, peers = OtherUnits.of(done.notice), Peers.of(done)
    for score in {unit.unit: unit for unit in done.scored[:: max(1, len(done.scored) - 1)]}.values():
        unit = next(each for each in done.notice.units if each.short == score.unit)
        result = UnitResult(round_=done, unit=unit, score=score, others=others, day=date(2020, 12, 8), peers=peers)
        look = SheetLook(load_workbook(written(feedback_book(result), done, tmp_path), data_only=True).worksheets[0])
        assert look.scale * 10.5 >= 9
        assert list(look.faults()) == []
