"""What spreadsheet programs can hold: the limits of Excel 2010, checked on a form before it is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fazhi_xl.form.expression import Call, Const, Expr
from fazhi_xl.form.meanings import to_formula
from fazhi_xl.form.model import Address, Computed, Content, Field, Label, Shape
from fazhi_xl.notice.shape_faults import DrawnFault

FORMULA_LENGTH, FORMULA_DEPTH, ARGUMENTS, CONSTANT_LENGTH = 8192, 64, 255, 255
LIST_LENGTH, TEXT_LENGTH, SHEET_LENGTH = 255, 32_767, 31
_SHEET = re.compile(r"[\[\]/\\?*:]|^'|'$")


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFault:
    """Something that a spreadsheet program could not hold: the sheet, the row's code where there is one, and what it is."""

    sheet: str
    row: str
    message: str


def limit_faults(shape: Shape) -> Iterator[LimitFault]:
    """Give what of a form goes over a limit: names of sheets, formulas, lists, texts."""
    yield from _sheets(shape)
    for place, key, content in shape.cells():
        for message in content_faults(shape, place, content):
            yield LimitFault(sheet=place.sheet, row=key.rpartition(".")[0], message=message)


def _sheets(shape: Shape) -> Iterator[LimitFault]:
    seen: set[str] = set()
    for name in (sheet.name for sheet in shape.sheets):
        if name.lower() in seen:
            yield LimitFault(sheet=name, row="", message=DrawnFault.TWO_SHEETS(name=name))
        if len(name) > SHEET_LENGTH or _SHEET.search(name):
            yield LimitFault(sheet=name, row="", message=DrawnFault.SHEET_NAME(name=name, most=SHEET_LENGTH))
        seen.add(name.lower())


def content_faults(shape: Shape, place: Address, content: Content) -> Iterator[str]:
    """Give what one cell of a form goes over, in words."""
    match content:
        case Label(text) if len(text) > TEXT_LENGTH:
            yield DrawnFault.CELL_TOO_LONG(length=len(text), most=TEXT_LENGTH)
        case Field() if not content.options_from:
            yield from _options(content.options)
        case Computed(expr):
            yield from _formula(shape, place, expr)


def _options(options: tuple[str, ...]) -> Iterator[str]:
    if len(",".join(options)) > LIST_LENGTH:
        yield DrawnFault.FORM_LIST_TOO_LONG(length=len(",".join(options)), most=LIST_LENGTH)
    yield from (DrawnFault.FORM_OPTION_COMMA(name=option) for option in options if "," in option)


def _formula(shape: Shape, place: Address, expr: Expr) -> Iterator[str]:
    try:
        length = len(to_formula(expr, shape.seen_from(place.sheet)))
        deepest, widest, longest = _measures(expr)
    except RecursionError:
        yield DrawnFault.FORMULA_TOO_DEEP(most=FORMULA_DEPTH)
        return
    if length > FORMULA_LENGTH:
        yield DrawnFault.FORMULA_TOO_LONG(length=length, most=FORMULA_LENGTH)
    if deepest > FORMULA_DEPTH or widest > ARGUMENTS:
        yield DrawnFault.FORMULA_TOO_WIDE(depth=deepest, width=widest, most_deep=FORMULA_DEPTH, most_wide=ARGUMENTS)
    if longest > CONSTANT_LENGTH:
        yield DrawnFault.FORMULA_TEXT(length=longest, most=CONSTANT_LENGTH)


def _measures(expr: Expr) -> tuple[int, int, int]:
    """Give the depth of functions in each other, the most arguments of one, and the length of the longest text."""
    if isinstance(expr, Const):
        return 0, 0, len(expr.value) if isinstance(expr.value, str) else 0
    if not isinstance(expr, Call):
        return 0, 0, 0
    inner = [_measures(arg) for arg in expr.args]
    depth, width, length = (max(each) for each in zip(*inner, strict=True))
    return depth + 1, max(width, len(expr.args)), length
