"""What each style of a form or a report looks like; fonts and colours come from the campaign's theme.

Tables have rules above, below the head and at the end, and a hairline between rows; no lines stand upright. Texts begin, and figures
end, a little inside of their cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from fazhi_xl.form.checks import NOTHING_OPEN, PASSED, TO_CONFIRM, TO_FILL, WRONG
from fazhi_xl.notice.theme import Theme

Properties = dict[str, object]


class Edge(NamedTuple):
    """A line on one side of a cell: its kind as Excel counts them (1 thin, 2 medium, 5 thick), and a colour of the theme."""

    kind: int
    colour: str


class Turn(NamedTuple):
    """How a cell looks once its text begins with a word, or, without one, its number is above zero: colours of the theme."""

    word: str
    ink: str
    fill: str = ""


RULE, THIN, LINE, STATE = Edge(2, "title"), Edge(1, "title"), Edge(1, "line"), Edge(2, "state")
BOX = Edge(1, "input_line")
UNDER, WHITE = Edge(5, "state"), Edge(2, "paper")  # the red rule of a page, and what parts a bar from the one above
SIDES = ("top", "bottom", "left", "right")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """`font`: title, head, body, text or figure. `fill` and `ink` name colours of the theme. `box` is a line all around.

    `turns` change it by what the cell says; `below` is the style in which a form prints the lines under a text's first.
    """

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
    left: Edge | None = None
    box: Edge | None = None
    shrink: bool = False  # a figure too wide for its cell is drawn smaller
    turns: tuple[Turn, ...] = ()
    below: str = ""


_WORDS = (
    Turn(TO_FILL, "warn", "warn_fill"),
    Turn(WRONG.rstrip(":"), "error", "wrong"),
    Turn(TO_CONFIRM.rstrip(":"), "ask", "ask_fill"),
    Turn(PASSED, "ok"),
)
_PLAIN = Style(indent=0)
_INPUT = Style(align="center", fill="input", box=BOX)
_FIGURE = Style(font="figure", size=11, align="center", bottom=LINE, number="0.00")
_HEAD = Style(
    font="head", size=11, fill="head", ink="title", align="center", top=RULE, bottom=THIN, number="@", below="head_note"
)
_TILE = Style(fill="band")
_PANEL_HEAD = Style(font="head", ink="muted", align="center", wrap=False, bottom=LINE, number="@")
_COUNT = Style(font="figure", align="right", bottom=LINE, number='0;;"·"')
_LEGEND = Style(font="head", align="center", bottom=LINE)
_ITEM = Style(fill="title", ink="paper")
_SUB = Style(fill="sub_point", top=Edge(1, "bar_weak"), bottom=LINE)
_TOTAL = Style(font="head", size=11, fill="head", ink="title", top=THIN, bottom=RULE)
_LABEL = Style(font="head", size=11, fill="band", ink="muted", wrap=False, top=RULE)
_WORD = Style(font="head", size=20, fill="band", ink="title", wrap=False)
_NOTE = Style(font="body", size=11.5, fill="band", wrap=False, bottom=LINE)
_CELL = Style(size=11, wrap=False, bottom=LINE)
_NUMBER = Style(font="figure", size=11, align="right", wrap=False, bottom=LINE, number="0.00")
_SUM = Style(font="head", size=11, fill="head", ink="title", wrap=False, bottom=THIN)
STYLES: Mapping[str, Style] = {
    # lines over the whole sheet
    "title": Style(font="title", size=18, ink="title", align="center", wrap=False),
    "heading": Style(font="title", size=18, ink="title", indent=0, wrap=False),
    "unit": Style(font="head", size=12, indent=0, wrap=False, bottom=STATE),
    "note": replace(_PLAIN, size=10.5, ink="muted"),
    "said": replace(_PLAIN, font="body", size=11.5),
    "big": replace(_PLAIN, font="head", size=12, ink="title"),
    "wrong": replace(_PLAIN, font="head", size=11, ink="error"),
    "draft": replace(_PLAIN, font="head", size=11, ink="error", align="center"),
    "meta": Style(font="head", indent=0, ink="title", wrap=False),
    "meta_right": Style(size=10.5, ink="muted", align="right", wrap=False),
    "sign": Style(font="body", size=12, indent=0),
    # a form's rows
    "head": _HEAD,
    "head_text": replace(_HEAD, align="left"),
    "first_head": replace(_HEAD, top=None),  # right below the rule of the title
    "first_head_text": replace(_HEAD, top=None, align="left"),
    "head_note": Style(size=9, ink="muted", wrap=False),
    "head_small": replace(_HEAD, size=10.5),
    "head_over": replace(_HEAD, size=10.5, bottom=LINE),
    "head_figure": replace(_HEAD, align="right"),
    "band": Style(font="head", fill="band", ink="title", bottom=LINE),
    "code": Style(size=9, align="center", ink="muted", bottom=LINE),
    "text": Style(bottom=LINE),
    "sub_point": Style(font="head", bottom=LINE),
    "item_no": replace(_ITEM, font="figure", size=13, bold=True, align="center"),
    "item": replace(_ITEM, font="head", size=12),
    "item_share": _ITEM,
    "item_status": replace(_ITEM, font="head", turns=_WORDS),
    "basis": Style(size=9.5, fill="band", ink="muted", bottom=LINE),
    "sub_code": replace(_SUB, font="figure", size=11, ink="title", bold=True, align="center"),
    "sub_text": replace(_SUB, font="head"),
    "sub_points": replace(_SUB, font="figure", size=11, align="center", number="0.00"),
    "sub_prior": replace(_SUB, size=9, align="center", number="@"),
    "sub_status": replace(_SUB, size=10, turns=_WORDS),
    "fact": Style(indent=3, bottom=LINE),
    "measure": Style(bottom=LINE),
    "prior": Style(size=9, align="center", ink="muted", number="@", bottom=LINE),
    "hint": Style(size=10, ink="muted", bottom=LINE),
    "points": _FIGURE,
    "computed": replace(_FIGURE, fill="computed"),
    "computed_whole": replace(_FIGURE, fill="computed", number="0"),
    "computed_text": Style(align="center", fill="computed", bottom=LINE),
    "office": replace(_FIGURE, fill="office", number="0"),
    "status": Style(size=10, bottom=LINE, turns=_WORDS),
    "mark": Style(font="figure", size=9, align="center", ink="muted", wrap=False, number="0;;"),
    "strut": Style(font="figure", indent=0, wrap=False),  # a blank cell that holds its row open by its size
    "unseen": Style(font="figure", size=9, wrap=False, number=";;;"),
    "input": _INPUT,
    "input_points": replace(_INPUT, font="figure", size=11, number="0.00"),
    "input_date": replace(_INPUT, number="yyyy-m-d"),
    "input_text": replace(_INPUT, align="left", number="@"),
    "total": _TOTAL,
    "total_word": replace(_TOTAL, align="center"),
    "total_code": replace(_TOTAL, font="text", size=9, ink="muted", align="center"),
    "total_points": replace(_TOTAL, font="figure", bold=True, align="center", number="0.00"),
    "link": Style(ink="title", bottom=LINE),
    "cover_unit": Style(font="head", size=11, indent=0, wrap=False, bottom=STATE, shrink=True),
    "unit_beside": Style(font="head", size=12, indent=0, wrap=False, bottom=STATE, shrink=True),
    "unit_code": Style(font="head", size=11, ink="title", align="right", wrap=False, bottom=STATE, shrink=True),
    "seal_said": Style(font="head", size=11, fill="band", ink="title", bottom=LINE, below="head_note"),
    "seal_code": Style(
        font="figure", size=20, fill="band", ink="title", bold=True, align="center", wrap=False, bottom=LINE
    ),
    "unit_aside": Style(size=10, ink="muted", align="right", bottom=STATE, number="@"),
    # the page of instructions: tiles and steps
    "cover_name": replace(_TILE, font="head", size=11, ink="muted", top=RULE),
    "cover_big": replace(_TILE, font="head", size=16, ink="title"),
    "cover_said": replace(_TILE, size=11),
    "cover_state": replace(_TILE, font="head", ink="ok", turns=(Turn("还有", "state"),)),
    "cover_bar": replace(_TILE, size=12, ink="title", wrap=False, bottom=LINE),
    "cover_end": replace(_TILE, size=11, bottom=LINE),
    "cover_step_no": replace(_ITEM, font="figure", size=18, bold=True, align="center"),
    "cover_step": Style(font="head", size=12, ink="title", top=THIN, bottom=THIN),
    # its panel of what is open
    "block": Style(font="head", size=13, ink="title", indent=0, wrap=False, bottom=RULE),
    "open_head": _PANEL_HEAD,
    "open_head_text": replace(_PANEL_HEAD, align="left"),
    "open_head_figure": replace(_PANEL_HEAD, align="right"),
    "open_no": Style(font="figure", ink="title", align="center", bottom=LINE),
    "open_item": Style(size=10, bottom=LINE),
    "open_sheet": Style(font="head", size=10, bottom=LINE),
    "open_link": Style(ink="title", align="center", bottom=LINE, turns=(Turn(NOTHING_OPEN, "ok"),)),
    "count_open": replace(_COUNT, turns=(Turn("", "warn", "warn_fill"),)),
    "count_wrong": replace(_COUNT, turns=(Turn("", "error", "wrong"),)),
    "count_doubtful": replace(_COUNT, turns=(Turn("", "ask", "ask_fill"),)),
    "total_count": replace(_TOTAL, font="figure", bold=True, align="right", number="0"),
    # its legend and rules
    "word": Style(font="head", fill="band", ink="title", align="center", bottom=LINE),
    "legend_input": replace(_INPUT, font="head"),
    "legend_computed": replace(_LEGEND, fill="computed"),
    "legend_office": replace(_LEGEND, fill="office"),
    "legend_warn": replace(_LEGEND, fill="warn_fill", ink="warn"),
    "legend_wrong": replace(_LEGEND, fill="wrong", ink="error"),
    "legend_ask": replace(_LEGEND, fill="ask_fill", ink="ask"),
    "legend_ok": replace(_LEGEND, ink="ok"),
    # a report's cells
    "figure": replace(_FIGURE, size=10, align="right"),
    "whole": replace(_FIGURE, size=10, align="right", number="0"),
    "centre": Style(align="center", bottom=LINE),
    "small": Style(size=9.5, bottom=LINE),
    "option": Style(size=10, align="center", bottom=LINE),
    "reply": replace(_INPUT, align="left", number="@"),
    "rank": replace(_FIGURE, size=12, ink="title", bold=True, number="0"),
    "strong": replace(_FIGURE, size=10.5, align="right", bold=True),
    "quiet": replace(_FIGURE, size=10, align="right", number='0.00;-0.00;"—"'),
    "count": replace(_FIGURE, size=10, number="0"),
    "rate": replace(_FIGURE, size=10.5),
    "score": replace(_FIGURE, size=10.5, ink="muted"),
    "lost": replace(_FIGURE, size=10.5, align="right", bold=True, number='0.00;-0.00;"—"'),
    # a page that is read at a glance
    "page_mark": Style(font="head", size=13, ink="state", indent=0, wrap=False),
    "page_title": Style(font="title", size=22, ink="title", align="center", wrap=False),
    "page_state": Style(font="head", size=12, ink="state", align="center", wrap=False, box=STATE),
    "page_meta": Style(font="body", size=12, indent=0, wrap=False, bottom=UNDER),
    "page_meta_right": Style(font="body", size=12, align="right", wrap=False, bottom=UNDER, number="@"),
    "page_unit": Style(font="head", size=16, indent=0, wrap=False, bottom=UNDER),
    "page_state_right": Style(font="head", size=12, ink="state", align="right", wrap=False, bottom=UNDER, number="@"),
    "page_box": Style(font="head", size=11, ink="state", align="center", box=Edge(1, "state")),
    "page_sign": Style(font="body", size=11.5, indent=0, wrap=False),
    "page_sign_right": Style(font="body", size=11.5, align="right", wrap=False, number="@"),
    "page_foot": Style(size=11, ink="muted", wrap=False),
    "finding": Style(font="head", size=15, ink="title", indent=0, wrap=False),
    "tile_label": _LABEL,
    "tile_label_apart": replace(_LABEL, left=LINE),
    "tile_figure": replace(_WORD, font="figure", size=24, bold=True, shrink=True),
    "tile_figure_apart": replace(_WORD, font="figure", size=24, bold=True, shrink=True, left=LINE),
    "tile_word": _WORD,
    "tile_word_apart": replace(_WORD, left=LINE),
    "tile_note": _NOTE,
    "tile_note_apart": replace(_NOTE, left=LINE),
    "panel": Style(font="head", size=13, ink="title", indent=0, wrap=False, bottom=RULE),
    "panel_note": Style(size=11, align="right", wrap=False, bottom=RULE, number="@"),
    "panel_head": Style(font="head", size=11, ink="muted", wrap=False, bottom=LINE),
    "panel_head_right": Style(font="head", size=11, ink="muted", align="right", wrap=False, bottom=LINE, number="@"),
    "panel_head_centre": Style(font="head", size=11, ink="muted", align="center", wrap=False, bottom=LINE),
    "panel_over": Style(font="head", size=11, ink="muted", wrap=False),
    "panel_over_centre": Style(font="head", size=11, ink="title", align="center", wrap=False),
    "panel_label": Style(size=11, wrap=False),
    "panel_text": _CELL,
    "panel_centre": replace(_CELL, align="center"),
    "panel_said": Style(size=11, ink="muted", bottom=LINE),
    "panel_more": replace(_CELL, ink="muted", indent=3),
    "panel_rank": Style(font="figure", size=11.5, ink="title", align="center", bold=True, wrap=False, bottom=LINE),
    "panel_figure": _NUMBER,
    "panel_bar": replace(_NUMBER, top=WHITE),
    "panel_middle": replace(_NUMBER, align="center", shrink=True),
    "panel_total": _SUM,
    "panel_total_middle": replace(_SUM, font="figure", align="center", bold=True, number="0.00", shrink=True),
    "attention": Style(font="head", size=12, fill="band", ink="state", wrap=False, bottom=LINE),
    "attention_text": Style(font="body", size=11.5, bottom=LINE),
    "attention_link": Style(font="body", size=11.5, ink="title", wrap=False, bottom=LINE),
    "step": Style(font="figure", fill="title", ink="paper", align="center", bold=True, bottom=Edge(1, "paper")),
    "step_name": Style(font="head", size=11, ink="title", align="center", wrap=False, bottom=LINE),
    "step_text": Style(font="body", size=11.5, bottom=LINE),
    "page_title_low": Style(font="title", size=20, ink="title", align="center", wrap=False),
    # its lists
    "list_over": Style(font="head", size=11, fill="head", ink="title", align="center", bottom=THIN, number="@"),
    "list_over_text": Style(font="head", size=11, fill="head", ink="title", bottom=THIN, number="@"),
    "list_over_right": Style(font="head", size=11, fill="head", ink="title", align="right", bottom=THIN, number="@"),
    "list_code": Style(font="figure", align="center", wrap=False, bottom=LINE, number="@"),
    "list_no": Style(font="figure", align="center", wrap=False, bottom=LINE, number="0"),
    "list_text": Style(bottom=LINE),
    "list_line": Style(bottom=LINE),
    "list_band": Style(fill="band", wrap=False, bottom=LINE),
    "list_figure": replace(_NUMBER, size=10.5, shrink=True),
    "list_words": replace(_NUMBER, size=10.5, shrink=True, number="@"),
    "list_loss": replace(_NUMBER, size=10.5, bold=True, shrink=True),
    "list_bar": replace(_NUMBER, size=10.5, align="center", top=WHITE),
    "list_bar_figure": replace(_NUMBER, size=10.5, bold=True, top=WHITE),
    "list_rate": replace(_NUMBER, size=10.5, align="left"),
    "list_total": replace(_SUM, align="center", top=THIN, bottom=RULE),
    "list_total_figure": replace(_NUMBER, size=10.5, bold=True, fill="head", ink="title", top=THIN, bottom=RULE),
    "list_total_rate": replace(
        _NUMBER, size=10.5, align="left", bold=True, fill="head", ink="title", top=THIN, bottom=RULE
    ),
    "beside": Style(size=9, ink="muted", wrap=False, number="@"),
    "beside_figure": Style(font="figure", size=9, ink="muted", align="right", wrap=False, number="0.00##"),
}


def turned(turn: Turn, theme: Theme) -> Properties:
    """Give what a cell changes to; a word or a number says the same without colour."""
    fill = {"bg_color": theme.colours[turn.fill]} if turn.fill else {}
    return {"font_color": theme.colours[turn.ink], **fill}


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
            theme,
            **(
                dict.fromkeys(SIDES, style.box)
                if style.box
                else {"top": style.top, "bottom": style.bottom, "left": style.left}
            ),
        ),
    }
    if style.indent and style.align == "left":
        made["indent"] = style.indent
    if style.shrink:
        made["shrink"] = True
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
