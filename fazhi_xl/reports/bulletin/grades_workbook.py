"""通报版: which unit has which grade, or where there are none which has reported, without scores, ranks and telephone numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fazhi_xl.reports.bulletin.grades import (
    DRAFT,
    GRADE,
    counted_words,
    group_grades,
    published_figure,
    whole_grades,
)
from fazhi_xl.reports.media.titles import state, title
from fazhi_xl.reports.media.workbook import Block, Column, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import Basis

SHEET = "通报版"
_COLUMNS = (
    Column(title=GRADE, width=14, style="centre"),
    Column(title="家数", width=9, style="whole"),
    Column(title="单位(按附件1顺序)", width=78),
)
_GRADED_NOTE = "参考等次供工作参考,同一等次内按附件1顺序排列,不分先后;未报送的不列等次。"
_NUMERALS = "一二三四五六七八九十"


def bulletin_book(round_: Round) -> ReportBook:
    """Make the edition that may be given out once the ranking is official; before that it says that it may not."""
    sheet = ReportSheet(
        name=SHEET,
        title=title(round_, _columns(round_)[0].title),
        blocks=tuple(_blocks(round_)),
        widths=tuple(column.width for column in _COLUMNS),
        tab="title",
        portrait=True,
    )
    return ReportBook(
        title=title(round_, SHEET),
        sheets=(sheet,),
        footer=f"{round_.mark}{state(round_)}",
        decimals=round_.notice.about.scoring.places,
    )


def _blocks(round_: Round) -> Iterator[Block]:
    every = whole_grades(round_)
    yield Sentence(state(round_), "big")
    if round_.basis is Basis.SELF:
        yield Sentence(DRAFT, "wrong")
    yield Sentence(f"应报{every.count}家,{counted_words(every)},未报送{len(every.missing)}家。", "said")
    for no, group in enumerate(group_grades(round_)):
        rows = tuple((grade, len(units), "、".join(units) or None) for grade, units in group.lines)
        numeral = _NUMERALS[no] if no < len(_NUMERALS) else str(no + 1)
        yield Table(title=f"{numeral}、{group.name}({group.count}家)", columns=_columns(round_), rows=rows)
    yield Sentence(_GRADED_NOTE if round_.notice.about.grades else "按附件1顺序排列,不分先后。")


def _columns(round_: Round) -> tuple[Column, ...]:
    """Give the columns; the first is what the sheet is about."""
    return (replace(_COLUMNS[0], title=published_figure(round_)), *_COLUMNS[1:])
