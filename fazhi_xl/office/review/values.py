"""A decision's values by column, typed where they are read: out of a book's cells, or out of a line of the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from fazhi_xl.form.expression import Value
from fazhi_xl.form.sheets.review.arising import list_of
from fazhi_xl.form.sheets.review.common import DAY
from fazhi_xl.form.sheets.review.matters import Said
from fazhi_xl.form.sheets.review.registers import VERDICT, Verdict
from fazhi_xl.form.sheets.review.scores import OUT, SCORE, VISITED, Approval
from fazhi_xl.form.sheets.unit.deductions import DATED
from fazhi_xl.notice.choices import KeptBy, Kind
from fazhi_xl.notice.model import Notice


@dataclass(frozen=True, slots=True)
class Values(Mapping[str, Said]):
    """What a row says, by column; blank columns are left out."""

    by_column: Mapping[str, Said] = field(default_factory=dict)

    def __getitem__(self, column: str) -> Said:
        return self.by_column[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_column)

    def __len__(self) -> int:
        return len(self.by_column)

    @property
    def score(self) -> Decimal | None:
        found = self.get(SCORE)
        return found if isinstance(found, Decimal) else None

    @property
    def approval(self) -> Approval | None:
        """Whether 不涉及 is approved, None where nothing is said of it."""
        found = self.get(OUT)
        return found if isinstance(found, Approval) else None

    @property
    def verdict(self) -> Verdict | None:
        found = self.get(VERDICT)
        return found if isinstance(found, Verdict) else None

    def day(self, column: str) -> date | None:
        found = self.get(column)
        return found if isinstance(found, date) else None

    def text(self, column: str) -> str:
        """Give what stands in a column as it is written; blank where nothing does."""
        return _written(self.by_column.get(column, ""))

    def cell(self, column: str) -> Value:
        """Give what a book's cell holds: a score in points, a day, or a text."""
        said = self.get(column)
        if isinstance(said, Decimal):
            return Fraction(said)
        return said if said is None or isinstance(said, date) else str(said)

    @property
    def texts(self) -> dict[str, str]:
        """What the record holds: a score as a decimal, a day as YYYY-MM-DD, the rest as it is."""
        return {column: _written(said) for column, said in self.by_column.items()}


def _written(said: Said) -> str:
    if isinstance(said, Decimal):
        return f"{said:f}"
    return said.isoformat() if isinstance(said, date) else str(said)


Reader = Callable[[str], Said]
"""Reads what a column holds from its text. Raises ValueError, TypeError or ArithmeticError where it cannot hold that."""


def values_of(texts: Mapping[str, str], readers: Mapping[str, Reader] | None = None) -> Values:
    """Read what a record or a book's cells say; the `readers` are those of the row's columns, if it is one of a register.

    Raises ValueError or ArithmeticError where a column cannot hold its text.
    """
    own = _READERS if readers is None else readers
    return Values({column: own.get(column, _text)(text) for column, text in texts.items()})


def readers_of(notice: Notice) -> Callable[[str], Mapping[str, Reader]]:
    """Give what tells the readers of a row's columns, by the row's code: in a register they go by the kinds of its columns."""
    kept = {
        register.code: {DAY: _day, **{each.key: _BY_KIND[each.kind] for each in register.columns}}
        for register in notice.registers_of(KeptBy.OFFICE)
    }
    return lambda row: kept.get(row.partition(".")[0]) or {**_READERS, **_of_list(row)}


def _of_list(row: str) -> Mapping[str, Reader]:
    """Give the readers of the scores in a row of a list that arises."""
    drawn = list_of(row)
    return dict.fromkeys(drawn.numbers, _number) if drawn else {}


def _text(text: str) -> str:
    if not isinstance(text, str):  # a line of the record may hold anything
        raise TypeError(text)
    return text


def _number(text: str) -> Decimal:
    number = Decimal(_text(text))
    if not number.is_finite():
        raise ValueError(text)
    return number


def _day(text: str) -> date:
    return date.fromisoformat(text)


_READERS: Mapping[str, Reader] = {
    SCORE: _number,
    OUT: Approval,
    VERDICT: Verdict,
    **dict.fromkeys((DAY, VISITED, DATED), _day),
}
_BY_KIND: Mapping[Kind, Reader] = {
    Kind.CHOICE: _text,
    Kind.TEXT: _text,
    Kind.WHOLE: _number,
    Kind.DECIMAL: _number,
    Kind.DATE: _day,
}
