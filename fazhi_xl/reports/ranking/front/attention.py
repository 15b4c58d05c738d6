"""The last lines: who is missing, what is to correct, what is open, what has changed, and whether the figures are the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from fazhi_xl.reports.filing.returns import to_confirm
from fazhi_xl.reports.filing.review_progress import SHEET as REVIEW
from fazhi_xl.reports.filing.review_progress import begun, kinds_by_sheet, progress, row_link
from fazhi_xl.reports.media.panel import Line, Span, room
from fazhi_xl.reports.media.titles import VETO, veto_words
from fazhi_xl.reports.media.workbook import Link
from fazhi_xl.reports.ranking.comparison import moved
from fazhi_xl.reports.ranking.front.page import GRID, LAST, Page
from fazhi_xl.reports.ranking.headline import apart, awaited
from fazhi_xl.reports.ranking.totals import changed
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.undecided import OpenMatter
from fazhi_xl.text.dates import chinese_date


def attention(page: Page) -> Iterator[Line]:
    """Say who has not returned, who has to correct, what is open, and what has changed, each where there is any."""
    round_ = page.round_
    yield from (_told(name, text) for name, text in _matters(page))
    yield from _undecided(round_)


_TEXT = room(GRID, 2, LAST, size=11.5)
_LISTED = replace(
    _TEXT, width=_TEXT.width * 2.5
)  # what the names of many units take on the page; 排名总表 has them all


def _told(name: str, text: str) -> Line:
    cells = (
        Span(value=name, first=0, last=1, style="attention"),
        Span(value=text, first=2, last=LAST, style="attention_text"),
    )
    return Line(cells=cells, height=_TEXT.tall(text, 19))


def _matters(page: Page) -> Iterator[tuple[str, str]]:
    round_ = page.round_
    if round_.due:
        yield _returns(round_)
    if partial := round_.to_correct:
        more = "填报里有须改正的,按核定分计" if round_.official else "暂按已填部分计,名次会变"
        yield f"退回修改 {len(partial)}家", f"{_LISTED.some(partial)}({more})。"
    for text in veto_words(round_, _LISTED.some):
        yield f"{VETO} {len(round_.vetoed)}家", text
    if begun(round_) and round_.notice.items:
        yield "核定进度", progress(round_)
    if codes := awaited(round_):
        yield f"待提供 {len(codes)}个", f"待办公室提供的得分点{len(codes)}个:{'、'.join(codes)}(暂不计入应得分)。"
    if round_.earlier is not None:
        yield "与上次比", moved(round_, round_.earlier)
    if round_.sealed is not None:
        yield "定稿", round_.sealed.told
    for text in to_confirm(round_):
        yield "请确认", text


def _returns(round_: Round) -> tuple[str, str]:
    due = f"截止日期{chinese_date(round_.notice.about.dates.ledger_due)}"
    late = f",迟报{len(round_.late_units)}家" if round_.late_units else ""
    late += f",经批准延期{len(round_.extended)}家" if round_.extended else ""
    if not round_.missing:
        return "报送", f"应报的{len(round_.due)}家都报了;{due}{late}。"
    named = _LISTED.some([unit.unit for unit in round_.missing])
    return f"未报送 {len(round_.missing)}家", f"{named}{apart(round_)};{due}{late}。"


_KINDS = ((2, 6), (7, LAST))  # the columns of the kinds of what is open, side by side


def _undecided(round_: Round) -> Iterator[Line]:
    """Count what is open by kind and by the sheet of the review book that decides it, each with its first row and what leads there."""
    for what, matters in (("还没有定", round_.open), ("定稿前要办", round_.unsealed if round_.official else ())):
        if matters and round_.scored:
            yield from _waiting(what, matters)


def _waiting(what: str, matters: tuple[OpenMatter, ...]) -> Iterator[Line]:
    label = Link(text=f"{what} {len(matters)}项", sheet=REVIEW)
    kinds = [
        replace(link, text=f"{kind}{len(own)}项(“{link.text}”),例如 {row_link(own[0], named=True).text}")
        for kind, link, own in kinds_by_sheet(matters)
    ]
    for no in range(0, len(kinds), len(_KINDS)):
        first = Span(value=label if no == 0 else "", first=0, last=1, style="attention")
        row = zip_longest(_KINDS, kinds[no : no + len(_KINDS)])
        yield Line(cells=(first, *(_kind(at, link) for at, link in row)), height=19)


def _kind(at: tuple[int, int], link: Link | None) -> Span:
    text = room(GRID, *at, size=11.5).cut(link.text) if link else ""
    return Span(value=replace(link, text=text) if link else "", first=at[0], last=at[1], style="attention_link")


def unchanged(page: Page) -> Line:
    """Say in the workbook itself whether its figures are still those it was made with."""
    return Line(cells=(Span(value=changed(page.round_), first=0, last=LAST, style="page_foot"),), height=17)
