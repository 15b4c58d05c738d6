"""Issued forms are legible on the screen and on paper: every shape of each catalogue, blank and with the longest answers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from fazhi_xl.form.model import Form
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.xlsx.writer.form import draw
from tests.looks.measure import faults
from tests.notice.campaigns import SHIPPED, TEMPLATES
from tests.round_trip.fillings import FILLINGS
from tests.support.campaign import EDITION, KEY
from tests.support.catalogues import catalogue, long_worded


def forms_of(notice: Notice) -> list[Form]:
    """Give a form of each shape, the smallest first."""
    every = {form.shape.name: form for form in unit_forms(notice, assign(notice), edition=EDITION, key=KEY)}
    return sorted(every.values(), key=lambda form: len(form.shape.fields))


def found(forms: Iterable[Form], notice: Notice, filling: str, folder: Path) -> list[str]:
    """Measure forms that are filled in; what is found names the form's unit."""
    path = folder / "表.xlsx"
    told = []
    for form in forms:
        drawn = draw(form.shape, notice.theme, title=form.unit, values=FILLINGS[filling](form.shape))
        path.write_bytes(drawn.fill(form.slots))
        told += [f"{form.unit} {fault}" for fault in faults(path)]
    return told


each_filling = pytest.mark.parametrize("filling", ["blank", "longest"])
LONGER = {"wanglan-bumen-2023": pytest.mark.long, "zhonglou-2021": pytest.mark.exhaustive}


@pytest.fixture(params=[pytest.param(each, marks=LONGER.get(each, ())) for each in SHIPPED])
def notice(request: pytest.FixtureRequest) -> Notice:
    return load(TEMPLATES / request.param)


@each_filling
def test_the_smallest_and_the_largest_form(tmp_path: Path, notice: Notice, filling: str) -> None:
    """Nothing is small, pale, crowded or cut, as it is issued and with the longest that its inputs take."""
    smallest, *_, largest = forms_of(notice)
    assert found((smallest, largest), notice, filling, tmp_path) == []


@pytest.mark.long
@pytest.mark.parametrize(
    "step", [pytest.param(2, id="in turn"), pytest.param(1, id="both", marks=pytest.mark.exhaustive)]
)
@pytest.mark.parametrize(("filling", "first"), [pytest.param("blank", 1, marks=pytest.mark.exhaustive), ("longest", 2)])
def test_every_form(tmp_path: Path, notice: Notice, filling: str, first: int, step: int) -> None:
    """So it is for every other shape between, with the longest; in the exhaustive run each is looked at in both ways."""
    between = forms_of(notice)[1:-1]
    assert found(between[(first - 1) % step :: step], notice, filling, tmp_path) == []


@each_filling
def test_a_form_of_long_words(tmp_path: Path, filling: str) -> None:
    """So it is where a catalogue has long names, labels and sentences."""
    notice = catalogue(tmp_path / "目录", long_worded())
    assert found(forms_of(notice), notice, filling, tmp_path) == []
