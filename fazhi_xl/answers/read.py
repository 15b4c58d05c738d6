"""Cells and form to answers and findings: every field is normalised, then the form's own checks are evaluated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as default
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from fazhi_xl.answers.content_code import ContentCode
from fazhi_xl.answers.doubts import DoubtContext, doubt, unread
from fazhi_xl.answers.located import Found, Located
from fazhi_xl.answers.normalise import Normal, normalise
from fazhi_xl.answers.watched import in_question
from fazhi_xl.cells import CellKind, CellPlace
from fazhi_xl.findings import HIDDEN, Code, Finding, Place, Severity, Topic, finding
from fazhi_xl.form.checks import words
from fazhi_xl.form.compiled import Evaluator
from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Check, Field, Label, Shape, column_letters
from fazhi_xl.notice.choices import Kind
from fazhi_xl.text.characters import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """One return's values by field code (blank ones left out), the cells they were read from, and what is wrong with them.

    A value that could not be read for certain stays the text that was typed.
    """

    shape: Shape
    values: Mapping[str, Value]
    findings: tuple[Finding, ...]
    prior: Mapping[str, str] = default(default_factory=dict)  # an earlier round's answers, as they were issued
    cells: Mapping[str, Found] = default(default_factory=dict)
    content: ContentCode | None = None  # None where the form has no code over its contents

    def evaluator(self) -> Evaluator:
        """Compute the form over the answers."""
        return evaluated(self.shape, self.values, self.prior)

    @property
    def blank(self) -> bool:
        """Whether nothing is filled in; a form that demands nothing is complete when it is blank."""
        return not self.values and self.shape.demands

    @property
    def wrong(self) -> frozenset[str]:
        """The fields that the unit has to correct."""
        return frozenset(
            f.place.field for f in self.findings if f.place.field and f.severity in {Severity.FATAL, Severity.ERROR}
        )


class _Recent:
    """The last values that a shape was computed over: of one return several things are asked in turn, and each is computed once."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._over: tuple[Mapping[str, Value], Mapping[str, str]] = ({}, {})
        self._evaluator = shape.blank

    def over(self, values: Mapping[str, Value], prior: Mapping[str, str]) -> Evaluator:
        if values is not self._over[0] or prior != self._over[1]:
            self._over = values, prior
            self._evaluator = self._shape.evaluator({**prior, **values})
        return self._evaluator


_recent = lru_cache(maxsize=64)(_Recent)


def evaluated(shape: Shape, values: Mapping[str, Value], prior: Mapping[str, str]) -> Evaluator:
    """Compute a form over a return's values, which are not changed any more, and an earlier round's answers."""
    return _recent(shape).over(values, prior)


def read_answers(
    shape: Shape,
    located: Located,
    *,
    prior: Mapping[str, str] | None = None,
    date1904: bool = False,
    formats: Mapping[CellPlace, str] = MappingProxyType({}),
    off: frozenset[Code] = frozenset(),
) -> Answers:
    """Read a located return; never raises for what it holds.

    All faults are found in one pass: missing sheets, rows and columns first, then the cells in the form's order. A field that
    cannot be read is not checked any further, and a blank form that demands answers gives FORM_UNFILLED alone. `prior` holds
    an earlier round's answers by field code; with `date1904` days are counted from 1904. `formats` are the number formats that may
    show numbers as something else. Of what the office has switched `off` the next check of a field is reported as well.
    """
    seen = {(sheet, f"{column_letters(column)}{row}"): code for (sheet, row, column), code in formats.items()}
    cells = {key: _formatted(located.cells[key], seen) for key in shape.fields if key in located.cells}
    normal = {key: normalise(shape.fields[key], found, date1904=date1904) for key, found in cells.items()}
    values = {key: each.value for key, each in normal.items() if each.value is not None}
    setting = replace(_setting(shape), date1904=date1904)
    notes = [note for key, each in normal.items() for note in _notes(shape.fields[key], cells[key], each, setting)]
    stopped = located.lost.union(
        note.place.field for note in notes if note.place.field and note.severity is Severity.ERROR
    )
    faults = (
        check_values(shape, values, located, prior or {}, off)
        if values or not shape.demands
        else (finding(Code.FORM_UNFILLED),)
    )
    kept = (fault for fault in faults if fault.place.field not in stopped)
    if date1904 and any(
        isinstance(value, date) and cells[key].kind is CellKind.NUMBER for key, value in values.items()
    ):
        notes.append(finding(Code.OLD_MAC_DATES))
    position = _positions(shape)
    return Answers(
        shape=shape,
        values=values,
        findings=(
            *_gaps(shape, located),
            *sorted((*notes, *kept), key=lambda each: position.get(each.place.field or "", len(position))),
        ),
        prior=prior or {},
        cells=cells,
    )


@lru_cache(maxsize=64)
def _positions(shape: Shape) -> Mapping[str, int]:
    return {key: no for no, key in enumerate(shape.fields)}


def _formatted(found: Found, formats: Mapping[tuple[str, str], str]) -> Found:
    code = formats.get((found.sheet, found.cell), "")
    return found._replace(format=code) if code else found


@lru_cache(maxsize=64)
def _setting(shape: Shape) -> DoubtContext:
    titles = (
        each.text
        for sheet in shape.sheets
        for row in sheet.rows
        if row.head
        for each in row.cells.values()
        if isinstance(each, Label)
    )
    latest = (each.maximum.year for each in shape.fields.values() if isinstance(each.maximum, date))
    return DoubtContext(year=shape.year or max(latest), titles=frozenset(titles))


def _gaps(shape: Shape, located: Located) -> Iterator[Finding]:
    """Report what is missing of the issued form, one finding for each sheet, row or column, and which rows stand there twice."""
    if located.repeated:
        own = {field.row for field in shape.fields.values()}
        for row in located.repeated:
            if row in own:
                yield finding(Code.ROW_REPEATED, Place(field=row), value=row)
    if located.lost:
        yield from _sheets_lost(shape, located)


def _sheets_lost(shape: Shape, located: Located) -> Iterator[Finding]:
    sheets: defaultdict[str, list[Field]] = defaultdict(list)
    for key, field in shape.fields.items():
        sheets[shape.places[key].sheet].append(field)
    for sheet, fields in sheets.items():
        lost = [field for field in fields if field.key in located.lost]
        if len(lost) == len(fields):
            yield finding(Code.SHEET_MISSING, Place(sheet=sheet), value=sheet)
        else:
            yield from _lost(sheet, lost, located)


def _lost(sheet: str, fields: Iterable[Field], located: Located) -> Iterator[Finding]:
    places = dict.fromkeys(("", field.column) if field.row in located.rows else (field.row, "") for field in fields)
    for row, column in places:
        if row:
            yield finding(Code.ROW_MISSING, Place(field=row), value=row)
        else:
            yield finding(Code.COLUMN_MISSING, Place(sheet=sheet), value=column, sheet=sheet)


def _notes(field: Field, found: Found, normal: Normal, setting: DoubtContext) -> Iterator[Finding]:
    """Report a cell before any check is tried: why it cannot be read, or that it was read otherwise than typed."""
    cause = doubt(field, found, normal.value, setting)
    if not (cause or found.formula or normal.changed_to is not None or found.kind is CellKind.ERROR):
        return  # as are nearly all
    place = Place(sheet=found.sheet, cell=found.cell, field=field.key)
    if found.kind is CellKind.ERROR:
        yield about(field, Code.VALUE_ERROR, place, found.text)
    elif found.formula and normal.value is None:
        yield about(field, Code.FORMULA_WITHOUT_RESULT, place, "")
    elif cause and cause.code.topic is Topic.UNREAD:
        yield about(field, cause.code, place, cause.seen or _shown(field, found, normal), **cause.words)
    else:
        if cause:
            yield about(field, cause.code, place, cause.seen or _shown(field, found, normal), **cause.words)
        if found.formula:
            yield about(field, Code.VALUE_FROM_FORMULA, place, found.text)
        elif normal.changed_to is not None and not unread(field, normal.value):
            yield about(field, Code.VALUE_NORMALISED, place, found.text, kept=normal.changed_to)


def _shown(field: Field, found: Found, normal: Normal) -> str:
    """Quote an entry as it was seen: a day, and a number that its format shows as words."""
    if isinstance(normal.value, date):
        return normal.value.isoformat()
    return str(normal.value) if found.format and field.kind is Kind.CHOICE else found.text


def about(field: Field, code: Code, place: Place, value: str | None, **more: object) -> Finding:
    """Make a finding about an input; of a private one neither the finding nor its text says what was entered."""
    told = {**words(field), "label": f"{field.row} {field.label}", **more}
    if not field.private:
        return finding(code, place, value=None if value is None else visible(value), **told)
    made = finding(code, place, value=None, **told)
    return replace(made, words={**made.words, **dict.fromkeys(code.gaps & {"value", "kept"}, HIDDEN)})


def check_values(
    shape: Shape,
    values: Mapping[str, Value],
    located: Located,
    prior: Mapping[str, str] = MappingProxyType({}),
    off: frozenset[Code] = frozenset(),
) -> Iterator[Finding]:
    """Evaluate the form's checks over the values; of each field the first that holds is reported, and those `off` that hold before it."""
    held = {**prior, **values}
    cells = evaluated(shape, values, prior).cells
    for key, checks in in_question(shape, values):
        for check, holds in checks:
            if holds(cells):
                yield _broken(shape, key, check, held, located)
                if check.code not in off:
                    break


def _broken(shape: Shape, key: str, check: Check, held: Mapping[str, Value], located: Located) -> Finding:
    """Report a check that holds."""
    field = shape.fields[key]
    told = {name: word for name, word in check.words.items() if (name, word) != ("label", field.label)}
    told |= {gap: value_text(held.get(other)) or "" for gap, other in check.values.items()}
    return about(field, check.code, input_place(shape, field, located), value_text(held.get(key)), **told)


def input_place(shape: Shape, field: Field, located: Located) -> Place:
    """Give where an input stands in the return; of one that is lost, where it was issued."""
    found = located.cells.get(field.key)
    if found:
        return Place(sheet=found.sheet, cell=found.cell, field=field.key)
    at = located.spot(field.key) or shape.places[field.key]
    return Place(sheet=at.sheet, cell=at.cell, field=field.key)


def value_text(value: Value) -> str | None:
    """Write a value as reports show it: a fraction as a decimal, a date in ISO form; None for a blank."""
    if isinstance(value, Fraction):
        return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)
