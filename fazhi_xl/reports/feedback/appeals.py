"""What a feedback sheet has of requests for a review: the rows that the unit may ask about, and what became of those it asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fazhi_xl.form.appeal_form import AppealRow
from fazhi_xl.points import show
from fazhi_xl.reports.feedback.result import SAID, UnitResult
from fazhi_xl.reports.media.one_page import PageList
from fazhi_xl.rounds.appeals import Appeal
from fazhi_xl.rounds.losses import Loss
from fazhi_xl.rounds.rates import counted
from fazhi_xl.text.one_line import cut

_WRITTEN = 120  # characters of why points were lost


def offered(result: UnitResult, lost: Iterable[Loss]) -> tuple[AppealRow, ...]:
    """Give the rows that a unit may ask about, in the order of the notice: what it lost in an official result, and has not been ruled on.

    None once the day has gone by by which it has to ask.
    """
    due = result.round_.notice.about.dates.appeals_due
    if not result.round_.official or (due and due < result.round_.generated.date()):
        return ()
    ruled = {each.code for each in result.round_.appeals.of(result.unit.short) if each.ruling}
    losses = {loss.sub.code: loss for loss in lost if loss.sub.code not in ruled}
    return tuple(_row(result, losses[score.code]) for score in result.score.sub_points if score.code in losses)


def _row(result: UnitResult, loss: Loss) -> AppealRow:
    own = loss.score.self_score
    return AppealRow(
        sub_point=loss.sub.id,
        text=f"{loss.sub.code} {loss.sub.text}",
        points=show(loss.score.points),
        own="" if own is None else show(own),
        mark=show(counted(loss.score, result.round_.basis)),
        written=cut(result.said(loss.why), _WRITTEN),
    )


def outcomes(result: UnitResult) -> tuple[PageList, ...]:
    """Give the list of what was ruled on the unit's requests; none before the first ruling."""
    ruled = [each for each in result.round_.appeals.of(result.unit.short) if each.ruling]
    if not (ruled and result.round_.official):
        return ()
    lines = tuple(f"{no}. {text}" for no, text in enumerate(_outcomes(result, ruled), 1))
    return (PageList(title=f"复核结果({len(ruled)}项)", lines=lines, room=SAID, more="项", share=0.1),)


def _outcomes(result: UnitResult, ruled: Iterable[Appeal]) -> Iterator[str]:
    for each in ruled:
        because = f"({result.said(each.note)})" if each.note else ""
        yield f"{each.code} 经复核:{each.outcome}{because}。"
