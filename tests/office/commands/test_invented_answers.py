"""Invented answers are such as a careful unit would give: none of them has to be corrected, whatever the seed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from fazhi_xl.answers.located import Located
from fazhi_xl.answers.read import check_values
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.choices import Kind
from fazhi_xl.office.commands import invented_answers
from tests.support.campaign import EDITION, KEY, shapes, the_notice
from tests.support.catalogues import catalogue, item, minimal, sub_point


@pytest.mark.parametrize("shape", sorted(shapes()))
def test_nothing_to_correct(shape: str, rounds: int) -> None:
    """Every required input is answered, and no check asks for a correction."""
    own = shapes()[shape]
    for seed in range(rounds):
        answers = invented_answers.answers(the_notice(), own, Random(seed))
        wrong = [fault.message for fault in check_values(own, answers, Located()) if fault.severity == "error"]
        assert wrong == [], seed


@pytest.mark.parametrize("shape", sorted(shapes()))
def test_spoilt(shape: str, rounds: int) -> None:
    """Three answers are spoilt: a text for a number, a score over its points, a blank; each is asked about."""
    own = shapes()[shape]
    for seed in range(rounds):
        answers = invented_answers.answers(the_notice(), own, Random(seed))
        spoilt = invented_answers.wrong(own, answers, Random(seed))
        assert sorted(map(str, spoilt.values())) == ["", "99", "约5次"]
        held = {key: value for key, value in (answers | spoilt).items() if value != ""}
        wrong = {fault.place.field for fault in check_values(own, held, Located()) if fault.severity == "error"}
        assert spoilt.keys() <= wrong


FACTS = {
    "start after the end's last day": [
        {"key": "结束", "label": "结束", "kind": "date", "latest": date(2031, 3, 1), "not_before": "开始"},
        {"key": "开始", "label": "开始", "kind": "date", "earliest": date(2031, 2, 20)},
    ],
    "few, of few": [
        {"key": "办结", "label": "办结", "kind": "whole", "not_more_than": "受理", "minimum": 2},
        {"key": "受理", "label": "受理", "kind": "whole", "maximum": 3},
    ],
    "many": [{"key": "人口", "label": "人口", "kind": "whole", "minimum": 1000, "maximum": 2000}],
    "a small decimal": [{"key": "比例", "label": "比例", "kind": "decimal", "maximum": Decimal("0.5")}],
    "a large decimal": [{"key": "金额", "label": "金额", "kind": "decimal", "minimum": 500}],
    "one option that applies": [{"key": "制度", "label": "制度", "kind": "choice", "options": ["是", "不涉及"]}],
    "a text": [{"key": "说明", "label": "说" * 32, "kind": "text"}],
    "equal": [
        {"key": "甲", "label": "甲", "kind": "whole", "not_more_than": "乙"},
        {"key": "乙", "label": "乙", "kind": "whole", "not_more_than": "甲"},
    ],
}


@pytest.mark.parametrize("inputs", FACTS.values(), ids=FACTS)
def test_bounds_of_other_catalogues(tmp_path: Path, inputs: list[dict[str, object]]) -> None:
    """Whatever bounds the facts have, and in whatever order they are asked, the answers are such as the form takes."""
    files = minimal()
    count = {"key": "次数", "label": "次数", "kind": "whole"}
    files["items/01.toml"] = item(1, sub_point(10, inputs=[count, *inputs]))
    notice = catalogue(tmp_path / "catalogue", files)
    form = next(iter(unit_forms(notice, assign(notice), edition=EDITION, key=KEY)))
    for seed in range(20):
        answers = invented_answers.answers(notice, form.shape, Random(seed))
        wrong = [fault.message for fault in check_values(form.shape, answers, Located()) if fault.severity == "error"]
        assert wrong == [], seed


def test_january_evidence(tmp_path: Path) -> None:
    """A deadline soon after the period's first day leaves documents of the period, and one after its last day is kept."""
    for due in (date(2031, 1, 20), date(2032, 2, 15)):
        files = minimal()
        files["notice.toml"]["dates"]["ledger_due"] = due
        files["notice.toml"]["texts"] = {"evidence": ["材料转成电子档。"]}
        notice = catalogue(tmp_path / str(due), files)
        form = next(iter(unit_forms(notice, assign(notice), edition=EDITION, key=KEY)))
        for seed in range(20):
            answers = invented_answers.answers(notice, form.shape, Random(seed))
            assert [fault.message for fault in check_values(form.shape, answers, Located())] == [], seed


def test_without_self_scores(tmp_path: Path) -> None:
    """Where units do not score themselves there is no score to spoil: a number and a blank are."""
    files = minimal()
    files["notice.toml"]["scoring"]["self_score"] = False
    choice = {"key": "制度", "label": "制度", "kind": "choice", "options": ["是", "否"]}
    files["items/01.toml"] = item(1, sub_point(10, {"kind": "yes", "input": "制度"}, inputs=[choice]))
    notice = catalogue(tmp_path / "catalogue", files)
    shape = next(iter(unit_forms(notice, assign(notice), edition=EDITION, key=KEY))).shape
    answers = invented_answers.answers(notice, shape, Random(1))
    assert invented_answers.wrong(shape, {key: each for key, each in answers.items() if each}, Random(1)) != {}


def test_same_seed() -> None:
    """The same seed gives the same answers, another seed others."""
    shape = shapes()["S01"]
    first, again, other = (invented_answers.answers(the_notice(), shape, Random(seed)) for seed in (1, 1, 2))
    assert first == again != other


def test_bounds() -> None:
    """Answers keep within their inputs' bounds, options and lengths."""
    for shape in shapes().values():
        for key, value in invented_answers.answers(the_notice(), shape, Random(1)).items():
            field = shape.fields[key]
            assert field.kind is not Kind.CHOICE or value in field.options
            assert field.kind is not Kind.TEXT or len(str(value)) <= field.length
            assert not isinstance(value, date) or str(field.minimum) <= str(value) <= str(field.maximum)
