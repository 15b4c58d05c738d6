"""Titles, and the words for the state of a ranking."""

from __future__ import annotations

from fazhi_xl.form.manifest import file_stem
from fazhi_xl.notice.model import Unit
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import Basis
from fazhi_xl.text.dates import chinese_date


def state(round_: Round) -> str:
    return "预排名(按自评)" if round_.basis is Basis.SELF else "正式排名(按核定)"


def dated(round_: Round) -> str:
    """Say what a ranking rests on, of when it is, how many returned, and by which catalogue."""
    came = f"已报{len(round_.returned)}家,共{len(round_.units)}家"
    return f"{state(round_)} · {chinese_date(round_.generated)} · {came} · 目录第{round_.version}版"


def title(round_: Round, what: str) -> str:
    return f"{round_.mark}{round_.notice.about.short_title} {what}"


FEEDBACK = "反馈单"  # a folder among the results, and what its files are called


def feedback_file(unit: Unit) -> str:
    """Name a unit's feedback sheet within its folder."""
    return f"{file_stem(unit)}{FEEDBACK}.xlsx"
