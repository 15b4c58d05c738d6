"""Computes expressions by walking their trees, for each value anew: slow and plain, so that the compiled reading is held against it."""

from __future__ import annotations

from collections.abc import Mapping

from fazhi_xl.form.expression import Call, Const, Expr, Ref, Span, Value
from fazhi_xl.form.meanings import MEANINGS


class TreeWalk:
    """Computes expressions over the values of a form's inputs; computed fields are looked up in `formulas` and kept once known.

    Raises FormulaError where the spreadsheet would show an error value.
    """

    def __init__(self, values: Mapping[str, Value], formulas: Mapping[str, Expr]) -> None:
        self._values = values
        self._formulas = formulas
        self._known: dict[str, Value] = {}

    def field(self, field: str) -> Value:
        """Give the value of a field, computed or entered; None for a blank."""
        if field not in self._formulas:
            return self._values.get(field)
        if field not in self._known:
            self._known[field] = self.value(self._formulas[field])
        return self._known[field]

    def value(self, expr: Expr) -> Value:
        """Evaluate an expression. Raises FormulaError, and TypeError for a span."""
        if isinstance(expr, Call):
            if expr.op == "if":
                condition, then, otherwise = expr.args
                return self.value(then if self.value(condition) else otherwise)
            return MEANINGS[expr.op].value(
                [[*map(self.field, arg.fields)] if isinstance(arg, Span) else self.value(arg) for arg in expr.args]
            )
        if isinstance(expr, Const):
            return expr.value
        if isinstance(expr, Ref):
            return self.field(expr.field)
        raise TypeError(expr)  # a span is an argument, not a value
