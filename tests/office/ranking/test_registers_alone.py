"""A bare negative list: units begin with the full marks, and the registers alone take points off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fazhi_xl.answers.read import Answers
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.model import Form
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.office.review.values import values_of
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.status import Status
from fazhi_xl.scoring.model import Basis, State, UnitScore
from tests.support.catalogues import catalogue, minimal
from tests.support.standings import standing

FOLDER = Path(__file__).parents[2] / "data" / "catalogues" / "negative-list"
PROVIDER = "党政办"  # the only unit that has something to fill in: the facts that it holds of the others


@pytest.fixture(scope="module")
def notice() -> Notice:
    return load(FOLDER)


def forms(notice: Notice) -> tuple[Form, ...]:
    return tuple(unit_forms(notice, assign(notice), edition=Edition(number=1), key=b"a key for tests"))


def returned(notice: Notice, matter: str) -> FileResult:
    """Give what the provider tells of a matter of another unit."""
    form = next(each for each in forms(notice) if each.unit == PROVIDER)
    values = {"减分.01.单位": "经发办", "减分.01.情形": notice.deductions[1].label, "减分.01.事项": matter}
    return FileResult(
        path="党政办.xlsx",
        sha256="0" * 64,
        received=date(2024, 1, 4),
        unit=PROVIDER,
        status=Status.ACCEPTED,
        answers=Answers(shape=form.shape, values=values, findings=()),
    )


def decided(notice: Notice, *rows: tuple[str, str, Mapping[str, str], Mapping[str, str]]) -> Decisions:
    """Give the office's decisions: unit, row, what it entered, and what it saw."""
    made = [
        Decision(
            no=1, unit=unit, row=row, values=values_of(dict(values)), book="审核表.xlsx", sha256="", basis="", seen=dict(seen),
            replaces=None, bulk=False, recorded="2024-01-10T09:00:00",
        )
        for unit, row, values, seen in rows
    ]  # fmt: skip
    return Decisions(notice=notice, decisions={each.key: each for each in made})


def figures(units: tuple[UnitScore, ...]) -> dict[str, tuple[str, int | None, int | None]]:
    return {unit.unit: (unit.state.value, unit.total, unit.rank) for unit in units}  # type: ignore[misc]


def test_before_anything(notice: Notice) -> None:
    """All have the full marks from the first; only the unit whose facts are awaited is missing, and the ranking is not official."""
    stand = standing(notice, forms(notice), (), decided(notice))
    basis, units = stand.basis, stand.units
    assert basis is Basis.COMPUTED
    states = {unit.unit: unit.state for unit in units}
    assert states == {name: State.MISSING if name == PROVIDER else State.REVIEWED for name in states}
    assert {(unit.total, unit.rank) for unit in units} == {(10_000, 1)}


def test_registered_at_once(notice: Notice) -> None:
    """What the office has registered counts at once: there is nothing else by which units differ."""
    entry = {"单位": "执法队", "情形": notice.deductions[3].label, "事项": "延误一件", "认定": "减分"}
    stand = standing(notice, forms(notice), (), decided(notice, ("", "减分登记.001", entry, {})))
    basis, units, first = stand.basis, stand.units, stand.first
    assert basis is Basis.COMPUTED
    assert units == first
    assert figures(units)["执法队"] == ("reviewed", 9_800, 4)


def test_official(notice: Notice) -> None:
    """The ranking is official once the awaited facts are there, and the office has decided on each."""
    file = returned(notice, "缺席一次")
    open_matter = standing(notice, forms(notice), (file,), decided(notice))
    assert open_matter.basis is Basis.COMPUTED
    seen = {"单位": "经发办", "情形": notice.deductions[1].label, "事项": "缺席一次"}
    ruled = decided(notice, (PROVIDER, "减分.01", {"认定": "减分"}, seen))
    stand = standing(notice, forms(notice), (file,), ruled)
    basis, units = stand.basis, stand.units
    assert basis is Basis.REVIEWED
    assert figures(units) == {
        "党政办": ("reviewed", 10_000, 1),
        "经发办": ("reviewed", 9_900, 4),
        "社会事务办": ("reviewed", 10_000, 1),
        "执法队": ("reviewed", 10_000, 1),
    }


def test_units_without_a_task(tmp_path: Path) -> None:
    """Where there are items, a unit that is asked nothing has no total, and does not keep the ranking from being official."""
    files = minimal(2)
    files["items/01.toml"]["responsible"] = ["01社区"]
    notice = catalogue(tmp_path / "c", files)
    asked, unasked = forms(notice)
    answers = Answers(shape=asked.shape, values={"1.1.自评": 4}, findings=())
    file = replace(returned(load(FOLDER), ""), unit="01社区", answers=answers)
    ruled = decided(notice, ("01社区", "1.1", {"核定": "4.00"}, {}))
    stand = standing(notice, (asked, unasked), (file,), ruled)
    basis, units = stand.basis, stand.units
    assert basis is Basis.REVIEWED
    assert figures(units) == {"01社区": ("reviewed", 400, 1), "02社区": ("reviewed", None, None)}
