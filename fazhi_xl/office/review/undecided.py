"""What of a round the office has still to decide: every sub-point, claim and entry that is open, and every contradiction."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain

from fazhi_xl.answers.read import value_text
from fazhi_xl.findings import Key
from fazhi_xl.form.sheets.review import blind, registers, scores
from fazhi_xl.form.sheets.review.adjudication import ADJUDICATION
from fazhi_xl.form.sheets.review.appeals import APPEALS
from fazhi_xl.form.sheets.review.arising import FOR_SEALING, LISTS, is_gone, list_of
from fazhi_xl.form.sheets.review.common import UNIT
from fazhi_xl.form.sheets.review.dossier import Case, Dossier, Matter
from fazhi_xl.form.sheets.review.queries import QUERIES
from fazhi_xl.form.sheets.review.unlike import UNLIKE
from fazhi_xl.form.sheets.unit import bonus, deductions
from fazhi_xl.notice.choices import KeptBy
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.office.review.records import SECOND
from fazhi_xl.office.review.statements import ReviewBook, Statement, code_of, keys_of
from fazhi_xl.rounds.undecided import OpenMatter, Undecided
from fazhi_xl.scoring.from_answers import sub_point_scores
from fazhi_xl.text.one_line import cut, one_line

_KINDS = {
    QUERIES.head: Undecided.QUERY,
    UNLIKE.head: Undecided.UNLIKE,
    ADJUDICATION.head: Undecided.RULING,
    APPEALS.head: Undecided.APPEAL,
}
_WHAT = 30  # characters that say what a row is about


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """What may be open: the dossier, the decisions, the keys on which books contradict each other, and the rows not recorded."""

    dossier: Dossier
    decided: Decisions
    contested: Collection[Key]
    books: tuple[ReviewBook, ...]

    def matters(self) -> Iterator[OpenMatter]:
        yield from self._sub_points()
        yield from self._office_values()
        yield from self._listed(self.dossier.claims, Undecided.BONUS, registers.BONUS)
        yield from self._listed(self.dossier.provided, Undecided.DEDUCTION, registers.DEDUCTIONS)
        yield from self._contested()
        yield from self._arisen()
        yield from self._unread()
        notice = self.dossier.notice
        if not notice.items and not any(each.values for each in self.decided.decisions.values()):
            # A bare list of deductions is complete when the office says so: an empty one has not been begun.
            yield OpenMatter(kind=Undecided.NOTHING, sheet=registers.DEDUCTIONS)

    def _sub_points(self) -> Iterator[OpenMatter]:
        for case in self.dossier.cases:
            unit, code = case.unit.short, case.sub.code
            kind = self._of_case(case)
            if kind and (unit, code) not in self.contested:
                yield _open(kind, code, case.code, scores.NAME, _of_sub_point(case))

    def _of_case(self, case: Case) -> Undecided | None:
        unit, code = case.unit.short, case.sub.code
        if self.decided.contradicted(unit, code, out=case.out):
            return Undecided.REGISTER
        if self.decided.settles(unit, code, out=case.out):
            return None
        return Undecided.NOT_APPLICABLE if case.out else Undecided.SUB_POINT

    def _office_values(self) -> Iterator[OpenMatter]:
        """Give the sub-points for which a value of the office is missing; nobody scores them by hand."""
        notice = self.dossier.notice
        for unit, answers in self.decided.answers.items():
            for score in sub_point_scores(notice, answers):
                sub = notice.sub_points_of(unit)[score.code]
                if score.by_office and not self.decided.complete(unit, sub):
                    sheet = next(each.name for each in notice.registers_of(KeptBy.OFFICE) if each.feeding(sub.id))
                    yield _open(
                        Undecided.OFFICE_VALUE,
                        score.code,
                        code_of(notice, (unit, score.code)),
                        sheet,
                        _Subject(unit=unit, what=f"{score.code} {sub.text}"),
                    )

    def _listed(self, matters: tuple[Matter, ...], kind: Undecided, sheet: str) -> Iterator[OpenMatter]:
        for each in matters:
            key = each.unit.short, each.row
            held = self.decided.decisions.get(key)
            if not (held and held.values.verdict) and key not in self.contested:
                yield _open(kind, each.row, each.code, sheet, _of_matter(each))

    def _arisen(self) -> Iterator[OpenMatter]:
        """Give the rows of the lists that arise which nobody has answered."""
        for drawn in LISTS:
            for each in self.dossier.matters.get(drawn.head, ()):
                key = each.unit.short, each.row
                held = self.decided.decisions.get(key)
                if key not in self.contested and not (held and held.values.keys() & set(drawn.answered)):
                    yield _open(_KINDS[drawn.head], each.row, each.code, drawn.name, _of_arisen(each))

    def _contested(self) -> Iterator[OpenMatter]:
        notice = self.dossier.notice
        second = {each.key: each for book in self.books for each in book.statements if each.blind}
        for key in sorted(self.contested):
            if key in second:
                yield _of_blind(second[key])
                continue
            code = code_of(notice, key)
            yield _open(Undecided.BOOKS, key[1], code, sheet_of(notice, key[1]), self._subject(key, code))

    def _unread(self) -> Iterator[OpenMatter]:
        """Give the rows in which something was entered that could not be taken."""
        keys = keys_of(self.dossier)
        own = (
            book for book in self.books if not book.blind
        )  # a row of a blind book is open while nothing is on record of it
        codes = dict.fromkeys(code for book in own for code in sorted(book.entered & book.blocked))
        for code in (code for code in codes if not is_gone(self.dossier, code)):
            key = keys.get(code, ("", code))
            if key not in self.contested:
                sheet = sheet_of(self.dossier.notice, key[1])
                yield _open(Undecided.UNREAD, key[1], code, sheet, self._subject(key, code))

    def _subject(self, key: Key, code: str) -> _Subject:
        """Give what a row is about: as it was returned, or as the office entered it in a row of its own."""
        dossier = self.dossier
        cases = (_of_sub_point(case) for case in dossier.cases if case.code == code)
        matters = (_of_matter(each) for each in (*dossier.claims, *dossier.provided) if each.code == code)
        own = next(chain(cases, matters), None)
        return own or _Subject(unit=key[0] or self._entered(code, UNIT), what=self._entered(code, registers.MATTER))

    def _entered(self, code: str, column: str) -> str:
        """Give what the office entered in a column of a register's row; in the first book that has it, else what is on record."""
        typed = (value_text(book.typed.get(f"{code}.{column}")) for book in self.books)
        held = self.decided.decisions.get(("", code))
        return next(filter(None, typed), held.values.text(column) if held else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """What an open row is about: the unit, who told of it where that is another one, and the matter."""

    unit: str = ""
    source: str = ""
    what: str = ""


def _of_blind(said: Statement) -> OpenMatter:
    """Give a row on which blind books contradict each other; it names no unit."""
    return OpenMatter(
        kind=Undecided.BOOKS, row=said.blind, code=said.blind, sheet=blind.NAME, book=said.book, for_sealing=True
    )


def _of_sub_point(case: Case) -> _Subject:
    return _Subject(unit=case.unit.short, what=f"{case.sub.code} {case.sub.text}")


def _of_arisen(each: Matter) -> _Subject:
    """Give whom and what a row is about: the second of what it shows says that."""
    return _Subject(unit=each.unit.short, what=list(each.said.values())[1])


def _of_matter(each: Matter) -> _Subject:
    """Give whom a matter is about: who claims a bonus, or the unit that is named in what another one provides."""
    provided = each.row in deductions.codes()
    unit = each.said.get(deductions.UNIT, "") if provided else each.unit.short
    return _Subject(
        unit=unit,
        source="" if unit == each.unit.short else each.unit.short,
        what=each.said.get(deductions.MATTER if provided else bonus.MATTER, ""),
    )


def open_matters(
    dossier: Dossier, decided: Decisions, contested: Collection[Key], books: tuple[ReviewBook, ...]
) -> tuple[OpenMatter, ...]:
    """List what is still open, sub-points first, each row once."""
    found = _Open(dossier=dossier, decided=decided, contested=contested, books=books).matters()
    by_row: dict[str, OpenMatter] = {}
    for each in found:
        by_row.setdefault(each.code, each)
    return tuple(by_row.values())


def undecided(dossier: Dossier, decided: Decisions) -> Iterator[Case]:
    """Give the sub-points whose score neither a decision nor a register determines."""
    for case in dossier.cases:
        if not decided.settles(case.unit.short, case.sub.code, out=case.out):
            yield case


def sheet_of(notice: Notice, row: str) -> str:
    """Name the review book's sheet on which a row stands."""
    if row in bonus.codes():
        return registers.BONUS
    if drawn := list_of(row):
        return drawn.name
    head = row.partition(".")[0]
    if head == SECOND:
        return blind.NAME
    if row in deductions.codes() or head == registers.DEDUCTIONS:
        return registers.DEDUCTIONS
    kept = {each.code: each.name for each in notice.registers_of(KeptBy.OFFICE)}
    return kept.get(head, head if head == registers.VETOES else scores.NAME)


def _open(kind: Undecided, row: str, code: str, sheet: str, subject: _Subject) -> OpenMatter:
    return OpenMatter(
        for_sealing=sheet in FOR_SEALING,
        kind=kind,
        unit=subject.unit,
        row=row,
        code=code,
        sheet=sheet,
        what=cut(one_line(subject.what).rstrip(";；,，。 "), _WHAT),
        source=subject.source,
    )
