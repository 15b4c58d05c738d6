"""What a review book says, as values: a statement for each row that can be read, the keys of rows, and what they show of a return."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from fazhi_xl.answers.located import Located
from fazhi_xl.answers.read import Answers, value_text
from fazhi_xl.findings import Code, Finding, Key, Severity
from fazhi_xl.form.expression import Value, text
from fazhi_xl.form.model import Content, Label, Points, formula_value
from fazhi_xl.form.sheets.review import arising, scores
from fazhi_xl.form.sheets.review.common import BASIS, DECIDED
from fazhi_xl.form.sheets.review.dossier import Dossier, row_code
from fazhi_xl.form.sheets.review.registers import UNIT
from fazhi_xl.form.sheets.unit import bonus, deductions
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.values import Values, readers_of, values_of
from fazhi_xl.office.review.votes import Vote, mark_of, resolves

_TORN = frozenset(
    {Code.SHEET_MISSING, Code.COLUMN_MISSING, Code.ROW_REPEATED, Code.SHEET_COPIED, Code.REVIEW_ROW_UNKNOWN}
)
# What a row shows of the return: a decision rests on it, whatever is returned later.
SHOWN = (
    scores.AUTO, scores.SELF, scores.FACTS, bonus.SITUATION, UNIT, bonus.MATTER, deductions.DEGREE, bonus.AUTHORITY,
    bonus.LEVEL, bonus.DOCUMENT, bonus.DATED,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one book says in one row; `base` is the number of the decision that the row showed when the book was written.

    `resolves` tells that the row showed a contradiction too, and was edited since. `blind` is the code of a row of a blind book, which
    its key does not say.
    """

    key: Key
    values: Values
    book: str
    sha256: str
    basis: str
    seen: Mapping[str, str]
    base: int | None
    resolves: bool = False
    blind: str = ""

    @property
    def vote(self) -> Vote:
        return Vote(book=self.book, values=self.values)

    def decision(self, no: int, before: Decision | None, over: tuple[Vote | str, ...], now: str) -> Decision:
        """Make the decision that the row asks for, numbered `no`; it replaces the one before and overrules the votes `over`."""
        unit, row = self.key
        return Decision(
            no=no,
            unit=unit,
            row=row,
            values=self.values,
            book=self.book,
            sha256=self.sha256,
            basis=self.basis,
            seen=dict(self.seen),
            replaces=before.no if before else None,
            bulk=False,
            recorded=now,
            over=over,
        )


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
    blind: bool = False  # one of second opinions

    @property
    def legible(self) -> bool:
        """Whether it was read without loss of rows or columns, so that it may be overwritten."""
        return not any(fault.severity is Severity.FATAL or fault.code in _TORN for fault in self.findings)

    @property
    def entered(self) -> frozenset[str]:
        """The codes of the rows in which anything was entered."""
        return frozenset(key.rpartition(".")[0] for key in self.typed)


def keys_of(dossier: Dossier) -> dict[str, Key]:
    """Give the key of each row code."""
    own = {case.code: (case.unit.short, case.sub.code) for case in dossier.cases}
    arisen = chain.from_iterable(dossier.matters.values())
    lists = {each.code: (each.unit.short, each.row) for each in (*dossier.claims, *dossier.provided, *arisen)}
    return {
        **own,
        **lists,
        **{code: _register_key(dossier, code) for codes in dossier.registers.values() for code in codes},
    }


def _register_key(dossier: Dossier, code: str) -> Key:
    """Give the key of a register's row; only the row of a unit, where the register has one for each, names the unit."""
    head, slash, row = code.partition("/")
    return (next(unit.short for unit in dossier.notice.units if f"{unit.no:02d}" == head), row) if slash else ("", code)


def code_of(notice: Notice, key: Key) -> str:
    """Give the row code of a key in today's catalogue; blank where the unit no longer exists."""
    name, row = key
    unit = notice.units_by_short.get(name)
    if not name:
        return row
    return row_code(unit, row) if unit else ""


def with_statements(
    book: ReviewBook, answers: Answers, located: Located, keys: Mapping[str, Key], notice: Notice
) -> ReviewBook:
    """Add the statements of its rows to the book; rows with errors are listed as blocked and give none."""
    blocked, readers = frozenset(_blocked(answers, located)), readers_of(notice)
    typed = texts_of(answers)
    statements = tuple(
        _statement(book, located, code, keys[code], values_of(typed.get(code, {}), readers(keys[code][1])))
        for code in keys
        if code in located.rows and code not in blocked
    )
    return replace(book, blocked=blocked, statements=statements)


def _blocked(answers: Answers, located: Located) -> Iterator[str]:
    """Give the codes of rows with errors, with lost cells, or that occur twice, also on a copy of their sheet."""
    fields = answers.shape.fields
    yield from located.repeated
    yield from (row for copy in located.copies.values() for row in copy.rows)
    yield from (fields[key].row for key in located.lost)
    yield from (fields[key].row for key in answers.wrong if key in fields)


def texts_of(answers: Answers) -> dict[str, dict[str, str]]:
    """Give what stands in each row, by column; blank ones are left out."""
    rows: dict[str, dict[str, str]] = {}
    for key, own in answers.shape.fields.items():
        said = value_text(answers.values.get(key))
        if said is not None:
            rows.setdefault(own.row, {})[own.column] = said
    return rows


def _statement(book: ReviewBook, located: Located, code: str, key: Key, values: Values) -> Statement:
    mark, said = mark_of(cell_text(located, code, DECIDED)), Vote(book=book.name, values=values)
    arisen = arising.list_of(key[1])
    return Statement(
        key=key,
        values=values,
        book=book.name,
        sha256=book.sha256,
        basis=cell_text(located, code, BASIS),
        seen=_seen((column, cell_text(located, code, column)) for column in (arisen.shown if arisen else SHOWN)),
        base=mark.base,
        resolves=resolves(said, mark, cell_text(located, code, scores.DOUBTS)),
    )


def seen_now(row: Mapping[str, Content]) -> Mapping[str, str]:
    """Give the returned data that a row shows, in the form of `Statement.seen`."""
    given = {column: text(formula_value(each)) for column, each in row.items() if isinstance(each, Label | Points)}
    return _seen((column, given.get(column, "")) for column in SHOWN)


def _seen(shown: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {column: said for column, said in shown if said}


def cell_text(located: Located, code: str, column: str) -> str:
    """Give the text of a row's cell; blank where there is none."""
    found = located.cells.get(f"{code}.{column}")
    return found.text.strip() if found else ""
