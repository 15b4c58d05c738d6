"""What an input takes is said to the client too: one validation each, with a prompt and a clear refusal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import pytest

from fazhi_xl.form.checks import prompt
from fazhi_xl.form.expression import serial
from fazhi_xl.form.model import Field, Form, Shape
from fazhi_xl.notice.choices import Kind
from tests.support.packages import Package, Part, Validation, spread

KINDS = {Kind.CHOICE: "list", Kind.WHOLE: "whole", Kind.DECIMAL: "decimal", Kind.DATE: "date", Kind.TEXT: "textLength"}
Forms = Mapping[str, Form]
Packages = Mapping[str, Package]


@pytest.fixture(scope="module")
def rules(one_of_each: Forms, packages: Packages) -> list[tuple[Shape, Part, str, Field, Validation]]:
    """Every input of every shape with the validation that covers it."""
    return [
        (form.shape, packages[form.unit].sheets[place.sheet], key, field, rule)
        for form in one_of_each.values()
        for key, field in form.shape.fields.items()
        if (place := form.shape.places[key])
        for rule in packages[form.unit].sheets[place.sheet].validations
        if place.cell in rule.cells
    ]


Rules = list[tuple[Shape, Part, str, Field, Validation]]


def test_one_each(one_of_each: Forms, packages: Packages) -> None:
    """The validations cover every input exactly once, and nothing else."""
    for form in one_of_each.values():
        for name, part in packages[form.unit].sheets.items():
            covered = Counter(cell for rule in part.validations for cell in rule.cells)
            places = form.shape.places
            assert covered == Counter(places[key].cell for key in form.shape.fields if places[key].sheet == name), name


def test_kinds(rules: Rules) -> None:
    """Each input is validated as what it is: a list, a whole number, a decimal, a date or a text's length."""
    assert {(field.kind, rule.kind) for *_, field, rule in rules} == set(KINDS.items())


def test_refusal(rules: Rules) -> None:
    """A wrong entry is refused, a blank is not, and entering the cell shows the prompt."""
    for *_, rule in rules:
        shown = {key: rule.attributes.get(key) for key in ("showInputMessage", "showErrorMessage", "allowBlank")}
        assert set(shown.values()) == {"1"}
        assert rule.attributes.get("errorStyle", "stop") == "stop"


def test_bounds(rules: Rules) -> None:
    """Numbers and dates are bounded as the form says."""
    for _, _, key, field, rule in rules:
        if field.kind in {Kind.WHOLE, Kind.DECIMAL, Kind.DATE}:
            assert rule.operator == "between"
            assert [Decimal(rule.first), Decimal(rule.second)] == [_number(field.minimum), _number(field.maximum)], key


def _number(bound: Decimal | date | None) -> Decimal | None:
    return Decimal(serial(bound)) if isinstance(bound, date) else bound


def test_lengths(rules: Rules) -> None:
    """Texts are limited to the form's length."""
    for _, _, key, field, rule in rules:
        if field.kind is Kind.TEXT:
            assert (rule.operator, rule.first) == ("lessThanOrEqual", str(field.length)), key


def test_options(rules: Rules) -> None:
    """Lists offer the form's options in its order, written out or in locked cells of the same sheet."""
    for shape, part, key, field, rule in rules:
        if field.kind is Kind.CHOICE:
            assert tuple(_offered(part, rule)) == field.options, key
            assert not shape.fields.keys() & set(field.options_from), key


def _offered(part: Part, rule: Validation) -> Iterator[str | None]:
    if rule.first.startswith('"'):
        yield from rule.first.strip('"').split(",")
    else:
        yield from (part.cells[cell].text for cell in spread(rule.first))


def test_limits(rules: Rules) -> None:
    """Titles, messages and lists keep within Excel's limits, counted in UTF-16 units as Excel does."""
    limits = {"promptTitle": 32, "prompt": 255, "errorTitle": 32, "error": 255}
    for _, _, key, _, rule in rules:
        for name, limit in limits.items():
            text = rule.attributes[name]
            assert 0 < len(text.encode("utf-16-le")) // 2 <= limit, (key, name)
        assert len(rule.first.strip('"')) <= 255, key


def test_whole_messages(rules: Rules) -> None:
    """No title, prompt or refusal is cut off."""
    for _, _, key, field, rule in rules:
        assert rule.attributes["promptTitle"] == field.label, key
        assert rule.attributes["prompt"] == prompt(field), key
        assert rule.attributes["error"][-1:] not in {"、", ",", "。"}, key


def test_refusal_says_what_fits(rules: Rules) -> None:
    """A refusal names the bounds or options that the form has."""
    for _, _, key, field, rule in rules:
        said = rule.attributes["error"]
        assert all(option in said for option in field.options) or field.options_from, key
        assert isinstance(field.maximum, date | None) or f"{field.maximum.normalize():f}" in said, key
        assert not isinstance(field.maximum, date) or str(field.maximum.year) in said, key


def test_number_of_validations(packages: Packages) -> None:
    """Alike inputs of a column share a validation, so that no sheet has hundreds."""
    assert max(len(part.validations) for package in packages.values() for part in package.sheets.values()) < 400
