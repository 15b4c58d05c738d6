"""The 2020 campaign's catalogue and forms, made once for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import pytest
from _pytest.mark import ParameterSet

from fazhi_xl.form.identity import Edition
from fazhi_xl.form.model import Form, Shape
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice, SubPoint
from tests.notice.campaigns import CAMPAIGN

KEY = b"a key for tests"
EDITION = Edition(number=1)


@cache
def the_notice() -> Notice:
    return load(CAMPAIGN)


@cache
def forms() -> Mapping[str, Form]:
    """Give every unit's form by the unit's short name."""
    made = unit_forms(the_notice(), assign(the_notice()), edition=EDITION, key=KEY)
    return {form.unit: form for form in made}


@cache
def shapes() -> Mapping[str, Shape]:
    return {form.shape.name: form.shape for form in forms().values()}


def every_shape() -> list[ParameterSet]:
    """Name each shape for a test of its own: always those of each third, with the largest; the others in the exhaustive run."""
    largest = max(shapes(), key=lambda name: len(shapes()[name].fields))
    return [
        pytest.param(name, id=name, marks=() if at % 3 == 0 or name == largest else pytest.mark.exhaustive)
        for at, name in enumerate(shapes())
    ]


def covering(made: Iterable[Form]) -> Iterator[Form]:
    """Leave out each form that asks for nothing but what those before it ask for: every sub-point is in what is left."""
    asked: set[str] = set()
    for form in made:
        if not asked.issuperset(form.shape.sub_points):
            asked.update(form.shape.sub_points)
            yield form


def shape_of(unit: str) -> Shape:
    return forms()[unit].shape


@cache
def shape_with(code: str) -> Shape:
    """Give the smallest shape that asks for a sub-point."""
    return min((each for each in shapes().values() if code in each.sub_points), key=lambda each: len(each.fields))


def sub_point(code: str) -> SubPoint:
    return the_notice().sub_points[code]
