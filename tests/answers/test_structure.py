"""What people did to a form beside filling it in: exactly what is told, and where."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from fazhi_xl.answers import locked_texts
from fazhi_xl.answers.structure import Layout
from fazhi_xl.form.model import Slot
from tests.support.campaign import forms
from tests.support.returns import Answer, Book, Grid, Typed, examine, layout_of, returned, right

FORM = forms()["信访局"]
SHAPE = FORM.shape
MAIN, LEDGER, CONTACTS = "任务分解表", "台账目录", "联络员名单"
COUNT = SHAPE.places["15.6.次数.填报"]
PHONE, OTHER = "联络.分管领导.手机号码", "联络.联络员.手机号码"
Told = tuple[str, str, str | None, str | None, str | None, str | None, str]


def book(changes: dict[str, Answer | None] | None = None, cells: dict[str, Grid] | None = None) -> Book:
    """Give a right return with some answers changed, and then some cells."""
    made = returned(SHAPE, right(SHAPE, changes), FORM.slots)
    return {name: {**grid, **(cells or {}).get(name, {})} for name, grid in made.items()}


def told(of: Book, layout: Layout | None = None, *, older: bool = False) -> list[Told]:
    """Examine twice, the same."""
    for _ in range(2):
        findings = examine(FORM, of, layout, older=older).findings
    return [
        (f.code, f.severity.value, f.place.sheet, f.place.cell, f.place.field, f.value, f.message) for f in findings
    ]


def codes(of: Book, layout: Layout | None = None, *, older: bool = False) -> list[str]:
    return [code for code, *_ in told(of, layout, older=older)]


@pytest.mark.parametrize("unit", ["信访局", "司法局"])
def test_a_right_return(unit: str) -> None:
    """A form as issued, filled in, has nothing to tell."""
    form = forms()[unit]
    made = returned(form.shape, right(form.shape), form.slots)
    assert examine(form, made).findings == ()


# Locked content ---------------------------------------------------------------------------------------------


def at(key: str, text: str, kind: str = "s") -> dict[str, Grid]:
    place = SHAPE.places[key]
    return {place.sheet: {(place.row, place.column): Typed(kind, text)}}


LOCKED: list[tuple[str, str, str, str]] = [
    ("15.6.分值", "2", "2", "锁定的内容被改动:编号15.6原为“1”,收回的是“2”。已按下发的内容计算,请核实。"),
    (
        "15.6.次数.单位",
        "",
        "(空白)",
        "锁定的内容被改动:编号15.6.次数原为“次”,收回的是“(空白)”。已按下发的内容计算,请核实。",
    ),
    (
        "联络.填报人.办公室电话",
        "某局",
        "某局",
        f"锁定的内容被改动:编号联络.填报人原为“{FORM.slots['unit_name']}”,收回的是“某局”。已按下发的内容计算,请核实。",
    ),
    (
        "20.7.不配合.填报",
        "NaN",
        "NaN",
        "锁定的内容被改动:编号20.7.不配合原为“0”,收回的是“NaN”。已按下发的内容计算,请核实。",
    ),
]


@pytest.mark.parametrize(("key", "now", "value", "message"), LOCKED)
def test_locked_content(key: str, now: str, value: str, message: str) -> None:
    """A change of what was locked is told with place, old and new; the answers stay what they were."""
    place = SHAPE.places[key]
    changed = book(cells=at(key, now))
    assert told(changed) == [("locked-changed", "confirm", place.sheet, place.cell, key, value, message)]
    assert examine(FORM, changed).values == examine(FORM, book()).values


def test_long_locked_texts_are_told_from_where_they_differ() -> None:
    """Of a long text the stretch around the first difference is shown."""
    issued = SHAPE.given["15.1.项目"]
    assert isinstance(issued, str)
    long = f"{issued}{'又' * 60}"
    ((_, _, _, _, _, value, _),) = told(book(cells=at("15.1.项目", long)))
    assert value == "落实普法规划,切实加强组织领导、工作指导和经费保障(1分)。又又又又又又又又又又…"
    changed = f"{issued[:-5]}贰分)。{'又' * 60}"
    ((_, _, _, _, _, value, _),) = told(book(cells=at("15.1.项目", changed)))
    assert str(value).startswith("…")
    assert "贰分" in str(value)


@pytest.mark.parametrize("now", ["1.00", " 1 ", "１"])
def test_what_clients_do_to_locked_content(now: str) -> None:
    """Width, spaces, line ends and the way a number is written are no change."""
    assert codes(book(cells=at("15.6.分值", now))) == []


def test_an_earlier_rounds_answers() -> None:
    """What was issued as an earlier round's answer is locked content like any other; there may be none."""
    form = replace(FORM, prior={"15.6.次数.上期": "3"})
    held = [locked_texts.issued_text(form, Slot(name)) for name in ("15.6.次数.上期", "15.6.上期", "unit_short")]
    assert held == ["3", "", "信访局"]


def test_an_older_edition_is_not_compared() -> None:
    """Texts of an older edition may differ; its values beside the inputs cannot be told from them."""
    changed = book(cells={MAIN: {(COUNT.row, 20): Typed("s", "旧"), (COUNT.row, 5): Typed("s", "回")}})
    assert (codes(changed, older=True), len(codes(changed))) == ([], 2)


def test_computed_cells() -> None:
    """Formulas that are gone are counted, once; where the format knows none, nothing is told."""
    places = [SHAPE.places["15.6.测算"], SHAPE.places["8.1.测算"]]
    changed = book(cells={MAIN: {(place.row, place.column): Typed("n", "1") for place in places}})
    assert told(changed) == [
        (
            "formula-overwritten",
            "note",
            MAIN,
            SHAPE.places["8.1.测算"].cell,
            None,
            None,
            "有2处自动计算的单元格没有公式了,已重新计算。请不要在灰色单元格里粘贴或填写。",
        )
    ]
    assert codes(changed, layout_of(FORM, changed, formulas_known=False)) == []


# Sheets -----------------------------------------------------------------------------------------------------


def test_sheets() -> None:
    """A renamed sheet and sheets that are not the form's are told once each."""
    changed = {("表一" if name == MAIN else name): grid for name, grid in book().items()}
    changed |= {f"草稿{no}": {(1, 1): Typed("s", "x")} for no in range(7)}
    assert told(changed) == [
        (
            "sheet-renamed",
            "note",
            "表一",
            None,
            None,
            "表一",
            "工作表“任务分解表”改名为“表一”,已按编号认出。请不要改工作表的名称。",
        ),
        (
            "sheets-extra",
            "note",
            None,
            None,
            None,
            "草稿0、草稿1、草稿2、草稿3、草稿4等",
            "另有7张不是下发的工作表(草稿0、草稿1、草稿2、草稿3、草稿4等),没有读取。",
        ),
    ]


def test_a_copy_that_counts() -> None:
    """A copy that counts in its original's place is neither renamed nor added."""
    blank = returned(SHAPE, {}, FORM.slots)[MAIN]
    full = book()
    assert codes({**full, MAIN: blank, "任务分解表 (2)": full[MAIN]}) == []


def test_names() -> None:
    """A workbook without any of the form's names was put together anew; formats without names say nothing."""
    whole = book()
    bare = replace(layout_of(FORM, whole), names=frozenset({"别的"}))
    assert codes(whole, bare) == ["names-missing"]
    assert codes(whole, replace(bare, formulas_known=False)) == []


def test_a_row_that_is_gone() -> None:
    """What is gone is told as gone, and its locked content is not compared."""
    changed = {at: cell for at, cell in book()[MAIN].items() if at[0] != COUNT.row}
    assert codes({**book(), MAIN: changed}) == ["row-missing"]


# Values in the wrong place ----------------------------------------------------------------------------------


def test_values_beside_the_inputs() -> None:
    """They are listed once for each sheet, a few by their texts."""
    beside = {(COUNT.row, 20 + no): Typed("s", f"备注{no}") for no in range(6)}
    changed = book(cells={MAIN: beside, LEDGER: {(200, 3): Typed("n", "3")}})
    cells = f"T{COUNT.row}“备注0”、U{COUNT.row}“备注1”、V{COUNT.row}“备注2”、W{COUNT.row}“备注3”、X{COUNT.row}“备注4”等"
    assert told(changed) == [
        (
            "stray-values",
            "note",
            MAIN,
            f"T{COUNT.row}",
            None,
            cells,
            f"工作表“任务分解表”里有6处内容不在填报格里,没有读取:{cells}。",
        ),
        (
            "stray-values",
            "note",
            LEDGER,
            "C200",
            None,
            "C200“3”",
            "工作表“台账目录”里有1处内容不在填报格里,没有读取:C200“3”。",
        ),
    ]


def test_values_beside_the_contacts_are_private() -> None:
    """On the sheet with telephone numbers only the cells are told."""
    changed = book(cells={CONTACTS: {(20, 3): Typed("s", "13800138000")}})
    ((code, _, sheet, cell, _, value, message),) = told(changed)
    assert (code, sheet, cell, value) == ("stray-values", CONTACTS, "C20", "C20")
    assert "138" not in message


def test_what_is_no_stray() -> None:
    """Spaces, a row told as repeated, and the form's own texts in a row without its code are not listed."""
    row = {(300, column): cell for (at_row, column), cell in book()[MAIN].items() if at_row == COUNT.row}
    changed = book(cells={MAIN: {**row, (400, 4): Typed("s", " "), (401, 2): Typed("s", "“法律八进”活动")}})
    assert codes(changed) == ["row-repeated"]


@pytest.mark.parametrize("where", [(0, 3), (0, 9), (1, 0)])
def test_a_value_beside_a_blank(where: tuple[int, int]) -> None:
    """A value in the row of a blank input, or right under it, explains the blank and is not listed again."""
    row, column = COUNT.row + where[0], COUNT.column + where[1]
    moved = {(at_row + (at_row > COUNT.row), at_column): cell for (at_row, at_column), cell in book()[MAIN].items()}
    del moved[COUNT.row, COUNT.column]
    grid = {key: cell for key, cell in moved.items() if key != (row, column)} | {(row, column): Typed("s", "5次")}
    ((code, severity, _, cell, field, value, _),) = told({**book(), MAIN: grid})
    assert (code, severity, cell, field, value) == ("value-beside", "error", COUNT.cell, "15.6.次数.填报", "5次")


def test_a_value_far_from_a_blank() -> None:
    """A value elsewhere explains nothing."""
    changed = book({"15.6.次数.填报": None}, {MAIN: {(200, 4): Typed("n", "5")}})
    assert codes(changed) == ["value-missing", "stray-values"]


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        (f"B{COUNT.row}:C{COUNT.row}", "input-merged"),
        (f"$C${COUNT.row - 1}:$C${COUNT.row}", "input-merged"),
        (f"C{COUNT.row}:D{COUNT.row}", "value-missing"),  # the input is the one that stays
        (f"F{COUNT.row}:G{COUNT.row}", "value-missing"),
        (f"B{COUNT.row + 1}:C{COUNT.row + 2}", "value-missing"),
        ("C:C", "value-missing"),
    ],
)
def test_merged_inputs(area: str, expected: str) -> None:
    """A blank input that was merged into another cell is told as that."""
    blank = book({"15.6.次数.填报": None})
    layout = replace(layout_of(FORM, blank), merges={**dict.fromkeys(blank, ()), MAIN: ("A2:I2", area)})
    assert [(code, cell) for code, _, _, cell, *_ in told(blank, layout)] == [(expected, COUNT.cell)]


# Filled in by the client ------------------------------------------------------------------------------------


def pages(*numbers: int) -> dict[str, Answer | None]:
    return {f"台账.{no:03d}.页数": number for no, number in enumerate(numbers, 1)}


RUNS: list[tuple[dict[str, Answer | None], list[str | None]]] = [
    (pages(5, 6, 7, 8), ["台账.001.页数"]),
    (pages(1, 5, 6, 7, 8, 1), ["台账.002.页数"]),
    (pages(5, 6, 7, 8, 1, 2, 3, 4), ["台账.001.页数", "台账.005.页数"]),
    (pages(5, 6, 7), []),
    (pages(8, 7, 6, 5), []),
    ({"台账.001.页数": 5, "台账.002.页数": "约6", "台账.003.页数": 7}, []),
    ({PHONE: "13800138000", OTHER: "138-0013-8000"}, [OTHER]),
    ({PHONE: "13800138000", OTHER: "13800138001"}, []),
    ({PHONE: "无", OTHER: "无"}, []),
]


@pytest.mark.parametrize(("changes", "fields"), RUNS)
def test_runs_and_repeats(changes: dict[str, Answer | None], fields: list[str | None]) -> None:
    """Four or more that go up by one are noted, and one telephone number of two people is asked about."""
    found = [
        (code, field) for code, _, _, _, field, *_ in told(book(changes)) if code in {"count-run", "phone-repeated"}
    ]
    assert [field for _, field in found] == fields


def test_how_they_are_told() -> None:
    """A run is told with its numbers, a repeated telephone number without."""
    (run, again) = told(book({**pages(5, 6, 7, 8), PHONE: "13800138000", OTHER: Decimal(13_800_138_000)}))
    assert run == (
        "count-run",
        "note",
        LEDGER,
        SHAPE.places["台账.001.页数"].cell,
        "台账.001.页数",
        "5、6、7、8",
        "台账.001 页数起连续4格依次加一(5、6、7、8),像是拖动填充出来的。请留意是否确实如此。",
    )
    assert again == (
        "phone-repeated",
        "confirm",
        CONTACTS,
        SHAPE.places[OTHER].cell,
        OTHER,
        None,
        "联络.联络员 手机号码与“联络.分管领导”的相同,像是自动补全带出来的。请核实。",
    )
