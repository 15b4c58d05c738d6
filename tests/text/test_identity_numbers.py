"""Citizens' identity numbers are found by all that the standard says of them, and never printed whole."""

from __future__ import annotations

import pytest

from fazhi_xl.text.identity_numbers import identity_numbers, without_identity_numbers


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X",
        "11010519491231002x",
        "身份证号11010519491231002X。",
        "张三11010519491231002X.pdf",
        "１１０１０５１９４９１２３１００２Ｘ",
        "A11010519491231002X",
    ],
)
def test_found(text: str) -> None:
    """A number with a right check digit is found whatever stands beside it, of either width, with a small x as well."""
    assert identity_numbers(text) == ("11010519491231002X",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("110105194912310021", "check digit"),
        ("000105194912310021", "no such province"),
        ("110105194913310020", "no such month"),
        ("320102195002300013", "no such day"),
        ("911010519491231002X", "within a longer number"),
        ("11010519491231002X1", "within a longer number"),
        ("1101051949123100", "too short"),
        ("6222021102012345678", "a card"),
    ],
)
def test_not_found(text: str, why: str) -> None:
    """What only looks like a number is none: by its check digit, region, day of birth, or since it is a piece of a longer one."""
    assert identity_numbers(text) == (), why


def test_every_check_digit() -> None:
    """Of the eleven check digits exactly one is right."""
    found = [digit for digit in "0123456789X" if identity_numbers(f"32040219900101123{digit}")]
    assert found == ["9"]


def test_printed() -> None:
    """In print the first four and the last two characters stay, and the rest of the text as it was."""
    assert without_identity_numbers("甲(11010519491231002X)、320402199001011239.pdf") == (
        "甲(1101************2X)、3204************39.pdf"
    )
    assert without_identity_numbers("工作总结.pdf") == "工作总结.pdf"
