"""The trial in the catalogue's workbook: drawn anew each time, and what was typed stays."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.formula import ArrayFormula

from fazhi_xl.form.model import Label
from fazhi_xl.form.sheets.unit.tasks import auto_field, fact_field
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.setup.book.trial import IDS, NAME
from fazhi_xl.xlsx.fill import store_results
from fazhi_xl.xlsx.kept.trial_sheet import Placed, place_trial
from tests.notice.campaigns import TEMPLATES
from tests.round_trip.random_answers import random_values
from tests.support.catalogues import Files, Table, catalogue, full, item, minimal, negative_list, sub_point
from tests.support.packages import Package
from tests.support.thousandths import catalogue as with_three_places
from tests.support.trials import opened, place, saved, shape_of, type_into

VISITS: Table = {"key": "次数", "label": "走访次数", "kind": "whole", "measure": "次"}
SAID: Table = {"key": "做法", "label": "做法", "kind": "text", "required": False}
DAY: Table = {"key": "日期", "label": "启动日期", "kind": "date", "required": False}
MONEY: Table = {"key": "经费", "label": "经费", "kind": "decimal", "measure": "万元"}
NOON = datetime(2031, 5, 8, 12)  # noqa: DTZ001 - a spreadsheet has no time zones
INPUTS = [VISITS, SAID, DAY, MONEY]


def files(*subs: Table) -> Files:
    made = deepcopy(minimal())
    made["items/01.toml"] = item(1, *(subs or (sub_point(10, inputs=INPUTS, id="走访"),)))
    made["notice.toml"]["scoring"] = {"full": made["items/01.toml"]["points"]}
    return made


@pytest.fixture
def notice(tmp_path: Path) -> Notice:
    return catalogue(tmp_path, files())


def fact(book: Workbook, notice: Notice, key: str, code: str = "1.1") -> Any:  # noqa: ANN401 - what a cell holds
    return book[NAME][shape_of(notice).places[fact_field(code, key)].cell]


def again(book: Workbook) -> Workbook:
    return opened(saved(book))


def test_facts_stay(notice: Notice, tmp_path: Path) -> None:
    """What was typed stands where its input stands after a change of the catalogue, even under another code."""
    book = Workbook()
    place(book, notice)
    typed = {"次数": 3, "做法": "走村入户", "日期": date(2031, 5, 8), "经费": Fraction("8.25")}
    type_into(book, shape_of(notice), {fact_field("1.1", key): value for key, value in typed.items()})  # type: ignore[misc]
    moved = catalogue(
        tmp_path / "moved", files(sub_point(1), sub_point(10, inputs=[VISITS, MONEY, DAY, SAID], id="走访"))
    )
    book = again(book)
    assert place(book, moved).gone == ()
    kept = {key: fact(book, moved, key, "1.2").value for key in typed}
    assert kept == {"次数": 3, "做法": "走村入户", "日期": date(2031, 5, 8), "经费": 8.25}
    assert fact(book, moved, "次数").value is None  # another sub-point's, which has the code now
    assert fact(again(book), moved, "日期", "1.2").value == NOON.replace(hour=0)
    assert fact(book, moved, "日期", "1.2").number_format == "yyyy-m-d"


def test_facts_without_an_input_stay_below(notice: Notice, tmp_path: Path) -> None:
    """A fact whose input was taken out of the catalogue stands below the others, until it is cleared or the input comes back."""
    book = Workbook()
    place(book, notice)
    type_into(book, shape_of(notice), {fact_field("1.1", "次数"): 3, fact_field("1.1", "经费"): 5})
    fewer = catalogue(tmp_path / "fewer", files(sub_point(10, inputs=INPUTS[:3], id="走访")))
    book = again(book)
    assert gone(place(book, fewer)) == {("走访", "经费"): 5}
    last = [[cell.value for cell in row[1:3]] for row in book[NAME].iter_rows()][-2:]
    assert last == [["下面是试填过、目录里已经没有的指标;不要的,清掉黄格。", None], ["走访、经费", 5]]
    book = again(book)
    assert gone(place(book, fewer)) == {("走访", "经费"): 5}
    assert gone(place(book, notice)) == {}
    assert fact(book, notice, "经费").value == 5


def gone(placed: Placed) -> dict[tuple[str, ...], object]:
    return {who: typed.value for who, typed in placed.gone}


@pytest.mark.parametrize(
    ("typed", "kind"), [("=1+1", "s"), ("=1+1", "f"), ("#N/A", "e"), (True, "b"), ("0103", "s"), ("-", "s")]
)
def test_what_was_typed_stays_what_it_is(notice: Notice, typed: object, kind: str) -> None:
    """A text that looks like a formula stays a text, a formula a formula, an error an error."""
    book = Workbook()
    place(book, notice)
    cell = fact(book, notice, "次数")
    cell.value, cell.data_type = typed, kind
    book = again(book)
    place(book, notice)
    cell = fact(again(book), notice, "次数")
    assert (cell.value, cell.data_type) == (typed, kind)


def test_formulas_over_several_cells_and_times(notice: Notice) -> None:
    """Whatever else a cell can hold is kept as text, or as it is."""
    book = Workbook()
    place(book, notice)
    fact(book, notice, "次数").value = ArrayFormula("C7", "=SUM(A1:A2)")
    fact(book, notice, "日期").value = NOON
    fact(book, notice, "做法").value = CellRichText("走村", TextBlock(InlineFont(b=True), "入户"))
    book.create_sheet("说明")["A1"] = CellRichText("别的", TextBlock(InlineFont(b=True), "表"))
    book = load_workbook(BytesIO(saved(book)), rich_text=True)
    place(book, notice)
    assert fact(book, notice, "次数").value == "=SUM(A1:A2)"
    assert fact(book, notice, "做法").value == "走村入户"
    assert fact(book, notice, "日期").value == NOON


def test_place_among_the_sheets(notice: Notice) -> None:
    """It comes where it is put first, and stays where the office has moved or hidden it, also under a name of the office's."""
    book = Workbook()
    book.create_sheet("检查")
    place(book, notice, at=1)
    assert book.sheetnames == ["Sheet", NAME, "检查"]
    book.move_sheet(NAME, 1)
    book[NAME].title = "试一试"
    type_into_cell = fact_cell(book["试一试"], notice)
    type_into_cell.value = 7
    book["试一试"].sheet_state = "hidden"
    book = again(book)
    place(book, notice, at=0)
    assert book.sheetnames == ["Sheet", "检查", NAME]
    assert fact(book, notice, "次数").value == 7
    assert book[NAME].sheet_state == "hidden"


def fact_cell(sheet: Any, notice: Notice) -> Any:  # noqa: ANN401 - of the library
    return sheet[shape_of(notice).places[fact_field("1.1", "次数")].cell]


def test_a_sheet_of_the_offices_own(notice: Notice) -> None:
    """A sheet of the office's that has the name is not touched, but for its name."""
    book = Workbook()
    book.active.title = NAME  # type: ignore[union-attr] # of a new book
    book[NAME]["A1"] = "我的算法"
    place(book, notice)
    assert book.sheetnames == ["试算(2)", NAME]
    assert book["试算(2)"]["A1"].value == "我的算法"


def test_a_copy_of_the_sheet(notice: Notice) -> None:
    """Of two copies the one with the name is drawn anew; the other stays."""
    book = Workbook()
    place(book, notice)
    book.copy_worksheet(book[NAME])
    place(book, notice)
    assert book.sheetnames == ["Sheet", NAME, f"{NAME} Copy"]


def test_nothing_to_try(notice: Notice, tmp_path: Path) -> None:
    """Where a catalogue has no sub-point any more the sheet goes, and what was typed is given back."""
    book = Workbook()
    place(book, notice)
    fact(book, notice, "次数").value = 3
    left = gone(place(book, catalogue(tmp_path / "none", negative_list())))
    assert (book.sheetnames, left) == (["Sheet"], {("走访", "次数"): 3})


def test_rows_that_were_spoilt(notice: Notice) -> None:
    """Rows without their hidden names are passed over, and of two rows with the same the upper fact stays; the other stands below."""
    book = Workbook()
    place(book, notice)
    sheet = book[NAME]
    cells = [shape_of(notice).places[fact_field("1.1", key)] for key in ("次数", "经费")]
    identity = [no for no, cell in enumerate(sheet[1], 1) if cell.value in IDS]
    sheet[cells[0].cell] = 3
    sheet[cells[1].cell] = 4
    for no in identity:
        sheet.cell(cells[1].row, no).value = sheet.cell(cells[0].row, no).value
    assert gone(place(book, notice)) == {("走访", "次数"): 4}
    assert (fact(book, notice, "次数").value, fact(book, notice, "经费").value) == (3, None)
    fact(book, notice, "次数").value = 3
    for no in identity:
        book[NAME].cell(cells[0].row, no).value = None
    place(book, notice)
    assert fact(book, notice, "次数").value == 4  # of the row below, which says whose it is


HOSTILE = (
    '=HYPERLINK("x")',
    "说\"是\"'否'",
    "+1",
    "长" * 400,
    "甲\n乙\t丙",
    "<&>",
    "{=1}",
    "@SUM(1)",
    "a\x07b",
    "得分,扣分",
)


def test_hostile_labels(tmp_path: Path) -> None:
    """Texts of a catalogue stand as texts, whatever they look like, and hints are cut to what a program takes."""
    subs = [
        sub_point(1, inputs=[{**VISITS, "label": text.replace("\x07", ""), "hint": text.replace("\x07", "")}])
        | {"text": text.replace("\x07", "")}
        for text in HOSTILE
    ]
    book, notice = Workbook(), catalogue(tmp_path, files(*subs))
    place(book, notice)
    sheet = again(book)[NAME]
    assert {cell.data_type for row in sheet.iter_rows(max_col=2) for cell in row} <= {"s", "n"}
    assert [cell.value for cell in sheet["B"] if cell.value in HOSTILE][:4] == [*HOSTILE[:1] * 2, *HOSTILE[1:2] * 2]
    for rule in sheet.data_validations.dataValidation:
        assert len(rule.prompt) <= 255
        assert len(rule.promptTitle) <= 32


def test_characters_that_no_file_holds(notice: Notice) -> None:
    """What a file cannot hold is left out of a text; the rest stands."""
    book = Workbook()
    place(book, notice)
    shape = shape_of(notice)
    (sheet,) = shape.sheets
    spoilt = replace(
        shape,
        sheets=(
            replace(sheet, rows=(replace(sheet.rows[0], cells={"编号": Label("a\x07b", "title")}), *sheet.rows[1:])),
        ),
    )
    place_trial(book, spoilt, notice.theme, name=NAME, ids=IDS)
    assert book[NAME]["A2"].value == "ab"


def test_inputs_take_what_the_form_takes(tmp_path: Path) -> None:
    """Each input has its list or its bounds, its hint and its refusal."""
    choice: Table = {"key": "等级", "label": "等级", "kind": "choice", "options": ["优", "良", "差"]}
    asked = catalogue(tmp_path / "asked", files(sub_point(10, inputs=[*INPUTS, choice])))
    book = Workbook()
    place(book, asked)
    shape = shape_of(asked)
    rules = {
        str(rule.sqref): (rule.type, rule.operator, rule.formula1, rule.formula2)
        for rule in again(book)[NAME].data_validations.dataValidation
    }
    keys = ("次数", "做法", "日期", "经费", "等级")
    assert [rules[shape.places[fact_field("1.1", key)].cell] for key in keys] == [
        ("whole", "between", "0", "99999"),
        ("textLength", "lessThanOrEqual", "100", None),
        ("date", "between", "47849", "48213"),
        ("decimal", "between", "0", "99999"),
        ("list", None, '"优,良,差"', None),
    ]


def test_locked_but_for_the_inputs(notice: Notice) -> None:
    """Formulas and texts are locked, inputs are not; columns may be widened."""
    book = Workbook()
    place(book, notice)
    sheet = again(book)[NAME]
    inputs = {shape_of(notice).places[key].cell for key in shape_of(notice).fields}
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == inputs
    assert (sheet.protection.sheet, sheet.protection.formatColumns) == (True, False)
    assert sheet.row_dimensions[1].hidden
    assert [letter for letter, held in sheet.column_dimensions.items() if held.hidden] == ["I", "J"]


def test_results_are_stored() -> None:
    """What the formulas come to over the facts that stand there can be stored, for programs that compute nothing."""
    notice, book = load(TEMPLATES / "wanglan-bumen-2023"), Workbook()
    shape = shape_of(notice)
    place(book, notice)
    values = random_values(shape, Random(1))
    type_into(book, shape, values)
    placed = place(book, notice)
    cells = Package(store_results(saved(book), placed.results)).sheets[NAME].cells
    expected = shape.results(values)
    assert len(placed.results) == len(expected)
    for key, value in expected.items():
        result = cells[shape.places[key].cell].result
        assert result == value if isinstance(value, str) else abs(result - value) < 1e-9, key  # type: ignore[operator]


def test_no_results_over_a_formula(notice: Notice) -> None:
    """Where somebody typed a formula for a fact nothing is stored: programs compute it."""
    book = Workbook()
    place(book, notice)
    fact(book, notice, "次数").value = "=1+2"
    assert place(book, notice).results == ()


def test_three_places(tmp_path: Path) -> None:
    """Points show the third place where a catalogue keeps it."""
    notice, book = with_three_places(tmp_path / "weishu-2020", "down"), Workbook()
    place(book, notice)
    shape = shape_of(notice)
    first = next(key for key in shape.formulas if key.endswith(".测算"))
    assert book[NAME][shape.places[first].cell].number_format == "0.00?"
    assert auto_field(first.rpartition(".")[0]) == first


def test_every_part_of_a_catalogue(tmp_path: Path) -> None:
    """A catalogue with every part is drawn, and read back as it was written."""
    notice, book = catalogue(tmp_path, full()), Workbook()
    place(book, notice)
    shape = shape_of(notice)
    sheet = again(book)[NAME]
    assert [sheet[shape.places[key].cell].data_type for key in shape.formulas] == ["f"] * len(shape.formulas)
