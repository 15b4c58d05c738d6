"""A catalogue that keeps scores to three places, from the forms to the official ranking, rounded half up and cut."""

from __future__ import annotations

import re
import zipfile
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import pytest

from fazhi_xl.notice.load import load
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.review.session import Acceptance, ReviewOrders
from tests.support.offices import FEW, FIRST, FOURTH, NOW, SECOND, THIRD, Office, few
from tests.support.once import Once
from tests.support.progress import Silent
from tests.support.reviews import Reviewing, verdict
from tests.support.thousandths import catalogue

KEPT = ("half_up", "down")
PARTS = ("组织领导", "工作指导", "经费保障")


def answered(office: Office, unit: str, done: int) -> dict[str, Any]:
    """Answer without a fault, with so many of the three parts of 15.1 done, and score each sub-point as computed."""
    made: dict[str, Any] = office.good(unit, seed=len(unit))
    made |= {f"15.1.{part}.填报": "是" if no < done else "否" for no, part in enumerate(PARTS)}
    shape = office.forms[unit].shape
    return made | {f"{code}.自评": shape.evaluator(made).field(f"{code}.测算") for code in shape.sub_points}


def played(root: Path, rounding: str) -> None:
    office = Office(catalogue(root / "weishu-2020", rounding), root / "out")
    office.issue(*FEW)
    for no, unit in enumerate((FIRST, SECOND, FOURTH)):
        office.receive(f"{unit}.xlsx", office.filled(unit, answered(office, unit, no)))
    office.collect()
    review = Reviewing(office)
    rulings = {key: value for row in review.claims for key, value in verdict(row, {"认定": "认可"}).items()}
    review.enter({**verdict("02/15.1", {"核定": 0.001}), **rulings})
    orders = ReviewOrders(accept=Acceptance(units=(FIRST, SECOND, FOURTH), reviewer="李四"))
    collect(office.notice, office.space, CollectOrder(review=orders), Silent(), now=NOW)


@pytest.fixture(
    params=[pytest.param(each, marks=pytest.mark.exhaustive) if each == "half_up" else each for each in KEPT]
)
def rounding(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def office(once: Once, rounding: str) -> Office:
    """Give the office after its official ranking; to be read only."""
    root = once(f"thousandths {rounding}", lambda folder: played(folder, rounding))
    return Office(few(load(root / "weishu-2020")), root / "out")


def kept(exact: Fraction, rounding: str) -> Fraction:
    return Fraction(floor(exact * 1000 + (0 if rounding == "down" else Fraction(1, 2))), 1000)


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}


def test_sub_points_are_rounded_once(office: Office, rounding: str) -> None:
    """A third and two thirds of 0.875 points are computed to the third place, and taken as the unit's own scores."""
    found = {unit: next(s for s in office.unit(unit)["sub_points"] if s["code"] == "15.1") for unit in (SECOND, FOURTH)}
    third = {"half_up": "0.292", "down": "0.291"}[rounding]
    assert (found[SECOND]["points"], found[SECOND]["auto"], found[SECOND]["self"]) == ("0.875", third, third)
    assert (found[FOURTH]["auto"], found[FOURTH]["reviewed"]) == ("0.583", "0.583")
    assert set(office.statuses().values()) <= {"accepted", "accepted_with_notes"}


def test_decisions_have_three_places(office: Office) -> None:
    """The office may award 0.001 points."""
    found = next(each for each in office.unit(FIRST)["sub_points"] if each["code"] == "15.1")
    assert (found["auto"], found["reviewed"]) == ("0.00", "0.001")


def test_totals_are_the_exact_ones(office: Office, rounding: str) -> None:
    """The percent score is 100 times what was earned of what applied, rounded as the catalogue says; ranks follow."""
    assert office.report["basis"] == "核定"
    came = [each for each in office.report["units"] if each["state"] != "missing"]
    for unit in came:
        won = sum(Fraction(each["reviewed"] or 0) for each in unit["sub_points"])
        assert Fraction(unit["reviewed"]) == won
        assert Fraction(unit["percent"]) == kept(100 * won / Fraction(unit["full_marks"]), rounding), unit["unit"]
        assert Fraction(unit["total"]) == Fraction(unit["percent"]) + Fraction(unit["bonus"])
    assert any(len(unit["percent"].partition(".")[2]) == 3 for unit in came)
    order = sorted(came, key=lambda each: -Fraction(each["total"]))
    assert [each["rank"] for each in order] == sorted(each["rank"] for each in came)
    assert office.unit(THIRD)["full_marks"].endswith("75")


def test_cells_show_the_third_place(office: Office, rounding: str) -> None:
    """Numbers show two places, and the third or its room, in the forms, the review book and the ranking."""
    for path in (office.path(FIRST), Reviewing(office).master, office.space.results / "排名汇总.xlsx"):
        formats = re.findall(r'formatCode="([^"]*)"', parts(path)["xl/styles.xml"])
        assert any("0.00?" in each for each in formats), path
        assert [each for each in formats if re.search(r"0\.00(?![?#])", each)] == [], path
    formulas = "".join(re.findall("<f>(.*?)</f>", "".join(parts(office.space.results / "排名汇总.xlsx").values())))
    assert ("ROUNDDOWN(ROUND(" in formulas) == (rounding == "down")
    assert not re.search(r"ROUND\([^()]*\]-[^()]*,2\)", formulas)


def test_a_fourth_place_is_asked_about(tmp_path: Path, office: Office) -> None:
    """A self-score with four places is an error whose text names the three that there may be."""
    again = Office(office.notice, office.copied(tmp_path / "out").root)
    answers = answered(office, THIRD, 1)
    again.receive(f"{THIRD}.xlsx", again.filled(THIRD, {**answers, "15.1.自评": Fraction(2901, 10_000)}))
    again.collect()
    found = [each for each in again.file(f"{THIRD}.xlsx")["findings"] if each["severity"] == "error"]
    assert [each["field"] for each in found] == ["15.1.自评"]
    assert "最多3位小数" in found[0]["message"]
    assert "0至0.875的数" in found[0]["message"]
