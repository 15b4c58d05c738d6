"""Where problems of a catalogue and remarks on it stand, as the office looks for them: the line, and the thing's Chinese name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from fazhi_xl.errors import Problem
from fazhi_xl.notice.lines import Place, line_numbers
from fazhi_xl.notice.lint_remark import LintRemark
from fazhi_xl.notice.source import Source, item_no
from fazhi_xl.notice.titles import TITLES
from fazhi_xl.text.one_line import cut

# What an element of a list is called by, in this order.
_CALLED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sub_points": ("code",),
        "inputs": ("label", "key"),
        "units": ("short", "name"),
        "members": ("unit",),
        "readings": ("key",),
        "options": ("key",),
        "indicators": ("no",),
        "feeds": ("input",),
        "switches": ("finding",),
    }
)
_USUAL = ("label", "name", "key", "code", "text")
_STEP = re.compile(r'\[(\d+)\]|\.?"((?:[^"\\]|\\.)*)"|\.?([^.\[\]"]+)', re.DOTALL)
_NAME_LENGTH = 24


_Placed = TypeVar("_Placed", Problem, LintRemark)


def located(said: _Placed, folder: Path, source: Source) -> _Placed:
    """Give a problem or remark with its line and with what it is about; one in a file that could not be read keeps its place."""
    place, file = place_of(said.path), _as_named(said.file, source)
    return replace(said, file=file, line=_line(folder / file, place), thing=_thing(file, place, source))


def _as_named(file: str, source: Source) -> str:
    """Give the file of an item as the folder names it: `items/7.toml` may stand for `items/07.toml`."""
    item = None if file in source.files or file in source.unread else item_no(file)
    return next((each for each in source.items if item and item_no(each) == item), file)


def place_of(path: str) -> Place:
    """Take a path as `path_text` writes it apart: `sub_points[3].points`."""
    return tuple(_step(*found.groups()) for found in _STEP.finditer(path))


def _step(index: str | None, quoted: str | None, plain: str) -> str | int:
    if index is not None:
        return int(index)
    return plain if quoted is None else re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL)


def _line(path: Path, place: Place) -> int | None:
    """Find the line of a place, or of the nearest table around it that the file has."""
    try:
        known = line_numbers(path.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, ValueError):
        return None
    around = (place[:length] for length in range(len(place), 0, -1))
    return next((known[each] for each in around if each in known), None)


def _thing(file: str, place: Place, source: Source) -> str:
    """Name what a place is about: 第15项 得分点“15.4”的分值."""
    item = item_no(file)
    named = [f"第{item}项"] if item else []
    node: Any = source.table(file)
    for at, step in enumerate(place):
        node = _inside(node, step)
        if isinstance(step, int):
            named.append(_element(str(place[at - 1]), step, node))
        elif at == len(place) - 1 and step in TITLES and place[at - 1 : at] != ("colours",):
            named.append(f"的{TITLES[step]}" if named else TITLES[step])
    return " ".join(named).replace(" 的", "的")


def _inside(node: Any, step: str | int) -> Any:  # noqa: ANN401 - a node of a parsed TOML file can be anything
    if isinstance(node, dict):
        return node.get(str(step))
    return node[step] if isinstance(node, list) and isinstance(step, int) and step < len(node) else None


def _element(section: str, at: int, node: Any) -> str:  # noqa: ANN401 - as above
    """Name an element of a list, by what it is called, else by its position counted from 1."""
    title = TITLES.get(section, section)
    name = next(_names(section, node), "")
    return f"{title}“{cut(name, _NAME_LENGTH)}”" if name else f"{title}第{at + 1}个"


def _names(section: str, node: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    if isinstance(node, str):
        yield node
    if isinstance(node, dict):
        fields = _CALLED.get(section, _USUAL)
        yield from (str(node[field]) for field in fields if isinstance(node.get(field), str | int))
