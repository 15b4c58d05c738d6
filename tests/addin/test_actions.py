"""The console's actions over a host that keeps what it is told, with the real core on a small round."""

from __future__ import annotations

import os
import re
from datetime import date, datetime
from pathlib import Path
from shutil import rmtree

import pytest

from fazhi_xl.addin import actions, layout
from fazhi_xl.addin.actions import ACTIONS
from fazhi_xl.addin.desk import Desk
from fazhi_xl.errors import WouldDropAnswersError
from fazhi_xl.office.commands.issue import IssuedFiles, IssueOrder, issue
from fazhi_xl.office.outputs.results import RANKING_FILE
from fazhi_xl.office.review.write_books import BOOK
from fazhi_xl.text.commands import Command
from tests.addin.fake_host import FakeHost
from tests.support.offices import FIRST, FOURTH, SECOND, THIRD, Office
from tests.support.progress import Silent
from tests.support.reviews import Reviewing, verdict

pytestmark = pytest.mark.long

DAY = datetime(2020, 12, 1)  # noqa: DTZ001 - Excel's dates know no zone
ROW = "02/15.1"


def files(office: Office) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in office.root.rglob("*") if path.is_file() and path.name != ".lock"}


# What goes wrong -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({layout.ACTION: "关机"}, "没有“关机”这个动作。请在“动作”一格的列表里选一项。"),
        ({layout.OUT: ""}, "“输出文件夹”空着。请写完整路径,例如 D:\\年度考核\\out。"),
        (
            {layout.OUT: "out"},
            "“输出文件夹”写的是“out”。请写这台电脑上的完整路径,例如 D:\\年度考核\\out。",
        ),
        (
            {layout.OUT: "https://x.sharepoint.com/out"},
            "“输出文件夹”写的是“https://x.sharepoint.com/out”。请写这台电脑上的完整路径,例如 D:\\年度考核\\out。",
        ),
        ({layout.UNITS: "不存在局"}, re.compile("没有名为“不存在局”的单位")),
    ],
)
def test_wrong_settings(host: FakeHost, office: Office, settings: dict[str, str], said: str | re.Pattern[str]) -> None:
    """A wrong setting is told with what to write, stands among the messages, and changes nothing."""
    before = files(office)
    host.settings |= {layout.ACTION: "收表", **settings}
    host.press(host.settings[layout.ACTION])
    assert len(host.failed) == 1
    assert re.search(said, host.failed[0]) if isinstance(said, re.Pattern) else host.failed == [said]
    assert str(host.tables[layout.LOG][0][0]).endswith(host.failed[0])
    assert files(office) == before


def test_the_unexpected(host: FakeHost, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What nobody expected is told in one line that names a log file, and never as a traceback."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(FakeHost, "read_table", lambda *_: 1 / 0)
    host.press("收表")
    (log,) = tmp_path.glob("fazhi-xl-*.log")
    assert host.failed == [f"出现意外错误(ZeroDivisionError),详情已写入 {log}。请把这个文件交维护人员。"]
    assert "Traceback" in log.read_text("utf-8")


def test_the_status_bar_is_given_back(host: FakeHost, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Also where not even the messages can be shown."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(FakeHost, "show_table", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        host.press("刷新状态")
    assert host.bar[-1] == ""


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (
            ("请先运行 ", Command.ISSUE, ",或", Command.STATE_OUT, "。"),
            "请先运行 “生成”,或写明“输出文件夹”。",
        ),
        (("或运行 ", Command.ISSUE_AGAIN, " 按新目录重新发放"), "或运行 “生成” 按新目录重新发放"),
        (("再运行 ", Command.COLLECT, "。"), "再运行 “收表”。"),
        (("换一个输出位置(", Command.OUT, ")。"), "换一个输出位置(“输出文件夹”)。"),
        (("或", Command.STATE_RETURNS, "。"), "或在“收回文件夹”里写明。"),
    ],
)
def test_words_of_the_commands(host: FakeHost, parts: tuple[str, ...], said: str) -> None:
    """A line that names a command says here what to press."""
    desk = Desk(host)
    desk.say(*parts)
    assert desk.lines == [said]


def test_only_a_command_is_worded_otherwise(host: FakeHost, tmp_path: Path) -> None:
    """What merely reads like a command, such as a folder's name, stays as it is."""
    out = tmp_path / "collect.py --out"
    host.settings |= {layout.ACTION: "收表", layout.OUT: str(out)}
    host.press("收表")
    assert host.failed == [f"{out} 里没有 campaign.json,还没有发放过表。请先运行 “生成”,或写明“输出文件夹”。"]


@pytest.mark.parametrize("action", ["收表", "审核合并", "写回核定", "排名"])
def test_a_ranking_that_stays_open(host: FakeHost, office: Office, action: str) -> None:
    """While the ranking is open and the office keeps it, nothing is collected."""
    host.press("收表")
    host.enter(ROW, 核定分=1.0)
    before = files(office)
    host.held = frozenset({office.space.results / RANKING_FILE})
    host.press(action)
    assert host.failed == [f"{office.space.results / RANKING_FILE} 正打开着,没有收表。请关闭后再来。"]
    assert files(office) == before


@pytest.mark.parametrize("mark", ["~$审核表.xlsx", ".~审核表.xlsx", ".~lock.审核表.xlsx#"])
def test_a_review_book_that_is_open(host: FakeHost, office: Office, mark: str) -> None:
    """A review book in which somebody is typing is not written anew."""
    (office.space.review / mark).write_bytes(b"")
    host.press("收表")
    assert host.failed == [f"{office.space.review / BOOK} 正打开着,里面可能有没存盘的核定分。请存盘、关闭后再来。"]


def test_more_rows_than_there_is_room_for(host: FakeHost) -> None:
    """What does not fit is left out, and that it is left out is said."""
    desk = Desk(host)
    desk.show(layout.LOG, [[str(no)] for no in range(10)])
    assert host.tables[layout.LOG] == [[str(no)] for no in range(9)]
    assert desk.lines == ["“消息”有10行,只列得下前9行。可以在“单位”里写明单位,分几次看。"]


# Issuing -------------------------------------------------------------------------------------------------------------


def test_check(host: FakeHost) -> None:
    """The notice's own doubts are listed, and what the office has left blank."""
    host.press("预检")
    texts = [str(row["问题和怎样改"]) for row in host.rows(layout.FINDINGS)]
    assert host.told == [f"工作目录可以用,有{len(texts) - 2}处通知本身的疑点和2处没有填的,列在“校验结果”里。"]
    assert any("第9项" in text for text in texts)


def test_issue(host: FakeHost, tmp_path: Path) -> None:
    """The units named are issued to, and stand there as such; the progress is on the status bar."""
    host.settings |= {layout.OUT: str(tmp_path / "新"), layout.UNITS: "团委、总工会"}
    host.press("生成")
    assert host.failed == []
    assert host.told[0].splitlines()[0] == f"已生成2份任务分解表:{tmp_path / '新' / '发放'}"
    assert "提醒:办公室的电话空着" in host.told[0]
    assert "生成工作簿:2/2" in host.bar
    assert [(row["单位"], row["情况"]) for row in host.rows(layout.STATUS)] == [
        ("总工会", "已发放"),
        ("团委", "已发放"),
    ]


def test_issue_after_a_catalogue(host: FakeHost, tmp_path: Path) -> None:
    """Last year's catalogue, from which a round may be set up, has no answers to carry over, and that is said."""
    host.settings |= {layout.OUT: str(tmp_path / "新"), layout.UNITS: "团委", layout.PREVIOUS: "zhonglou-2020"}
    host.press("生成")
    assert host.failed == []
    said = "“上一轮文件夹”写的是工作目录,不是上一轮的输出文件夹,没有带入上期的数。"
    assert any(str(row[0]).endswith(said) for row in host.tables[layout.LOG])


def test_issue_again(host: FakeHost, office: Office) -> None:
    """What is out already is overwritten only where the office says so."""
    before = files(office)
    host.answers = [False]
    host.settings[layout.UNITS] = FIRST
    host.press("生成")
    assert host.told == ["没有生成,原来的表都没有动。"]
    assert host.asked == ["已经发放过表。重新生成会覆盖同名的表;已经发出去的表仍然可以收。继续吗?"]
    assert files(office) == before
    host.answers = [True]
    host.press("生成")
    assert host.told[-1].startswith("已生成1份任务分解表")


def test_issue_that_would_drop_answers(host: FakeHost, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where returns hold answers under inputs that would go, the office is asked, and all of them are listed below."""
    asked: list[bool] = []

    def refused(*given: object, today: date) -> IssuedFiles:
        order = next(each for each in given if isinstance(each, IssueOrder))
        asked.append(order.drop_answers)
        if not order.drop_answers:
            raise WouldDropAnswersError("会去掉1家单位已经填了的1处填报项,没有改动。\n", "  甲 1.1 “次数”:填了“3”\n")
        return issue(office.notice, office.space, order, Silent(), today=today)

    monkeypatch.setattr(actions, "issue", refused)
    host.settings[layout.UNITS] = FIRST
    before = files(office)
    host.answers = [True, False]
    host.press("生成")
    assert host.told == ["没有生成,原来的表都没有动。"]
    assert host.asked[-1] == "会去掉1家单位已经填了的1处填报项,没有改动。原来的填报和决定都留着。确实要去掉吗?"
    assert (files(office), asked) == (before, [False])
    host.answers = [True, True]
    host.press("生成")
    assert host.told[-1].startswith("已生成1份任务分解表")
    assert asked == [False, False, True]


# Collecting ----------------------------------------------------------------------------------------------------------


def test_collect(host: FakeHost, office: Office) -> None:
    """The units' states, counts, scores and ranks are the report's, and what is to be reviewed is listed."""
    host.press("收表")
    assert host.failed == []
    assert f"排名表:{office.space.results / RANKING_FILE}\n" in host.told[0]
    assert host.told[0].endswith(f"\n退回修改的表和邮件文字:{office.space.results / '退回'}")
    rows = {str(row["单位"]): row for row in host.rows(layout.STATUS)}
    assert list(rows) == [unit["unit"] for unit in office.report["units"]]
    unit = office.unit(FIRST)
    assert rows[FIRST]["情况"] == "已收"
    assert (rows[FIRST]["总分"], rows[FIRST]["名次"]) == (float(unit["total"]), unit["rank"])
    assert (rows[SECOND]["情况"], rows[SECOND]["须改正"]) == ("退回修改", 1)
    assert (rows[THIRD]["情况"], rows[THIRD]["总分"], rows[THIRD]["名次"]) == ("未报", None, None)
    queued = host.rows(layout.QUEUE)
    assert len(queued) == sum(len(each["sub_points"]) for each in office.report["units"])
    first = next(row for row in queued if row["编号"] == ROW)
    (sub,) = (each for each in unit["sub_points"] if each["code"] == "15.1")
    assert (first["单位"], first["分值"], first["自评分"]) == (FIRST, 1.0, float(sub["self"]))
    assert str(first["得分点"]).startswith("15.1 ")


def test_another_folder(host: FakeHost, tmp_path: Path) -> None:
    """The returns may lie elsewhere."""
    (tmp_path / "空").mkdir()
    host.settings[layout.RETURNS] = str(tmp_path / "空")
    host.press("收表")
    assert {row["情况"] for row in host.rows(layout.STATUS)} == {"未报"}
    host.settings[layout.RETURNS] = str(tmp_path / "没有")
    host.press("收表")
    assert host.failed == [f"没有找到 {tmp_path / '没有'}。请把收到的文件放进这个文件夹,或在“收回文件夹”里写明。"]


def test_passwords(host: FakeHost, tmp_path: Path) -> None:
    """A list of passwords that is not there is told."""
    host.settings[layout.PASSWORDS] = f'"{tmp_path / "口令.txt"}"'
    host.press("收表")
    assert host.failed[0].startswith(f"{tmp_path / '口令.txt'} 读不出来")


def test_units_of_the_queue(host: FakeHost) -> None:
    """Only the units named are listed, whatever name they go by."""
    host.settings[layout.UNITS] = f" {SECOND},{THIRD} "
    host.press("审核合并")
    assert {row["单位"] for row in host.rows(layout.QUEUE)} == {SECOND}


def test_merge(host: FakeHost, office: Office) -> None:
    """What the review books say is taken, what is wrong with them is listed, and what is left is counted."""
    Reviewing(office).enter({**verdict(ROW, {"核定": 1}), "02/15.2.核定": 99})
    host.press("审核合并")
    (said,) = host.told
    every = len(host.rows(layout.QUEUE))
    assert said.startswith("已核定1个得分点")
    assert said.endswith(f"审核表里有3处要看,列在“校验结果”里。待审{every}个得分点。")
    assert ROW not in [row["编号"] for row in host.rows(layout.QUEUE)]
    assert {row["工作表"] for row in host.rows(layout.FINDINGS)} == {BOOK}


def test_what_is_undecided(host: FakeHost) -> None:
    """What keeps the ranking from being official is counted by kind, with the first row; the last state says it too."""
    host.press("审核合并")
    every = len(host.rows(layout.QUEUE))
    assert f"还没有定的{every}项,全部定下才是正式排名:得分点未核定{every}项。" in host.told[0]
    assert any(f"得分点未核定{every}项,第一项:“审核”{ROW}({FIRST}" in str(row[0]) for row in host.tables[layout.LOG])
    host.press("刷新状态")
    assert str(host.tables[layout.LOG][0][0]).endswith(f"还没有定的:得分点未核定{every}项。")


def test_vanished_decisions(host: FakeHost, office: Office) -> None:
    """Where decisions have vanished the console names its own action, which puts them back."""
    Reviewing(office).enter(verdict(ROW, {"核定": 1}))
    host.press("收表")
    rmtree(office.space.review)
    host.press("收表")
    assert "没有备份的,运行 “恢复审核记录”,用存档的记录恢复" in host.failed[-1]
    host.press("恢复审核记录")
    assert host.told[-1].startswith(f"已恢复 {office.space.review / '决定.jsonl'}:1条决定")
    assert Reviewing(office).decided(FIRST, "15.1") == ["1"]


def test_rank(host: FakeHost, office: Office) -> None:
    """The ranking is made anew, and opened; nothing but the ranking is ever opened."""
    host.press("排名")
    assert host.opened == [office.space.results / RANKING_FILE]
    assert host.told == []
    host.press("打开结果")
    assert host.opened == [office.space.results / RANKING_FILE] * 2


def test_no_result_yet(host: FakeHost, office: Office) -> None:
    """Before anything was collected there is nothing to open."""
    (office.space.results / RANKING_FILE).unlink()
    host.press("打开结果")
    assert host.failed == [f"还没有 {office.space.results / RANKING_FILE}。请先“收表”。"]


def test_refresh(host: FakeHost, office: Office) -> None:
    """The states are shown without reading a return; a report that cannot be read is told."""
    host.press("刷新状态")
    assert [row["情况"] for row in host.rows(layout.STATUS)][:4].count("未报") == len([THIRD, FOURTH])
    (office.space.results / "report.json").write_text("{}")
    host.press("刷新状态")
    assert host.failed[-1].endswith("读不出来(KeyError)。再收一次表,它会重新写好。")


# One file ------------------------------------------------------------------------------------------------------------


def test_examine(host: FakeHost, office: Office) -> None:
    """One return is read by itself, its faults are listed with their cells, and nothing is written."""
    before = files(office)
    host.settings[layout.CHECKED] = str(office.space.returns / f"{SECOND}.xlsx")
    host.press("校验一份")
    assert host.told == [f"{SECOND}:退回修改,不能读取0处,须改正1处,请核实0处,提示0处。{SECOND}.xlsx"]
    (row,) = (row for row in host.rows(layout.FINDINGS) if row["程度"] == "须改正")
    assert row["工作表"] == "任务分解表"
    assert re.fullmatch("[A-Z]+[0-9]+", str(row["单元格"]))
    assert files(office) == before
    assert host.opened == []


@pytest.mark.parametrize("name", ["没有.xlsx", ""])
def test_examine_nothing(host: FakeHost, office: Office, name: str) -> None:
    """A file that is not there is told, and so is a blank cell."""
    host.settings[layout.CHECKED] = str(office.root / name) if name else ""
    host.press("校验一份")
    wanted = f"没有找到文件 {office.root / name}。" if name else "“要读的文件”空着。"
    assert host.failed[0].startswith(wanted)


def test_examine_rubbish(host: FakeHost, office: Office) -> None:
    """What is no form at all is told as collecting would."""
    path = office.root / "x.xlsx"
    path.write_bytes(os.urandom(10))
    host.settings[layout.CHECKED] = str(path)
    host.press("校验一份")
    assert host.told == ["(认不出单位):不能读取,不能读取1处,须改正0处,请核实0处,提示0处。x.xlsx"]


# Writing back --------------------------------------------------------------------------------------------------------


def test_nothing_to_write_back(host: FakeHost, office: Office) -> None:
    """A queue in which nothing was typed changes nothing."""
    host.press("收表")
    before = files(office)
    host.press("写回核定")
    assert host.told[-1] == "“待审清单”里没有填写核定分,没有写回。"
    assert files(office) == before


def test_write_back(host: FakeHost, office: Office) -> None:
    """Right rows are recorded and leave the queue; a wrong one stays as typed, with the reason beside it."""
    host.press("审核合并")
    every = len(host.rows(layout.QUEUE))
    host.enter(ROW, 核定分=1.0, 审核人="张三", 审核日期=DAY)
    host.enter("02/15.2", 核定分=0.0, 审核人="张三", 审核日期=DAY)
    host.press("写回核定")
    assert host.failed == []
    assert host.told[-1].startswith("1行已经记录。1行没有记录,原因写在“记录结果”一列,改好后再写回。已核定1个得分点")
    rows = {row["编号"]: row for row in host.rows(layout.QUEUE)}
    assert len(rows) == every - 1
    wrong = rows["02/15.2"]
    assert (wrong["核定分"], wrong["审核日期"]) == (0.0, DAY)
    assert wrong["记录结果"] == "02/15.2:核定分低于自评分。请选扣分原因,或在说明里写明。"
    assert [(each["unit"], each["row"], each["book"]) for each in Reviewing(office).record] == [
        (FIRST, "15.1", "办公室工作台")
    ]
    host.enter("02/15.2", 扣分原因="没有佐证材料")
    host.press("写回核定")
    assert Reviewing(office).decided(FIRST, "15.2") == ["0"]


def test_other_actions_keep_what_was_typed(host: FakeHost, office: Office) -> None:
    """Collecting anew records nothing of the queue, and loses nothing of it either."""
    host.press("收表")
    host.enter(ROW, 核定分=1.0, 审核人="张三", 审核日期=DAY)
    host.press("排名")
    row = next(row for row in host.rows(layout.QUEUE) if row["编号"] == ROW)
    assert (row["核定分"], row["审核人"], row["审核日期"]) == (1.0, "张三", DAY)
    assert Reviewing(office).record == []


def test_what_a_unit_sends_meanwhile(host: FakeHost, office: Office) -> None:
    """Where the unit's data changed under a row that was typed, the row says so and is not recorded until it is looked at."""
    host.press("收表")
    host.enter(ROW, 核定分=1.0, 审核人="张三", 审核日期=DAY)
    changed = {key: value for key, value in office.good(FIRST, seed=7).items() if not key.startswith("15.1.自评")}
    office.receive(f"{FIRST}改.xlsx", office.filled(FIRST, changed), day=datetime(2020, 11, 19).date())  # noqa: DTZ001
    host.press("写回核定")
    row = next(row for row in host.rows(layout.QUEUE) if row["编号"] == ROW)
    assert row["核定分"] == 1.0
    assert str(row["记录结果"]).startswith(f"{FIRST}15.1:这一行列出以后")
    assert Reviewing(office).record == []


def test_what_a_book_decides_meanwhile(host: FakeHost, office: Office) -> None:
    """A row that a review book has decided leaves the queue, and that its entries are not recorded is said."""
    host.press("收表")
    host.enter(ROW, 核定分=0.0, 扣分原因="没有佐证材料", 审核人="张三", 审核日期=DAY)
    Reviewing(office).enter(verdict(ROW, {"核定": 1}, "李四"))
    host.press("收表")
    assert any(f"{FIRST} {ROW}:已经核定或者没有这一行了" in str(row[0]) for row in host.tables[layout.LOG])
    assert Reviewing(office).decided(FIRST, "15.1") == ["1"]


def test_every_action_is_tested() -> None:
    """The list of actions is known here."""
    assert list(ACTIONS) == [
        "预检",
        "生成",
        "收表",
        "校验一份",
        "审核合并",
        "写回核定",
        "排名",
        "打开结果",
        "恢复审核记录",
        "刷新状态",
        "发送",
        "催报",
        "收信",
        "准备下一年",
        "从通知起草",
        "写目录工作簿",
        "检查目录工作簿",
        "写回工作目录",
        "与上年比较",
    ]
