"""`--diff`: opens two catalogues, or a round and a catalogue, compares them, and writes 差异.xlsx."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from fazhi_xl.errors import BrokenCatalogueError, FazhiError, Problem, WrongUseError
from fazhi_xl.form.identity import Edition
from fazhi_xl.notice.earlier_format import upgraded
from fazhi_xl.notice.load import notice_of, source_problems
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.places import located
from fazhi_xl.office.history.earlier_answers import earlier_answers
from fazhi_xl.office.history.held_returns import held_returns
from fazhi_xl.office.review.decision_log import Decision, read_record
from fazhi_xl.office.review.names import names_of
from fazhi_xl.office.workspace.catalogue import kept_texts
from fazhi_xl.office.workspace.folder import Workspace, reading
from fazhi_xl.office.workspace.handed_over import refuse_handed_over
from fazhi_xl.office.workspace.lock import locked
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.setup.book.check import examine
from fazhi_xl.setup.book.open_book import OpenedBook
from fazhi_xl.setup.book.together import together
from fazhi_xl.setup.compare.affected import RoundOut, affected
from fazhi_xl.setup.compare.book import FILE, FIRST, differences_bytes
from fazhi_xl.setup.compare.carried import carried
from fazhi_xl.setup.compare.compare import compare
from fazhi_xl.setup.compare.told import Reach, Told
from fazhi_xl.setup.open_source import open_source
from fazhi_xl.text.commands import Command
from fazhi_xl.xlsx.kept.remarks import Weight
from fazhi_xl.xlsx.reader import Bounds, RejectedError, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two that are compared: its catalogue, where it stands, what the command was given, and the round where that was one."""

    notice: Notice
    place: Path
    named: str
    space: Workspace | None = None


def diff(old: str, new: str, out: Path, progress: Progress, *, jobs: int = 1) -> tuple[Told, Path]:
    """Compare, write the workbook, and give what it tells and where it is. `out` is a folder, or the file itself.

    Raises WrongUseError where one of the two is not there or the file cannot be written, BrokenCatalogueError where one cannot be used.
    """
    path = out if out.suffix.lower() == ".xlsx" else out / FILE
    _refuse_other(path)
    refuse_handed_over(Workspace(path.parent))
    told = comparison(_side(old), _side(new), progress, jobs=jobs)
    Workspace(path.parent).make()
    Workspace(path.parent).write(path, differences_bytes(told))
    return told, path


def _refuse_other(path: Path) -> None:
    """Refuse to write over what is no comparison of two catalogues. Raises WrongUseError."""
    if path.is_file() and not _is_comparison(path):
        raise WrongUseError(f"{path} 已经有了,不是差异表,没有覆盖。请用 ", Command.OUT, " 写另一个名称。")


def _is_comparison(path: Path) -> bool:
    try:
        with reading(path):
            book = read(path.read_bytes(), bounds=Bounds(rows=1, columns=1))
    except RejectedError:
        return False
    return book.sheets[0].name == FIRST


def _side(named: str) -> Side:
    opened = open_source(named)
    if opened.book:
        return Side(notice=_of_book(named, opened.book, opened.folder), place=opened.book.path.resolve(), named=named)
    source = upgraded(opened.source)
    placed = (located(each, opened.folder, source) for each in source_problems(opened.source))
    problems = opened.problems or tuple(placed)
    if problems:  # of two catalogues each fault says in which it is
        raise BrokenCatalogueError(tuple(replace(each, file=f"{named}/{each.file}") for each in problems))
    notice = notice_of(opened.source, opened.folder)
    return Side(notice=notice, place=notice.folder, named=named, space=opened.space)


def _of_book(named: str, book: OpenedBook, folder: Path) -> Notice:
    """Make the notice of a workbook. Raises BrokenCatalogueError with its faults as its own check words them."""
    examined = examine(book, folder)
    if examined.notice:
        return examined.notice
    wrong = together(each for each in examined.remarks if each.weight is Weight.WRONG)
    raise BrokenCatalogueError(
        tuple(
            Problem(
                file=f"{named} “{each.sheet}”{each.cell}",
                path="",
                message="。".join(filter(None, (each.what, each.mend))),
            )
            for each in wrong
        )
    )


def comparison(old: Side, new: Side, progress: Progress, *, jobs: int = 1) -> Told:
    """Compare two sides; where the old one is a round, tell also what of it is touched."""
    told = Told(
        differences=compare(old.notice, new.notice),
        carried=tuple(carried(old.notice, new.notice)),
        old_name=Path(old.named).name,
        new_name=Path(new.named).name,
        same_place=old.place == new.place,
    )
    return _with_round(told, old.space, progress, jobs) if old.space else told


def _with_round(told: Told, space: Workspace, progress: Progress, jobs: int) -> Told:
    new = told.differences.new
    told = replace(told, carries=_carries(new, space))
    if told.differences.old.about.year != new.about.year:
        return replace(told, reach=Reach.OTHER_YEAR)
    out, unread = _round(told.differences.old, space, progress, jobs)
    remarks = (*_about(out, new), *unread)
    return replace(told, reach=Reach.SAME_YEAR, returned=len(out.returns), affected=affected(out, new), remarks=remarks)


def _about(out: RoundOut, new: Notice) -> Iterator[str]:
    if Edition.of_record(out.record).rehearsal:
        yield "旧的一轮是演练,里面的填报和决定都是编造的。"
    if out.record["campaign"] != new.campaign:
        yield f"发放时的目录叫 {out.record['campaign']},新的叫 {new.campaign}:要在这一轮里重新发放,文件夹名要和发放时的一样。"


def _carries(new: Notice, space: Workspace) -> int | None:
    """Count what the round gives over to forms of the new catalogue; None where it has not been collected."""
    try:
        found = earlier_answers(new, space.root, rehearsal=True)
    except WrongUseError:
        return None
    return sum(map(len, found.answers.values()))


def _round(old: Notice, space: Workspace, progress: Progress, jobs: int) -> tuple[RoundOut, tuple[str, ...]]:
    """Read the round's returns and decisions; what cannot be read is said."""
    record, remarks = space.issued_campaign(), list[str]()
    texts = {} if "sub_points" in record else kept_texts(space, record["campaign"])
    try:
        with locked(space, "比较目录", progress) as alive:
            returns = held_returns(space, alive, jobs=jobs)
    except FazhiError as error:
        returns = None
        remarks.append(f"收回的表没有读:{error}")
    else:
        if returns is None:
            remarks.append("收回的表读不出来,哪些填报受影响没有列。请先收一次表,再比较。")
    decisions = _decisions(old, space, remarks)
    out = RoundOut(notice=old, record=record, returns=returns or (), decisions=decisions, texts=texts)
    return out, tuple(remarks)


def _decisions(old: Notice, space: Workspace, remarks: list[str]) -> tuple[Decision, ...]:
    try:
        record = read_record(space, old, names_of(old, space).today)
    except WrongUseError as error:
        remarks.append(f"审核决定没有读:{str(error).splitlines()[0]}")
        return ()
    return tuple(record.in_force.values())
