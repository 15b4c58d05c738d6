"""What reviewers of the office expect of a round, R1 to R17, each shown once on a small round."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.worksheet.worksheet import Worksheet

from tests.faults.entries import COUNT, DAY, MAIN, SHAPE, cell, good
from tests.support.edits import Raw, in_book, moved, with_cells, without_protection
from tests.support.offices import FEW, FIRST, FOURTH, SECOND, THIRD, Office
from tests.support.once import Once
from tests.support.returns import Typed

PDF = b"%PDF-1.7\n"
NEWER, OLDER = "2020-11-18/表.xlsx", "2020-11-12/表.xlsx"  # of the third unit, under one name
COPY = f"2020-11-10/{FIRST}/新建文件夹/表 - 副本(1).xlsx"
LATE = "2020-11-23/表.xlsx"  # of the second unit


@pytest.fixture(scope="module")
def arrived(once: Once, issued: Office) -> Office:
    """Give a round as it comes in: a renamed copy, a late return, one sent twice, files of no use, and one unit that sent nothing."""
    return Office(issued.notice, once("expectations: returns", lambda root: _arrive(issued.copied(root))))


def _arrive(office: Office) -> None:
    office.receive(COPY, in_book(office.filled(FIRST), MAIN, "Sheet1"))
    office.receive(LATE, office.filled(SECOND))
    office.receive(OLDER, office.filled(THIRD, office.good(THIRD, 2)))
    office.receive(NEWER, office.filled(THIRD))
    for path, data in USELESS.items():
        office.receive(path, data(office))
    office.collect()


def encrypted(office: Office) -> bytes:
    out = BytesIO()
    OOXMLFile(BytesIO(office.issued(FOURTH))).encrypt("123", out)
    return out.getvalue()


USELESS: dict[str, Callable[[Office], bytes]] = {
    "坏的.xlsx": lambda office: office.issued(FOURTH)[:5000],
    "加密的.xlsx": encrypted,
    "扫描件.pdf": lambda _: PDF,
    "旧格式.xls": lambda _: "不是表格".encode("gb18030"),
    "~$表.xlsx": lambda _: b"x" * 165,
    f"{FIRST}/.DS_Store": lambda _: b"x",
}


def sheet(office: Office, name: str) -> Worksheet:
    return openpyxl.load_workbook(office.space.results / "排名汇总.xlsx", data_only=True)[name]


def table(of: Worksheet, first: str) -> Iterator[dict[str, Any]]:
    """Give the rows of the table whose titles hold this one, by title."""
    rows = iter(of.iter_rows(values_only=True))
    titles = next(row for row in rows if first in row)
    for row in rows:
        if not any(row):
            return
        yield {str(title): value for title, value in zip(titles, row, strict=True) if title}


# What comes in -------------------------------------------------------------------------------------------------------


def test_r01_intake_by_folder(arrived: Office) -> None:
    """A copy with a renamed sheet in a subfolder is its unit's by the number inside; litter is passed over."""
    file = arrived.file(COPY)
    assert (file["unit"], file["status"]) == (FIRST, "accepted_with_notes")  # the name of the sheet
    assert {arrived.statuses()[path] for path in ("~$表.xlsx", f"{FIRST}/.DS_Store")} == {"ignored"}


def test_r02_state_of_returns(arrived: Office) -> None:
    """报送情况 has each unit with its state and day, the count and the rate, and a line of names to be reminded."""
    own = sheet(arrived, "报送情况")
    rows = {row["单位"]: row for row in table(own, "首次收到") if isinstance(row["序号"], int)}
    states = {unit: (rows[unit]["情况"], rows[unit]["首次收到"], rows[unit]["按时"]) for unit in FEW}
    assert states == {
        FIRST: ("已收(有提示)", "2020-11-10", "按时"),
        SECOND: ("已收(有提示)", "2020-11-23", "迟报"),
        THIRD: ("已收", "2020-11-12", "按时"),
        FOURTH: ("未报", "—", "—"),
    }
    said = [row[0] for row in own.iter_rows(values_only=True) if row[0]]
    assert any(str(line).startswith("应报4家,已报3家(报送率75.00%),未报1家。") for line in said)
    assert f"催报名单:{FOURTH}。" in said
    reminders = {row["情况"]: row["催报文字(整格复制即可)"] for row in table(sheet(arrived, "催报"), "家数")}
    assert reminders["未报"].startswith(f"{FOURTH}:至今还没有收到你单位的")


def test_r03_several_returns(arrived: Office) -> None:
    """The last one counts by a rule that is said, the others stay listed, and no unit overwrites another under one name."""
    assert [arrived.statuses()[path] for path in (OLDER, NEWER, LATE)] == [
        "superseded",
        "accepted",
        "accepted_with_notes",
    ]
    assert [arrived.file(path)["unit"] for path in (OLDER, NEWER, LATE)] == [THIRD, THIRD, SECOND]
    said = [str(row[0]) for row in sheet(arrived, "报送情况").iter_rows(values_only=True)]
    assert any(line.startswith("计入哪一份:同一单位先后报送的,以最后收到的为准") for line in said)


def test_r03_another_units_form(office: Office) -> None:
    """A form sent under another unit's name is its own unit's, and is asked about; the other unit has not returned."""
    office.receive(f"{SECOND}.xlsx", office.filled(FIRST))
    (file,) = office.look()
    assert (file["unit"], [each["code"] for each in file["findings"]]) == (FIRST, ["file-name-differs"])


def test_r04_levels(arrived: Office) -> None:
    """A problem has unit, sheet, cell, number, what was entered and what to do, in one of four levels."""
    rows = list(table(sheet(arrived, "问题清单"), "谁处理"))
    assert list(rows[0]) == ["单位", "谁处理", "程度", "工作表", "单元格", "编号", "填报内容", "问题和怎样改", "文件"]
    assert {row["程度"] for row in rows} <= {"不能读取", "须改正", "请核实", "提示"}
    broken = next(row for row in rows if row["文件"] == "坏的.xlsx")
    assert (broken["谁处理"], broken["程度"]) == ("办公室", "不能读取")


@pytest.mark.parametrize(
    ("key", "entry", "value"),
    [
        (COUNT, "３次", 3),
        (COUNT, " 4 ", 4),
        (COUNT, "百分之九十五", None),
        (COUNT, "无", None),
        (COUNT, "/", None),
        (COUNT, "—", None),
        (DAY, "2020.11.5", date(2020, 11, 5)),
    ],
)
def test_r05_what_people_type(office: Office, key: str, entry: str, value: object) -> None:
    """What has one meaning is taken and noted; a text is never turned to 0 in silence, and blank is not 0."""
    office.receive("表.xlsx", good(office, {key: Typed("s", entry)}))
    (file,) = office.look()
    found = [(each["code"], each["severity"]) for each in file["findings"] if each["field"] == key]
    if value is None:
        assert [severity for _, severity in found] == ["error"]
    else:
        assert found == [("value-normalised", "note")]


def test_r05_blank_is_not_zero(office: Office) -> None:
    """A count that was left blank is asked for; a 0 is an answer."""
    asked = {}
    for name, entry in (("空着", None), ("零", 0)):
        office.receive("表.xlsx", office.filled(FIRST, {**office.good(FIRST), COUNT: entry}))
        (file,) = office.look()
        asked[name] = [each["code"] for each in file["findings"] if each["field"] == COUNT]
    assert asked == {"空着": ["value-missing"], "零": []}


def test_r06_scores_are_computed_anew(office: Office) -> None:
    """A score that the file stores otherwise than its facts give is told, and not used."""
    score = "15.6.测算"
    office.receive("表.xlsx", with_cells(good(office), {(MAIN, cell(score)): Raw("<f>D9</f><v>0.5</v>")}))
    (file,) = office.look()
    (found,) = file["findings"]
    assert (found["code"], found["cell"]) == ("scores-stored", cell(score))


def test_r07_what_was_locked(office: Office) -> None:
    """A locked text that was changed is told, on a sheet without protection and with a row more; the entries are read by their names."""
    row = SHAPE.places[COUNT].row
    data = moved(good(office), MAIN, lambda at, column: (at + (at > row), column))
    text = f"B{SHAPE.places['15.1.经费.填报'].row}"
    data = with_cells(without_protection(data, MAIN), {(MAIN, text): Typed("s", "改过的文字")})
    office.receive("表.xlsx", data)
    (file,) = office.look()
    assert [each["code"] for each in file["findings"]] == ["protection-removed", "locked-changed"]
    assert file["unit"] == FIRST


def test_r08_useless_files(arrived: Office) -> None:
    """What cannot be read is refused in Chinese, each with its reason, and the others are collected."""
    told = {path: [each["code"] for each in arrived.file(path)["findings"]] for path in list(USELESS)[:4]}
    assert told == {
        "坏的.xlsx": ["file-damaged"],
        "加密的.xlsx": ["file-encrypted"],
        "扫描件.pdf": ["file-not-a-workbook"],
        "旧格式.xls": ["file-not-a-workbook"],
    }
    assert {arrived.statuses()[path] for path in told} == {"rejected"}
    assert [arrived.unit(unit)["state"] for unit in FEW] == ["returned", "returned", "returned", "missing"]
