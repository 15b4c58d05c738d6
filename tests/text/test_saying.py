import pytest

from fazhi_xl.text.saying import says_something


@pytest.mark.parametrize("text", ["因汛情", "王", "7", "Ａ", "——王", "一致", "无"])
def test_a_word_says_something(text: str) -> None:
    """Whatever has a letter or a digit says something."""
    assert says_something(text)


@pytest.mark.parametrize(
    "text", ["", " ", "\u3000", "-", "——", "－－", "/", "\\", "、。", "...", "……", "____", "一", "一一", "ー", "~"]
)
def test_a_dash_says_nothing(text: str) -> None:
    """A dash, dots, a line or blanks are no reason and no name."""
    assert not says_something(text)
