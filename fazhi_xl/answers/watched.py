"""Which checks of a form are in question over a return's values: most plainly cannot hold, and are neither compiled nor computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from fazhi_xl.form.compiled import Computed
from fazhi_xl.form.expression import Value
from fazhi_xl.form.expression_parts import fails_plainly
from fazhi_xl.form.model import Check, Field, Shape

Compiled = tuple[tuple[Check, Computed], ...]
"""Checks with what computes whether they hold."""


def in_question(shape: Shape, values: Mapping[str, Value]) -> Iterator[tuple[str, Compiled]]:
    """Give the inputs with their checks, but for those that plainly cannot hold."""
    filled = {key.rpartition(".")[0] for key in values}
    for row in watched_rows(shape):
        if row.name in filled or not row.dormant:
            for each in row.inputs:
                entry = values.get(each.key)
                yield each.key, each.over_blank if entry is None or entry == "" else each.over_entry


class _Asked:
    """An input, of whatever shape, with its checks: those that may hold over an entry, and those that may though it is blank."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.key = field.key
        self._checks = field.checks
        self.of_blank = tuple(check for check in field.checks if not fails_plainly(check.when, blank=(self.key,)))

    @cached_property
    def of_entry(self) -> tuple[Check, ...]:
        return tuple(check for check in self._checks if not fails_plainly(check.when, filled=(self.key,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _AskedRow:
    """The inputs of a row; of a `dormant` one no check can hold while all of them are blank."""

    fields: tuple[Field, ...]
    inputs: tuple[_Asked, ...]
    dormant: bool


_MOST = 1 << 13
_rows: dict[tuple[int, ...], _AskedRow] = {}  # by their fields, which shapes have in common
_inputs: dict[int, _Asked] = {}


def _asked_row(fields: tuple[Field, ...]) -> _AskedRow:
    number = tuple(map(id, fields))
    if number not in _rows:
        if len(_rows) >= _MOST:
            _rows.clear()
            _inputs.clear()
        inputs, keys = tuple(map(_asked, fields)), {field.key for field in fields}
        dormant = all(fails_plainly(check.when, blank=keys) for each in inputs for check in each.of_blank)
        _rows[number] = _AskedRow(fields=fields, inputs=inputs, dormant=dormant)
    return _rows[number]


def _asked(field: Field) -> _Asked:
    if id(field) not in _inputs:
        _inputs[id(field)] = _Asked(field)
    return _inputs[id(field)]


class _Watched:
    """An input of a shape. Its checks are compiled for the first return that needs them: most inputs are blank in every return."""

    def __init__(self, shape: Shape, asked: _Asked) -> None:
        self.key = asked.key
        self._shape = shape
        self._asked = asked

    @cached_property
    def over_entry(self) -> Compiled:
        return self._compiled(self._asked.of_entry)

    @cached_property
    def over_blank(self) -> Compiled:
        return self._compiled(self._asked.of_blank)

    def _compiled(self, checks: Iterable[Check]) -> Compiled:
        return tuple((check, self._shape.compiled.function(check.when)) for check in checks)


@dataclass(frozen=True, slots=True, kw_only=True)
class _WatchedRow:
    """A row of a shape; its inputs are only watched where a return needs them."""

    name: str
    inputs: tuple[_Watched, ...]
    dormant: bool


@lru_cache(maxsize=64)
def watched_rows(shape: Shape) -> tuple[_WatchedRow, ...]:
    """Give the rows of a form that have inputs."""
    rows: dict[str, list[Field]] = {}
    for field in shape.fields.values():
        rows.setdefault(field.row, []).append(field)
    asked = ((name, _asked_row(tuple(fields))) for name, fields in rows.items())
    return tuple(
        _WatchedRow(name=name, inputs=tuple(_Watched(shape, each) for each in row.inputs), dormant=row.dormant)
        for name, row in asked
    )
