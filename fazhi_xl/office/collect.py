"""Collecting: returned files to a ranking. One bad file never stops the rest, and every file is accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from fazhi_xl.answers.locate import Found, Located, fill_in, locate
from fazhi_xl.answers.read import Answers, read_answers
from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Finding, Place, finding
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.model import Form
from fazhi_xl.form.unit_form import REHEARSAL_MARK
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.build import changed_shapes, forms_of
from fazhi_xl.office.choice import chosen
from fazhi_xl.office.identity import identified, register
from fazhi_xl.office.progress import Progress
from fazhi_xl.office.returns import Return, Task, arrived, read_all
from fazhi_xl.office.workspace import Workspace
from fazhi_xl.reports.ranking import ranking_book
from fazhi_xl.reports.report_json import report
from fazhi_xl.reports.round import FileResult, Round, Status, status_of
from fazhi_xl.scoring.from_answers import claimed_bonus, sub_point_scores
from fazhi_xl.scoring.model import Basis, UnitScore
from fazhi_xl.scoring.ranking import ranked
from fazhi_xl.scoring.score import missing_score, unit_score
from fazhi_xl.xlsx.reading import to_frame
from fazhi_xl.xlsx.writing.report import report_bytes

RANKING_FILE = "排名汇总.xlsx"
REPORT_FILE = "report.json"


def collect(notice: Notice, space: Workspace, task: Task, progress: Progress, *, now: datetime) -> Round:
    """Read the returns, check and score them, and write 结果/ and 存档/. Raises WrongUseError only for wrong use."""
    held = space.campaign()
    if held is None:
        message = f"{space.root} 里没有 campaign.json,还没有发放过表。请先运行 build_workbooks.py。"
        raise WrongUseError(message)
    edition = Edition.parse(held["version"])
    forms = forms_of(notice, space, edition)
    returns = read_all(arrived(space, task), task, progress)
    known = identified(returns, register(notice, forms, edition, space.key()))
    files = _answered(known, {form.unit: form for form in forms}, notice)
    done = Round(
        notice=notice,
        generated=now,
        basis=Basis.SELF,
        files=tuple(files),
        units=_scores(notice, forms, files),
        version=edition.text,
        mark=REHEARSAL_MARK if edition.rehearsal else "",
        remarks=tuple(_remarks(notice, forms, held)),
    )
    _keep(space, returns, done)
    _write(space, done)
    return done


def _remarks(notice: Notice, forms: tuple[Form, ...], held: dict[str, Any]) -> Iterator[str]:
    if changed_shapes(notice, forms, held):
        yield "目录在发放之后改动过填报项:已按现目录评分,旧表里没有的填报项列为待填。"


# Answers ----------------------------------------------------------------------------------------------------


def _answered(returns: list[Return], forms: Mapping[str, Form], notice: Notice) -> list[FileResult]:
    frame = to_frame({each.arrival.path: each.book for each in returns if each.open and each.book})
    cells = locate(frame)
    located = [
        replace(each, located=cells.get(each.arrival.path), inputs=frozenset(forms[each.unit].shape.fields))
        if each.open and each.unit
        else each
        for each in returns
    ]
    return [
        _result(each, forms[each.unit], frame, notice) if each.open and each.unit else _file(each)
        for each in chosen(located)
    ]


def _file(each: Return) -> FileResult:
    return FileResult(
        path=each.arrival.path,
        sha256=each.arrival.sha256,
        received=each.arrival.received,
        unit=each.unit,
        status=each.status or status_of(each.findings),
        findings=each.findings,
    )


def _result(each: Return, form: Form, frame: pd.DataFrame, notice: Notice) -> FileResult:
    book, located = each.book, each.located
    if located is None or book is None:
        return _file(replace(each, findings=(finding("form-unknown"),)))
    names = {} if located.rows >= {f.row for f in form.shape.fields.values()} else _named(each, frame)
    completed, lost = fill_in(located, form.shape, names)
    answers = read_answers(form.shape, completed, date1904=book.date1904)
    findings = (
        *each.findings,
        *_book_findings(each, form, notice),
        *_row_findings(form, completed, lost),
        *answers.findings,
    )
    return replace(_file(replace(each, findings=_without_lost(findings, lost))), answers=answers)


def _book_findings(each: Return, form: Form, notice: Notice) -> Iterator[Finding]:
    book, due = each.book, notice.about.dates.ledger_due
    if book is None:
        return
    if each.arrival.received > due:
        yield finding("received-late", value=str(each.arrival.received), due=due)
    if book.formulas_known:
        issued = {sheet.name for sheet in form.shape.sheets}
        for sheet in book.sheets:
            if sheet.name in issued and not sheet.protected and not sheet.cut:
                yield finding("protection-removed", Place(sheet=sheet.name))
    else:
        yield finding("file-converted", kind=f".{book.kind}")


def _row_findings(form: Form, located: Located, lost: Iterable[str]) -> Iterator[Finding]:
    own = {field.row for field in form.shape.fields.values()}
    for row in located.repeated:
        if row in own:
            yield finding("row-repeated", Place(field=row), value=row)
    for row in lost:
        yield finding("row-missing", Place(field=row), value=row)


def _without_lost(findings: Iterable[Finding], lost: Iterable[str]) -> tuple[Finding, ...]:
    """Drop what follows from a lost row: its inputs are not blank, they are gone."""
    gone = tuple(f"{row}." for row in lost)
    return tuple(f for f in findings if f.code != "value-missing" or not (f.place.field or "").startswith(gone))


def _named(each: Return, frame: pd.DataFrame) -> dict[str, Found]:
    """Find what stands where the workbook's defined names point."""
    own = frame[frame["file"] == each.arrival.path]
    cells = {
        (sheet, row, column): Found(sheet=sheet, cell="", kind=kind, text=text, formula=formula)
        for _, sheet, row, column, kind, text, formula in own.itertuples(index=False)
    }
    pointed = ((name, _target(reference)) for name, reference in (each.book.names if each.book else {}).items())
    return {name: replace(cells[at], cell=cell) for name, (at, cell) in pointed if at in cells}


def _target(reference: str) -> tuple[tuple[str, int, int], str]:
    """Take `'任务分解表'!$D$7` apart."""
    sheet, _, cell = reference.rpartition("!")
    plain = cell.replace("$", "")
    letters = plain.rstrip("0123456789")
    column = 0
    for letter in letters if letters.isascii() and letters.isalpha() else "":
        column = column * 26 + ord(letter.upper()) - 64
    row = plain[len(letters) :]
    return (sheet.strip("'").replace("''", "'"), int(row) if row.isdigit() else 0, column), plain


# Scores and results ------------------------------------------------------------------------------------------


def _scores(notice: Notice, forms: tuple[Form, ...], files: Iterable[FileResult]) -> tuple[UnitScore, ...]:
    answers = {file.unit: file.answers for file in files if file.answers and file.status is not Status.REJECTED}
    groups = {unit.short: unit.ranking_group for unit in notice.units}
    return ranked([_score(notice, form, groups[form.unit], answers.get(form.unit)) for form in forms])


def _score(notice: Notice, form: Form, group: str, answers: Answers | None) -> UnitScore:
    if answers is None or answers.blank:
        full = sum(notice.sub_points[code].points for code in form.shape.sub_points)
        return missing_score(form.unit, group, full)
    return unit_score(
        form.unit,
        group,
        sub_point_scores(notice, answers),
        bonus=claimed_bonus(answers),
        deduction=0,  # deductions are entered by the office in the review round
        scoring=notice.about.scoring,
        basis=Basis.SELF,
    )


def _keep(space: Workspace, returns: Iterable[Return], done: Round) -> None:
    """Keep accepted originals byte for byte, under their SHA-256."""
    space.make(space.results, space.archive)
    accepted = {file.sha256 for file in done.files if file.unit and file.status is not Status.REJECTED}
    for each in returns:
        target = space.archive / f"{each.arrival.sha256}{Path(each.arrival.path).suffix.lower()}"
        if each.arrival.data and each.arrival.sha256 in accepted and not target.exists():
            space.write(target, each.arrival.data)


def _write(space: Workspace, done: Round) -> None:
    space.write(space.results / RANKING_FILE, report_bytes(ranking_book(done), done.notice.theme))
    space.write_json(space.results / REPORT_FILE, report(done))
