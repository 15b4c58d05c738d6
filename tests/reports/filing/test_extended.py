"""What reports say of units that have more time: until when, by whom, and nobody called overdue before that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fazhi_xl.reports.filing.returns import reminders_sheet, returns_sheet
from fazhi_xl.reports.media.workbook import ReportSheet, Sentence, Table
from fazhi_xl.reports.ranking.front.attention import attention
from fazhi_xl.reports.ranking.front.page import Page
from fazhi_xl.reports.ranking.headline import headline
from fazhi_xl.reports.ranking.readings import readings_sheet
from fazhi_xl.reports.report_json import report
from fazhi_xl.reports.status_lines import report_lines
from fazhi_xl.rounds.deadlines import Extension
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.timeliness import Timeliness
from tests.support.rounds import a_round, blank_file, returned_file

UNITS = ("法院", "检察院", "信访局")
SAID = "经批准延期1家:法院延期至2020-11-25(张三批准,停电)。是否按时按延期后的日期看。"


def extended(*units: str, received: date = date(2020, 11, 23), today: int = 24) -> Round:
    """Give a round in which the first unit has more time, and these returned after the notice's day."""
    made = a_round(UNITS, [returned_file(unit, received=received) for unit in units])
    granted = {"法院": Extension(unit="法院", day=date(2020, 11, 25), by="张三", why="停电")}
    return replace(made, extensions=granted, generated=datetime(2020, 11, today, 9, tzinfo=UTC))


def sentences(sheet: ReportSheet) -> list[str]:
    return [str(block.text) for block in sheet.blocks if isinstance(block, Sentence)]


def table(sheet: ReportSheet) -> Table:
    return next(block for block in sheet.blocks if isinstance(block, Table))


def test_timeliness() -> None:
    """Who keeps to the longer time is in time, and counts so; who has none is late."""
    round_ = extended("法院", "检察院")
    assert [round_.timeliness(unit) for unit in UNITS] == [Timeliness.ON_TIME, Timeliness.LATE, None]
    assert (round_.late_units, [each.unit for each in round_.extended]) == (("检察院",), ["法院"])
    assert extended("法院", received=date(2020, 11, 26)).late_units == ("法院",)


def test_sentences() -> None:
    """报送情况 and 口径说明 say who has more time; the rate of those in time counts them, and the first sentences count them."""
    round_ = extended("法院", "检察院")
    assert SAID in sentences(returns_sheet(round_))
    assert SAID in sentences(readings_sheet(round_))
    assert "按时1家(占应报的按时率33.33%),迟报1家。" in sentences(returns_sheet(round_))[0]
    assert "迟报1家,经批准延期1家。" in next(iter(headline(round_)))


def test_without_extensions_nothing_is_said() -> None:
    """A round in which nobody has more time says nothing of it, and has no column for it."""
    plain = replace(extended("法院"), extensions={})
    assert not [text for text in sentences(returns_sheet(plain)) if "延期" in text]
    assert "延期" not in [column.title for column in table(returns_sheet(plain)).columns]


def test_column() -> None:
    """报送情况 says beside each unit until when and by whom, and each row has a cell for each column."""
    found = table(returns_sheet(extended("法院")))
    at = [column.title for column in found.columns].index("延期")
    assert [row[at] for row in found.rows] == ["延期至2020-11-25(张三批准)", None, None]
    assert {len(row) for row in found.rows} == {len(found.columns)}


def test_a_supplement_within_the_longer_time() -> None:
    """A later return within the longer time is no supplement after the deadline."""
    first, again = (
        returned_file("法院", received=date(2020, 11, 21)),
        returned_file("法院", received=date(2020, 11, 24)),
    )
    round_ = replace(extended(), files=(replace(again, path="b.xlsx"), first))
    cells = [str(cell) for row in table(returns_sheet(round_)).rows for cell in row]
    assert not [cell for cell in cells if "补报" in cell]


def reminders(round_: Round) -> dict[str, str]:
    return {str(row[0]): str(row[2]) for row in table(reminders_sheet(round_)).rows}


def test_reminders() -> None:
    """Who has time left is asked to keep to it in a paragraph of its own; once it is over, as the others are."""
    found = reminders(extended())
    assert [text.partition(":")[0] for text in found.values()] == ["检察院、信访局", "法院"]
    form = "《钟楼区2020年度法治建设监测评价任务分解表》"
    days = "通知的报送期限是2020年11月20日,经批准你单位延期至2020年11月25日,"
    assert found["未报(延期至2020-11-25)"] == (
        f"法院:还没有收到你单位的{form}和台账资料。{days}请在延期的日期以前填好下发的表,报送至区委依法治区办。"
    )
    assert reminders(extended(today=26))["未报(延期至2020-11-25)"] == (
        f"法院:至今还没有收到你单位的{form}和台账资料。{days}请尽快填好下发的表,报送至区委依法治区办。"
    )


def test_reminder_of_a_blank_form() -> None:
    """Who has time left and sent a blank form is asked for it by the longer day."""
    round_ = replace(extended(), files=(blank_file("法院"),))
    assert reminders(round_)["没有填写(延期至2020-11-25)"].endswith("请在延期的日期以前填好,重新报送至区委依法治区办。")


@pytest.mark.parametrize(("corrections", "by"), [(date(2020, 11, 24), "11月25日"), (date(2020, 11, 30), "11月30日")])
def test_corrections_by_the_longer_day(corrections: date, by: str) -> None:
    """What has to be corrected is asked for by the later of the longer day and the day for corrections."""
    round_ = extended()
    dates = round_.notice.about.dates.model_copy(update={"corrections_due": corrections})
    about = round_.notice.about.model_copy(update={"dates": dates})
    wrong = returned_file("法院", dict.fromkeys(_inputs(), "x"))
    round_ = replace(round_, notice=round_.notice.model_copy(update={"about": about}), files=(wrong,))
    assert f"于2020年{by}前" in reminders(round_)["退回修改(延期至2020-11-25)"]


def _inputs() -> list[str]:
    answers = returned_file("法院").answers
    assert answers
    return [key for key in answers.values if key.endswith(".自评")][:1] or [next(iter(answers.values))]


def test_report_and_status_lines() -> None:
    """report.json tells other programs of it, and the console's lines say so of who has not returned; older reports lack it."""
    held = report(extended("检察院"))
    units = held["units"]
    assert isinstance(units, list)
    assert [each["extended"] for each in units][:2] == [{"until": "2020-11-25", "by": "张三", "why": "停电"}, None]
    assert [line[2] for line in report_lines(held)] == ["未报(延期至2020-11-25)", "已收", "未报"]
    for each in units:
        del each["extended"]
    assert [line[2] for line in report_lines(held)] == ["未报", "已收", "未报"]


def test_front_page() -> None:
    """一页纸 counts them beside who is late."""
    texts = [cell.shown for line in attention(Page(round_=extended("检察院"), groups=())) for cell in line.cells]
    assert any(text.endswith("截止日期2020年11月20日,迟报1家,经批准延期1家。") for text in texts)
