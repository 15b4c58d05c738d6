"""Whatever is renamed, renumbered, moved or copied in the workbook, what belongs to a thing stays with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook

from fazhi_xl.notice.source import Source
from fazhi_xl.setup.book.cells import Cell
from fazhi_xl.setup.book.fill import called
from fazhi_xl.setup.book.from_rows import from_rows
from fazhi_xl.setup.book.rows import Row
from fazhi_xl.setup.book.taken import Taken
from fazhi_xl.setup.book.to_rows import to_rows
from fazhi_xl.setup.open_source import open_source
from fazhi_xl.setup.workbooks import check_workbook, write_workbook
from tests.support import catalogues

Rows = dict[str, list[Row]]


def _rows() -> Rows:
    files = catalogues.full()
    files["readings.toml"] = {
        "readings": [
            {
                "key": "通报",
                "question": "每次扣几分?",
                "chosen": "3分",
                "reason": "通知写的。",
                "options": [
                    {"key": "3分", "text": "3分"},
                    {"key": "1分", "text": "1分", "changes": {"sub_points.2.2": {"rule.parts.0.terms.0.each": 1}}},
                ],
            }
        ]
    }
    return to_rows(Source(files=files))


def _changed(rows: Rows, sheet: str, which: Callable[[Row], bool], **cells: Cell) -> None:
    rows[sheet] = [replace(row, cells={**row.cells, **cells}) if which(row) else row for row in rows[sheet]]


def _called(head: str, name: Cell) -> Callable[[Row], bool]:
    return lambda row: row.cells[head] == name


def _sub_points(taken: Taken) -> dict[str, dict[str, object]]:
    return {sub["code"]: sub for file in taken.source.items for sub in taken.files[file]["sub_points"]}


def _renumbered(rows: Rows) -> None:
    """Put a new sub-point before 2.2, which becomes 2.3, on its own sheet alone."""
    _changed(rows, "得分点", _called("编号", "2.2"), 编号="2.3")
    new: dict[str, Cell] = {"项目": 2, "编号": "2.2", "原文": "新的(1分)", "分值": 1}
    rows["得分点"].append(Row(cells=new))
    rows["填报指标"].append(Row(cells={"得分点": "2.2", "键名": "新数", "名称": "新的次数", "类别": "整数"}))
    rows["计分规则"].append(Row(cells={"得分点": "2.2", "种类": "数量为零", "填报指标": "新数"}))


def test_what_belongs_to_a_renumbered_sub_point() -> None:
    """Inputs, rules and terms follow a sub-point that got another number; what is typed anew belongs to the new one."""
    before = _sub_points(from_rows(_rows()))
    rows = _rows()
    _renumbered(rows)
    taken = from_rows(rows)
    now = _sub_points(taken)
    assert taken.faults == []
    assert now["2.3"] == {**before["2.2"], "code": "2.3", "id": "2.2"}
    assert [each["label"] for each in now["2.2"]["inputs"]] == ["新的次数"]  # type: ignore[attr-defined]
    assert now["2.2"]["id"] == "2.2#2"  # the number is free, the id of the other sub-point is not


def test_what_may_be_meant_for_the_old_one() -> None:
    """A new row that names the new thing of a number is told once a sheet: somebody may have meant what had the number before."""
    rows = _rows()
    _renumbered(rows)
    rows["填报指标"].append(Row(cells={"得分点": "2.2", "键名": "又一个", "名称": "又一个", "类别": "整数"}))
    doubts = from_rows(rows).doubts
    assert {place: (doubt.said, doubt.now) for place, doubt in doubts.items()} == {
        ("填报指标", "2.2"): ("2.2", "2.3"),
        ("计分规则", "2.2"): ("2.2", "2.3"),
    }
    assert from_rows(_rows()).doubts == {}


def test_what_names_a_renumbered_sub_point() -> None:
    """Limits, registers and readings go on naming it too."""
    rows = _rows()
    _renumbered(rows)
    taken = from_rows(rows)
    assert taken.files["notice.toml"]["loss_caps"][0]["sub_points"] == ["2.1", "2.2"]  # by ids
    changes = taken.files["readings.toml"]["readings"][0]["options"][1]["changes"]
    assert changes == {"sub_points.2.2": {"rule.parts.0.terms.0.each": 1}}


def test_what_is_pointed_elsewhere() -> None:
    """A cell that people change names what it says now."""
    rows = _rows()
    _changed(rows, "扣分限额", _called("得分点", "2.2"), 得分点="4.1")
    _changed(rows, "口径改动", lambda _: True, 对象="得分点 2.1")
    taken = from_rows(rows)
    assert taken.files["notice.toml"]["loss_caps"][0]["sub_points"] == ["2.1", "4.1"]
    assert list(taken.files["readings.toml"]["readings"][0]["options"][1]["changes"]) == ["sub_points.2.1"]


def test_renamed_units_keep_their_id() -> None:
    """A unit with another name is the one that it was."""
    rows = _rows()
    _changed(rows, "单位", _called("简称", "02社区"), 简称="新社区", 名称="新社区")
    unit = from_rows(rows).files["units.toml"]["units"][1]
    assert (unit["id"], unit["short"]) == ("02社区", "新社区")


def test_what_names_a_renamed_unit() -> None:
    """Groups, departments and units go on naming what got another name, but for a name that another has now."""
    rows = _rows()
    rows["单位组"] = [Row(cells={"组": "甲组", "单位": name}) for name in ("02社区", "03社区")]
    rows["责任部门"] = [Row(cells={"责任部门": "某局", "单位或组": "02社区"})]
    _changed(rows, "排名组", _called("编号", "甲"), 编号="子")
    _changed(rows, "单位", _called("简称", "02社区"), 简称="新社区")
    _changed(rows, "单位", _called("简称", "03社区"), 简称="04社区的")
    _changed(rows, "单位", _called("简称", "04社区"), 简称="03社区")
    taken = from_rows(rows)
    (group,) = taken.files["groups.toml"]["groups"]
    assert [member["unit"] for member in group["members"]] == ["新社区", "03社区"]
    assert taken.files["departments.toml"]["departments"] == {"某局": ["新社区"]}
    assert {unit["ranking_group"] for unit in taken.files["units.toml"]["units"]} == {"子", "乙"}


def test_sorted_sheets() -> None:
    """Sorting changes nothing: the numbers say the order."""
    rows = _rows()
    for sheet in ("单位", "项目", "得分点", "填报指标"):
        rows[sheet] = sorted(rows[sheet], key=lambda row: str(row.cells.get("名称") or row.cells.get("原文")))
    sorted_files, files = from_rows(rows).files, from_rows(_rows()).files
    assert sorted_files["units.toml"] == files["units.toml"]
    assert [sub["code"] for sub in sorted_files["items/02.toml"]["sub_points"]] == ["2.1", "2.2"]
    assert sorted_files == files


def test_rows_moved_among_their_own() -> None:
    """Rows without a number stand as they were put, among those of the same thing; sorted away from these, as they were written."""
    rows = _rows()
    own = [row for row in rows["填报指标"] if row.cells["得分点"] == "1.2"]
    keys = [row.cells["键名"] for row in own]
    assert len(keys) > 1
    others = [row for row in rows["填报指标"] if row not in own]
    rows["填报指标"] = [*others, *reversed(own)]
    assert _keys(rows, "1.2") == keys[::-1]
    new = Row(cells={"得分点": "1.2", "键名": "新数", "名称": "新的次数", "类别": "整数"})
    rows["填报指标"] = [new, own[1], *others, own[0]]
    assert _keys(rows, "1.2") == [*keys[:2], "新数"]


def _keys(rows: Rows, code: str) -> list[object]:
    return [each["key"] for each in _sub_points(from_rows(rows))[code]["inputs"]]  # type: ignore[attr-defined]


def test_copied_rows() -> None:
    """A row copied and changed is a new thing; the one that still has its name is the old one, wherever it stands."""
    rows = _rows()
    old = next(row for row in rows["单位"] if row.cells["简称"] == "03社区")
    copy = replace(old, cells={**old.cells, "序号": 7, "简称": "07社区", "名称": "07社区"})
    rows["单位"].insert(0, copy)
    units = from_rows(rows).files["units.toml"]["units"]
    assert [unit.get("id", unit["short"]) for unit in units][2] == "03社区"
    assert units[6] == {**units[2], "no": 7, "short": "07社区", "name": "07社区"}
    assert "id" not in units[6]


def test_lost_marks() -> None:
    """Where the hidden column was cleared, what cells say alone counts."""
    rows = {sheet: [replace(row, mark=None) for row in each] for sheet, each in _rows().items()}
    assert from_rows(rows).files == from_rows(_rows()).files


def test_what_belonged_to_a_deleted_sub_point() -> None:
    """Rows left over from a sub-point that was deleted are told, whatever has its number by now."""
    rows = _rows()
    rows["得分点"] = [row for row in rows["得分点"] if row.cells["编号"] != "2.1"]
    _changed(rows, "得分点", _called("编号", "2.2"), 编号="2.1")
    taken = from_rows(rows)
    told = {(fault.spot.sheet, fault.said) for fault in taken.faults if fault.gone}
    assert told == {(sheet, "2.1") for sheet in ("填报指标", "计分规则", "计分明细", "扣分限额", "登记供数")}
    assert [each["key"] for each in _sub_points(taken)["2.1"]["inputs"]] == ["少开"]  # type: ignore[attr-defined]


def test_who_reviewed_a_deleted_item() -> None:
    """So is the row that says who reviews an item that was deleted; the other items stay with their sections."""
    rows = _rows()
    rows["项目"] = [row for row in rows["项目"] if row.cells["序号"] != 1]
    for no in (2, 3, 4):
        _changed(rows, "项目", _called("序号", no), 序号=no - 1)
    taken = from_rows(rows)
    assert [fault.spot.sheet for fault in taken.faults if fault.gone] == ["得分点", "得分点", "审核分工"]
    sections = taken.files["notice.toml"]["review"]["sections"]
    assert [section["items"] for section in sections] == [["2"], ["3", "4"]]  # by ids


def test_marks_that_stayed_behind() -> None:
    """Where only the columns in sight were sorted, each row has its own mark back, and it is told."""
    rows = _rows()
    for sheet in ("单位", "项目"):
        marks = [row.mark for row in rows[sheet]]
        shifted = [*rows[sheet][1:], rows[sheet][0]]
        rows[sheet] = [replace(row, mark=mark) for row, mark in zip(shifted, marks, strict=True)]
    taken = from_rows(rows)
    assert taken.files == from_rows(_rows()).files
    assert taken.shifted == {"单位": 6, "项目": 4}


def test_positions_of_changes() -> None:
    """What a reading changes of a rule is changed of that rule, wherever it stands by now."""
    rows = _rows()
    rows["计分规则"].append(Row(cells={"得分点": "2.2", "第几条": 1, "种类": "数量为零", "填报指标": "少开"}))
    _changed(rows, "计分规则", lambda row: row.mark is not None and row.cells["得分点"] == "2.2", 第几条=2)
    changes = from_rows(rows).files["readings.toml"]["readings"][0]["options"][1]["changes"]
    assert changes == {"sub_points.2.2": {"rule.parts.1.terms.0.each": 1}}
    rows["计分规则"] = [row for row in rows["计分规则"] if row.mark is None or row.cells["得分点"] != "2.2"]
    assert [fault.spot.head for fault in from_rows(rows).faults if fault.gone] == ["第几条", "哪一处"]


def test_marks_that_stayed_behind_are_told(tmp_path: Path) -> None:
    """The check says so, and everything else is as it was."""
    folder, path = catalogues.write(tmp_path / "社区", catalogues.minimal()), tmp_path / "目录_社区.xlsx"
    write_workbook(open_source(str(folder)), path)
    book = load_workbook(path)
    units = book["单位"]
    for column in range(1, units.max_column):  # but for the hidden one
        one, other = units.cell(4, column), units.cell(5, column)
        one.value, other.value = other.value, one.value
    book.save(path)
    examined = check_workbook(path)
    assert [each.what.partition("(")[0] for each in examined.remarks if "错开" in each.what] == [
        "2行的隐藏“标识”和看得见的内容错开了"
    ]
    assert examined.notice is not None
    assert [(unit.id, unit.short) for unit in examined.notice.units] == [("01社区", "01社区"), ("02社区", "02社区")]


def test_notes_and_sums() -> None:
    """A note or a sum below a table is no entry, and is told."""
    rows = _rows()
    rows["单位"].append(Row(cells={"序号": "注:以上单位按通知的次序排列。"}, at=20))
    rows["项目"].append(Row(cells={"方面": "合计", "分值": 40}, at=9))
    taken = from_rows(rows)
    assert taken.files == from_rows(_rows()).files
    assert [(spot.sheet, spot.at) for spot in taken.asides] == [("单位", 20), ("项目", 9)]


def test_another_unit_in_the_row_of_one() -> None:
    """A name that hardly is a new one for the same unit is asked about; a likely one is not."""
    rows = _rows()
    _changed(rows, "单位", _called("简称", "02社区"), 简称="数据局")
    _changed(rows, "单位", _called("简称", "03社区"), 简称="03新社区")
    assert [(doubt.said, doubt.now) for doubt in from_rows(rows).renamed] == [("02社区", "数据局")]


def test_names_that_end_in_a_measure() -> None:
    """A name is not taken apart as a number is: 第15项 is 15, and 按整项 is itself."""
    assert [called(cell) for cell in ("第15项", "15项", " 2.1 ", 7, "按整项", "第一条")] == [
        "15", "15", "2.1", "7", "按整项", "第一条",
    ]  # fmt: skip
