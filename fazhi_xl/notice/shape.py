"""Validates each file against its model, and words every fault that pydantic finds, with its place, in plain Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from fazhi_xl.errors import Problem
from fazhi_xl.notice.model import (
    PLACES,
    About,
    BonusForm,
    Contacts,
    Group,
    Index,
    Item,
    RankingGroup,
    Reading,
    Situation,
    SituationLimit,
    Text,
    Unit,
    Veto,
)
from fazhi_xl.notice.patterns import FORMS
from fazhi_xl.notice.registers import Register
from fazhi_xl.notice.rules import TERM_TAGS, Plain
from fazhi_xl.notice.source import FILES, Source, TomlTable
from fazhi_xl.notice.theme import Theme
from fazhi_xl.points import FINEST

Made = TypeVar("Made", bound=Plain)


class UnitsFile(Plain):
    units: tuple[Unit, ...] = Field(min_length=1)
    ranking_groups: tuple[RankingGroup, ...] = Field(min_length=1)


class GroupsFile(Plain):
    groups: tuple[Group, ...]


class DepartmentsFile(Plain):
    departments: dict[str, tuple[Text, ...]]


class AdjustmentsFile(Plain):
    bonus_form: BonusForm = BonusForm()
    bonus: tuple[Situation, ...] = ()
    deductions: tuple[Situation, ...] = ()
    limits: tuple[SituationLimit, ...] = ()
    vetoes: tuple[Veto, ...] = ()


class RegistersFile(Plain):
    registers: tuple[Register, ...]


class ReadingsFile(Plain):
    readings: tuple[Reading, ...]


MODELS: Mapping[str, type[Plain]] = MappingProxyType(
    {
        "notice.toml": About,
        "units.toml": UnitsFile,
        "groups.toml": GroupsFile,
        "departments.toml": DepartmentsFile,
        "adjustments.toml": AdjustmentsFile,
        "registers.toml": RegistersFile,
        "index.toml": Index,
        "contacts.toml": Contacts,
        "theme.toml": Theme,
        "readings.toml": ReadingsFile,
    }
)

_NUMBER, _WHOLE, _LIST, _TABLE = (
    "应为数字,例如 0.5",
    "应为整数,例如 3",
    "应为列表,用方括号括起来",
    "应为一组“名称 = 值”",
)
_DAY, _SWITCH = "应为日期,例如 2031-11-20(不加引号)", "应为 true 或 false"

# pydantic's error types, by family.
MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "missing": "缺少此项",
        "extra_forbidden": "没有这个名称,请检查拼写",
        "string_type": "应为文字,用引号括起来",
        "string_too_short": "不能为空",
        "int_type": _WHOLE,
        "int_parsing": _WHOLE,
        "int_from_float": _WHOLE,
        "decimal_type": _NUMBER,
        "decimal_parsing": _NUMBER,
        "finite_number": _NUMBER,
        "bool_type": _SWITCH,
        "bool_parsing": _SWITCH,
        "date_type": _DAY,
        "date_parsing": _DAY,
        "date_from_datetime_parsing": _DAY,
        "date_from_datetime_inexact": _DAY,
        "tuple_type": _LIST,
        "dict_type": _TABLE,
        "model_type": _TABLE,
        "model_attributes_type": _TABLE,
        "union_tag_not_found": "缺少规则种类 kind",
        "greater_than": "应大于{gt}",
        "greater_than_equal": "不能小于{ge}",
        "less_than_equal": "不能大于{le}",
        "too_short": "至少要有{min_length}项",
        "too_long": "最多{max_length}项",
        "enum": "应为其中之一:{expected}",
        "union_tag_invalid": "没有“{tag}”这种规则,应为其中之一:{expected_tags}",
        "value_error": "{error}",
    }
)


def shape_problems(source: Source) -> Iterator[Problem]:
    """Yield the faults of every file, in the order of the files; points have at most the places of `scoring.places`."""
    allowed = {PLACES: _places(source.table("notice.toml"))}
    for file in FILES:
        if file in source.files:
            yield from _problems(file, MODELS[file], source.table(file), allowed)
    for file in source.items:
        yield from _problems(file, Item, source.table(file), allowed)


def _places(about: TomlTable) -> int:
    """Give the places that the catalogue keeps; where it says nothing sensible, the fewest."""
    scoring = about.get("scoring")
    return FINEST if isinstance(scoring, dict) and scoring.get("places") == FINEST else 2


def fitting(model: type[Made], table: TomlTable) -> Made | None:
    """Give the model that the table is a valid value of; None where it is none, which `shape_problems` reports."""
    try:
        return model.model_validate(table)
    except ValidationError:
        return None


def _problems(
    file: str, model: type[Plain], table: TomlTable, context: Mapping[str, int] | None = None
) -> Iterator[Problem]:
    try:
        model.model_validate(table, context=context)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        for fault in (each for each in faults if not _follows(each, faults)):
            yield Problem(file=file, path=_path(fault, table), message=_message(fault))


def _follows(fault: ErrorDetails, faults: list[ErrorDetails]) -> bool:
    """Tell whether a list is reported as too short only because its members are invalid."""
    loc = fault["loc"]
    inner = (each["loc"] for each in faults if len(each["loc"]) > len(loc))
    return fault["type"] == "too_short" and any(each[: len(loc)] == loc for each in inner)


def _path(fault: ErrorDetails, table: TomlTable) -> str:
    steps = tuple(_without_tags(fault["loc"], table))
    return path_text(*steps, *(("kind",) if fault["type"].startswith("union_tag") else ()))


def _without_tags(loc: tuple[int | str, ...], table: TomlTable) -> Iterator[int | str]:
    """Drop the discriminators that pydantic puts into a location: they are no keys of the file."""
    node: Any = table
    for step in loc:
        if isinstance(node, dict) and step not in node and (node.get("kind") == step or step in TERM_TAGS):
            continue
        yield step
        node = _inside(node, step)


def _inside(node: Any, step: int | str) -> Any:  # noqa: ANN401 - a node of a parsed TOML file can be anything
    if isinstance(node, dict):
        return node.get(str(step))
    return node[step] if isinstance(node, list) and isinstance(step, int) and step < len(node) else None


def path_text(*steps: int | str) -> str:
    """Write a place within a file: `sub_points[3].points`; what TOML would quote is quoted."""
    written = "".join(f"[{step}]" if isinstance(step, int) else f".{_quoted(step)}" for step in steps)
    return written.removeprefix(".")


def _quoted(step: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9_-]+", step):
        return step
    escaped = re.sub(r'(["\\])', r"\\\1", step)
    return f'"{escaped}"'


def _message(fault: ErrorDetails) -> str:
    context = {key: _plain(value) for key, value in fault.get("ctx", {}).items()}
    if fault["type"] == "string_pattern_mismatch":
        return FORMS[fault["ctx"]["pattern"]]
    return MESSAGES.get(fault["type"], "内容不对({type})").format(type=fault["type"], **context)


def _plain(value: object) -> str:
    return str(value).replace("'", "").replace(" or ", "、").replace(", ", "、")
