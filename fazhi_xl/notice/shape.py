"""Validates each file against its model, and words every fault that pydantic finds, with its place, in plain Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from fazhi_xl.errors import Problem
from fazhi_xl.notice.choices import KINDS_OF_CHOICES
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
    Switch,
    Text,
    Unit,
    Veto,
)
from fazhi_xl.notice.patterns import FORMS
from fazhi_xl.notice.registers import Register
from fazhi_xl.notice.rules import TERM_TAGS, Plain
from fazhi_xl.notice.shape_faults import ShapeFault
from fazhi_xl.notice.source import FILES, Source, TomlTable
from fazhi_xl.notice.theme import Theme
from fazhi_xl.points import FINEST
from fazhi_xl.text.said import Choices, Parts, Said

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


class SwitchesFile(Plain):
    switches: tuple[Switch, ...]


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
        "switches.toml": SwitchesFile,
    }
)

# pydantic's error types, by family.
MESSAGES: Mapping[str, ShapeFault] = MappingProxyType(
    {
        "missing": ShapeFault.MISSING,
        "extra_forbidden": ShapeFault.EXTRA,
        "string_type": ShapeFault.TEXT,
        "string_too_short": ShapeFault.BLANK,
        **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), ShapeFault.WHOLE),
        **dict.fromkeys(("decimal_type", "decimal_parsing", "finite_number"), ShapeFault.FIGURE),
        **dict.fromkeys(("bool_type", "bool_parsing"), ShapeFault.SWITCH),
        **dict.fromkeys(("date_type", "date_parsing"), ShapeFault.DAY),
        **dict.fromkeys(("date_from_datetime_parsing", "date_from_datetime_inexact"), ShapeFault.DAY),
        "tuple_type": ShapeFault.LIST,
        **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), ShapeFault.TABLE),
        "union_tag_not_found": ShapeFault.NO_KIND,
        "greater_than": ShapeFault.ABOVE,
        "greater_than_equal": ShapeFault.AT_LEAST,
        "less_than_equal": ShapeFault.AT_MOST,
        "too_short": ShapeFault.TOO_FEW,
        "too_long": ShapeFault.TOO_MANY,
        "enum": ShapeFault.CHOICE,
        "union_tag_invalid": ShapeFault.KIND,
        "value_error": ShapeFault.VALUE,
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
    return path_text(*steps, *_field_meant(fault))


def _field_meant(fault: ErrorDetails) -> Iterator[str]:
    """Name the field of a table that a fault of the whole table is to be looked at in."""
    if fault["type"].startswith("union_tag"):
        yield "kind"
    message = _own_message(fault)
    if message is not None and "at" in message.values:
        yield str(message.values["at"])


def _own_message(fault: ErrorDetails) -> Said | None:
    error = fault.get("ctx", {}).get("error")
    said = error.args[0] if isinstance(error, ValueError) and error.args else None
    return said if isinstance(said, Said) else None


def _without_tags(loc: tuple[int | str, ...], table: TomlTable) -> Iterator[int | str]:
    """Drop the discriminators that pydantic puts into a location: they are no keys of the file."""
    node: Any = table
    for at, step in enumerate(loc):
        if isinstance(node, dict) and _is_tag(loc[:at], step, node):
            continue
        yield step
        node = _inside(node, step)


def _is_tag(before: tuple[int | str, ...], step: int | str, node: TomlTable) -> bool:
    """Say whether a step is a discriminator: behind a part of a rule its kind, which can be the name of a field as well (bands)."""
    if before[-2:-1] == ("parts",):
        return bool(node.get("kind") == step)
    return step in TERM_TAGS and step not in node


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
    context, kind = fault.get("ctx", {}), fault["type"]
    if kind == "string_pattern_mismatch":
        return FORMS[context["pattern"]]()
    own, found = _own_message(fault), MESSAGES.get(kind, ShapeFault.OTHER)
    return (
        own
        if own is not None
        else found(type=kind, **{name: value for take in _VALUES for name, value in take(context)})
    )


def _bound(context: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Give the bound that a value goes over, and a number within it."""
    for name, step in (("gt", 1), ("ge", 0), ("le", 0), ("min_length", 0), ("max_length", 0)):
        if name in context:
            yield "bound", context[name]
            yield "example", context[name] + step


def _choices(context: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Give the choices of an enum, and the kinds of rules, that pydantic names in a text: `'zero' or 'linear'`."""
    if "expected" in context:
        values = re.findall(r"'(.*?)'", context["expected"])
        of = next(each for each in KINDS_OF_CHOICES if [*each] == values)
        yield "choices", Choices(tuple(of))
        yield "first", Choices(tuple(of)[:1])
    if "expected_tags" in context:
        yield "tag", str(context["tag"])
        yield "kinds", Parts(tuple(re.findall(r"'(.*?)'", context["expected_tags"])))


def _error(context: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    if "error" in context:
        yield "error", str(context["error"])


_VALUES = (_bound, _choices, _error)
