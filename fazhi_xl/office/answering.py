"""From identified returns to answers: the inputs are found, each unit's return is chosen, and what it says is checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from fazhi_xl.answers.locate import Found, Located, fill_in, locate
from fazhi_xl.answers.read import read_answers
from fazhi_xl.findings import Finding, Place, finding
from fazhi_xl.form.model import Form
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.choice import chosen
from fazhi_xl.office.returns import Return
from fazhi_xl.reports.round import FileResult, Status, status_of
from fazhi_xl.xlsx.reading import to_frame


def answered(returns: list[Return], forms: Mapping[str, Form], notice: Notice) -> list[FileResult]:
    frame = to_frame({each.arrival.path: each.book for each in returns if each.open and each.book})
    coded = locate(frame)
    located = [
        _located(each, forms[each.unit], coded.get(each.arrival.path, Located()), frame)
        if each.open and each.unit
        else each
        for each in returns
    ]
    return [
        _guarded(each, forms[each.unit], notice) if each.open and each.unit else _file(each) for each in chosen(located)
    ]


def _located(each: Return, form: Form, coded: Located, frame: pd.DataFrame) -> Return:
    """Find the form's inputs, by defined names where codes are gone."""
    whole = all(map(coded.has, form.shape.fields.values()))
    found = fill_in(coded, form.shape, {} if whole else _named(each, frame))
    return replace(each, located=found, inputs=frozenset(form.shape.fields))


def _file(each: Return) -> FileResult:
    return FileResult(
        path=each.arrival.path,
        sha256=each.arrival.sha256,
        received=each.arrival.received,
        unit=each.unit,
        status=each.status or status_of(each.findings),
        findings=each.findings,
    )


def _guarded(each: Return, form: Form, notice: Notice) -> FileResult:
    try:
        return _result(each, form, notice)
    except Exception as error:  # noqa: BLE001 - one bad file never stops the rest, whatever it sets off
        why = finding("file-unreadable", detail=type(error).__name__)
        return _file(replace(each, findings=(why,), status=Status.REJECTED))


def _result(each: Return, form: Form, notice: Notice) -> FileResult:
    date1904 = each.book is not None and each.book.date1904
    answers = read_answers(form.shape, each.located or Located(), date1904=date1904)
    findings = (*each.findings, *_book_findings(each, form, notice), *answers.findings)
    return replace(_file(replace(each, findings=findings)), answers=answers)


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


def _named(each: Return, frame: pd.DataFrame) -> dict[str, Found]:
    """Find what stands where the workbook's defined names point."""
    own = frame[frame["file"] == each.arrival.path]
    cells = {
        (sheet, row, column): Found(sheet=sheet, cell="", kind=kind, text=text, formula=formula)
        for _, sheet, row, column, kind, text, formula in own.itertuples(index=False)
    }
    sheets = {sheet.name for sheet in each.book.sheets} if each.book else set()
    pointed = ((name, _target(reference)) for name, reference in (each.book.names if each.book else {}).items())
    return {
        name: replace(cells.get(at, _blank(at[0])), cell=cell)
        for name, (at, cell) in pointed
        if at[0] in sheets and at[1] and at[2]
    }


def _blank(sheet: str) -> Found:
    return Found(sheet=sheet, cell="", kind="s", text="", formula=False)


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
