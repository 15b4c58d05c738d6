"""Reads every workbook in 审核/ as a review book of this round, whatever its name, into one statement per row."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from fazhi_xl.answers.copies import settled
from fazhi_xl.answers.locate import Located, fill_in, locate
from fazhi_xl.answers.read import Answers, read_answers, value_text
from fazhi_xl.cells import CellKind
from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Code, Finding, Key, finding
from fazhi_xl.form.expression import Value, text
from fazhi_xl.form.identity import Edition, find_form_number, read_form_number
from fazhi_xl.form.model import Content, Label, Points, formula_value
from fazhi_xl.form.review_form import REVIEW_UNIT_NO, review_shape
from fazhi_xl.form.sheets.review import scores
from fazhi_xl.form.sheets.review.common import BASIS, DECIDED
from fazhi_xl.form.sheets.review.dossier import Case, Dossier, Matter, row_code
from fazhi_xl.form.sheets.review.registers import DEDUCTIONS, NEWS, SOURCE, TASKS, UNIT
from fazhi_xl.form.sheets.unit import bonus, deductions
from fazhi_xl.limits import SIZE_LIMIT
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.office.review.decision_log import RECORD
from fazhi_xl.office.review.values import Values, values_of
from fazhi_xl.office.review.votes import Vote, mark_of, resolves
from fazhi_xl.office.workspace.folder import Workspace, reading
from fazhi_xl.xlsx.reader import Bounds, RawBook, RejectedError, read
from fazhi_xl.xlsx.reader.frame import to_frame

_BOUNDS = Bounds(rows=20_000)
_REGISTER = re.compile(rf"(?:{DEDUCTIONS}|{TASKS}|{NEWS})\.\d{{3}}")
# What a row shows of the return: a decision rests on it, whatever is returned later.
SHOWN = (
    scores.AUTO, scores.SELF, scores.FACTS, bonus.SITUATION, UNIT, bonus.MATTER, deductions.DEGREE, bonus.AUTHORITY,
    bonus.LEVEL, bonus.DOCUMENT, bonus.DATED,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one book says in one row; `base` is the number of the decision that the row showed when the book was written.

    `resolves` tells that the row showed a contradiction too, and was edited since.
    """

    key: Key
    values: Values
    book: str
    sha256: str
    basis: str
    seen: Mapping[str, str]
    base: int | None
    resolves: bool = False

    @property
    def vote(self) -> Vote:
        return Vote(book=self.book, values=self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewBook:
    """A review book as read: `typed` are its inputs' values by field, `blocked` the codes of rows that have errors."""

    name: str
    data: bytes
    sha256: str
    statements: tuple[Statement, ...] = ()
    typed: Mapping[str, Value] = field(default_factory=dict)
    blocked: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BookContext:
    """What a review book is recognised and read by: catalogue, edition, secret, each unit's sub-points, and today's dossier."""

    notice: Notice
    edition: Edition
    key: bytes
    assigned: Mapping[str, tuple[str, ...]]
    now: Dossier


def read_books(space: Workspace, context: BookContext) -> tuple[ReviewBook, ...]:
    """Read every file in 审核/ but 决定.jsonl and leftovers of programs; a file that is no review book of this round gets a finding."""
    if not space.review.exists():
        return ()
    with reading(space.review):
        paths = sorted(path for path in space.review.rglob("*") if path.is_file() and not _skipped(path.name))
    return tuple(_book(context, path.relative_to(space.review).as_posix(), _bytes(path)) for path in paths)


def _skipped(name: str) -> bool:
    return name == RECORD or name.startswith((".", "~$")) or name.lower() in {"thumbs.db", "desktop.ini"}


def _bytes(path: object) -> bytes | None:
    try:
        with open(str(path), "rb") as file:  # noqa: PTH123 - a name may be of any kind
            return file.read(SIZE_LIMIT + 1)
    except OSError:
        return None


def _book(context: BookContext, name: str, data: bytes | None) -> ReviewBook:
    """Read one book; an exception becomes a finding, so that the others are read."""
    book = ReviewBook(name=name, data=data or b"", sha256=hashlib.sha256(data or b"").hexdigest())
    if data is None:
        return replace(book, findings=(finding(Code.FILE_CHANGING),))
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
    if len(numbers) != 1 or not _is_ours(context, numbers[0]):
        return replace(book, findings=(finding(Code.REVIEW_FOREIGN, value="、".join(numbers[:3]) or "(无)"),))
    located = locate(to_frame({book.name: raw})).get(book.name, Located())
    dossier, strange = _dossier(context, located)
    shape = review_shape(dossier)
    unknown = tuple(finding(Code.REVIEW_ROW_UNKNOWN, value=code) for code in strange)
    if not shape.fields:  # the book of a section of which nothing was returned yet
        return replace(book, findings=unknown)
    located, copies = settled(located, shape)
    found = fill_in(located, shape, {})
    answers = read_answers(shape, found, date1904=raw.date1904)
    faults = tuple(fault for fault in answers.findings if fault.code is not Code.FORM_UNFILLED)
    gone = {shape.fields[key].row for key in found.lost}
    typed = {key: value for key, value in answers.values.items() if shape.fields[key].row not in gone}
    book = replace(book, typed=typed, findings=(*unknown, *copies, *faults))
    return with_statements(book, answers, found, keys_of(dossier))


def _is_ours(context: BookContext, number: str) -> bool:
    claim = read_form_number(number, context.key)
    same = claim.prefix == context.notice.about.form_prefix and claim.unit_no == REVIEW_UNIT_NO
    return same and claim.genuine and claim.edition.startswith("YL") == context.edition.rehearsal


# The rows of a book --------------------------------------------------------------------------------------------------


def _dossier(context: BookContext, located: Located) -> tuple[Dossier, list[str]]:
    """Give the dossier of the book's rows, and the codes of rows on no unit or sub-point of today's catalogue."""
    known = {case.code: case for case in context.now.cases}
    cases, claims, provided = [], [], []
    strange = []
    registers: dict[str, list[str]] = {DEDUCTIONS: [], TASKS: [], NEWS: []}
    units = {f"{unit.no:02d}": unit for unit in context.notice.units}
    for code in located.rows:
        head, slash, row = code.partition("/")
        unit = units.get(head) if slash else None
        if _REGISTER.fullmatch(code):
            registers[code.rpartition(".")[0]].append(code)
        elif slash and (unit is None or not _names(located, code, unit)):
            strange.append(code)
        elif unit and row in context.assigned.get(unit.short, ()):
            cases.append(_case(context.notice, unit, row, known.get(code), located))
        elif unit and row in bonus.codes():
            claims.append(Matter(unit=unit, row=row, said={}))
        elif unit and row in deductions.codes():
            provided.append(Matter(unit=unit, row=row, said={}))
        elif slash:
            strange.append(code)
    lists = {name: tuple(rows) for name, rows in registers.items()}
    return (
        Dossier(
            notice=context.notice,
            cases=tuple(cases),
            claims=tuple(claims),
            provided=tuple(provided),
            registers=lists,
            inputs=context.now.inputs,
            this_year=context.now.this_year,
        ),
        strange,
    )


def _names(located: Located, code: str, unit: Unit) -> bool:
    """Say whether the row names the unit that its code has the number of."""
    return any(_text(located, code, column) == unit.short for column in (UNIT, SOURCE))


def _case(notice: Notice, unit: Unit, row: str, known: Case | None, located: Located) -> Case:
    """Give the sub-point as returned now; a verdict on 不涉及 stays readable when the claim is gone."""
    case = known or Case(unit=unit, sub=notice.sub_points[row])
    return replace(case, out=case.out or bool(_text(located, case.code, scores.OUT)))


def _text(located: Located, code: str, column: str) -> str:
    found = located.cells.get(f"{code}.{column}")
    return found.text.strip() if found else ""


def keys_of(dossier: Dossier) -> dict[str, Key]:
    """Give the key of each row code."""
    own = {case.code: (case.unit.short, case.sub.code) for case in dossier.cases}
    lists = {each.code: (each.unit.short, each.row) for each in (*dossier.claims, *dossier.provided)}
    return {**own, **lists, **{code: ("", code) for codes in dossier.registers.values() for code in codes}}


def with_statements(book: ReviewBook, answers: Answers, located: Located, keys: Mapping[str, Key]) -> ReviewBook:
    """Add the statements of its rows to the book; rows with errors are listed as blocked and give none."""
    blocked = frozenset(_blocked(answers, located))
    rows: dict[str, dict[str, str]] = {code: {} for code in keys if code in located.rows}
    for key, own in answers.shape.fields.items():
        said = value_text(answers.values.get(key))
        if said is not None and own.row in rows:
            rows[own.row][own.column] = said
    statements = tuple(
        _statement(book, located, code, keys[code], values_of(texts))
        for code, texts in rows.items()
        if code not in blocked
    )
    return replace(book, blocked=blocked, statements=statements)


def _blocked(answers: Answers, located: Located) -> Iterator[str]:
    """Give the codes of rows with errors, with lost cells, or that occur twice, also on a copy of their sheet."""
    fields = answers.shape.fields
    yield from located.repeated
    yield from (row for copy in located.copies.values() for row in copy.rows)
    yield from (fields[key].row for key in located.lost)
    yield from (fields[key].row for key in answers.wrong if key in fields)


def _statement(book: ReviewBook, located: Located, code: str, key: Key, values: Values) -> Statement:
    mark, said = mark_of(_text(located, code, DECIDED)), Vote(book=book.name, values=values)
    return Statement(
        key=key,
        values=values,
        book=book.name,
        sha256=book.sha256,
        basis=_text(located, code, BASIS),
        seen=_seen((column, _text(located, code, column)) for column in SHOWN),
        base=mark.base,
        resolves=resolves(said, mark, _text(located, code, scores.DOUBTS)),
    )


def seen_now(row: Mapping[str, Content]) -> Mapping[str, str]:
    """Give the returned data that a row shows, in the form of `Statement.seen`."""
    given = {column: text(formula_value(each)) for column, each in row.items() if isinstance(each, Label | Points)}
    return _seen((column, given.get(column, "")) for column in SHOWN)


def _seen(shown: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {column: said for column, said in shown if said}


def code_of(notice: Notice, key: Key) -> str:
    """Give the row code of a key in today's catalogue; blank where the unit no longer exists."""
    name, row = key
    unit = next((unit for unit in notice.units if unit.short == name), None)
    if not name:
        return row
    return row_code(unit, row) if unit else ""
