"""台账清单: a row for each listed document with what came of it, then the evidence that nobody lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl

from fazhi_xl.reports.evidence_list import evidence_book
from fazhi_xl.reports.media.workbook import Cell, Sentence, Table
from fazhi_xl.rounds.evidence import Came, Document, EvidenceFile, of_one_row
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.inspected import Fault, Inspected
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.xlsx.writer.report import report_bytes
from tests.support.rounds import a_round, other_file, returned_file

HEADS = [
    "序号",
    "单位",
    "监测项目序号",
    "监测项目",
    "得分点",
    "材料名称",
    "材料类型",
    "形成日期",
    "页数",
    "文件名",
    "收到情况",
    "收到的文件",
    "实有页数",
    "打开情况",
]


def document(code: str, came: Came = Came.HERE, name: str = "甲.pdf", *paths: str, misplaced: bool = False) -> Document:
    return Document(
        row="台账.001",
        sub_point=code,
        came=came,
        title="总结",
        sort="其他材料",
        dated=date(2020, 5, 1),
        pages=3,
        name=name,
        paths=paths,
        misplaced=misplaced,
    )


def evidence(path: str, unit: str | None, *codes: str) -> FileResult:
    held = EvidenceFile(path=path, codes=codes, unit=unit, placed=unit is not None)
    return replace(other_file(path, Status.IGNORED), evidence=held)


def listed() -> Round:
    first = replace(
        returned_file("科协"), documents=(document("15.2", Came.NOT_SENT), document("15.1", Came.UNNAMED, ""))
    )
    second = replace(
        returned_file("信访局"),
        documents=(
            of_one_row(
                [
                    replace(
                        document("8.1", Came.HERE, "甲.pdf", "信访局/8/甲.pdf"), seen=(Inspected(kind="PDF", pages=2),)
                    )
                ]
            )[0],
            document("8.1", Came.MISSING, "乙.pdf"),
            document("15.1", Came.HERE, "丙.pdf", "信访局/8/丙.pdf", misplaced=True),
            document("15.2", Came.SHARED, "丁.pdf", "11月/15/丁.pdf"),
            document("旧9.9", Came.ELSEWHERE, "见附件"),
        ),
    )
    more = [
        evidence("信访局/8/甲.pdf", "信访局", "8"),
        evidence("11月/15/无主.pdf", None, "15"),
        evidence("信访局/15/15.4/多.pdf", "信访局", "15", "15.4"),
        evidence("信访局/8/多.pdf", "信访局", "8"),
    ]
    return a_round(["信访局", "科协"], [first, second, *more])


def rows() -> list[tuple[Cell, ...]]:
    (table,) = (block for block in evidence_book(listed()).sheets[0].blocks if isinstance(block, Table))
    return [(row[1], row[2], row[4], *row[9:12]) for row in table.rows]


def test_rows() -> None:
    """Documents stand in the order of units and sub-points, each with what came; what nobody lists is at the end, nobody's last."""
    assert rows() == [
        ("信访局", 8, "8.1", "甲.pdf", "收到", "信访局/8/甲.pdf"),
        ("信访局", 8, "8.1", "乙.pdf", "没有收到", None),
        ("信访局", 15, "15.1", "丙.pdf", "收到(不在该项的文件夹)", "信访局/8/丙.pdf"),
        ("信访局", 15, "15.2", "丁.pdf", "收到同名文件,请核实是哪个单位的", "11月/15/丁.pdf"),
        ("信访局", None, "旧9.9", "见附件", "填的不是文件名", None),
        ("科协", 15, "15.1", None, "没有填文件名", None),
        ("科协", 15, "15.2", "甲.pdf", "未随表报送", None),
        ("信访局", 8, None, "多.pdf", "收到,台账目录没有列出", "信访局/8/多.pdf"),
        ("信访局", 15, "15.4", "多.pdf", "收到,台账目录没有列出", "信访局/15/15.4/多.pdf"),
        ("不能确定", 15, None, "无主.pdf", "收到,台账目录没有列出", "11月/15/无主.pdf"),
    ]


def test_what_was_found() -> None:
    """What was found in a file stands beside it, and a citizen's number in its name is not printed whole."""
    name = "信访局/8/名单11010519491231002X.pdf"
    file = evidence(name, "信访局", "8")
    seen = Inspected(kind="PDF", pages=4, fault=Fault.EMPTY, numbers=("1101************2X",))
    assert file.evidence
    made = a_round(["信访局"], [replace(file, evidence=replace(file.evidence, seen=seen))])
    (table,) = (block for block in evidence_book(made).sheets[0].blocks if isinstance(block, Table))
    assert table.rows[0][-3:] == (
        "信访局/8/名单1101************2X.pdf",
        4,
        "打开是空白的;有公民身份号码(1101************2X)",
    )


def test_it_is_a_table() -> None:
    """The workbook has a table of the program's own, with unique titles, a filter and a fixed head."""
    made = listed()
    sheet = openpyxl.load_workbook(BytesIO(report_bytes(evidence_book(made), made.notice.theme))).worksheets[0]
    (table,) = sheet.tables.values()
    assert (table.name, table.ref, table.autoFilter.ref, sheet.freeze_panes) == ("台账清单", "A3:N13", "A3:N13", "A4")
    assert [cell.value for cell in sheet[3]] == HEADS
    assert len(set(HEADS)) == len(HEADS)
    assert [cell.value for cell in sheet[4]] == [
        1, "信访局", 8, "坚持法治信访", "8.1", "总结", "其他材料", "2020-05-01", 3, "甲.pdf", "收到", "信访局/8/甲.pdf",
        2, "填3页,数出2页",
    ]  # fmt: skip


def test_nothing_listed() -> None:
    """Before anything is listed there is a head without rows, and no table that other programs could stumble over."""
    made = a_round(["科协"], [])
    book = evidence_book(made)
    assert [type(block) for block in book.sheets[0].blocks] == [Sentence, Table]
    sheet = openpyxl.load_workbook(BytesIO(report_bytes(book, made.notice.theme))).worksheets[0]
    assert not sheet.tables
