"""How the sheets of a unit's form are laid out: what fits on a screen, what reaches over what, and how high rows are."""

from __future__ import annotations

import pytest

from fazhi_xl.form.model import Field, Label, Row, Sheet, SheetColumn, Stretch, characters
from fazhi_xl.notice.choices import Kind
from fazhi_xl.xlsx.writer.heights import row_height, strut
from tests.support.campaign import every_shape, shapes

SCREEN = 1300  # pixels of a screen of 1366 beside the row numbers and the scroll bar
each_shape = pytest.mark.parametrize("name", every_shape())


@each_shape
def test_a_screen_shows_every_sheet_whole(name: str) -> None:
    """At full size the printed columns of every sheet fit on the offices' old screens."""
    for sheet in shapes()[name].sheets:
        assert sum(column.width * 7 + 5 for column in sheet.printed) <= SCREEN, sheet.name


@each_shape
def test_stretched_cells_cover_nothing(name: str) -> None:
    """A cell that reaches over others covers no cell that holds something, in its row and in those below."""
    for sheet in shapes()[name].sheets:
        for at, row in enumerate(sheet.rows):
            for code, stretch in sheet.reach(row).items():
                across = {column.code for column in sheet.across(code, stretch)}
                below = sheet.rows[at + 1 : at + stretch.rows]
                assert across & row.cells.keys() == {code}, (sheet.name, row.code, code)
                assert not any(across & each.cells.keys() for each in below), (sheet.name, row.code, code)


TEXT = "甲" * 40
SHEET = Sheet(
    name="表",
    columns=tuple(SheetColumn(code=code, width=characters(145)) for code in ("编号", "甲", "乙", "丙")),
    rows=(),
)


def row(kind: Kind) -> Row:
    """Give a row with a text over two columns, beside an input."""
    typed = Field(row="1", column="丙", label="丙", kind=kind)
    return Row(code="1", cells={"甲": Label(TEXT), "丙": typed}, stretched={"甲": Stretch("乙")})


def test_a_merged_text_has_the_room_of_its_columns() -> None:
    """40 wide characters over two columns of 145 pixels take three lines, and over one of them five."""
    assert row_height(SHEET, row(Kind.WHOLE), {}) == pytest.approx(3 * 10.5 * 1.45 + 3)
    alone = Row(code="1", cells={"甲": Label(TEXT)})
    assert row_height(SHEET, alone, {}) == pytest.approx(5 * 10.5 * 1.45 + 3)


@pytest.mark.parametrize(("kind", "tall"), [(Kind.TEXT, 3 * 10.5 * 1.45), (Kind.WHOLE, 0)])
def test_a_merged_text_holds_a_growing_row_open(kind: Kind, tall: float) -> None:
    """Clients make a row as high as its cells need, and leave merged ones out: a blank cell of their height stands in for them."""
    assert strut(SHEET, row(kind)) == pytest.approx(tall)


def test_a_text_over_rows_makes_none_of_them_taller() -> None:
    """What reaches over several rows has been given the room that it needs."""
    over = Row(code="1", cells={"甲": Label(TEXT)}, stretched={"甲": Stretch("甲", 5)})
    assert row_height(SHEET, over, {}) == 20
