"""The compiled reading of expressions: functions over a form's cells, generated once for all expressions that are built alike.

An expression is taken apart into its pattern, which is its operations with numbered gaps in place of fields and constants, and what
fills the gaps. The thousands of expressions of a form have some hundred patterns. For each a Python function is written and compiled
(`generated`), once in a process, and every expression of the pattern fills in its own fields and constants. Of an expression the
written function holds nothing but operations of `MEANINGS` and names of gaps, so no word of a catalogue or a return is ever run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from fazhi_xl.form.expression import Call, Const, Expr, FormulaError, Ref, Span, Value, serial
from fazhi_xl.form.generated import DEEPEST, Gap, Pattern, maker
from fazhi_xl.form.meanings import MEANINGS


class Cells(dict[str, Value]):
    """The values of a form's cells by their fields: those entered, and those computed once they are asked for; None for a blank."""

    def __init__(self, formulas: Formulas, values: Mapping[str, Value], instead: Mapping[str, Value]) -> None:
        super().__init__(values)
        self._formulas = formulas
        for field in formulas.fields & self.keys():
            del self[field]  # what was entered over a formula is not taken
        self.update(instead)

    def __missing__(self, field: str) -> Value:
        computed = self._formulas.of(field)
        value = self[field] = computed(self) if computed else None
        return value


Computed = Callable[[Cells], Value]
"""A compiled expression. Raises FormulaError where the spreadsheet would show an error value."""
_NOTHING: Mapping[str, Value] = MappingProxyType({})


class Built(NamedTuple):
    """How an expression is built: its pattern, and the cells, constants, stretches and parts in the gaps of it."""

    expr: Expr
    pattern: Pattern
    leaves: tuple[Expr, ...]


class Shared:
    """What was compiled of rows that several forms have, by the very expressions: it serves each in which the same cells have formulas."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Expr, _Read, Computed]] = {}
        self.built: dict[int, Built] = {}

    def of(self, expr: Expr, formulas: Formulas) -> Computed | None:
        """Give the function of an expression, if it was compiled for another form, and serves this one."""
        no = id(expr)
        if no not in self._kept:
            return None
        if no not in formulas.served:
            _, read, function = self._kept[no]
            formulas.served[no] = function if self._serves(read, formulas) else None
        return formulas.served[no]

    def _serves(self, read: _Read, formulas: Formulas) -> bool:
        if not formulas.fields.isdisjoint(read.entered):
            return False
        known = all(field in formulas.fields for field in read.computed)
        return known and all(self.of(part, formulas) for part in read.parts)

    def keep(self, expr: Expr, read: _Read, function: Computed) -> None:
        """Keep what was compiled first of an expression, unless a part of it is not kept."""
        if all(id(part) in self._kept for part in read.parts):
            self._kept.setdefault(id(expr), (expr, read, function))


class Formulas:
    """The formulas of a form, each compiled when it is first asked for; so are the `parts`, which stand in several of them."""

    def __init__(self, formulas: Mapping[str, Expr], parts: Iterable[Expr] = (), shared: Shared | None = None) -> None:
        self.fields = formulas.keys()
        self.parts = {id(part): part for part in parts}
        self.served: dict[int, Computed | None] = {}  # what other forms' functions serve, and which do not
        self._formulas = formulas
        self._shared = shared or Shared()
        self._of_field: dict[str, Computed] = {}
        self._of_part: dict[int, Computed] = {}

    def of(self, field: str) -> Computed | None:
        """Give what computes a field; None for an entered one."""
        if field in self._formulas and field not in self._of_field:
            self._of_field[field] = self._lasting(self._formulas[field])
        return self._of_field.get(field)

    def function(self, expr: Expr) -> Computed:
        """Give what computes an expression over the form's fields. Raises TypeError for a span."""
        no = id(expr)
        if no not in self.parts:
            return self._compiled(expr, _TakenApart(self))
        if no not in self._of_part:
            self._of_part[no] = self._lasting(expr)
        return self._of_part[no]

    def _lasting(self, expr: Expr) -> Computed:
        """Compile an expression that lasts as long as the form, unless another form's function serves."""
        if (function := self._shared.of(expr, self)) is None:
            taken = _TakenApart(self)
            function = self._compiled(expr, taken)
            self._shared.keep(expr, taken.read, function)
            self._shared.built[id(expr)] = Built(expr, taken.built, tuple(taken.leaves))
        return function

    def built(self, expr: Expr) -> Built | None:
        """Give how an expression is built, if it was compiled."""
        return self._shared.built.get(id(expr))

    def _compiled(self, expr: Expr, taken: _TakenApart) -> Computed:
        pattern = taken.built = taken.pattern(expr)
        return maker(pattern)(*taken.gaps)  # type: ignore[no-any-return] # a function made of generated text


NO_FORMULAS = Formulas({})


class _Read(NamedTuple):
    """The fields that an expression reads, without a formula and with one, and its parts, which read others."""

    entered: list[str]
    computed: list[str]
    parts: list[Expr]


class _TakenApart:
    """Takes an expression apart into its pattern and, in `gaps`, what fills the gaps of it, in their order; `leaves` stand for the same."""

    def __init__(self, formulas: Formulas) -> None:
        self.gaps: list[object] = []
        self.leaves: list[Expr] = []
        self.built: Pattern = None
        self.read = _Read([], [], [])
        self._formulas = formulas
        self._cells: dict[str, int] = {}

    def pattern(self, expr: Expr) -> Pattern:
        """Give the pattern of the whole expression. Raises TypeError for a span, which is an argument and no value."""
        if isinstance(expr, Span):
            raise TypeError(expr)
        if isinstance(expr, Call):
            return self._of_call(expr, 0)
        self.leaves.append(expr)
        return self._cell(expr.field) if isinstance(expr, Ref) else self._constant(expr.value, "")

    def _of_call(self, expr: Call, depth: int) -> Pattern:
        """Give the pattern of a call. Every expression of a form passes here, so leaves are dealt with in place."""
        op, cells, parts = expr.op, self._cells, self._formulas.parts
        if op == "divide" and (exact := _known(expr)) is not None:
            self.leaves.append(expr)
            return self._gap(Gap.NUMBER, exact)
        pattern: list[Pattern] = [op]
        for arg in expr.args:
            if isinstance(arg, Call):
                apart = depth >= DEEPEST or id(arg) in parts
                pattern.append(self._part(arg) if apart else self._of_call(arg, depth + 1))
            elif isinstance(arg, Ref) and arg.field in cells:
                pattern.append(cells[arg.field])
            elif isinstance(arg, Const) and arg.value == "":
                pattern.append(Gap.EMPTY)
            else:
                self.leaves.append(arg)
                pattern.append(self._leaf(arg, op))
        return tuple(pattern)

    def _leaf(self, arg: Ref | Const | Span, op: str) -> Gap:
        if isinstance(arg, Ref):
            return self._cell(arg.field)
        return self._constant(arg.value, op) if isinstance(arg, Const) else self._stretch(arg.fields)

    def _part(self, expr: Call) -> Gap:
        self.leaves.append(expr)
        self.read.parts.append(expr)
        return self._gap(Gap.PART, self._formulas.function(expr))

    def _gap(self, kind: Gap, filled: object) -> Gap:
        self.gaps.append(filled)
        return kind

    def _cell(self, field: str) -> Gap:
        self._cells[field] = len(self.gaps)
        self.gaps.append(field)
        if field in self._formulas.fields:
            self.read.computed.append(field)
            return Gap.COMPUTED
        self.read.entered.append(field)
        return Gap.ENTERED

    def _stretch(self, fields: tuple[str, ...]) -> Gap:
        known = self._formulas.fields
        self.read.computed.extend(field for field in fields if field in known)
        self.read.entered.extend(field for field in fields if field not in known)
        kind = Gap.ENTERED_CELLS if known.isdisjoint(fields) else Gap.COMPUTED_CELLS
        return self._gap(kind, itemgetter(*fields) if len(fields) > 1 else lambda cells: (cells[fields[0]],))

    def _constant(self, value: int | str | date, op: str) -> Gap:
        if isinstance(value, str):
            # Case does not count, so a text that is compared with is written small once.
            return self._gap(Gap.SMALL, value.lower()) if op == "equal" else self._gap(Gap.TEXT, value)
        if isinstance(value, date):
            return self._gap(Gap.WHOLE, serial(value)) if op and MEANINGS[op].sign else self._gap(Gap.DAY, value)
        return self._gap(Gap.TRUTH if isinstance(value, bool) else Gap.WHOLE, value)


def _known(division: Call) -> Value:
    """Give the quotient of two constants, as points are written; None for any other, and for one that is an error."""
    left, right = division.args
    if not (isinstance(left, Const) and isinstance(right, Const)):
        return None
    try:
        return MEANINGS["divide"].value((left.value, right.value))
    except FormulaError:
        return None


class Evaluator:
    """Computes expressions over the values of a form's inputs; computed fields are kept once known.

    What stands in `instead` takes the place of computed fields. Raises FormulaError where the spreadsheet would show an error value.
    """

    def __init__(
        self,
        values: Mapping[str, Value],
        formulas: Formulas = NO_FORMULAS,
        instead: Mapping[str, Value] = _NOTHING,
    ) -> None:
        self.cells = Cells(formulas, values, instead)
        self._formulas = formulas

    def field(self, field: str) -> Value:
        """Give the value of a field, computed or entered; None for a blank."""
        return self.cells[field]

    def value(self, expr: Expr) -> Value:
        """Evaluate an expression. Raises FormulaError, and TypeError for a span."""
        return self._formulas.function(expr)(self.cells)
