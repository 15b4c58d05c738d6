"""The styles of forms and reports as openpyxl has them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any

from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle

from fazhi_xl.notice.theme import Theme
from fazhi_xl.xlsx.writer.styles import SIDES, STYLES, Turn, properties, turned

_LINES: Mapping[object, Any] = {1: "thin", 2: "medium", 5: "thick"}  # as XlsxWriter numbers them
_STYLE = "_style"  # the library has no other way to give a cell the style of another one


class Looks:
    """The styles of one workbook by their names; each is worked out once, and then taken over from cell to cell.

    Points show as many decimals as they have in the catalogue.
    """

    def __init__(self, theme: Theme, decimals: int = 2) -> None:
        self._theme, self._decimals = theme, decimals
        self._known: dict[tuple[str, bool], Any] = {}

    def dress(self, cell: Cell, style: str, *, locked: bool = True) -> None:
        """Give a cell of the workbook a style."""
        known = self._known.get((style, locked))
        if known is None:
            self._dress(cell, properties(STYLES[style], self._theme), locked=locked)
            self._known[style, locked] = copy(getattr(cell, _STYLE))
        else:
            setattr(cell, _STYLE, copy(known))

    def _dress(self, cell: Cell, made: Mapping[str, Any], *, locked: bool) -> None:
        cell.font = _font(made)
        if colour := made.get("bg_color"):
            cell.fill = PatternFill("solid", fgColor=_colour(colour))
        lines: dict[str, Any] = {side: _side(made, side) for side in SIDES if side in made}
        cell.border = Border(**lines)
        cell.alignment = Alignment(
            horizontal=made["align"],
            vertical="center",
            wrap_text=made["text_wrap"],
            indent=made.get("indent", 0),
            shrink_to_fit=made.get("shrink", False),
        )
        if form := made.get("num_format"):
            cell.number_format = form.replace("0.00", "0.00?") if self._decimals > 2 else form
        cell.protection = Protection(locked=locked)

    def beginning(self, turn: Turn, first: str) -> Rule:
        """Give the rule by which cells turn that begin with a word; `first` is the first of them."""
        formula = f'LEFT({first},{len(turn.word)})="{turn.word}"'
        return Rule(type="beginsWith", operator="beginsWith", text=turn.word, formula=[formula], dxf=self._turned(turn))

    def where(self, turn: Turn, formula: str) -> Rule:
        """Give the rule by which cells turn where a formula holds."""
        return Rule(type="expression", formula=[formula], dxf=self._turned(turn))

    def _turned(self, turn: Turn) -> DifferentialStyle:
        made = turned(turn, self._theme)
        fill = PatternFill("solid", bgColor=_colour(made["bg_color"])) if "bg_color" in made else None
        return DifferentialStyle(font=Font(color=_colour(made["font_color"])), fill=fill)


def _font(made: Mapping[str, Any]) -> Font:
    return Font(
        name=made["font_name"],
        family=made["font_family"],
        charset=made.get("font_charset"),
        sz=made["font_size"],
        b=made["bold"],
        color=_colour(made["font_color"]),
    )


def _side(made: Mapping[str, Any], side: str) -> Side:
    return Side(style=_LINES[made[side]], color=_colour(made[f"{side}_color"]))


def _colour(colour: object) -> str:
    return f"FF{str(colour).removeprefix('#')}"
