"""Evidence that came as it should fills no list: 问题清单 and 没有计入的文件 have a row for each unit."""

from __future__ import annotations

from dataclasses import replace

from fazhi_xl.findings import Code, finding
from fazhi_xl.reports.filing.findings import problems_sheet
from fazhi_xl.reports.filing.returns import uncounted_sheet
from fazhi_xl.reports.media.workbook import Cell, ReportSheet, Table
from fazhi_xl.rounds.appeals import Request
from fazhi_xl.rounds.evidence import EvidenceFile
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from tests.support.rounds import a_round, other_file


def evidence(path: str, unit: str | None) -> FileResult:
    found = (finding(Code.EVIDENCE_FILE),)
    own = EvidenceFile(path=path, codes=("8",), unit=unit)
    return replace(other_file(path, Status.IGNORED), findings=found, evidence=own)


def the_round() -> Round:
    files = [evidence(f"信访局/8/{no}.pdf", "信访局") for no in range(4)]
    return a_round(["信访局", "科协"], [*files, evidence("8/无主.pdf", None), other_file("说明.txt", Status.REJECTED)])


def rows(sheet: ReportSheet) -> tuple[tuple[Cell, ...], ...]:
    (table,) = (block for block in sheet.blocks if isinstance(block, Table))
    return table.rows


def test_problems() -> None:
    """A unit's files of evidence are one hint, with how many they are and the first three; nobody's are another."""
    assert "材料逐份的在 结果/台账清单.xlsx" in str(problems_sheet(the_round()).blocks[0])
    assert [(row[0], row[2], row[6], row[8]) for row in rows(problems_sheet(the_round()))] == [
        ("信访局", "提示", "4个文件", "信访局/8/0.pdf、信访局/8/1.pdf、信访局/8/2.pdf等4个"),
        (None, "提示", "1个文件", "8/无主.pdf"),
    ]


def test_uncounted() -> None:
    """Files of evidence are counted, unit by unit, behind the files that did not count; the sentence counts them all."""
    sheet = uncounted_sheet(the_round())
    assert [(row[0], row[4]) for row in rows(sheet)] == [
        (None, "说明.txt"),
        ("信访局", "台账材料4个,逐个列在 结果/台账清单.xlsx"),
        (None, "台账材料1个,逐个列在 结果/台账清单.xlsx"),
    ]
    assert "共6份没有计入" in str(sheet.blocks[0])


def test_a_request() -> None:
    """A feedback sheet that came back says that it is a request, and not only that it was passed over."""
    sheet = replace(other_file("反馈单.xlsx", Status.IGNORED), request=Request(unit="信访局"))
    assert [row[1] for row in rows(uncounted_sheet(a_round(["信访局"], [sheet])))] == ["复核申请(不计分)"]
