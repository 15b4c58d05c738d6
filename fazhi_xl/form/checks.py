"""The checks of each kind of field, and the status that a row shows: one declaration for the workbook and the collector."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from fazhi_xl.findings import Code
from fazhi_xl.findings.adjustable import NO_WEIGHTS, Weight, Weights, usual
from fazhi_xl.form import expression as x
from fazhi_xl.form.expression import Const, Expr, Ref, Span
from fazhi_xl.form.model import Check, Field
from fazhi_xl.notice.choices import Kind

PASSED = "通过"
NOTHING_OPEN = "无待办"  # of a sheet or an item that is filled in well, or need not be
_ROOM = 120
_PATTERNS = frozenset("*?~")


def with_checks(field: Field, *more: Check) -> Field:
    """Add to a field the checks of its kind (a blank first, where it is required), and then those given."""
    blank = x.both(x.blank(Ref(field.key)), x.negate(field.waived))
    wrong = x.both(x.negate(x.blank(Ref(field.key))), _WRONG[field.kind](field))
    told = words(field)
    typed = Check(code=_CODES[field.kind], when=wrong, words=told)
    missing = (Check(code=Code.VALUE_MISSING, when=blank, words=told),) if field.required else ()
    return replace(field, checks=(*missing, typed, *more))


def date_in_bounds(field: Field) -> Expr:
    """Give the condition that a date cell's number lies within the field's bounds; the caller excludes text and blanks."""
    return x.negate(_outside(field))


def words(field: Field) -> Mapping[str, str]:
    """Give the values for the placeholders of messages about a field.

    Of options that stand in a list of their own, or are many, the first and the last are named.
    """
    return _told(
        _Asked(
            label=field.label,
            kind=field.kind,
            minimum=field.minimum,
            maximum=field.maximum,
            options=field.options,
            listed=bool(field.options_from),
            places=field.places,
            length=field.length,
        )
    )


class _Asked(NamedTuple):
    """What a message says of a field; its options may be `listed` in cells."""

    label: str
    kind: Kind
    minimum: Decimal | date | None
    maximum: Decimal | date | None
    options: tuple[str, ...]
    listed: bool
    places: int
    length: int


@lru_cache(maxsize=8_192)  # every row of a review book asks the same
def _told(asked: _Asked) -> Mapping[str, str]:
    named = "、".join(asked.options)
    if len(named) > _ROOM or asked.listed:  # a formula's text has 255 characters at most
        named = f"{asked.options[0]}至{asked.options[-1]}"
    return {
        "label": asked.label,
        "options": named,
        "minimum": _show(asked.minimum),
        "maximum": _show(asked.maximum),
        "places": str(asked.places),
        "length": str(asked.length),
        "example": _example(asked),
        "remedy": _REMEDIES.get(asked.kind, ""),
        "none": ";没有的填0" if asked.kind is Kind.WHOLE and asked.minimum == 0 else "",
    }


_REMEDIES = {Kind.CHOICE: ",从下拉列表选择", Kind.WHOLE: ";没有发生的填0", Kind.DATE: ",年月日写全"}


def _show(bound: Decimal | date | None) -> str:
    if isinstance(bound, date):
        return f"{bound.year}-{bound.month}-{bound.day}"
    return "" if bound is None else f"{bound.normalize():f}"


def _example(asked: _Asked) -> str:
    if isinstance(asked.maximum, date):
        usual = date(asked.maximum.year, 5, 8)
        low = asked.minimum if isinstance(asked.minimum, date) else usual
        return _show(usual if low <= usual <= asked.maximum else asked.maximum)
    if asked.kind is Kind.WHOLE:
        return "3"
    if isinstance(asked.maximum, Decimal):
        return _show(min(asked.maximum, Decimal("8.5")))
    return ""


def _wrong_choice(field: Field) -> Expr:
    cell = Ref(field.key)
    # A search takes * and ? in an option for a pattern, and one program fails where it has a single cell to search.
    if len(field.options_from) > 1 and _PATTERNS.isdisjoint("".join(field.options)):
        return x.negate(x.call("contains", Span(field.options_from), cell))
    options = map(Ref, field.options_from) if field.options_from else map(Const, field.options)
    return x.negate(x.either(*(x.equal(cell, option) for option in options)))


def _outside(field: Field) -> Expr:
    cell = Ref(field.key)
    return x.either(x.less(cell, _bound(field.minimum)), x.less(_bound(field.maximum), cell))


def _bound(bound: Decimal | date | None) -> Expr:
    if isinstance(bound, date):
        return Const(bound)
    if bound is None:
        raise TypeError(bound)
    if bound == bound.to_integral_value():
        return Const(int(bound))
    places = max(2, -int(bound.normalize().as_tuple().exponent))
    return x.divide(Const(int(bound.scaleb(places))), Const(int(Decimal(1).scaleb(places))))


def _wrong_number(field: Field) -> Expr:
    cell = Ref(field.key)
    kept = x.call("floor", cell) if field.kind is Kind.WHOLE else x.call("round_places", cell, Const(field.places))
    return x.when(x.is_number(cell), x.either(_outside(field), x.negate(x.equal(kept, cell))), x.TRUE)


_WRONG: Mapping[Kind, Callable[[Field], Expr]] = {
    Kind.CHOICE: _wrong_choice,
    Kind.WHOLE: _wrong_number,
    Kind.DECIMAL: _wrong_number,
    Kind.DATE: lambda field: x.when(x.is_number(Ref(field.key)), _outside(field), x.TRUE),
    Kind.TEXT: lambda field: x.less(Const(field.length), x.call("length", Ref(field.key))),
}
_CODES = {
    Kind.CHOICE: Code.CHOICE_UNKNOWN,
    Kind.WHOLE: Code.WHOLE_WRONG,
    Kind.DECIMAL: Code.NUMBER_WRONG,
    Kind.DATE: Code.DATE_WRONG,
    Kind.TEXT: Code.TEXT_TOO_LONG,
}


def type_error(field: Field) -> str:
    """Give the text with which the workbook refuses an entry."""
    return _CODES[field.kind].short.format(**words(field))


def prompt(field: Field) -> str:
    """Give the text that is shown when the cell is selected: how it is filled in, then the field's own prompt."""
    measure = f",以{field.measure}为单位,只填数字" if field.measure else ",只填数字"
    how = "" if field.options_from else _HOW[field.kind].format(**words(field), measure=measure)
    return how + field.prompt


_HOW = {
    Kind.CHOICE: "从列表选择:{options}。",
    Kind.WHOLE: "填{minimum}至{maximum}的整数{measure}。",
    Kind.DECIMAL: "填{minimum}至{maximum}的数,最多{places}位小数{measure}。",
    Kind.DATE: "填{minimum}至{maximum}的日期,例如{example}。",
    Kind.TEXT: "填文字,不超过{length}个字。",
}


def status(checks: Iterable[Check], otherwise: Expr, weights: Weights = NO_WEIGHTS) -> Expr:
    """Give what the row's result column shows: the first check that holds, errors before doubts, else `otherwise`.

    `weights` are what the office has made of findings by the day of issue: what is switched off is not shown.
    """
    every = ((weights.get(each.code) or usual(each.code), each) for each in checks)
    shown = sorted((each for each in every if each[0] in MARKS), key=lambda each: list(MARKS).index(each[0]))
    said = (_beginning(weight, each.code.short) + each.code.short.format(**each.words) for weight, each in shown)
    return x.first_of(tuple(zip((each.when for _, each in shown), map(Const, said), strict=True)), otherwise)


def _beginning(weight: Weight, said: str) -> str:
    return "" if said.startswith(TO_FILL) else MARKS[weight]


# What a result begins with, in words, so that it reads without its colour.
TO_FILL, WRONG, TO_CONFIRM, NOTED = "待填", "错误:", "请核实:", "提示:"
MARKS: Mapping[Weight, str] = {Weight.ERROR: WRONG, Weight.CONFIRM: TO_CONFIRM, Weight.NOTE: NOTED}
"""In the order in which they are shown; what asks to be filled in begins with that word of its own."""
