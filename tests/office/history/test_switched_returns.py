"""A copy of a round loses no day and no order in silence."""

from __future__ import annotations

from datetime import date

import pytest

from fazhi_xl.office.commands.collect import CollectOrder, collect
from tests.support.offices import FIRST, NOW, SECOND, Office, dated
from tests.support.progress import Heard


def run(office: Office) -> list[str]:
    heard = Heard()
    collect(office.notice, office.space, CollectOrder(), heard, now=NOW)
    return [line for line in heard.lines if "文件时间变" in line]


@pytest.mark.usefixtures("report_only", "no_review")
def test_two_of_one_day(office: Office) -> None:
    """Where files of one day change places without the office's word, that is told once, with both names."""
    names = ("表.xlsx", "表(1).xlsx")
    paths = [office.receive(name, office.filled(FIRST, office.good(FIRST, no))) for no, name in enumerate(names)]
    office.receive("别家.xlsx", office.filled(SECOND))
    for path, hour in zip(paths, (9, 15), strict=True):
        dated(path, date(2020, 11, 18), hour)
    assert run(office) == []
    for path, hour in zip(paths, (15, 9), strict=True):
        dated(path, date(2020, 11, 18), hour)
    (line,) = run(office)
    assert line == (
        f"没有新收到的表,计入的却换了一份:{FIRST}(原来是 表(1).xlsx,现在是 表.xlsx)。多半是复制、解压使文件时间变了,同一天的分不出先后。"
        "请核对哪一份是后来的,在 收到登记.xlsx 的“更正日期”里写明(可以写到几点几分),再收一次表。"
    )
    assert run(office) == []
    office.receive("表(2).xlsx", office.filled(FIRST, office.good(FIRST, 3)), date(2020, 11, 19))
    assert run(office) == []
