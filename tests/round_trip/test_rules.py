"""Every rule kind in a real client: what the workbook computes is what Python computes, at the edges too."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Form
from fazhi_xl.form.sheets.unit.tasks import auto_field, fact_field
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.xlsx.writer.form import draw
from tests.clients.libreoffice import Document, Input, LibreOffice
from tests.round_trip.random_answers import as_inputs
from tests.support.campaign import EDITION, KEY
from tests.support.catalogues import Files, Table, catalogue, item, minimal, sub_point
from tests.support.random_rules import every_kind, some_facts
from tests.support.rule_oracle import score_by_hand

pytestmark = pytest.mark.libreoffice
ROUNDS = 12  # of facts, times what is asked


def issued(files: Files, folder: Path) -> tuple[Form, Path]:
    """Write a catalogue's form."""
    notice = catalogue(folder / "catalogue", files)
    form = next(unit_forms(notice, assign(notice), edition=EDITION, key=KEY))
    path = folder / "form.xlsx"
    path.write_bytes(draw(form.shape, notice.theme, title="表").fill(form.slots))
    return form, path


def entries(form: Form, values: Mapping[str, Value]) -> list[Input]:
    """Say how the client enters the values, and empties the cells of those that are blank."""
    blank = (form.shape.places[key] for key, value in values.items() if value is None)
    entered = {key: value for key, value in values.items() if value is not None}
    return [*(Input(sheet=each.sheet, cell=each.cell, kind="blank") for each in blank), *as_inputs(form, entered)]


def computed(document: Document, form: Form, codes: list[str]) -> dict[str, float | str | None]:
    """Give what the client shows as computed scores."""
    places = [form.shape.places[auto_field(code)] for code in codes]
    readings = document.read([(place.sheet, place.cell) for place in places])
    return dict(zip(codes, (reading.content for reading in readings), strict=True))


def assert_equal(shown: Mapping[str, float | str | None], expected: Mapping[str, Fraction], entered: object) -> None:
    wrong = {code: (shown[code], score) for code, score in expected.items() if not _same(shown[code], score)}
    assert wrong == {}, entered


def _same(shown: float | str | None, score: Fraction) -> bool:
    return isinstance(shown, int | float) and abs(shown - score) < 1e-9


@pytest.mark.parametrize("seed", ["a", "b"])
def test_every_kind(seed: str, libreoffice: LibreOffice, tmp_path: Path, rounds: int) -> None:
    """Sub-points of every kind by chance, with facts at their bounds, blank, zero and huge."""
    files = every_kind(seed, 6)
    form, path = issued(files, tmp_path)
    raws = {
        sub["code"]: sub for name, table in files.items() if name.startswith("items/") for sub in table["sub_points"]
    }
    with libreoffice.open(path) as document:
        for no in range(ROUNDS * rounds):
            facts = {code: some_facts(Random(f"{seed}{no}{code}"), raw) for code, raw in raws.items()}
            values = {fact_field(code, key): value for code, own in facts.items() for key, value in own.items()}
            document.set_inputs(entries(form, values))
            document.calculate_all()
            expected = {code: score_by_hand(raw, facts[code], places=3) for code, raw in raws.items()}
            assert_equal(computed(document, form, list(raws)), expected, (no, values))


# The edges by hand --------------------------------------------------------------------------------------------


def _asked(*keys: str, kind: str = "whole", **more: object) -> list[Table]:
    return [{"key": key, "label": key, "kind": kind, "measure": "件", **more} for key in keys]


RATE: Table = {"done": ["办结"], "due": ["受理"]}
LAST: Table = {"last_done": ["上年办结"], "last_due": ["上年受理"]}
SHARE: Table = {**RATE, "reference": 0, "side": "above", "each": 0.001, "step": "exact"}
CASES = _asked("办结", "受理", "上年办结", "上年受理")
MEAN = _asked("平均", kind="decimal", maximum=100)
MONEY = _asked("经费", kind="decimal", minimum=-100)


def _deduct(points: int, *terms: Table, **more: object) -> Table:
    return sub_point(points, {"kind": "deduct", "terms": list(terms), **more}, inputs=[*CASES, *MEAN])


SUBS: dict[str, Table] = {
    "1.1": _deduct(5, {**RATE, "reference": 95, "each": 1, "step": "full"}),
    "1.2": _deduct(5, {**RATE, "reference": 95, "each": 1, "step": "begun"}),
    "1.3": _deduct(5, {**RATE, "reference": 95, "each": 1, "step": "exact", "cap": 2}),
    "1.4": _deduct(5, {**RATE, "reference_input": "平均", "each": 0.3, "step": "full"}),
    "1.5": _deduct(5, {**RATE, **LAST, "each": 0.125, "step": "begun", "side": "above"}),
    "1.6": _deduct(5, {**RATE, **LAST, "each": 0.5, "step": "exact"}, cap=1.5),
    "1.7": _deduct(3, {"input": "受理", "each": 0.25, "target": 12, "cap": 2}, {"input": "办结", "each": 0.5, "again": 2}),
    "1.8": sub_point(
        2,
        {"kind": "bands", "input": "经费", "bands": [{"at_least": 97.5, "points": 2}, {"at_most": -0.01, "points": -1}]},
        inputs=MONEY,
        least=-1,
    ),
    "1.9": sub_point(
        4,
        {"kind": "bands", **RATE, "bands": [{"at_least": 97.5, "points": 4}, {"at_least": 90, "points": 1.5}]},
        inputs=CASES,
    ),
    "1.10": sub_point(
        0,
        {"kind": "balance", "start": -0.5, "plus": [{"input": "办结", "each": 0.125}], "minus": [SHARE]},
        inputs=CASES,
        least=-2,
        most=3,
    ),
}  # fmt: skip
# done, due, last year's done and due, mean, money; and the scores that the words give.
EDGES: list[tuple[tuple[Value, ...], dict[str, str]]] = [
    ((950, 1000, 0, 0, 95, 0), {"1.1": "5", "1.2": "5", "1.3": "5", "1.4": "5", "1.5": "5"}),  # on the reference
    ((940, 1000, 940, 1000, 95, 0), {"1.1": "4", "1.2": "4", "1.3": "4", "1.4": "4.7", "1.6": "5"}),  # one point below
    ((941, 1000, 940, 1000, 95, 0), {"1.1": "5", "1.2": "4", "1.3": "4.1", "1.4": "5", "1.5": "4.875"}),  # 0.9 below
    ((94_001, 99_999, 94_999, 99_999, Fraction("94.99"), 0), {"1.1": "5", "1.2": "4", "1.3": "4.002", "1.4": "5"}),
    ((939, 1000, 950, 1000, 95, 0), {"1.1": "4", "1.2": "3", "1.3": "3.9", "1.4": "4.7", "1.5": "5", "1.6": "4.45"}),
    ((0, 1000, 1, 3, 100, 0), {"1.1": "0", "1.2": "0", "1.3": "3", "1.4": "0", "1.6": "3.5"}),  # caps, and down to 0
    ((1, 3, 1, 3, Fraction("33.33"), 0), {"1.4": "5", "1.5": "5", "1.6": "5", "1.7": "0.5"}),
    ((1, 3, 1, 3, Fraction("34.33"), 0), {"1.4": "5"}),  # 0.996… of a percentage point
    ((1, 3, 1, 3, Fraction("34.34"), 0), {"1.4": "4.7"}),
    ((5, 0, 7, 9, 95, 0), {"1.1": "5", "1.2": "5", "1.3": "5", "1.4": "5", "1.5": "5", "1.6": "5"}),  # no rate this year
    ((5, 9, 7, 0, 95, 0), {"1.5": "5", "1.6": "5"}),  # no rate last year
    ((0, 11, 0, 1, 0, 0), {"1.7": "2.75", "1.9": "0", "1.10": "-0.5"}),
    ((0, 0, 0, 1, 0, 0), {"1.7": "1", "1.9": "4", "1.10": "-0.5"}),  # the target missed by far, up to its cap
    ((1, 12, 0, 1, 0, 0), {"1.7": "2.5"}),
    ((2, 12, 0, 1, 0, 0), {"1.7": "1.5"}),  # the second one doubled
    ((975, 1000, 0, 1, 0, Fraction("97.5")), {"1.8": "2", "1.9": "4", "1.10": "3"}),
    ((974, 1000, 0, 1, 0, Fraction("97.49")), {"1.8": "0", "1.9": "1.5"}),
    ((9, 10, 0, 1, 0, Fraction("-0.01")), {"1.8": "-1", "1.9": "1.5", "1.10": "0.535"}),
    ((89_999, 99_999, 0, 1, 0, Fraction("0.01")), {"1.8": "0", "1.9": "0"}),  # 89.9998 per cent
    ((89_999, 100_000, 0, 1, 0, 0), {}),  # more than may be entered: no score at all
]  # fmt: skip


def test_edges(libreoffice: LibreOffice, tmp_path: Path) -> None:
    """On a threshold, a case or a hundredth beside it, without a rate, up to a cap and down to the least."""
    files = minimal() | {"items/01.toml": item(1, *SUBS.values())}
    files["notice.toml"]["scoring"] = {"full": files["items/01.toml"]["points"], "places": 3}
    form, path = issued(files, tmp_path)
    keys = ("办结", "受理", "上年办结", "上年受理", "平均", "经费")
    with libreoffice.open(path) as document:
        for facts, said in EDGES:
            given = dict(zip(keys, facts, strict=True))
            values = {key: given[key.split(".")[2]] for key in form.shape.fields if key.endswith(".填报")}
            document.set_inputs(entries(form, values))
            document.calculate_all()
            evaluator = form.shape.evaluator(values)
            python: dict[str, Any] = {code: evaluator.field(auto_field(code)) for code in SUBS}
            shown = computed(document, form, list(SUBS))
            assert_equal(shown, {code: score for code, score in python.items() if score != ""}, facts)
            assert {code: python[code] for code in said} == {code: Fraction(score) for code, score in said.items()}
            assert [code for code in SUBS if python[code] == ""] == [code for code in SUBS if shown[code] in ("", None)]
