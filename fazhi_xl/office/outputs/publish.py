"""结果/反馈单, 结果/通报 and 结果/复核答复: a feedback sheet for each unit, the bulletin's grades and its draft, answers to requests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from fazhi_xl.form.appeal_form import AppealSheet, appeal_form
from fazhi_xl.form.identity import Edition, appeal_number
from fazhi_xl.form.manifest import file_stem
from fazhi_xl.form.model import Form, Label
from fazhi_xl.office.outputs.pdf import drop_stale, print_all
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.lock import locked
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.office.workspace.recorded_folder import Product, bring_up_to_date, content_of
from fazhi_xl.reports.appeal_answer import Answered, answer_text, answered
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
from fazhi_xl.text.notepad import notepad
from fazhi_xl.xlsx.writer.feedback import feedback_bytes
from fazhi_xl.xlsx.writer.report import report_bytes

BULLETIN, GRADES, DRAFT = "通报", f"{SHEET}.xlsx", "通报稿.docx"  # a folder among the results, and its files
ANSWERS = "复核答复"  # a folder among the results
_NO_DAY = date(1, 1, 1)


def publishing(space: Workspace, round_: Round, jobs: int = 1) -> tuple[Callable[[], None], ...]:
    """Give the steps that bring 结果/反馈单, 结果/通报 and 结果/复核答复 up to date; PDFs of what has changed go."""
    today, folder = round_.generated.date(), space.results
    return (
        lambda: bring_up_to_date(space, folder / FEEDBACK, round_.scored, _feedback(space, round_), today, jobs),
        lambda: bring_up_to_date(space, folder / BULLETIN, (_grades, _draft), partial(_told, round_), today),
        lambda: bring_up_to_date(space, folder / ANSWERS, answered(round_), _answer, today),
        lambda: drop_stale(space, _folders(space)),
    )


def print_results(space: Workspace, progress: Progress, jobs: int = 1) -> None:
    """Make the PDFs that are not there yet. Raises WrongUseError where they cannot be written."""
    with locked(space, "做 PDF", progress) as alive:
        print_all(space, _folders(space), alive, jobs)


def _folders(space: Workspace) -> tuple[Path, ...]:
    return space.results / FEEDBACK, space.results / BULLETIN


def _feedback(space: Workspace, round_: Round) -> Callable[[UnitScore], Product]:
    """Give what makes a sheet for a unit that has a score."""
    return partial(_sheet, round_, space.key(), OtherUnits.of(round_.notice), Peers.of(round_))


def _sheet(round_: Round, key: bytes, others: OtherUnits, peers: Peers, score: UnitScore) -> Product:
    unit = round_.notice.units_by_short[score.unit]
    result = UnitResult(round_=round_, unit=unit, score=score, others=others, day=_NO_DAY, peers=peers)
    lists = Lists.of(result)
    form = _asking(result, lists, key) if lists.offered else None
    said = (form.slots, [each.text for *_, each in form.shape.cells() if isinstance(each, Label)]) if form else ()
    content = content_of(feedback_book(result, lists), round_.notice.theme, *said)
    return Product(name=feedback_file(unit), content=content, draw=partial(_drawn_sheet, result, lists, form))


def _asking(result: UnitResult, lists: Lists, key: bytes) -> Form:
    """Make the form on which the unit asks for reviews."""
    round_, unit = result.round_, result.unit
    edition = Edition.parse(round_.version)
    number = appeal_number(prefix=round_.notice.about.form_prefix, unit_no=unit.no, edition=edition, key=key)
    sheet = AppealSheet(
        notice=round_.notice,
        unit=unit,
        number=number,
        rows=lists.offered,
        today=round_.generated.date(),
        mark=round_.mark,
    )
    return appeal_form(sheet, key)


def _drawn_sheet(result: UnitResult, lists: Lists, form: Form | None, day: date) -> bytes:
    book, theme = feedback_book(replace(result, day=day), lists), result.round_.notice.theme
    return feedback_bytes(book, form, theme) if form else report_bytes(book, theme)


def _answer(asked: Answered) -> Product:
    return Product(
        name=f"{file_stem(asked.unit)}{ANSWERS}.txt",
        content=content_of(answer_text(asked, _NO_DAY)),
        draw=lambda day: notepad(answer_text(asked, day)),
    )


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
