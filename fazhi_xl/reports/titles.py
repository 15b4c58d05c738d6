"""What every sheet of a report calls itself."""

from __future__ import annotations

from fazhi_xl.form.manifest import file_stem
from fazhi_xl.notice.model import Unit
from fazhi_xl.reports.round import Round
from fazhi_xl.scoring.model import Basis


def state(done: Round) -> str:
    return "预排名(按自评)" if done.basis is Basis.SELF else "正式排名(按核定)"


def title(done: Round, what: str) -> str:
    return f"{done.mark}{done.notice.about.short_title} {what}"


FEEDBACK = "反馈单"  # a folder among the results, and what its files are called


def feedback_file(unit: Unit) -> str:
    """Name a unit's feedback sheet within its folder."""
    return f"{file_stem(unit)}{FEEDBACK}.xlsx"
