"""What rows of review books ask is made once for a catalogue, and anew where anything else differs that it depends on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from fazhi_xl.form.model import Field
from fazhi_xl.form.review_form import review_shape
from fazhi_xl.form.sheets.review import made_once
from fazhi_xl.form.sheets.review.dossier import Case, Dossier
from tests.support.campaign import sub_point, the_notice

CASE = Case(unit=the_notice().units[0], sub=sub_point("1.1"), self_score=100)
YEAR = the_notice().about.dates.period_end.year + 9  # so that no other test made its rows


def fields(case: Case, this_year: int = YEAR) -> Mapping[str, Field]:
    return review_shape(Dossier(notice=the_notice(), cases=(case,), this_year=this_year)).fields


def test_the_same_for_the_same() -> None:
    """Two books of a catalogue share what their rows ask for."""
    before = fields(CASE)
    assert all(field is before[key] for key, field in fields(replace(CASE, facts="会议:1次", self_score=50)).items())


@pytest.mark.parametrize("change", [{"out": True}, {"self_score": None}])
def test_another_case(change: Mapping[str, object]) -> None:
    """A row that asks for something else is made anew."""
    score = f"{CASE.code}.核定"
    made = fields(replace(CASE, **change))  # type: ignore[arg-type] # fields of a case
    assert any(made[key] != field for key, field in fields(CASE).items()) or made.keys() != fields(CASE).keys()
    assert made[score].maximum == fields(CASE)[score].maximum


def test_another_year() -> None:
    """In a later year a row takes later days."""
    day = f"{CASE.code}.审核日期"
    assert (fields(CASE)[day].maximum, fields(CASE, YEAR + 1)[day].maximum) != (None, None)
    assert fields(CASE)[day].maximum != fields(CASE, YEAR + 1)[day].maximum


def test_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that makes very many begins anew, and goes on."""
    monkeypatch.setattr(made_once, "_MOST", 0)
    before = fields(CASE, YEAR + 2)
    fields(replace(CASE, out=True), YEAR + 2)
    again = fields(CASE, YEAR + 2)
    assert again == before
    assert not any(field is before[key] for key, field in again.items())
