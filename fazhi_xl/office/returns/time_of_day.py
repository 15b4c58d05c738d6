"""The time of day in a cell of the register: beside a day in a text, or as a part of a date's number."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, time
from decimal import Decimal

from fazhi_xl.answers.located import Found
from fazhi_xl.answers.normalise import clean, half_width
from fazhi_xl.answers.written_days import written_day
from fazhi_xl.cells import CellKind

_DAY = 24 * 60 * 60  # seconds


def timed(found: Found) -> tuple[Found, time | None]:
    """Give the cell without a time of day, and that time in hours and minutes; None where it tells none."""
    reader = {CellKind.TEXT: _of_text, CellKind.NUMBER: _of_number, CellKind.DATE: _of_date}.get(found.kind)
    made = None
    with suppress(ValueError, ArithmeticError):
        made = reader(found) if reader else None
    return made or (found, None)


def _of_text(found: Found) -> tuple[Found, time | None] | None:
    written = written_day(half_width(clean(found.text)))
    return (found._replace(text=str(written.day)), written.time) if written and written.time else None


def _of_number(found: Found) -> tuple[Found, time | None] | None:
    """Read the fraction of a day's number; to the second, since a whole minute has no exact one."""
    seconds = round(Decimal(found.text) % 1 * _DAY) % _DAY
    return (found, time(seconds // 3600, seconds // 60 % 60)) if seconds > 0 else None


def _of_date(found: Found) -> tuple[Found, time | None] | None:
    moment = datetime.fromisoformat(clean(found.text))
    return (found, moment.time().replace(second=0, microsecond=0)) if moment.time() != time() else None
