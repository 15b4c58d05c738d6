"""Makes up what a unit is asked about its return, and what it replies on the sheet in front of the form that goes back to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Shape, column_letters
from fazhi_xl.form.sheets.unit import ledger
from fazhi_xl.notice.model import Notice
from fazhi_xl.rounds.replies import REPLY_COLUMN, Answer, QuestionCode
from fazhi_xl.xlsx.fill import fill
from fazhi_xl.xlsx.reader import read

_DAYS_BEFORE = 30


def doubtful(notice: Notice, shape: Shape, count: int = 1) -> dict[str, Value]:
    """Give so many documents of the list a day before the period, which is asked about and not wrong; none where there is no list."""
    day: date = notice.about.dates.period_start - timedelta(days=_DAYS_BEFORE)
    rows = tuple(ledger.prefilled(shape))[:count]
    return {
        **{f"{row}.{ledger.DATED}": day for row in rows},
        **{f"{row}.{ledger.SORT}": ledger.OTHER for row in rows},
    }


def asked(pack: bytes) -> Mapping[QuestionCode, tuple[str, str]]:
    """Give the sheet and the cell for the reply to each question of a form that goes back to a unit."""
    cells = read(pack).cells
    columns = {cell.sheet: cell.column for cell in cells if cell.text == REPLY_COLUMN}
    coded = ((cell, QuestionCode.of(cell.text)) for cell in cells if "/" in cell.text)
    return {
        code: (cell.sheet, f"{column_letters(columns[cell.sheet])}{cell.row}")
        for cell, code in coded
        if code and cell.sheet in columns
    }


def replied(pack: bytes, replies: Sequence[str] = ()) -> bytes:
    """Reply to the questions in their order, 无误 where there is no other reply; a blank one leaves its question open."""

    def entries() -> Iterator[tuple[str, str, str]]:
        for no, (sheet, cell) in enumerate(asked(pack).values()):
            text = replies[no] if no < len(replies) else Answer.RIGHT.word
            if text:
                yield sheet, cell, text

    return fill(pack, entries())
