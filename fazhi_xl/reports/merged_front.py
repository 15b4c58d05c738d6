"""The sheet in front of a form that was made of returns: what copies of it contradict each other in, and what they reply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fazhi_xl.form.model import Form
from fazhi_xl.notice.model import Notice
from fazhi_xl.reports.corrections import ABOUT_COLUMNS, CODE_COLUMN, OPEN_COLUMN
from fazhi_xl.reports.media.workbook import Block, Cell, Column, Link, Meta, ReportSheet, Sentence, Table
from fazhi_xl.rounds.replies import FRONT_SHEET, AskedRow

_NO, _SHEET, _AT, _CELL, _VALUE, _QUESTION = ABOUT_COLUMNS
_PLACE = (_NO, replace(_SHEET, width=14), replace(_AT, width=22), _CELL)
_COLUMNS = (*_PLACE, Column(title="各份填的", width=80), Column(title="怎样改", width=30))
_REPLIES = (*_PLACE, replace(_QUESTION, width=80), replace(OPEN_COLUMN, width=30), _VALUE, CODE_COLUMN)
# A sheet's columns are those of its first table, so that it has all of the second one's.
_BESIDE_REPLIES = (*_COLUMNS, replace(_VALUE, title=""), replace(CODE_COLUMN, title=""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Something that the people who filled in have to settle: the sheet and the input, what each file says, and what to do.

    What belongs to no one input has a blank `field`.
    """

    sheet: str
    field: str = ""
    said: str
    todo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedReply:
    """A question of the copies, and the reply that they agree on; blank where nobody replied, or they differ."""

    asked: AskedRow
    text: str


def merged_front(
    notice: Notice, form: Form, said: Sequence[str], asked: Sequence[Asked], replies: Sequence[MergedReply]
) -> ReportSheet:
    """Make the sheet; what the form was made of is `said` first."""
    return ReportSheet(
        name=FRONT_SHEET,
        title=f"{notice.about.short_title} {FRONT_SHEET}",
        meta=Meta(f"单位:{notice.units_by_short[form.unit].name}    表号:{form.number}", ""),
        blocks=tuple(_blocks(form, said, asked, replies)),
        tab="error",
    )


def _blocks(form: Form, said: Sequence[str], asked: Sequence[Asked], replies: Sequence[MergedReply]) -> Iterator[Block]:
    yield from (Sentence(each, "said") for each in said)
    if asked:
        columns = _BESIDE_REPLIES if replies else _COLUMNS
        blank = ("",) * (len(columns) - len(_COLUMNS))
        rows = tuple((*row, *blank) for row in _asked_rows(form, asked))
        yield Table(title=f"各份不一致({len(asked)}处)", columns=columns, rows=rows)
    if replies:
        rows = tuple(_reply_rows(form, replies))
        yield Table(title=f"请核实、请答复({len(replies)}处)", columns=_REPLIES, rows=rows)


def _asked_rows(form: Form, asked: Sequence[Asked]) -> Iterator[tuple[Cell, ...]]:
    for no, each in enumerate(asked, 1):
        place = form.shape.places.get(each.field)
        link = Link(text=each.field, sheet=place.sheet, cell=place.cell) if place else ""
        yield no, each.sheet, link, place.cell if place else "", each.said, each.todo


def _reply_rows(form: Form, replies: Sequence[MergedReply]) -> Iterator[tuple[Cell, ...]]:
    for no, each in enumerate(replies, 1):
        said = each.asked.said
        sheet, at, cell, value, question = (
            said.get(column.title, "") for column in (_SHEET, _AT, _CELL, _VALUE, _QUESTION)
        )
        place = form.shape.places.get(at)
        link = Link(text=at, sheet=place.sheet, cell=place.cell) if place else at
        yield no, sheet, link, cell, question, each.text, value, each.asked.question.text
