"""Which findings the office may weigh otherwise: a rule by topic, told in docs/findings.md."""

from __future__ import annotations

import pytest

from fazhi_xl.findings import Actor, Code, Severity, Topic, finding
from fazhi_xl.findings.adjustable import ADJUSTABLE, IN_FORMS, NAMES, Weight, allowed, finding_name, held, usual


def test_names() -> None:
    """Each finding that may be weighed otherwise has a name of its own by which it is chosen, and no other has one."""
    assert set(NAMES) == set(ADJUSTABLE)
    assert len(set(NAMES.values())) == len(NAMES)
    assert (finding_name("swing"), finding_name("file-empty")) == ("与上期相差很大", "file-empty")


def test_by_topic() -> None:
    """Nothing of what cannot be read, whose a form is, whether it was changed, which counts, how it was read, or was decided may be."""
    assert {code.topic for code in ADJUSTABLE} == {Topic.SURROUNDINGS, Topic.VALUE, Topic.SUB_POINT, Topic.LIST}
    soft = {code for code in Code if code.topic in {each.topic for each in ADJUSTABLE}}
    assert sorted(soft - set(ADJUSTABLE)) == [
        "before-start",
        "deduction-repeated",
        "degree-elsewhere",
        "entry-incomplete",
        "evidence-number",
        "level-of-another",
        "matter-repeated",
        "more-than",
        "score-though-out",
        "value-beside",
        "value-missing",
    ]


def test_no_fatal_one() -> None:
    """No finding for which a file is refused may be weighed otherwise, so each has a weight that it usually is of."""
    assert all(code.severity is not Severity.FATAL and usual(code).severity is code.severity for code in ADJUSTABLE)


@pytest.mark.parametrize(
    ("code", "why"), [(Code.FORM_FORGED, "防止改表"), (Code.MORE_THAN, "计分要看它"), (Code.SWING, "")]
)
def test_held(code: Code, why: str) -> None:
    """Of each that may not be it is said why."""
    assert held(code) == why
    assert bool(allowed(code)) is not bool(why)


def test_what_the_office_acts_on_is_no_error_of_a_unit() -> None:
    """What the office settles itself cannot send a form back, for the unit could not mend it."""
    assert Weight.ERROR not in allowed(Code.EVIDENCE_SHARED)
    assert allowed(Code.SWING) == tuple(Weight)


def test_in_forms() -> None:
    """Forms show these alone beside the cell: what else may be weighed otherwise is only found when a form came back."""
    shown = {"swing", "reason-for-more", "reason-for-out", "evidence-other-year", "evidence-missing", "month-wrong"}
    assert shown == IN_FORMS


@pytest.mark.parametrize(
    ("code", "set_to", "severity", "actor"),
    [
        (Code.SHARED_BOOK, None, Severity.NOTE, Actor.NOBODY),
        (Code.SHARED_BOOK, Severity.ERROR, Severity.ERROR, Actor.UNIT),
        (Code.PICTURES_PASTED, Severity.NOTE, Severity.NOTE, Actor.NOBODY),
        (Code.PICTURES_PASTED, Severity.ERROR, Severity.ERROR, Actor.UNIT),
    ],
)
def test_severity_and_actor(code: Code, set_to: Severity | None, severity: Severity, actor: Actor) -> None:
    """A finding is of the severity that the office set; nobody acts on a note, and the unit on what is more than one."""
    found = finding(code)
    made = type(found)(code=code, set_to=set_to)
    assert (made.severity, made.actor) == (severity, actor)
