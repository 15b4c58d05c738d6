"""Formulas as texts, each taken apart once for all sheets and forms that have it: only the addresses of its cells differ."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

from fazhi_xl.form.expression import Call, Expr
from fazhi_xl.form.meanings import to_formula
from fazhi_xl.form.model import Shape

_MARK, _PART = "\0", "\1"  # in no text of a catalogue
_GAP = re.compile(f"(:?{_MARK}[^{_MARK}]*){_MARK}")


class _Text(NamedTuple):
    """A formula's text, and what fills its gaps: marks of cells, of ends of stretches, which are written without a sheet, and of parts."""

    expr: Expr  # kept, so that no other has its id
    text: str
    gaps: tuple[str, ...]


class FormulaTexts:
    """The texts of formulas by the very expressions, and the `parts` that stand in several of them by their marks."""

    def __init__(self) -> None:
        self.parts: dict[str, Expr] = {}
        self._known: dict[int, _Text] = {}

    def of(self, expr: Expr, parts: Container[int]) -> _Text:
        """Give a formula's text; an operation that is among the `parts`, by its id, is a text of its own."""
        if id(expr) not in self._known:
            self._known[id(expr)] = self._taken_apart(expr, parts)
        return self._known[id(expr)]

    def _taken_apart(self, expr: Expr, parts: Container[int]) -> _Text:
        def part(argument: Call) -> str:
            if id(argument) not in parts:
                return ""
            mark = f"{_MARK}{_PART}{id(argument)}"
            self.parts[mark] = argument
            return mark + _MARK

        pieces = _GAP.split(to_formula(expr, lambda field: f"{_MARK}{field}{_MARK}", part))
        between = (piece.replace("%", "%%") for piece in pieces[::2])
        return _Text(expr, "%s".join(between), tuple(pieces[1::2]))


class SheetFormulas(dict[str, str]):
    """The formulas of a shape as one of its sheets writes them: by their marks the addresses of cells, and the parts."""

    def __init__(self, shape: Shape, sheet: str, texts: FormulaTexts) -> None:
        super().__init__()
        self._places, self._parts = shape.places, shape.compiled.parts
        self._sheet, self._texts = sheet, texts

    def written(self, expr: Expr) -> str:
        """Write a formula, without its equals sign."""
        _, text, gaps = self._texts.of(expr, self._parts)
        return text % tuple(map(self.__getitem__, gaps))

    def __missing__(self, mark: str) -> str:
        if mark in self._texts.parts:
            written = self.written(self._texts.parts[mark])
        else:
            end, _, field = mark.partition(_MARK)
            place = self._places[field]
            written = f":{place.cell}" if end else place.seen_from(self._sheet)
        self[mark] = written
        return written
