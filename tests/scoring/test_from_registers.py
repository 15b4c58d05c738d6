"""Sub-points scored by their own rule, with what the office's registers say in the place of some inputs."""

from __future__ import annotations

import pytest

from fazhi_xl.answers.read import Answers
from fazhi_xl.form.expression import Value
from fazhi_xl.scoring.from_registers import Rescored, rescored
from tests.support.campaign import shape_of, the_notice

SHAPE = shape_of("司法局")


def scored(code: str, values: dict[str, Value], fed: dict[str, Value]) -> Rescored | None:
    return rescored(Answers(shape=SHAPE, values=values, findings=()), the_notice().sub_points[code], fed)


@pytest.mark.parametrize(
    ("code", "values", "fed", "score"),
    [
        ("20.7", {}, {"不配合": 2}, 300),  # 有1次扣1分
        ("20.7", {}, {"不配合": 9}, 0),  # 扣完为止
        ("20.6", {}, {"按时篇数": 3, "录用篇数": 1}, 350),
        ("6.1", {"6.1.应出庭.填报": 20, "6.1.已出庭.填报": 1}, {"已出庭": 19}, 200),  # the unit's other count stays
        ("6.1", {"6.1.应出庭.填报": 20}, {"已出庭": 18}, 0),
        ("6.1", {"6.1.应出庭.填报": "约20"}, {"已出庭": 19}, None),
    ],
)
def test_score(code: str, values: dict[str, Value], fed: dict[str, Value], score: int | None) -> None:
    """What the register gives counts as if the unit had entered it; without the unit's part there is no score."""
    found = scored(code, values, fed)
    assert (found.score if found else None) == score


def test_out() -> None:
    """What does not apply to a unit is told, whatever the register says."""
    values: dict[str, Value] = {"5.4.在岗.填报": 0}
    assert scored("5.4", values, {"持证": 0}) == Rescored(score=0, out=True)
