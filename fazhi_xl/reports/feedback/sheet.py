"""反馈单: one unit's result on one page. What the page has no room for stands whole on a second sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fazhi_xl.notice.choices import EarlyBonus
from fazhi_xl.notice.model import Item
from fazhi_xl.points import Hundredths, percent, show, show_or_dash
from fazhi_xl.reports.feedback.matters import adjusted, asked, registered
from fazhi_xl.reports.feedback.one_page import PageList, fitted
from fazhi_xl.reports.feedback.result import UnitResult
from fazhi_xl.reports.media.titles import grouped, state_of_one, title, vetoed
from fazhi_xl.reports.media.workbook import Block, Cell, Column, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.rounds.losses import Loss, losses, lost, refunds
from fazhi_xl.rounds.rates import counted, rate
from fazhi_xl.scoring.grades import grade_of
from fazhi_xl.scoring.model import SubPointScore, UnitScore
from fazhi_xl.scoring.score import applicable_full_marks
from fazhi_xl.text.dates import chinese_date
from fazhi_xl.text.one_line import cut

SHEET, WHOLE = "反馈单", "明细"
_TEXT, _REASON = 32, 70  # characters that the one page shows of each
_NUMERALS = "一二三四五"


def feedback_book(result: UnitResult) -> ReportBook:
    """Make the page, and the sheet 明细 where something is shortened or left out on it."""
    lines = tuple(replace(loss, why=loss.why or _unsaid(result)) for loss in losses(result.round_, result.score))
    made = _parts(result, lines, short=True)
    numbered = dict(zip((part.title for part in made), _NUMERALS[bool(result.score.sub_points) :], strict=False))
    parts = tuple(replace(part, title=f"{numbered[part.title]}、{part.title}") for part in made)
    opening: tuple[Block, ...] = (
        *(Sentence(text, style) for style, text in _headline(result)),
        *((_item_table(result),) if result.score.sub_points else ()),
    )
    page, shown_whole = fitted(opening, parts, result.widths)
    sheets = [_sheet(result, SHEET, page, one_page=True)]
    if not shown_whole:
        long = (
            replace(part, title=shown.title)
            for part, shown in zip(_parts(result, lines, short=False), parts, strict=True)
        )
        whole = [block for part in long for block in part.whole]
        sheets.append(_sheet(result, WHOLE, (Sentence(_who(result), "big"), *whole)))
    name = title(result.round_, f"{result.unit.short}{SHEET}")
    footer = f"{result.round_.mark}{state_of_one(result.round_)} 目录第{result.round_.version}版"
    return ReportBook(
        title=name, sheets=tuple(sheets), footer=footer, decimals=result.round_.notice.about.scoring.places
    )


def _parts(result: UnitResult, lines: tuple[Loss, ...], *, short: bool) -> tuple[PageList, ...]:
    """Give the lists below the result, those of what the notice has and the unit can be told of."""
    notice = result.round_.notice
    return (
        *((_lost(result, lines, short=short),) if result.score.sub_points else ()),
        *registered(result),
        *((asked(result),) if result.unit.short not in result.round_.unasked else ()),
        *((adjusted(result),) if notice.bonus or notice.deductions else ()),
    )


def _unsaid(result: UnitResult) -> str:
    """Say why points are lost where nobody has said it."""
    if result.self_scored:
        return "自评未得满分"
    return "核定未得满分" if result.round_.official else "按填报的事实测算,未得满分"


def _sheet(result: UnitResult, name: str, blocks: tuple[Block, ...], *, one_page: bool = False) -> ReportSheet:
    heading = title(result.round_, SHEET if name == SHEET else f"{SHEET}{name}")
    return ReportSheet(
        name=name, title=heading, blocks=blocks, widths=result.widths, tab="title", one_page=one_page, portrait=True
    )


# The result ----------------------------------------------------------------------------------------------------------


def _headline(result: UnitResult) -> Iterator[tuple[str, str]]:
    round_, score = result.round_, result.score
    yield "big", _who(result)
    grade = None if score.vetoes else grade_of(score.total, round_.notice.about.grades)
    graded = f"    {round_.notice.about.words.grade}:{grade}" if grade else ""
    yield "big", f"总分{show_or_dash(score.total)}分{graded}{_rank(result)}"
    if score.vetoes:
        yield "wrong", f"{vetoed(score)}:不参加排名" + (",不评等次。" if round_.notice.about.grades else "。")
    yield "said", "".join(_figures(result))
    for refund in refunds(round_, score):
        yield "said", f"{refund.cap.text.removesuffix('。')}:{refund.words}。"
    if waiting := [each.code for each in score.sub_points if each.pending]:
        yield "said", f"待办公室提供数据的得分点:{'、'.join(waiting)},暂不计分,也不计入应得分。"
    if not round_.official:
        yield "wrong", f"还没有全部核定,{';'.join(_until_official(result))}。本单供核对用,不是最后结果。"


def _until_official(result: UnitResult) -> Iterator[str]:
    """Say what the sheet rests on before all is decided, part by part."""
    notice = result.round_.notice
    yield f"得分按{result.round_.basis.value}" if result.score.sub_points else "按已登记的计算"
    if notice.bonus:
        recognised = notice.about.scoring.early_bonus is EarlyBonus.RECOGNISED
        yield "加分只计已认可的" if recognised else "加分按申报计"
    if notice.deductions and not result.round_.deducting:
        yield "减分全部核定后才计"


def _figures(result: UnitResult) -> Iterator[str]:
    """Give the figures that the total is made of, of the parts that the notice has; losses add up to what full marks lack."""
    round_, score, notice = result.round_, result.score, result.round_.notice
    if score.sub_points:
        missing = sum(lost(round_, each) for each in score.sub_points) - score.refund
        got = score.full_marks - missing
        yield f"应得分{_points(score.full_marks)},得分{_points(got)}(按{round_.basis.value}{_refunded(score)}),"
        yield f"失分{_points(missing)}(应得分-得分),得分率{percent(rate(got, score.full_marks))},"
    start = "折算分" if score.sub_points else "基准分"
    yield f"{start}{_points(score.percent)}"
    yield f",加分{_points(score.bonus)}" if notice.bonus else ""
    yield f",减分{_points(score.deduction)}" if notice.deductions else ""
    yield f"。总分={start}{'+加分' if notice.bonus else ''}{'-减分' if notice.deductions else ''}。"


def _refunded(score: UnitScore) -> str:
    return f",含补回{show(score.refund)}分" if score.refund else ""


def _who(result: UnitResult) -> str:
    return f"{result.unit.name}    {state_of_one(result.round_)}    {chinese_date(result.day)}"


def _rank(result: UnitResult) -> str:
    """Tell the rank where the office allows it."""
    round_, score = result.round_, result.score
    if not round_.notice.about.feedback.show_rank or score.rank is None:
        return ""
    ranked = [each for each in round_.units if each.rank is not None]
    own = sum(each.group == score.group for each in ranked)
    of_group = f",组内第{score.group_rank}名(共{own}家)" if grouped(round_.notice) else ""
    return f"    名次:第{score.rank}名(共{len(ranked)}家){of_group}"


def _points(points: Hundredths | None) -> str:
    return "—" if points is None else f"{show(points)}分"


# By item -------------------------------------------------------------------------------------------------------------


def _item_table(result: UnitResult) -> Table:
    items, item_of = result.round_.notice.items, result.round_.notice.item_of
    held = {item.no: [each for each in result.score.sub_points if item_of[each.code].no == item.no] for item in items}
    rows = tuple(_item_row(result, item, held[item.no]) for item in items if held[item.no])
    score = result.score
    every = sum(lost(result.round_, each) for each in score.sub_points)
    got = sum(counted(each, result.round_.basis) for each in score.sub_points)
    scores = _scores(result, score.auto, score.self_score, got)
    columns = (
        Column(title="序号", width=6, style="whole"),
        Column(title=result.round_.notice.about.words.item, width=35),
        *result.columns,
        Column(title="失分的得分点", width=result.saying),
    )
    return Table(
        title="一、各项得分",
        columns=columns,
        rows=rows,
        total=(None, "合计", score.full_marks, *scores, every, None),
    )


def _scores(result: UnitResult, auto: Cell, own: Cell, got: Cell) -> tuple[Cell, ...]:
    return (auto, *((own,) if result.self_scored else ()), got)


def _item_row(result: UnitResult, item: Item, own: list[SubPointScore]) -> tuple[Cell, ...]:
    full = applicable_full_marks(own, result.round_.notice.about.scoring)
    losing = [(score.code, lost(result.round_, score)) for score in own]
    codes = "、".join(code for code, points in losing if points > 0)
    known = "不涉及,已核准" if any(score.approved for score in own) else ""
    waiting = "、".join(score.code for score in own if score.pending)
    said = (codes if full or codes else known, f"待办公室提供:{waiting}" if waiting else "")
    scores = _scores(
        result,
        sum(score.auto or 0 for score in own),
        sum(score.self_score or 0 for score in own),
        sum(counted(score, result.round_.basis) for score in own),
    )
    points = sum(points for _, points in losing)
    return (item.no, item.name, full, *scores, points, ";".join(filter(None, said)) or None)


# What was lost -------------------------------------------------------------------------------------------------------


def _lost(result: UnitResult, lines: tuple[Loss, ...], *, short: bool) -> PageList:
    points = sum(loss.lost for loss in lines)
    heading = f"失分的得分点({len(lines)}个,共{show(points)}分,由多到少)" if lines else "没有失分的得分点"
    reasons = [result.said(loss.why) for loss in lines]
    columns = (
        Column(title="编号", width=6, style="centre"),
        Column(title="得分点", width=35),
        *result.columns,
        Column(title="原因", width=result.saying),
    )
    rows = tuple(
        (
            loss.sub.code,
            cut(loss.sub.text, _TEXT) if short else loss.sub.text,
            loss.score.points,
            *_scores(result, loss.score.auto, loss.score.self_score, counted(loss.score, result.round_.basis)),
            loss.lost,
            cut(why, _REASON) if short else why,
        )
        for loss, why in zip(lines, reasons, strict=True)
    )
    cut_off = short and any(len(why) > _REASON for why in reasons)
    return PageList(title=heading, columns=columns, rows=rows, more="个得分点", share=0.6, shortened=cut_off)
