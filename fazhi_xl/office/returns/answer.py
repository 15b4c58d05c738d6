"""From identified returns to answers: the inputs are found, by codes or defined names, and read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from fazhi_xl.answers.copies import settled
from fazhi_xl.answers.locate import locate
from fazhi_xl.answers.located import Found, Located, fill_in
from fazhi_xl.answers.read import Answers, read_answers
from fazhi_xl.answers.structure import Layout, column_number, examined
from fazhi_xl.cells import CellKind, RawCell
from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.form.expression import Value
from fazhi_xl.office.returns.answered_before import AnsweredBefore
from fazhi_xl.office.returns.stages import AnsweredReturn, ClosedFile, IdentifiedReturn, older_edition
from fazhi_xl.office.workspace.processes import spread
from fazhi_xl.xlsx.reader import RawBook


def answered(
    returns: Iterable[IdentifiedReturn | ClosedFile], jobs: int = 1, before: AnsweredBefore | None = None
) -> list[AnsweredReturn | ClosedFile]:
    """Find and read the inputs of every form, whether it will count or not; what cannot be read is closed.

    What was found in a form `before` is not looked for again.
    """
    every = list(returns)
    forms = {no: each for no, each in enumerate(every) if isinstance(each, IdentifiedReturn)}
    known = {no: found for no, each in forms.items() if before and (found := before.answered(each))}
    rest = {no: each for no, each in forms.items() if no not in known}
    made = _answered(rest, jobs) if rest else {}
    if before:
        for no, each in rest.items():
            before.keep(each, made[no])
    return [each if isinstance(each, ClosedFile) else known.get(no) or made[no] for no, each in enumerate(every)]


def _answered(forms: Mapping[int, IdentifiedReturn], jobs: int) -> dict[int, AnsweredReturn]:
    found = {no: _found(each, locate(each.book.cells)) for no, each in forms.items()}
    return {no: found[no].answered(read) for no, read in _read(found, jobs).items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _FoundInputs:
    """A form with the cells of its inputs, and all findings of whose it is and where they were found."""

    identified: IdentifiedReturn
    located: Located
    findings: tuple[Finding, ...]

    @property
    def older(self) -> bool:
        return older_edition(self.findings)

    def read(self) -> _Read:
        """Read the inputs."""
        book, form = self.identified.book, self.identified.form
        read = read_answers(form.shape, self.located, prior=form.prior, date1904=book.date1904, formats=book.formats)
        layout = Layout(
            merges={sheet.name: sheet.merges for sheet in book.sheets},
            names=frozenset(book.names),
            cells=book.cells,
            formulas_known=book.formulas_known,
            sent_back=book.sent_back,
        )
        answers = examined(form, read, self.located, layout, older=self.older)
        return _Read(values=answers.values, findings=answers.findings, cells=answers.cells)

    def answered(self, read: _Read) -> AnsweredReturn:
        """Put the form together with what was read of it."""
        arrival, book, form = self.identified.arrival, self.identified.book, self.identified.form
        answers = Answers(
            shape=form.shape, values=read.values, findings=read.findings, prior=form.prior, cells=read.cells
        )
        return AnsweredReturn(
            arrival=arrival, book=book, form=form, located=self.located, answers=answers, findings=self.findings
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """The result of reading a form, as it is sent between processes: without the form itself."""

    values: Mapping[str, Value]
    findings: tuple[Finding, ...] = ()
    cells: Mapping[str, Found]


def _read(found: Mapping[int, _FoundInputs], jobs: int) -> dict[int, _Read]:
    """Read the inputs, forms of one shape together, so that what is computed once per shape is shared."""

    def shape(no: int) -> str:
        return found[no].identified.form.shape.name

    batches = [tuple(numbers) for _, numbers in groupby(sorted(found, key=shape), key=shape)]
    return {no: read for batch in spread(partial(_read_batch, found), batches, jobs) for no, read in batch}


def _read_batch(found: Mapping[int, _FoundInputs], numbers: Iterable[int]) -> list[tuple[int, _Read]]:
    return [(no, found[no].read()) for no in numbers]


# Where the inputs stand -----------------------------------------------------------------------------------------------


def _found(each: IdentifiedReturn, coded: Located) -> _FoundInputs:
    """Find the form's inputs, by defined names where codes are gone."""
    each, coded = each.renumbered(coded)
    shape = each.form.shape
    coded, copies = settled(coded, shape)
    whole = all(map(coded.has, shape.fields.values()))
    found = fill_in(coded, shape, {} if whole else _named(each.book))
    more = len(found.cells.keys() - coded.cells.keys())
    by_name = (finding(Code.FOUND_BY_NAME, value=None, count=more),) if more else ()
    doubts = (*_contradictions(each, coded), *by_name, *copies)
    return _FoundInputs(identified=each, located=found, findings=(*each.findings, *doubts))


def _contradictions(each: IdentifiedReturn, coded: Located) -> Iterator[Finding]:
    """Compare codes with defined names, which stay behind when rows are sorted or codes are typed over; the codes are believed."""
    names, inputs = each.book.names, each.form.shape.fields
    named = each.form.shape.input_names
    fields = ((key, named[key]) for key in inputs.keys() & coded.cells.keys())
    pointed = {key: _target(names[name]) for key, name in fields if name in names}
    apart = [
        key
        for key, ((sheet, *_), cell) in pointed.items()
        if sheet not in coded.passed and (sheet, cell) != (coded.cells[key].sheet, coded.cells[key].cell)
    ]
    if apart:
        first = min(apart, key=list(inputs).index)
        place = Place(sheet=coded.cells[first].sheet, cell=coded.cells[first].cell, field=first)
        yield finding(Code.CODES_MOVED, place, value=inputs[first].row, count=len(apart))


def _named(book: RawBook) -> dict[str, Found]:
    """Give the cells that the workbook's defined names point to, blank ones included, by name."""
    cells = {cell.place: cell for cell in book.cells}
    sheets = {sheet.name for sheet in book.sheets}
    named = {}
    for name, reference in book.names.items():
        at, address = _target(reference)
        if at[0] in sheets and at[1] and at[2]:
            held = cells.get(at) or RawCell(*at, kind=CellKind.TEXT, text="", formula=False)
            named[name] = Found(sheet=at[0], cell=address, kind=held.kind, text=held.text, formula=held.formula)
    return named


_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")  # bounded, since the file comes from outside


def _target(reference: str) -> tuple[tuple[str, int, int], str]:
    """Parse a reference such as `'任务分解表'!$D$7`; row and column are 0 where it is no single cell."""
    sheet, _, cell = reference.rpartition("!")
    name, match = sheet.strip("'").replace("''", "'"), _CELL.fullmatch(cell)
    if match is None:
        return (name, 0, 0), ""
    letters, row = match[1].upper(), int(match[2])
    return (name, row, column_number(letters)), f"{letters}{row}"
