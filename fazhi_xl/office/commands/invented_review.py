"""Makes up what reviewers enter in the rows that are open, as people would in their books; everything is invented."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from fazhi_xl.answers.locate import locate
from fazhi_xl.form.model import Field
from fazhi_xl.form.sheets.review import adjudication, appeals, queries, registers, scores, unlike
from fazhi_xl.form.sheets.review.common import DAY, NOTE, REVIEWER
from fazhi_xl.notice.choices import Kind
from fazhi_xl.rounds.undecided import Undecided
from fazhi_xl.xlsx.fill import CellEntry, fill
from fazhi_xl.xlsx.reader import read

Entered = str | float | date
SAID = "【演练】"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who decides, and when."""

    name: str
    day: date

    def sign(self, columns: Mapping[str, Entered]) -> dict[str, Entered]:
        return {**columns, REVIEWER: self.name, DAY: self.day}


Row = Mapping[str, Field]
"""The inputs of a row, by column."""


def invented_row(kind: Undecided, row: Row, shown: Mapping[str, str]) -> Mapping[str, Entered]:
    """Give what somebody enters in an open row of a kind, by column, who sees what it shows; the first thing that settles it."""
    return _MAKERS[kind](row, shown) if kind in _MAKERS else _register(row)


def _score(row: Row, _: Mapping[str, str]) -> Mapping[str, Entered]:
    return {scores.SCORE: _least(row[scores.SCORE]), NOTE: f"{SAID}单位没有自评,材料也没有"}


def _out(row: Row, _: Mapping[str, str]) -> Mapping[str, Entered]:
    return {scores.OUT: row[scores.OUT].options[0]}


def _verdict(row: Row, _: Mapping[str, str]) -> Mapping[str, Entered]:
    return {registers.VERDICT: row[registers.VERDICT].options[0]}


def _unlike(_: Row, __: Mapping[str, str]) -> Mapping[str, Entered]:
    return {unlike.KEPT: unlike.Kept.AS_NOTED, NOTE: f"{SAID}单位自己少报,材料也只够这么多"}


def _ruling(_: Row, shown: Mapping[str, str]) -> Mapping[str, Entered]:
    return {scores.SCORE: float(shown[adjudication.SECOND]), NOTE: f"{SAID}补看了材料,按复审的意见"}


def _appeal(row: Row, _: Mapping[str, str]) -> Mapping[str, Entered]:
    changed = appeals.Ruling.CHANGED in row[appeals.RULING].options
    said = appeals.Ruling.CHANGED if changed else row[appeals.RULING].options[0]
    score = {appeals.MARK_NOW: _most(row[appeals.MARK_NOW])} if changed else {}
    return {appeals.RULING: said, NOTE: f"{SAID}新的材料能够证明", **score}


def _query(row: Row, _: Mapping[str, str]) -> Mapping[str, Entered]:
    return {queries.SETTLED: row[queries.SETTLED].options[0]}


def _register(row: Row) -> Mapping[str, Entered]:
    """Fill in a row of a register: the first option, the least number, a text."""
    skipped = {NOTE, REVIEWER, DAY}
    return {column: _plain(field) for column, field in row.items() if column not in skipped}


def _plain(field: Field) -> Entered:
    match field.kind:
        case Kind.CHOICE:
            return field.options[0]
        case Kind.DATE:
            return field.minimum if isinstance(field.minimum, date) else date.min
        case Kind.TEXT:
            return f"{SAID}{field.label}"[: field.length]
    return _most(field)


def _least(field: Field) -> float:
    return float(Decimal(str(field.minimum)))


def _most(field: Field) -> float:
    return float(Decimal(str(field.maximum)))


_MAKERS: Mapping[Undecided, Callable[[Row, Mapping[str, str]], Mapping[str, Entered]]] = {
    Undecided.SUB_POINT: _score,
    Undecided.NOT_APPLICABLE: _out,
    Undecided.BONUS: _verdict,
    Undecided.DEDUCTION: _verdict,
    Undecided.UNLIKE: _unlike,
    Undecided.RULING: _ruling,
    Undecided.APPEAL: _appeal,
    Undecided.QUERY: _query,
}


def enter(path: Path, entries: Mapping[str, Entered]) -> None:
    """Type entries into a book, by field code, as a person does who opens it and saves it."""
    data = path.read_bytes()
    path.write_bytes(fill(data, _cells(data, entries)))


def _cells(data: bytes, entries: Mapping[str, Entered]) -> Iterator[CellEntry]:
    found = locate(read(data).cells)
    for key, said in entries.items():
        if spot := found.spot(key):
            yield spot.sheet, spot.cell, said


def by_row(fields: Iterable[Field]) -> dict[str, dict[str, Field]]:
    """Give the inputs of each row, by its code and their columns."""
    rows: dict[str, dict[str, Field]] = {}
    for field in fields:
        rows.setdefault(field.row, {})[field.column] = field
    return rows
