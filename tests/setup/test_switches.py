"""The office's switches on their way through the setup: as a sheet of the workbook, compared, and moved to the next year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fazhi_xl.notice.load import load, notice_of
from fazhi_xl.notice.source import Source
from fazhi_xl.setup.book.book import blank_sheets
from fazhi_xl.setup.book.from_rows import from_rows
from fazhi_xl.setup.book.to_rows import to_rows
from fazhi_xl.setup.compare.compare import compare
from fazhi_xl.setup.compare.differences import Part
from fazhi_xl.setup.new_year.move import new_year
from fazhi_xl.setup.new_year.remark import Kind
from fazhi_xl.setup.open_source import open_source
from fazhi_xl.setup.workbooks import bring_back, check_workbook, write_workbook
from tests.support.catalogues import Files, Table, catalogue, full, minimal, switched, write
from tests.support.edits import with_cells
from tests.support.returns import Typed

OFF: tuple[str, str, date] = ("reason-for-more", "off", date(2031, 11, 15))


def with_switches(*entries: tuple[str, str, date], files: Files | None = None) -> Files:
    return {**(files or minimal()), "switches.toml": switched(*entries)}


def test_drop_downs() -> None:
    """The sheet 规则开关 offers every finding that may be weighed otherwise, by its name, and the four words for what is made of it."""
    sheet = next(each for each in blank_sheets() if each.name == "规则开关")
    offered = {head.title: head.options for head in sheet.heads}
    assert {"自评高于测算没有写理由", "与上期相差很大", "表里贴了图片"} <= set(offered["规则"])
    assert offered["改为"] == ("须改正", "请核实", "提示", "不查")
    assert not {"文件是空的", "file-empty"} & set(offered["规则"])


@pytest.mark.parametrize("files", [minimal, full])
def test_both_ways(files: object) -> None:
    """Rows made of a catalogue's switches make the same switches again; without any there is no file."""
    made: Files = files()  # type: ignore[operator]
    source = Source(files=with_switches(OFF, ("swing", "note", date(2031, 11, 20)), files=made))
    taken = from_rows(to_rows(source))
    assert taken.faults == []
    assert notice_of(taken.source, Path("x")).switches == notice_of(source, Path("x")).switches
    assert "switches.toml" not in from_rows(to_rows(Source(files=made))).source.files


def test_rows_read_as_words() -> None:
    """A row says in words which rule it is, and what is made of it."""
    (row,) = to_rows(Source(files=with_switches(OFF)))["规则开关"]
    assert dict(row.cells) == {
        "规则": "自评高于测算没有写理由",
        "改为": "不查",
        "自哪天起": date(2031, 11, 15),
        "理由": "理由写在台账里。",
        "谁定的": "县委办",
    }


@pytest.mark.long
def test_workbook(tmp_path: Path) -> None:
    """A workbook that is written, and brought back, gives the same file; what is no rule is told with its cell and the likest one."""
    folder = write(tmp_path / "示例-2031", with_switches(OFF))
    book = tmp_path / "目录_示例-2031.xlsx"
    write_workbook(open_source(str(folder)), book)
    bring_back(book, tmp_path / "写回")
    assert load(tmp_path / "写回").switches == load(folder).switches
    mark = Typed("text", "自评高于测算没写理由")
    book.write_bytes(with_cells(book.read_bytes(), {("规则开关", "A4"): mark}))
    told = [f"{each.sheet}!{each.cell} {each.what}。{each.mend}" for each in check_workbook(book).remarks]
    assert (
        "规则开关!A4 “规则”:没有“自评高于测算没写理由”这条规则。是不是“自评高于测算没有写理由”?从下拉里选一条。" in told
    )


def told(before: Table, now: Table, folder: Path) -> list[tuple[str, str, str]]:
    """Give what a comparison says of switches."""
    old, new = (
        catalogue(folder / name, {**minimal(), **({"switches.toml": table} if table else {})})
        for name, table in (("旧", before), ("新", now))
    )
    changes = compare(old, new).of(Part.SWITCH)
    return [
        (each.what.value, each.name, each.said or ";".join(f"{f.title}{f.before}→{f.after}" for f in each.fields))
        for each in changes
    ]


def test_compared(tmp_path: Path) -> None:
    """A comparison tells a switch that is new, gone or another."""
    named = "自评高于测算没有写理由(2031年11月15日起)"
    said = "规则:自评高于测算没有写理由;改为:不查;自哪天起:2031年11月15日;理由:理由写在台账里。;谁定的:县委办"
    note = ("reason-for-more", "note", date(2031, 11, 15))
    assert told({}, switched(OFF), tmp_path / "1") == [("新增", named, said)]
    assert told(switched(OFF), {}, tmp_path / "2") == [("取消", named, said)]
    assert told(switched(OFF), switched(note), tmp_path / "3") == [("改动", named, "改为不查→提示")]
    assert told(switched(OFF), switched(OFF), tmp_path / "4") == []


def test_another_finding_is_another_switch(tmp_path: Path) -> None:
    """A switch on another finding is no other name of one that is gone, however alike they are."""
    other = ("reason-for-out", "off", date(2031, 11, 15))
    found = told(switched(OFF), switched(other), tmp_path)
    assert [(what, name) for what, name, _ in found] == [
        ("取消", "自评高于测算没有写理由(2031年11月15日起)"),
        ("新增", "选了不涉及没有写理由(2031年11月15日起)"),
    ]


def test_next_year(tmp_path: Path) -> None:
    """Moved to the next year, a switch is carried with its day, and each is to be decided anew."""
    moved = new_year(open_source(str(write(tmp_path / "示例-2031", with_switches(OFF)))), 2032)
    assert moved.source.table("switches.toml")["switches"][0]["since"] == date(2032, 11, 15)
    own = [each.told for each in moved.of(Kind.DECISION) if each.file == "switches.toml"]
    assert own == [
        "规则“自评高于测算没有写理由”去年从2031年11月15日起改为“不查”,照去年推到了2032年11月15日。今年还要的改成今年定的日期,不要的删去"
    ]
