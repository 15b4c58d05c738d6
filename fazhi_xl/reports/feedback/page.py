"""The page of a feedback sheet: items beside the group's median and best, the losses, what is on record, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fazhi_xl.form.appeal_form import NAME as APPEALS
from fazhi_xl.form.appeal_form import by_when
from fazhi_xl.notice.model import Item
from fazhi_xl.points import short, show
from fazhi_xl.reports.feedback.matters import Lists
from fazhi_xl.reports.feedback.opening import opening, ours
from fazhi_xl.reports.feedback.peers import LEAST
from fazhi_xl.reports.feedback.result import UnitResult
from fazhi_xl.reports.media.one_page import GRID, LAST, Part, entry, fitted
from fazhi_xl.reports.media.panel import (
    Bar,
    Line,
    PageSheet,
    PanelColumn,
    Room,
    Span,
    Stack,
    gap,
    head,
    heading,
    room,
    row,
    said,
)
from fazhi_xl.reports.media.titles import title
from fazhi_xl.reports.media.workbook import Cell
from fazhi_xl.rounds.losses import Loss, full_marks, lost
from fazhi_xl.rounds.rates import counted, rate
from fazhi_xl.scoring.model import SubPointScore
from fazhi_xl.text.dates import chinese_date, day_or_blank

_NUMERALS = "一二三四五六七"
_ONE, _MORE = 16.5, 13.7  # points: a row of one line at least, and what each takes of more
_LINES = (4, 2, 1)  # that a loss may take
_SIZE = 10.5


def page_sheet(result: UnitResult, lists: Lists, name: str) -> tuple[PageSheet, bool]:
    """Make the page; say also whether all stands on it. Losses take several lines where there is room for all of them."""
    top, end = opening(result, name), (*_steps(result, lists), *_signed(result))
    for rows in _LINES:
        scored = (_items(result), _losses(result, lists.losses, rows)) if result.score.sub_points else ()
        named = enumerate((*scored, *(each.part for each in lists.listed)))
        parts = tuple(replace(part, head=_with_number(part.head, no)) for no, part in named)
        stack, whole = fitted(top, parts, (*_nothing(lists), *_with_number(end, len(parts))))
        if whole:
            break
    made = PageSheet(
        name=name,
        title=title(result.round_, name),
        blocks=(),
        grid=GRID,
        bands=((stack,),),
        tab="title",
        one_page=True,
        portrait=True,
        margins=(0.6, 0.5, 0.6),
    )
    return made, whole and not any(part.shortened for part in parts)


def _nothing(lists: Lists) -> Stack:
    """Say in one line what there is nothing of."""
    return (gap(), entry(";".join(lists.empty) + "。", "list_band")) if lists.empty else ()


def _with_number(stack: Stack, no: int) -> Stack:
    """Put a number before the heading of a stack, the second of its lines."""
    first, line, *others = stack
    if not isinstance(line, Line):
        return stack
    cell, *beside = line.cells
    named = Span(value=f"{_NUMERALS[no]}、{cell.shown}", first=cell.first, last=cell.last, style=cell.style)
    return first, Line(cells=(named, *beside), height=line.height), *others


# Items ----------------------------------------------------------------------------------------------------------------

_QUIET = '0.00;-0.00;"—"'
_BAR = Bar(end=100, only=True)
_ITEMS = (
    PanelColumn(title="序号", first=0, last=0, style="list_no", head="list_over", number="0"),
    PanelColumn(title="", first=1, last=2, style="list_text", head="list_over_text"),
    PanelColumn(title="应得分", first=3, last=3, style="list_figure", head="list_over_right", number="0.00"),
    PanelColumn(title="失分", first=4, last=4, style="list_loss", head="list_over_right", number=_QUIET),
    PanelColumn(title="得分率(%)", first=5, last=5, style="list_bar", head="list_over_text", number="0.00", bar=_BAR),
    PanelColumn(title="", first=6, last=6, style="list_rate", head="list_over", number="0.00"),
    PanelColumn(title="中位", first=7, last=7, style="list_figure", head="list_over", number="0.00"),
    PanelColumn(title="最高", first=8, last=8, style="list_figure", head="list_over", number="0.00"),
)


def _items(result: UnitResult) -> Part:
    """Give each of the unit's items with its losses and its rate, beside the group's."""
    items, item_of = result.round_.notice.items, result.round_.notice.item_of
    held = {item.no: [each for each in result.score.sub_points if item_of[each.code].no == item.no] for item in items}
    rows = tuple(_item(result, item, held[item.no]) for item in items if held[item.no])
    group = ours(result)
    note = f"条形为得分率;{group}不足{LEAST}家的不列中位和最高"
    titles = {1: result.round_.notice.about.words.item, 7: f"{group}\n中位", 8: f"{group}\n最高"}
    top = head(_ITEMS, 33)
    cells = tuple(
        Span(value=titles.get(cell.first, cell.value), first=cell.first, last=cell.last, style=cell.style)
        for cell in top.cells
    )
    return Part(
        head=(gap(), heading("各项得分", 0, LAST, note=note, middle=3), Line(cells=cells, height=33)),
        entries=rows,
        foot=(_sum(result),),
        more="项",
        share=0.5,
    )


def _item(result: UnitResult, item: Item, own: Sequence[SubPointScore]) -> Line:
    full = sum(full_marks(result.round_, score) for score in own)
    missing = sum(lost(result.round_, score) for score in own)
    mine = rate(full - missing, full)
    standing = result.peers.items.get((result.score.group, item.no))
    fits = room(GRID, 1, 2, size=_SIZE)
    known = "(不涉及,已核准)" if not full and any(score.approved for score in own) else ""
    waiting = "(待办公室提供)" if any(score.pending for score in own) else ""
    text = f"{item.name}{known}{waiting}"
    peers = (standing.middle, standing.best) if standing else (None, None)
    values = (item.no, text, full, missing, mine, mine, *peers)
    return row(_ITEMS, values, fits.tall(text, _ONE))


def _sum(result: UnitResult) -> Line:
    score = result.score
    missing = sum(lost(result.round_, each) for each in score.sub_points)
    got = sum(counted(each, result.round_.basis) for each in score.sub_points)
    standing = result.peers.rates.get(score.group)
    peers = (standing.middle, standing.best) if standing else (None, None)

    def cell(value: Cell, at: int, style: str = "list_total_figure") -> Span:
        return Span(value=value, first=at, last=at, style=style, number="" if value is None else "0.00")

    return Line(
        cells=(
            Span(value="合计", first=0, last=2, style="list_total"),
            cell(score.full_marks, 3),
            cell(missing, 4),
            Span(value="", first=5, last=5, style="list_total"),
            cell(rate(got, score.full_marks), 6, "list_total_rate"),
            cell(peers[0], 7),
            cell(peers[1], 8),
        ),
        height=19,
    )


# Losses ---------------------------------------------------------------------------------------------------------------


def lost_title(lines: Sequence[Loss]) -> str:
    points = sum(loss.lost for loss in lines)
    return f"失分的得分点({len(lines)}个,共{show(points)}分,由多到少)" if lines else "没有失分的得分点"


def _losses(result: UnitResult, lines: Sequence[Loss], rows: int) -> Part:
    """List what was lost, the largest first: what it is, how much of how much, and why or with what it is made up for."""
    end = 1.9 * max((float(loss.lost) for loss in lines), default=100.0) / 100
    columns = (
        PanelColumn(title="编号", first=0, last=0, style="list_code", head="list_over"),
        PanelColumn(title="得分点", first=1, last=2, style="list_text", head="list_over_text"),
        PanelColumn(title="得/满", first=3, last=4, style="list_words", head="list_over_right"),
        PanelColumn(
            title="失分",
            first=5,
            last=5,
            style="list_bar_figure",
            head="list_over_right",
            number="0.00",
            bar=Bar(end=end),
        ),
        PanelColumn(title=why_title(result), first=6, last=LAST, style="list_text", head="list_over_text"),
    )
    made = [_loss(result, loss, rows) for loss in lines]
    entries = tuple(row(columns, values, max(_ONE, _MORE * tall + 2)) for values, tall, _ in made)
    table = (head(columns, 19),) if lines else ()
    return Part(
        head=(gap(), heading(lost_title(lines), 0, LAST), *table),
        entries=entries,
        foot=tuple(said(_fitting(text), 0, LAST, style="list_band", height=18) for text in full_ones(result)),
        more="个得分点",
        share=0.15,
        shortened=any(cut for *_, cut in made),
    )


def why_title(result: UnitResult) -> str:
    return "原因;可补的材料" if result.round_.notice.about.texts.evidence else "原因"


def why(result: UnitResult, loss: Loss) -> str:
    """Say why points were lost, and what documents the unit can supply."""
    return ";".join(filter(None, (result.said(loss.why), result.documents(loss.sub.code))))


def _loss(result: UnitResult, loss: Loss, rows: int) -> tuple[tuple[Cell, ...], int, bool]:
    """Give a loss's cells; say also how many lines they take, and whether they leave anything out."""
    text, because = loss.sub.text.rstrip("。;"), why(result, loss)
    shown, reason = _room(1, 2, rows).cut(text), _reason(because, _room(6, LAST, rows))
    tall = max(_room(1, 2, 1).lines(shown), _room(6, LAST, 1).lines(reason))
    got = f"{short(counted(loss.score, result.round_.basis))}/{short(full_marks(result.round_, loss.score))}"
    return (loss.sub.code, shown, got, loss.lost, reason), min(tall, rows), (shown, reason) != (text, because)


def _room(first: int, last: int, rows: int) -> Room:
    """Give what so many lines of a cell hold, with some slack for what moves to the next line whole."""
    own = room(GRID, first, last, size=_SIZE)
    return Room(own.width * rows * (0.92 if rows > 1 else 1), own.size)


def _reason(text: str, fits: Room) -> str:
    """Shorten a reason; what is said of an input is kept, and the input's name is shortened."""
    about, sign, verdict = text.partition(";")[0].partition(":")
    if fits.fits(text) or not sign or not fits.fits(f"……:{verdict}"):
        return fits.cut(text)
    return f"{fits.beside(f':{verdict}').cut(about)}:{verdict}"


def full_ones(result: UnitResult) -> Iterator[str]:
    """Name the sub-points with full marks, in one sentence."""
    codes = [
        score.code
        for score in result.score.sub_points
        if full_marks(result.round_, score) > 0 and lost(result.round_, score) <= 0
    ]
    if codes:
        yield f"得满分的得分点({len(codes)}个):{'、'.join(codes)}"


def _fitting(text: str) -> str:
    return room(GRID, 0, LAST, size=_SIZE).cut(text)


# What to do next ------------------------------------------------------------------------------------------------------


def _steps(result: UnitResult, lists: Lists) -> Stack:
    """Say in steps what the unit does with the sheet."""
    steps = enumerate(_next(result, lists), 1)
    return (gap(), heading("下一步怎么办", 0, LAST), *(_step(no, *step) for no, step in steps))


def _step(no: int, name: str, text: str) -> Line:
    fits = room(GRID, 2, LAST, size=11.5)
    cells = (
        Span(value=no, first=0, last=0, style="step", number="0"),
        Span(value=name, first=1, last=1, style="step_name"),
        Span(value=text, first=2, last=LAST, style="step_text"),
    )
    return Line(cells=cells, height=fits.tall(text, 19))


def _next(result: UnitResult, lists: Lists) -> Iterator[tuple[str, str]]:
    about = result.round_.notice.about
    asking = about.office_room or about.office
    yield "核对", _to_check(result, lists)
    if lists.asked is None:
        yield "咨询", f"有不清楚的,向{asking}了解。"
        return
    yield "补正", _to_supplement(result, lists.losses, len(lists.asked.lines))
    by = day_or_blank(about.feedback.supplement_due, result.round_.generated.date())
    yield "报送", f"{by}前报{about.office};咨询:{asking}。"


def _to_check(result: UnitResult, lists: Lists) -> str:
    what = "逐条核对失分" if lists.losses else "核对各项得分" if result.score.sub_points else "逐条核对登记的事项"
    if lists.offered:
        return f"{what};有不同意见的,在“{APPEALS}”表里写明理由,{by_when(result.round_.notice)}把反馈单发回。"
    if result.round_.official or not result.score.sub_points:
        return f"{what};有不同意见的,写明理由。"
    return f"{what};{'自评填错的,改正自评分' if result.self_scored else '有填错的,改正'},写明理由。"


def _to_supplement(result: UnitResult, lines: Sequence[Loss], wanted: int) -> str:
    item_of = result.round_.notice.item_of
    folders = sorted({item_of[loss.sub.code].no for loss in lines if result.documents(loss.sub.code)})
    what = f"照上面“请补正、核实”的{wanted}条办" if wanted else "没有需要补正的"
    if folders:
        which = "缺的材料" if wanted else "失分的得分点有补充材料的,"
        return f"{what};{which}放进以项目序号命名的文件夹:{'、'.join(map(str, folders))}。"
    return f"{what}。"


def _signed(result: UnitResult) -> Stack:
    about = result.round_.notice.about
    left = "核对人(签字):＿＿＿＿＿  负责人(签字):＿＿＿＿＿"
    right = room(GRID, 5, LAST, size=11.5).cut(f"{about.office}  {chinese_date(result.day)}")
    cells = (
        Span(value=left, first=0, last=4, style="page_sign"),
        Span(value=right, first=5, last=LAST, style="page_sign_right"),
    )
    return gap(), Line(cells=cells, height=24)
