"""Decisions stay with their units and sub-points when an item is taken out and the rest is numbered anew in the middle of a round."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from fazhi_xl.notice.assignment import assign
from fazhi_xl.office.commands.issue import IssueOrder, issue
from fazhi_xl.office.review.records import DECISIONS
from tests.support.offices import FIRST, FOURTH, Json, Office
from tests.support.progress import Silent
from tests.support.renumbering import remade, renamed, renumbered
from tests.support.reviews import Entry, Reviewing, verdict

pytestmark = pytest.mark.long
LATER = date(2020, 12, 5)  # after the decisions
DECIDED = {"8.1": 0.5, "15.4": 7, "20.6": 3}


def reissued(office: Office, change: Callable[[Office], Office]) -> Office:
    made = change(office)
    issue(made.notice, made.space, IssueOrder(force=True, drop_answers=True), Silent(), today=LATER)
    return made


def without(item: int, *, keep: bool = True) -> Callable[[Office], Office]:
    return lambda office: Office(renumbered(office.notice, item, keep=keep), office.root)


@pytest.fixture
def reviewed(staged: Callable[..., Office]) -> Office:
    """Give an office that has decided on three sub-points, and registered two matters."""
    return staged("reviewed before renumbering", _review)


def _review(office: Office) -> None:
    office.receive("表.xlsx", office.filled(FOURTH))
    office.collect()
    review, no = Reviewing(office), office.record["units"][3]["no"]
    rows: Json = {}
    for code, score in DECIDED.items():
        rows |= verdict(f"{no:02d}/{code}", {"核定": score, "原因": "佐证材料不足"})
    review.enter(rows)
    office.collect()
    assert len(review.record) == len(DECIDED)


def decided(office: Office, unit: str = FOURTH) -> dict[str, str]:
    return {each["id"]: each["reviewed"] for each in office.unit(unit)["sub_points"] if each["reviewed"] is not None}


def told(office: Office) -> list[str]:
    return sorted({str(found.code) for _, found in office.collect().review})


def strip_ids(office: Office) -> None:
    """Let the record be one that a version without ids wrote, forms and decisions."""
    path = office.space.review / DECISIONS.path
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    plain = [
        {k: v for k, v in each.items() if k not in {"edition", "unit_id", "sub_point_id", "previous"}} for each in lines
    ]
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in plain), encoding="utf-8")
    Reviewing(office).forget()


WAS = {"8.1": "0.50", "15.4": "7.00", "20.6": "3.00"}


def test_each_line_has_ids(reviewed: Office) -> None:
    """A line of the record names edition, unit and sub-point by what no renumbering changes."""
    found = {
        each["row"]: (each["edition"], each["unit_id"], each["sub_point_id"]) for each in Reviewing(reviewed).record
    }
    assert found == {code: ("1", FOURTH, code) for code in DECIDED}


@pytest.mark.parametrize("old", [False, True], ids=["with ids", "before there were ids"])
def test_decisions_stay(reviewed: Office, *, old: bool) -> None:
    """After item 7 was taken out, the scores are those of the same sub-points, with other numbers; nothing is recorded anew."""
    before = Reviewing(reviewed).record
    if old:
        strip_ids(reviewed)
    later = reissued(reviewed, without(7))
    assert told(later) == []
    assert decided(later) == WAS
    assert len(Reviewing(later).record) == len(before)
    cells = Reviewing(later).cells
    assert (cells["32/14.4.核定"], cells["32/7.1.核定"], cells["32/19.6.核定"]) == ("7", "0.5", "3")
    assert told(later) == []


def test_a_decision_on_what_is_gone(reviewed: Office) -> None:
    """The decision on a sub-point that was taken out is kept and told, and is not applied to the one that has its number now."""
    later = reissued(reviewed, without(8))
    assert told(later) == ["review-sub-point-gone"]
    assert decided(later) == {"15.4": "7.00", "20.6": "3.00"}
    assert len(Reviewing(later).record) == len(DECIDED)


@pytest.mark.parametrize("old", [False, True], ids=["with ids", "before there were ids"])
def test_numbers_without_ids(reviewed: Office, *, old: bool) -> None:
    """Where the rest was numbered anew and no id says so, no decision is applied to another sub-point, and every one is told.

    Once the catalogue gives the ids, they are applied.
    """
    if old:
        strip_ids(reviewed)
    later = reissued(reviewed, without(7, keep=False))
    assert told(later) == ["review-sub-point-gone"]
    assert decided(later) == {}
    mended = Office(renumbered(reviewed.notice, 7), later.root)
    assert told(mended) == []
    assert decided(mended) == WAS


def test_what_was_typed_before(reviewed: Office) -> None:
    """What stands in a review book and was not collected before the renumbering is taken for the sub-points that the book showed."""
    review = Reviewing(reviewed)
    review.enter(
        verdict("32/8.2", {"核定": 1.2, "原因": "佐证材料不足"})
        | verdict("32/15.4", {"核定": 6, "原因": "佐证材料不足"})
    )
    later = reissued(reviewed, without(7))
    assert told(later) == []
    assert decided(later) == WAS | {"8.2": "1.20", "15.4": "6.00"}


def test_typed_before_on_what_is_gone(reviewed: Office) -> None:
    """A verdict that was typed on a sub-point and never collected is told when the sub-point is gone, and its book is kept."""
    Reviewing(reviewed).enter(verdict("32/8.2", {"核定": 1.2, "原因": "佐证材料不足"}))
    later = reissued(reviewed, without(8))
    assert told(later) == ["review-row-unknown", "review-sub-point-gone"]
    assert [path.name for path in later.space.review.glob("*(2).xlsx")] == ["审核表(2).xlsx"]


def test_a_register_names_its_unit(reviewed: Office) -> None:
    """What is registered against a unit stays registered against it when it is called otherwise."""
    row = {"单位": FIRST, "情形": "⑥督察通报", "事项": "督察通报第3号", "文号": "督察通报第3号", "认定": "减分"}
    Reviewing(reviewed).enter(verdict("减分登记.001", row))
    reviewed.collect()
    before = reviewed.unit(FIRST)["deduction"]
    later = reissued(reviewed, lambda office: Office(renamed(office.notice, FIRST, "人大机关"), office.root))
    assert told(later) == []
    assert [each.unit for each in later.collect().penalties] == ["人大机关"]
    assert later.unit("人大机关")["deduction"] == before


def test_a_register_feeds_its_sub_point(reviewed: Office) -> None:
    """What the office registered against a unit takes points from the same sub-point as before, under another number."""
    row: dict[str, Entry] = {"单位": FOURTH, "事项": "未按要求报送督察整改材料", "日期": date(2020, 9, 3)}
    Reviewing(reviewed).enter(verdict("交办登记.001", row))
    reviewed.collect()
    assert decided(reviewed) == WAS | {"20.7": "4.00"}
    later = reissued(reviewed, without(7))
    assert told(later) == ["review-register-claim"]
    assert decided(later) == WAS | {"20.7": "4.00"}
    assert {each["id"]: each["code"] for each in later.unit(FOURTH)["sub_points"]}["20.7"] == "19.7"


def test_a_situation_that_is_labelled_otherwise(reviewed: Office) -> None:
    """A deduction stays one when its situation has another label, since that has its id still."""
    row = {"单位": FIRST, "情形": "⑥督察通报", "事项": "督察通报第3号", "文号": "督察通报第3号", "认定": "减分"}
    Reviewing(reviewed).enter(verdict("减分登记.001", row))
    reviewed.collect()
    labels = [
        each.model_copy(update={"label": "⑥督察点名"}) if each.id == "⑥督察通报" else each
        for each in reviewed.notice.deductions
    ]
    # A form that names situations has other inputs: the unit that provides them gets a new edition.
    later = reissued(
        reviewed, lambda office: Office(renumbered(remade(office.notice, deductions=labels), 7), office.root)
    )
    assert told(later) == []
    assert [(each.unit, each.situation) for each in later.collect().penalties] == [(FIRST, "⑥督察点名")]


def test_readings_sections_and_answering_units(reviewed: Office) -> None:
    """Who answers a sub-point, and which section reviews it, goes by its id."""
    later = renumbered(reviewed.notice, 7)
    before, after = assign(reviewed.notice), assign(later)
    ids = {sub.id: code for code, sub in later.sub_points.items()}
    assert {code: after.units[ids[code]] for code in ids} == {code: before.units[code] for code in ids}
    sections = {section.name: section.items for section in later.about.review.sections}
    assert all(
        next(item for item in later.items if item.id == each)
        for own in sections.values()
        for each in own
        if each != "7"
    )
