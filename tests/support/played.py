"""Rounds of the shipped catalogues that tests play to their end: collected once, reviewed by entries, accepted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fazhi_xl.form.expression import Value
from fazhi_xl.notice.load import load
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.review.session import Acceptance, ReviewOrders
from fazhi_xl.rounds.round import Round
from tests.notice.campaigns import TEMPLATES
from tests.support.offices import Office, few
from tests.support.progress import Silent
from tests.support.reviews import Entry, verdict

NOW = datetime(2024, 2, 10, 9).astimezone()
"""After the deadlines of the catalogues of 2023."""


def signed(row: str, columns: Mapping[str, Entry]) -> dict[str, Entry]:
    """Enter a decision, signed on a day of the review."""
    return {**verdict(row, columns), f"{row}.审核日期": date(2024, 2, 1)}


def collected_office(
    root: Path,
    campaign: str,
    units: tuple[str, ...],
    answers: Mapping[str, Callable[[Office, str], dict[str, Value]]],
    day: date,
) -> Office:
    """Give an office that issued a catalogue to a few units and collected the answers of those named."""
    office = Office(few(load(TEMPLATES / campaign), units), root / "out")
    office.issue()
    for unit, answer in answers.items():
        office.receive(f"{unit}.xlsx", office.filled(unit, answer(office, unit)), day)
    office.collect(now=NOW)
    return office


def accepted(office: Office, units: tuple[str, ...]) -> Round:
    """Collect, and take the self-scores of what nobody has decided."""
    accept = Acceptance(units=units, reviewer="王五")
    return collect(office.notice, office.space, CollectOrder(review=ReviewOrders(accept=accept)), Silent(), now=NOW)


def reviewed_scores(office: Office, unit: str) -> dict[str, Any]:
    """Give a unit's reviewed scores, by the code of the sub-point."""
    return {sub["code"]: sub["reviewed"] for sub in office.unit(unit)["sub_points"]}
