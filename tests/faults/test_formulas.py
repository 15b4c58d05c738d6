"""Faults 38 to 46: formulas where values belong, and values where formulas belong."""

from __future__ import annotations

from itertools import cycle

import pytest

from tests.faults.entries import ASKED, COUNT, FINE, MAIN, MONEY, NAME, NOTED, REMARK, YES_NO, cell, changed, entered
from tests.faults.fault import Fault, assert_fault
from tests.support.edits import Raw, in_book, with_cells
from tests.support.offices import Office
from tests.support.returns import Typed

COMPUTED = cell("15.6.测算")
PICTURE = Raw('<f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v>')


def computed(no: int, what: str, value: Typed | Raw, status: str, *codes: str) -> Fault:
    """Make the fault of one computed cell."""
    found = [(code, COMPUTED) for code in codes]
    return changed(no, what, lambda good: with_cells(good, {(MAIN, COMPUTED): value}), status, *found)


def formula(no: int, what: str, value: Typed | Raw, status: str, code: str, field: str = COUNT) -> Fault:
    return entered(no, what, {field: value}, status, (code, field))


def picture(no: int, what: str, field: str) -> Fault:
    told = ("pictures-pasted", None), ("picture-in-cell", cell(field))
    return changed(no, what, bytes, ASKED, *told, changes={field: PICTURE})


SIGNS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?")

FAULTS: tuple[Fault, ...] = (
    computed(38, "a computed cell overwritten", Typed("n", "1"), NOTED, "formula-overwritten"),
    computed(38, "a computed cell wiped", Typed("s", ""), NOTED, "formula-overwritten"),
    formula(39, "a sum in an input", Typed("n", "8", formula=True), NOTED, "value-from-formula"),
    formula(39, "a formula that gives text", Raw("<f>B2</f><v>约5</v>"), ASKED, "number-vague"),
    formula(40, "no result stored", Typed("s", "", formula=True), ASKED, "formula-without-result"),
    computed(
        38, "a better score typed over a formula", Typed("n", "1.5"), NOTED, "formula-overwritten", "scores-stored"
    ),
    computed(41, "another formula", Raw("<f>1+1</f><v>99</v>"), NOTED, "scores-stored"),
    computed(41, "a false result", Raw("<f>D9</f><v>0.5</v>"), NOTED, "scores-stored"),
    computed(41, "a text for a result", Raw("<f>D9</f><v>x</v>"), NOTED, "scores-stored"),
    computed(41, "a zero where nobody calculated", Raw("<f>D9</f><v>0</v>"), FINE),
    computed(41, "no result", Raw("<f>1+1</f>"), FINE),
    *(
        formula(42, text, Typed("e", text), ASKED, "value-error")
        for text in ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A")
    ),
    formula(42, "in a choice", Typed("e", "#N/A"), ASKED, "value-error", YES_NO),
    formula(42, "in a remark", Typed("e", "#REF!"), ASKED, "value-error", REMARK),
    *(
        formula(42, f"{sign} typed", Typed("s", sign), ASKED, "error-as-text", field)
        for sign, field in zip(SIGNS, cycle((REMARK, COUNT, MONEY, YES_NO, NAME)), strict=False)
    ),
    *(
        formula(42, f"{sign} in a sentence", Typed("s", f"完成率{sign},详见台账"), NOTED, "text-with-error", field)
        for sign, field in zip(SIGNS, cycle((REMARK, NAME)), strict=False)
    ),
    computed(43, "an unknown function in a computed cell", Typed("e", "#NAME?", formula=True), FINE),
    formula(44, "another book's cell", Raw("<f>'[省表.xlsx]表'!A1</f><v>8</v>"), NOTED, "value-from-formula"),
    formula(44, "another book's cell, gone", Typed("e", "#REF!", formula=True), ASKED, "value-error"),
    changed(
        45,
        "calculation by hand, in circles",
        lambda good: in_book(good, "<calcPr[^>]*/>", '<calcPr calcMode="manual" iterate="1"/>'),
        FINE,
    ),
    formula(46, "text that looks like a formula", Raw("<is><t>=1+1</t></is>"), ASKED, "formula-as-text"),
    formula(46, "the same in a remark", Raw("<is><t>=1+1</t></is>"), NOTED, "text-like-formula", REMARK),
    picture(46, "a picture in a cell", REMARK),
    picture(46, "a picture for a number", MONEY),
)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault(office: Office, fault: Fault, times: int) -> None:
    """Each fault sets off exactly what is written beside it."""
    assert_fault(office, fault, times)
