"""The sheet in front of a form that was sent back: told apart from the form, and read for what the unit says to each question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from fazhi_xl.cells import RawCell
from fazhi_xl.form.model import column_letters
from fazhi_xl.rounds.replies import FRONT_SHEET, LONGEST, REPLY_COLUMN, VALUE_COLUMN, GivenReply, QuestionCode
from fazhi_xl.text.one_line import one_line
from fazhi_xl.xlsx.reader import RawBook

_Cells = Mapping[int, str]
"""What stands in a row, by column."""


def without_front_sheet(book: RawBook) -> RawBook:
    """Set apart the sheet that the office put in front of a form sent back, whatever it is called: it quotes the unit, and is no answer."""
    own = {cell.sheet for cell in book.cells if "/" in cell.text and QuestionCode.of(cell.text)}
    own |= {sheet.name for sheet in book.sheets if sheet.name == FRONT_SHEET}
    if not own:
        return book
    return replace(
        book,
        sheets=tuple(sheet for sheet in book.sheets if sheet.name not in own),
        cells=tuple(cell for cell in book.cells if cell.sheet not in own),
        front=tuple(cell for cell in book.cells if cell.sheet in own),
        sent_back=True,
    )


def replies_in(cells: Iterable[RawCell]) -> tuple[GivenReply, ...]:
    """Give what stands beside the questions of such sheets; of a question that stands there twice the first reply counts."""
    sheets: defaultdict[str, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for cell in cells:
        sheets[cell.sheet][cell.row][cell.column] = one_line(cell.text)
    found: dict[QuestionCode, GivenReply] = {}
    for name, rows in sheets.items():
        for each in _Sheet.of(name, rows).replies():
            found.setdefault(each.question, each)
    return tuple(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A front sheet: its rows, and the columns that its heads name."""

    name: str
    rows: Mapping[int, _Cells]
    reply: int
    value: int
    headed: frozenset[int]

    @classmethod
    def of(cls, name: str, rows: Mapping[int, _Cells]) -> _Sheet:
        heads = [own for own in rows.values() if REPLY_COLUMN in own.values()]
        named = {text: column for own in heads for column, text in own.items()}
        return cls(
            name=name,
            rows=rows,
            reply=named.get(REPLY_COLUMN, 0),
            value=named.get(VALUE_COLUMN, 0),
            headed=frozenset(named.values()),
        )

    def replies(self) -> Iterator[GivenReply]:
        for no, own in sorted(self.rows.items()):
            coded = {column: code for column, text in own.items() if (code := QuestionCode.of(text))}
            at = self._at(own, coded)
            if coded and at:
                yield GivenReply(
                    question=next(iter(coded.values())),
                    sheet=self.name,
                    cell=f"{column_letters(at)}{no}",
                    text=own[at][:LONGEST],
                    value=own.get(self.value, "").strip("“”—"),
                    aside=at != self.reply,
                )

    def _at(self, own: _Cells, coded: Mapping[int, QuestionCode]) -> int:
        """Give the column of a row's reply: the one for it, or else one that has no head; 0 where nothing was said."""
        if own.get(self.reply):
            return self.reply
        return next((each for each in sorted(own) if own[each] and each not in self.headed and each not in coded), 0)
