"""Inputs are found by their codes, wherever a unit moved them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

import pytest

from fazhi_xl.answers.located import Found, Located, fill_in
from fazhi_xl.cells import CellKind
from fazhi_xl.form.model import Address, Shape, column_letters
from tests.support.campaign import every_shape, shape_of, shapes
from tests.support.frame_locate import located_in
from tests.support.returns import (
    Answer,
    Book,
    Grid,
    Move,
    Typed,
    frame_of,
    located,
    moved,
    read_book,
    returned,
    right,
)

SHAPE = shape_of("信访局")
MAIN, LEDGER = "任务分解表", "台账目录"
ANSWERS = right(
    SHAPE, {"台账.001.名称": "信访工作总结", "台账.001.类型": "其他材料", "台账.001.日期": date(2020, 3, 5)}
)


def row_of(code: str, shape: Shape = SHAPE) -> int:
    return next(place.row for place, key, _ in shape.coded if key == f"{code}.编号")


def column_of(code: str, sheet: str = MAIN) -> int:
    columns = next(each for each in SHAPE.sheets if each.name == sheet).columns
    return [column.code for column in columns].index(code) + 1


def issued_names(
    book: Book, where: Callable[[int, int], tuple[int, int]] = lambda row, column: (row, column)
) -> dict[str, Found]:
    """Give what stands where the defined names point after a client moved the cells with them."""
    names = {}
    for key, field in SHAPE.fields.items():
        place = SHAPE.places[key]
        if place.sheet in book:
            row, column = where(place.row, place.column) if place.sheet == MAIN else (place.row, place.column)
            cell = book[place.sheet].get((row, column), Typed("s", ""))
            names[field.name] = Found(
                sheet=place.sheet,
                cell=f"{column_letters(column)}{row}",
                kind=CellKind(cell.kind),
                text=cell.text,
                formula=cell.formula,
            )
    return names


def insert_rows(at: int, count: int) -> Move:
    return lambda row, column: (row + count if row >= at else row, column)


def insert_columns(at: int, count: int) -> Move:
    return lambda row, column: (row, column + count if column >= at else column)


def swap_rows(first: int, second: int) -> Move:
    other = {first: second, second: first}
    return lambda row, column: (other.get(row, row), column)


def swap_columns(first: int, second: int) -> Move:
    other = {first: second, second: first}
    return lambda row, column: (row, other.get(column, column))


def without_row(gone: int) -> Move:
    return lambda row, column: None if row == gone else (row - (row > gone), column)


def without_column(gone: int) -> Move:
    return lambda row, column: None if column == gone else (row, column - (column > gone))


def without_cell(gone: tuple[int, int]) -> Move:
    return lambda row, column: None if (row, column) == gone else (row, column)


def changed(sheet: str, *moves: Move) -> Book:
    book = returned(SHAPE, ANSWERS)
    for move in moves:
        book[sheet] = moved(book[sheet], move)
    return book


HARMLESS: dict[str, Callable[[], Book]] = {
    "nothing": lambda: changed(MAIN),
    "rows inserted": lambda: changed(MAIN, insert_rows(row_of("8.1"), 3), insert_rows(2, 1)),
    "rows inserted above the codes": lambda: changed(MAIN, insert_rows(1, 4)),
    "columns inserted": lambda: changed(MAIN, insert_columns(3, 2), insert_columns(1, 1)),
    "rows swapped": lambda: changed(MAIN, swap_rows(row_of("8.1.信访"), row_of("15.6.次数"))),
    "columns moved": lambda: changed(MAIN, swap_columns(column_of("自评"), column_of("说明"))),
    "code column moved": lambda: changed(MAIN, swap_columns(1, column_of("校验"))),
    "code row moved": lambda: changed(MAIN, insert_rows(1, 2), insert_columns(1, 3)),
    "sheet renamed": lambda: {f"我的{name}": grid for name, grid in changed(MAIN).items()},
    "sheets reordered": lambda: dict(reversed(changed(MAIN).items())),
    "sheets without codes deleted": lambda: {
        name: grid for name, grid in changed(MAIN).items() if name not in {"填报说明", "法治环境指数"}
    },
    "other sheets added": lambda: {"草稿": {(1, 1): Typed("s", "6.1"), (2, 2): Typed("n", "9")}, **changed(MAIN)},
    "stray cells": lambda: _with(changed(MAIN), MAIN, {(3, 30): Typed("s", "见附件"), (400, 1): Typed("s", "备注")}),
    "codes with spaces": lambda: _with(changed(MAIN), MAIN, {(row_of("8.1"), 1): Typed("s", " 8.1 ")}),
}


def _with(book: Book, sheet: str, cells: Grid) -> Book:
    book[sheet] |= cells
    return book


@pytest.mark.parametrize("change", HARMLESS)
def test_inputs_are_found_wherever_they_went(change: str) -> None:
    """Rows, columns and sheets may be inserted, moved, renamed and reordered: the codes say what a cell is."""
    for _ in range(2):
        answers = read_book(SHAPE, HARMLESS[change]())
        assert answers.values == dict(ANSWERS)
        assert answers.findings == ()


def test_a_cell_is_told_where_it_stands_now() -> None:
    """A finding names the sheet and the cell that the unit sees."""
    grids = changed(MAIN, insert_rows(row_of("8.1"), 3), insert_columns(1, 1))
    row, column = row_of("8.1.信访") + 3, column_of("填报") + 1
    grids[MAIN][row, column] = Typed("s", "约5")
    book = {("我的任务" if name == MAIN else name): grid for name, grid in grids.items()}
    (finding,) = read_book(SHAPE, book).findings
    assert (finding.place.sheet, finding.place.cell) == ("我的任务", f"{column_letters(column)}{row}")
    assert finding.place.field == "8.1.信访.填报"


@pytest.mark.parametrize(
    "book", [{}, {"Sheet1": {(1, 1): Typed("s", "你好")}}, {"Sheet1": {(1, 1): Typed("s", "编号")}}]
)
def test_no_code_at_all(book: Book) -> None:
    """Without a cell, or without a code, nothing is found, and nothing fails."""
    assert located(book) == Located()


_DRAWN = [
    *[
        "编号",
        " 编号 ",
        "编号表",
        "",
        "6.1",
        "6.1 ",
        "6.1.次数",
        "6.2",
        "15",
        "15.4",
        "自评",
        "填报",
        "自评 ",
        "说明",
        "1",
        "0",
        "标题",
    ],
    *[f"8.{no}" for no in range(4)],
]


def drawn(random: Random) -> Book:
    """Draw sheets in which the same codes stand here and there, and copies of some of them."""
    sheets = {f"表{no}": drawn_sheet(random) for no in range(random.randint(1, 3))}
    copied = {
        f"{name} (2)": {**grid, **drawn_sheet(random, 2)} for name, grid in sheets.items() if random.random() < 0.5
    }
    return {**sheets, **copied}


def drawn_sheet(random: Random, most: int = 40) -> Grid:
    """Draw the cells of a sheet, the codes above and before them in most cases."""
    cells = {
        (random.randint(1, 8), random.randint(1, 5)): Typed(
            random.choice("sn"), random.choice(_DRAWN), random.random() < 0.2
        )
        for _ in range(random.randint(0, most))
    }
    return (
        {**cells, (random.randint(1, 2), random.randint(1, 2)): Typed("s", "编号")} if random.random() < 0.8 else cells
    )


def test_whatever_stands_where(rounds: int) -> None:
    """Codes that come twice, copies, and marks anywhere: the cells are those that joining the sheets' tables gives."""
    books = {str(seed): drawn(Random(seed)) for seed in range(40 * rounds)}
    joined = located_in(frame_of(books))
    assert {name: found for name, book in books.items() if (found := located(book)) != Located()} == joined
    every = joined.values()
    assert all(
        [any(each.cells for each in every), any(each.copies for each in every), any(each.repeated for each in every)]
    )


def test_kinds_and_formulas_are_kept() -> None:
    """A cell comes back as it was stored: kind, text, and whether it is a formula."""
    book = _with(
        changed(MAIN), MAIN, {(row_of("8.1"), column_of("自评")): Typed("n", "0.30000000000000004", formula=True)}
    )
    assert located(book).cells["8.1.自评"] == Found(
        sheet=MAIN, cell=SHAPE.places["8.1.自评"].cell, kind=CellKind.NUMBER, text="0.30000000000000004", formula=True
    )


# What is there twice ----------------------------------------------------------------------------------------


def copied_row(code: str, *, to: int, **values: Answer) -> Book:
    """Copy a row below the table, as people do, with other values in it; a value of "" leaves the copy's cell blank."""
    book = changed(MAIN)
    row = row_of(code)
    for (at, column), cell in list(book[MAIN].items()):
        if at == row:
            book[MAIN][to, column] = cell
    for name, value in values.items():
        book[MAIN][to, column_of(name)] = Typed("s", str(value))
    return book


def test_the_first_of_two_rows_counts() -> None:
    """A row that was copied counts where it stands first, and the unit is told once."""
    answers = read_book(SHAPE, copied_row("8.1", to=300, 自评="0"))
    assert answers.values == dict(ANSWERS)
    assert [(f.code, f.severity, f.place.field, f.value, f.message) for f in answers.findings] == [
        ("row-repeated", "error", "8.1", "8.1", "编号8.1出现了不止一次,以第一处为准。请删去复制出来的行。")
    ]


def test_two_rows_are_never_mixed() -> None:
    """A blank in the row that counts stays blank, whatever the copy has there."""
    answers = read_book(SHAPE, copied_row("8.1", to=300, 说明="抄自别处"))
    assert "8.1.说明" not in answers.values


def test_the_first_of_two_sheets_counts() -> None:
    """A sheet that was copied counts where it stands first; its rows are not told one by one."""
    book = changed(MAIN)
    book["台账目录 (2)"] = {
        **book[LEDGER],
        (row_of("台账.001"), 4): Typed("s", "另一份"),
        (row_of("台账.010"), 4): Typed("s", "多的"),
    }
    answers = read_book(SHAPE, book)
    assert (answers.values["台账.001.名称"], answers.values.get("台账.010.名称")) == ("信访工作总结", None)
    assert answers.findings == ()
    (name,) = located(book).copies
    assert name == "台账目录 (2)"


def test_tables_without_rows_are_no_copies() -> None:
    """Sheets that have only the heads of their tables are not taken for duplicates of each other."""
    head = {(1, 1): Typed("s", "编号"), (3, 1): Typed("s", "编号"), (3, 2): Typed("s", "单位")}
    assert located({"审核": head, "加分认定": head}).copies == {}
    assert list(
        located({"审核": head | {(4, 1): Typed("s", "1")}, "审核 (2)": head | {(4, 1): Typed("s", "1")}}).copies
    ) == ["审核 (2)"]


def test_the_first_of_two_columns_counts() -> None:
    """A column that was copied counts where it stands first."""
    book = changed(MAIN)
    for (row, column), cell in list(book[MAIN].items()):
        if column == column_of("自评"):
            book[MAIN][row, 20] = Typed("s", "0") if row > 1 else cell
    assert read_book(SHAPE, book).values == dict(ANSWERS)


def test_titles_that_repeat_are_no_rows() -> None:
    """What else stands in the code column, on every sheet alike, is not told."""
    assert (
        read_book(
            SHAPE, _with(changed(MAIN), MAIN, {(400, 1): Typed("s", "备注"), (401, 1): Typed("s", "备注")})
        ).findings
        == ()
    )


# What is gone -----------------------------------------------------------------------------------------------

Told = tuple[str, str | None, str | None, str | None, str]


def told(book: Book, names: dict[str, Found] | None = None) -> list[Told]:
    findings = read_book(SHAPE, book, names).findings
    assert {f.severity for f in findings} <= {"error"}
    return [(f.code, f.place.sheet, f.place.field, f.value, f.message) for f in findings]


def test_a_deleted_row() -> None:
    """A row that is gone is told as gone; its inputs are not told as blank, nor are its neighbours'."""
    book = changed(MAIN, without_row(row_of("8.1")))
    del book[MAIN][row_of("8.1.信访") - 1, column_of("填报")]
    assert told(book) == [
        ("row-missing", None, "8.1", "8.1", "编号8.1所在的行不见了。请在完整的原表里补填这一行。"),
        (
            "value-missing",
            MAIN,
            "8.1.信访.填报",
            None,
            "8.1.信访 信访总量没有填写。请补填;没有发生的填0。",
        ),
    ]


def test_a_deleted_column() -> None:
    """A column that is gone is told once, and not as a blank in each row."""
    message = "工作表“任务分解表”的“自评”列不见了。请在完整的原表里补填这一列。"
    assert told(changed(MAIN, without_column(column_of("自评")))) == [("column-missing", MAIN, None, "自评", message)]


@pytest.mark.parametrize("renamed", [False, True])
def test_a_deleted_sheet(*, renamed: bool) -> None:
    """A sheet that is gone is told once, by its issued name."""
    book = {
        ("其他" if renamed and name == MAIN else name): grid for name, grid in changed(MAIN).items() if name != LEDGER
    }
    message = "认不出工作表“台账目录”:它被删除,或编号所在的行、列被改动。请在完整的原表里补填这张工作表。"
    assert told(book) == [("sheet-missing", LEDGER, None, LEDGER, message)]


def test_everything_gone() -> None:
    """A workbook without any sheet of the form is blank, and says which are missing."""
    findings = read_book(SHAPE, {"Sheet1": {(1, 1): Typed("s", "编号"), (2, 1): Typed("s", "甲")}}).findings
    sheets = list(dict.fromkeys(SHAPE.places[key].sheet for key in SHAPE.fields))
    assert [(f.code, f.value) for f in findings] == [
        *(("sheet-missing", name) for name in sheets),
        ("form-unfilled", None),
    ]


# Defined names fill in --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lost",
    [
        without_cell((row_of("8.1"), 1)),
        without_cell((1, column_of("自评"))),
        without_cell((1, 1)),
        lambda row, column: None if row == 1 else (row, column),
        lambda row, column: None if column == 1 else (row, column),
    ],
    ids=["a row's code", "a column's code", "the corner", "the code row", "the code column"],
)
def test_names_find_what_lost_its_code(lost: Move) -> None:
    """Where codes are gone, the defined names still find every input, blank ones too."""
    book = changed(MAIN, lost)
    answers = read_book(SHAPE, book, issued_names(book))
    assert answers.values == dict(ANSWERS)
    assert answers.findings == ()


def test_a_blank_input_without_its_nameis_blank() -> None:
    """An input whose name points at a blank cell was not filled in; its row is not gone."""
    row = row_of("8.1")
    book = changed(MAIN, without_cell((row, 1)), without_cell((row, column_of("自评"))))
    (finding,) = read_book(SHAPE, book, issued_names(book)).findings
    assert (finding.code, finding.place.field, finding.place.cell) == (
        "value-missing",
        "8.1.自评",
        SHAPE.places["8.1.自评"].cell,
    )


def test_codes_are_believed_before_names() -> None:
    """Where the codes are there, a name that points elsewhere changes nothing."""
    book = changed(MAIN)
    astray = {
        name: Found(sheet=MAIN, cell="A1", kind=CellKind.TEXT, text="错", formula=False) for name in issued_names(book)
    }
    assert read_book(SHAPE, book, astray).values == dict(ANSWERS)


def test_a_name_that_points_at_another_input_is_not_believed() -> None:
    """A program that deletes a row without moving the names leaves them pointing at the next one."""
    book = changed(MAIN, without_row(row_of("8.1.信访")))
    found = fill_in(located(book), SHAPE, issued_names(book))
    assert found.lost == {"8.1.信访.填报"}
    assert [code for code, *_ in told(book, issued_names(book))] == ["row-missing"]


def test_a_located_return_knows_what_it_has() -> None:
    """An input whose row or column code is missing, or stands on another sheet, has no place."""
    field = SHAPE.fields["8.1.自评"]
    at, columns = {"8.1": (MAIN, 9)}, {(MAIN, "自评"): 7}
    assert Located(rows=at, columns=columns).spot(field.key) == Address(MAIN, 9, 7)
    whole, elsewhere = Located(rows=at, columns=columns), Located(rows={"8.1": ("草稿", 9)}, columns=columns)
    assert [each.has(field) for each in (whole, elsewhere, Located(rows=at), Located())] == [True, False, False, False]


@pytest.mark.parametrize("name", every_shape())
def test_every_shape_comes_back(name: str) -> None:
    """Whatever the shape, each of its inputs is found where it was issued, and nothing is wrong with a right return."""
    shape = shapes()[name]
    everything = {key: Typed("s", f"«{key}»") for key in shape.fields}
    book = returned(shape, everything)
    found = located(book)
    assert {key: cell.text for key, cell in found.cells.items() if key in shape.fields} == {
        key: f"«{key}»" for key in shape.fields
    }
    assert all(map(found.has, shape.fields.values()))
    assert read_book(shape, returned(shape, right(shape))).findings == ()


def test_other_codes() -> None:
    """A form that was numbered otherwise is read under today's codes, copies of its sheets included; texts may change with them."""
    book = returned(SHAPE, ANSWERS)
    found = located({**book, f"{MAIN} (2)": book[MAIN]})
    made = found.renamed(lambda row: row.replace("8.1", "7.1"), lambda text: text.replace("信访工作", "来信来访工作"))
    assert made.cells["7.1.信访.填报"] == found.cells["8.1.信访.填报"]
    assert made.rows["7.1.信访"] == found.rows["8.1.信访"]
    assert made.cells["台账.001.名称"].text == "来信来访工作总结"
    assert "8.1.信访" not in {*made.rows, *(row for copy in made.copies.values() for row in copy.rows)}
    assert made.copies.keys() == found.copies.keys() == {f"{MAIN} (2)"}
