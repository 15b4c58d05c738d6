"""The sheets 问题清单 (all findings, gravest first), 规范化记录 (values read otherwise than typed) and 改动与异常 (altered forms)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from fazhi_xl.answers.read import value_text
from fazhi_xl.findings import Actor, Code, Finding, Severity, Topic
from fazhi_xl.reports.filing.finding_lines import Line, grouped
from fazhi_xl.reports.media.titles import title
from fazhi_xl.reports.media.workbook import Cell, Column, ReportSheet, Sentence, Table, cell_link
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import Round

PROBLEMS = "问题清单"
_UNIT = Column(title="单位", width=15)
_SEVERITY = Column(title="程度", width=9, style="centre")
_SHEET, _CELLS = Column(title="工作表", width=12), Column(title="单元格", width=12, style="centre")
_FIELDS, _FILE = Column(title="编号", width=17), Column(title="文件", width=32, style="small")
_NAMED = 3  # files of evidence named for a unit
_PROBLEM_COLUMNS = (
    _UNIT,
    Column(title="谁处理", width=8, style="centre"),
    _SEVERITY,
    _SHEET,
    Column(title="单元格", width=12),
    _FIELDS,
    Column(title="填报内容", width=16),
    Column(title="问题和怎样改", width=48),
    _FILE,
)


def problems_sheet(round_: Round) -> ReportSheet:
    found = [
        (line.severity, _problem(round_.unit_of(file), file.actor(line.first), line, file))
        for file in round_.files
        for line in grouped(each for each in file.findings if each.code is not Code.EVIDENCE_FILE)
    ]
    found += _evidence_rows(round_)
    found += [(each.severity, _problem_of_book(round_, book, each)) for book, each in round_.review]
    rows = tuple(row for severity in Severity for own, row in found if own is severity)
    return ReportSheet(
        name=PROBLEMS,
        title=title(round_, PROBLEMS),
        blocks=(
            Sentence(
                "同一份表里同样的问题、一个单位的台账材料合为一行;"
                "逐处的清单在 结果/退回 里给单位的表上(须改正、请核实的才有),材料逐份的在 结果/台账清单.xlsx,全部记录在 report.json。"
                if rows
                else "没有问题。"
            ),
            Table(columns=_PROBLEM_COLUMNS, rows=rows, name=PROBLEMS, native=True),
        ),
        tab="error",
        held=1,
    )


def _problem(unit: str | None, actor: Actor, line: Line, file: FileResult) -> tuple[Cell, ...]:
    """Give a row on a return; its cells lead to the first of them in the original, where that is kept."""
    place, cells = line.first.place, line.cells
    leads = cell_link(cells, file.copy, place.sheet, place.cell) if cells and place.sheet and place.cell else cells
    said = (place.sheet, leads, line.fields, line.values, line.message)
    return (unit, actor or None, line.severity.word, *said, file.path)


def _evidence_rows(round_: Round) -> Iterator[tuple[Severity, tuple[Cell, ...]]]:
    """Give a row for each unit whose evidence came as it should, with the first files' names: 台账清单 has them all."""
    units: defaultdict[str | None, list[tuple[FileResult, Finding]]] = defaultdict(list)
    for file in round_.files:
        for each in file.findings:
            if each.code is Code.EVIDENCE_FILE:
                units[file.evidence.unit if file.evidence else round_.unit_of(file)].append((file, each))
    for unit, own in units.items():
        file, first = own[0]
        more = f"等{len(own)}个" if len(own) > _NAMED else ""
        files = "、".join(each.path for each, _ in own[:_NAMED]) + more
        said = (None, None, None, f"{len(own)}个文件", first.message)
        yield first.severity, (unit, file.actor(first) or None, first.severity.word, *said, files)


def _problem_of_book(round_: Round, book: str, found: Finding) -> tuple[Cell, ...]:
    """Give a row on a review book, which the office mends; what was entered there stays out until verdicts count."""
    place, entered = found.place, found.value if round_.official else None
    actor = Actor.OFFICE if found.code.actor is Actor.UNIT else found.code.actor
    where = (place.sheet, place.cell, place.field)
    return (place.unit or None, actor or None, found.severity.word, *where, entered, told_of(round_, found), book)


def told_of(round_: Round, found: Finding) -> str:
    """Say what is wrong in a review book; before the ranking is official without a score or verdict."""
    return found.message if round_.official else found.early_message


_NORMALISED_COLUMNS = (
    _UNIT,
    _SHEET,
    Column(title="单元格", width=8, style="centre"),
    Column(title="编号", width=18),
    Column(title="原填", width=28),
    Column(title="整理为", width=28),
    Column(title="原因", width=8, style="centre"),
    _FILE,
)


def normalised_sheet(round_: Round) -> ReportSheet:
    """List every value that was read otherwise than it was typed."""
    rows = tuple(_normalised(file, each) for file in round_.files for each in _only(file, Topic.NORMALISED))
    return ReportSheet(
        name="规范化记录",
        title=title(round_, "规范化记录"),
        blocks=(
            Sentence(
                f"下列{len(rows)}处按固定的规则整理后读取,意思没有改动;原件在 存档 里。"
                if rows
                else "没有要整理后读取的值。"
            ),
            Table(columns=_NORMALISED_COLUMNS, rows=rows),
        ),
        filtered=True,
    )


_REASONS = {Code.VALUE_NORMALISED: "写法", Code.VALUE_FROM_FORMULA: "公式"}


def _normalised(file: FileResult, each: Finding) -> tuple[Cell, ...]:
    place, answers = each.place, file.answers
    kept = value_text(answers.values.get(place.field)) if answers and place.field and each.value is not None else None
    return (file.unit, place.sheet, place.cell, place.field, each.value, kept, _REASONS[each.code], file.path)


_CHANGE_COLUMNS = (
    _UNIT,
    _SEVERITY,
    _SHEET,
    _CELLS,
    _FIELDS,
    Column(title="现为", width=20),
    Column(title="改动或异常", width=50),
    _FILE,
)


def changes_sheet(round_: Round) -> ReportSheet:
    """List the findings on forms that are no longer as issued."""
    rows = tuple(
        (
            file.unit,
            line.severity.word,
            *(line.first.place.sheet, line.cells, line.fields, line.values, line.message),
            file.path,
        )
        for file in round_.files
        for line in grouped(_only(file, Topic.FORM))
    )
    return ReportSheet(
        name="改动与异常",
        title=title(round_, "改动与异常"),
        blocks=(
            Sentence(
                "收回的表与下发的表不一致之处。计分只用下发的分值、选项和公式,这些改动不影响计分。"
                if rows
                else "没有与下发的表不一致之处。"
            ),
            Table(columns=_CHANGE_COLUMNS, rows=rows),
        ),
        filtered=True,
    )


def _only(file: FileResult, topic: Topic) -> Iterator[Finding]:
    yield from (each for each in file.findings if each.code.topic is topic)
