"""campaign.json: what was issued, so that another program can fill in a workbook without this code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from fazhi_xl.form.identity import SWITCHES, Edition
from fazhi_xl.form.input_ids import input_ids
from fazhi_xl.form.model import Field, Form, Shape
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.points import show

Json = dict[str, Any]


def file_name(notice: Notice, unit_short: str) -> str:
    """Name an issued workbook: its number in the list of units, unit, year."""
    return f"{file_stem(notice.units_by_short[unit_short])}任务分解表_{notice.about.year}.xlsx"


def file_stem(unit: Unit) -> str:
    """Give what the names of a unit's files begin with."""
    return f"{unit.no:02d}_{unit.short}_"


ALIKE = "alike"
"""Where campaign.json names the earlier editions that differ in nothing but what their checks say."""


def manifest(
    notice: Notice, forms: Iterable[Form], *, edition: Edition, issued: str, alike: tuple[str, ...] = ()
) -> Json:
    """Describe every unit's workbook, the sub-points they ask for and, shape by shape, every input; `issued` is an ISO date.

    An `id` stays what it is when units, items and sub-points are numbered anew or called otherwise. `alike` are the earlier editions that
    differ in nothing but what their checks say.
    """
    all_forms = tuple(forms)
    shapes = {form.shape.name: form.shape for form in all_forms}
    known: dict[int, Json] = {}
    return {
        "campaign": notice.campaign,
        "version": edition.text,
        "draft": edition.draft.value,
        "issued": issued,
        **({SWITCHES: dict(edition.switches)} if edition.switches else {}),
        **({ALIKE: list(alike)} if alike else {}),
        "units": [_unit(notice, form) for form in all_forms],
        "sub_points": list(_sub_points(notice, shapes.values())),
        "situations": [{"id": key, "label": label} for key, label in notice.situation_labels.items()],
        "shapes": {name: {"inputs": list(_inputs(notice, shape, known))} for name, shape in shapes.items()},
    }


def _unit(notice: Notice, form: Form) -> Json:
    unit = notice.units_by_short[form.unit]
    return {
        "id": unit.id,
        "unit": unit.short,
        "no": unit.no,
        "group": unit.ranking_group,
        "shape": form.shape.name,
        "form_number": form.number,
        "file": file_name(notice, unit.short),
    }


def _sub_points(notice: Notice, shapes: Iterable[Shape]) -> Iterator[Json]:
    """Give what a round's sub-points said, so that a later round can tell which of its own are the same."""
    asked = {code for shape in shapes for code in shape.sub_points}
    for code, sub in notice.sub_points.items():
        if code in asked:
            yield {"id": sub.id, "code": code, "text": sub.text, "points": show(sub.points)}


def _inputs(notice: Notice, shape: Shape, known: dict[int, Json]) -> Iterator[Json]:
    """Describe a shape's inputs; what is `known` of an input that several shapes have is known by its id."""
    ids = input_ids(notice, shape)
    for key, field in shape.fields.items():
        place = shape.places[key]
        if id(field) not in known:
            known[id(field)] = _input(field)
        at = {"id": ids[key], "sheet": place.sheet, "row": field.row, "column": field.column, "cell": place.cell}
        yield {**at, **known[id(field)]}


def _input(field: Field) -> Json:
    return {
        "name": field.name,
        "label": field.label,
        "sub_point": field.sub_point,
        "kind": field.kind.value,
        "minimum": _bound(field.minimum),
        "maximum": _bound(field.maximum),
        "options": list(field.options),
        "measure": field.measure,
        "required": field.required,
    }


def _bound(bound: Decimal | date | None) -> str | int | float | None:
    """Write a number as a number and a date in ISO form."""
    if isinstance(bound, date):
        return bound.isoformat()
    if bound is None:
        return None
    return int(bound) if bound == bound.to_integral_value() else float(bound)
