"""The review of one round: reads the books, records new decisions, reports changed data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from difflib import get_close_matches
from fractions import Fraction

from fazhi_xl.answers.read import Answers, value_text
from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.model import Form
from fazhi_xl.form.review_form import shown
from fazhi_xl.form.sheets.review import scores
from fazhi_xl.form.sheets.review.arising import by_list, list_of
from fazhi_xl.form.sheets.review.common import DAY, NOTE, REVIEWER
from fazhi_xl.form.sheets.review.dossier import Case, Dossier, Matter
from fazhi_xl.form.sheets.review.matters import basis
from fazhi_xl.form.sheets.review.registers import fixed_rows, spare_rows
from fazhi_xl.form.unit_form import REHEARSAL_MARK
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.review.console_entries import ConsoleResult, ConsoleRow, take
from fazhi_xl.office.review.decision_log import Decision, DecisionLog, add_to_record, read_record
from fazhi_xl.office.review.dossier import counting_returns, dossier_of, registers
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.office.review.merge import merge, named
from fazhi_xl.office.review.names import names_of
from fazhi_xl.office.review.read_books import BookContext, read_books
from fazhi_xl.office.review.records import SECOND
from fazhi_xl.office.review.register_rows import register_findings
from fazhi_xl.office.review.repeats import repeat_findings
from fazhi_xl.office.review.replies import Queries
from fazhi_xl.office.review.rulings import with_consequences
from fazhi_xl.office.review.second.drawn import Drawing, drawings, keep_drawings
from fazhi_xl.office.review.second.opinions import second_opinions, waiting
from fazhi_xl.office.review.side_by_side import with_offences
from fazhi_xl.office.review.statements import ReviewBook, code_of, seen_now
from fazhi_xl.office.review.undecided import open_matters, undecided
from fazhi_xl.office.review.unlike_scores import unlike_scores
from fazhi_xl.office.review.values import Values, values_of
from fazhi_xl.office.review.votes import BULK, brief
from fazhi_xl.office.workspace.archive import keep
from fazhi_xl.office.workspace.editions import GONE, EarlierEdition
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.second import SecondOpinion
from fazhi_xl.rounds.undecided import OpenMatter
from fazhi_xl.text.commands import Command
from fazhi_xl.text.saying import says_something

EVERYONE = "全部"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """An explicit order to take units' self-scores as they are, where nothing has been decided.

    It names who answers for it; without a name it is wrong use.
    """

    units: tuple[str, ...]
    reviewer: str

    def __post_init__(self) -> None:
        if not says_something(self.reviewer):
            raise WrongUseError("按自评核定(", Command.ACCEPT_SELF, ")要写明由谁负责,请加上 ", Command.BY, " 姓名。")

    def covers(self, unit: str) -> bool:
        return EVERYONE in self.units or unit in self.units

    def refuse_unknown(self, known: Iterable[str]) -> None:
        """Refuse units that have no return that counts. Raises WrongUseError."""
        allowed = {*known, EVERYONE}
        strange = [unit for unit in self.units if unit not in allowed]
        if strange:
            near = get_close_matches(strange[0], allowed, n=1, cutoff=0.3)
            hint = f"是不是“{near[0]}”?" if near else f"请写单位简称,或写“{EVERYONE}”。"
            raise WrongUseError(Command.ACCEPT_SELF, f" 里的“{strange[0]}”没有可计分的填报表。{hint}")

    def values(self, case: Case, day: date) -> Values:
        """Give the decision on a sub-point: its self-score in points, the reviewer and the day."""
        score = value_text(Fraction(case.self_score or 0, 100)) or ""
        return values_of({scores.SCORE: score, REVIEWER: self.reviewer.strip(), DAY: day.isoformat()})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOrders:
    """`sections` are those whose own review books are to be written, `entered` the decisions typed into the console."""

    accept: Acceptance | None = None
    entered: tuple[ConsoleRow, ...] = ()
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewContext:
    """The round under review, and the time of this run."""

    notice: Notice
    space: Workspace
    forms: tuple[Form, ...]
    edition: Edition
    now: datetime

    @property
    def mark(self) -> str:
        return REHEARSAL_MARK if self.edition.rehearsal else ""

    @property
    def stamp(self) -> str:
        """The time of this run as the record of decisions holds it."""
        return self.now.isoformat(timespec="seconds")

    def for_books(
        self,
        dossier: Dossier,
        earlier: Mapping[str, EarlierEdition],
        record: DecisionLog,
        drawn: tuple[Drawing, ...] = (),
    ) -> BookContext:
        return BookContext(
            notice=self.notice,
            edition=self.edition,
            key=self.space.key(),
            assigned={form.unit: form.shape.sub_points for form in self.forms},
            now=dossier,
            earlier=earlier,
            recorded={code_of(self.notice, key): each for key, each in record.in_force.items()},
            drawings=drawn,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The state of a round's review: the record of decisions, the books read, and the findings by book.

    `open_keys` are those on which books contradict each other.
    """

    context: ReviewContext
    dossier: Dossier
    answers: Mapping[str, Answers]  # the return that counts, by unit
    record: DecisionLog
    books: tuple[ReviewBook, ...]
    findings: tuple[tuple[str, Finding], ...]
    open_keys: frozenset[tuple[str, str]]
    accepted: int = 0
    left: int = 0  # sub-points that a bulk acceptance did not touch, since there is nothing to accept
    taken: ConsoleResult = field(default_factory=ConsoleResult)  # of what was typed into the console
    second: tuple[SecondOpinion, ...] = ()

    @property
    def decided(self) -> Decisions:
        return Decisions(notice=self.context.notice, decisions=self.record.in_force, answers=self.answers)

    @property
    def open(self) -> tuple[OpenMatter, ...]:
        """What is still to be decided."""
        own = open_matters(self.dossier, self.decided, self.open_keys, self.books)
        told = {each.code for each in own}
        return (*own, *(each for each in waiting(self.second) if each.code not in told))


def review_round(
    context: ReviewContext, files: Iterable[FileResult], orders: ReviewOrders, queries: Queries | None = None
) -> Review:
    """Record what is new in the review books, then what was typed into the console, then self-scores accepted in bulk.

    The `queries` that units have not settled are rows of the review book. A review that began before there were such rows ends without.

    Raises WrongUseError where the record cannot be read or written.
    """
    space, came, names = context.space, counting_returns(context.notice, files), names_of(context.notice, context.space)
    before, drawn = read_record(space, context.notice, names.today), drawings(space)
    if orders.accept:
        orders.accept.refuse_unknown(each.unit.short for each in came)
    answers = {each.unit.short: each.answers for each in came}
    made = dossier_of(context.notice, came, context.mark)
    dossier = replace(made, this_year=context.now.year, unexplained=_unexplained(context.notice, before))
    books = read_books(space, context.for_books(dossier, names.earlier, before, drawn))
    merged = with_consequences(before, merge(before, books, context.stamp), dossier)
    _keep_books(space, books, merged.added)
    keep_drawings(space)  # a run that was killed drew, and did not remember it
    record = add_to_record(space, before, map(names.named, merged.added))
    taken = take(dossier, record, orders.entered, context.stamp)
    record = add_to_record(space, record, map(names.named, taken.added))
    decided = Decisions(notice=context.notice, decisions=record.current, answers=answers)
    bulk, left = _accepted(context, dossier, books, record, decided, orders.accept)
    record = add_to_record(space, record, map(names.named, bulk))
    own = ((book.name, fault) for book in books for fault in book.findings)
    in_force = replace(decided, decisions=record.in_force)
    rows = registers(context.notice, _used(context.notice, record, books))
    second, ruled = second_opinions(dossier, record, drawn)
    asked = replace(dossier, registers=rows, unexplained=_unexplained(context.notice, record))
    return Review(
        context=context,
        dossier=_with_matters(with_offences(asked, record.in_force), in_force, (*_asked(queries, record), *ruled)),
        answers=answers,
        record=record,
        books=books,
        findings=(*own, *merged.findings, *_findings(dossier, record, in_force)),
        open_keys=merged.contested,
        accepted=len(bulk),
        left=left,
        taken=taken,
        second=second,
    )


def _findings(dossier: Dossier, record: DecisionLog, in_force: Decisions) -> Iterator[tuple[str, Finding]]:
    """Give what the decisions on record call for: what changed since, and what registers say twice or otherwise."""
    yield from _changes(dossier.notice, dossier, record)
    yield from register_findings(dossier, in_force)
    yield from repeat_findings(in_force)


def _asked(queries: Queries | None, record: DecisionLog) -> tuple[Matter, ...]:
    """Give the rows of the questions that are open; a review that began before there were such rows has none."""
    return () if queries is None or record.unlinked else queries.matters


def _with_matters(dossier: Dossier, decided: Decisions, more: Iterable[Matter]) -> Dossier:
    """Add the rows of the lists that arise, each with the digest that it is named by."""
    found = (*unlike_scores(dossier, decided), *more)
    rests_on = {each.code: basis(each) for each in found}
    return replace(dossier, matters=by_list(found), basis={**dossier.basis, **rests_on})


def _keep_books(space: Workspace, books: Iterable[ReviewBook], added: Iterable[Decision]) -> None:
    """Archive each book from which a decision was taken, byte for byte, under its SHA-256."""
    taken = {decision.sha256 for decision in added}
    for book in books:
        target = space.archive / f"{book.sha256}.xlsx"
        if book.sha256 in taken and not target.exists():
            space.make(space.archive)
            keep(space, target, book.data)


def _used(notice: Notice, record: DecisionLog, books: Iterable[ReviewBook]) -> dict[str, int]:
    """Give the number of the last row in use, by register."""
    codes = {each.row for each in record.decisions}.union(*(book.entered for book in books))
    rows = (code.rpartition(".")[::2] for code in codes)
    numbers = [(name, int(no)) for name, no in rows if name in spare_rows(notice)]
    return {name: max(no for other, no in numbers if other == name) for name, _ in numbers}


def _unexplained(notice: Notice, record: DecisionLog) -> dict[str, str]:
    """Give the refusals on record without a reason, which earlier versions did not ask for, by the row's code."""
    refused = ((key, each.values) for key, each in record.current.items() if each.values.verdict)
    bare = ((key, said.verdict) for key, said in refused if said.verdict and not said.text(NOTE))
    return {code_of(notice, key): verdict for key, verdict in bare if verdict.refuses}


# Self-scores accepted in bulk ----------------------------------------------------------------------------------------


def _accepted(
    context: ReviewContext,
    dossier: Dossier,
    books: Iterable[ReviewBook],
    record: DecisionLog,
    decided: Decisions,
    accept: Acceptance | None,
) -> tuple[tuple[Decision, ...], int]:
    """Accept self-scores of undecided rows that nobody has typed into; also give how many rows were left open.

    A row without a self-score, or with a claim of 不涉及, stays open; so does an undecided row with entries in any book,
    since it is contested or invalid.
    """
    if accept is None:
        return (), 0
    entered = frozenset[str]().union(*(book.entered for book in books))
    still = [case for case in undecided(dossier, decided) if accept.covers(case.unit.short)]
    taken = [case for case in still if case.self_score is not None and not case.out and case.code not in entered]
    rows, held = shown(dossier), record.current
    made = (
        Decision(
            no=no,
            unit=case.unit.short,
            row=case.sub.code,
            values=accept.values(case, context.now.date()),
            book=BULK,
            sha256="",
            basis=dossier.basis[case.code],
            seen=seen_now(rows[case.code]),
            replaces=before.no if (before := held.get((case.unit.short, case.sub.code))) else None,
            bulk=True,
            recorded=context.stamp,
        )
        for no, case in enumerate(taken, len(record.decisions) + 1)
    )
    return tuple(made), len(still) - len(taken)


# What has changed ----------------------------------------------------------------------------------------------------


def _changes(notice: Notice, dossier: Dossier, record: DecisionLog) -> Iterator[tuple[str, Finding]]:
    """Give findings on decisions whose data changed since, and on those whose sub-point is not returned."""
    rows, registered = shown(dossier), fixed_rows(notice)
    for key, each in record.current.items():
        code = code_of(notice, key)
        if not each.values or not key[0] or key[1] in registered or _rests_on_itself(key[1]):
            continue
        place = Place(unit=key[0], field=key[1])
        if key[1].startswith(GONE):
            words = {"row": named((key[0], key[1].removeprefix(GONE)))}
            yield each.source, finding(Code.REVIEW_SUB_POINT_GONE, place, value=brief(each.values), **words)
        elif code not in dossier.basis:
            yield each.source, finding(Code.REVIEW_NOT_RETURNED, place, row=named(key))
        elif each.basis != dossier.basis[code]:
            before, after = _worded(each.seen), _worded(seen_now(rows[code]))
            words = {"row": named(key), "before": before, "after": after}
            yield each.source, finding(Code.REVIEW_CHANGED, place, value=brief(each.values), **words)


def _rests_on_itself(row: str) -> bool:
    """Say whether a row is named by what it rests on, or stands in a book that is written once: nothing in it changes."""
    return list_of(row) is not None or row.startswith(f"{SECOND}.")


def _worded(seen: Mapping[str, str]) -> str:
    return ",".join(f"{column}{said}" for column, said in seen.items()) or "(空)"
