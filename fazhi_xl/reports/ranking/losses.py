"""失分清单: every point lost, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from fazhi_xl.points import Hundredths, show
from fazhi_xl.reports.media.titles import title
from fazhi_xl.reports.media.workbook import Cell, Column, Formula, ReportSheet, Sentence, Table, pixels
from fazhi_xl.reports.ranking import data
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.losses import Loss, losses, refunds
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.text.one_line import cut

LOSSES = "失分清单"


def losses_sheet(round_: Round) -> ReportSheet:
    columns: tuple[Column, ...] = (
        Column(title="序号", width=pixels(46), style="count"),
        Column(title="单位", width=pixels(120)),
        Column(title=round_.notice.about.words.item, width=pixels(166), key="项目名称"),
        Column(title="得分点", width=pixels(330)),
        Column(title="分值", width=pixels(62), style="figure"),
        Column(title=data.COUNTED, width=pixels(62), style="figure"),
        Column(title=data.LOST, width=pixels(110), style="strong"),
        Column(title="原因", width=pixels(220)),
        replace(data.ORIGIN, width=pixels(140)),
    )
    pairs = ((unit, loss) for unit in round_.scored for loss in losses(round_, unit))
    order = sorted(pairs, key=lambda pair: -pair[1].lost)
    total = sum(loss.lost for _, loss in order)
    if order:
        columns = tuple(_with_bar(column, order[0][1].lost) for column in columns)
    amount = Formula(text=data.exact(round_, f"SUM({LOSSES}[{data.LOST}])"), value=total)
    return ReportSheet(
        name=LOSSES,
        title=title(round_, f"{LOSSES}({round_.basis.value})"),
        blocks=(
            Sentence(
                f"共{len(order)}条,按失分从多到少(生成时的次序);可按单位、项目筛选。核准不涉及的不算失分。"
                if order
                else "没有失分的得分点。"
            ),
            *(Sentence(text) for text in _capped(round_)),
            Table(
                columns=columns,
                rows=tuple(_loss_row(round_, no, unit, loss) for no, (unit, loss) in enumerate(order, 1)),
                total=(None, "合计", None, None, None, None, amount, None, None) if order else (),
                name=LOSSES,
                native=True,
            ),
        ),
        held=2,
    )


def _with_bar(column: Column, most: Hundredths) -> Column:
    """Draw the losses; the longest bar leaves room for its figure."""
    return replace(column, bar=most * Fraction(19, 10)) if column.title == data.LOST else column


def _capped(round_: Round) -> Iterator[str]:
    """Say of each limit of several sub-points what goes back to which units: the list shows what each sub-point lost by itself."""
    found = [(unit, refund) for unit in round_.scored for refund in refunds(round_, unit)]
    for cap in dict.fromkeys(refund.cap for _, refund in found):
        named = "、".join(f"{unit.unit}{show(refund.points)}分" for unit, refund in found if refund.cap == cap)
        yield f"{cap.text.removesuffix('。')}:超过的补回,{named}。表里是各得分点自己的失分,补回的没有减去。"


def _loss_row(round_: Round, no: int, unit: UnitScore, loss: Loss) -> tuple[Cell, ...]:
    sub, score = loss.sub, loss.score
    key = data.key_of(round_, unit.unit, score.code)
    return (
        no,
        unit.unit,
        round_.notice.item_of[score.code].name,
        cut(f"{sub.code} {sub.text}", _TEXT),
        sub.points,
        _by_key(round_, key, data.COUNTED, stats.counted(score, round_.basis)),
        _by_key(round_, key, data.LOST, loss.lost),
        loss.why or None,
        data.origin(round_, unit, score.code),
    )


_TEXT = 42  # characters of a sub-point's text, two lines: the whole stands in the form that the row leads to


def _by_key(round_: Round, key: int, what: str, value: Hundredths) -> Formula:
    return Formula(text=data.exact(round_, data.summed(what, (data.KEY, key))), value=value)
