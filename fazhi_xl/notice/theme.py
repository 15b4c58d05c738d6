"""How files look, by roles: the fonts and colours that a catalogue may change, and the day that files bear."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated

from pydantic import BeforeValidator, Field

from fazhi_xl.notice import patterns
from fazhi_xl.notice.rules import Plain

COLOURS: Mapping[str, str] = MappingProxyType(
    {
        # texts
        "ink": "#1A1A1A",
        "muted": "#4D4D4D",
        "title": "#1F3864",  # also the rules of tables
        "state": "#B00020",  # whether a result is official, and the rule below a title
        # tables
        "line": "#C4CAD3",
        "head": "#E3E9F2",
        "band": "#F1F4F8",
        "zebra": "#F6F8FB",
        "sub_point": "#E9EEF6",
        # cells of a form, by who fills them
        "input": "#FFF3C4",
        "input_line": "#8F6B00",
        "computed": "#ECEFF3",
        "office": "#DCE9F7",
        # what a check says: the text's colour, and the cell's
        "warn": "#7A4100",
        "warn_fill": "#FFE9CC",
        "error": "#A00018",
        "wrong": "#FBDFDD",
        "ask": "#43307A",
        "ask_fill": "#E4E0F3",
        "ok": "#1B5A2A",
        # bars and shades
        "bar": "#6484B8",
        "bar_weak": "#A9BBD8",
        "bar_light": "#CBD7E9",
        "heat_middle": "#DCE6F4",
        "heat_low": "#A8BEDF",
        "heat_lowest": "#1F3864",
        "paper": "#FFFFFF",
    }
)
"""What the colours are for, and those of a catalogue that changes none."""

LEGIBLE = 4.5  # the least contrast of a text with what is behind it (WCAG 2, AA)
TEXTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ink": (
            "paper",
            "band",
            "zebra",
            "head",
            "sub_point",
            "input",
            "computed",
            "office",
            "heat_middle",
            "heat_low",
        ),
        "muted": ("paper", "band", "zebra", "head", "input", "computed"),
        "title": ("paper", "band", "head", "sub_point", "input"),
        "state": ("paper", "band"),
        "warn": ("warn_fill",),
        "error": ("wrong", "paper", "input"),
        "ask": ("ask_fill",),
        "ok": ("paper", "computed", "sub_point"),
        "paper": ("title", "heat_lowest"),
    }
)
"""Which colours texts have, and on which they stand."""


def _over_default(raw: object) -> object:
    return {**COLOURS, **raw} if isinstance(raw, dict) else raw


Colours = Annotated[dict[str, Annotated[str, Field(pattern=patterns.COLOUR)]], BeforeValidator(_over_default)]
_Name = Annotated[str, Field(min_length=1)]


class Theme(Plain):
    """Fonts by what they are used for, colours (`#RRGGBB`) by role, and the day that each file bears as the day of its making.

    That day is fixed, so that the same input gives the same bytes. A catalogue names only what it changes.
    """

    title_font: _Name = "方正小标宋简体"
    head_font: _Name = "黑体"
    body_font: _Name = "仿宋"  # of sentences: it is thin below 11 points
    text_font: _Name = "宋体"  # of tables and hints
    figure_font: _Name = "Arial"
    section_font: _Name = "楷体"  # of headings of the second level in documents
    created: date = Field(default=date(2000, 1, 1), repr=False)  # what files say does not rest on it: their day stays
    colours: Colours = Field(default_factory=lambda: dict(COLOURS))


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours as WCAG 2 defines it: from 1, which is none, to 21."""
    lighter, darker = sorted(map(_luminance, (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.03928 else float(((share + 0.055) / 1.055) ** 2.4)
