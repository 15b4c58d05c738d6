"""A blind book is told apart from those of other drawings, whose rows have the same codes and are other units'."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fazhi_xl.answers.located import Located, found_cell
from fazhi_xl.cells import CellKind
from fazhi_xl.office.review.second.book import book_of, rows_in
from fazhi_xl.office.review.second.drawn import Drawing, DrawnRow

KEY = bytes(32)


def drawing(*units: str, no: int = 1, marked: bool = True) -> Drawing:
    """Give a drawing in which the units have the code names 单位01, 单位02, … in the order of their names."""
    names = {unit: f"单位{at:02d}" for at, unit in enumerate(sorted(units), 1)}
    rows = tuple(
        DrawnRow(
            code=f"复审{no:02d}.{at:03d}", alias=names[unit], unit_id=unit, sub_point_id="6.1", decision=at,
            reviewer="张三", stratum="rest",
        )
        for at, unit in enumerate(units, 1)
    )  # fmt: skip
    return Drawing(no=no, share="0", seed=7, drawn="2020-12-02T09:00:00", rows=rows, marked=marked)


def book(of: Drawing, *, said: bool = True) -> Located:
    """Give what stands in a drawing's book; one of the first version does not say of which drawing its rows are."""
    texts = {f"{row.code}.代号": row.alias for row in of.rows}
    if said:
        texts |= {f"{row.code}.数据": of.mark(KEY) for row in of.rows}
    cells = {key: found_cell(("复审", "A1", CellKind.TEXT, text, False, "")) for key, text in texts.items()}
    return Located(cells=cells, rows={row.code: ("复审", at) for at, row in enumerate(of.rows)})


def test_its_own_book() -> None:
    """A book is that of the drawing that its rows name, whichever stands first."""
    one, other = drawing("甲", "乙"), drawing("甲", "丙", no=2)
    assert book_of((one, other), book(one), KEY) == one
    assert book_of((one, other), book(other), KEY) == other


@pytest.mark.parametrize("units", [("乙", "甲"), ("甲", "丙"), ("甲",), ("甲", "乙", "丙")])
def test_a_book_of_another_drawing(units: tuple[str, ...]) -> None:
    """The same codes, and even the same code names, do not make it this drawing's; nor does a book that says nothing."""
    one, other = drawing("甲", "乙"), drawing(*units)
    assert book_of((one,), book(other), KEY) is None
    assert book_of((one,), book(other, said=False), KEY) is None


def test_another_round() -> None:
    """Without the round's secret the mark of a drawing cannot be made."""
    one = drawing("甲", "乙")
    assert book_of((one,), book(one), b"\1" * 32) is None


def test_books_of_the_first_version() -> None:
    """They say nothing: the code names are compared; written again, they say what they are."""
    one = drawing("甲", "乙", marked=False)
    assert book_of((one,), book(one, said=False), KEY) == one
    assert book_of((one,), book(one), KEY) == one
    assert book_of((one,), book(drawing("乙", "甲"), said=False), KEY) is None
    assert book_of((one,), book(drawing("乙", "甲")), KEY) is None


def test_the_mark() -> None:
    """It follows from whose the rows are, and when they were drawn."""
    one = drawing("甲", "乙")
    assert len(one.mark(KEY)) == 8
    assert one.mark(KEY) != replace(one, drawn="2020-12-02T09:00:01").mark(KEY)
    assert one.mark(KEY) != drawing("甲", "丙").mark(KEY)


def test_no_blind_book() -> None:
    """Rows of other books are none of a blind one."""
    assert rows_in(
        Located(rows={"02/15.6": ("审核", 6), "复审记录.001": ("复审记录", 7), "复审01.001": ("复审", 6)})
    ) == ("复审01.001",)
