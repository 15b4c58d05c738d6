"""Which inputs of the forms that are out have no counterpart in those that would take their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fazhi_xl.form.model import Form
from fazhi_xl.form.sheets.unit import ledger
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.workspace.editions import EarlierEdition
from fazhi_xl.office.workspace.folder import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneInput:
    """An input of a unit's form as it is out, under its names there; `field` is its code."""

    unit: str
    field: str
    sub_point: str
    label: str
    sheet: str


def gone_inputs(
    notice: Notice, forms: Iterable[Form], record: Json, texts: Mapping[str, str] | None = None
) -> tuple[GoneInput, ...]:
    """Give the inputs that the record of an issue has and the forms have not; all of a unit that gets no form any more."""
    edition, form_of = EarlierEdition.of_record(notice, record, texts), {form.unit: form for form in forms}
    found = []
    for unit in record["units"]:
        now = edition.unit_by_number[unit["no"]]
        form = form_of.get(now.short) if now else None
        inputs = record["shapes"][unit["shape"]]["inputs"]
        found += [_gone(unit["unit"], each) for each in _without(edition, unit["no"], form, inputs)]
    return tuple(found)


def _without(edition: EarlierEdition, no: int, form: Form | None, inputs: Iterable[Json]) -> Iterator[Json]:
    """Rows of the list of documents go with what they are for, and are told only where the whole list goes."""
    rows = edition.rows_of(form.shape, no) if form else {}
    fields = form.shape.fields if form else {}
    listed = any(ledger.is_row(field.row) for field in fields.values())
    for each in inputs:
        if listed and ledger.is_row(each["row"]):
            continue
        if f"{rows.get(each['row'], each['row'])}.{each['column']}" not in fields:
            yield each


def _gone(unit: str, each: Json) -> GoneInput:
    return GoneInput(
        unit=unit,
        field=f"{each['row']}.{each['column']}",
        sub_point=each["sub_point"] or "",
        label=each["label"],
        sheet=each["sheet"],
    )
