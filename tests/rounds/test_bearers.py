"""Who carries an item: as assigned, and with a result."""

from __future__ import annotations

from dataclasses import replace

from fazhi_xl.rounds.bearers import aspect_bearers, bearers, item_bearers
from fazhi_xl.scoring.model import Basis
from tests.support.rounds import a_round, returned_file


def test_units_without_a_result_carry_it_too() -> None:
    """An item that three units have, of which one has not returned, is carried by three, and two have a result."""
    done = a_round(["信访局", "工信局", "科协"], [returned_file("信访局"), returned_file("工信局")])
    assert item_bearers(done, 20).words == "3家承担,2家有结果"
    assert bearers(done, ["15.4"]).words == "3家承担,2家有结果"
    assert aspect_bearers(done, "法治社会建设").words == "3家承担,2家有结果"
    assert item_bearers(done, 10).words == "0家承担"


def test_equal_numbers_are_said_once() -> None:
    """Where every unit that carries it has a result, one number says all."""
    assert item_bearers(a_round(["信访局", "科协"], [returned_file("信访局")]), 8).words == "1家承担"


def test_what_was_taken_out_and_who_is_out_have_no_result() -> None:
    """An approved 不涉及 leaves no result of the sub-point, a veto none of the unit."""
    done = a_round(["信访局", "工信局"], [returned_file("信访局"), returned_file("工信局")], basis=Basis.REVIEWED)
    letters, industry = done.units if done.units[0].unit == "信访局" else done.units[::-1]
    out = tuple(replace(score, approved=True) if score.code == "15.4" else score for score in letters.sub_points)
    assert bearers(replace(done, units=(replace(letters, sub_points=out), industry)), ["15.4"]).words == (
        "2家承担,1家有结果"
    )
    assert bearers(replace(done, units=(replace(letters, vetoes=("甲",)), industry)), ["15.4"]).scored == 1
