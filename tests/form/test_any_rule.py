"""Rules of every kind by chance: formula, exact value, validation and sentence say the same, and what the words of the format say."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from fazhi_xl.form.rules import score_of
from fazhi_xl.notice.model import SubPoint
from fazhi_xl.notice.parts import PART_CHECKS
from fazhi_xl.points import Kept
from tests.support.random_rules import KINDS, a_sub_point, some_facts
from tests.support.rule_oracle import score_by_hand

FEW = 25  # sub-points of each kind, times what is asked
KEPT = (Kept(), Kept(places=3), Kept(down=True), Kept(places=3, down=True))


def the_sub_point(raw: Mapping[str, Any]) -> SubPoint:
    sub = SubPoint.model_validate(raw)
    assert [fault for check in PART_CHECKS for fault in check(sub)] == []
    return sub


@pytest.mark.parametrize("kind", KINDS)
def test_every_score(kind: str, rounds: int) -> None:
    """Whatever rule and whatever facts: the score is what the words of the format give, in fractions, rounded once."""
    for seed in range(FEW * rounds):
        dice = Random(f"{kind}{seed}")
        raw = a_sub_point(dice, kind=kind)
        sub, kept = the_sub_point(raw), dice.choice(KEPT)
        for _ in range(6):
            facts = some_facts(dice, raw)
            expected = score_by_hand(raw, facts, places=kept.places, down=kept.down)
            assert Fraction(score_of(sub, facts, kept)) / 100 == expected, (seed, raw, facts)
            assert sub.least <= expected * 100 <= sub.ceiling, (seed, raw, facts)
