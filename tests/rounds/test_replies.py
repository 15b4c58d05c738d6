"""What a unit says to a question: which words settle it, however they are typed, and how a question is named."""

from __future__ import annotations

import pytest

from fazhi_xl.rounds.replies import Answer, QuestionCode, answer_of

CODE = QuestionCode(unit=6, code="swing", about="15.4.次数.填报", digest="3f9a0c11")


@pytest.mark.parametrize(
    "text",
    [
        "无误",
        " 无误  ",
        "“无误”。",
        "核实无误",
        "OK",
        "ok",
        "ＯＫ",
        "Ok!",
        "√",
        "✔",
        "是",
        "属实",
        "没问题",
        "無误".replace("無", "无"),
    ],
)
def test_right(text: str) -> None:
    """Whatever says that the entry is right is 无误, in letters of either width, with marks and blanks around it."""
    assert answer_of(text) is Answer.RIGHT


@pytest.mark.parametrize("text", ["已改", "已改。", "已 改", "改好了", "已更正", "已补充"])
def test_changed(text: str) -> None:
    """Whatever says that the entry was changed is 已改."""
    assert answer_of(text) is Answer.CHANGED


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("去年受疫情影响", Answer.SAID),
        ("含4场线上活动", Answer.SAID),
        ("见附件三", Answer.SHORT),
        ("123456", Answer.SHORT),
        ("12345678.90份", Answer.SHORT),
        ("哈哈哈哈哈哈哈", Answer.SHORT),
        ("无误?", Answer.SHORT),
        ("已改?", Answer.SHORT),
        ("填错了,应为30份", Answer.SAID),
        ("12345", Answer.SHORT),
        ("。。。。。。。。", Answer.SHORT),
        ("好", Answer.SHORT),
        ("=1+1", Answer.SHORT),
        ("不对", Answer.SHORT),
        ("×", Answer.SHORT),
    ],
)
def test_said(text: str, answer: Answer) -> None:
    """An explanation has six letters or digits, and not digits alone; marks do not count, and a denial or a question settles nothing."""
    assert answer_of(text) is answer


def test_code() -> None:
    """A question's code is read as it was written, with blanks around it, and nothing else is read as one."""
    assert CODE.text == "06/核实:swing:15.4.次数.填报:3f9a0c11"
    bare = QuestionCode(unit=12, code="evidence-folder-empty", about="", digest="00000000")
    assert [QuestionCode.of(each) for each in (CODE.text, f" {CODE.text} ", bare.text)] == [CODE, CODE, bare]
    odd = (
        "",
        "06/核实",
        "06/核实:swing:15.4",
        CODE.text[:-1],
        CODE.text.upper(),
        f"x{CODE.text}",
        "06/核实.15.4.3f9a0c11",
    )
    assert [QuestionCode.of(each) for each in odd] == [None] * len(odd)
