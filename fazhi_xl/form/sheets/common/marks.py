"""A plain number beside each result, in a narrow column that is not printed: what totals and links go by.

Programs agree on sums and searches over numbers, and not on text functions over a stretch of cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import IntEnum
from functools import lru_cache
from types import MappingProxyType

from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import TO_CONFIRM, TO_FILL, WRONG
from fazhi_xl.form.expression import Const, Expr, Ref, Span
from fazhi_xl.form.model import MARK_COLUMN, STATUS_COLUMN, Computed, Label, Row, Sheet, SheetColumn


class Mark(IntEnum):
    """What a result asks for."""

    NOTHING = 0
    TO_FILL = 1
    WRONG = 2
    TO_CONFIRM = 3


BEGINNINGS = MappingProxyType({Mark.TO_FILL: TO_FILL, Mark.WRONG: WRONG, Mark.TO_CONFIRM: TO_CONFIRM})
TITLE, STYLE = "类别", "mark"
TALLY = "item_status"  # the style of what counts the marks below it, and has none of its own
COLUMN = SheetColumn(code=MARK_COLUMN, width=5, title=TITLE, aside=True)


def marked(sheet: Sheet, known: dict[int, tuple[Row, Row]] | None = None) -> Sheet:
    """Add the column to a sheet that has results; rows that several forms have are `known` by their ids, with what they become."""
    if not any(isinstance(row.cells.get(STATUS_COLUMN), Computed) for row in sheet.rows):
        return sheet
    become: dict[int, tuple[Row, Row]] = {} if known is None else known
    for row in sheet.rows:
        if id(row) not in become:
            become[id(row)] = row, _marked(row)
    return replace(sheet, columns=(*sheet.columns, COLUMN), rows=tuple(become[id(row)][1] for row in sheet.rows))


def _marked(row: Row) -> Row:
    if row.head:
        return replace(row, cells={**row.cells, MARK_COLUMN: Label(TITLE, STYLE)})
    status = row.cells.get(STATUS_COLUMN)
    if status is None or status.style == TALLY:
        return row
    judged = isinstance(status, Computed)
    content = Computed(_mark(f"{row.code}.{STATUS_COLUMN}"), STYLE) if judged else Label("", STYLE)
    return replace(row, cells={**row.cells, MARK_COLUMN: content})


def tally(rows: Iterable[str]) -> Expr:
    """Say how many of the rows, which stand under each other, are open and wrong; where none is, how many are to be confirmed."""
    column = Span(tuple(f"{row}.{MARK_COLUMN}" for row in rows))
    open_, wrong, doubtful = (x.call("count_where", column, Const(int(mark))) for mark in BEGINNINGS)
    some = {mark: x.less(x.ZERO, count) for mark, count in zip(BEGINNINGS, (open_, wrong, doubtful), strict=True)}
    said_open, said_wrong = x.join(Const(TO_FILL), open_, Const("处")), x.join(Const("错误"), wrong, Const("处"))
    return x.first_of(
        (
            (x.both(some[Mark.TO_FILL], some[Mark.WRONG]), x.join(said_open, Const("、"), said_wrong)),
            (some[Mark.TO_FILL], said_open),
            (some[Mark.WRONG], said_wrong),
            (some[Mark.TO_CONFIRM], x.join(Const("请核实"), doubtful, Const("处"))),
        ),
        Const("全部通过"),
    )


@lru_cache(maxsize=1_024)  # the same in every form
def _mark(result: str) -> Expr:
    cases = ((x.call("begins", Ref(result), Const(word)), Const(int(mark))) for mark, word in BEGINNINGS.items())
    return x.first_of(tuple(cases), x.ZERO)
