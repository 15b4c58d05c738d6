"""What the values of a catalogue say in Chinese, as the office reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from fazhi_xl.findings.adjustable import finding_name
from fazhi_xl.notice.meanings import choice_meaning
from fazhi_xl.notice.model import Switch
from fazhi_xl.notice.rules import Plain
from fazhi_xl.notice.titles import TITLES
from fazhi_xl.points import short
from fazhi_xl.text.dates import chinese_date

_YES_NO = {True: "是", False: "否"}


def said(value: object, field: FieldInfo | None = None) -> str:
    """Give a value of a field in words; blank where there is nothing. Points are hundredths, and are written as points."""
    match value:
        case Plain():
            return ";".join(f"{title}:{text}" for title, text in _fields(value))
        case Mapping():
            return "、".join(f"{entry(str(key))}:{said(each, field)}" for key, each in value.items())
        case tuple() | list():
            listed = (f"({said(each)})" if isinstance(each, Plain | Mapping) else said(each) for each in value)
            return "、".join(listed).replace("。、", "。")
        case int() | Fraction() if field and in_points(field):
            return short(value)
        case _:
            return _word(value)


def _word(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _YES_NO[value]
        case StrEnum():
            return choice_meaning(value)
        case Decimal():
            return f"{value.normalize():f}"
        case date():
            return chinese_date(value)
        case _:
            return str(value)


def entry(key: str) -> str:
    """Name what stands under a key: a field by its title, what a reading patches (`groups.甲`, `rule.parts.0.below`) likewise."""
    head, _, name = key.partition(".")
    steps = key.removeprefix("about.").split(".")
    if name and not any(step in TITLES for step in steps[1:]) and head in TITLES:
        return f"{TITLES[head]}“{name}”"
    return "的".join(f"第{int(step) + 1}条" if step.isdecimal() else TITLES.get(step, step) for step in steps)


def _fields(value: Plain) -> list[tuple[str, str]]:
    """Give the fields that say something other than what holds without them, by their titles."""
    model = type(value).model_fields
    told = {name: getattr(value, name) for name in model}
    return [
        (
            TITLES.get(name, name),
            finding_name(each) if type(value) is Switch and name == "finding" else said(each, model[name]),
        )
        for name, each in told.items()
        if not _unsaid(name, model[name]) and each != model[name].get_default(call_default_factory=True) and said(each)
    ]


def _unsaid(name: str, field: FieldInfo) -> bool:
    """Say whether a person reads nothing in a field: an id beside a name, the kind of a rule beside what it is made of."""
    return name == "id" or get_origin(field.annotation) is Literal


def in_points(field: FieldInfo) -> bool:
    """Say whether a field holds points, which the program has in hundredths."""
    return _holds_fractions(field.annotation)


def _holds_fractions(annotation: Any) -> bool:  # noqa: ANN401 - any annotation of a field
    return annotation is Fraction or any(map(_holds_fractions, get_args(annotation)))
