"""Values that a client may have filled in by itself: a run of numbers dragged down, a telephone number completed from another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from fazhi_xl.answers.located import Located
from fazhi_xl.answers.read import about, input_place, value_text
from fazhi_xl.findings import Code, Finding
from fazhi_xl.form.expression import Value, serial
from fazhi_xl.form.model import Field, Shape
from fazhi_xl.form.sheets.unit.contacts import is_mobile
from fazhi_xl.notice.choices import Kind

_RUN = 4  # shorter ones happen by themselves
_SHORTEST = 7  # digits of a telephone number


def repeats(shape: Shape, values: Mapping[str, Value], located: Located) -> Iterator[Finding]:
    """Report runs of consecutive numbers and repeated telephone numbers, which a client may have filled in by itself."""
    for keys in _columns(shape):
        held = [values.get(key) for key in keys]
        if len(held) - held.count(None) < _RUN:
            continue
        # Where values go up by one from cell to cell, value less position stays the same.
        steps = (serial(value) if isinstance(value, date) else value for value in held)
        offsets = (step - no if isinstance(step, int) else None for no, step in enumerate(steps))
        for offset, stretch in groupby(zip(offsets, keys, strict=True), key=itemgetter(0)):
            run = [shape.fields[key] for _, key in stretch]
            if offset is not None and len(run) >= _RUN:
                shown = "、".join(str(value_text(values[field.key])) for field in run)
                yield about(run[0], Code.COUNT_RUN, input_place(shape, run[0], located), shown, count=len(run))
    yield from _same_numbers(shape, values, located)


@lru_cache(maxsize=64)
def _columns(shape: Shape) -> tuple[tuple[str, ...], ...]:
    """Give the counts of each sub-point, and the counts and dates of each list, from top to bottom."""
    columns: defaultdict[tuple[str, str | None, str], list[str]] = defaultdict(list)
    for key, field in shape.fields.items():
        if field.kind is Kind.WHOLE or (field.kind is Kind.DATE and not field.sub_point):
            columns[shape.places[key].sheet, field.sub_point, field.column].append(key)
    return tuple(map(tuple, columns.values()))


@lru_cache(maxsize=64)
def _mobiles(shape: Shape) -> tuple[str, ...]:
    return tuple(key for key, field in shape.fields.items() if is_mobile(field))


def _same_numbers(shape: Shape, values: Mapping[str, Value], located: Located) -> Iterator[Finding]:
    seen: dict[str, Field] = {}
    for key in _mobiles(shape):
        digits, field = re.sub("[^0-9]", "", str(values.get(key) or "")), shape.fields[key]
        if len(digits) < _SHORTEST:
            continue
        other = seen.setdefault(digits, field)
        if other is not field:
            yield about(field, Code.PHONE_REPEATED, input_place(shape, field, located), None, other=other.row)
