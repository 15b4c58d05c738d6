"""Names of persons: which of them, as typed, are one person's."""

from __future__ import annotations

import unicodedata

import pytest

from fazhi_xl.text.people import _OLD_AND_NEW, is_among, one_name


@pytest.mark.parametrize(
    "typed",
    [
        "张三", "张 三", "\u3000张三 ", "张\u200b三", "張三", "【演练】张三", "[演练]张三", "(司法局)张三", "张三(代)", "〔乙组〕 张 三",
        "李四、张三", "张三,李四", "张三;李四", "李四/张三", "李四 张三", "李四和张三", "李四及张 三、王五", "复审人:张三", "李四\n张三",
    ],
)  # fmt: skip
def test_one_persons(typed: str) -> None:
    """Blanks, brackets, titles, other signers and old characters do not make it somebody else's; nor does which text is which."""
    assert is_among(typed, "张三")
    assert is_among("张三", typed)
    assert is_among(typed, "【演练】张三、赵六")


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("李四", "张三"), ("张三丰", "张三"), ("张 四", "张 三"), ("王五(张三代)", "张三"), ("", "张三"), ("", ""), ("、", "、"),
        ("李和平", "张和平"), ("【张三】李四", "张三"), ("Zhang San", "Zhang Wei"),
    ],
)  # fmt: skip
def test_somebody_elses(typed: str, other: str) -> None:
    """A part of a name is no name, what stands in brackets is none, and a blank one is nobody's."""
    assert not is_among(typed, other)


def test_only_brackets() -> None:
    """A name that stands wholly in brackets is one."""
    assert is_among("【张三】", "【张三】")


def test_as_it_is_compared() -> None:
    """Blanks, signs of no width and differences of width are left out; brackets are kept."""
    assert one_name(" 李\u3000四\u200b(甲) ") == "李四(甲)"


def test_old_and_new() -> None:
    """They stand in pairs, each old character once, and no new one is old."""
    old, new = _OLD_AND_NEW[::2], _OLD_AND_NEW[1::2]
    assert len(old) == len(new) == len(set(old))
    assert not set(old) & set(new)
    assert all(unicodedata.name(each).startswith("CJK UNIFIED") for each in _OLD_AND_NEW)
