"""Form numbers: whose form it is, and that this office made it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.form.identity import (
    Draft,
    Edition,
    FormNumber,
    check_code,
    find_form_number,
    form_number,
    named_unit,
    read_form_number,
    unit_line,
)
from tests.support.campaign import EDITION, KEY, forms, the_notice

EDITIONS = st.builds(Edition, number=st.integers(1, 999), rehearsal=st.booleans())


def number_of(unit_no: int = 17, edition: Edition = EDITION, key: bytes = KEY, prefix: str = "ZL2020") -> str:
    return form_number(prefix=prefix, unit_no=unit_no, edition=edition, key=key)


def test_a_form_number_is_stable() -> None:
    """The same unit, edition and key give the same number, whose last eight characters are the check code."""
    assert number_of(key=b"k") == number_of(key=b"k") == f"ZL2020-17-1-{check_code(b'k', 'ZL2020-17-1')}"
    assert number_of(3, Edition(number=12, rehearsal=True)).startswith("ZL2020-03-YL12-")


@given(st.binary(min_size=1, max_size=32), st.text(max_size=20))
def test_check_codes_can_be_read_aloud(key: bytes, stem: str) -> None:
    """A check code has eight characters, and none of 0, O, 1 and I."""
    assert re.fullmatch(r"[A-HJ-NP-Z2-9]{8}", check_code(key, stem))


def test_check_codes_differ() -> None:
    """Another unit, edition, rehearsal, campaign or key gives another check code."""
    numbers = [
        number_of(),
        number_of(18),
        number_of(edition=Edition(number=2)),
        number_of(edition=Edition(number=1, rehearsal=True)),
        number_of(prefix="ZL2021"),
        number_of(key=b"another key"),
    ]
    assert len({number[-8:] for number in numbers}) == len(numbers)


@given(st.integers(1, 999), EDITIONS, st.binary(min_size=1, max_size=32))
def test_a_number_reads_back(unit_no: int, edition: Edition, key: bytes) -> None:
    """What stands on the form tells unit and edition again, and that the key made it."""
    number = number_of(unit_no, edition, key)
    assert find_form_number(f"表号:{number}") == number
    assert read_form_number(number, key) == FormNumber(
        prefix="ZL2020", unit_no=unit_no, edition=edition.text, genuine=True
    )
    assert Edition.parse(edition.text) == edition


@pytest.mark.parametrize(
    ("held", "draft"),
    [
        ({}, Draft.FIRST),
        ({"draft": 1}, Draft.FIRST),
        ({"draft": 2}, Draft.SECOND),
        ({"draft": 3}, Draft.THIRD),
        ({"draft": 4}, Draft.CURRENT),
    ],
)
def test_a_round_keeps_its_draft(held: dict[str, object], draft: Draft) -> None:
    """A record says how its forms were drawn up; the first versions' records do not, and stand for the first draft."""
    assert Edition.of_record({"version": "YL3", **held}) == Edition(number=3, rehearsal=True, draft=draft)


def test_a_version_that_is_no_text() -> None:
    """A record whose version is a number was not written by this program."""
    with pytest.raises(TypeError):
        Edition.of_record({"version": 1})


def test_a_draft_of_a_later_program() -> None:
    """A record whose forms this program cannot draw up is refused."""
    with pytest.raises(ValueError, match="99"):
        Edition.of_record({"version": "1", "draft": 99})


@pytest.mark.parametrize("changed", ["ZL2020-18-1-", "ZL2020-17-2-", "ZL2021-17-1-", "ZL2020-17-YL1-"])
def test_a_changed_number_is_not_genuine(changed: str) -> None:
    """Whoever alters a number cannot alter its check code to fit."""
    assert not read_form_number(changed + number_of()[-8:], KEY).genuine
    assert not read_form_number(number_of(), b"another key").genuine


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("填报单位:宣传部(含网信办)    表号:ZL2020-09-1-K7QF4M2T", "宣传部(含网信办)"),
        ("填报单位:司法局", "司法局"),
        (" 填报单位: 司法局 ", "司法局"),
        ("联系填报单位:司法局", None),
        ("司法局", None),
        ("", None),
    ],
)
def test_the_unit_that_a_form_names(text: str, name: str | None) -> None:
    """The line under a title names the unit; elsewhere in a text its words mean nothing."""
    assert named_unit(text) == name


def test_every_unit_line_reads_back() -> None:
    """Each form's line names its own unit and number."""
    for unit in the_notice().units:
        line = forms()[unit.short].slots["unit_line"]
        assert line == unit_line(unit.name, forms()[unit.short].number)
        assert (named_unit(line), find_form_number(line)) == (unit.name, forms()[unit.short].number)


def test_every_form_has_its_own_number() -> None:
    """The 45 numbers follow Annex 1, are all different, and read back."""
    numbers = [form.number for form in forms().values()]
    claims = [read_form_number(number, KEY) for number in numbers]
    assert [claim.unit_no for claim in claims] == list(range(1, 46)) == [unit.no for unit in the_notice().units]
    assert all(claim.genuine for claim in claims)
    assert len({number[-8:] for number in numbers}) == 45


@pytest.mark.parametrize(
    ("held", "error"),
    [
        ({"version": 1}, TypeError),
        ({"version": "x"}, ValueError),
        ({}, KeyError),
        ({"version": "1", "switches": []}, TypeError),
    ],
)
def test_a_damaged_edition(held: dict[str, object], error: type[Exception]) -> None:
    """A record whose version is no text of an edition is damaged."""
    with pytest.raises(error):
        Edition.of_record(held)
