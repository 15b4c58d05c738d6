"""Remarks on what a notice leaves to the office, and its catalogue leaves blank: units will ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from fazhi_xl.notice.lint_remark import ABOUT, LintRemark, Noted
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.oddities import Oddity

_WEEK = timedelta(days=7)


def blanks(notice: Notice) -> tuple[LintRemark, ...]:
    """Give a remark for each thing that is blank, with the line to write; the catalogue can be used without it."""
    noted = (("office-phone", _office_phone(notice)), ("corrections-due", _corrections_due(notice)))
    return tuple(
        LintRemark(code=code, file=file, path=path, text=text) for code, found in noted for file, path, text in found
    )


def _office_phone(notice: Notice) -> Iterator[Noted]:
    if not notice.about.office_phone:
        yield ABOUT.at("office_phone").says(Oddity.OFFICE_PHONE())


def _corrections_due(notice: Notice) -> Iterator[Noted]:
    if notice.about.dates.corrections_due is None:
        day = notice.about.dates.ledger_due + _WEEK
        yield ABOUT.at("dates", "corrections_due").says(Oddity.CORRECTIONS_DUE(day=day))
