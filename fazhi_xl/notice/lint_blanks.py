"""Remarks on what a notice leaves to the office, and its catalogue leaves blank: units will ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from fazhi_xl.notice.lint import LintRemark
from fazhi_xl.notice.model import Notice

_WEEK = timedelta(days=7)


def blanks(notice: Notice) -> tuple[LintRemark, ...]:
    """Give a remark for each thing that is blank, with the line to write; the catalogue can be used without it."""
    return tuple(_blanks(notice))


def _blanks(notice: Notice) -> Iterator[LintRemark]:
    about = notice.about
    if not about.office_phone:
        text = '办公室的电话空着,填报说明的“咨询”没有电话。请在 notice.toml 里填上,例如 office_phone = "0519-12345678"'
        yield LintRemark(code="office-phone", text=text)
    if about.dates.corrections_due is None:
        day = about.dates.ledger_due + _WEEK
        text = f"修改期限空着,退回修改的表没有写什么时候交回。请在 notice.toml 的 [dates] 下面加一行,例如 corrections_due = {day}"
        yield LintRemark(code="corrections-due", text=text)
