"""Formulas as texts, each taken apart once for all sheets and forms that have it: only the addresses of its cells differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from typing import NamedTuple

from fazhi_xl.form.compiled import Built, Formulas
from fazhi_xl.form.expression import Const, Expr, Ref, Span
from fazhi_xl.form.generated import Gap, Pattern
from fazhi_xl.form.meanings import literal, operation_text, to_formula
from fazhi_xl.form.model import Shape

_MARK, _PART, _TO, _SAID = "\0", "\1", "\2", "\3"  # in no text of a catalogue
_GAP = re.compile(f"{_MARK}([^{_MARK}]*){_MARK}")

_STRETCH = re.compile(f"({_MARK}[^{_MARK}]*){_MARK}:{_MARK}([^{_MARK}]*{_MARK})")


class _Text(NamedTuple):
    """A formula's text, and what fills its gaps: marks of cells, of stretches, of parts, and constants as they are written."""

    expr: Expr  # kept, so that no other has its id
    text: str
    gaps: tuple[str, ...]


class FormulaTexts:
    """The texts of formulas by the very expressions, and the `parts` that stand in several of them by their marks."""

    def __init__(self) -> None:
        self.parts: dict[str, Expr] = {}
        self._known: dict[int, _Text] = {}

    def of(self, expr: Expr, formulas: Formulas) -> _Text:
        """Give a formula's text; an operation that is compiled by itself is a text of its own."""
        if id(expr) not in self._known:
            built = formulas.built(expr)
            self._known[id(expr)] = self._of_pattern(built) if built else self._taken_apart(expr)
        return self._known[id(expr)]

    def _of_pattern(self, built: Built) -> _Text:
        """Fill in what is written of all expressions with the same pattern."""
        text, order = _pattern_text(built.pattern)
        marks = list(map(self._mark, built.leaves))
        return _Text(built.expr, text, tuple(marks[no] for no in order))

    def _taken_apart(self, expr: Expr) -> _Text:
        """Take apart what was not compiled; the end of a stretch is written without its sheet."""
        stretched = _STRETCH.sub(rf"\1{_TO}\2", to_formula(expr, lambda field: f"{_MARK}{field}{_MARK}"))
        pieces = _GAP.split(stretched)
        between = (piece.replace("%", "%%") for piece in pieces[::2])
        return _Text(expr, "%s".join(between), tuple(pieces[1::2]))

    def _mark(self, leaf: Expr) -> str:
        if isinstance(leaf, Ref):
            return leaf.field
        if isinstance(leaf, Span):
            return f"{leaf.fields[0]}{_TO}{leaf.fields[-1]}"
        if isinstance(leaf, Const):
            return f"{_SAID}{literal(leaf.value)}"
        mark = f"{_PART}{id(leaf)}"
        self.parts[mark] = leaf
        return mark


@lru_cache(maxsize=1_024)
def _pattern_text(pattern: Pattern) -> tuple[str, tuple[int, ...]]:
    """Write a pattern as a formula with gaps, and say which of its leaves stands in each."""
    pieces = _GAP.split(_written(pattern, count()))
    between = (piece.replace("%", "%%") for piece in pieces[::2])
    return "%s".join(between), tuple(map(int, pieces[1::2]))


def _written(pattern: Pattern, numbers: Iterator[int]) -> str:
    if isinstance(pattern, tuple):
        op, *args = pattern
        texts = [_written(arg, numbers) for arg in args]
        return operation_text(op, texts, [isinstance(arg, int) or arg in _CELLS for arg in args])
    if pattern is Gap.EMPTY:
        return literal("")
    return f"{_MARK}{pattern if isinstance(pattern, int) else next(numbers)}{_MARK}"


_CELLS = {Gap.ENTERED, Gap.COMPUTED}


class SheetFormulas(dict[str, str]):
    """The formulas of a shape as one of its sheets writes them: by their marks the addresses of cells, and the parts."""

    def __init__(self, shape: Shape, sheet: str, texts: FormulaTexts) -> None:
        super().__init__()
        self._places, self._compiled = shape.places, shape.compiled
        self._sheet, self._texts = sheet, texts

    def written(self, expr: Expr) -> str:
        """Write a formula, without its equals sign."""
        _, text, gaps = self._texts.of(expr, self._compiled)
        return text % tuple(map(self.__getitem__, gaps))

    def __missing__(self, mark: str) -> str:
        if mark.startswith(_SAID):
            return mark[1:]
        if mark.startswith(_PART):
            written = self.written(self._texts.parts[mark])
        else:
            first, _, last = mark.partition(_TO)
            written = self._places[first].seen_from(self._sheet) + (f":{self._places[last].cell}" if last else "")
        self[mark] = written
        return written
