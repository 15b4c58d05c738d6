"""What is in an expression: the fields that it reads, the texts that it may show, and what makes it fail."""

from __future__ import annotations

from collections.abc import Container

from fazhi_xl.form.expression import EMPTY, Call, Const, Expr, Ref, Span


def fields_of(expr: Expr) -> frozenset[str]:
    """Name every field the expression reads."""
    found: set[str] = set()
    _gather(expr, found)
    return frozenset(found)


def _gather(expr: Expr, found: set[str]) -> None:
    if isinstance(expr, Call):
        for arg in expr.args:
            _gather(arg, found)
    elif isinstance(expr, Ref):
        found.add(expr.field)
    elif isinstance(expr, Span):
        found.update(expr.fields)


def texts_of(expr: Expr) -> frozenset[str]:
    """Give the texts that the expression may show; of joined ones each part by itself."""
    found: set[str] = set()
    _gather_texts(expr, found)
    return frozenset(found)


def _gather_texts(expr: Expr, found: set[str]) -> None:
    if isinstance(expr, Const):
        if isinstance(expr.value, str):
            found.add(expr.value)
    elif isinstance(expr, Call) and expr.op in _SHOWN:
        for arg in expr.args[_SHOWN[expr.op]]:
            _gather_texts(arg, found)


_SHOWN = {
    "if": slice(1, None),
    "join": slice(None),
    **dict.fromkeys(("go_to", "go_to_row", "go_to_place"), slice(-1, None)),
}
"""Which of an operation's arguments it may show."""


def fails_plainly(condition: Expr, blank: Container[str] = (), filled: Container[str] = ()) -> bool:
    """Say whether a condition plainly cannot hold while some inputs are blank and others filled in; nothing is computed."""
    if not isinstance(condition, Call):
        return isinstance(condition, Const) and not condition.value
    op, args = condition.op, condition.args
    if op == "if":
        return fails_plainly(args[0], blank, filled) and fails_plainly(args[2], blank, filled)
    if op not in _DECISIVE:
        return _of_one_input(condition, blank, filled)
    decisive = _DECISIVE[op]
    for arg in args:  # in a loop, as every condition of a form passes here
        if fails_plainly(arg, blank, filled) is decisive:
            return decisive
    return not decisive


_DECISIVE = {"and": True, "or": False}
"""What one part tells of the whole: of several conditions one that fails, of alternatives one that may hold."""


def _of_one_input(condition: Call, blank: Container[str], filled: Container[str]) -> bool:
    """Say whether an input is asked for what it is not: blank, filled in, some text, or a number."""
    first = condition.args[0]
    if condition.op == "equal" and isinstance(first, Ref):
        text = condition.args[1]
        if isinstance(text, Const) and isinstance(text.value, str):
            return first.field in (blank if text.value else filled)
        return False
    if condition.op == "not":
        return isinstance(first, Call) and _asks_whether_blank(first, blank)
    return condition.op == "is_number" and isinstance(first, Ref) and first.field in blank


def _asks_whether_blank(condition: Call, fields: Container[str]) -> bool:
    cell, text = condition.args[0], condition.args[-1]
    return condition.op == "equal" and isinstance(cell, Ref) and cell.field in fields and text == EMPTY
