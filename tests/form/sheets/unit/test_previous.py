"""An earlier round's answers beside the inputs: shown in a column of their own, and compared with."""

from __future__ import annotations

from fractions import Fraction

import pytest

from fazhi_xl.form.checks import PASSED
from fazhi_xl.form.compiled import Evaluator
from fazhi_xl.form.expression import Const, FormulaError, Value, call
from fazhi_xl.form.meanings import to_formula
from fazhi_xl.form.model import Form, Label, Slot
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from tests.support.campaign import EDITION, KEY, forms, the_notice

UNIT = "信访局"
PREVIOUS = {UNIT: {"8.1.信访.填报": "40", "15.1.经费.填报": "12.50", "8.1.自评": "1.00", "9.9.没有.填报": "3"}}
ASSIGNED = {unit: codes if unit == UNIT else () for unit, codes in assign(the_notice()).items()}
MADE = unit_forms(the_notice(), ASSIGNED, edition=EDITION, key=KEY, previous=PREVIOUS)
FORM = next(form for form in MADE if form.unit == UNIT)
PLAIN = forms()[UNIT]
FAR = "请核实:与上期相差很大,请核实"


def test_a_column_only_where_there_are_answers() -> None:
    """Without an earlier round the form is as it was; with one a locked cell stands beside each input and each score."""
    assert not [key for key in PLAIN.shape.places if key.endswith(".上期")]
    cells = {
        key: content for _, key, content in FORM.shape.coded if key.endswith(".上期") and isinstance(content, Slot)
    }
    beside = {f"{field.row}.上期" for field in FORM.shape.fields.values() if field.column in {"填报", "自评"}}
    assert cells.keys() == beside


def test_the_answers_fill_the_slots() -> None:
    """What is known fills its cell, what is not leaves it blank, and what this form does not ask is left out."""
    assert FORM.prior == {"8.1.信访.上期": "40", "15.1.经费.上期": "12.50", "8.1.上期": "1.00"}
    assert (FORM.slots["8.1.信访.上期"], FORM.slots["8.1.按期办结.上期"]) == ("40", "")


def test_the_instructions_tell_of_it() -> None:
    """The first sheet says what the column is, where there is one."""

    def told(form: Form) -> bool:
        texts = (content.text for _, _, content in form.shape.cells() if isinstance(content, Label))
        return "上一轮的数,只供对照,不用改。" in list(texts)

    assert (told(FORM), told(PLAIN)) == (True, False)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (None, "待填:信访总量"),
        (40, PASSED),
        (79, PASSED),
        (80, FAR),
        (21, PASSED),
        (20, FAR),
        (0, FAR),
        ("约5", "错误:应填0至99999的整数,例如3;没有的填0"),
    ],
)
def test_a_number_far_from_the_last_one(number: Value, text: str) -> None:
    """Twice as much or half as much, and ten or more apart, is asked about."""
    assert FORM.shape.evaluator({**FORM.prior, "8.1.信访.填报": number}).field("8.1.信访.校验") == text


def test_decimals() -> None:
    """Decimals are compared exactly."""
    told = [
        FORM.shape.evaluator({**FORM.prior, "15.1.经费.填报": Fraction(cents, 100)}).field("15.1.经费.校验")
        for cents in (2499, 2500)
    ]
    assert told == [PASSED, FAR]


def test_nothing_to_compare_with() -> None:
    """Where the earlier answer is blank no number is far from it."""
    assert FORM.shape.evaluator({"8.1.信访.填报": 99_999}).field("8.1.信访.校验") == PASSED


def test_no_measure_of_far() -> None:
    """A catalogue without a measure shows the answers and compares nothing."""
    notice = the_notice()
    quiet = notice.model_copy(update={"about": notice.about.model_copy(update={"swing": None})})
    made = unit_forms(quiet, ASSIGNED, edition=EDITION, key=KEY, previous=PREVIOUS)
    form = next(form for form in made if form.unit == UNIT)
    assert not [check for field in form.shape.fields.values() for check in field.checks if check.code == "swing"]


def test_reading_a_number_from_a_text() -> None:
    """The earlier answer stands in its cell as text; a text that is no number is an error in both readings."""
    expr = call("read", Const("12.50"))
    assert Evaluator({}).value(expr) == Fraction(25, 2)
    assert to_formula(expr, str) == 'VALUE("12.50")'
    with pytest.raises(FormulaError):
        Evaluator({}).value(call("read", Const("约5")))
