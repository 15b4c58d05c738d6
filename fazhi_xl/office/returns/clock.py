"""Days of receipt that cannot be: a computer's clock, a mail's date or a folder's name is wrong. Told once in a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from fazhi_xl.office.workspace.issued_round import IssuedRound
from fazhi_xl.reports.filing.receipt_names import DAY, REGISTER_FILE
from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.rounds.file import FileResult

_YEARS = timedelta(days=730)  # after which a round is hardly still under way
_SAID = frozenset({DayBasis.CORRECTED, DayBasis.CONFIRMED})


def clock_doubts(round_: IssuedRound, files: Iterable[FileResult], today: date) -> Iterator[str]:
    """Say in one line where today or a return's day lies before the first forms were issued, or a return's after tomorrow.

    A rehearsal makes its days up; what the office entered is taken as it is.
    """
    if round_.edition.rehearsal:
        return
    issued = _first_issued(round_)
    if today < issued:
        yield (
            f"电脑的日期是{today},早于发放任务分解表的{issued}:电脑时钟多半不对,收到日期、是否按时、文件上的日期都会跟着错。"
            "请先校正电脑的日期和时间,再收一次表。"
        )
        return
    if today > issued + _YEARS:
        yield (
            f"电脑的日期是{today},比发放任务分解表的{issued}晚了两年以上:如果电脑时钟不对,收到日期、生成日期都会跟着错。"
            "请核对电脑的日期和时间;日期不错的不用处理。"
        )
    odd = [
        each for each in files if each.unit and each.basis not in _SAID and not _may_be(each.received, issued, today)
    ]
    if odd:
        first = odd[0]
        yield (
            f"有{len(odd)}份表的收到日期早于发放的{issued}或晚于今天{today},例如 {first.path}({first.received},依据{first.basis.value}):"
            f"电脑时钟、邮件的日期或文件夹的名称多半不对,是否按时会判错。请核对,在 {REGISTER_FILE} 的“{DAY}”里更正,再收一次表。"
        )


def _may_be(received: date, issued: date, today: date) -> bool:
    return issued <= received <= today + timedelta(days=1)


def _first_issued(round_: IssuedRound) -> date:
    """Give the day on which forms of this round were first issued, by whatever edition."""
    days = (round_.space.issued_campaign()["issued"], *(each.issued for each in round_.earlier.values()))
    return min(date.fromisoformat(str(day)[:10]) for day in days)
