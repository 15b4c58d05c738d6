"""Binary workbooks of libraries: cells without a column number of their own, and records that are cut."""

from __future__ import annotations

import random

import pytest

from fazhi_xl.cells import CellKind, RawCell
from fazhi_xl.xlsx.reader import RejectedError, read
from tests.support.binary import xlsb


def cells(seed: int) -> tuple[RawCell, ...]:
    dice = random.Random(seed)
    places = sorted({(dice.randrange(1, 9), dice.randrange(1, 12)) for _ in range(40)})
    return tuple(
        RawCell("表", row, column, CellKind.NUMBER, str(dice.randrange(999)), formula=False)
        if dice.random() < 0.5
        else RawCell("表", row, column, CellKind.TEXT, dice.choice(["甲", "是", "x" * 300]), formula=False)
        for row, column in places
    )


@pytest.mark.parametrize("seed", range(12))
def test_cells_beside_each_other(seed: int) -> None:
    """A cell that states no column stands beside the one before it, and none is lost."""
    held = cells(seed)
    assert read(xlsb(["表"], held, short=True)).cells == read(xlsb(["表"], held)).cells == held


@pytest.mark.parametrize("short", [True, False])
@pytest.mark.parametrize("cut", [1, 4, 9])
def test_cut_records(short: bool, cut: int) -> None:  # noqa: FBT001 - a column of the table
    """A record that is shorter than a number is refused with its kind; it would be read as what stood before it."""
    numbers = [cell for cell in cells(1) if cell.kind is CellKind.NUMBER]
    with pytest.raises(RejectedError) as refusal:
        read(xlsb(["表"], numbers, short=short, cut=cut))

    assert refusal.value.finding.code == "file-damaged"
    assert "这是 .xlsb" in refusal.value.finding.message
