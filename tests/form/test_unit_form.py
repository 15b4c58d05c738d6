"""What holds of all 45 forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import pytest

from fazhi_xl.form.checks import prompt, type_error
from fazhi_xl.form.expression import Call, Expr, Span
from fazhi_xl.form.expression_parts import fields_of
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.meanings import to_formula
from fazhi_xl.form.model import CODE_COLUMN, Address, Field, Given, Label, Points, Row, Shape, Slot
from fazhi_xl.form.unit_form import REHEARSAL_MARK, renumbered, unit_forms
from fazhi_xl.notice.assignment import assign, provided
from fazhi_xl.notice.choices import Kind
from tests.support.campaign import KEY, forms, shapes, the_notice

PROVIDED = "减分情形提供表"  # only in the forms of units that hold such facts
SHEETS = ["填报说明", "任务分解表", "台账目录", "加分申报", "信息报送", "法治环境指数", "联络员名单"]
# What Excel 2010, WPS and LibreOffice share, less what is volatile.
FUNCTIONS = {
    "IF", "IFERROR", "AND", "OR", "NOT", "SUM", "MIN", "MAX", "ROUND", "ROUNDUP", "SUMIFS", "COUNTIFS", "COUNT",
    "COUNTA", "COUNTBLANK", "INDEX", "MATCH", "VLOOKUP", "LEN", "TRIM", "ISNUMBER", "TEXT", "MOD", "EDATE", "DAY", "MONTH",
    "INT", "DATE", "LEFT", "RIGHT", "MID", "REPT", "ROW", "COLUMN", "ADDRESS", "HYPERLINK",
}  # fmt: skip
NEWER = {"UNICODE"}  # of Excel 2013: only within IFERROR, so that the result is another, and no error
OVER_CELLS = ("SUM", "SUMIFS", "COUNTIFS", "COUNTBLANK", "INDEX", "MATCH")
each_shape = pytest.mark.parametrize("shape", shapes().values(), ids=shapes())


@cache
def formulas(shape: Shape) -> dict[str, str]:
    """Write every formula of a shape as its sheet has it."""
    return {key: to_formula(expr, seen_from(shape, shape.places[key].sheet)) for key, expr in shape.formulas.items()}


def seen_from(shape: Shape, sheet: str) -> Callable[[str], str]:
    return lambda field: shape.places[field].seen_from(sheet)


def choices(shape: Shape) -> Iterator[Field]:
    return (field for field in shape.fields.values() if field.kind is Kind.CHOICE)


def rows(shape: Shape) -> Iterator[Row]:
    return (row for sheet in shape.sheets for row in sheet.rows)


# Units and shapes -------------------------------------------------------------------------------------------


def test_every_unit_has_a_form() -> None:
    """The 45 units of Annex 1 each have a form, in the notice's order, with what they answer and nothing else."""
    assert list(forms()) == [unit.short for unit in the_notice().units]
    assert {unit: form.shape.sub_points for unit, form in forms().items()} == dict(assign(the_notice()))


def test_units_that_are_asked_the_same_share_a_shape() -> None:
    """Alike units share one shape; what differs are the slots. Who provides deductions names all others, so has its own."""
    asked = {(codes, unit if provided(the_notice(), unit) else "") for unit, codes in assign(the_notice()).items()}
    assert len(shapes()) == len(asked) == 21
    assert len({id(form.shape) for form in forms().values()}) == len(shapes())
    assert len({form.slots["unit_line"] for form in forms().values()}) == 45


def test_a_units_own_words() -> None:
    """A unit's name as Annex 1 prints it and its form number fill the slots."""
    form = forms()["宣传部"]
    assert form.slots == {
        "unit_line": f"填报单位:宣传部(含网信办)    表号:{form.number}",
        "unit_name": "宣传部(含网信办)",
        "unit_short": "宣传部",
        "form_number": form.number,
    }


def test_another_rounds_forms_differ_in_their_numbers_only() -> None:
    """Under another key every form is that of the round with this key, on the very same shape."""
    edition, notice = Edition(number=1), the_notice()
    others = tuple(renumbered(notice, forms().values(), edition=edition, key=b"another key"))
    assert others == tuple(
        replace(form, shape=forms()[form.unit].shape)
        for form in unit_forms(notice, assign(notice), edition=edition, key=b"another key")
    )
    assert {form.number for form in others}.isdisjoint(form.number for form in forms().values())


def test_every_slot_is_filled() -> None:
    """A form has words for each slot of its shape."""
    for form in forms().values():
        slots = {content.name for _, _, content in form.shape.cells() if isinstance(content, Slot)}
        assert slots <= form.slots.keys()


def test_a_rehearsals_forms_say_so() -> None:
    """Every title of a rehearsal's form bears the mark, and no other text does."""
    form = next(unit_forms(the_notice(), assign(the_notice()), edition=Edition(number=1, rehearsal=True), key=KEY))
    marked = [
        content.style
        for _, _, content in form.shape.cells()
        if isinstance(content, Label) and REHEARSAL_MARK in content.text
    ]
    assert marked == ["title"] * len(form.shape.sheets)
    assert "-YL1-" in form.number


# Codes and places -------------------------------------------------------------------------------------------


@each_shape
def test_sheets_stand_in_one_order(shape: Shape) -> None:
    """Instructions first, then the main sheet, the lists, the index and the contacts."""
    assert [sheet.name for sheet in shape.sheets if sheet.name != PROVIDED] == SHEETS
    assert shape.sheets[-3].name == PROVIDED or PROVIDED not in {sheet.name for sheet in shape.sheets}


@each_shape
def test_row_codes_are_unique(shape: Shape) -> None:
    """A row code stands in one row of the whole workbook, in its first column; the line with the form number has one that none sees."""
    codes = Counter(row.code for row in rows(shape) if row.code)
    assert [code for code, count in codes.items() if count > 1] == []
    for place, key, content in shape.coded:
        if key.endswith(f".{CODE_COLUMN}") and content != Slot("unit_line", "unit_beside"):
            assert isinstance(content, Label)
            assert (place.column, f"{content.text}.{CODE_COLUMN}") == (1, key)


@each_shape
def test_column_codes_are_unique(shape: Shape) -> None:
    """A column code stands once on a sheet, and a sheet with inputs begins with the code column."""
    for sheet in shape.sheets:
        codes = [column.code for column in sheet.columns]
        assert len(set(codes)) == len(codes)
        assert (codes[0] == CODE_COLUMN) is sheet.coded


@each_shape
def test_every_input_has_its_own_place_and_name(shape: Shape) -> None:
    """Each input has one cell, on a sheet with codes, and one defined name that Excel takes and no case confuses."""
    coded = {sheet.name for sheet in shape.sheets if sheet.coded}
    assert {shape.places[key].sheet for key in shape.fields} <= coded
    assert len({shape.places[key] for key in shape.fields}) == len(shape.fields)
    names = [field.name for field in shape.fields.values()]
    assert len({name.lower() for name in names}) == len(names)
    assert [name for name in names if not re.fullmatch(r"f_\w{1,200}", name)] == []


@each_shape
def test_a_fields_code_is_its_row_and_column(shape: Shape) -> None:
    """An input knows the row and the column it stands in."""
    assert [key for key, field in shape.fields.items() if field.key != key] == []


# What is asked ----------------------------------------------------------------------------------------------


@each_shape
def test_sub_points_stand_word_for_word(shape: Shape) -> None:
    """Each sub-point's row has the notice's text and points, and the total is their sum."""
    held = {key: content for _, key, content in shape.coded}
    for code in shape.sub_points:
        sub = the_notice().sub_points[code]
        assert held[f"{code}.项目"] == Label(sub.text, "sub_text")
        assert held[f"{code}.分值"] == Points(sub.points, "sub_points")
    total = sum(the_notice().sub_points[code].points for code in shape.sub_points)
    assert held["合计.分值"] == Points(total, "total_points")


@each_shape
def test_every_fact_and_one_self_score_is_asked(shape: Shape) -> None:
    """A sub-point asks for the facts that the unit gives, a self-score and a remark; the rest is given or computed."""
    asked = Counter(field.sub_point for field in shape.fields.values() if field.sub_point)
    for code in shape.sub_points:
        sub = the_notice().sub_points[code]
        assert asked[code] == sum(each.given_by == "unit" for each in sub.inputs) + 2
    assert set(asked) == set(shape.sub_points)


@each_shape
def test_no_rule_reads_what_may_stay_blank(shape: Shape) -> None:
    """A blank that a rule would read as 0 has to be filled in."""
    for code in shape.sub_points:
        read = fields_of(shape.formulas[f"{code}.测算"])
        assert [key for key in read if key in shape.fields and not shape.fields[key].required] == []


@each_shape
def test_no_deduction_is_asked_of_a_unit(shape: Shape) -> None:
    """减分情形由相关单位提供: no sheet has an input for a unit's own, and one sheet of some has those of others."""
    asking = {shape.places[key].sheet for key, field in shape.fields.items() if "减分" in field.label + field.prompt}
    assert asking <= {PROVIDED}
    assert {key for _, key, content in shape.coded if isinstance(content, Given)} <= {"20.7.不配合.填报"}


# What clients take ------------------------------------------------------------------------------------------


@each_shape
def test_formulas_use_functions_that_all_clients_share(shape: Shape) -> None:
    """No function newer than Excel 2010, none that LibreOffice or WPS lacks."""
    used = {
        name for text in formulas(shape).values() for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", _without_texts(text))
    }
    assert used <= FUNCTIONS | NEWER
    newer = [text for text in formulas(shape).values() if "UNICODE" in text]
    assert all(
        "IFERROR(_xlfn.UNICODE(" in text and text.count("_xlfn.UNICODE(") == text.count("UNICODE(") for text in newer
    )


@each_shape
def test_a_stretch_of_cells_stands_only_where_every_program_takes_one(shape: Shape) -> None:
    """No formula compares, cuts or multiplies a stretch as a whole: a stretch is summed, counted or searched."""
    alone = re.compile(rf"((?:{'|'.join(OVER_CELLS)})\(|,)('[^']*'!)?[A-Z]+\d+:[A-Z]+\d+(?=[,)])")
    for key, text in formulas(shape).items():
        assert ":" not in alone.sub("", _without_texts(text)), key


def _without_texts(formula: str) -> str:
    return re.sub(r'"(?:[^"]|"")*"', '""', formula)


@each_shape
def test_formulas_keep_the_limits_of_excel(shape: Shape) -> None:
    """A formula has at most 8000 characters, a text in it 255, a function 255 arguments and 60 levels."""
    for key, text in formulas(shape).items():
        assert len(text) <= 8000, key
        assert all(len(literal) <= 255 for literal in re.findall(r'"((?:[^"]|"")*)"', text)), key
        assert _most_arguments(shape.formulas[key]) <= 255, key
        assert _depth(shape.formulas[key]) <= 60, key


def _most_arguments(expr: Expr) -> int:
    return max((len(expr.args), *map(_most_arguments, expr.args))) if isinstance(expr, Call) else 0


def _depth(expr: Expr) -> int:
    return 1 + max(map(_depth, expr.args)) if isinstance(expr, Call) else 0


@each_shape
def test_formulas_read_cells_that_exist(shape: Shape) -> None:
    """A formula names cells of the form only."""
    for expr in expressions(shape):
        assert fields_of(expr) <= shape.places.keys()


@each_shape
def test_a_span_covers_its_cells_and_nothing_that_counts(shape: Shape) -> None:
    """A stretch runs down one column, and what it passes over between its cells is blank or a locked text."""
    held = {place for place, _, content in shape.cells() if not isinstance(content, Label)}
    for span in {span for expr in expressions(shape) for span in _spans(expr)}:
        places = [shape.places[field] for field in span.fields]
        first, last = places[0], places[-1]
        passed = [Address(first.sheet, row, first.column) for row in range(first.row, last.row + 1)]
        assert [place for place in passed if place in held or place in places] == places


def expressions(shape: Shape) -> Iterator[Expr]:
    yield from shape.formulas.values()
    yield from (check.when for field in shape.fields.values() for check in field.checks)


def _spans(expr: Expr) -> Iterator[Span]:
    if isinstance(expr, Span):
        yield expr
    if isinstance(expr, Call):
        for arg in expr.args:
            yield from _spans(arg)


@each_shape
def test_what_a_cell_says_fits(shape: Shape) -> None:
    """A prompt has at most 255 characters, its title 32, a refusal 255, and what the result column shows 200."""
    for field in shape.fields.values():
        assert field.prompt, field.key
        assert len(prompt(field)) <= 255, field.key
        assert len(field.label) <= 32, field.key
        assert len(type_error(field)) <= 255, field.key
        for check in field.checks:
            assert 0 < len(check.code.short.format(**check.words)) <= 200, (field.key, check.code)


@each_shape
def test_lists_can_be_written(shape: Shape) -> None:
    """Inline options have at most 255 characters in all, and none has a comma, which would part it."""
    for field in choices(shape):
        assert len(set(field.options)) == len(field.options)
        assert field.options_from or len(",".join(field.options)) <= 255, field.key
        assert not any("," in option or option != option.strip() for option in field.options), field.key
        assert not any(a != b and a.startswith(b) for a in field.options for b in field.options), field.key


@each_shape
def test_options_from_cells_are_those_of_the_cells(shape: Shape) -> None:
    """Where a list takes its options from locked cells, they hold what the form says, in that order."""
    for field in choices(shape):
        held = tuple(shape.given[key] for key in field.options_from)
        assert held in {(), field.options}


@each_shape
def test_labels_do_not_begin_with_an_option(shape: Shape) -> None:
    """A client that completes 是 to a text above that begins with it would refuse the right answer."""
    options = {option for field in choices(shape) if not field.options_from for option in field.options}
    labels = {field.label for field in shape.fields.values()} | {
        content.text
        for sheet in shape.sheets
        for row in sheet.rows
        if sheet.coded and (row.head or row.code)
        for content in row.cells.values()
        if isinstance(content, Label)
    }
    assert [label for label in labels for option in options if label.startswith(option)] == []


@each_shape
def test_rows_are_no_taller_than_excel_draws(shape: Shape) -> None:
    """A row is at most 409 points tall; what needs more would be cut off."""
    assert [row.code for row in rows(shape) if row.height and row.height > 409] == []


@each_shape
def test_no_input_is_stretched(shape: Shape) -> None:
    """Only titles, bands and results are stretched over columns; an input has a cell of its own."""
    for row in rows(shape):
        if row.merged:
            assert 1 <= len(row.cells) <= 2
            assert not any(isinstance(content, Field) for content in row.cells.values())
        assert not any(isinstance(row.cells[code], Field) for code in row.stretched)


# The form as issued -----------------------------------------------------------------------------------------


@each_shape
def test_a_blank_form_shows_what_is_to_be_filled_in(shape: Shape) -> None:
    """As issued, each result is blank or 待填, each computed score blank or the office's, and nothing is wrong."""
    shown = {str(shape.blank_results[key]) for key in shape.formulas if key.endswith(".校验")}
    assert {re.sub("填[0-9]+处", "填:", text)[:3] for text in shown - {"内容校验码:未填"}} <= {"", "待填:", "全部通"}
    scores = {str(shape.blank_results[f"{code}.测算"]) for code in shape.sub_points if code not in {"20.6", "20.7"}}
    assert scores <= {""}
    assert (shape.blank_results["20.6.测算"], shape.blank_results["20.7.测算"]) == (0, 5)


@each_shape
def test_results_are_the_same_twice(shape: Shape) -> None:
    """Computing a form again gives the same; nothing of the first time is left over."""
    evaluator, again = shape.evaluator({}), shape.evaluator({})
    first = {key: evaluator.field(key) for key in shape.formulas}
    assert first == {key: again.field(key) for key in shape.formulas} == dict(shape.blank_results)
