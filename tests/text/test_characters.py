"""Private characters: those of GB 18030 and of symbol fonts have standard ones, all others are named and kept."""

from __future__ import annotations

import pytest

from fazhi_xl.text.characters import folded_width, in_font, is_symbolic, public, readable, unreadable, visible

# Where GB 18030-2000 had put what GB 18030-2005 and 2022 have at its place in Unicode: the two bytes, and both characters.
STANDARD = (
    ("fe51", 0xE816, "𠂇"),
    ("fe59", 0xE81E, "龴"),
    ("fe61", 0xE826, "龵"),
    ("fe66", 0xE82B, "龶"),
    ("fe67", 0xE82C, "龷"),
    ("fe6c", 0xE831, "𡗗"),
    ("fe6d", 0xE832, "龸"),
    ("fe76", 0xE83B, "𢦏"),
    ("fe7e", 0xE843, "龹"),
    ("fe90", 0xE854, "龺"),
    ("fe91", 0xE855, "𤇾"),
    ("fe9f", 0xE863, "䶮"),
    ("fea0", 0xE864, "龻"),
    ("a6d9", 0xE78D, "︐"),
    ("a6f3", 0xE796, "︙"),
    ("a8bc", 0xE7C7, "ḿ"),
)


@pytest.mark.parametrize(("code", "private", "standard"), STANDARD)
def test_characters_of_gb18030(code: str, private: int, standard: str) -> None:
    """A private character becomes the one that the standard has at its two bytes."""
    assert public(f"张{chr(private)}") == f"张{standard}"
    assert public(bytes.fromhex(code).decode("gb18030")) == standard


def test_every_place_of_the_two_bytes() -> None:
    """All eighty places from FE50 to FEA0 have a character of their own, none of them private."""
    made = [public(chr(code)) for code in range(0xE815, 0xE865)]
    assert len(set(made)) == 80
    assert not any(map(unreadable, made))


def test_marks_of_symbol_fonts() -> None:
    """Ticks, crosses and boxes of Wingdings become the signs that they show."""
    assert public("\uf0fb\uf0fc\uf0fd\uf0fe\uf0a8\uf04f\uf050\uf051\uf052\uf053\uf054") == "✗✓☒☑□✗✓☒☑☒☒"


def test_what_no_standard_knows() -> None:
    """Other private characters and lost ones stay, are named once each, and quoted by their number."""
    text = "张\ue123\ue123\U000f0001\ufffd"
    assert public(text) == text
    assert unreadable(text) == ("U+E123", "U+F0001", "U+FFFD")
    assert visible("张\ue123") == "张〔U+E123〕"
    assert (unreadable("张䶮"), visible("张䶮")) == ((), "张䶮")


@pytest.mark.parametrize(
    ("character", "stays"),
    [
        ("张", True), ("\ue123", True), ("\U000f0001", True), ("\ufffd", True), ("\U0002ebf0", True), ("\U00031350", True), ("é", True),
        ("\u3000", True), ("\u200b", False), ("\x07", False), ("\u2028", False), ("\ud800", False), ("\ufffe", False), ("\ufdd0", False),
    ],
)  # fmt: skip
def test_what_stands_in_a_line(character: str, stays: bool) -> None:  # noqa: FBT001 - a table's column
    """Private characters and those of the newest extensions, as names have them, are dropped from no report."""
    assert readable(character) is stays


def test_names_are_compared_by_what_they_mean() -> None:
    """Width and private characters make no other name."""
    assert folded_width("Ａ\ue863（１）") == "A䶮(1)"


@pytest.mark.parametrize(
    ("font", "letters", "seen"),
    [
        ("Wingdings", "üûþýa", "✓✗☑☒a"),
        ("WINGDINGS 2", "PORQü", "✓✗☑☒ü"),
        ("Webdings", "arc", "✓✗□"),
        ("Marlett", "ab", "✓✓"),
        ("宋体", "üPa", "üPa"),
        ("", "üPa", "üPa"),
    ],
)
def test_letters_in_fonts_of_signs(font: str, letters: str, seen: str) -> None:
    """A letter is the mark that its font shows; letters without a known mark stay."""
    assert in_font(letters, font) == seen
    assert is_symbolic(font) is (letters != seen)
