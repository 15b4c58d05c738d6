"""How files look, by roles: the fonts and colours that a catalogue may change, and the day that files bear."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator, Field

from fazhi_xl.notice import patterns
from fazhi_xl.notice.rules import Plain


class Role(NamedTuple):
    """What a colour is for, and the one of a catalogue that does not change it."""

    colour: str
    purpose: str


ROLES: Mapping[str, Role] = MappingProxyType(
    {
        "ink": Role("#1A1A1A", "文字"),
        "muted": Role("#4D4D4D", "次要的文字、提示"),
        "title": Role("#1F3864", "标题、表头的文字,表的上下粗线"),
        "state": Role("#B00020", "预排名、演练等状态,标题下的红线"),
        "line": Role("#C4CAD3", "行与行之间的细线"),
        "head": Role("#E3E9F2", "表头、合计的底"),
        "band": Role("#F1F4F8", "分段的底"),
        "sub_point": Role("#E9EEF6", "得分点一行的底"),
        "input": Role("#FFF3C4", "由单位填写的格"),
        "input_line": Role("#8F6B00", "由单位填写的格的框"),
        "computed": Role("#ECEFF3", "自动计算的格"),
        "office": Role("#DCE9F7", "由办公室登记的格"),
        "warn": Role("#7A4100", "待填的文字"),
        "warn_fill": Role("#FFE9CC", "待填的底"),
        "error": Role("#A00018", "错误的文字"),
        "wrong": Role("#FBDFDD", "错误的底"),
        "ask": Role("#43307A", "请核实的文字"),
        "ask_fill": Role("#E4E0F3", "请核实的底"),
        "ok": Role("#1B5A2A", "通过的文字"),
        "bar": Role("#6484B8", "数据条、图里的点"),
        "bar_weak": Role("#A9BBD8", "次要的数据条"),
        "bar_light": Role("#CBD7E9", "数字后面的数据条"),
        "heat_middle": Role("#DCE6F4", "得分率中等的底"),
        "heat_low": Role("#A8BEDF", "得分率低、失去一部分的底"),
        "heat_lowest": Role("#1F3864", "得分率最低、全部失去的底"),
        "paper": Role("#FFFFFF", "纸,深色底上的文字"),
    }
)
COLOURS: Mapping[str, str] = MappingProxyType({name: role.colour for name, role in ROLES.items()})

LEGIBLE = 4.5  # the least contrast of a text with what is behind it (WCAG 2, AA)
TEXTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ink": (
            "paper",
            "band",
            "head",
            "sub_point",
            "input",
            "computed",
            "office",
            "heat_middle",
            "heat_low",
        ),
        "muted": ("paper", "band", "head", "input", "computed"),
        "title": ("paper", "band", "head", "sub_point", "input"),
        "state": ("paper", "band"),
        "warn": ("warn_fill",),
        "error": ("wrong", "paper", "input"),
        "ask": ("ask_fill",),
        "ok": ("paper", "band", "computed", "sub_point"),
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
