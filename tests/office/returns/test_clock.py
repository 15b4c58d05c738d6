"""A computer's clock that is wrong, and days of receipt that cannot be, are told once in a run."""

from __future__ import annotations

from datetime import date, datetime

from fazhi_xl.office.commands.collect import CollectOrder, collect
from tests.office.returns.test_receipt_register import Heard, enter
from tests.support.offices import FIRST, NOW, SECOND, THIRD, Office


def told(office: Office, now: datetime = NOW) -> list[str]:
    heard = Heard()
    collect(office.notice, office.space, CollectOrder(), heard, now=now)
    return heard.said


def test_days_that_cannot_be(office: Office) -> None:
    """Returns of before the issue, or of after tomorrow, are told in one line, until the office has entered the day."""
    office.receive("2019-11-18/甲.xlsx", office.filled(FIRST))
    office.receive("乙.xlsx", office.filled(SECOND), date(2020, 11, 23))
    office.receive("丙.xlsx", office.filled(THIRD), date(2020, 11, 22))
    assert told(office) == [
        (
            "有2份表的收到日期早于发放的2020-11-01或晚于今天2020-11-21,例如 2019-11-18/甲.xlsx(2019-11-18,依据文件夹):"
            "电脑时钟、邮件的日期或文件夹的名称多半不对,是否按时会判错。请核对,在 收到登记.xlsx 的“更正日期”里更正,再收一次表。"
        )
    ]
    enter(office, "E4", "2020-11-18")
    (line,) = told(office)
    assert line.startswith("有1份表的收到日期")


def test_a_clock_before_the_issue(office: Office) -> None:
    """Where today lies before the issue, only that is told."""
    office.receive("2020-11-18/甲.xlsx", office.filled(FIRST))
    (line,) = told(office, datetime(2015, 1, 1, 9).astimezone())
    assert line.startswith("电脑的日期是2015-01-01,早于发放任务分解表的2020-11-01:")
    assert line.endswith("请先校正电脑的日期和时间,再收一次表。")


def test_days_that_may_be(office: Office) -> None:
    """From the day of the issue to tomorrow nothing is told."""
    office.receive("2020-11-01/甲.xlsx", office.filled(FIRST))
    office.receive("2020-11-22/乙.xlsx", office.filled(SECOND))
    assert told(office) == []
