"""One expression, two readings: the formula's text, and the exact value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.form import expression as x
from fazhi_xl.form.compiled import Evaluator, Formulas
from fazhi_xl.form.expression import Const, Expr, FormulaError, Ref, Span, Value
from fazhi_xl.form.expression_parts import fields_of, texts_of
from fazhi_xl.form.meanings import to_formula

A, B, C = Ref("甲"), Ref("乙"), Ref("丙")
SPAN = Span(("甲", "乙", "丙"))
CELLS = {"甲": "D7", "乙": "D8", "丙": "D9"}


def formula(expr: Expr) -> str:
    return to_formula(expr, CELLS.__getitem__)


def value(expr: Expr, **values: Value) -> Value:
    return Evaluator(values).value(expr)


FORMULAS: list[tuple[Expr, str]] = [
    (Const(3), "3"),
    (Const(-3), "-3"),
    (Const("是"), '"是"'),
    (Const('他说"好"'), '"他说""好"""'),
    (Const(value=True), "TRUE"),
    (Const(value=False), "FALSE"),
    (Const(date(2020, 9, 1)), "DATE(2020,9,1)"),
    (A, "D7"),
    (x.add(A, B, C), "((D7+D8)+D9)"),
    (x.subtract(A, B), "(D7-D8)"),
    (x.multiply(A, Const(100)), "(100*D7)"),
    (x.divide(A, B), "(D7/D8)"),
    (x.equal(A, B), "(D7=D8)"),
    (x.blank(A), '(D7="")'),
    (x.less(A, B), "(D7<D8)"),
    (x.at_most(A, B), "(D7<=D8)"),
    (x.both(x.blank(A), x.blank(B)), '(D7=""),(D8="")'),
    (x.either(x.blank(A), x.blank(B)), '(D7=""),(D8="")'),
    (x.negate(x.blank(A)), 'NOT((D7=""))'),
    (x.call("minimum", A, Const(4)), "MIN((D7+0),4)"),
    (x.call("maximum", x.ZERO, A), "MAX(0,(D7+0))"),
    (x.call("round", A), "ROUND(D7,0)"),
    (x.call("round_places", A, Const(2)), "ROUND(D7,2)"),
    (x.call("floor", A), "INT(D7)"),
    (x.is_number(A), "ISNUMBER(D7)"),
    (x.call("length", A), "LEN(D7)"),
    (x.call("day", A), "DAY(D7)"),
    (x.call("month", A), "MONTH(D7)"),
    (x.call("months_later", A, Const(2)), "EDATE(D7,2)"),
    (x.join(A, Const("篇"), B), '((D7&"篇")&D8)'),
    (x.call("fixed", A), 'TEXT(D7,"0.00")'),
    (x.call("sum", SPAN), "SUM(D7:D9)"),
    (x.call("round_up", A), "ROUNDUP(D7,0)"),
    (x.call("begins", A, Const("待填")), '(LEFT(D7,LEN("待填"))="待填")'),
    (x.call("contains", SPAN, A), "IFERROR(INDEX(D7:D9,MATCH(D7,D7:D9,0))=D7,FALSE)"),
    (x.call("count_where", SPAN, x.ONE), "COUNTIFS(D7:D9,1)"),
    (x.call("sum_where", SPAN, SPAN, Const("按时")), 'SUMIFS(D7:D9,D7:D9,"按时")'),
    (x.call("count_blank", SPAN), "COUNTBLANK(D7:D9)"),
    (x.call("place_of", x.ONE, SPAN), "MATCH(1,D7:D9,0)"),
    (x.call("at_place", SPAN, A), "INDEX(D7:D9,D7)"),
    (x.call("repeat", Const("■"), A), 'REPT("■",D7)'),
    (x.when(A, x.ONE, x.ZERO), "IF(D7,1,0)"),
    (x.first_of(((A, x.ONE), (B, Const(2))), Const(3)), "IF(D7,1,IF(D8,2,3))"),
]


@pytest.mark.parametrize(("expr", "text"), FORMULAS, ids=[text for _, text in FORMULAS])
def test_formulas(expr: Expr, text: str) -> None:
    """Each operation is written with the function that every spreadsheet shares."""
    wrapped = {"and": f"AND({text})", "or": f"OR({text})"}
    assert formula(expr) == (wrapped.get(expr.op, text) if isinstance(expr, x.Call) else text)


def test_a_span_on_another_sheet_names_the_sheet_once() -> None:
    """A stretch of another sheet is its first cell with the sheet's name, a colon, and the last cell."""
    far = {"甲": "'信息报送'!G6", "丙": "'信息报送'!G29"}
    assert to_formula(x.call("sum", SPAN), far.__getitem__) == "SUM('信息报送'!G6:G29)"


def test_braces_in_a_text_are_kept() -> None:
    """What looks like a gap in a template is only text."""
    assert formula(x.join(Const("{0}"), Const("{*}"))) == '("{0}"&"{*}")'
    assert formula(x.both(x.equal(A, Const("{*}")), B)) == 'AND((D7="{*}"),D8)'


VALUES: list[tuple[Expr, Value]] = [
    (x.add(Const(1), Const(2)), 3),
    (x.subtract(Const(1), Const(2)), -1),
    (x.multiply(Const(3), Const(4)), 12),
    (x.divide(Const(1), Const(3)), Fraction(1, 3)),
    (x.call("round", x.divide(Const(5), Const(2))), 3),
    (x.call("round", x.divide(Const(-5), Const(2))), -3),
    (x.call("round_places", x.divide(Const(2), Const(3)), Const(2)), Fraction(67, 100)),
    (x.call("round_places", x.divide(Const(1005), Const(1000)), Const(2)), Fraction(101, 100)),
    (x.call("floor", x.divide(Const(-1), Const(2))), -1),
    (x.call("minimum", Const(3), Const(1), Const(2)), 1),
    (x.call("maximum", Const(3), Const(1), Const(2)), 3),
    (x.call("length", Const("法治")), 2),
    (x.call("length", Const(1234)), 4),
    (x.call("day", Const(date(2020, 2, 29))), 29),
    (x.call("month", Const(date(2020, 2, 29))), 2),
    (x.call("months_later", Const(date(2020, 9, 1)), Const(2)), date(2020, 11, 1)),
    (x.call("months_later", Const(date(2020, 12, 31)), Const(2)), date(2021, 2, 28)),
    (x.call("months_later", Const(date(2019, 12, 31)), Const(2)), date(2020, 2, 29)),
    (x.join(Const("共"), Const(3), Const("篇")), "共3篇"),
    (x.join(Const(value=True), Const(date(1900, 3, 1))), "TRUE61"),
    (x.join(Const(""), x.divide(Const(1), Const(4))), "0.25"),
    (x.call("fixed", x.divide(Const(2), Const(3))), "0.67"),
    (x.call("fixed", x.divide(Const(-1), Const(200))), "-0.01"),
    (x.when(Const(value=True), Const(1), Const(2)), 1),
    (x.call("repeat", Const("■"), Const(3)), "■■■"),
    (x.both(), True),
    (x.either(), False),
    (x.add(), 0),
]


@pytest.mark.parametrize(("expr", "expected"), VALUES, ids=[str(no) for no in range(len(VALUES))])
def test_values(expr: Expr, expected: Value) -> None:
    """Each operation gives what the spreadsheet's function gives, exactly."""
    assert value(expr) == expected


COMPARED: list[tuple[Value, Value, bool, bool]] = [
    # left, right, equal, less
    (None, None, True, False),
    (None, "", True, False),
    ("", None, True, False),
    (None, 0, True, False),
    (0, None, True, False),
    ("", 0, False, False),
    (0, "", False, True),
    (None, "甲", False, True),
    ("甲", None, False, False),
    (None, 1, False, True),
    (None, -1, False, False),
    (1, 2, False, True),
    (2, 2, True, False),
    (Fraction(1, 2), 1, False, True),
    (99_999, "约5", False, True),
    ("约5", 99_999, False, False),
    ("A", "a", True, False),
    ("a", "B", False, True),
    ("是", "是 ", False, True),
    (date(2020, 1, 1), 43_831, True, False),
    (date(2020, 1, 1), date(2020, 1, 2), False, True),
    (None, date(2020, 1, 1), False, True),
]


@pytest.mark.parametrize(("left", "right", "equal", "less"), COMPARED)
def test_comparing(left: Value, right: Value, *, equal: bool, less: bool) -> None:
    """A blank equals 0 and an empty text alike, case does not count, and every text is above every number."""
    values = {"甲": left, "乙": right}
    assert value(x.equal(A, B), **values) is equal
    assert value(x.less(A, B), **values) is less
    assert value(x.at_most(B, A), **values) is not less


def test_a_blank_text_and_a_blank_cell_are_blank() -> None:
    """What is blank is a cell without content, or with an empty text; 0 is not."""
    assert [value(x.blank(A), 甲=each) for each in (None, "", 0, " ")] == [True, True, False, False]


@pytest.mark.parametrize(
    ("each", "number"),
    [(0, True), (Fraction(1, 2), True), (date(2020, 1, 1), True), ("5", False), (None, False), (True, False)],
)
def test_numbers(each: Value, *, number: bool) -> None:
    """A date is a number; text, blanks and TRUE are none."""
    assert value(x.is_number(A), 甲=each) is number


@pytest.mark.parametrize(
    "expr",
    [
        x.add(A, x.ONE),
        x.multiply(A, Const(2)),
        x.call("minimum", A, x.ONE),
        x.call("round", A),
        x.call("day", A),
        x.both(x.negate(B), x.equal(x.add(A, x.ONE), x.ONE)),
    ],
)
def test_computing_with_text_is_an_error(expr: Expr) -> None:
    """Where the workbook would show #VALUE!, the value is an error too, and no 0."""
    with pytest.raises(FormulaError):
        value(expr, 甲="约5", 乙=1)


def test_dividing_by_nothing_is_an_error() -> None:
    """A blank divisor is 0."""
    with pytest.raises(FormulaError, match="DIV/0"):
        value(x.divide(x.ONE, A))


@pytest.mark.parametrize("number", [0, -1, Fraction(-1, 2), 2_958_466])
def test_what_is_no_day_has_no_month(number: Value) -> None:
    """Days are numbered from 1 to 9999-12-31; anything else is an error, as in a spreadsheet."""
    with pytest.raises(FormulaError):
        value(x.call("month", A), 甲=number)


def test_a_case_that_is_not_taken_is_not_computed() -> None:
    """IF looks at one of its cases only, so an error in the other does not show."""
    broken = x.divide(x.ONE, x.ZERO)
    assert value(x.when(x.blank(A), x.ONE, broken)) == 1
    assert value(x.when(x.blank(A), broken, x.ONE), 甲="是") == 1


def test_a_span_is_an_argument_only() -> None:
    """A stretch of cells has no single value."""
    with pytest.raises(TypeError):
        value(SPAN)


SUMS: list[tuple[tuple[Value, Value, Value], int]] = [
    ((1, 2, 3), 6),
    ((None, "", 3), 3),
    (("约5", True, 2), 2),
    ((None, None, None), 0),
]


@pytest.mark.parametrize(("cells", "total"), SUMS)
def test_sums_leave_out_what_is_no_number(cells: tuple[Value, Value, Value], total: int) -> None:
    """SUM over cells takes numbers, and passes over text and blanks."""
    assert value(x.call("sum", SPAN), **dict(zip(CELLS, cells, strict=True))) == total


@pytest.mark.parametrize(
    ("cells", "wanted", "found"),
    [
        (("按时", "迟报", "按时"), "按时", True),
        (("甲", "乙", None), "*", False),
        (("*", "甲", None), "*", True),
        (("Abc", "ab", None), "ABC", True),
        (("3", None, None), 3, False),
    ],
)
def test_looking_for_a_text_takes_it_as_it_is(cells: tuple[Value, ...], wanted: Value, *, found: bool) -> None:
    """What a unit typed is found where it stands as it is, whatever its case: * is no pattern."""
    values = {**dict(zip(CELLS, cells, strict=True)), "丁": wanted}
    assert value(x.call("contains", SPAN, Ref("丁")), **values) is found


def test_a_number_is_found_at_its_place() -> None:
    """Places count from 1, and what stands nowhere is an error, as MATCH gives."""
    numbers: dict[str, Value] = {"甲": 0, "乙": 2, "丙": 2}
    place = x.call("place_of", Const(2), SPAN)
    assert value(place, **numbers) == 2
    assert value(x.call("at_place", SPAN, place), **numbers) == 2
    with pytest.raises(FormulaError):
        value(x.call("place_of", x.ONE, SPAN), **numbers)


@pytest.mark.parametrize(("number", "up"), [(Fraction(25, 3), 9), (8, 8), (0, 0), (Fraction(-25, 3), -9)])
def test_rounding_up(number: Value, up: int) -> None:
    """ROUNDUP goes away from zero."""
    assert value(x.call("round_up", A), 甲=number) == up


def test_a_link_shows_its_text() -> None:
    """A link to a place in a stretch has its text for a value."""
    link = x.call("go_to_place", Const("#'任务分解表'!G"), A, B, Const("前往"))
    assert value(link, 甲=0, 乙=3) == "前往"
    assert texts_of(link) == {"前往"}
    assert formula(link) == 'HYPERLINK("#\'任务分解表\'!G"&(ROW(D7)-1+D8),"前往")'


def test_texts_that_may_show() -> None:
    """The texts of every branch may show, those of a condition do not."""
    expr = x.when(x.equal(A, Const("是")), x.join(Const("共"), A), x.when(x.blank(A), Const("待填"), x.ONE))
    assert texts_of(expr) == {"共", "待填"}


def test_a_computed_field_is_looked_up() -> None:
    """A field with a formula is computed from the inputs, however deep, and a value for it is not taken."""
    formulas = {"乙": x.add(A, x.ONE), "丙": x.multiply(B, Const(2))}
    evaluator = Evaluator({"甲": 4, "乙": 99}, Formulas(formulas))
    assert [evaluator.field("丙"), evaluator.field("丙"), evaluator.field("乙"), evaluator.field("丁")] == [
        10,
        10,
        5,
        None,
    ]


def test_fields_of_an_expression() -> None:
    """Every field that an expression reads is named, through all its operations."""
    expr = x.when(x.blank(A), x.call("sum", Span(("乙", "丙"))), x.add(Const(1), Ref("丁")))
    assert fields_of(expr) == {"甲", "乙", "丙", "丁"}
    assert fields_of(Const(1)) == frozenset()


SIMPLER: list[tuple[Expr, Expr]] = [
    (x.add(A, x.ZERO, B), x.Call("add", (A, B))),
    (x.add(x.ZERO), x.ZERO),
    (x.subtract(A, x.ZERO), A),
    (x.multiply(A, x.ZERO), x.ZERO),
    (x.multiply(A, x.ONE), A),
    (x.multiply(Const(2), A, Const(3)), x.Call("multiply", (Const(6), A))),
    (x.multiply(Const(2), Const(3)), Const(6)),
    (x.multiply(), x.ONE),
    (x.divide(A, x.ONE), A),
    (x.both(A, x.TRUE), A),
    (x.both(A, x.FALSE), x.FALSE),
    (x.either(A, x.FALSE), A),
    (x.either(A, x.TRUE), x.TRUE),
    (x.negate(x.TRUE), x.FALSE),
    (x.when(x.TRUE, A, B), A),
    (x.when(x.FALSE, A, B), B),
    (x.first_of((), A), A),
]


@pytest.mark.parametrize(("built", "simpler"), SIMPLER, ids=[str(no) for no in range(len(SIMPLER))])
def test_what_is_constant_is_left_out(built: Expr, simpler: Expr) -> None:
    """Formulas stay short: neutral and deciding constants are worked out when the formula is made."""
    assert built == simpler


@dataclass(frozen=True)
class Pair:
    """An expression, and its value computed beside it; None is an error."""

    expr: Expr
    value: Fraction | None


REFS = {"甲": Fraction(1, 3), "乙": Fraction(-7, 2), "丙": Fraction(40)}
LEAVES = st.one_of(
    st.integers(-50, 50).map(lambda n: Pair(Const(n), Fraction(n))),
    st.sampled_from([Pair(Ref(name), number) for name, number in REFS.items()]),
)
Two = Callable[[Fraction, Fraction], Fraction]
BINARY: dict[str, tuple[Callable[..., Expr], Two]] = {
    "add": (x.add, lambda a, b: a + b),
    "subtract": (x.subtract, lambda a, b: a - b),
    "multiply": (x.multiply, lambda a, b: a * b),
    "minimum": (lambda a, b: x.call("minimum", a, b), min),
    "maximum": (lambda a, b: x.call("maximum", a, b), max),
}


def two(op: str, left: Pair, right: Pair) -> Pair:
    build, compute = BINARY[op]
    expr = build(left.expr, right.expr)
    known = left.value is not None and right.value is not None
    if x.ZERO in (left.expr, right.expr) and op == "multiply":
        return Pair(expr, Fraction(0))
    return Pair(expr, compute(left.value, right.value) if known else None)  # type: ignore[arg-type] # both are known


def divided(left: Pair, right: Pair) -> Pair:
    known = left.value is not None and right.value
    return Pair(x.divide(left.expr, right.expr), left.value / right.value if known else None)  # type: ignore[operator]


def rounded(op: str, inner: Pair) -> Pair:
    number = inner.value
    if number is None:
        return Pair(x.call(op, inner.expr), None)
    sign = -1 if number < 0 else 1
    result = floor(number) if op == "floor" else sign * floor(abs(number) + Fraction(1, 2))
    return Pair(x.call(op, inner.expr), Fraction(result))


def chosen(left: Pair, right: Pair, then: Pair, otherwise: Pair) -> Pair:
    expr = x.when(x.less(left.expr, right.expr), then.expr, otherwise.expr)
    if left.value is None or right.value is None:
        return Pair(expr, None)
    return Pair(expr, then.value if left.value < right.value else otherwise.value)


def larger(inner: st.SearchStrategy[Pair]) -> st.SearchStrategy[Pair]:
    return st.one_of(
        st.builds(two, st.sampled_from(sorted(BINARY)), inner, inner),
        st.builds(divided, inner, inner),
        st.builds(rounded, st.sampled_from(["floor", "round"]), inner),
        st.builds(chosen, inner, inner, inner, inner),
    )


@given(st.recursive(LEAVES, larger, max_leaves=12))
def test_evaluating_is_exact(pair: Pair) -> None:
    """Whatever the expression, its value is the one that fractions give, twice, and an error where one is due."""
    evaluator = Evaluator(dict(REFS))
    for _ in range(2):
        if pair.value is None:
            with pytest.raises(FormulaError):
                evaluator.value(pair.expr)
        else:
            assert evaluator.value(pair.expr) == pair.value


@given(st.dates(date(1900, 3, 1), date(9000, 1, 1)), st.integers(-24, 600))
def test_months_later_keeps_the_day_or_takes_the_last(day: date, months: int) -> None:
    """EDATE gives the same day so many months on, or the month's last day where there is none."""
    later = x.add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(st.dates(date(1900, 3, 1), date(9999, 12, 31)))
def test_a_day_and_its_number(day: date) -> None:
    """A date computes as its number, from 61 on 1900-03-01, and a number of a day gives its parts."""
    number = x.serial(day)
    assert x.number(day) == number == (day - date(1900, 3, 1)).days + 61
    assert value(x.call("day", A), 甲=Fraction(number) + Fraction(1, 2)) == day.day


def test_stretches_are_matched_row_by_row() -> None:
    """Rows are counted, or a stretch of theirs summed, where every other stretch holds its value; what is no number adds nothing."""
    named, kinds, amounts = (x.Span(tuple(f"{row}.{column}" for row in "甲乙丙")) for column in "AB数")
    where = (named, x.Const("a"), kinds, x.Const(1), kinds, x.Const(1))
    count, total = x.call("count_where", *where), x.call("sum_where", amounts, named, x.Const("a"))
    blanks = x.call("count_blank", amounts)
    values: dict[str, Value] = {"甲.A": "A", "甲.B": 1, "甲.数": 2, "乙.A": "a", "乙.数": "三", "丙.B": 1, "丙.数": ""}
    evaluator = Evaluator(values)
    assert [evaluator.value(each) for each in (count, total, blanks)] == [1, 2, 1]
    cells = {"甲": "1", "丙": "3"}
    formula = [to_formula(each, lambda key: f"{key[2:]}{cells[key[0]]}") for each in (count, total)]
    assert formula == ['COUNTIFS(A1:A3,"a",B1:B3,1,B1:B3,1)', 'SUMIFS(数1:数3,A1:A3,"a")']


@pytest.mark.parametrize(("op", "written"), [("minimum", "MIN((D7+0),3)"), ("maximum", "MAX((D7+0),3)")])
def test_a_blank_cell_is_0_among_others(op: str, written: str) -> None:
    """MIN and MAX pass over a blank cell, which counts as 0 everywhere else: no blank gives the points of what was asked for."""
    assert formula(x.call(op, A, Const(3))) == written
