"""Invented answers are such as a careful unit would give: none of them has to be corrected, whatever the seed."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from fazhi_xl.answers.locate import Located
from fazhi_xl.answers.read import check_values
from fazhi_xl.notice.choices import Kind
from fazhi_xl.office.commands import invented_answers
from tests.support.campaign import shapes, the_notice


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
