"""What the office's registers say of a unit: the rows on it, and the numbers and values that they give to its sub-points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from fazhi_xl.findings import Key
from fazhi_xl.form.compiled import Evaluator
from fazhi_xl.form.expression import Const, Value
from fazhi_xl.form.sheets.common.registers import in_time
from fazhi_xl.form.sheets.review.registers import UNIT
from fazhi_xl.notice.choices import KeptBy, Kind, Scope
from fazhi_xl.notice.model import Notice, SubPoint
from fazhi_xl.notice.registers import Feed, Register, RegisterColumn
from fazhi_xl.notice.rules import inputs_of
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.values import Values

Entries = tuple[Values, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A register with the rows of it that are about a sub-point of a unit, and what they give, by the input's key."""

    register: Register
    entries: Entries
    fed: Mapping[str, Value]


@dataclass(frozen=True, kw_only=True)
class Registered:
    """The rows of every register in force."""

    notice: Notice
    decisions: Mapping[Key, Decision]

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str], Entries]:
        """The rows by what their codes begin with and the unit that they name; of the round's own, no unit."""
        found: defaultdict[tuple[str, str], list[Values]] = defaultdict(list)
        for (unit, row), each in self.decisions.items():
            found[row.partition(".")[0], unit or each.values.text(UNIT)].append(each.values)
        return {key: tuple(rows) for key, rows in found.items()}

    def entries(self, head: str, unit: str) -> Entries:
        """Give the values of the rows on a unit, by what the codes of the register's rows begin with."""
        return self._rows.get((head, unit), ())

    def sources(self, unit: str, sub: SubPoint) -> tuple[Source, ...]:
        """Give the registers that say something of a sub-point of a unit, in the order of the catalogue."""
        kept = ((each, each.feeding(sub.id)) for each in self.notice.registers_of(KeptBy.OFFICE))
        found = (self._source(unit, register, feeds) for register, feeds in kept if feeds)
        return tuple(each for each in found if each.fed)

    def _source(self, unit: str, register: Register, feeds: tuple[Feed, ...]) -> Source:
        held = self.entries(register.code, "" if register.scope is Scope.ROUND else unit)
        own = tuple(values for values in held if _about(register, feeds, values))
        given = ((feed.input, self._quantity(register, feed, own)) for feed in feeds) if own else ()
        return Source(register=register, entries=own, fed={key: each for key, each in given if each is not None})

    def _quantity(self, register: Register, feed: Feed, entries: Entries) -> Value:
        """Give what a feed takes from the rows: a value, None where it is missing; the sum of a column; or how many match."""
        rows = tuple(values for values in entries if _holds(feed, values) and self._in_time(register, feed, values))
        if feed.value:
            return next((values.cell(feed.value) for values in rows if feed.value in values), None)
        return sum((_number(values, feed.sum) for values in rows), Fraction(0)) if feed.sum else len(rows)

    def told(self, register: Register, values: Values) -> str:
        """Say in one line what a row says, column by column, and that it came late where that counts."""
        said = [_column(column, values) for column in register.columns if column.key in values]
        late = any(feed.on_time and not self._in_time(register, feed, values) for feed in register.feeds)
        return ",".join((*said, *(("迟报",) if late else ())))

    def _in_time(self, register: Register, feed: Feed, values: Values) -> bool:
        rule = register.on_time
        if not (feed.on_time and rule):
            return True
        day = values.day(rule.column)
        dates = self.notice.about.dates
        return bool(day and Evaluator({}).value(in_time(register, rule, dates, Const(day))))


def _about(register: Register, feeds: Iterable[Feed], values: Values) -> bool:
    """Say whether a row is about the sub-point that these feeds name: where the register feeds several, `where` says which."""
    several = len({feed.sub_point for feed in register.feeds}) > 1
    return not several or any(_holds(feed, values) for feed in feeds)


def _holds(feed: Feed, values: Values) -> bool:
    return all(values.get(column) == said for column, said in feed.where.items())


def _column(column: RegisterColumn, values: Values) -> str:
    """Write what stands in a column: a text in quotation marks, anything else behind the column's title."""
    said = values.text(column.key)
    return f"“{said}”" if column.kind is Kind.TEXT else f"{column.heading}{said}{column.measure}"


def _number(values: Values, column: str) -> Fraction:
    said = values.get(column)
    return Fraction(said) if isinstance(said, Decimal) else Fraction(0)


def needed_values(notice: Notice, sub: SubPoint) -> Iterator[str]:
    """Name the inputs of a sub-point's rule whose value the office gives."""
    kept = notice.registers_of(KeptBy.OFFICE)
    valued = {feed.input for each in kept for feed in each.feeding(sub.id) if feed.value}
    yield from dict.fromkeys(key for part in sub.rule.parts for key in inputs_of(part) if key in valued)
