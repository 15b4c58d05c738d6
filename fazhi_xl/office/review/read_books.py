"""Reads every workbook in 审核/ as a review book of this round, whatever its name, into one statement per row."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path

from fazhi_xl.answers.copies import settled
from fazhi_xl.answers.locate import locate
from fazhi_xl.answers.located import Located, fill_in
from fazhi_xl.answers.read import Answers, read_answers
from fazhi_xl.cells import CellKind
from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Code, Finding, Key, Place, finding
from fazhi_xl.form.expression import Value
from fazhi_xl.form.identity import Edition, find_form_number, read_form_number
from fazhi_xl.form.model import Shape, column_letters
from fazhi_xl.form.review_form import REVIEW_UNIT_NO, review_shape
from fazhi_xl.form.sheets.review import arising, scores
from fazhi_xl.form.sheets.review.adjudication import ADJUDICATION, FIRST_BY, SECOND_BY, WHAT
from fazhi_xl.form.sheets.review.common import DECIDED, REVIEWER
from fazhi_xl.form.sheets.review.dossier import Case, Dossier, Matter, row_code
from fazhi_xl.form.sheets.review.registers import SOURCE, UNIT, VERDICT, fixed_rows, spare_rows
from fazhi_xl.form.sheets.unit import bonus, deductions
from fazhi_xl.limits import SIZE_LIMIT
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.sayings import without_bare
from fazhi_xl.office.review.second.book import BlindBook, book_of, rows_in
from fazhi_xl.office.review.second.drawn import Drawing
from fazhi_xl.office.review.statements import (
    ReviewBook,
    Statement,
    cell_text,
    code_of,
    keys_of,
    texts_of,
    with_statements,
)
from fazhi_xl.office.workspace.editions import GONE, EarlierEdition
from fazhi_xl.office.workspace.folder import Workspace, reading
from fazhi_xl.text.people import is_among
from fazhi_xl.text.system_errors import system_error
from fazhi_xl.xlsx.reader import Bounds, RawBook, RejectedError, read

_BOUNDS = Bounds(rows=20_000)
NO_RESULT = "公式没有结果"
RECORDS = ".jsonl"  # how the names of records end
_LITTER = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True, kw_only=True)
class BookContext:
    """What a review book is recognised and read by: catalogue, edition, secret, each unit's sub-points, and today's dossier.

    A book of one of the `earlier` editions is read by what its numbers stood for. `recorded` are the decisions in force, by row code:
    a row that says just that is not checked again, whatever was returned or asked for since. The `drawings` say whose the rows of
    books of second opinions are.
    """

    notice: Notice
    edition: Edition
    key: bytes
    assigned: Mapping[str, tuple[str, ...]]
    now: Dossier
    earlier: Mapping[str, EarlierEdition] = field(default_factory=dict)
    recorded: Mapping[str, Decision] = field(default_factory=dict)
    drawings: tuple[Drawing, ...] = ()

    def is_own(self, number: str) -> bool:
        """Say whether a form number is that of this round's review books, with a genuine check code."""
        claim = read_form_number(number, self.key)
        same = claim.prefix == self.notice.about.form_prefix and claim.unit_no == REVIEW_UNIT_NO
        return same and claim.genuine and claim.edition.startswith("YL") == self.edition.rehearsal


def read_books(space: Workspace, context: BookContext) -> tuple[ReviewBook, ...]:
    """Read every file in 审核/ but records and leftovers of programs; a file that is no review book of this round gets a finding."""
    if not space.review.exists():
        return ()
    with reading(space.review):
        files = (path for path in space.review.rglob("*") if path.is_file() and path.suffix != RECORDS)
        paths = sorted(
            path for path in files if not (path.name.startswith((".", "~$")) or path.name.lower() in _LITTER)
        )
    return tuple(_book(context, path.relative_to(space.review).as_posix(), _bytes(path)) for path in paths)


def _bytes(path: Path) -> bytes | Finding:
    """Read a file's bytes; where that cannot be done, give what is wrong."""
    try:
        with path.open("rb") as file:
            return file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        return finding(Code.FILE_CHANGING)
    except OSError as error:
        return finding(Code.FILE_UNREADABLE, detail=system_error(error))


def _book(context: BookContext, name: str, data: bytes | Finding) -> ReviewBook:
    """Read one book; an exception becomes a finding, so that the others are read."""
    if isinstance(data, Finding):
        return ReviewBook(name=name, data=b"", sha256=hashlib.sha256().hexdigest(), findings=(data,))
    book = ReviewBook(name=name, data=data, sha256=hashlib.sha256(data).hexdigest())
    try:
        return _read(context, book, read(data, bounds=_BOUNDS))
    except RejectedError as error:
        return replace(book, findings=(finding(Code.REVIEW_UNREADABLE, detail=error.finding.cause),))
    except WrongUseError:
        raise
    except Exception as error:  # noqa: BLE001 - one bad file never stops the rest, whatever it sets off
        return replace(
            book, findings=(finding(Code.REVIEW_UNREADABLE, detail=f"读取时出现意外错误({type(error).__name__})"),)
        )


def _read(context: BookContext, book: ReviewBook, raw: RawBook) -> ReviewBook:
    texts = (cell.text for cell in raw.cells if cell.kind is CellKind.TEXT)
    numbers = list(dict.fromkeys(number for text in texts if (number := find_form_number(text))))
    if len(numbers) != 1 or not context.is_own(numbers[0]):
        return replace(book, findings=(finding(Code.REVIEW_FOREIGN, value="、".join(numbers[:3]) or "(无)"),))
    located = locate(raw.cells)
    edition = context.earlier.get(read_form_number(numbers[0], context.key).edition)
    located = _of_today(located, edition) if edition else located
    if rows_in(located):
        drawing = book_of(context.drawings, located, context.key)
        if drawing is None:
            return replace(book, findings=(finding(Code.REVIEW_SECOND_OTHER),), blind=True)
        return _blind(context, book, raw, located, BlindBook(drawing=drawing, dossier=context.now))
    dossier, strange = _dossier(context, located)
    shape = review_shape(dossier)
    unknown = tuple(finding(Code.REVIEW_ROW_UNKNOWN, value=code) for code in strange)
    if not shape.fields:  # the book of a section of which nothing was returned yet
        return replace(book, findings=unknown)
    read_so = _ruled_by_others(context, _answered(context, book, raw, located, shape, keys_of(dossier)))
    return replace(read_so, findings=(*unknown, *read_so.findings))


def _answered(
    context: BookContext,
    book: ReviewBook,
    raw: RawBook,
    located: Located,
    shape: Shape,
    keys: Mapping[str, Key],
) -> ReviewBook:
    """Read what stands in the inputs of a shape, row by row, under these keys."""
    located, copies = settled(located, shape)
    typed_so = _as_first_read(fill_in(located, shape, {}), shape)
    read_now = partial(read_answers, shape, date1904=raw.date1904, formats=raw.formats)
    found = without_bare(typed_so, shape, read_now, partial(_on_record, context, keys))
    answers = _still_wrong(read_now(found), context.recorded)
    faults = tuple(fault for fault in answers.findings if fault.code is not Code.FORM_UNFILLED)
    gone = {shape.fields[key].row for key in found.lost}
    bare = {key: each.text for key, each in typed_so.cells.items() if each is not found.cells[key]}
    held = {**answers.values, **_without_result(answers), **bare}
    typed = {key: value for key, value in held.items() if shape.fields[key].row not in gone}
    book = replace(book, typed=typed, findings=(*copies, *faults, *_disguised(raw, answers)))
    return with_statements(book, answers, found, keys, context.notice)


def _on_record(context: BookContext, keys: Mapping[str, Key], row: str, column: str) -> str:
    held = context.recorded.get(code_of(context.notice, keys[row])) if row in keys else None
    return held.values.text(column) if held else ""


def _blind(context: BookContext, book: ReviewBook, raw: RawBook, located: Located, blind: BlindBook) -> ReviewBook:
    """Read a book of second opinions; a row that the first reviewer signed again, alone or with others, is refused."""
    made = _answered(context, book, raw, located, blind.shape, blind.keys)
    codes = {key: code for code, key in blind.keys.items()}
    again = {
        codes[each.key]: each
        for each in made.statements
        if not _is_recorded(context, each)
        and is_among(each.values.text(REVIEWER), blind.first_reviewers[codes[each.key]])
    }
    refused = {
        each.key: finding(Code.REVIEW_SECOND_SAME, Place(field=code), value=each.values.text(REVIEWER), row=code)
        for code, each in again.items()
    }
    made = _refusing(made, refused, codes)
    return replace(made, statements=tuple(replace(each, blind=codes[each.key]) for each in made.statements), blind=True)


def _ruled_by_others(context: BookContext, book: ReviewBook) -> ReviewBook:
    """Refuse a ruling that was signed by one of the two whose marks it is on."""
    own = {
        each.key: each
        for each in book.statements
        if ADJUDICATION.holds(each.key[1]) and not _is_recorded(context, each)
    }
    refused = {
        key: finding(
            Code.REVIEW_RULED_BY_PARTY,
            Place(unit=key[0], field=key[1]),
            value=each.values.text(REVIEWER),
            row=f"{key[0]}{each.seen.get(WHAT, '').partition(' ')[0]}",
        )
        for key, each in own.items()
        if any(is_among(each.values.text(REVIEWER), each.seen.get(by, "")) for by in (FIRST_BY, SECOND_BY))
    }
    return _refusing(book, refused, {key: code_of(context.notice, key) for key in refused})


def _refusing(book: ReviewBook, refused: Mapping[Key, Finding], codes: Mapping[Key, str]) -> ReviewBook:
    """Take what is refused out of a book's statements, and tell of it."""
    return replace(
        book,
        statements=tuple(each for each in book.statements if each.key not in refused),
        blocked=book.blocked | {codes[key] for key in refused},
        findings=(*book.findings, *refused.values()),
    )


def _is_recorded(context: BookContext, said: Statement) -> bool:
    """Say whether a row says just what was taken before, by whatever rules there were."""
    held = context.recorded.get(code_of(context.notice, said.key))
    return held is not None and held.values == said.values


def _disguised(raw: RawBook, answers: Answers) -> Iterator[Finding]:
    """Tell of numbers and days that their format scales or hides: they are read as they are stored, and written back so."""
    odd = {(sheet, f"{column_letters(column)}{row}") for sheet, row, column in raw.disguised}
    plain = {key for key, each in answers.shape.fields.items() if each.kind not in {Kind.TEXT, Kind.CHOICE}}
    cells = {key: at for key, at in answers.cells.items() if key in plain and (at.sheet, at.cell) in odd}
    for key, at in islice(cells.items(), 1):
        named = "、".join(f"{each.sheet}!{each.cell}" for each in cells.values())
        yield finding(
            Code.DISPLAY_DISGUISED, Place(sheet=at.sheet, cell=at.cell, field=key), value=named, count=len(cells)
        )


def _without_result(answers: Answers) -> dict[str, Value]:
    """Give, by field, a text for each formula without a result: written back as typed, it is told until it is mended."""
    bare = (each.place.field for each in answers.findings if each.code is Code.FORMULA_WITHOUT_RESULT)
    return {key: NO_RESULT for key in bare if key and answers.shape.fields[key].kind is not Kind.TEXT}


def _as_first_read(located: Located, shape: Shape) -> Located:
    """Take a cell into which a book before this one wrote that its formula has no result for that formula: nobody typed the text."""
    own = {key: located.cells.get(key) for key, field in shape.fields.items() if field.kind is not Kind.TEXT}
    marked = {key: found for key, found in own.items() if found and found.text == NO_RESULT}
    return replace(
        located,
        cells={**located.cells, **{key: found._replace(text="", formula=True) for key, found in marked.items()}},
    )


def _still_wrong(answers: Answers, recorded: Mapping[str, Decision]) -> Answers:
    """Leave out what is wrong with rows that say just what is on record."""
    rows = dict.fromkeys(answers.shape.fields[key].row for key in answers.wrong if key in answers.shape.fields)
    typed = texts_of(answers)
    bare = {answers.shape.fields[key].row for key in _without_result(answers)}
    same = {row for row in rows if row in recorded and typed.get(row) == recorded[row].values.texts}
    kept = same - bare
    fields = {key for key, own in answers.shape.fields.items() if own.row in kept}
    return replace(answers, findings=tuple(each for each in answers.findings if each.place.field not in fields))


def _of_today(located: Located, edition: EarlierEdition) -> Located:
    """Give the rows of a book of an earlier edition under today's codes.

    One whose sub-point is gone is left out, unless a verdict stands there that was never recorded: that is told.
    """
    found = located.renamed(edition.reviewed_row, edition.said)
    gone = {code for code in found.rows if code.startswith(GONE) and not _unrecorded(found, code)}
    return replace(found, rows={code: at for code, at in found.rows.items() if code not in gone})


def _unrecorded(located: Located, code: str) -> bool:
    said = any(cell_text(located, code, column) for column in (scores.SCORE, scores.OUT, VERDICT))
    return said and not cell_text(located, code, DECIDED)


# The rows of a book --------------------------------------------------------------------------------------------------


def _dossier(context: BookContext, located: Located) -> tuple[Dossier, list[str]]:
    """Give the dossier of the book's rows, and the codes of rows on no unit or sub-point of today's catalogue."""
    own, strange = _unit_rows(context, located)
    known = {case.code: case for case in context.now.cases}
    dossier = Dossier(
        notice=context.notice,
        cases=tuple(
            _case(context.notice, unit, row, known.get(row_code(unit, row)), located)
            for unit, row in own
            if row in context.assigned.get(unit.short, ())
        ),
        claims=tuple(Matter(unit=unit, row=row, said={}) for unit, row in own if row in bonus.codes()),
        provided=tuple(Matter(unit=unit, row=row, said={}) for unit, row in own if row in deductions.codes()),
        matters=arising.by_list(_matters(own, located)),
        registers=_registered(context.notice, located),
        unexplained=context.now.unexplained,
        this_year=context.now.this_year,
    )
    return dossier, strange


def _matters(own: Iterable[tuple[Unit, str]], located: Located) -> Iterator[Matter]:
    """Give the rows of the lists that arise, with what each shows; such a row is there whatever has become of it since."""
    for unit, row in own:
        if drawn := arising.list_of(row):
            code = row_code(unit, row)
            yield Matter(unit=unit, row=row, said={column: cell_text(located, code, column) for column in drawn.shown})


def _registered(notice: Notice, located: Located) -> dict[str, tuple[str, ...]]:
    """Give the rows of the registers, by what their codes begin with."""
    numbered = [code for code in located.rows if re.fullmatch(r"[^/]+\.[0-9]{3,6}", code)]
    return {
        **{name: tuple(code for code in numbered if code.startswith(f"{name}.")) for name in spare_rows(notice)},
        **{name: tuple(code for code in codes if code in located.rows) for name, codes in fixed_rows(notice).items()},
    }


def _unit_rows(context: BookContext, located: Located) -> tuple[list[tuple[Unit, str]], list[str]]:
    """Give the rows on units by unit and row, and the codes of those that the unit named in them has not."""
    units = {f"{unit.no:02d}": unit for unit in context.notice.units}
    lists = {*bonus.codes(), *deductions.codes(), *fixed_rows(context.notice)}
    own: list[tuple[Unit, str]] = []
    strange: list[str] = []
    for code in located.rows:
        head, slash, row = code.partition("/")
        unit = units.get(head)
        named = unit is not None and unit.short in {cell_text(located, code, column) for column in (UNIT, SOURCE)}
        known = row in lists or row in context.assigned.get(unit.short if unit else "", ()) or arising.list_of(row)
        if slash and unit and named and known:
            own.append((unit, row))
        elif slash:
            strange.append(code)
    return own, strange


def _case(notice: Notice, unit: Unit, row: str, known: Case | None, located: Located) -> Case:
    """Give the sub-point as returned now; a verdict on 不涉及 stays readable when the claim is gone."""
    case = known or Case(unit=unit, sub=notice.sub_points_of(unit.short)[row])
    return replace(case, out=case.out or bool(cell_text(located, case.code, scores.OUT)))
