"""What each style of a form or a report looks like; fonts and colours come from the campaign's theme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fazhi_xl.notice.model import Theme

Properties = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """`font`: title, head or body. `fill` and `ink` name colours of the theme."""

    font: str = "body"
    size: float = 10.5
    fill: str = ""
    ink: str = ""
    align: str = "left"
    bold: bool = False
    border: bool = True
    wrap: bool = True
    number: str = ""


_INPUT = Style(align="center", fill="input")
STYLES: Mapping[str, Style] = {
    "title": Style(font="title", size=18, align="center", border=False, wrap=False),
    "heading": Style(font="title", size=18, border=False, wrap=False),
    "unit": Style(font="head", size=11, border=False, wrap=False),
    "note": Style(size=10, border=False, ink="muted"),
    "head": Style(font="head", size=11, fill="head", align="center"),
    "band": Style(font="head", size=10.5, fill="band"),
    "code": Style(size=8.5, align="center", ink="muted", wrap=False),
    "text": Style(),
    "sub_point": Style(bold=True),
    "fact": Style(align="right"),
    "measure": Style(align="center"),
    "prior": Style(size=9, align="center", ink="muted", number="@"),
    "hint": Style(size=9, ink="muted"),
    "points": Style(align="center", number="0.0#"),
    "computed": Style(align="center", fill="computed", number="0.00"),
    "computed_whole": Style(align="center", fill="computed", number="0"),
    "computed_text": Style(align="center", fill="computed"),
    "office": Style(align="center", fill="office", number="0"),
    "status": Style(size=9, fill="computed"),
    "mark": Style(size=8, align="center", ink="muted", border=False, wrap=False, number="0;;"),
    "unseen": Style(size=8, border=False, wrap=False, number=";;;"),
    "input": _INPUT,
    "input_points": replace(_INPUT, number="0.00"),
    "input_date": replace(_INPUT, number="yyyy-m-d"),
    "input_text": replace(_INPUT, align="left", number="@"),
    "total": Style(font="head", bold=True, fill="head"),
    "total_points": Style(font="head", bold=True, align="center", fill="head", number="0.00"),
    "sign": Style(font="head", size=11, border=False),
    "wrong": Style(font="head", align="center", ink="error"),
    "link": Style(ink="title"),
    "figure": Style(align="center", number="0.00"),
    "whole": Style(align="center", number="0"),
    "centre": Style(align="center"),
    "said": Style(size=11.5, border=False),
    "big": Style(font="head", size=12, border=False),
}


def properties(style: Style, theme: Theme) -> Properties:
    """Give the style as format properties."""
    fonts = {"title": theme.title_font, "head": theme.head_font, "body": theme.body_font}
    made: Properties = {
        "font_name": fonts[style.font],
        "font_size": style.size,
        "bold": style.bold,
        "align": style.align,
        "valign": "vcenter",
        "text_wrap": style.wrap,
    }
    if style.border:
        made |= {"border": 1, "border_color": theme.colours["line"]}
    if style.fill:
        made["bg_color"] = theme.colours[style.fill]
    if style.ink:
        made["font_color"] = theme.colours[style.ink]
    if style.number:
        made["num_format"] = style.number
    return made
