"""What many rounds of one notice have in common, made once in a process: a further district costs little more than its own files.

Two rounds of a notice that bear no earlier answers differ in nothing but the numbers of their forms, which the round's key makes.
"""

from __future__ import annotations

from typing import Any

from fazhi_xl.form.identity import Edition
from fazhi_xl.form.manifest import manifest
from fazhi_xl.form.model import Form, Shape
from fazhi_xl.form.unit_form import renumbered, unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.workspace.folder import Json, campaign_bytes, json_bytes
from fazhi_xl.xlsx.writer.form import draw
from fazhi_xl.xlsx.writer.sketch import Sketches
from fazhi_xl.xlsx.writer.template import Template

_KEPT = 4  # records of which it is known that they are alike, besides the last


class SharedForms:
    """The forms of all rounds of a notice. What it gives is shared, and not to be changed."""

    def __init__(self, notice: Notice) -> None:
        self._notice = notice
        self._forms: dict[Edition, tuple[Form, ...]] = {}
        self._sketches = Sketches()
        self._templates: dict[tuple[int, str], tuple[Shape, Template]] = {}
        self._records: dict[tuple[Edition, tuple[str, ...], tuple[str, ...]], tuple[Json, bytes]] = {}
        self._alike: list[tuple[Any, list[tuple[str, str]]]] = []

    def forms(self, edition: Edition, key: bytes) -> tuple[Form, ...]:
        """Give every unit's form of an edition, without earlier answers, under a round's key."""
        if edition not in self._forms:
            made = unit_forms(self._notice, assign(self._notice), edition=edition, key=key)
            self._forms[edition] = tuple(made)
        return tuple(renumbered(self._notice, self._forms[edition], edition=edition, key=key))

    def template(self, shape: Shape, title: str) -> Template:
        """Give a blank shape, drawn."""
        name = id(shape), title
        if name not in self._templates:
            self._templates[name] = shape, draw(shape, self._notice.theme, title=title, sketches=self._sketches)
        return self._templates[name][1]

    def record(self, forms: tuple[Form, ...], *, edition: Edition, issued: str, alike: tuple[str, ...] = ()) -> bytes:
        """Write what campaign.json says of the forms; see `manifest`."""
        name = edition, tuple(form.unit for form in forms), alike
        if name not in self._records:
            made = manifest(self._notice, forms, edition=edition, issued=issued, alike=alike)
            self._records[name] = made, json_bytes(made.pop("shapes"), compact=True).rstrip()
        held, shapes = self._records[name]
        numbers = {form.unit: form.number for form in forms}
        units = [{**unit, "form_number": numbers[unit["unit"]]} for unit in held["units"]]
        return campaign_bytes({**held, "issued": issued, "units": units}, shapes)

    def issued_alike(self, held: Json) -> bool:
        """Say whether a record was found to be of the same inputs that another round issued."""
        return any(held["shapes"] is shapes and _shape_of(held) == of for shapes, of in self._alike)

    def keep_alike(self, held: Json) -> None:
        """Keep that what a record says of the inputs is what the forms have."""
        self._alike = [*self._alike[-_KEPT:], (held["shapes"], _shape_of(held))]


def _shape_of(held: Json) -> list[tuple[str, str]]:
    return [(unit["unit"], unit["shape"]) for unit in held["units"]]
