"""Collecting: returned files to a ranking. One bad file never stops the rest, and every file is accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from fazhi_xl.answers.locate import Found, Located, fill_in, locate
from fazhi_xl.answers.read import Answers, read_answers
from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Finding, Place, finding
from fazhi_xl.form.identity import Edition, read_form_number
from fazhi_xl.form.model import Form, find_form_number
from fazhi_xl.form.unit_form import REHEARSAL_MARK
from fazhi_xl.intake.arrivals import Arrival, arrivals
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.build import changed_shapes, forms_of
from fazhi_xl.office.jobs import spread
from fazhi_xl.office.progress import Progress
from fazhi_xl.office.workspace import Workspace
from fazhi_xl.reports.ranking import ranking_book
from fazhi_xl.reports.report_json import report
from fazhi_xl.reports.round import FileResult, Round, Status, status_of
from fazhi_xl.scoring.from_answers import claimed_bonus, sub_point_scores
from fazhi_xl.scoring.model import Basis, UnitScore
from fazhi_xl.scoring.ranking import ranked
from fazhi_xl.scoring.score import missing_score, unit_score
from fazhi_xl.xlsx.reading import RawBook, RejectedError, read, to_frame
from fazhi_xl.xlsx.writing.report import report_bytes

RANKING_FILE = "排名汇总.xlsx"
REPORT_FILE = "report.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What to collect; no returns means the round's own folder 回收."""

    returns: tuple[Path, ...] = ()
    jobs: int = 1
    passwords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Return:
    """A file under way: what it holds, whose it is, what is wrong with it so far."""

    arrival: Arrival
    book: RawBook | None = None
    unit: str | None = None
    findings: tuple[Finding, ...] = ()
    status: Status | None = None  # set early where it does not depend on the findings

    @property
    def open(self) -> bool:
        return self.book is not None and self.status is None


def collect(notice: Notice, space: Workspace, task: Task, progress: Progress, *, now: datetime) -> Round:
    """Read the returns, check and score them, and write 结果/ and 存档/. Raises WrongUseError only for wrong use."""
    held = space.campaign()
    if held is None:
        message = f"{space.root} 里没有 campaign.json,还没有发放过表。请先运行 build_workbooks.py。"
        raise WrongUseError(message)
    edition = Edition.parse(held["version"])
    forms = forms_of(notice, space, edition)
    returns = _read_all(_arrived(space, task), task, progress)
    files = _answered(_chosen(_identified(notice, forms, returns, edition, space.key())), forms, notice)
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


# Reading -------------------------------------------------------------------------------------------------------------


def _arrived(space: Workspace, task: Task) -> list[Arrival]:
    places = task.returns or (space.returns,)
    for place in places:
        if not place.exists():
            message = f"没有找到 {place}。请把收到的文件放进这个文件夹,或在命令后面写明文件夹。"
            raise WrongUseError(message)
    return list(arrivals(places))


def _read_all(found: Sequence[Arrival], task: Task, progress: Progress) -> list[_Return]:
    opened = spread(partial(_open, passwords=task.passwords), found, task.jobs)
    return list(progress.track(opened, "读取回收文件", len(found)))


def _open(arrival: Arrival, passwords: tuple[str, ...]) -> _Return:
    if arrival.litter:
        return _Return(arrival=arrival, findings=(finding("file-ignored"),), status=Status.IGNORED)
    if arrival.data is None:
        return _refused(arrival, finding("file-unreadable", detail=arrival.trouble))
    try:
        return _Return(arrival=arrival, book=read(arrival.data, passwords=passwords))
    except RejectedError as error:
        return _refused(arrival, error.finding)
    except Exception as error:  # noqa: BLE001 - one bad file never stops the rest, whatever it sets off
        return _refused(arrival, finding("file-unreadable", detail=type(error).__name__))


def _refused(arrival: Arrival, why: Finding) -> _Return:
    return _Return(arrival=arrival, findings=(why,), status=Status.REJECTED)


# Identity ------------------------------------------------------------------------------------------------------------


def _identified(
    notice: Notice, forms: tuple[Form, ...], returns: Iterable[_Return], edition: Edition, key: bytes
) -> list[_Return]:
    units = {unit.no: unit.short for unit in notice.units}
    issued = {form.unit for form in forms}
    return [
        _identify(each, units, issued, notice.about.form_prefix, edition, key) if each.open else each
        for each in returns
    ]


def _identify(
    each: _Return, units: Mapping[int, str], issued: set[str], prefix: str, edition: Edition, key: bytes
) -> _Return:
    numbers = _form_numbers(each.book)
    if not numbers:
        return replace(each, findings=(finding("form-unknown"),), status=Status.REJECTED)
    if len(numbers) > 1:
        mixed = finding("form-mixed", value="、".join(numbers))
        return replace(each, findings=(mixed,), status=Status.REJECTED)
    claim = read_form_number(numbers[0], key)
    unit = units.get(claim.unit_no)
    if claim.prefix != prefix or unit not in issued or claim.edition.startswith("YL") != edition.rehearsal:
        return replace(each, findings=(finding("form-foreign", value=numbers[0]),), status=Status.REJECTED)
    if not claim.genuine:
        return replace(each, findings=(finding("form-forged", value=numbers[0]),), status=Status.REJECTED)
    older = finding("form-edition", value=claim.edition, current=edition.text)
    return replace(each, unit=unit, findings=() if claim.edition == edition.text else (older,))


def _form_numbers(book: RawBook | None) -> list[str]:
    texts = (text for _, _, _, kind, text, _ in book.cells if kind == "s") if book else ()
    return list(dict.fromkeys(number for text in texts if (number := find_form_number(text))))


# Which return counts -------------------------------------------------------------------------------------------------


def _chosen(returns: list[_Return]) -> list[_Return]:
    """Of a unit's returns the latest counts, of equal bytes the first; all are kept."""
    latest: dict[str, _Return] = {}
    first: dict[str, _Return] = {}
    for each in sorted(returns, key=lambda r: (r.arrival.received, r.arrival.path)):
        if each.open and each.unit:
            same = first.setdefault(each.arrival.sha256, each)
            if same is each:
                latest[each.unit] = each
    return [_judged(each, latest, first) for each in returns]


def _judged(each: _Return, latest: Mapping[str, _Return], first: Mapping[str, _Return]) -> _Return:
    if not each.open or not each.unit or latest[each.unit] is each:
        return each
    same, newer = first[each.arrival.sha256], latest[each.unit]
    if same is not each:
        note = finding("duplicate-file", value=same.arrival.path)
        return replace(each, findings=(*each.findings, note), status=Status.DUPLICATE)
    note = finding("superseded-file", value=newer.arrival.path)
    return replace(each, findings=(*each.findings, note), status=Status.SUPERSEDED)


# Answers -------------------------------------------------------------------------------------------------------------


def _answered(returns: list[_Return], forms: tuple[Form, ...], notice: Notice) -> list[FileResult]:
    by_unit = {form.unit: form for form in forms}
    counting = {each.arrival.path: each for each in returns if each.open}
    frame = to_frame({path: each.book for path, each in counting.items() if each.book})
    located = locate(frame)
    return [
        _result(each, by_unit[each.unit], located.get(each.arrival.path), frame, notice)
        if each.open and each.unit
        else _file(each)
        for each in returns
    ]


def _file(each: _Return) -> FileResult:
    return FileResult(
        path=each.arrival.path,
        sha256=each.arrival.sha256,
        received=each.arrival.received,
        unit=each.unit,
        status=each.status or status_of(each.findings),
        findings=each.findings,
    )


def _result(each: _Return, form: Form, located: Located | None, frame: pd.DataFrame, notice: Notice) -> FileResult:
    book = each.book
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


def _book_findings(each: _Return, form: Form, notice: Notice) -> Iterator[Finding]:
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


def _named(each: _Return, frame: pd.DataFrame) -> dict[str, Found]:
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


# Scores and results --------------------------------------------------------------------------------------------------


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


def _keep(space: Workspace, returns: Iterable[_Return], done: Round) -> None:
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
