"""结果/: report.json, 排名汇总.xlsx and what is made for units and leaders; a file that differs only in its time stays as it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from fazhi_xl.errors import WrongUseError, traced
from fazhi_xl.findings import Code, finding
from fazhi_xl.form.model import Form
from fazhi_xl.office.outputs.corrections import send_back
from fazhi_xl.office.outputs.failures import write_failures
from fazhi_xl.office.outputs.publish import publishing
from fazhi_xl.office.outputs.receipts import receipts_step
from fazhi_xl.office.workspace.folder import REPORT_FILE, Workspace, json_bytes
from fazhi_xl.office.workspace.recorded_folder import digest, stored
from fazhi_xl.office.workspace.store import Store
from fazhi_xl.reports.evidence_list import NAME, evidence_book
from fazhi_xl.reports.filing.returns import reminders_sheet
from fazhi_xl.reports.ranking.workbook import ranking_book
from fazhi_xl.reports.report_json import report
from fazhi_xl.rounds.round import Round
from fazhi_xl.xlsx.writer.report import report_bytes

RANKING_FILE = "排名汇总.xlsx"
EVIDENCE_FILE = f"{NAME}.xlsx"
_AFTER = "原件已存档,其余结果已经写好。处理后重新运行即可。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A round, as it is told of in the files of its results, and those files."""

    round_: Round
    files: Mapping[Path, bytes]


def write_results(
    space: Workspace, results: Results, forms: Iterable[Form], jobs: int, store: Store | None = None
) -> Round:
    """Write every result that can be written. Raises WrongUseError for those that cannot, when the others are there.

    The correction packs come first: a return for which none can be drawn has one more finding, which the other results name.
    """
    failed: list[WrongUseError] = []
    unanswered: Mapping[str, Exception] = {}
    try:
        unanswered = send_back(space, results.round_, forms, jobs, store)
    except WrongUseError as error:
        failed.append(error)
    if unanswered:
        results = drawn_results(space, _noted(results.round_, unanswered))
    kept = results.round_
    steps: list[Callable[[], object]] = [partial(space.write, path, data) for path, data in results.files.items()]
    steps += [
        partial(write_failures, space, kept.files),
        *publishing(space, kept, jobs),
        receipts_step(space, kept, forms, jobs),
    ]
    for step in steps:
        try:
            step()
        except WrongUseError as error:
            failed.append(error)
    if failed:
        raise WrongUseError("\n".join(map(str, (*failed, _AFTER))))
    return kept


def write_report(space: Workspace, round_: Round) -> Round:
    """Write report.json alone; if only the timestamp differs from the run before, the round keeps that run's. Raises WrongUseError."""
    path, before = space.results / REPORT_FILE, _time_before(space)
    same = replace(round_, generated=before) if before else round_
    if before and stored(path) == digest(json_bytes(report(same))):
        return same
    space.make(space.results)
    space.write(path, json_bytes(report(round_)))
    return round_


def _noted(round_: Round, unanswered: Mapping[str, Exception]) -> Round:
    """Note on each file that its correction pack could not be drawn."""
    files = tuple(
        file.noting(finding(Code.LETTER_FAILED, detail=type(error).__name__), trace=traced(error))
        if (error := unanswered.get(file.path))
        else file
        for file in round_.files
    )
    return replace(round_, files=files)


def drawn_results(space: Workspace, round_: Round) -> Results:
    """Draw what is told of a round; if only the timestamp differs from the run before, with that run's.

    A day that has gone by since is a difference: those who had time left then are reminded in other words.
    """
    before = _time_before(space)
    same = replace(round_, generated=before or round_.generated)
    if before and reminders_sheet(same) == reminders_sheet(round_):
        files = {}
        for path, data in _outputs(space, same):
            if stored(path) != digest(data):
                return Results(round_=round_, files=dict(_outputs(space, round_)))
            files[path] = data
        return Results(round_=same, files=files)
    return Results(round_=round_, files=dict(_outputs(space, round_)))


def _outputs(space: Workspace, round_: Round) -> Iterator[tuple[Path, bytes]]:
    """Make the files of a run, the quickest first, so that a difference is found before the others are made."""
    yield space.results / REPORT_FILE, json_bytes(report(round_))
    if round_.notice.about.texts.evidence:
        yield space.results / EVIDENCE_FILE, report_bytes(evidence_book(round_), round_.notice.theme)
    yield space.results / RANKING_FILE, report_bytes(ranking_book(round_), round_.notice.theme)


def _time_before(space: Workspace) -> datetime | None:
    """Give the time of the report of the run before; None where there is none or it cannot be read."""
    try:
        return datetime.fromisoformat(json.loads((space.results / REPORT_FILE).read_text("utf-8"))["generated"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
