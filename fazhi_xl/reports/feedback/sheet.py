"""反馈单: one unit's result on one page, and on a second sheet the scores behind it and the texts whole."""

from __future__ import annotations

from dataclasses import replace

from fazhi_xl.notice.model import Item
from fazhi_xl.reports.feedback.matters import Lists
from fazhi_xl.reports.feedback.opening import who
from fazhi_xl.reports.feedback.page import full_ones, lost_title, page_sheet, why, why_title
from fazhi_xl.reports.feedback.result import UnitResult
from fazhi_xl.reports.media.one_page import PageList
from fazhi_xl.reports.media.titles import state_of_one, title
from fazhi_xl.reports.media.workbook import Block, Cell, Column, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.rounds.losses import Loss, lost
from fazhi_xl.rounds.rates import counted
from fazhi_xl.scoring.model import SubPointScore
from fazhi_xl.scoring.score import applicable_full_marks

SHEET, WHOLE = "反馈单", "明细"
_NUMERALS = "一二三四五六"


def feedback_book(result: UnitResult, lists: Lists | None = None) -> ReportBook:
    """Make the page, and the sheet 明细 with the scores behind it and the whole texts; `lists` are the result's, if made already."""
    lists = lists or Lists.of(result)
    page, whole = page_sheet(result, lists, SHEET)
    more = (_whole(result, lists),) if result.score.sub_points or not whole else ()
    name = title(result.round_, f"{result.unit.short}{SHEET}")
    footer = f"{result.round_.mark}{state_of_one(result.round_)} 目录第{result.round_.version}版"
    return ReportBook(
        title=name, sheets=(page, *more), footer=footer, decimals=result.round_.notice.about.scoring.places
    )


def _whole(result: UnitResult, lists: Lists) -> ReportSheet:
    """Give the scores that the page's figures are made of, and all lists whole, under the numbers that they have on the page."""
    scored = bool(result.score.sub_points)
    parts = (*((_lost(result, lists.losses),) if scored else ()), *lists.listed)
    numbers = zip(_NUMERALS[scored:], parts, strict=False)
    numbered = (replace(part, title=f"{numeral}、{part.title}") for numeral, part in numbers)
    blocks: tuple[Block, ...] = (
        Sentence(who(result), "big"),
        *((_item_table(result),) if scored else ()),
        *(block for part in numbered for block in part.whole),
        *(Sentence(f"{text}。") for text in (*lists.empty, *full_ones(result))),
    )
    heading = title(result.round_, f"{SHEET}{WHOLE}")
    return ReportSheet(name=WHOLE, title=heading, blocks=blocks, widths=result.widths, tab="title", portrait=True)


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


def _lost(result: UnitResult, lines: tuple[Loss, ...]) -> PageList:
    columns = (
        Column(title="编号", width=6, style="centre"),
        Column(title="得分点", width=35),
        *result.columns,
        Column(title=why_title(result), width=result.saying),
    )
    rows = tuple(
        (
            loss.sub.code,
            loss.sub.text,
            loss.score.points,
            *_scores(result, loss.score.auto, loss.score.self_score, counted(loss.score, result.round_.basis)),
            loss.lost,
            why(result, loss),
        )
        for loss in lines
    )
    return PageList(title=lost_title(lines), columns=columns, rows=rows)
