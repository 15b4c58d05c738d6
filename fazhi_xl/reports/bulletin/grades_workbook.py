"""通报版: which unit has which grade, or where there are none which has reported, without scores, ranks and telephone numbers."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.reports.bulletin.grades import (
    DRAFT,
    counted_words,
    group_grades,
    published_figure,
    whole_grades,
)
from fazhi_xl.reports.media.titles import grouped, state, title
from fazhi_xl.reports.media.workbook import Block, Column, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.rounds.round import Round

SHEET = "通报版"
_WIDTHS = (14, 9, 78)
_NUMERALS = "一二三四五六七八九十"


def bulletin_book(round_: Round) -> ReportBook:
    """Make the edition that may be given out once the ranking is official; before that it says that it may not."""
    sheet = ReportSheet(
        name=SHEET,
        title=title(round_, published_figure(round_)),
        blocks=tuple(_blocks(round_)),
        widths=_WIDTHS,
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
    every, groups = whole_grades(round_), group_grades(round_)
    yield Sentence(state(round_), "big")
    if not round_.official:
        yield Sentence(DRAFT, "draft")
    counted = (_due(round_), counted_words(every), _missing(round_))
    yield Sentence(",".join(filter(None, counted)) + "。", "said")
    for no, group in enumerate(groups):
        rows = tuple((grade, len(units), "、".join(units) or None) for grade, units in group.lines)
        numeral = _NUMERALS[no] if no < len(_NUMERALS) else str(no + 1)
        heading = f"{numeral}、{group.name}({group.count}家)" if grouped(round_.notice) else ""
        yield Table(title=heading, columns=tuple(_columns(round_)), rows=rows)
    yield Sentence(_note(round_))


def _due(round_: Round) -> str:
    return f"应报{len(round_.due)}家" if round_.due else f"共{len(round_.units)}家"


def _missing(round_: Round) -> str:
    return f"未报送{len(round_.missing)}家" if round_.missing else ""


def _note(round_: Round) -> str:
    """Say in which order units stand, in the notice's own words of its grades where it has them."""
    about = round_.notice.about
    plain = f"按{about.words.list}顺序排列,不分先后。"
    if not about.grades:
        return plain
    return about.texts.grade_note or f"同一{about.words.grade}内{plain}"


def _columns(round_: Round) -> Iterator[Column]:
    """Give the columns; the first is what the sheet is about."""
    titles = (published_figure(round_), "家数", f"单位(按{round_.notice.about.words.list}顺序)")
    for name, width, style in zip(titles, _WIDTHS, ("centre", "whole", "text"), strict=True):
        yield Column(title=name, width=width, style=style)
