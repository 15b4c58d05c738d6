"""The rollover to 2021: a unit renamed, an item gone, a score changed, and everything else still what it was."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.lint import lint
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from tests.notice.campaigns import CAMPAIGN

FOLDER = CAMPAIGN.with_name("zhonglou-2021")
RENAMED = {"消防大队": "消防救援大队"}
GONE = {"9.1", "9.2"}


@cache
def rolled() -> Notice:
    return load(FOLDER)


def test_nothing_is_odd() -> None:
    """--check has nothing to say, the full marks among it."""
    assert lint(rolled()) == ()
    assert (
        sum(item.points for item in rolled().items) == sum(sub.points for sub in rolled().sub_points.values()) == 10_000
    )


def test_every_id_is_written(notice: Notice) -> None:
    """Units, items and sub-points have the ids of 2020, each written down."""
    assert {unit.id for unit in rolled().units} == {unit.id for unit in notice.units}
    assert {item.id for item in rolled().items} == {item.id for item in notice.items} - {"9"}
    assert rolled().sub_points_by_id.keys() == notice.sub_points_by_id.keys() - GONE
    for path in sorted((FOLDER / "items").glob("*.toml")):
        text = path.read_text("utf-8")
        assert text.count("\nid = ") + text.startswith("id = ") == 1 + text.count("[[sub_points]]")


def test_what_changed(notice: Notice) -> None:
    """One unit is called otherwise, one score is another, and the items behind the one that is gone moved up."""
    names = {unit.id: unit.short for unit in notice.units}
    assert {names[unit.id]: unit.short for unit in rolled().units if unit.short != names[unit.id]} == RENAMED
    before = notice.sub_points_by_id
    changed = {key: sub.points for key, sub in rolled().sub_points_by_id.items() if sub.points != before[key].points}
    assert changed == {"6.1": 600}
    for item in rolled().items:
        assert item.no == int(item.id) - (int(item.id) > 9)
        assert all(sub.code == f"{item.no}.{sub.id.partition('.')[2]}" for sub in item.sub_points)


def test_readings_apply_to_the_same_sub_points(notice: Notice) -> None:
    """Who answers each sub-point, and by which rule, is what it was in 2020: the readings go by ids."""
    before, after = assign(notice), assign(rolled())
    units = {unit.short: unit.id for unit in rolled().units}
    for key, sub in rolled().sub_points_by_id.items():
        old = notice.sub_points_by_id[key]
        assert [units[each] for each in after.units[sub.code]] == list(before.units[old.code]), key
        assert (sub.rule, sub.inputs) == (old.rule, old.inputs), key


def test_it_is_marked_as_an_example() -> None:
    """No notice of 2021 is known, and what is printed says so."""
    about = rolled().about
    assert all("示例" in text for text in (about.title, about.number, about.short_title))
    assert about.form_prefix == "ZL2021"


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.toml")), ids=lambda path: path.stem)
def test_no_code_of_2020_is_quoted(path: Path) -> None:
    """What was the last of a renumbered item in 2020 is quoted nowhere but as an id."""
    text = re.sub(r'sub_point = "[^"]*"|"sub_points\.[^"]*"|\bid = "[^"]*"', "", path.read_text("utf-8"))
    assert re.findall(r"(?<!\d)(?:21\.[12]|20\.[4-7]|15\.6|第21项)", text) == []
