"""Writes the review books: 审核表.xlsx (the master) and a book per section, prefilled with the recorded decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

from fazhi_xl.disk import rename_over
from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Severity
from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Form
from fazhi_xl.form.review_form import TITLE, review_form
from fazhi_xl.form.sheets.review.arising import is_gone
from fazhi_xl.form.sheets.review.common import OPEN
from fazhi_xl.form.sheets.review.dossier import Dossier, LeftOpen
from fazhi_xl.form.sheets.review.made_once import made_once
from fazhi_xl.form.sheets.review.registers import of_section
from fazhi_xl.notice.check import EVERY_SECTION
from fazhi_xl.notice.model import Notice, Section
from fazhi_xl.office.review.decision_log import Decision, books_recorded
from fazhi_xl.office.review.display import as_shown, by_code
from fazhi_xl.office.review.session import Review
from fazhi_xl.office.review.statements import ReviewBook, code_of
from fazhi_xl.office.review.values import Values
from fazhi_xl.office.review.votes import MASTER, Mark, Vote
from fazhi_xl.office.workspace.drawn_before import DrawnBefore, Facts
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.open_files import opened_by, owner_marks
from fazhi_xl.office.workspace.processes import begun
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.office.workspace.recorded_folder import content_of, digest, stored
from fazhi_xl.office.workspace.store import Store
from fazhi_xl.rounds.undecided import Undecided
from fazhi_xl.text.commands import Command
from fazhi_xl.text.system_errors import system_error
from fazhi_xl.xlsx.writer.form import draw
from fazhi_xl.xlsx.writer.sketch import Sketches

BOOK = MASTER
_NO_BOOK = ReviewBook(name="", data=b"", sha256="")
Sections = tuple[Section, ...]


def section_book(section: Section) -> str:
    """Give the file name of a section's review book."""
    return f"{TITLE}_{section.name}.xlsx"


def sections_named(notice: Notice, names: Iterable[str]) -> Sections:
    """Give the sections with these names, 全部 meaning all. Raises WrongUseError for an unknown name, listing the known ones."""
    every = notice.about.review.sections
    wanted = set(names)
    strange = sorted(wanted - {section.name for section in every} - {EVERY_SECTION})
    if wanted and not every:
        raise WrongUseError(
            "工作目录没有把审核分给科室。请在 notice.toml 里用 [[review.sections]] 写明各科室的名称和项目。"
        )
    if strange:
        known = "、".join(section.name for section in every)
        unknown = f" 里的“{strange[0]}”不是科室。现有科室:{known};写“{EVERY_SECTION}”指所有科室。"
        raise WrongUseError(Command.REVIEWER, unknown)
    return tuple(section for section in every if wanted & {section.name, EVERY_SECTION})


def sections_recorded(notice: Notice, space: Workspace) -> Sections:
    """Give the sections whose books decisions were taken from, of a round whose record is sound."""
    books = books_recorded(space)
    return tuple(section for section in notice.about.review.sections if section_book(section) in books)


# Writing them --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A review book to write: file name, section (None for the master), and the book read from under that name in this run."""

    name: str
    section: Section | None
    before: ReviewBook | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBook:
    """A review book as it was left. It is `as_read` where reading it again would give what reading it gave in this run."""

    name: str
    sha256: str
    as_read: bool


class _Drawn(NamedTuple):
    """A book's bytes, whether it contains every unrecorded entry of the book it replaces, and whether it has no entry at all."""

    data: bytes
    whole: bool
    bare: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunBook:
    """A review book on its way: as it was drawn of the same `content` before and is there, or else being drawn."""

    draft: _Draft
    content: str
    there: WrittenBook | None
    drawn: Callable[[], _Drawn]


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunBooks:
    """The review books of a round on their way, and what is known of those drawn before."""

    space: Workspace
    known: DrawnBefore | None
    books: tuple[BegunBook, ...]


def begin_books(done: Review, sections: Sections, jobs: int = 1, store: Store | None = None) -> BegunBooks:
    """Begin 审核表.xlsx and the books of these sections and of those that already have one, in other processes if there are several jobs.

    One that is there as it was drawn of the same content, as the store knows, is not drawn again.
    """
    known = DrawnBefore.of(store, done.context.notice, done.context.edition) if store else None
    books = tuple(_begun(done, draft, known, jobs) for draft in _drafts(done, sections))
    return BegunBooks(space=done.context.space, known=known, books=books)


def _begun(done: Review, draft: _Draft, known: DrawnBefore | None, jobs: int) -> BegunBook:
    content = _content(done, draft) if known else ""
    there, draw_it = _written_before(done, draft, known.facts(content) if known else None), partial(_drawn, done, draft)
    return BegunBook(draft=draft, content=content, there=there, drawn=draw_it if there else begun(draw_it, jobs))


def write_books(begun_books: BegunBooks, progress: Progress) -> tuple[WrittenBook, ...]:
    """Write the books; gives those that are right then.

    A book whose entries were not all read is renamed, not overwritten. A book that cannot be written is reported; the others are.
    """
    written = []
    for each in begun_books.books:
        _tell_open(begun_books.space.review / each.draft.name, progress)
        try:
            written.append(each.there or _write(begun_books, each, progress))
        except (WrongUseError, OSError) as error:
            name = each.draft.name
            why = error.parts if isinstance(error, WrongUseError) else (f"{name} 写不了:{system_error(error)}。",)
            progress.say(*why, "其余结果照常写。")
    return tuple(written)


def _tell_open(path: Path, progress: Progress) -> None:
    """Say who is typing in a book: what is not saved was not read, and what is saved afterwards may undo what is written now."""
    if next(owner_marks(path), None):
        said = f"{path.name} 正打开着{opened_by(path)},没有存盘的这一次没有读到。"
        progress.say(f"{said}请存盘、关闭后再收一次表(程序异常退出过的,删去旁边的 ~$ 文件)。")


def _drafts(done: Review, sections: Sections) -> Iterator[_Draft]:
    """List the books to write; a section's book, once it exists, is written in every run."""
    there, folder = {book.name: book for book in done.books}, done.context.space.review
    yield _Draft(name=BOOK, section=None, before=there.get(BOOK))
    for section in done.context.notice.about.review.sections:
        name = section_book(section)
        if section in sections or (folder / name).exists():
            yield _Draft(name=name, section=section, before=there.get(name))


def _written_before(done: Review, draft: _Draft, facts: Facts | None) -> WrittenBook | None:
    """Give a book that is there as it was drawn of the same content; None for one that has to be drawn."""
    if facts and stored(done.context.space.review / draft.name) == facts[0]:
        return _left_as(draft, *facts)
    return None


def _content(done: Review, draft: _Draft) -> str:
    """Digest all that a book is drawn of."""
    book, dossier = draft.before or _NO_BOOK, as_shown(done.dossier, done)
    shown = [getattr(dossier, each.name) for each in fields(dossier) if each.compare]
    theirs = _written_back(done, book)
    stated = [(each.key, each.values) for each in book.statements if each.key in done.open_keys]
    typed = {key: value for key, value in book.typed.items() if key.rpartition(".")[0] in theirs}, stated
    decided = by_code(done), done.record.current, done.open, sorted(done.open_keys)
    return content_of(draft.name, draft.section, shown, sorted(theirs), typed, decided)


def _left_as(draft: _Draft, sha256: str, bare: bool) -> WrittenBook:  # noqa: FBT001 - as it is kept
    book = draft.before or _NO_BOOK
    same, said = book.sha256 == sha256, bool(book.typed or book.findings)
    return WrittenBook(name=draft.name, sha256=sha256, as_read=same or (bare and not said))


def _write(books: BegunBooks, each: BegunBook, progress: Progress) -> WrittenBook:
    space, draft, book = books.space, each.draft, each.draft.before
    path = space.review / draft.name
    data, whole, bare = each.drawn()
    written = _left_as(draft, digest(data), bare)
    if books.known:
        books.known.keep(each.content, [written.sha256, bare])
    space.make(space.review)
    there = path.read_bytes() if path.exists() else None
    if there == data:
        return written
    if there is not None and not (book and book.data == there and whole and book.legible):
        numbered = (path.with_name(f"{path.stem}({no}).xlsx") for no in count(2))
        kept = next(name for name in numbered if not name.exists())
        rename_over(path, kept)
        progress.say(f"{draft.name} 有改动没有读到或读不出来,已原样改名为 {kept.name},没有覆盖。")
    space.write(path, data)
    return written


def _drawn(done: Review, draft: _Draft) -> _Drawn:
    context, book = done.context, draft.before
    dossier = as_shown(done.dossier, done)
    theirs = _written_back(done, book) if book else frozenset()
    drawn = of_section(dossier, draft.section) if draft.section else _marked(dossier, done, book)
    form, values = _filled(done, drawn, theirs, book)
    title = f"{context.mark}{context.notice.about.short_title}{draft.name.removesuffix('.xlsx')}"
    sketches = Sketches(formulas=made_once(context.notice, dossier.this_year).texts)
    data = draw(form.shape, context.notice.theme, title=title, values=values, sketches=sketches).fill(form.slots)
    typed = book.typed if book else {}
    whole = all(key in form.shape.fields for key in typed if key.rpartition(".")[0] in theirs)
    return _Drawn(data, whole, not values)


def _written_back(done: Review, book: ReviewBook) -> frozenset[str]:
    """Name the rows whose entries are not recorded, since they are invalid or contested: they are written back as typed."""
    contested = {code_of(done.context.notice, key) for key in done.open_keys}
    rows = book.entered & (book.blocked | contested)
    return frozenset(code for code in rows if not is_gone(done.dossier, code))


def _filled(
    done: Review, dossier: Dossier, theirs: frozenset[str], book: ReviewBook | None
) -> tuple[Form, dict[str, Value]]:
    """Give the form and what stands in its inputs; the form counts as open just what is."""
    context, decided = done.context, by_code(done)
    form = review_form(dossier, edition=context.edition, key=context.space.key())
    values = dict(_values(form, decided, theirs, book))
    counted = frozenset(_counted_open(form, values))
    left = tuple(_left(done, counted))
    known = {each.code for each in done.open}
    excused = {code: _cells(form, decided[code]) for code in counted - known if code in decided}
    if left or excused:
        form = review_form(
            replace(dossier, left=left, excused=excused), edition=context.edition, key=context.space.key()
        )
    return form, values


def _counted_open(form: Form, values: Mapping[str, Value]) -> Iterator[str]:
    """Give the rows that the cells of the book count as undecided."""
    evaluator, filled = form.shape.evaluator(values), {key.rpartition(".")[0] for key in values}
    counting = (key for key in form.shape.formulas if key.endswith(f".{OPEN}"))
    for key in counting:
        row = key.rpartition(".")[0]
        if row not in filled or evaluator.field(key) == 1:
            yield row


def _cells(form: Form, held: Decision) -> dict[str, Value]:
    own = (field.column for field in form.shape.fields.values())
    return {column: held.values.cell(column) for column in dict.fromkeys(own) if column in held.values}


_BLANK = frozenset(
    {
        Undecided.SUB_POINT,
        Undecided.NOT_APPLICABLE,
        Undecided.BONUS,
        Undecided.DEDUCTION,
        Undecided.QUERY,
        Undecided.UNLIKE,
        Undecided.RULING,
        Undecided.APPEAL,
    }
)


def _left(done: Review, counted: frozenset[str]) -> Iterator[LeftOpen]:
    """Give what is open besides the rows that the book itself counts as undecided."""
    for each in done.open:
        if each.code not in counted:
            # What stands there reads well, and was not taken: the row stands there twice, or on a copy of its sheet.
            kind = Undecided.UNREAD if each.kind in _BLANK else each.kind
            yield LeftOpen(word=kind.word, sheet=each.sheet, code=each.code)


def _marked(dossier: Dossier, done: Review, book: ReviewBook | None) -> Dossier:
    """Mark the contested rows of the master with a digest of their values, so that a later edit is recognised as the resolution."""
    entered = book.entered if book else frozenset()
    stated = {each.key: each.values for each in book.statements} if book else {}
    marks = dict(dossier.decided)
    for key in done.open_keys:
        code, held = code_of(done.context.notice, key), done.record.current.get(key)
        values = stated.get(key, Values()) if code in entered else held.values if held else Values()
        marks[code] = Mark(base=held.no if held else None, digest=Vote(book=MASTER, values=values).digest).text
    return replace(dossier, decided=marks)


def _values(
    form: Form, decided: Mapping[str, Decision], theirs: frozenset[str], book: ReviewBook | None
) -> Iterator[tuple[str, Value]]:
    typed = book.typed if book else {}
    for key, own in form.shape.fields.items():
        if own.row in theirs:
            value = typed.get(key)
        else:
            held = decided.get(own.row)
            value = held.values.cell(own.column) if held else None
        if value is not None:
            yield key, value


_MOST = 20  # lines on a terminal


def tell_findings(done: Review, progress: Progress) -> None:
    """Report the findings on review books, at most 20 lines, and the number of self-scores accepted in bulk."""
    books = {book.name for book in done.books}
    told = [
        f"  {'审核/' if name in books else ''}{name}:{fault.message}"
        for name, fault in done.findings
        if fault.severity is not Severity.NOTE
    ]
    for line in told[:_MOST]:
        progress.say(line)
    if len(told) > _MOST:
        progress.say(f"  审核表里另有{len(told) - _MOST}处,见排名汇总的“审核情况”。")
    if done.accepted or done.left:
        progress.say(
            f"按自评核定{done.accepted}个得分点;没有自评分、申请不涉及或审核表里已经动笔还没有采用的{done.left}个没有核定,请逐个审核。"
        )
