"""Makes what the programs read and write: `python -m benchmarks.prepare FOLDER COUNT`; a process of its own, since it loads the project.

`books.json` describes the cells of each unit's form for the writers, `issued/` is a round, `returns/` its 45 forms filled in as a
rehearsal fills them in, and `inputs.json` names the cells of each that a unit fills in: file, sheet, row and column from 0. `more/` has
COUNT returns with other answers, no two alike: what a reader remembers of one spares it as much of another as it would of real ones.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import cycle, islice
from pathlib import Path
from random import Random

from benchmarks.peers.writing import Sheet as Described
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.manifest import file_name
from fazhi_xl.form.meanings import to_formula
from fazhi_xl.form.model import Address, Computed, Field, Form, Given, Label, Points, Sheet, Slot
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands import invented_answers
from fazhi_xl.office.commands.issue import IssueOrder, issue
from fazhi_xl.office.workspace.catalogue import DEFAULT, open_campaign
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.issued_round import issued_round
from fazhi_xl.xlsx.fill import fill
from tests.support.progress import Silent

DAY = date(2020, 11, 1)
RETURNS, MORE = "returns/2020-11-10", "more"  # the day they came


def main(folder: Path, count: int) -> None:
    notice = open_campaign(DEFAULT)
    _keep(folder / "books.json", described_forms(notice))
    space = Workspace(folder / "issued")
    issue(notice, space, IssueOrder(), Silent(), today=DAY)
    forms = issued_round(notice, space).forms
    for no, form in enumerate(islice(cycle(forms), len(forms) + count)):
        name, turn = file_name(notice, form.unit), no // len(forms)
        path = folder / (f"{MORE}/{turn:04}" if turn else RETURNS) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(fill_in(notice, form, (space.issued / name).read_bytes(), Random(no)))  # noqa: S311 - a play, not a secret
    _keep(folder / "inputs.json", {file_name(notice, form.unit): inputs_of(form) for form in forms})


def _keep(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")


def fill_in(notice: Notice, form: Form, issued: bytes, random: Random) -> bytes:
    """Fill in a form as a rehearsal does."""
    made = invented_answers.answers(notice, form.shape, random)
    cells = [(form.shape.places[key], value) for key, value in made.items() if value not in {None, ""}]
    return fill(issued, [(at.sheet, at.cell, float(v) if isinstance(v, Fraction) else v) for at, v in cells])


def inputs_of(form: Form) -> Mapping[str, list[tuple[int, int]]]:
    """Give rows and columns from 0 of the cells that are filled in, sheet by sheet."""
    places = [form.shape.places[key] for key in form.shape.fields]
    sheets = dict.fromkeys(place.sheet for place in places)
    return {sheet: [(at.row - 1, at.column - 1) for at in places if at.sheet == sheet] for sheet in sheets}


def described_forms(notice: Notice) -> dict[str, list[Described]]:
    """Describe each unit's form by the name of its file."""
    forms = unit_forms(notice, assign(notice), edition=Edition(number=1), key=b"benchmark")
    return {file_name(notice, form.unit): described(form) for form in forms}


def described(form: Form) -> list[Described]:
    """Describe a form for the writers, as `benchmarks.peers.writing` takes it."""
    return [_described(form, sheet) for sheet in form.shape.sheets]


def _described(form: Form, sheet: Sheet) -> Described:
    own = [(place, content) for place, _, content in form.shape.cells() if place.sheet == sheet.name]
    cells = [(place.row - 1, place.column - 1, *_content(form, place, content)) for place, content in own]
    inputs = [(place.row - 1, place.column - 1) for place, content in own if isinstance(content, Field)]
    return sheet.name, cells, inputs


def _content(form: Form, place: Address, content: object) -> tuple[str, object]:
    match content:
        case Computed(expr):
            return "formula", "=" + to_formula(expr, lambda field: form.shape.places[field].seen_from(place.sheet))
        case Label(text):
            return "value", text
        case Slot(name):
            return "value", form.slots[name]
        case Points(hundredths):
            return "value", hundredths / 100
        case Given(value):
            return "value", value
        case _:
            return "input", None


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
