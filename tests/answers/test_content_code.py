"""内容校验码 of a return: over the cells as its formulas saw them, and told only where a program has computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from fazhi_xl.answers.content_code import ContentCode, Unlike, content_code, is_code, read_code, same_code
from fazhi_xl.answers.locate import locate
from fazhi_xl.answers.located import Found, Located
from fazhi_xl.cells import CellKind
from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Shape
from fazhi_xl.form.sheets.unit.content_code import FRONT, SEAL_FIELD, SUMS
from tests.support.campaign import forms

SHAPE = forms()["信访局"].shape
COUNT, REMARK, DAY = "15.6.次数.填报", "15.6.说明", "信息.01.报送日期"
OTHER = "ABCDEF"


def found(text: str, kind: str = "n", *, formula: bool = False) -> Found:
    return Found(sheet="表", cell="A1", kind=CellKind(kind), text=text, formula=formula)


def true(values: Mapping[str, Value]) -> str:
    """Give the code that the form's own formulas come to."""
    return str(SHAPE.evaluator(values).field(FRONT))


def read(cells: Mapping[str, Found], *, date1904: bool = False) -> ContentCode:
    code, told = content_code(SHAPE, Located(cells=cells), date1904=date1904)
    assert code is not None
    assert told == ()
    return code


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (found("5"), 5),
        (found("5", "s"), "5"),
        (found("0"), 0),
        (found("8.4499999999999993"), Fraction("8.45")),
        (found("1E3"), 1000),
        (found("5", formula=True), 5),
        (found(" 五次 ", "s"), " 五次 "),
        (found("", "s"), None),
        (found("-"), None),
    ],
)
def test_a_cell_counts_as_it_is_stored(cell: Found, value: Value) -> None:
    """A number that is a text is a text, and no cell is cleaned, rounded or read otherwise than its formulas read it."""
    assert read({COUNT: cell}) == ContentCode(code=true({COUNT: value}))


def test_days() -> None:
    """A day is the number that stands in the file: of a format that gives days as such, the one of its own date system."""
    assert read({DAY: found("44075")}).code == true({DAY: 44075})
    assert read({DAY: found("2020-09-01T00:00:00", "d")}).code == true({DAY: 44075})
    assert read({DAY: found("2020-09-01T12:00:00", "d")}).code == true({DAY: Fraction("44075.5")})
    assert read({DAY: found("2020-09-01T00:00:00", "d")}, date1904=True).code == true({DAY: 44075 - 1462})
    assert read({DAY: found("42613")}, date1904=True).code == true({DAY: 42613})


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (found("#N/A", "e"), Unlike.ERROR),
        (found("1", "b"), Unlike.TRUTH),
        (found("𠮷", "s"), Unlike.RARE),
        (found("两_x000D_\n行", "s"), Unlike.BREAK),
        (found("", "s", formula=True), Unlike.NO_RESULT),
    ],
)
def test_what_programs_do_not_agree_on(cell: Found, why: Unlike) -> None:
    """Where an input holds what programs count each in its own way, the file's own code stands, and is certain for none."""
    code = read({COUNT: cell, SEAL_FIELD: found(OTHER, "s", formula=True)})
    assert code == ContentCode(code=OTHER, stored=OTHER, unlike=why)
    assert not code.certain


def computed(values: Mapping[str, Value], stored: str) -> dict[str, Found]:
    """Give a return in which a program computed the numbers of its rows, with a stored code."""
    evaluator = SHAPE.evaluator(values)
    sums = {key: found(str(evaluator.field(key)), formula=True) for key in SHAPE.formulas if key.endswith(SUMS.code)}
    return {
        **{key: found(str(value)) for key, value in values.items()},
        **sums,
        SEAL_FIELD: found(stored, "s", formula=True),
    }


def test_a_code_that_was_stored_before_the_last_change() -> None:
    """A stored code of other contents is told where a program computed the rows, with both codes; what is computed here counts."""
    located = Located(cells=computed({COUNT: 5}, OTHER))
    code, told = content_code(SHAPE, located)
    assert code == ContentCode(code=true({COUNT: 5}), stored=OTHER)
    assert [(each.code, each.value, each.place.field) for each in told] == [("content-code-stale", OTHER, SEAL_FIELD)]
    assert true({COUNT: 5}) in told[0].message


@pytest.mark.parametrize("stored", ["", "未填", "算不出", "something"])
def test_a_file_in_which_nothing_was_computed(stored: str) -> None:
    """What a program leaves that never calculates is no other code, and nothing is told of it."""
    cells = computed({COUNT: 5}, stored)
    assert read(cells) == ContentCode(code=true({COUNT: 5}), stored=stored)


def test_a_code_over_rows_that_were_not_computed() -> None:
    """A stored code is not told as old where no row's number is right, or where it is no formula any more."""
    old = {**computed({COUNT: 5}, OTHER), COUNT: found("6")}
    assert read(old).stored == OTHER
    typed = {**computed({COUNT: 5}, OTHER), SEAL_FIELD: found(OTHER, "s")}
    assert read(typed).stored == OTHER


def test_a_program_without_code_points() -> None:
    """The code of a program that has no code points of characters is as good: it stands on the paper that it printed."""
    cells = {COUNT: found("5"), REMARK: found("开展宣传", "s")}
    bare = true(
        {COUNT: 5, REMARK: Fraction(17 * 4 - 3, 1000)}
    )  # as much as a text of four characters counts by its length
    assert bare != true({COUNT: 5, REMARK: "开展宣传"})
    assert read({**cells, SEAL_FIELD: found(bare, "s", formula=True)}) == ContentCode(code=bare, stored=bare)


def test_a_form_without_a_code() -> None:
    """Of a form that bears none, none is asked for."""
    bare = Shape(name="", sub_points=(), sheets=SHAPE.sheets[1:])
    assert content_code(bare, locate(())) == (None, ())
    assert content_code(replace(SHAPE, sheets=SHAPE.sheets[2:]), Located()) == (None, ())


def test_codes_as_they_are_read_off_paper() -> None:
    """Case, blanks, hyphens and width make no difference, nor do letters that look alike; six letters and figures are a code."""
    assert same_code("k7q-f4m", "K7QF4M")
    assert same_code("K70F4M", "K7QF4M")
    assert same_code("KLIF4M", "KL1F4M")
    assert not same_code("K7QF4M", "K7QF4N")
    assert read_code(" k7q f4m ") == "K7QF4M"
    assert read_code("Ｋ７ＱＦ４Ｍ") == "K7QF4M"
    assert [read_code(text) for text in ("", "K7QF4", "K7QF4MM", "内容校验码:A", "K7QF4*")] == [None] * 5
    assert [is_code(text) for text in ("K7QF4M", "未填", "K7QF4O", "")] == [True, False, False, False]
