"""Two texts word by word: what is marked in each is what the other has not."""

from __future__ import annotations

from random import Random

import pytest

from fazhi_xl.reports.media.workbook import Marked, Stroke
from fazhi_xl.setup.compare.words import marked


@pytest.mark.parametrize(
    ("old", "new", "before", "now"),
    [
        pytest.param(
            "每年开展活动不低于4次(1分)。", "每年开展活动不低于10次(2分)。",
            "每年开展活动不低于【4】次(【1】分)。", "每年开展活动不低于【10】次(【2】分)。", id="numbers whole",
        ),
        pytest.param("加强普法宣传", "加强普法宣传和监督", "加强普法宣传", "加强普法宣传【和监督】", id="more at the end"),
        pytest.param("各单位加强宣传", "加强宣传", "【各单位】加强宣传", "加强宣传", id="less at the beginning"),
        pytest.param("报送材料", "完全不同", "【报送材料】", "【完全不同】", id="nothing in common"),
        pytest.param("", "新的", "", "【新的】", id="nothing before"),
        pytest.param("2020年11月20日", "2021年1月20日", "【2020年11】月20日", "【2021年1】月20日", id="a day"),
    ],
)  # fmt: skip
def test_marks(old: str, new: str, before: str, now: str) -> None:
    """A number is one word; what stayed between two changes is marked with them where it is too short to be read."""
    found = marked(old, new)
    assert (found[0].text, found[1].text) == (before, now)


def _plain(text: Marked, *, without: Stroke | None = None) -> str:
    return "".join(each.text for each in text.pieces if each.stroke is None or each.stroke is not without)


def test_nothing_is_lost() -> None:
    """Without its marks a text is what it was, and what is not marked is the same in both."""
    dice = Random(7)
    for _ in range(200):
        old, new = ("".join(dice.choices("甲乙丙12.5 %分次\n", k=dice.randint(0, 30))) for _ in range(2))
        before, now = marked(old, new)
        assert (_plain(before), _plain(now)) == (old, new)
        assert _plain(before, without=Stroke.GONE) == _plain(now, without=Stroke.NEW)
        assert all(each.text for each in (*before.pieces, *now.pieces))


def test_long_texts() -> None:
    """Texts as long as a cell takes are told within a moment, as a whole."""
    before, now = marked("甲乙丙丁" * 5_000, "甲乙丁丙" * 5_000)
    assert len(before.pieces) == len(now.pieces) == 1
