"""Rules of every kind by chance: formula, exact value, validation and sentence say the same, and what the words of the format say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Shape
from fazhi_xl.form.rules import score_of
from fazhi_xl.form.sentences import explain
from fazhi_xl.form.sheets.unit.tasks import auto_field, fact_field, self_field
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.model import Notice, SubPoint
from fazhi_xl.notice.parts import PART_CHECKS
from fazhi_xl.notice.rules import inputs_of
from fazhi_xl.points import Kept
from tests.support.campaign import EDITION, KEY
from tests.support.catalogues import Files, catalogue
from tests.support.random_rules import KINDS, a_sub_point, every_kind, some_facts
from tests.support.rule_oracle import score_by_hand

FEW = 8  # sub-points of each kind, times what is asked
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


# Through a catalogue's files and the form that is made of them ------------------------------------------------


@pytest.fixture(scope="module")
def files() -> Files:
    return every_kind("form", 6)


@pytest.fixture(scope="module")
def notice(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Notice:
    return catalogue(Path(tmp_path_factory.mktemp("every-kind")), files)


@pytest.fixture(scope="module")
def shape(notice: Notice) -> Shape:
    return next(unit_forms(notice, assign(notice), edition=EDITION, key=KEY)).shape


def raw_sub_points(files: Files) -> Iterator[dict[str, Any]]:
    yield from (sub for name, table in files.items() if name.startswith("items/") for sub in table["sub_points"])


def filled(raw: Mapping[str, Any], facts: Mapping[str, Value]) -> dict[str, Value]:
    return {fact_field(raw["code"], key): value for key, value in facts.items()}


def test_the_form_computes_every_score(files: Files, shape: Shape, rounds: int) -> None:
    """The computed score beside the facts is the one by hand, and lies where a self-score may lie."""
    for raw in raw_sub_points(files):
        dice = Random(raw["code"])
        bounds = shape.fields[self_field(raw["code"])]
        for _ in range(4 * rounds):
            facts = some_facts(dice, raw)
            score = shape.evaluator(filled(raw, facts)).field(auto_field(raw["code"]))
            assert score == score_by_hand(raw, facts, places=3), (raw, facts)
            assert bounds.minimum <= score <= bounds.maximum  # type: ignore[operator] # numbers, as the test shows


def test_the_form_takes_no_wrong_fact(files: Files, notice: Notice, shape: Shape) -> None:
    """One fact that the rule reads and that is blank, no number, too small, too large or too fine: there is no score, and it is said."""
    for raw in raw_sub_points(files):
        dice, sub = Random(raw["code"]), notice.sub_points[raw["code"]]
        read = sorted({key for part in sub.rule.parts for key in inputs_of(part)})
        for key in read:
            wrong = ["约5", -1, 10**7, Fraction(1, 8), *([None] if sub.input(key).required else [])]
            values = filled(raw, {**some_facts(dice, raw), key: dice.choice(wrong)})
            evaluator = shape.evaluator(values)
            assert evaluator.field(auto_field(sub.code)) == "", (raw, values)
            assert str(evaluator.field(f"{sub.code}.{key}.校验")).startswith(("待填", "错误")), (raw, values)


def test_every_fact_and_amount_is_said(files: Files, notice: Notice) -> None:
    """What a unit reads beside its inputs names each fact that counts, and each number of the rule."""
    for raw in raw_sub_points(files):
        sub = notice.sub_points[raw["code"]]
        said = "".join(explain(sub).values())
        read = {key for part in sub.rule.parts for key in inputs_of(part)}
        assert [sub.input(key).label for key in read if sub.input(key).label not in said] == [], said
        idle = {_plain(cap) for part in raw["rule"]["parts"] if (cap := part.get("cap")) and cap * 100 >= sub.ceiling}
        assert [
            number for number in _numbers(raw["rule"]["parts"]) if number not in said and number not in idle
        ] == [], (raw, said)


def _numbers(rule: object) -> Iterator[str]:
    """Give every number that a rule names, as it is printed; what is 1 or 0 need not be said, and negative points are taken off."""
    if isinstance(rule, Mapping):
        yield from (number for key, value in rule.items() if key != "weight" for number in _numbers(value))
    elif isinstance(rule, list):
        yield from (number for value in rule for number in _numbers(value))
    elif not isinstance(rule, str) and rule not in (0, 1):
        yield _plain(rule)


def _plain(number: object) -> str:
    return f"{float(str(number)):.10g}".removeprefix("-")
