"""The check beside a cell says what the office had made of a finding when the form was issued."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from fazhi_xl.answers.located import Located
from fazhi_xl.answers.read import check_values
from fazhi_xl.findings import Code
from fazhi_xl.findings.adjustable import Weight
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.model import MARK_COLUMN, Form, Label
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from tests.support.campaign import KEY, forms, the_notice
from tests.support.offices import THIRD, few

MORE: Mapping[str, object] = {"15.6.次数.填报": 3, "15.6.自评": 1}


@cache
def form(weight: Weight | None, code: Code = Code.REASON_FOR_MORE) -> Form:
    """Give a unit's form, issued when the office had made that of a finding."""
    notice, weights = few(the_notice()), {code: weight} if weight else {}
    return next(unit_forms(notice, assign(notice), edition=Edition(number=1).weighing(weights), key=KEY))


@pytest.mark.parametrize(
    ("weight", "said", "state"),
    [
        (None, "错误:自评高于测算,请在情况说明写理由", 2),
        (Weight.ERROR, "错误:自评高于测算,请在情况说明写理由", 2),
        (Weight.CONFIRM, "请核实:自评高于测算,请在情况说明写理由", 3),
        (Weight.NOTE, "提示:自评高于测算,请在情况说明写理由", 0),
        (Weight.OFF, "通过", 0),
    ],
)
def test_what_the_check_says(weight: Weight | None, said: str, state: int) -> None:
    """The check begins with the word of what was made of it, and what is switched off is not shown; the count beside it follows."""
    evaluator = form(weight).shape.evaluator(dict(MORE))  # type: ignore[arg-type]
    assert (evaluator.field("15.6.校验"), evaluator.field(f"15.6.{MARK_COLUMN}")) == (said, state)


def test_the_collector_finds_it_all_the_same() -> None:
    """Whatever the form shows, its checks are there, so that a return is judged by what counts on its day."""
    found = [check_values(form(weight).shape, dict(MORE), Located()) for weight in (None, Weight.OFF)]  # type: ignore[arg-type]
    then, now = ([(each.code, each.place.field) for each in every] for every in found)
    assert then == now
    assert (Code.REASON_FOR_MORE, "15.6.说明") in then


def test_inputs_are_the_same() -> None:
    """No input, no address and no locked cell of a table differs by what was made of a finding."""
    one, other = form(None).shape, form(Weight.OFF).shape
    assert one.places == other.places
    assert one.given == other.given
    assert one.fields.keys() == other.fields.keys()


def test_the_prompt_asks_for_no_reason_that_is_not_wanted() -> None:
    """Where the reason is not looked for, neither the cell's prompt nor 填报说明 demands it."""
    wanted, unwanted = (form(weight).shape.fields["15.6.自评"].prompt for weight in (None, Weight.OFF))
    assert (wanted, unwanted) == (
        "本得分点满分1分,对照左边的测算分填写。高于测算分的,在情况说明里写明理由。",
        "本得分点满分1分,对照左边的测算分填写。",
    )
    out = {weight: texts(form(weight, Code.REASON_FOR_OUT)) for weight in (None, Weight.OFF)}
    assert "没有该项职能的,选“不涉及”并在情况说明里写明理由,经办公室核准后生效。" in out[None]
    assert "没有该项职能的,选“不涉及”,经办公室核准后生效。" in out[Weight.OFF]


def test_the_legend_explains_a_note() -> None:
    """填报说明 says what 提示 means where a check may say so, and only there."""
    assert "供参考,不用改,可以照报。" in texts(form(Weight.NOTE))
    assert "供参考,不用改,可以照报。" not in texts(form(None))


def test_the_next_check_shows_behind_what_is_off() -> None:
    """Of a field the next check that holds is reported behind one that is switched off, as the form shows it."""
    shape, score = forms()["发改局"].shape, "5.4.自评"
    values = {"5.4.在岗.填报": 0, "5.4.持证.填报": 0, score: 99}  # more than the points, where nothing applies
    for off, expected in ((None, ["number-wrong"]), (Code.NUMBER_WRONG, ["number-wrong", "score-though-out"])):
        found = check_values(shape, values, Located(), off=frozenset({off} if off else ()))
        assert [str(each.code) for each in found if each.place.field == score] == expected


def texts(made: Form) -> set[str]:
    return {content.text for _, _, content in made.shape.cells() if isinstance(content, Label)}


def test_a_doubt_leaves_the_computed_score() -> None:
    """A number far from an earlier round's is asked about, and counts all the same: only what is wrong leaves the score blank."""
    notice = few(the_notice())
    key, prior = "15.6.次数.填报", {THIRD: {"15.6.次数.填报": "40"}}
    made = unit_forms(notice, assign(notice), edition=Edition(number=1), key=KEY, previous=prior)
    own = next(each for each in made if each.unit == THIRD)
    evaluator = own.shape.evaluator({**own.prior, key: 4})
    assert evaluator.field("15.6.次数.校验") == "请核实:与上期相差很大,请核实"
    assert evaluator.field("15.6.测算") == 1
