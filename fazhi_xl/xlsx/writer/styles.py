"""What each style of a form or a report looks like; fonts and colours come from the campaign's theme.

Tables have rules above, below the head and at the end, and a hairline between rows; no lines stand upright. Texts begin, and figures
end, a little inside of their cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from fazhi_xl.notice.theme import Theme

Properties = dict[str, object]


class Edge(NamedTuple):
    """A line on one side of a cell: its kind as Excel counts them (1 thin, 2 medium, 5 thick), and a colour of the theme."""

    kind: int
    colour: str


RULE, THIN, LINE, STATE = Edge(2, "title"), Edge(1, "title"), Edge(1, "line"), Edge(2, "state")
BOX = Edge(1, "input_line")
SIDES = ("top", "bottom", "left", "right")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """`font`: title, head, body, text or figure. `fill` and `ink` name colours of the theme. `box` is a line all around."""

    font: str = "text"
    size: float = 10.5
    fill: str = ""
    ink: str = "ink"
    align: str = "left"
    indent: int = 1
    bold: bool = False
    wrap: bool = True
    number: str = ""
    top: Edge | None = None
    bottom: Edge | None = None
    box: Edge | None = None


_PLAIN = Style(indent=0)
_INPUT = Style(align="center", fill="input", box=BOX)
_FIGURE = Style(font="figure", size=11, align="center", bottom=LINE, number="0.00")
_HEAD = Style(font="head", size=11, fill="head", ink="title", align="center", top=RULE, bottom=THIN, number="@")
_TOTAL = Style(font="head", size=11, fill="head", ink="title", top=THIN, bottom=RULE)
STYLES: Mapping[str, Style] = {
    # lines over the whole sheet
    "title": Style(font="title", size=18, ink="title", align="center", wrap=False),
    "heading": Style(font="title", size=18, ink="title", indent=0, wrap=False),
    "unit": Style(font="head", size=12, indent=0, wrap=False, bottom=STATE),
    "note": replace(_PLAIN, size=10, ink="muted"),
    "said": replace(_PLAIN, font="body", size=11.5),
    "big": replace(_PLAIN, font="head", size=12, ink="title"),
    "wrong": replace(_PLAIN, font="head", size=11, ink="error", align="center"),
    "meta": Style(font="head", indent=0, ink="title", wrap=False),
    "meta_right": Style(size=10, ink="muted", align="right", wrap=False),
    "sign": Style(font="body", size=12, indent=0),
    # a form's rows
    "head": _HEAD,
    "head_text": replace(_HEAD, align="left"),
    "head_figure": replace(_HEAD, align="right"),
    "band": Style(font="head", fill="band", ink="title", bottom=LINE),
    "code": Style(size=9, align="center", ink="muted", bottom=LINE),
    "text": Style(bottom=LINE),
    "sub_point": Style(font="head", bottom=LINE),
    "fact": Style(indent=3, bottom=LINE),
    "measure": Style(bottom=LINE),
    "prior": Style(size=9, align="center", ink="muted", number="@", bottom=LINE),
    "hint": Style(size=10, ink="muted", bottom=LINE),
    "points": replace(_FIGURE, number="0.0#"),
    "computed": replace(_FIGURE, fill="computed"),
    "computed_whole": replace(_FIGURE, fill="computed", number="0"),
    "computed_text": Style(align="center", fill="computed", bottom=LINE),
    "office": replace(_FIGURE, fill="office", number="0"),
    "status": Style(size=10, bottom=LINE),
    "mark": Style(font="figure", size=9, align="center", ink="muted", wrap=False, number="0;;"),
    "unseen": Style(font="figure", size=9, wrap=False, number=";;;"),
    "input": _INPUT,
    "input_points": replace(_INPUT, font="figure", size=11, number="0.00"),
    "input_date": replace(_INPUT, number="yyyy-m-d"),
    "input_text": replace(_INPUT, align="left", number="@"),
    "total": _TOTAL,
    "total_points": replace(_TOTAL, font="figure", bold=True, align="center", number="0.00"),
    "link": Style(ink="title", bottom=LINE),
    # a report's cells
    "figure": replace(_FIGURE, size=10, align="right"),
    "whole": replace(_FIGURE, size=10, align="right", number="0"),
    "centre": Style(align="center", bottom=LINE),
}


def properties(style: Style, theme: Theme) -> Properties:
    """Give the style as format properties."""
    made: Properties = {
        **font(style.font, theme),
        "font_size": style.size,
        "font_color": theme.colours[style.ink],
        "bold": style.bold,
        "align": style.align,
        "valign": "vcenter",
        "text_wrap": style.wrap,
        **edges(
            theme, **(dict.fromkeys(SIDES, style.box) if style.box else {"top": style.top, "bottom": style.bottom})
        ),
    }
    if style.indent and style.align == "left":
        made["indent"] = style.indent
    if style.fill:
        made["bg_color"] = theme.colours[style.fill]
    if style.number:
        made["num_format"] = padded(style.number) if style.align == "right" else style.number
    return made


_FAMILIES: Mapping[str, int] = {"title": 1, "head": 2, "body": 3, "text": 1, "figure": 2}  # as Excel numbers them
_CHINESE = 134  # the character set GB 2312: it makes clients that lack the font choose a Chinese one


def font(name: str, theme: Theme) -> Properties:
    """Give a font of the theme by what it is used for; a workbook names no second choice, so the kind of font is said."""
    named = {
        "title": theme.title_font,
        "head": theme.head_font,
        "body": theme.body_font,
        "text": theme.text_font,
        "figure": theme.figure_font,
    }
    chinese = {} if name == "figure" else {"font_charset": _CHINESE}
    return {"font_name": named[name], "font_family": _FAMILIES[name], **chinese}


def edges(theme: Theme, **sides: Edge | None) -> Properties:
    """Give lines by the sides that they stand on."""
    lines = {side: edge for side, edge in sides.items() if edge}
    return {
        **{side: edge.kind for side, edge in lines.items()},
        **{f"{side}_color": theme.colours[edge.colour] for side, edge in lines.items()},
    }


def padded(form: str) -> str:
    """Keep what is aligned right off the border, by a number format: LibreOffice loses an indent there beside filters."""
    sections = form.split(";")
    if len(sections) == 1:
        sections = ["@"] if form == "@" else [form, f"-{form}", form, "@"]
    elif len(sections) == 3:
        sections = [*sections, "@"]
    return ";".join(f"{section}__" if section else "" for section in sections)
