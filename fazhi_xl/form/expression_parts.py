"""What is in an expression: the fields that it reads, and the texts that it may show."""

from __future__ import annotations

from fazhi_xl.form.expression import Call, Const, Expr, Ref, Span


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
    match expr:
        case Const(str(said)):
            return frozenset({said})
        case Call("if", (_, *branches)) | Call("join", tuple(branches)):
            return frozenset().union(*map(texts_of, branches))
        case Call("go_to" | "go_to_row" | "go_to_place", (*_, said)):
            return texts_of(said)
    return frozenset()
