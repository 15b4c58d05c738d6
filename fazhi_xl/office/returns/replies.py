"""The sheet in front of a form that was sent back: told apart from the form, and read for what the unit says to each question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from fazhi_xl.cells import RawCell
from fazhi_xl.form.model import column_letters
from fazhi_xl.rounds.replies import (
    FRONT_SHEET,
    LONGEST,
    NO_REPLY,
    REPLY_COLUMN,
    UNCODED,
    VALUE_COLUMN,
    AskedRow,
    GivenReply,
    QuestionCode,
)
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
    """Give what stands beside the questions of such sheets; of a question that stands there twice the first reply counts.

    What stands in the column for replies, in a row that has lost its code, comes last.
    """
    every = tuple(cells)
    uncoded = (given for sheet in _sheets(every) for given in sheet.uncoded())
    return (*(each.reply for each in asked_in(every) if each.reply), *uncoded)


def asked_in(cells: Iterable[RawCell]) -> tuple[AskedRow, ...]:
    """Give the questions of such sheets in their order, each once, with the first reply that it has."""
    found: dict[QuestionCode, AskedRow] = {}
    for each in (row for sheet in _sheets(cells) for row in sheet.asked()):
        if each.question not in found or (each.reply and not found[each.question].reply):
            found[each.question] = each
    return tuple(found.values())


def _sheets(cells: Iterable[RawCell]) -> Iterator[_Sheet]:
    sheets: defaultdict[str, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for cell in cells:
        sheets[cell.sheet][cell.row][cell.column] = one_line(cell.text)
    return (_Sheet.of(name, rows) for name, rows in sheets.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A front sheet: its rows, the columns that its heads name, and the row of the first heads."""

    name: str
    rows: Mapping[int, _Cells]
    named: Mapping[str, int]
    top: int

    @classmethod
    def of(cls, name: str, rows: Mapping[int, _Cells]) -> _Sheet:
        heads = {no: own for no, own in rows.items() if REPLY_COLUMN in own.values()}
        # A head that is wider than its column is broken into lines.
        named = {"".join(text.split()): column for own in heads.values() for column, text in own.items()}
        return cls(name=name, rows=rows, named=named, top=min(heads, default=0))

    def asked(self) -> Iterator[AskedRow]:
        for no, own in sorted(self.rows.items()):
            if coded := _coded(own):
                said = {title: own.get(column, "") for title, column in self.named.items()}
                question = next(iter(coded.values()))
                yield AskedRow(question=question, said=said, reply=self._reply(no, question, frozenset(coded)))

    def uncoded(self) -> Iterator[GivenReply]:
        """Give what was replied below the first heads in rows without a code; what the office wrote there is none."""
        at = self.named.get(REPLY_COLUMN, 0)
        for no, own in sorted(self.rows.items()):
            said = own.get(at, "") if no > self.top else ""
            if said and said not in {NO_REPLY, REPLY_COLUMN} and not _coded(own):
                yield self._given(no, at, UNCODED)

    def _reply(self, no: int, question: QuestionCode, coded: frozenset[int]) -> GivenReply | None:
        at = self._at(self.rows[no], coded)
        return self._given(no, at, question) if at else None

    def _given(self, no: int, at: int, question: QuestionCode) -> GivenReply:
        own = self.rows[no]
        return GivenReply(
            question=question,
            sheet=self.name,
            cell=f"{column_letters(at)}{no}",
            text=own[at][:LONGEST],
            value=own.get(self.named.get(VALUE_COLUMN, 0), "").strip("“”—"),
            aside=at != self.named.get(REPLY_COLUMN, 0),
        )

    def _at(self, own: _Cells, coded: frozenset[int]) -> int:
        """Give the column of a row's reply: the one for it, or else one that has no head; 0 where nothing was said."""
        reply, headed = self.named.get(REPLY_COLUMN, 0), frozenset(self.named.values())
        if own.get(reply):
            return reply
        return next((each for each in sorted(own) if own[each] and each not in headed and each not in coded), 0)


def _coded(own: _Cells) -> dict[int, QuestionCode]:
    """Give the codes of a row, by their columns."""
    return {column: code for column, text in own.items() if (code := QuestionCode.of(text))}
