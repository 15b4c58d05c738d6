"""One mistake that was made in many cells is one line where people read it."""

from __future__ import annotations

import pytest

from fazhi_xl.setup.book.together import together
from fazhi_xl.xlsx.kept.remarks import BookRemark, Weight


def remark(cell: str, what: str = "“排名组”:没有“甲组”这个排名组", sheet: str = "单位") -> BookRemark:
    return BookRemark(weight=Weight.WRONG, sheet=sheet, cell=cell, what=what, mend="从下拉里选一个。")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["E4"], "E4"),
        ([f"E{at}" for at in range(4, 24)], "E4:E23"),
        (["E4", "E5", "E8", "F9", "F10"], "E4:E5、E8、F9:F10"),
        ([f"E{at}" for at in range(4, 40, 2)], "E4、E6、E8、E10、E12、E14等18格"),
        (["", ""], ""),
        (["F5:G5", "F7:G7"], "F5:G5、F7:G7"),
    ],
)
def test_cells(cells: list[str], said: str) -> None:
    """Cells below each other are a range, and of many pieces the first six are named, with how many cells there are."""
    assert [each.cell for each in together(map(remark, cells))] == [said]


def test_order() -> None:
    """Only what says the same of the same sheet is put together, where it was said first."""
    found = together([remark("E4"), remark("B5", "空着"), remark("E5"), remark("E6", sheet="单位组")])
    assert [each.told for each in found] == [
        "要改 “单位”E4:E5:“排名组”:没有“甲组”这个排名组。从下拉里选一个。",
        "要改 “单位”B5:空着。从下拉里选一个。",
        "要改 “单位组”E6:“排名组”:没有“甲组”这个排名组。从下拉里选一个。",
    ]
