"""Every sheet that people see is legible, on the screen and on paper: of forms, rankings and what is given out, for each catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_xl.notice.load import load
from fazhi_xl.reports.ranking.workbook import ranking_book
from fazhi_xl.xlsx.writer.report import report_bytes
from tests.looks.measure import faults
from tests.notice.campaigns import SHIPPED, TEMPLATES
from tests.support.scored_rounds import scored_round

FEW = {("zhonglou-2020", 1), ("chengchuan-xiangzhen-2023", 2)}
"""What is tried in every run: an official ranking, and one before."""


def _marks(campaign: str, seed: int) -> tuple[pytest.MarkDecorator, ...]:
    return () if (campaign, seed) in FEW else (pytest.mark.exhaustive,)


ROUNDS = [
    pytest.param(campaign, seed, marks=_marks(campaign, seed), id=f"{campaign}-{seed}")
    for campaign in SHIPPED
    for seed in (1, 2)
]


@pytest.mark.parametrize(("campaign", "seed"), ROUNDS)
def test_rankings(tmp_path: Path, campaign: str, seed: int) -> None:
    """Nothing of a ranking is small, pale, crowded or cut, whether it is official or not."""
    notice = load(TEMPLATES / campaign)
    path = tmp_path / "排名汇总.xlsx"
    path.write_bytes(report_bytes(ranking_book(scored_round(notice, seed)), notice.theme))
    assert faults(path) == []
