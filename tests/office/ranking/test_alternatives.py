"""How the units would stand under other readings, and options of the catalogue that cannot be tried."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

from fazhi_xl.notice.load import load
from fazhi_xl.office.ranking.alternatives import ScoredRound, alternative_rankings
from fazhi_xl.office.ranking.score_units import Standing
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.scoring.model import Basis
from tests.notice.campaigns import CAMPAIGN


def test_an_option_that_names_nobody_is_passed_over(tmp_path: Path) -> None:
    """An option that nobody chose may name a department that is not there: the others are tried all the same."""
    folder = Path(copytree(CAMPAIGN, tmp_path / "zhonglou-2020"))
    path = folder / "readings.toml"
    text = path.read_text("utf-8")
    broken = text.replace(
        '"sub_points.6.1" = { answered_by = ["区各行政机关"] }', '"sub_points.6.1" = { answered_by = ["某部门"] }'
    )
    assert broken != text
    path.write_text(broken, "utf-8")
    notice = load(folder)
    nobody = ScoredRound(
        forms=(),
        files=(),
        decided=Decisions(notice=notice),
        standing=Standing(basis=Basis.SELF, units=(), first=(), reviewed=()),
    )
    tried = {each.reading for each in alternative_rankings(nobody)}
    assert "应诉责任" not in tried
    assert {"百分制", "第9项缺1分", "并列"} <= tried
