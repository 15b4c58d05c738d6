"""Reading what came back, each file on its own: one bad file never stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from fazhi_xl.answers.locate import Located
from fazhi_xl.answers.read import Answers
from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.intake.returns_folder import arrivals
from fazhi_xl.office.review.console_entries import Entry
from fazhi_xl.office.workspace.folder import Workspace, reading
from fazhi_xl.office.workspace.processes import spread
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.reports.corrections import FRONT_SHEET
from fazhi_xl.rounds.status import Status
from fazhi_xl.xlsx.reader import RawBook, RejectedError, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """An explicit order to take units' self-scores as they are, where nothing has been decided.

    It names who answers for it; without a name it is wrong use.
    """

    units: tuple[str, ...]
    reviewer: str

    def __post_init__(self) -> None:
        if not self.reviewer.strip():
            raise WrongUseError("按自评核定(--accept-self)要写明由谁负责,请加上 --by 姓名。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What to collect; no returns means the round's own folder 回收."""

    returns: tuple[Path, ...] = ()
    jobs: int = 1
    passwords: tuple[str, ...] = ()
    accept: Acceptance | None = None
    previous: Path | None = None  # an earlier round's folder, to compare with
    sections: tuple[str, ...] = ()  # whose own review books are to be written
    entered: tuple[Entry, ...] = ()  # decisions typed into the console


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A file under way: what it holds, whose it is, what is wrong with it so far."""

    arrival: Arrival
    book: RawBook | None = None
    unit: str | None = None
    findings: tuple[Finding, ...] = ()
    located: Located | None = None
    answers: Answers | None = None
    inputs: frozenset[str] = frozenset()  # the field codes of the unit's form
    status: Status | None = None  # set early where it does not depend on the findings

    @property
    def filled(self) -> frozenset[str]:
        """Name the form's inputs that hold anything."""
        found = self.located.cells if self.located else {}
        return frozenset(key for key in self.inputs & found.keys() if found[key].text or found[key].formula)

    @property
    def blank(self) -> bool:
        return not self.filled

    @property
    def open(self) -> bool:
        return self.book is not None and self.status is None


def passwords_in(path: Path | None) -> tuple[str, ...]:
    """Read a list of opening passwords, one in a line. Raises WrongUseError."""
    if path is None:
        return ()
    with reading(path):
        return tuple(line.strip() for line in path.read_text("utf-8-sig").splitlines() if line.strip())


def arrived(space: Workspace, task: Task, *, bulky: Callable[[str], bool] = lambda _: False) -> list[Arrival]:
    """List what came back; what is `bulky` by its path and no workbook is not kept in memory. Raises WrongUseError."""
    places = task.returns or (space.returns,)
    for place in places:
        if not place.exists():
            message = f"没有找到 {place}。请把收到的文件放进这个文件夹,或在命令后面写明文件夹。"
            raise WrongUseError(message)
    return list(arrivals(places, bulky=bulky))


def read_all(found: Sequence[Arrival], task: Task, progress: Progress) -> list[Return]:
    opened = spread(partial(_open, passwords=task.passwords), found, task.jobs)
    return list(progress.track(opened, "读取回收文件", len(found)))


def _open(arrival: Arrival, passwords: tuple[str, ...]) -> Return:
    if arrival.litter:
        return Return(arrival=arrival, findings=(finding(Code.FILE_IGNORED),), status=Status.IGNORED)
    if arrival.trouble:
        return _refused(arrival, arrival.trouble)
    if arrival.data is None:
        return Return(arrival=arrival, findings=(finding(Code.EVIDENCE_FILE),), status=Status.IGNORED)
    try:
        return Return(arrival=arrival, book=_without_our_own(read(arrival.data or b"", passwords=passwords)))
    except RejectedError as error:
        return _refused(arrival, error.finding)
    except Exception as error:  # noqa: BLE001 - one bad file never stops the rest, whatever it sets off
        return _refused(arrival, finding(Code.FILE_UNREADABLE, detail=type(error).__name__))


def _without_our_own(book: RawBook) -> RawBook:
    """Leave out the sheet that was put in front of a form sent back: it quotes the unit, and is no answer."""
    sheets = tuple(sheet for sheet in book.sheets if sheet.name != FRONT_SHEET)
    return replace(book, sheets=sheets, cells=tuple(cell for cell in book.cells if cell.sheet != FRONT_SHEET))


def _refused(arrival: Arrival, why: Finding) -> Return:
    return Return(arrival=arrival, findings=(why,), status=Status.REJECTED)
