"""内容校验码: over all inputs, the same in every reading, on every page, and of forms that are drawn up today alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from random import Random

import pytest

from fazhi_xl.form.compiled import Evaluator, Formulas
from fazhi_xl.form.expression import Value
from fazhi_xl.form.identity import ALPHABET, Draft
from fazhi_xl.form.meanings import to_formula
from fazhi_xl.form.model import Computed, Field, Label, Row, Shape, Sheet, SheetColumn, Slot
from fazhi_xl.form.sheets.common.inputs import text_input
from fazhi_xl.form.sheets.unit.content_code import FRONT, SEAL_FIELD, SUMS, UNFILLED, bare_formulas, summed
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.load import load
from tests.notice.campaigns import TEMPLATES
from tests.round_trip.random_answers import random_values
from tests.support.campaign import EDITION, KEY, shapes, the_notice

Values = Mapping[str, Value]


@cache
def shape() -> Shape:
    return next(iter(shapes().values()))


@cache
def filled() -> Values:
    return random_values(shape(), Random("校验码"), spoilt=0)


def code(values: Values, of: Shape | None = None) -> str:
    return str((of or shape()).evaluator(values).field(FRONT))


def bare(values: Values) -> str:
    """Give the code as a program computes it that has no code points of characters."""
    return str(Evaluator({**dict.fromkeys(shape().fields), **shape().given, **values}, bare_ones()).field(FRONT))


@cache
def bare_ones() -> Formulas:
    return Formulas(bare_formulas(shape().formulas))


def some(kind: Kind) -> Field:
    return next(each for each in shape().fields.values() if each.kind is kind)


def test_a_blank_form_has_none() -> None:
    """A blank form says so in the place of the code."""
    assert UNFILLED == "未填"
    assert {each.blank_results[FRONT] for each in list(shapes().values())[:4]} == {code({})} == {"未填"}


def test_six_letters() -> None:
    """The code of a form that is filled in is six letters and figures, none of which is taken for another."""
    assert set(code(filled())) <= set(ALPHABET)
    assert len(code(filled())) == 6
    assert not set("O0I1") & set(ALPHABET)


def test_a_form_with_one_answer() -> None:
    """A 0 in one cell is not a blank form, and in each cell another code."""
    keys = Random("一格").sample(sorted(shape().fields), 40)
    assert len({code({key: 0}) for key in keys} | {"未填"}) == 41


def changed(field: Field, value: Value) -> Iterator[Value]:
    """Give other values for an input: a blank, a number that differs in one digit, another option, a text with one more character."""
    yield None
    if isinstance(value, int):
        yield value + 1
        yield value + 10
    yield from (option for option in field.options if option != value)
    if isinstance(value, str):
        yield f"{value}。"


@pytest.mark.parametrize("read", [code, bare])
def test_any_change_changes_it(read: Callable[[Values], str]) -> None:
    """Whatever is changed in one input, the code is another, in a program without code points too."""
    before = read(filled())
    for key in Random("改").sample(sorted(filled()), 25):
        for other in changed(shape().fields[key], filled()[key]):
            assert read({**filled(), key: other}) != before, (key, other)


def test_values_that_changed_places() -> None:
    """Two inputs with each other's values give another code, in one row or in two."""
    keys, before, random = sorted(filled()), code(filled()), Random("换")
    for _ in range(40):
        one, other = random.sample(keys, 2)
        if filled()[one] != filled()[other]:
            assert code({**filled(), one: filled()[other], other: filled()[one]}) != before, (one, other)


def test_a_mark_for_an_option() -> None:
    """A cross typed where a tick stood is another answer, and another code."""
    key = some(Kind.CHOICE).key
    assert code({**filled(), key: "√"}) != code({**filled(), key: "×"})


def test_numbers_beyond_all_bounds() -> None:
    """A number of whatever size is no error, and does not hide the other rows."""
    one, other = (each.key for each in (some(Kind.WHOLE), some(Kind.DECIMAL)))
    huge = {**filled(), one: 10**30}
    assert code(huge) != code(filled())
    assert code({**huge, other: 0}) != code({**huge, other: 1})


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(folder.name, marks=() if folder.name.startswith("chengchuan") else pytest.mark.exhaustive)
        for folder in sorted(TEMPLATES.iterdir())
    ],
)
def test_rows_and_options_are_told_apart(name: str) -> None:
    """No two rows of a form weigh the same, so that rows cannot change places unseen; nor do two options of a choice give one number."""
    notice = load(TEMPLATES / name)
    made = unit_forms(notice, assign(notice), edition=EDITION, key=KEY)
    for each in {form.shape.name: form.shape for form in made}.values():
        sums = [key for key in each.formulas if key.endswith(f".{SUMS.code}")]
        weights = [each.formulas[key].args[0].args[0] for key in sums]  # type: ignore[union-attr] # a remainder of a product
        assert len(set(weights)) == len(weights) > 0
        assert {key.rpartition(".")[0] for key in sums} == {field.row for field in each.fields.values()}


def test_options_in_a_program_without_code_points() -> None:
    """Each option of each choice gives another code there, those of a list in cells too."""
    chosen = {each.options: each for each in shape().fields.values() if each.kind is Kind.CHOICE}
    for field in chosen.values():
        codes = {bare({field.key: option}) for option in field.options}
        assert len(codes) == len(field.options), field.key


def test_where_it_stands() -> None:
    """The code stands beside the line that is signed, and above the table of every sheet with inputs, right above its head."""
    assert shape().formulas[SEAL_FIELD] is not None
    main = next(sheet for sheet in shape().sheets if sheet.name == "任务分解表")
    assert [row.code for row in main.rows[-2:]] == ["校验码", ""]
    for sheet in shape().sheets[1:]:
        heads = [row for row in sheet.rows if row.head]
        asks = any(isinstance(content, Field) for row in sheet.rows for content in row.cells.values())
        assert len(heads) == 1 + asks
        if asks:
            assert heads[0].cells["编号"] == Slot("unit_line", "unit_beside")
            assert isinstance(heads[0].cells[sheet.printed[-1].code], Computed)


def test_its_place_on_the_first_page_is_the_same_in_all_forms() -> None:
    """Sheets that several forms have in common read it there, and are copied from one to another."""
    assert len({each.places[FRONT] for each in shapes().values()}) == 1


def test_forms_of_an_earlier_draft_have_none() -> None:
    """Forms as they were drawn up before have no code, no column of numbers, and the form number above the notes."""
    earlier = replace(EDITION, draft=Draft.THIRD)
    form = next(unit_forms(the_notice(), assign(the_notice()), edition=earlier, key=KEY))
    assert FRONT not in form.shape.formulas
    assert SEAL_FIELD not in form.shape.formulas
    assert not any(SUMS in sheet.columns for sheet in form.shape.sheets)
    listed = next(sheet for sheet in form.shape.sheets if sheet.name == "台账目录")
    assert [row.cells["编号"].style for row in listed.rows[:3]] == ["title", "unit", "note"]


def test_a_wide_row() -> None:
    """In a row with many inputs texts count by their last characters, so that no formula is too long for a cell."""
    names = [f"列{no}" for no in range(40)]
    cells = {name: text_input("行.1", name, name, "") for name in names}
    columns = tuple(SheetColumn(code=name, width=9) for name in ("编号", *names, "校验"))
    head = Row(cells={"编号": Label("编号")}, head=True)
    line, row = Row(cells={"编号": Slot("unit_line", "unit")}), Row(code="行.1", cells=cells)
    made = summed(Sheet(name="宽表", columns=columns, rows=(line, head, row)))
    wide = made.rows[-1].cells[SUMS.code]
    assert isinstance(wide, Computed)
    assert 5_000 < len(to_formula(wide.expr, lambda _: "AB12")) < 8_192
    values: dict[str, Value] = {f"行.1.{name}": "甲方第12号" for name in names}
    assert Evaluator(values).value(wide.expr) != Evaluator({**values, "行.1.列39": "甲方第13号"}).value(wide.expr)
