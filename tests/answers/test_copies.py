"""Of sheets that a return has twice the filled one counts; two different ones are asked about."""

from __future__ import annotations

from fazhi_xl.answers.copies import settled
from fazhi_xl.answers.read import read_answers
from tests.support.campaign import shape_of
from tests.support.returns import Book, Grid, Typed, located, returned, right

SHAPE = shape_of("信访局")
MAIN, COPY = "任务分解表", "任务分解表 (2)"
COUNT = "15.6.次数.填报"
Told = list[tuple[str, str, str | None, str | None, str | None, str | None, str]]


def main(**changes: str) -> Grid:
    """Give the main sheet filled in, with one count changed."""
    return returned(SHAPE, right(SHAPE, {COUNT: changes["count"]} if changes else {}))[MAIN]


def blank() -> Grid:
    return returned(SHAPE, {})[MAIN]


def book(first: Grid, second: Grid) -> Book:
    return {**returned(SHAPE, right(SHAPE)), MAIN: first, COPY: second}


def settle(returned_book: Book) -> tuple[object, set[str], Told]:
    """Settle twice, the same; give the count, the sheets passed over, and what is told."""
    for _ in range(2):
        whole, findings = settled(located(returned_book), SHAPE)
        told = [
            (str(f.code), f.severity.value, f.place.sheet, f.place.cell, f.place.field, f.value, f.message)
            for f in findings
        ]
    return read_answers(SHAPE, whole).values.get(COUNT), set(whole.passed), told


def passed(value: str, kept: str) -> Told:
    message = f"工作表“{value}”与“{kept}”的编号相同,没有填写或内容一样,没有读取;以“{kept}”为准。"
    return [("sheet-passed-over", "note", value, None, None, value, message)]


def test_a_blank_copy() -> None:
    """A copy that nobody filled in is passed over."""
    assert settle(book(main(), blank())) == (5, {COPY}, passed(COPY, MAIN))


def test_a_blank_original() -> None:
    """Where the copy was filled in and the original was not, the copy counts."""
    assert settle(book(blank(), main(count="6"))) == (6, {MAIN}, passed(MAIN, COPY))


def test_equal_copies() -> None:
    """A copy that says the same is passed over, and so is one where both are blank."""
    assert settle(book(main(), main())) == (5, {COPY}, passed(COPY, MAIN))
    assert settle(book(blank(), blank())) == (None, {COPY}, passed(COPY, MAIN))


def test_copies_that_differ() -> None:
    """Two different ones are asked about, with how many inputs differ and the first of them; the first sheet counts for now."""
    cell = SHAPE.places[COUNT].cell
    message = "工作表“任务分解表 (2)”是“任务分解表”的副本,两张填得不一样(有1处),暂以“任务分解表”为准。请核对后删去不用的一张,重新发送。"
    expected: Told = [("sheet-copied", "error", COPY, cell, COUNT, COPY, message)]
    assert settle(book(main(), main(count="6"))) == (5, {COPY}, expected)


def test_two_copies() -> None:
    """Each copy is told by itself."""
    three = {**book(main(), blank()), "再一份": main()}
    count, sheets, told = settle(three)
    assert (count, sheets) == (5, {COPY, "再一份"})
    assert told == passed(COPY, MAIN) + passed("再一份", MAIN)


def test_a_copy_without_a_column() -> None:
    """A copy that lost the column in which it differs is still asked about."""
    bare: Grid = {at: cell for at, cell in main().items() if at != (1, SHAPE.places[COUNT].column)}
    assert [(code, sheet, cell) for code, _, sheet, cell, *_ in settle(book(main(), bare))[2]] == [
        ("sheet-copied", COPY, None)
    ]


def test_a_cell_of_formula_without_result_is_filled() -> None:
    """A formula whose result was not stored is no blank."""
    odd = blank() | {(SHAPE.places[COUNT].row, SHAPE.places[COUNT].column): Typed("s", "", formula=True)}
    assert settle(book(blank(), odd))[1] == {MAIN}
