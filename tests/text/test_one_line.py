"""A text is shortened where it can be read on: at punctuation or a word's end, with numbers and brackets whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.text.one_line import cut, one_line, whole_start


@pytest.mark.parametrize(
    ("text", "room", "short"),
    [
        ("落实普法规划,切实加强组织领导", 30, "落实普法规划,切实加强组织领导"),
        ("落实普法规划,切实加强组织领导", 10, "落实普法规划…"),
        ("落实普法规划。切实加强组织领导", 8, "落实普法规划…"),
        ("组织开展规范性文件清理(0.5分)。", 16, "组织开展规范性文件清理…"),
        ("规范率达100%的加1分", 8, "规范率达…"),
        ("每月报送15篇以上综合信息", 7, "每月报送…"),
        ("每月报送15篇以上综合信息", 6, "每月报送…"),
        ("自2020年11月20日起报送", 9, "自…"),
        ("出庭率不低于百分之九十五的得分", 11, "出庭率不低于…"),
        ("按照第十二条办理有关事项", 6, "按照…"),
        ("贯彻《法治政府建设实施纲要》和意见", 12, "贯彻…"),
        ("推行“红黑榜”发布制度", 6, "推行…"),
        ("推行“红黑榜”发布制度", 8, "推行“红黑榜”…"),
        ("严格落实“谁执法谁普法”责任制", 14, "严格落实“谁执法谁普法”…"),
        ("健全(党组(党委)议事)规则", 9, "健全…"),
        ("健全公民和组织守法信用记录", 7, "健全公民…"),
        ("把民主法治示范村的创建经验", 12, "把民主法治示范村的…"),
        ("严格落实责任制,定期组织行政机关工作人员学法用法", 21, "严格落实责任制,定期组织行政机关工作人员…"),
        ("没有另一半(一直写下去直到很远的地方", 16, "没有另一半(一直写下去直到很远…"),
        ("用 ABCDEFG 系统", 6, "用…"),
        ("12345678901234567890", 6, "12345…"),
        ("《一个很长很长的文件名》", 6, "《一个很长…"),
        ("一二三", 1, "…"),
        ("每年召开会议,专题研究工作", 10, "每年召开会议…"),
        ("善于总结经验做法(4分)每月报送信息", 15, "善于总结经验做法(4分)…"),
        ("公共服务、市场监管、社会管理、环境保护", 13, "公共服务、市场监管…"),
        ("一,二三四五六七八九十", 8, "一,二三四五六…"),  # the phrase would leave too little
        ("投入普法经费共计12345元", 11, "投入普法经费…"),
        ("全面推行“双随机”监管", 10, "全面推行“双随机”…"),
        ("每年至少召开一次会议专题研究党内法规执行工作", 20, "每年至少召开一次会议专题研究党内法规…"),
        ("组织开展《纲要》实施以来法治政府建设情况总结评估", 20, "组织开展《纲要》实施以来法治政府建设…"),
        ("甲委员会、乙委员会和其他社会组织依法做的事的经费", 20, "甲委员会、乙委员会和其他社会组织…"),
        ("甲委员会、乙委员会和其他社会组织", 14, "甲委员会、乙委员会…"),
        ("领导班子每年专题研究工作不少于2次", 16, "领导班子每年专题研究工作…"),
        ("行政处罚在法定期限内公示", 9, "行政处罚在法定期…"),
        ("备案工作的文件规范性审查", 10, "备案工作的文件…"),
    ],
)
def test_where_a_text_is_cut(text: str, room: int, short: str) -> None:
    """Punctuation is the best end, then a word's, then any place outside numbers and brackets."""
    assert cut(text, room) == short
    assert len(short) <= max(room, 1)


def test_a_name_has_no_mark() -> None:
    """What is a name ends without the ellipsis, and still whole."""
    assert cut("信息采用登记2020年度", 10, mark="") == "信息采用登记"


@given(st.text(alphabet="甲乙,。(）()《》“”1234.%分a ", max_size=40), st.integers(1, 40))
def test_any_text(text: str, room: int) -> None:
    """Whatever a text holds, it is whole or no longer than there is room, and begins as the text does."""
    short = cut(text, room)
    assert short == text if len(text) <= room else len(short) <= room
    assert text.startswith(short.removesuffix("…"))


@pytest.mark.parametrize(("text", "at", "start"), [("计12.5分", 3, 1), ("计12.5分", 1, 1), ("计分办法", 2, 2)])
def test_a_start_before_a_number(text: str, at: int, start: int) -> None:
    """An excerpt that would begin within a number begins before it."""
    assert whole_start(text, at) == start


def test_one_line() -> None:
    """Line ends, tabs and what cannot be printed become single spaces."""
    assert one_line(" 一\n二\t\x07 三 ") == "一 二 三"
