"""Cells and form to answers and findings: every field is normalised, then tried by the form's own checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from fazhi_xl.answers.locate import Found, Located
from fazhi_xl.answers.normalise import Normal, normalise
from fazhi_xl.findings import Finding, Place, finding
from fazhi_xl.form.expression import Evaluator, Value, fields_of
from fazhi_xl.form.model import Check, Field, Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """One return's values by field code (blank ones left out), and what is wrong with them.

    A value that could not be read for certain stays the text that was typed.
    """

    shape: Shape
    values: Mapping[str, Value]
    findings: tuple[Finding, ...]
    prior: Mapping[str, str] = default(default_factory=dict)  # an earlier round's answers, as they were issued

    def evaluator(self) -> Evaluator:
        return self.shape.evaluator({**self.prior, **self.values})

    @property
    def blank(self) -> bool:
        return not self.values

    @property
    def wrong(self) -> frozenset[str]:
        """The fields that the unit has to correct."""
        return frozenset(f.place.field for f in self.findings if f.place.field and f.severity in {"fatal", "error"})


def read_answers(
    shape: Shape, located: Located, *, prior: Mapping[str, str] | None = None, date1904: bool = False
) -> Answers:
    """Read a located return. All faults are found in one pass; a blank form says so once."""
    cells = {key: located.cells[key] for key in shape.fields if key in located.cells}
    normal = {key: normalise(shape.fields[key], found, date1904=date1904) for key, found in cells.items()}
    values = {key: each.value for key, each in normal.items() if each.value is not None}
    notes = [note for key, each in normal.items() for note in _notes(shape.fields[key], cells[key], each)]
    stopped = located.lost.union(note.place.field for note in notes if note.place.field and note.severity == "error")
    faults = check_values(shape, values, cells, prior or {}) if values else (finding("form-unfilled"),)
    kept = (fault for fault in faults if fault.place.field not in stopped)
    return Answers(shape=shape, values=values, findings=(*_gaps(shape, located), *notes, *kept), prior=prior or {})


def _gaps(shape: Shape, located: Located) -> Iterator[Finding]:
    """Say what of the issued form is not there, in one finding for each sheet, row or column, and which rows are there twice."""
    own = {field.row for field in shape.fields.values()}
    for row in located.repeated:
        if row in own:
            yield finding("row-repeated", Place(field=row), value=row)
    sheets: defaultdict[str, list[Field]] = defaultdict(list)
    for key, field in shape.fields.items():
        sheets[shape.places[key].sheet].append(field)
    for sheet, fields in sheets.items():
        lost = [field for field in fields if field.key in located.lost]
        if len(lost) == len(fields):
            yield finding("sheet-missing", Place(sheet=sheet), value=sheet)
        else:
            yield from _lost(sheet, lost, located)


def _lost(sheet: str, fields: Iterable[Field], located: Located) -> Iterator[Finding]:
    places = dict.fromkeys(("", field.column) if field.row in located.rows else (field.row, "") for field in fields)
    for row, column in places:
        if row:
            yield finding("row-missing", Place(field=row), value=row)
        else:
            yield finding("column-missing", Place(sheet=sheet), value=column, sheet=sheet)


def _notes(field: Field, found: Found, normal: Normal) -> Iterator[Finding]:
    place = Place(sheet=found.sheet, cell=found.cell, field=field.key)
    if found.kind == "e":
        yield finding("value-error", place, value=found.text, label=_label(field))
    elif found.formula and normal.value is None:
        yield finding("formula-without-result", place, value="", label=_label(field))
    elif found.formula:
        yield finding("value-from-formula", place, value=found.text, label=_label(field))
    elif normal.changed_to is not None:
        yield finding("value-normalised", place, value=found.text, kept=normal.changed_to, label=_label(field))


def check_values(
    shape: Shape,
    values: Mapping[str, Value],
    cells: Mapping[str, Found],
    prior: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Finding]:
    """Try every field's checks; of each field the first that holds is reported."""
    held = {**prior, **values}
    evaluator, filled = shape.evaluator(held), frozenset(held)
    for field, checks in _watched(shape):
        for check, read, when_blank in checks:
            holds = when_blank if filled.isdisjoint(read) else evaluator.value(check.when)
            if holds:
                yield _fault(shape, field, check, held, cells)
                break


@lru_cache(maxsize=64)
def _watched(shape: Shape) -> tuple[tuple[Field, tuple[tuple[Check, frozenset[str], bool], ...]], ...]:
    """Give each check with the inputs it depends on, and what it says of a blank form: untouched, it says so again."""
    blank = shape.evaluator({})
    return tuple(
        (field, tuple((check, _inputs(shape, check), bool(blank.value(check.when))) for check in field.checks))
        for field in shape.fields.values()
    )


def _inputs(shape: Shape, check: Check) -> frozenset[str]:
    seen: set[str] = set()
    open_fields = set(fields_of(check.when))
    while open_fields:
        field = open_fields.pop()
        seen.add(field)
        if field in shape.formulas:
            open_fields |= fields_of(shape.formulas[field]) - seen
    return frozenset(seen)


def _fault(
    shape: Shape, field: Field, check: Check, values: Mapping[str, Value], cells: Mapping[str, Found]
) -> Finding:
    found, issued = cells.get(field.key), shape.places[field.key]
    place = Place(
        sheet=found.sheet if found else issued.sheet, cell=found.cell if found else issued.cell, field=field.key
    )
    label = {"label": _label(field)} if check.words.get("label") == field.label else {}
    shown = {gap: show(values.get(key)) for gap, key in check.values.items()}
    return finding(check.code, place, value=show(values.get(field.key)), **{**check.words, **label, **shown})


def _label(field: Field) -> str:
    return f"{field.row} {field.label}"


def show(value: Value) -> str | None:
    """Write a value as a report shows it."""
    if isinstance(value, Fraction):
        return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)
