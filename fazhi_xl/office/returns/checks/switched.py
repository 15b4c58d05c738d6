"""What the office has made of findings, applied to those of a return: the one place where that decides of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.findings.adjustable import IN_FORMS, Weight, Weights, usual
from fazhi_xl.form.checks import MARKS
from fazhi_xl.form.model import Shape

_NAMED = 3  # places in one message
_SAID_NOTHING = "没有提"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The findings of a return that are told, and those that the office has switched off."""

    told: tuple[Finding, ...]
    off: tuple[Finding, ...] = ()


def weighed(found: Iterable[Finding], weights: Weights, says: Weights, shape: Shape) -> Weighed:
    """Weigh a return's findings by what counts on the day of its receipt, and tell where its form, which `says` it otherwise, differs."""
    every = tuple(found)
    if not (weights or says):
        return Weighed(told=every)
    told = tuple(_set(each, weights[each.code]) if each.code in weights else each for each in every)
    kept = tuple(each for each in told if each is not None)
    off = tuple(each for each in every if weights.get(each.code) is Weight.OFF)
    return Weighed(told=(*kept, *_otherwise(every, weights, says, shape)), off=off)


def _set(each: Finding, weight: Weight) -> Finding | None:
    return replace(each, set_to=weight.severity) if weight.severity else None


def _otherwise(found: Iterable[Finding], weights: Weights, says: Weights, shape: Shape) -> Iterator[Finding]:
    """Report once where the form says of a finding something else than counts now."""
    every = ((each, _weight(each, says), _weight(each, weights)) for each in found if each.code in IN_FORMS)
    apart = [(each, then, now) for each, then, now in every if then is not now]
    if apart:
        said = ";".join(_said(each, then, now, shape) for each, then, now in apart[:_NAMED])
        more = "等" if len(apart) > _NAMED else ""
        yield finding(Code.RULE_SWITCHED, value=f"{said}{more}", count=len(apart))


def _weight(each: Finding, known: Weights) -> Weight:
    return known.get(each.code) or usual(each.code)


def _said(each: Finding, then: Weight, now: Weight, shape: Shape) -> str:
    field = shape.fields.get(each.place.field or "")
    where = f"{field.row} {field.label}" if field else ""
    return f"{where}表里{_word(then)},现在按“{now.word}”"


def _word(weight: Weight) -> str:
    return f"写“{MARKS[weight].rstrip(':')}”" if weight in MARKS else _SAID_NOTHING
