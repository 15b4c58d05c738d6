"""结果/反馈单 and 结果/通报: a feedback sheet for each unit, the bulletin's grades and its draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from fazhi_xl.office.outputs.pdf import drop_stale, print_all
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.lock import locked
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.office.workspace.recorded_folder import Product, bring_up_to_date, content_of
from fazhi_xl.reports.bulletin.draft import bulletin
from fazhi_xl.reports.bulletin.grades_workbook import SHEET, bulletin_book
from fazhi_xl.reports.feedback.peers import Peers
from fazhi_xl.reports.feedback.result import UnitResult
from fazhi_xl.reports.feedback.sheet import feedback_book
from fazhi_xl.reports.media.privacy import OtherUnits
from fazhi_xl.reports.media.titles import FEEDBACK, feedback_file
from fazhi_xl.rounds.round import Round
from fazhi_xl.xlsx.writer.report import report_bytes

BULLETIN = "通报"
_NO_DAY = date(1, 1, 1)


def publishing(space: Workspace, round_: Round, jobs: int = 1) -> tuple[Callable[[], None], ...]:
    """Give the steps that bring 结果/反馈单 and 结果/通报 up to date; PDFs of what has changed go."""
    today = round_.generated.date()
    return (
        lambda: bring_up_to_date(space, space.results / FEEDBACK, _feedback(round_), today, jobs),
        lambda: bring_up_to_date(space, space.results / BULLETIN, _bulletin(round_), today),
        lambda: drop_stale(space, _folders(space)),
    )


def print_results(space: Workspace, progress: Progress) -> None:
    """Make the PDFs that are not there yet. Raises WrongUseError where they cannot be written."""
    with locked(space):
        print_all(space, _folders(space), progress)


def _folders(space: Workspace) -> tuple[Path, ...]:
    return space.results / FEEDBACK, space.results / BULLETIN


def _feedback(round_: Round) -> Iterator[Product]:
    """Make a sheet for every unit that has a score."""
    units, others = {unit.short: unit for unit in round_.notice.units}, OtherUnits.of(round_.notice)
    peers = Peers.of(round_)
    for score in round_.scored:
        unit = units[score.unit]
        result = UnitResult(round_=round_, unit=unit, score=score, others=others, day=_NO_DAY, peers=peers)
        content = content_of(feedback_book(result), round_.notice.theme)
        yield Product(name=feedback_file(unit), content=content, draw=partial(_sheet, result))


def _sheet(result: UnitResult, day: date) -> bytes:
    return report_bytes(feedback_book(replace(result, day=day)), result.round_.notice.theme)


def _draft(round_: Round, day: date) -> bytes:
    from fazhi_xl.docx.write import document_bytes  # noqa: PLC0415 - loads python-docx, which only a new draft needs

    return document_bytes(bulletin(round_, day), round_.notice.theme)


def _bulletin(round_: Round) -> Iterator[Product]:
    theme, book = round_.notice.theme, bulletin_book(round_)
    yield Product(name=f"{SHEET}.xlsx", content=content_of(book, theme), draw=lambda _: report_bytes(book, theme))
    draft = content_of(bulletin(round_, _NO_DAY), theme)
    yield Product(name="通报稿.docx", content=draft, draw=partial(_draft, round_))
