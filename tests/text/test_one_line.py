"""Shortening what a report quotes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.text.one_line import cut


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("一二三四", 4, "一二三四"),
        ("每年召开会议,专题研究工作", 10, "每年召开会议…"),
        ("善于总结经验做法(4分)每月报送信息", 15, "善于总结经验做法(4分)…"),
        ("公共服务、市场监管、社会管理、环境保护", 13, "公共服务、市场监管…"),
        ("一,二三四五六七八九十", 8, "一,二三四五六…"),  # the phrase would leave too little
        ("投入普法经费共计12345元", 11, "投入普法经费共计…"),
        ("1234567890123", 6, "12345…"),
        ("全面推行“双随机”监管", 10, "全面推行“双随机”…"),
    ],
)
def test_a_text_is_cut_where_a_phrase_ends(text: str, room: int, shown: str) -> None:
    """What is left out begins after a phrase, a number or a foreign word, where there is enough before it."""
    assert cut(text, room) == shown


@given(st.text(alphabet="一二,、(4)ab9“”。", max_size=60), st.integers(2, 40))
def test_a_cut_text_has_room(text: str, room: int) -> None:
    """A text that is cut never takes more than its room, keeps about half of it, and begins as it did."""
    shown = cut(text, room)
    assert len(shown) <= room or shown == text
    assert text.startswith(shown.removesuffix("…"))
    assert shown == text or len(shown) >= room // 2
