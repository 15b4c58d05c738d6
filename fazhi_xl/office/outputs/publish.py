"""结果/反馈单 and 结果/通报: a feedback sheet for each unit, the bulletin's grades and its draft."""

from __future__ import annotations

from collections.abc import Callable
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
from fazhi_xl.reports.feedback.matters import Lists
from fazhi_xl.reports.feedback.peers import Peers
from fazhi_xl.reports.feedback.result import UnitResult
from fazhi_xl.reports.feedback.sheet import feedback_book
from fazhi_xl.reports.media.privacy import OtherUnits
from fazhi_xl.reports.media.titles import FEEDBACK, feedback_file
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.xlsx.writer.report import report_bytes

BULLETIN, GRADES, DRAFT = "通报", f"{SHEET}.xlsx", "通报稿.docx"  # a folder among the results, and its files
_NO_DAY = date(1, 1, 1)


def publishing(space: Workspace, round_: Round, jobs: int = 1) -> tuple[Callable[[], None], ...]:
    """Give the steps that bring 结果/反馈单 and 结果/通报 up to date; PDFs of what has changed go."""
    today, folder = round_.generated.date(), space.results
    return (
        lambda: bring_up_to_date(space, folder / FEEDBACK, round_.scored, _feedback(round_), today, jobs),
        lambda: bring_up_to_date(space, folder / BULLETIN, (_grades, _draft), partial(_told, round_), today),
        lambda: drop_stale(space, _folders(space)),
    )


def print_results(space: Workspace, progress: Progress) -> None:
    """Make the PDFs that are not there yet. Raises WrongUseError where they cannot be written."""
    with locked(space):
        print_all(space, _folders(space), progress)


def _folders(space: Workspace) -> tuple[Path, ...]:
    return space.results / FEEDBACK, space.results / BULLETIN


def _feedback(round_: Round) -> Callable[[UnitScore], Product]:
    """Give what makes a sheet for a unit that has a score."""
    return partial(_sheet, round_, OtherUnits.of(round_.notice), Peers.of(round_))


def _sheet(round_: Round, others: OtherUnits, peers: Peers, score: UnitScore) -> Product:
    unit = round_.notice.units_by_short[score.unit]
    result = UnitResult(round_=round_, unit=unit, score=score, others=others, day=_NO_DAY, peers=peers)
    lists = Lists.of(result)
    content = content_of(feedback_book(result, lists), round_.notice.theme)
    return Product(name=feedback_file(unit), content=content, draw=partial(_drawn_sheet, result, lists))


def _drawn_sheet(result: UnitResult, lists: Lists, day: date) -> bytes:
    return report_bytes(feedback_book(replace(result, day=day), lists), result.round_.notice.theme)


def _told(round_: Round, make: Callable[[Round], Product]) -> Product:
    return make(round_)


def _grades(round_: Round) -> Product:
    theme, book = round_.notice.theme, bulletin_book(round_)
    return Product(name=GRADES, content=content_of(book, theme), draw=lambda _: report_bytes(book, theme))


def _draft(round_: Round) -> Product:
    content = content_of(bulletin(round_, _NO_DAY), round_.notice.theme)
    return Product(name=DRAFT, content=content, draw=partial(_drawn_draft, round_))


def _drawn_draft(round_: Round, day: date) -> bytes:
    from fazhi_xl.docx.write import document_bytes  # noqa: PLC0415 - loads python-docx, which only a new draft needs

    return document_bytes(bulletin(round_, day), round_.notice.theme)
