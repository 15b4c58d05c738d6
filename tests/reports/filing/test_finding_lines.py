"""One fault of many cells is one line."""

from __future__ import annotations

import pytest

from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.reports.filing.finding_lines import grouped


def missing(*cells: str, sheet: str = "任务分解表", remedy: str = ";没有发生的填0") -> list[Finding]:
    return [
        finding(
            Code.VALUE_MISSING, Place(sheet=sheet, cell=cell, field=f"{cell}.填报"), label=f"{cell} 次数", remedy=remedy
        )
        for cell in cells
    ]


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        (["D7"], "D7"),
        (["D7", "D9"], "D7、D9"),
        (["D7", "D9", "D10", "D11", "D12", "D13"], "D7、D9、D10、D11、D12、D13"),
        ([f"D{row}" for row in range(7, 19)], "D7、D8 等12处"),
    ],
)
def test_cells(cells: list[str], named: str) -> None:
    """A few cells are named one by one, of many the first two and how many there are."""
    lines = grouped(missing(*cells))
    assert [line.cells for line in lines] == [named]
    assert len(lines[0].findings) == len(cells)


def test_one_message() -> None:
    """A single finding says its own words; of several the names of the inputs give way to their number."""
    assert grouped(missing("D7"))[0].message == "D7 次数没有填写。请补填;没有发生的填0。"
    assert grouped(missing("D7", "D9"))[0].message == "这2处没有填写。请补填;没有发生的填0。"
    assert grouped(missing("D7", "D9"))[0].fields == "D7.填报、D9.填报"


def test_only_the_same() -> None:
    """Another sheet, another remedy, another value typed is another line; the order is that of the first of each."""
    apart = [
        *missing("D7"),
        *missing("D9", remedy=",从下拉列表选择"),
        *missing("E7", sheet="台账目录"),
        finding(Code.CHOICE_UNKNOWN, Place(sheet="任务分解表", cell="D8"), value="有", label="甲", options="是、否"),
        finding(Code.CHOICE_UNKNOWN, Place(sheet="任务分解表", cell="D6"), value="无", label="乙", options="是、否"),
        *missing("D8"),
    ]
    lines = grouped(apart)
    assert [line.cells for line in lines] == ["D7、D8", "D9", "E7", "D8", "D6"]
    assert sum(len(line.findings) for line in lines) == len(apart)


def test_of_the_file() -> None:
    """What is said of the whole file has no cells; said twice in the same words it is said once."""
    lines = grouped([finding(Code.FILE_EMPTY), finding(Code.FORM_UNFILLED), finding(Code.FORM_UNFILLED)])
    assert [(line.cells, line.fields, line.values) for line in lines] == [(None, None, None)] * 2
    assert [line.message for line in lines][1] == "表里一处都没有填写。请填好后重新发送;如发错文件,请换成填好的那一份。"


def test_nothing() -> None:
    """No findings are no lines."""
    assert grouped([]) == ()
