"""From identified returns to answers: the inputs are found, by codes or defined names, and read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from fazhi_xl.answers.content_code import content_code
from fazhi_xl.answers.copies import settled
from fazhi_xl.answers.locate import locate
from fazhi_xl.answers.located import Found, Located, fill_in
from fazhi_xl.answers.read import Answers, read_answers
from fazhi_xl.answers.structure import Layout, column_number, examined
from fazhi_xl.cells import CellKind, RawCell
from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.office.returns.stages import AnsweredReturn, ClosedFile, IdentifiedReturn, older_edition
from fazhi_xl.xlsx.reader import RawBook


def answered(returns: Iterable[IdentifiedReturn | ClosedFile]) -> list[AnsweredReturn | ClosedFile]:
    """Find and read the inputs of every form, whether it will count or not."""
    return [each if isinstance(each, ClosedFile) else _answered(each) for each in returns]


def _answered(each: IdentifiedReturn) -> AnsweredReturn:
    return _found(each, locate(each.book.cells)).read()


@dataclass(frozen=True, slots=True, kw_only=True)
class _FoundInputs:
    """A form with the cells of its inputs, and all findings of whose it is and where they were found."""

    identified: IdentifiedReturn
    located: Located
    findings: tuple[Finding, ...]

    @property
    def older(self) -> bool:
        return older_edition(self.findings)

    def read(self) -> AnsweredReturn:
        """Read the inputs."""
        arrival, book, form = self.identified.arrival, self.identified.book, self.identified.form
        read = read_answers(
            form.shape,
            self.located,
            prior=form.prior,
            date1904=book.date1904,
            formats=book.formats,
            off=self.identified.off,
        )
        layout = Layout(
            merges={sheet.name: sheet.merges for sheet in book.sheets},
            names=frozenset(book.names),
            cells=book.cells,
            formulas_known=book.formulas_known,
            sent_back=book.sent_back,
        )
        answers = self._sealed(examined(form, read, self.located, layout, older=self.older))
        return AnsweredReturn(
            arrival=arrival,
            book=book,
            form=form,
            located=self.located,
            answers=answers,
            findings=self.findings,
            says=self.identified.says,
        )

    def _sealed(self, answers: Answers) -> Answers:
        """Add the code over the contents; a form of an earlier edition had other inputs, and so another code."""
        if self.older or self.identified.edition:
            return answers
        book = self.identified.book
        content, told = content_code(self.identified.form.shape, self.located, date1904=book.date1904)
        known = book.formulas_known and not book.sent_back  # what was sent back holds results of the answers of then
        return replace(answers, content=content, findings=(*answers.findings, *(told if known else ())))


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
