"""Collecting: returned files to a ranking. One bad file never stops the rest, and every file is accounted for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath

from fazhi_xl.errors import WrongUseError
from fazhi_xl.form.model import Form
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.history.earlier_ranks import earlier_round
from fazhi_xl.office.outputs.corrections import send_back
from fazhi_xl.office.outputs.publish import publishing
from fazhi_xl.office.ranking.alternatives import others
from fazhi_xl.office.ranking.score_units import standings
from fazhi_xl.office.returns.open import Return, Task
from fazhi_xl.office.returns.pipeline import read_returns
from fazhi_xl.office.returns.receipt_register import record
from fazhi_xl.office.review.for_reports import claimed, claims, penalties, rulings
from fazhi_xl.office.review.session import Given, Review, reviewed
from fazhi_xl.office.review.write_books import sections_named, write_books
from fazhi_xl.office.workspace.folder import Workspace, json_bytes
from fazhi_xl.office.workspace.issued_round import issued_round
from fazhi_xl.office.workspace.lock import alone
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.reports.ranking.workbook import ranking_book
from fazhi_xl.reports.report_json import report
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.xlsx.writer.report import report_bytes

RANKING_FILE = "排名汇总.xlsx"
REPORT_FILE = "report.json"


def collect(notice: Notice, space: Workspace, task: Task, progress: Progress, *, now: datetime) -> Round:
    """Collect, and give the round; see `collected`."""
    return collected(notice, space, task, progress, now=now)[0]


def collected(
    notice: Notice, space: Workspace, task: Task, progress: Progress, *, now: datetime
) -> tuple[Round, Review]:
    """Read the returns, check and score them, and write 存档/, 审核/, 结果/ and 收到登记.xlsx. Raises WrongUseError only for wrong use.

    Where nothing but the time is new, the round keeps the time of the run before, and the files stay as they are.
    """
    issued, sections = issued_round(notice, space), sections_named(notice, task.sections)
    earlier = earlier_round(notice, task.previous) if task.previous else None
    with alone(space):
        came = read_returns(issued, task, progress)
        files = _with_copies(space, came.files)
        given = Given(notice=notice, space=space, forms=issued.forms, edition=issued.edition, now=now)
        review = reviewed(given, files, task.accept, task.entered)
        round_ = replace(_round(given, files, review), earlier=earlier)
        _keep(space, came.returns, round_)
        record(space, round_, came.entered, progress)
        write_books(review, sections, progress)
        return _write(space, round_, issued.forms, task.jobs), review


def _round(given: Given, files: Iterable[FileResult], review: Review) -> Round:
    decided, dossier = review.decided, review.dossier
    basis, units, on_self = standings(given.notice, given.forms, files, decided)
    return Round(
        notice=given.notice,
        generated=given.now,
        basis=basis,
        files=tuple(files),
        units=units,
        version=given.edition.text,
        mark=given.mark,
        review=review.findings,
        rulings=rulings(decided, dossier),
        claims=tuple(claims(decided, dossier, basis, claimed(files))),
        penalties=tuple(penalties(decided, dossier)),
        on_self=on_self,
        others=tuple(others(given.notice, units, basis)),
    )


def _with_copies(space: Workspace, files: Iterable[FileResult]) -> tuple[FileResult, ...]:
    """Name each original that is kept in the archive."""
    return tuple(
        replace(each, copy=f"../{space.archive.name}/{_copy(each)}") if _kept(each) else each for each in files
    )


def _kept(file: FileResult) -> bool:
    return bool(file.unit) and file.status is not Status.REJECTED


def _copy(file: FileResult) -> str:
    return f"{file.sha256}{_suffix(file.path)}"


def _keep(space: Workspace, returns: Iterable[Return], round_: Round) -> None:
    """Keep accepted originals byte for byte, under their SHA-256."""
    space.make(space.results, space.archive)
    accepted = {file.sha256 for file in round_.files if _kept(file)}
    for each in returns:
        target = space.archive / f"{each.arrival.sha256}{_suffix(each.arrival.path)}"
        if each.arrival.data and each.arrival.sha256 in accepted and not target.exists():
            space.write(target, each.arrival.data)


def _suffix(path: str) -> str:
    """Give the ending by which a program opens the file; a name of a return may end in anything, at any length."""
    ending = PurePosixPath(path).suffix.lower()
    return ending if ending[1:].isalnum() and ending.isascii() and len(ending) <= 6 else ""


def _write(space: Workspace, round_: Round, forms: Iterable[Form], jobs: int) -> Round:
    """Write every result that can be written. Raises WrongUseError for those that cannot, when the others are there."""
    kept, outputs = _settled(space, round_)
    steps: list[Callable[[], object]] = [partial(space.write, path, data) for path, data in outputs.items()]
    steps.append(partial(send_back, space, kept, forms, jobs))
    steps += publishing(space, kept)
    failed = [error for step in steps if (error := _tried(step))]
    if failed:
        raise WrongUseError("\n".join(map(str, (*failed, _AFTER))))
    return kept


_AFTER = "原件已存档,其余结果已经写好。处理后重新运行即可。"


def _tried(step: Callable[[], object]) -> WrongUseError | None:
    try:
        step()
    except WrongUseError as error:
        return error
    return None


def _settled(space: Workspace, round_: Round) -> tuple[Round, dict[Path, bytes]]:
    """Give the round and its files, of the run before where nothing but the time is new."""
    if before := _time_before(space):
        same = replace(round_, generated=before)
        outputs = {}
        for path, data in _outputs(space, same):
            if _stored(path) != data:
                return round_, dict(_outputs(space, round_))
            outputs[path] = data
        return same, outputs
    return round_, dict(_outputs(space, round_))


def _outputs(space: Workspace, round_: Round) -> Iterator[tuple[Path, bytes]]:
    """Make what a run writes, the quickest first: where that differs the others need not be made to be compared."""
    yield space.results / REPORT_FILE, json_bytes(report(round_))
    yield space.results / RANKING_FILE, report_bytes(ranking_book(round_), round_.notice.theme)


def _time_before(space: Workspace) -> datetime | None:
    """Say when the report that stands there was made; of one that cannot be read, never."""
    try:
        return datetime.fromisoformat(json.loads((space.results / REPORT_FILE).read_text("utf-8"))["generated"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _stored(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
