"""Remarks on what a notice leaves to the office, and its catalogue leaves blank: units will ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.remark import ABOUT, LintRemark, Noted

_WEEK = timedelta(days=7)


def blanks(notice: Notice) -> tuple[LintRemark, ...]:
    """Give a remark for each thing that is blank, with the line to write; the catalogue can be used without it."""
    noted = (("office-phone", _office_phone(notice)), ("corrections-due", _corrections_due(notice)))
    return tuple(
        LintRemark(code=code, file=file, path=path, text=text) for code, found in noted for file, path, text in found
    )


def _office_phone(notice: Notice) -> Iterator[Noted]:
    if not notice.about.office_phone:
        text = '办公室的电话空着,填报说明的“咨询”没有电话。请在 notice.toml 里填上,例如 office_phone = "0519-12345678"'
        yield ABOUT.at("office_phone").says(text)


def _corrections_due(notice: Notice) -> Iterator[Noted]:
    if notice.about.dates.corrections_due is None:
        day = notice.about.dates.ledger_due + _WEEK
        text = f"修改期限空着,退回修改的表没有写什么时候交回。请在 notice.toml 的 [dates] 下面加一行,例如 corrections_due = {day}"
        yield ABOUT.at("dates", "corrections_due").says(text)
