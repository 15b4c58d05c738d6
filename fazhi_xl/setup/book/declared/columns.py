"""The columns of the workbook's tables: each is a field of a model, and takes its title, its form and its purpose from there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum, auto
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from fazhi_xl.notice.meanings import PARTS, choice_meaning, meaning
from fazhi_xl.notice.model import Level
from fazhi_xl.notice.rules import Plain
from fazhi_xl.notice.titles import TITLES


class Form(Enum):
    """How a value stands in one cell."""

    TEXT = auto()
    WHOLE = auto()
    NUMBER = auto()
    DAY = auto()
    SWITCH = auto()  # 是 or 否
    CHOICE = auto()  # a word out of some
    LINES = auto()  # a list of texts, one a line
    NUMBERS = auto()  # a list of numbers, one a line
    PAIRS = auto()  # `name=text`, one a line
    POINTS = auto()  # `name=number`, one a line
    LEVELS = auto()  # tables of a name and its points, written as POINTS
    VALUE = auto()  # any value of a catalogue, as TOML writes it


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: the field of a model, and the place of its value within the row's table (`on_time.day`).

    `over` names the sheets whose rows it names.
    """

    models: tuple[type[Plain], ...]  # one, or all those of which a row may be
    path: str
    title: str = ""
    width: float = 12
    over: tuple[str, ...] = ()
    by_id: bool = False  # files name the other thing by its id, the workbook by the name that people know
    hint: str = ""  # instead of the field's purpose
    exact: bool = False  # a text that looks like a number and is none: 15.10
    own: Form | None = None  # of what is no field of a model: a name, a position
    own_words: Mapping[str, str] | None = None

    @property
    def field(self) -> str:
        """The name of the field."""
        return self.path.rpartition(".")[2]

    @property
    def own_position(self) -> bool:
        """Whether it holds the position of a row among its neighbours, counted from 1."""
        return self.own is Form.WHOLE

    @property
    def head(self) -> str:
        """What stands above the column."""
        return self.title or TITLES[self.field]

    @property
    def purpose(self) -> str:
        """What the field is for, as the input message says it."""
        said = next(filter(None, (meaning(model, self.field) for model in self._having)), "")
        return self.hint or in_words(said)

    @property
    def _having(self) -> tuple[type[Plain], ...]:
        return tuple(model for model in self.models if self.field in model.model_fields)

    def form(self, model: type[Plain] | None = None) -> Form:
        """Say how its value stands in a cell, in a row of one of its models."""
        if self.own:
            return self.own
        having = self._having
        return form_of(model if model in having and model else having[0], self.field)

    @property
    def words(self) -> Mapping[str, str]:
        """The words that it offers, by what files write; none where it takes any."""
        return (self.own_words or {}) if self.own else words_of(self._having[0], self.field)

    @property
    def default(self) -> Any:  # noqa: ANN401 - the default of any field
        """What holds where its cell is blank; None where it has to be filled in."""
        if self.own:
            return None
        held = self._having[0].model_fields[self.field]
        return None if held.is_required() else held.default


_ASIDE = re.compile(r"[((][A-Za-z_.]+[))]")
_NAME = re.compile(r" ?\b([A-Za-z_]{2,})\b ?")
_SWITCH: Mapping[str, str] = MappingProxyType({"true": "“是”", "false": "“否”"})


def in_words(said: str) -> str:
    """Word what a field is for without the names that files have: 与 year 一致 is 与“年度”一致."""

    def word(found: re.Match[str]) -> str:
        title = TITLES.get(found[1])
        return _SWITCH.get(found[1]) or (f"“{title}”" if title else found[0])

    return _NAME.sub(word, _ASIDE.sub("", said))


def columns(model: type[Plain], *fields: str, **more: Mapping[str, Any]) -> tuple[Column, ...]:
    """Make the columns of a model's fields, in this order; `more` says by field what is not usual of one."""
    return tuple(Column(models=(model,), path=field, **more.get(field, {})) for field in fields)


@lru_cache(maxsize=512)
def form_of(model: type[Plain], field: str) -> Form:
    """Say how a field's value stands in a cell."""
    return _form(model.model_fields[field].annotation)


_SIMPLE: Mapping[object, Form] = MappingProxyType(
    {str: Form.TEXT, int: Form.WHOLE, bool: Form.SWITCH, Decimal: Form.NUMBER, float: Form.NUMBER, date: Form.DAY}
)


def _form(annotation: Any) -> Form:  # noqa: ANN401 - any annotation of a field
    if isinstance(annotation, type) and annotation in _SIMPLE:
        return _SIMPLE[annotation]
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return Form.CHOICE
    origin, inner = get_origin(annotation), [each for each in get_args(annotation) if each is not type(None)]
    if origin is Literal:
        return Form.CHOICE
    if origin is tuple:
        return Form.LEVELS if inner[0] is Level else Form.LINES if _form(inner[0]) is Form.TEXT else Form.NUMBERS
    if origin is dict:
        return Form.PAIRS if _form(inner[1]) is Form.TEXT else Form.POINTS
    return Form.NUMBER if Fraction in inner else _form(inner[0])  # points are an int or a fraction


@lru_cache(maxsize=512)
def words_of(model: type[BaseModel], field: str) -> Mapping[str, str]:
    """Give the words that a field is chosen from, by the values that files write for them."""
    annotation = model.model_fields[field].annotation
    if get_origin(annotation) is Literal:
        return PARTS
    kinds = [annotation, *get_args(annotation)]
    chosen = next((each for each in kinds if isinstance(each, type) and issubclass(each, StrEnum)), None)
    return {each.value: choice_meaning(each) for each in chosen} if chosen else {}
