"""From identified returns to answers: the inputs are found, each unit's return is chosen, and what it says is checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import groupby

from fazhi_xl.answers.copies import settled
from fazhi_xl.answers.locate import Found, Located, fill_in, locate
from fazhi_xl.answers.read import Answers, read_answers
from fazhi_xl.answers.structure import Layout, column_number, examined
from fazhi_xl.cells import CellKind, RawCell
from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Form
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.returns.evidence import Packages, evidence_doubts, packages
from fazhi_xl.office.returns.open import Return
from fazhi_xl.office.returns.select import chosen
from fazhi_xl.office.returns.surroundings import beside
from fazhi_xl.office.workspace.processes import spread
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.status import Status, status_of
from fazhi_xl.xlsx.reader import RawBook
from fazhi_xl.xlsx.reader.frame import to_frame


def answered(returns: list[Return], forms: Mapping[str, Form], notice: Notice, jobs: int = 1) -> list[FileResult]:
    coded = locate(to_frame({each.arrival.path: each.book for each in returns if each.open and each.book}))
    located = [
        _located(each, forms[each.unit], coded.get(each.arrival.path, Located())) if each.open and each.unit else each
        for each in returns
    ]
    counting = partial(_counting, notice, packages(returns, notice))
    return [_file(each) for each in _said(chosen(_read(located, forms, jobs)), forms, counting)]


_Read = tuple[int, Mapping[str, Value], tuple[Finding, ...], Mapping[str, Found], str]
"""The number of a return, what its inputs say, what there is to say of them and their cells, or the error that reading it set off."""


def _read(returns: list[Return], forms: Mapping[str, Form], jobs: int) -> list[Return]:
    """Read what the inputs say, those of one shape together: what is found out about a shape serves them all."""
    own = {no: forms[each.unit] for no, each in enumerate(returns) if each.open and each.unit}
    by_shape = groupby(sorted(own, key=lambda no: own[no].shape.name), key=lambda no: own[no].shape.name)
    batches = [tuple(numbers) for _, numbers in by_shape]
    read = {each[0]: each for batch in spread(partial(_read_batch, returns, own), batches, jobs) for each in batch}
    return [_with_answers(each, own[no], read[no]) if no in own else each for no, each in enumerate(returns)]


def _read_batch(returns: list[Return], forms: Mapping[int, Form], numbers: Iterable[int]) -> list[_Read]:
    return [_guarded(no, returns[no], forms[no]) for no in numbers]


def _guarded(no: int, each: Return, form: Form) -> _Read:
    try:
        answers = _answers(each, form)
    except Exception as error:  # noqa: BLE001 - one bad file never stops the rest, whatever it sets off
        return no, {}, (), {}, type(error).__name__
    return no, answers.values, answers.findings, answers.cells, ""


def _with_answers(each: Return, form: Form, read: _Read) -> Return:
    _, values, findings, cells, error = read
    if error:
        return _unreadable(each, error)
    answers = Answers(shape=form.shape, values=values, findings=findings, prior=form.prior, cells=cells)
    return replace(each, answers=answers)


def _unreadable(each: Return, error: str) -> Return:
    return replace(each, findings=(finding(Code.FILE_UNREADABLE, detail=error),), answers=None, status=Status.REJECTED)


def _said(returns: Iterable[Return], forms: Mapping[str, Form], say: Callable[[Return, Form], Return]) -> list[Return]:
    """Say something of each return that is still under way; where that cannot be done, say so of this one."""
    return [_attempted(each, forms[each.unit], say) if each.open and each.unit else each for each in returns]


def _attempted(each: Return, form: Form, say: Callable[[Return, Form], Return]) -> Return:
    try:
        return say(each, form)
    except Exception as error:  # noqa: BLE001 - one bad file never stops the rest, whatever it sets off
        return _unreadable(each, type(error).__name__)


def _located(each: Return, form: Form, coded: Located) -> Return:
    """Find the form's inputs, by defined names where codes are gone."""
    coded, copies = settled(coded, form.shape)
    whole = all(map(coded.has, form.shape.fields.values()))
    found = fill_in(coded, form.shape, {} if whole or not each.book else _named(each.book))
    doubts = (*_contradictions(each, form, coded), *_found_by_name(coded, found), *copies)
    return replace(each, located=found, inputs=frozenset(form.shape.fields), findings=(*each.findings, *doubts))


def _contradictions(each: Return, form: Form, coded: Located) -> Iterator[Finding]:
    """Compare codes with defined names, which stay behind when rows are sorted or codes are typed over; the codes are believed."""
    names = each.book.names if each.book else {}
    fields = ((key, form.shape.fields[key].name) for key in form.shape.fields.keys() & coded.cells.keys())
    pointed = {key: _target(names[name]) for key, name in fields if name in names}
    apart = [
        key
        for key, ((sheet, *_), cell) in pointed.items()
        if sheet not in coded.passed and (sheet, cell) != _at(coded.cells[key])
    ]
    if apart:
        first = min(apart, key=list(form.shape.fields).index)
        place = Place(sheet=coded.cells[first].sheet, cell=coded.cells[first].cell, field=first)
        yield finding(Code.CODES_MOVED, place, value=form.shape.fields[first].row, count=len(apart))


def _at(found: Found) -> tuple[str, str]:
    return found.sheet, found.cell


def _found_by_name(coded: Located, found: Located) -> Iterator[Finding]:
    more = found.cells.keys() - coded.cells.keys()
    if more:
        yield finding(Code.FOUND_BY_NAME, value=None, count=len(more))


def _file(each: Return) -> FileResult:
    return FileResult(
        path=each.arrival.path,
        sha256=each.arrival.sha256,
        received=each.arrival.received,
        unit=each.unit,
        status=each.status or status_of(each.findings),
        findings=each.findings,
        answers=each.answers,
        basis=each.arrival.basis.value,
    )


def _answers(each: Return, form: Form) -> Answers:
    """Read what the inputs say and look at the form around them, whether the return will count or not."""
    book, located = each.book, each.located or Located()
    answers = read_answers(form.shape, located, prior=form.prior, date1904=book is not None and book.date1904)
    if book:
        return examined(form, answers, located, _layout(book), older=_older(each))
    return answers


def _counting(notice: Notice, came: Packages, each: Return, form: Form) -> Return:
    """Say all there is to say of a return that counts."""
    told = each.answers.findings if each.answers else ()
    said = (_newer(fault) if _older(each) else fault for fault in told)
    return replace(
        each, findings=(*each.findings, *_book_findings(each, form, notice), *said, *evidence_doubts(each, came))
    )


def _older(each: Return) -> bool:
    return any(known.code is Code.FORM_EDITION for known in each.findings)


def _layout(book: RawBook) -> Layout:
    return Layout(
        merges={sheet.name: sheet.merges for sheet in book.sheets},
        names=frozenset(book.names),
        cells=book.cells,
        formulas_known=book.formulas_known,
    )


def _newer(found: Finding) -> Finding:
    """Say of a row that an older edition cannot have that it is new, and not that the unit lost it."""
    return finding(Code.ROW_NEWER, found.place, value=found.value) if found.code is Code.ROW_MISSING else found


def _book_findings(each: Return, form: Form, notice: Notice) -> Iterator[Finding]:
    book, due = each.book, notice.about.dates.ledger_due
    if book is None:
        return
    if each.arrival.received > due:
        yield finding(Code.RECEIVED_LATE, value=str(each.arrival.received), due=due)
    if book.outside:
        yield finding(Code.CELLS_OUTSIDE, count=book.outside)
    if not book.formulas_known:
        yield finding(Code.FILE_CONVERTED, kind=f".{book.kind}")
    elif open_sheets := _unprotected(each, form, book):
        yield finding(Code.PROTECTION_REMOVED, value="、".join(open_sheets))
    yield from beside(book, each.located, form, notice.about.office)


def _unprotected(each: Return, form: Form, book: RawBook) -> list[str]:
    """Name the form's sheets, under whatever name, that anybody could change."""
    rows = each.located.rows if each.located else {}
    used = {rows[field.row][0] for field in form.shape.fields.values() if field.row in rows}
    own = used | {sheet.name for sheet in form.shape.sheets}
    return [sheet.name for sheet in book.sheets if sheet.name in own and not sheet.protected and not sheet.cut]


def _named(book: RawBook) -> dict[str, Found]:
    """Find what stands where the workbook's defined names point, blank or not."""
    cells = {cell.place: cell for cell in book.cells}
    sheets = {sheet.name for sheet in book.sheets}
    named = {}
    for name, reference in book.names.items():
        at, address = _target(reference)
        if at[0] in sheets and at[1] and at[2]:
            held = cells.get(at) or RawCell(*at, kind=CellKind.TEXT, text="", formula=False)
            named[name] = Found(sheet=at[0], cell=address, kind=held.kind, text=held.text, formula=held.formula)
    return named


_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")  # no longer: a stranger may have written it


def _target(reference: str) -> tuple[tuple[str, int, int], str]:
    """Take `'任务分解表'!$D$7` apart; row and column are 0 where it is no single cell."""
    sheet, _, cell = reference.rpartition("!")
    name, match = sheet.strip("'").replace("''", "'"), _CELL.fullmatch(cell)
    if match is None:
        return (name, 0, 0), ""
    letters, row = match[1].upper(), int(match[2])
    return (name, row, column_number(letters)), f"{letters}{row}"
