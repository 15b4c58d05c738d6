"""结果/回执: a receipt for each return that counts and was accepted; one that says the same stays as it is, one no longer due goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from fazhi_xl.form.model import Form
from fazhi_xl.notice.model import Unit
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.recorded_folder import Product, bring_up_to_date, content_of
from fazhi_xl.reports.media.privacy import OtherUnits
from fazhi_xl.reports.media.titles import RECEIPTS, receipt_file
from fazhi_xl.reports.receipt.facts import Receipt, accepted, receipt
from fazhi_xl.reports.receipt.page import Occasion, receipt_book
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import Round
from fazhi_xl.xlsx.writer.report import report_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Accepted:
    """A return that was accepted, whose it is, and the number of that unit's form."""

    unit: Unit
    file: FileResult
    number: str


def receipts_step(space: Workspace, round_: Round, forms: Iterable[Form], jobs: int = 1) -> Callable[[], None]:
    """Give the step that brings the receipts up to date. It raises WrongUseError for those that cannot be written."""
    today = round_.generated.date()
    make = partial(
        _product, round_, OtherUnits.of(round_.notice), Occasion(notice=round_.notice, day=today, mark=round_.mark)
    )
    due = tuple(_accepted(round_, forms))
    return lambda: bring_up_to_date(space, space.results / RECEIPTS, due, make, today, jobs)


def _accepted(round_: Round, forms: Iterable[Form]) -> Iterable[_Accepted]:
    numbers = {form.unit: form.number for form in forms}
    for unit in round_.notice.units:
        if file := accepted(round_, unit.short):
            yield _Accepted(unit=unit, file=file, number=numbers.get(unit.short, ""))


def _product(round_: Round, others: OtherUnits, on: Occasion, own: _Accepted) -> Product:
    known = receipt(round_, own.unit, own.file, own.number, others)
    theme, about = on.notice.theme, on.notice.about
    said = (about.short_title, about.office, about.office_room, about.office_phone, about.scoring.places, on.mark)
    return Product(name=receipt_file(own.unit), content=content_of(known, said, theme), draw=partial(_drawn, known, on))


def _drawn(known: Receipt, on: Occasion, day: date) -> bytes:
    return report_bytes(receipt_book(known, replace(on, day=day)), on.notice.theme)
