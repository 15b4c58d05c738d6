"""What a reading changes, in the words of the workbook: 得分点 1.2, 规则/规则各条/1/不足时, 不足的按比例得分.

Files write a target (`sub_points.1.2`), a path within it with positions from 0 (`rule.parts.0.below`) and a value (`linear`).
What is not known is left as it is written, and reported by the checks.
"""

# ruff: noqa: ANN401 - a change can be of any value
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, get_args

from fazhi_xl.notice.model import About, Group, Item, Situation, SubPoint, Unit
from fazhi_xl.notice.registers import Register
from fazhi_xl.notice.rules import Plain
from fazhi_xl.notice.titles import TITLES
from fazhi_xl.setup.book.cells import Cell, as_text, from_cell, to_cell
from fazhi_xl.setup.book.declared.columns import Form, form_of, words_of
from fazhi_xl.setup.book.declared.fields import head_of

ABOUT, TARGET, PLACE, VALUE = "通知", "对象", "哪一处", "改成"
_STEP = "/"
_MODELS: Mapping[str, tuple[type[Plain], str]] = MappingProxyType(
    {
        "sub_points": (SubPoint, "得分点"),
        "items": (Item, "项目"),
        "units": (Unit, "单位"),
        "groups": (Group, "单位组"),
        "bonus": (Situation, "加分情形"),
        "deductions": (Situation, "减分情形"),
        "registers": (Register, "登记簿"),
    }
)
"""What a change can name, with the sheet that names it."""
_DEPARTMENTS, _ABOUT_FILE = "departments", "about"
Names = Mapping[str, Mapping[str, str]]
"""What things are called, by their ids, by sheet."""


def shown(cells: Mapping[str, Cell], names: Names) -> dict[str, Cell]:
    """Word the cells of a change for the workbook."""
    target, place = as_text(cells.get(TARGET)), as_text(cells.get(PLACE))
    models = tuple(_models_of(target))
    words, field = _worded(place, models) if models else (place, None)
    value = from_cell(cells.get(VALUE), Form.VALUE)
    return {**cells, TARGET: _target_shown(target, names), PLACE: words, VALUE: _value_shown(value, field)}


def target_named(cells: Mapping[str, Cell], names: Names) -> dict[str, str]:
    """Give the id of what a change is about, where it is about a thing that there is."""
    kind, _, name = as_text(cells.get(TARGET)).partition(".")
    return {TARGET: name} if kind in _MODELS and name in names.get(_MODELS[kind][1], {}) else {}


Finding = Callable[[str, str], str]
"""Gives the id of what is called so on a sheet; the name itself where nothing is."""


def meant(cells: Mapping[str, Cell], find: Finding) -> dict[str, Cell]:
    """Give the cells of a change as files have them."""
    target = _target_meant(as_text(cells.get(TARGET)).strip(), find)
    said = as_text(cells.get(PLACE)).strip()
    models = tuple(_models_of(target))
    place, field = _unworded(said, models) if models else (said, None)
    return {**cells, TARGET: target or None, PLACE: place or None, VALUE: _value_meant(cells.get(VALUE), field)}


# The target -------------------------------------------------------------------------------------------------------------


def _models_of(target: str) -> Iterator[type[Plain]]:
    kind, _, rest = target.partition(".")
    if kind in _MODELS:
        yield _MODELS[kind][0]
    elif kind == _ABOUT_FILE:
        yield from _inner(About, rest) if rest else (About,)


def _target_shown(target: str, names: Names) -> str:
    kind, _, name = target.partition(".")
    if kind in _MODELS and name:
        sheet = _MODELS[kind][1]
        return f"{sheet} {names.get(sheet, {}).get(name, name)}"
    if kind == _ABOUT_FILE:
        return f"{ABOUT} {TITLES.get(name, name)}".strip()
    return TITLES[_DEPARTMENTS] if target == _DEPARTMENTS else target


def _target_meant(said: str, find: Finding) -> str:
    sheet, _, name = said.partition(" ")
    for kind, (_, called) in _MODELS.items():
        if sheet == called and name:
            return f"{kind}.{find(sheet, name.strip())}"
    if sheet == ABOUT:
        fields = {TITLES[field]: field for field in About.model_fields}
        return f"{_ABOUT_FILE}.{fields.get(name, name)}" if name else _ABOUT_FILE
    return _DEPARTMENTS if said == TITLES[_DEPARTMENTS] else said


# The place within it ----------------------------------------------------------------------------------------------------

_Field = tuple[type[Plain], str] | None


def _worded(place: str, models: tuple[type[Plain], ...]) -> tuple[str, _Field]:
    """Word a path, and give the field that it ends at; a path that the models do not have stays."""
    words: list[str] = []
    field: _Field = None
    for step in place.split("."):
        if step.isdecimal():
            words.append(str(int(step) + 1))
            field = None
            continue
        model = next((each for each in models if step in each.model_fields), None)
        if model is None:
            return place, None
        words.append(head_of(model.__name__, step))
        models, field = tuple(_inner(model, step)), (model, step)
    return _STEP.join(words), field


def _unworded(said: str, models: tuple[type[Plain], ...]) -> tuple[str, _Field]:
    steps: list[str] = []
    field: _Field = None
    for word in said.split(_STEP):
        if word.strip().isdecimal():
            steps.append(str(int(word) - 1))
            field = None
            continue
        every = ((model, name) for model in models for name in model.model_fields)
        field = next((each for each in every if head_of(each[0].__name__, each[1]) == word.strip()), None)
        if field is None:
            return said, None
        steps.append(field[1])
        models = tuple(_inner(*field))
    return ".".join(steps), field


def _inner(model: type[Plain], field: str) -> Iterator[type[Plain]]:
    """Yield the models of what a field holds."""
    if field in model.model_fields:
        yield from _models(model.model_fields[field].annotation)


def _models(annotation: Any) -> Iterator[type[Plain]]:
    if isinstance(annotation, type) and issubclass(annotation, Plain):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


# The value --------------------------------------------------------------------------------------------------------------


def _value_shown(value: Any, field: _Field) -> Cell:
    if field is None or _is_table(field):
        return to_cell(value, Form.VALUE)
    return to_cell(value, form_of(*field), words_of(*field))


def _value_meant(cell: Cell, field: _Field) -> Cell:
    if field is None or _is_table(field):
        return cell
    return to_cell(from_cell(cell, form_of(*field), words_of(*field)), Form.VALUE)


def _is_table(field: tuple[type[Plain], str]) -> bool:
    """Say whether a field holds tables, which only their own text can show."""
    return any(_inner(*field))
