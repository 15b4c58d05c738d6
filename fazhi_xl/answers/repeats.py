"""Values that a client may have filled in by itself: a run of numbers dragged down, a telephone number completed from another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby

from fazhi_xl.answers.locate import Located
from fazhi_xl.answers.read import about, place_of, value_text
from fazhi_xl.findings import Code, Finding
from fazhi_xl.form.expression import Value, serial
from fazhi_xl.form.model import Field, Shape
from fazhi_xl.form.sheets.unit import contacts
from fazhi_xl.notice.choices import Kind

_RUN = 4  # shorter ones happen by themselves
_SHORTEST = 7  # digits of a telephone number


def repeats(shape: Shape, values: Mapping[str, Value], located: Located) -> Iterator[Finding]:
    """Ask about what looks filled in by the client and not by a person; sparingly, as it may be right."""
    for column in _columns(shape):
        for run in _runs(column, values):
            shown = "、".join(str(value_text(values[field.key])) for field in run)
            yield about(run[0], Code.COUNT_RUN, place_of(shape, run[0], located), shown, count=len(run))
    yield from _same_numbers(shape, values, located)


def _columns(shape: Shape) -> Iterator[list[Field]]:
    """Give the counts of each sub-point, and the counts and dates of each list, from top to bottom."""
    columns: defaultdict[tuple[str, str | None, str], list[Field]] = defaultdict(list)
    for key, field in shape.fields.items():
        if field.kind is Kind.WHOLE or (field.kind is Kind.DATE and not field.sub_point):
            columns[shape.places[key].sheet, field.sub_point, field.column].append(field)
    yield from columns.values()


def _runs(column: list[Field], values: Mapping[str, Value]) -> Iterator[list[Field]]:
    """Give the stretches that go up by one in each cell: what is left when the cell's place is taken off stays the same."""
    steps = [(field, _step(values.get(field.key))) for field in column]
    placed = [(field, None if step is None else step - no) for no, (field, step) in enumerate(steps)]
    for rest, group in groupby(placed, key=lambda each: each[1]):
        run = [field for field, _ in group]
        if rest is not None and len(run) >= _RUN:
            yield run


def _step(value: Value) -> int | None:
    if isinstance(value, date):
        return serial(value)
    return value if isinstance(value, int) else None


def _same_numbers(shape: Shape, values: Mapping[str, Value], located: Located) -> Iterator[Finding]:
    seen: dict[str, Field] = {}
    for key, field in shape.fields.items():
        digits = re.sub("[^0-9]", "", str(values.get(key) or "")) if field.column == contacts.MOBILE else ""
        if len(digits) < _SHORTEST:
            continue
        other = seen.setdefault(digits, field)
        if other is not field:
            yield about(field, Code.PHONE_REPEATED, place_of(shape, field, located), None, other=other.row)
