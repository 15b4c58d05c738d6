"""Rounds of many districts, each a task of its own.

A district's task writes into its own folder only, and is done as if it were the only one. So it may be done anywhere, and again: what is
there already is left alone. Whatever happens to one, the others are done, and each is told of in a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from fazhi_xl.errors import BrokenCatalogueError, FazhiError, traced
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.source import FILES
from fazhi_xl.office.workspace.districts import DistrictFolder
from fazhi_xl.office.workspace.processes import spread
from fazhi_xl.office.workspace.shared_forms import SharedForms


class Outcome(StrEnum):
    """What became of a district's task; the value is the word for it."""

    DONE = "完成"
    UNCHANGED = "没有变化"
    FAILED = "没有做成"


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictResult:
    """What became of a district: what was done or why not, lines on what to look at, and whether a return needs attention.

    `trace` is the traceback where the program itself failed.
    """

    name: str
    outcome: Outcome
    said: str = ""
    more: tuple[str, ...] = ()
    attention: bool = False
    trace: str = ""

    @property
    def told(self) -> Iterator[str]:
        """The lines in which it is told."""
        yield f"{self.name}:{self.outcome.value}" + (f",{self.said}" if self.said else "")
        yield from (f"  {line}" for line in self.more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Who does the tasks: so many processes here, or the workers of a cluster, of which a scheduler's address is given."""

    jobs: int = 1
    scheduler: str = ""


Task = Callable[[DistrictFolder], DistrictResult]


def each_district(task: Task, folders: Sequence[DistrictFolder], crew: Crew) -> Iterator[DistrictResult]:
    return spread(partial(_survived, task), folders, crew.jobs, _lost, scheduler=crew.scheduler, heavy=True)


def _survived(task: Task, folder: DistrictFolder) -> DistrictResult:
    """Do a district's task; whatever it sets off, the others are done."""
    try:
        return task(folder)
    except BrokenCatalogueError as error:
        first = error.problems[0].told if error.problems else ""
        more = f"(共{len(error.problems)}处)" if len(error.problems) > 1 else ""
        return failed(folder, f"工作目录有错误:{first}{more}")
    except FazhiError as error:
        return failed(folder, str(error).replace("\n", " "))
    except Exception as error:  # noqa: BLE001 - as above
        return replace(failed(folder, f"出现意外错误({type(error).__name__})"), trace=traced(error))


def failed(folder: DistrictFolder, why: str) -> DistrictResult:
    return DistrictResult(name=folder.name, outcome=Outcome.FAILED, said=why)


def _lost(folder: DistrictFolder, _: Exception) -> DistrictResult:
    return failed(folder, "进程被系统终止(多半是内存不够)。请少用几个进程再运行一次,会接着做。")


def closing(results: Iterable[DistrictResult]) -> str:
    """Count the districts by what became of them."""
    every = list(results)
    counts = ((outcome, sum(each.outcome is outcome for each in every)) for outcome in Outcome)
    return (
        f"共{len(every)}个地区:" + "、".join(f"{outcome.value}{count}个" for outcome, count in counts if count) + "。"
    )


# The catalogues ------------------------------------------------------------------------------------------------------


class _Catalogues:
    """The catalogues that this process has loaded, and the forms of each; one whose files have changed is loaded anew."""

    _KEPT = 4

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], tuple[Notice, SharedForms]] = {}

    def of(self, folder: Path) -> tuple[Notice, SharedForms]:
        name = (folder.resolve(), *sorted(_facts(folder)))
        if name not in self._known:
            notice = load(folder)
            if len(self._known) >= self._KEPT:
                self._known.pop(next(iter(self._known)))
            self._known[name] = notice, SharedForms(notice)
        return self._known[name]


def _facts(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path in (*map(folder.joinpath, FILES), *folder.glob("items/*.toml")):
        if path.exists():
            facts = path.stat()
            yield path.name, facts.st_mtime_ns, facts.st_size


CATALOGUES = _Catalogues()
