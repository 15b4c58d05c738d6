"""Fonts and colours by roles."""

from __future__ import annotations

import pytest

from fazhi_xl.notice.theme import COLOURS, LEGIBLE, TEXTS, Theme, contrast


@pytest.mark.parametrize(("text", "behind"), [(text, behind) for text, grounds in TEXTS.items() for behind in grounds])
def test_every_text_is_legible(text: str, behind: str) -> None:
    """A text stands out from what is behind it as much as WCAG asks for."""
    assert contrast(COLOURS[text], COLOURS[behind]) >= LEGIBLE


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#FFFFFF", 21.0), ("#7F7F7F", "#FFFFFF", 4.0), ("#1F3864", "#1F3864", 1.0)],
)
def test_contrast(one: str, other: str, expected: float) -> None:
    """Contrast is that of WCAG 2, the same whichever colour is named first."""
    assert round(contrast(one, other), 1) == round(contrast(other, one), 1) == expected


def test_a_catalogue_names_only_what_it_changes() -> None:
    """What a theme leaves out is as it comes with the program."""
    theme = Theme.model_validate({"head_font": "楷体", "colours": {"input": "#FFFFFF"}})
    assert (theme.head_font, theme.title_font) == ("楷体", "方正小标宋简体")
    assert theme.colours == {**COLOURS, "input": "#FFFFFF"}
