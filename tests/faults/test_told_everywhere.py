"""A false score and a 无 in a number stand in 问题清单 and in what goes back to the unit, with what to do about them."""

from __future__ import annotations

import pytest

from tests.faults.entries import COUNT, MAIN, cell, good
from tests.support.edits import Raw, with_cells
from tests.support.offices import FIRST, Office
from tests.support.once import Staged

AUTO = cell("15.6.测算")
NONE = "“法律八进”活动填的是“无”,不是数字。没有的填0,有的填准确的数,例如3。"
FALSE = f"文件里存的与按填报内容重新计算的不同:15.6 测算分({AUTO})存的是0.50,应为"
REMEDY = "请打开表按 F9 重新计算后存盘,对照盖章件,分数不同的重新打印盖章。"


@pytest.fixture
def spoilt(staged: Staged) -> Office:
    return staged("a false score and a 无", _collect)


def _collect(office: Office) -> None:
    office.receive(
        "2020-11-18/人大.xlsx", with_cells(good(office, {COUNT: "无"}), {(MAIN, AUTO): Raw("<f>D9</f><v>0.5</v>")})
    )
    office.collect()


def test_r06_the_list_of_problems(spoilt: Office) -> None:
    """Each stands in 问题清单, in a row of its own."""
    told = [str(held.text) for held in spoilt.ranking.sheets["问题清单"].cells.values() if held.text]
    assert sum(NONE in text for text in told) == 1
    assert sum(FALSE in text and REMEDY in text for text in told) == 1


def test_r06_what_goes_back(spoilt: Office) -> None:
    """Each stands in the mail that the form goes back with."""
    (mail,) = (spoilt.space.results / "退回").glob(f"*{FIRST}*.txt")
    text = mail.read_text("utf-8-sig")
    assert NONE in text
    assert FALSE in text
    assert REMEDY in text
