"""自评与核定对比: how far units and office are apart, and where."""

from __future__ import annotations

from fazhi_xl.points import Hundredths
from fazhi_xl.reports.media.titles import title
from fazhi_xl.reports.media.workbook import Cell, Column, ReportSheet, Sentence, Table
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import SubPointScore, UnitScore

GAPS, CHANGED = "自评与核定对比", "改动的得分点"


_COLUMNS = (
    Column(title="序号", width=9, style="whole"),
    Column(title="单位", width=18),
    Column(title="自评分", width=14, style="figure"),
    Column(title="核定分", width=34, style="figure"),
    Column(title="核定减自评", width=12, style="figure"),
    Column(title="虚高率(%)", width=12, style="figure"),
    Column(title="调低的得分点", width=12, style="whole"),
    Column(title="调高的得分点", width=12, style="whole"),
    Column(title="自评名次", width=12, style="whole"),
    Column(title="核定名次", width=12, style="whole"),
)


def gaps_sheet(round_: Round) -> ReportSheet:
    decided = [unit for unit in round_.returned if unit.reviewed is not None]
    said = "虚高率=(自评分-核定分)÷核定分。核准不涉及的得分点两边都不计。" if decided else "还没有单位全部核定。"
    return ReportSheet(
        name=GAPS,
        title=title(round_, GAPS),
        blocks=(
            Sentence(said),
            Table(title="各单位", columns=_COLUMNS, rows=tuple(_gap_row(round_, unit) for unit in decided)),
            _changes(round_),
        ),
    )


def _gap_row(round_: Round, unit: UnitScore) -> tuple[Cell, ...]:
    kept = [score for score in unit.sub_points if not score.approved]
    own, reviewed = sum(score.self_score or 0 for score in kept), sum(score.reviewed or 0 for score in kept)
    before = next((each.rank for each in round_.on_self if each.unit == unit.unit), None)
    return (
        round_.number_of(unit.unit),
        unit.unit,
        own,
        reviewed,
        reviewed - own,
        stats.rate(own - reviewed, reviewed),
        sum(gap(score) < 0 for score in kept),
        sum(gap(score) > 0 for score in kept),
        before,
        unit.rank if round_.official else None,
    )


def gap(score: SubPointScore) -> Hundredths:
    """Give by how much the office's score is above the unit's own; 0 where it has not decided."""
    return 0 if score.reviewed is None else score.reviewed - (score.self_score or 0)


_CHANGE_COLUMNS = (
    Column(title="项目", width=9, style="whole"),
    Column(title="单位", width=18),
    Column(title="得分点", width=14, style="centre"),
    Column(title="内容", width=34),
    Column(title="自评分", width=12, style="figure"),
    Column(title="核定分", width=12, style="figure"),
    Column(title="差", width=12, style="figure"),
    Column(title="审核人", width=12, style="centre"),
    Column(title="审核日期", width=12, style="centre"),
    Column(title="原因", width=12),
)


def _changes(round_: Round) -> Table:
    pairs = [
        (unit, score) for unit in round_.returned for score in unit.sub_points if not score.approved and gap(score)
    ]
    order = sorted(pairs, key=lambda each: gap(each[1]))
    rows: list[tuple[Cell, ...]] = []
    for unit, score in order:
        ruling = round_.rulings.get((unit.unit, score.code))
        item, sub = round_.notice.item_of[score.code], round_.notice.sub_points[score.code]
        scores = (score.self_score, score.reviewed, gap(score))
        texts = (ruling.reviewer, ruling.day, ruling.why) if ruling else ("", "", "")
        rows.append((item.no, unit.unit, score.code, sub.text, *scores, *(text or None for text in texts)))
    return Table(title=f"{CHANGED}({len(order)}个)", columns=_CHANGE_COLUMNS, rows=tuple(rows))
