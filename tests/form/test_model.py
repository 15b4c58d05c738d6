"""A form as a value: places, codes, names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from fazhi_xl.form.expression import Const, Ref
from fazhi_xl.form.identity import find_form_number, round_id
from fazhi_xl.form.model import Address, Computed, Field, Given, Label, Row, Shape, Sheet, SheetColumn, column_letters
from fazhi_xl.notice.choices import Kind

INPUT = Field(row="6.1.应出庭", column="填报", label="应出庭案件", kind=Kind.WHOLE)
SHEET = Sheet(
    name="任务分解表",
    columns=(SheetColumn(code="编号", width=9), SheetColumn(code="填报", width=9), SheetColumn(code="校验", width=9)),
    rows=(
        Row(cells={"编号": Label("标题")}, merged=True),
        Row(
            code="6.1.应出庭",
            cells={"编号": Label("6.1.应出庭"), "填报": INPUT, "校验": Computed(Ref("6.1.应出庭.填报"))},
        ),
        Row(code="20.7.不配合", cells={"填报": Given(2), "校验": Computed(Const("通过"))}),
    ),
)
PLAIN = Sheet(name="填报说明", columns=SHEET.columns, rows=SHEET.rows[:1], coded=False)
SHAPE = Shape(name="S01", sub_points=("6.1",), sheets=(SHEET, PLAIN))


@given(st.integers(1, 16_384))
def test_column_letters(column: int) -> None:
    """Columns are lettered as spreadsheets letter them, up to the last one."""
    assert column_letters(column) == get_column_letter(column)


def test_a_place_is_seen_from_a_sheet() -> None:
    """A formula names the sheet of a cell that is on another one."""
    place = Address("信息报送", 6, 7)
    assert (place.cell, place.seen_from("信息报送"), place.seen_from("任务分解表")) == ("G6", "G6", "'信息报送'!G6")


def test_a_field_is_seen_from_a_sheet() -> None:
    """A formula refers to a field of its own sheet by the cell alone."""
    key = "6.1.应出庭.填报"
    sheet = SHAPE.places[key].sheet
    assert [SHAPE.seen_from(name)(key) for name in (sheet, "另一张")] == ["B3", f"'{sheet}'!B3"]
    assert SHAPE.seen_from(sheet) is SHAPE.seen_from(sheet)  # what it has seen is known


def test_places_count_the_hidden_code_row() -> None:
    """A sheet with codes has them in its first row, so its rows begin with the second; one without begins with the first."""
    assert SHAPE.places["6.1.应出庭.填报"] == Address("任务分解表", 3, 2)
    assert [place.row for place, _, _ in SHAPE.cells()] == [2, 3, 3, 3, 4, 4, 1]


def test_what_has_no_code_is_no_field() -> None:
    """Titles and bands have no row code, and cannot be asked for."""
    assert [key for _, key, _ in SHAPE.coded] == [
        "6.1.应出庭.编号",
        "6.1.应出庭.填报",
        "6.1.应出庭.校验",
        "20.7.不配合.填报",
        "20.7.不配合.校验",
    ]
    assert list(SHAPE.fields) == ["6.1.应出庭.填报"]
    assert list(SHAPE.formulas) == ["6.1.应出庭.校验", "20.7.不配合.校验"]


def test_formulas_read_locked_cells_and_inputs() -> None:
    """What the office keeps and locked texts are there for the formulas; an input's value comes from the return."""
    evaluator = SHAPE.evaluator({"6.1.应出庭.填报": 5})
    found = [evaluator.field(key) for key in ("6.1.应出庭.校验", "20.7.不配合.填报", "6.1.应出庭.编号")]
    assert found == [5, 2, "6.1.应出庭"]
    assert SHAPE.blank_results == {"6.1.应出庭.校验": None, "20.7.不配合.校验": "通过"}


@pytest.mark.parametrize(
    ("row", "column", "name"),
    [
        ("15.4", "自评", "f_15_4_自评"),
        ("6.1.应出庭", "填报", "f_6_1_应出庭_填报"),
        ("台账.007", "文件名", "f_台账_007_文件名"),
        ("a b-c", "填 报", "f_a_b_c_填_报"),
    ],
)
def test_defined_names(row: str, column: str, name: str) -> None:
    """A defined name is f_, row code and column code, with everything but letters and digits replaced."""
    assert Field(row=row, column=column, label="甲", kind=Kind.TEXT).name == name


def test_names_of_a_shape() -> None:
    """A shape gives the defined name of each of its inputs."""
    assert SHAPE.input_names == {"6.1.应出庭.填报": "f_6_1_应出庭_填报"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("表号:ZL2020-17-1-K7QF4M2T", "ZL2020-17-1-K7QF4M2T"),
        ("填报单位:司法局    表号:ZL2020-17-YL12-K7QF4M2T ", "ZL2020-17-YL12-K7QF4M2T"),
        ("ZL2020-17-1-K7QF4M2", None),
        ("ZL2020-17-1-K7QF4M20", None),
        ("ZL2020-17-1-K7QF4M2I", None),
        ("ZL2020-7-1-K7QF4M2T", None),
        ("zl2020-17-1-K7QF4M2T", None),
        ("ZL2020-17-1-K7QF4M2TX", None),
        ("2020-10-26", None),
        ("", None),
    ],
)
def test_a_form_number_is_found_in_a_text(text: str, number: str | None) -> None:
    """A form number is known by its pattern, wherever it stands in a cell's text."""
    assert find_form_number(text) == number


def test_titles_of_a_broad_sheet_end_on_the_first_page() -> None:
    """What is printed on two pages has its titles over the columns of the first; what stands aside is not printed."""
    columns = tuple(SheetColumn(code=code, width=80, aside=code == "丙") for code in "甲乙丁戊丙")
    plain = Sheet(name="表", columns=columns, rows=())
    assert [column.code for column in plain.stretched] == list("甲乙丁戊")
    assert [column.code for column in replace(plain, broad=True).stretched] == list("甲乙")


def test_rounds_are_told_apart() -> None:
    """The same key gives the same id of a round, another key another, and neither shows the key."""
    one, same, other = round_id(b"key one"), round_id(b"key one"), round_id(b"key two")
    assert (one == same, one == other, len(one)) == (True, False, 16)
