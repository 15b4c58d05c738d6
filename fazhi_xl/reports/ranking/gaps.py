"""自评与核定对比: how far units and office are apart, and where; where units give no scores, the computed and the office's scores."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.points import Hundredths
from fazhi_xl.reports.media.titles import title
from fazhi_xl.reports.media.workbook import Block, Cell, Column, ReportSheet, Sentence, Table
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import Basis, SubPointScore, UnitScore
from fazhi_xl.scoring.score import preliminary

CHANGED = "改动的得分点"


def gaps_sheet(round_: Round) -> ReportSheet:
    """Compare the scores of an official ranking; before that the office's scores stand on no sheet, and this one is not written."""
    first = preliminary(round_.notice.about.scoring)
    name = f"{first.value}与核定对比"
    return ReportSheet(name=name, title=title(round_, name), blocks=tuple(_compared(round_, first)))


def _compared(round_: Round, first: Basis) -> Iterator[Block]:
    over = "虚高率" if first is Basis.SELF else "差率"
    yield Sentence(f"{over}=({first.value}分-核定分)÷核定分。核准不涉及的得分点两边都不计。")
    rows = tuple(_gap_row(round_, unit) for unit in round_.scored if unit.reviewed is not None)
    yield Table(title="各单位", columns=tuple(_columns(first, over)), rows=rows)
    yield _changes(round_)


def _columns(first: Basis, over: str) -> Iterator[Column]:
    yield Column(title="序号", width=9, style="whole")
    yield Column(title="单位", width=18)
    yield Column(title=f"{first.value}分", width=14, style="figure")
    yield Column(title="核定分", width=34, style="figure")
    yield Column(title=f"核定减{first.value}", width=12, style="figure")
    yield Column(title=f"{over}(%)", width=12, style="figure")
    yield Column(title="调低的得分点", width=12, style="whole")
    yield Column(title="调高的得分点", width=12, style="whole")
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


def _changes(round_: Round) -> Table:
    pairs = [
        (unit, score)
        for unit in round_.scored
        for score in unit.sub_points
        if not score.approved and _gap(round_, score)
    ]
    order = sorted(pairs, key=lambda each: _gap(round_, each[1]))
    rows: list[tuple[Cell, ...]] = []
    for unit, score in order:
        ruling = round_.rulings.get((unit.unit, score.code))
        item, sub = round_.notice.item_of[score.code], round_.notice.sub_points[score.code]
        scores = (_first(round_, score), score.reviewed, _gap(round_, score))
        texts = (ruling.reviewer, ruling.day, ruling.why) if ruling else ("", "", "")
        rows.append((item.no, unit.unit, score.code, sub.text, *scores, *(text or None for text in texts)))
    columns = (
        Column(title="项目", width=9, style="whole"),
        Column(title="单位", width=18),
        Column(title="得分点", width=14, style="centre"),
        Column(title="内容", width=34),
        Column(title=f"{preliminary(round_.notice.about.scoring).value}分", width=12, style="figure"),
        Column(title="核定分", width=12, style="figure"),
        Column(title="差", width=12, style="figure"),
        Column(title="审核人", width=12, style="centre"),
        Column(title="审核日期", width=12, style="centre"),
        Column(title="原因", width=12),
    )
    return Table(title=f"{CHANGED}({len(order)}个)", columns=columns, rows=tuple(rows))
