"""自评与核定对比: how far units and office are apart, and where; where units give no scores, the computed and the office's scores."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.points import Hundredths
from fazhi_xl.reports.media.titles import title
from fazhi_xl.reports.media.workbook import Cell, Column, ReportSheet, Sentence, Table
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import Basis, SubPointScore, UnitScore
from fazhi_xl.scoring.score import preliminary
from fazhi_xl.text.one_line import cut

CHANGED = "改动的得分点"


def gaps_sheets(round_: Round) -> Iterator[ReportSheet]:
    """Compare the scores of an official ranking; before that the office's scores stand on no sheet, and these are not written."""
    first = preliminary(round_.notice.about.scoring)
    name, over = f"{first.value}与核定对比", "虚高率" if first is Basis.SELF else "差率"
    said = f"{over}=({first.value}分-核定分)÷核定分。核准不涉及的得分点两边都不计。"
    rows = tuple(_gap_row(round_, unit) for unit in round_.scored if unit.reviewed is not None)
    table = Table(columns=tuple(_columns(first, over)), rows=rows)
    yield ReportSheet(name=name, title=title(round_, name), blocks=(Sentence(said), table), filtered=True, held=2)
    yield _changes_sheet(round_, first)


def _columns(first: Basis, over: str) -> Iterator[Column]:
    yield Column(title="序号", width=6, style="count")
    yield Column(title="单位", width=18)
    yield Column(title=f"{first.value}分", width=12, style="figure")
    yield Column(title="核定分", width=12, style="figure")
    yield Column(title=f"核定减{first.value}", width=13, style="figure", number="+0.00;-0.00;0.00")
    yield Column(title=f"{over}(%)", width=13, style="figure")
    yield Column(title="调低的得分点", width=14, style="whole")
    yield Column(title="调高的得分点", width=14, style="whole")
    yield Column(title=f"{first.value}名次", width=12, style="whole")
    yield Column(title="核定名次", width=12, style="whole")


def _gap_row(round_: Round, unit: UnitScore) -> tuple[Cell, ...]:
    kept = [score for score in unit.sub_points if not score.approved]
    own = sum(_first(round_, score) or 0 for score in kept)
    reviewed = sum(score.reviewed or 0 for score in kept)
    before = next((each.rank for each in round_.on_self if each.unit == unit.unit), None)
    return (
        round_.number_of(unit.unit),
        unit.unit,
        own,
        reviewed,
        reviewed - own,
        stats.rate(own - reviewed, reviewed),
        sum(_gap(round_, score) < 0 for score in kept),
        sum(_gap(round_, score) > 0 for score in kept),
        before,
        unit.rank,
    )


def _first(round_: Round, score: SubPointScore) -> Hundredths | None:
    """Give the score that stood before the office's: what the office scores by its own values has no other."""
    if score.by_office:
        return score.reviewed
    return score.self_score if round_.notice.about.scoring.self_score else score.auto


def _gap(round_: Round, score: SubPointScore) -> Hundredths:
    """Give by how much the office's score is above the one before; 0 where it has not decided."""
    return 0 if score.reviewed is None else score.reviewed - (_first(round_, score) or 0)


def _changes_sheet(round_: Round, first: Basis) -> ReportSheet:
    """List every sub-point whose score the office changed, what it took most from first."""
    pairs = [
        (unit, score)
        for unit in round_.scored
        for score in unit.sub_points
        if not score.approved and _gap(round_, score)
    ]
    order = sorted(pairs, key=lambda each: _gap(round_, each[1]))
    columns = (
        Column(title="项目", width=6, style="count"),
        Column(title="单位", width=16),
        Column(title="得分点", width=8, style="centre"),
        Column(title="内容", width=48),
        Column(title=f"{first.value}分", width=9, style="figure"),
        Column(title="核定分", width=9, style="figure"),
        Column(title="差", width=9, style="figure", number="+0.00;-0.00;0.00"),
        Column(title="审核人", width=10, style="centre"),
        Column(title="审核日期", width=12, style="centre"),
        Column(title="原因", width=36),
    )
    said = f"共{len(order)}个,按核定减{first.value}从低到高。" if order else "没有改动的得分点。"
    table = Table(columns=columns, rows=tuple(_change_row(round_, unit, score) for unit, score in order))
    return ReportSheet(
        name=CHANGED, title=title(round_, CHANGED), blocks=(Sentence(said), table), filtered=True, held=2
    )


def _change_row(round_: Round, unit: UnitScore, score: SubPointScore) -> tuple[Cell, ...]:
    ruling = round_.rulings.get((unit.unit, score.code))
    item, sub = round_.notice.item_of[score.code], round_.notice.sub_points[score.code]
    scores = (_first(round_, score), score.reviewed, _gap(round_, score))
    texts = (ruling.reviewer, ruling.day, ruling.why) if ruling else ("", "", "")
    return (item.no, unit.unit, score.code, cut(sub.text, _TEXT), *scores, *(text or None for text in texts))


_TEXT = 42  # characters of a sub-point's text, two lines
