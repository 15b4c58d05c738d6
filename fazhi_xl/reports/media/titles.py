"""Titles, and the words for the state of a ranking."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from fazhi_xl.form.manifest import file_stem
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.text.dates import chinese_date
from fazhi_xl.text.one_line import cut

VETO = "一票否决"


def state(round_: Round) -> str:
    """Say whether a ranking is official, what it counts, and how many units it is without."""
    absent = f",含未报送{len(round_.missing)}家" if round_.missing else ""
    return _stated(round_, absent)


def state_of_one(round_: Round) -> str:
    """Say the same to one unit, which is not concerned by how many others are missing: its sheet stays as it is when they come."""
    return _stated(round_, "")


def _stated(round_: Round, absent: str) -> str:
    by = round_.basis.value if round_.notice.items or round_.official else "已登记的"
    return f"{'正式排名' if round_.official else '预排名'}(按{by}{absent})"


def dated(round_: Round) -> str:
    """Say what a ranking rests on, of when it is, how many of those that have to returned, and by which catalogue."""
    return f"{state(round_)} · {as_of(round_)}"


def as_of(round_: Round) -> str:
    """Say of when a ranking is, how many of those that have to returned, and by which catalogue."""
    came = (f"已报{len(round_.returned)}家,共{len(round_.due)}家",) if round_.due else ()
    return " · ".join((chinese_date(round_.generated), *came, f"目录第{round_.version}版"))


def title(round_: Round, what: str) -> str:
    return f"{round_.mark}{round_.notice.about.short_title} {what}"


def vetoed(unit: UnitScore) -> str:
    """Say what takes a unit out of the ranking: 一票否决(弄虚作假); blank where nothing does."""
    return f"{VETO}({'、'.join(unit.vetoes)})" if unit.vetoes else ""


def veto_words(round_: Round, listed: Callable[[Sequence[str]], str] = "、".join) -> Iterator[str]:
    """Name the units that a veto takes out of the ranking, in one sentence, where there are any; `listed` joins their names."""
    if round_.vetoed:
        named = listed([f"{unit.unit}({'、'.join(unit.vetoes)})" for unit in round_.vetoed])
        early = "" if round_.official else "(已登记的否决现在就计)"
        yield f"{VETO}{len(round_.vetoed)}家:{named};不参加排名,不计入平均和得分率{early}。"


def grouped(notice: Notice) -> bool:
    """Say whether units are ranked in groups: one group is all of them."""
    return len(notice.ranking_groups) > 1


FEEDBACK = "反馈单"  # a folder among the results, and what its files are called


def feedback_file(unit: Unit) -> str:
    """Name a unit's feedback sheet within its folder."""
    return f"{file_stem(unit)}{FEEDBACK}.xlsx"


RECEIPTS = "回执"  # a folder among the results, and what its files are called


def receipt_file(unit: Unit) -> str:
    """Name a unit's receipt within its folder."""
    return f"{file_stem(unit)}{RECEIPTS}.xlsx"


_MOST, _UNFIT = 31, re.compile(r"[\[\]:*?/\\]|^'|'$")  # what Excel allows of a sheet's name


def sheet_name(name: str, no: int = 1) -> str:
    """Give a name that a sheet may have: without the characters that Excel keeps for itself, not too long, and numbered from 2 on."""
    number = "" if no == 1 else f"({no})"
    return (cut(_UNFIT.sub("_", name), _MOST - len(number), mark="") or "_") + number


def continued(name: str, no: int) -> str:
    """Name the sheet of this number, from 0, of those that a wide table is parted into: 得分矩阵, 得分矩阵(续), 得分矩阵(续2)."""
    return f"{name}(续{no if no > 1 else ''})" if no else name
