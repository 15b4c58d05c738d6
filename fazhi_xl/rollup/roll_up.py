"""The use case: districts' folders to a roll-up. One bad district never stops the rest, and every one is accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from fazhi_xl import disk
from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.commands.district_tasks import Crew
from fazhi_xl.office.workspace.archive import remove
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.lock import locked
from fazhi_xl.office.workspace.processes import spread
from fazhi_xl.office.workspace.program import program_digest
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.rollup.detail import write_detail
from fazhi_xl.rollup.expected import expected_districts
from fazhi_xl.rollup.find import Found, district_folders
from fazhi_xl.rollup.parts import PARTS
from fazhi_xl.rollup.questions import asked
from fazhi_xl.rollup.read import Outcome, Task, lost_district, read_district
from fazhi_xl.rollup.result import RollUp, rolled_up
from fazhi_xl.rollup.roll_up_json import RESULT_FILE, roll_up_json
from fazhi_xl.rollup.sorting import sort_out
from fazhi_xl.rollup.write import write_books
from fazhi_xl.text.commands import Command

DETAIL, SCRATCH = "明细", ".临时"


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUpOrder:
    """Where districts are looked for, the list of those expected, and the digest of the catalogue that they have to be of, if any."""

    paths: tuple[Path, ...]
    expected: Path | None = None
    catalogue: str | None = None
    crew: Crew = field(default_factory=Crew)


def roll_up(space: Workspace, order: RollUpOrder, progress: Progress, *, now: datetime) -> RollUp:
    """Read the districts and write 明细/, 汇总排名.xlsx and rollup.json. Raises WrongUseError only for wrong use."""
    looked, expected = _folders(order, progress), expected_districts(order.expected, progress)
    detail, parts = space.root / DETAIL, space.root / DETAIL / PARTS
    space.make(detail, parts)
    with locked(space, "汇总", progress) as alive:
        outcomes = [*_read(looked.folders, parts, order, alive, now), *looked.passed]
        found = sort_out(outcomes, listed=looked.listed, expected=expected, catalogue=order.catalogue)
        write_detail(detail, sorted(found.read, key=lambda each: each.no))
        with scratch(space) as beside, asked(detail, beside) as base:
            result = rolled_up(found, base, expected=len(expected), generated=now)
            books = write_books(space, result, base, beside, alive)
        space.write_json(space.root / RESULT_FILE, roll_up_json(result, books))
        _forget(parts, outcomes)
    return result


@contextmanager
def scratch(space: Workspace) -> Iterator[Path]:
    """Give a folder for what is not finished; what a run that was killed left of it is removed."""
    folder = space.root / SCRATCH
    remove(folder)
    space.make(folder)
    try:
        yield folder
    finally:
        remove(folder)


def _folders(order: RollUpOrder, progress: Progress) -> Found:
    """Find the districts. Raises WrongUseError where a path is not there, or there is no district at all."""
    for path in order.paths:
        if not path.exists():
            raise WrongUseError(f"没有找到 {path}。请写各地区的文件夹,或它们所在的文件夹。")
    found = district_folders(order.paths, progress)
    if not found.folders and not found.passed:
        named = f"{'、'.join(map(str, order.paths))} 里没有地区的结果" if order.paths else "没有写各地区的文件夹"
        raise WrongUseError(
            f"{named}。请写各地区这一轮的文件夹(里面有 结果/report.json),或它们所在的文件夹,例如 ",
            Command.ROLL_UP,
            " 各区。",
        )
    return found


def _read(folders: Sequence[Path], parts: Path, order: RollUpOrder, progress: Progress, now: datetime) -> list[Outcome]:
    """Read the districts, each in a task of its own; what a task gives is small, for the detail goes to its part."""
    tasks = [
        Task(folder=folder.absolute(), parts=parts.absolute(), program=program_digest(), now=now) for folder in folders
    ]
    done = spread(read_district, tasks, order.crew.jobs, lost=lost_district, scheduler=order.crew.scheduler, heavy=True)
    outcomes = list(progress.track(done, "读取各地区的结果", len(tasks)))
    for line in _told(outcomes):
        progress.say(line)
    return outcomes


def _told(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Say what was taken as it was kept, and what was damaged there."""
    read, kept = sum(each.read for each in outcomes), sum(bool(each.part) and not each.read for each in outcomes)
    if kept:
        yield f"新读{read}个,{kept}个没有变化的不再读。"
    if mended := [each.folder.name for each in outcomes if each.mended]:
        yield f"{len(mended)}个地区留存的明细坏了,已重新读取:{'、'.join(mended[:5])}{'等' if len(mended) > 5 else ''}。"


def _forget(parts: Path, outcomes: Sequence[Outcome]) -> None:
    """Remove the parts that nothing was made of."""
    kept = {each.part.path.name for each in outcomes if each.part}
    for path in parts.iterdir():
        if path.name not in kept:
            with suppress(OSError):
                disk.remove(path)
