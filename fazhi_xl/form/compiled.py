"""The compiled reading of expressions: functions over a form's cells, generated once for all expressions that are built alike.

An expression is taken apart into its pattern, which is its operations with numbered gaps in place of fields and constants, and what
fills the gaps. The thousands of expressions of a form have some hundred patterns. For each a Python function is written and compiled
(`generated`), once in a process, and every expression of the pattern fills in its own fields and constants. Of an expression the
written function holds nothing but operations of `MEANINGS` and names of gaps, so no word of a catalogue or a return is ever run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from operator import itemgetter
from types import MappingProxyType

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


class Shared:
    """What is compiled of sheets that several forms have: what reads no cell of another sheet is the same in all of them."""

    def __init__(self, sheets: Iterable[tuple[Collection[str], Iterable[Expr]]] = ()) -> None:
        """Take of each sheet the fields of its cells, and its formulas and conditions."""
        own = [(expr, frozenset(fields)) for fields, exprs in sheets for expr in exprs]
        self.functions: dict[int, Computed] = {}
        self._exprs = [expr for expr, _ in own]  # which are known by their identity
        self._fields = {id(expr): fields for expr, fields in own}

    def keep(self, expr: Expr, taken: _TakenApart, function: Computed) -> None:
        """Keep what was compiled of an expression, if it is of one of the sheets, and reads nothing else."""
        fields = self._fields.get(id(expr))
        if fields is not None and taken.reads <= fields and self.functions.keys() >= taken.parts:
            self.functions[id(expr)] = function


class Formulas:
    """The formulas of a form, each compiled when it is first asked for; so are the `parts`, which stand in several of them."""

    def __init__(self, formulas: Mapping[str, Expr], parts: Iterable[Expr] = (), shared: Shared | None = None) -> None:
        self.fields = formulas.keys()
        self.parts = {id(part): part for part in parts}
        self._formulas = formulas
        self._shared = shared or Shared()
        self._of_field: dict[str, Computed] = {}
        self._of_part: dict[int, Computed] = {}

    def of(self, field: str) -> Computed | None:
        """Give what computes a field; None for an entered one."""
        if field in self._formulas and field not in self._of_field:
            self._of_field[field] = self._compiled(self._formulas[field])
        return self._of_field.get(field)

    def function(self, expr: Expr) -> Computed:
        """Give what computes an expression over the form's fields. Raises TypeError for a span."""
        no = id(expr)
        if no not in self.parts:
            return self._compiled(expr)
        if no not in self._of_part:
            self._of_part[no] = self._compiled(expr)
        return self._of_part[no]

    def _compiled(self, expr: Expr) -> Computed:
        if id(expr) in self._shared.functions:
            return self._shared.functions[id(expr)]
        taken = _TakenApart(self)
        pattern = taken.pattern(expr)
        function: Computed = maker(pattern)(*taken.gaps)
        self._shared.keep(expr, taken, function)
        return function


NO_FORMULAS = Formulas({})


class _TakenApart:
    """Takes an expression apart into its pattern and, in `gaps`, what fills the gaps of it, in their order."""

    def __init__(self, formulas: Formulas) -> None:
        self.gaps: list[object] = []
        self.parts: set[int] = set()
        self._formulas = formulas
        self._cells: dict[str, int] = {}
        self._stretches: list[tuple[str, ...]] = []

    @property
    def reads(self) -> frozenset[str]:
        """The fields that are read, but for those of parts."""
        return frozenset(self._cells).union(*self._stretches)

    def pattern(self, expr: Expr) -> Pattern:
        """Give the pattern of the whole expression. Raises TypeError for a span, which is an argument and no value."""
        if isinstance(expr, Span):
            raise TypeError(expr)
        if isinstance(expr, Call):
            return self._of_call(expr, 0)
        return self._cell(expr.field) if isinstance(expr, Ref) else self._constant(expr.value, "")

    def _of_call(self, expr: Call, depth: int) -> Pattern:
        """Give the pattern of a call. Every expression of a form passes here, so leaves are dealt with in place."""
        op, cells, parts = expr.op, self._cells, self._formulas.parts
        if op == "divide" and (exact := _known(expr)) is not None:
            return self._gap(Gap.NUMBER, exact)
        pattern: list[Pattern] = [op]
        for arg in expr.args:
            if isinstance(arg, Call):
                apart = depth >= DEEPEST or id(arg) in parts
                pattern.append(self._part(arg) if apart else self._of_call(arg, depth + 1))
            elif isinstance(arg, Ref):
                pattern.append(cells[arg.field] if arg.field in cells else self._cell(arg.field))
            elif isinstance(arg, Const):
                pattern.append(Gap.EMPTY if arg.value == "" else self._constant(arg.value, op))
            else:
                pattern.append(self._stretch(arg.fields))
        return tuple(pattern)

    def _part(self, expr: Call) -> Gap:
        self.parts.add(id(expr))
        return self._gap(Gap.PART, self._formulas.function(expr))

    def _gap(self, kind: Gap, filled: object) -> Gap:
        self.gaps.append(filled)
        return kind

    def _cell(self, field: str) -> Gap:
        self._cells[field] = len(self.gaps)
        return self._gap(Gap.COMPUTED if field in self._formulas.fields else Gap.ENTERED, field)

    def _stretch(self, fields: tuple[str, ...]) -> Gap:
        self._stretches.append(fields)
        kind = Gap.ENTERED_CELLS if self._formulas.fields.isdisjoint(fields) else Gap.COMPUTED_CELLS
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
