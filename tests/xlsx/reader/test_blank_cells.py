"""Cells without a value cost nothing, and no value moves because they are left out."""

from __future__ import annotations

import random

import pytest

from fazhi_xl.xlsx.reader import read
from fazhi_xl.xlsx.reader.ooxml.blank_cells import without_blank_cells
from tests.xlsx.reader.crafted import with_rows


@pytest.mark.parametrize(
    ("cells", "left"),
    [
        (b'<c r="A1" s="3"/><c r="B1" s="3"/><c r="C1"/>', b'<c r="C1"/>'),
        (b'<x:c r="A1"/>\n <x:c r="B1"></x:c>\r\n</x:row>', b'<x:c r="B1"></x:c>\r\n</x:row>'),
        (b'<c r="A1"><v>1</v></c><c r="B1"/>', b'<c r="A1"><v>1</v></c><c r="B1"/>'),
        (b'<c r="A1"/><c r="B1"/><c><v>1</v></c>', b'<c r="B1"/><c><v>1</v></c>'),
        (b'<c r="A1"/><c s="1"/><c><v>1</v></c>', b'<c r="A1"/><c s="1"/><c><v>1</v></c>'),
        (b'<c r="A1"><v></v></c><c r="B1"><v/> </c>', b'<c r="B1"><v/> </c>'),
        (b'<x:c r="A1">\n<x:v>\n</x:v></x:c><x:c r="B1"/>', b'<x:c r="B1"/>'),
        (b'<c r="A1"><f>1</f><v></v></c><c r="B1"/>', b'<c r="A1"><f>1</f><v></v></c><c r="B1"/>'),
        (b'<col r="A1"/><cols r="B1"/>', b'<col r="A1"/><cols r="B1"/>'),
        (b'<t><![CDATA[<c r="A1"/><c r="B1"/>]]></t>', b'<t><![CDATA[<c r="A1"/><c r="B1"/>]]></t>'),
    ],
)
def test_what_is_left_of_a_run(cells: bytes, left: bytes) -> None:
    """Of a run of cells without a value the last stays, which says where the next one stands; other elements are not touched."""
    assert without_blank_cells(cells) == left


@pytest.mark.parametrize("seed", range(60))
def test_values_keep_their_places(seed: int) -> None:
    """Whatever cells lack values or addresses, each value is read in its own place."""
    dice = random.Random(seed)
    rows: list[str] = []
    expected: list[tuple[int, int, str]] = []
    for row in range(1, dice.randrange(2, 8)):
        cells, column = [], 0
        for _ in range(dice.randrange(1, 20)):
            step = dice.choice([1, 1, 1, 3])
            column, addressed = column + step, step > 1 or dice.random() < 0.7
            address = f' r="{letters(column)}{row}"' if addressed else ""
            valued = dice.random() < 0.3
            blank = dice.choice([f'<c{address} s="{dice.randrange(9)}"/>', f"<c{address} s='2'></c>"])
            cells.append(f"<c{address}><v>{column}</v></c>" if valued else blank)
            expected += [(row, column, str(column))] * valued
        rows.append(f'<row r="{row}">{dice.choice(["", " ", chr(10)]).join(cells)}</row>')

    assert [(cell.row, cell.column, cell.text) for cell in read(with_rows("".join(rows))).cells] == expected


def letters(column: int) -> str:
    before, rest = divmod(column - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + rest)
