"""The lines of a TOML file's keys, and how a problem is told with its line and its thing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from fazhi_xl.errors import BrokenCatalogueError
from fazhi_xl.notice.lines import Place, line_numbers
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import FORMAT, Item
from fazhi_xl.notice.rules import Plain
from fazhi_xl.notice.shape import MODELS
from fazhi_xl.notice.titles import TITLES
from tests.notice.campaigns import TEMPLATES
from tests.notice.conftest import Edit

TEXT = '''# 说明 [不是表]
a = 1
"键 名" = "带 # 和 ] 的文字"
b.c = [1, [2,
  3], { d = "x", e = [4] }]
long = """
[假的]
f = 1
"""

[one]
g = 'C:\\目录'
[[many]]
h = 2020-01-01
[[many]]
h = 1
[many.inner]
i = true
[[many.deep]]
j = """短\\""""""
'''
LINES: dict[Place, int] = {
    ("a",): 2,
    ("键 名",): 3,
    ("b", "c"): 4,
    ("b", "c", 0): 4,
    ("b", "c", 1, 0): 4,
    ("b", "c", 1, 1): 5,
    ("b", "c", 2, "d"): 5,
    ("b", "c", 2, "e", 0): 5,
    ("long",): 6,
    ("one",): 11,
    ("one", "g"): 12,
    ("many", 0): 13,
    ("many", 0, "h"): 14,
    ("many", 1): 15,
    ("many", 1, "h"): 16,
    ("many", 1, "inner"): 17,
    ("many", 1, "inner", "i"): 18,
    ("many", 1, "deep", 0): 19,
    ("many", 1, "deep", 0, "j"): 20,
}


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_lines(ends: str) -> None:
    """Every key and element has the line on which it stands; texts and comments are no keys."""
    tomllib.loads(TEXT)
    found = line_numbers(TEXT.replace("\n", ends))
    assert {place: found.get(place) for place in LINES} == LINES
    assert ("f",) not in found


def _walk(node: object, place: Place = ()) -> Iterator[Place]:
    yield place
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _walk(value, (*place, key))
    if isinstance(node, list):
        for at, value in enumerate(node):
            yield from _walk(value, (*place, at))


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.toml")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_place_of_every_catalogue(path: Path) -> None:
    """Nothing of the shipped files lacks a line, and no line is of anything else."""
    text = path.read_text("utf-8")
    found, places = line_numbers(text), set(_walk(tomllib.loads(text))) - {()}
    assert set(found) == places
    for place in places:
        key = next(step for step in reversed(place) if isinstance(step, str))
        assert key in text.splitlines()[found[place] - 1] or isinstance(place[-1], int)


# How problems are told ------------------------------------------------------------------------------------------------

SUB = "(sub_points[5].rule.parts[0].terms[1].input)"
TOLD = [
    (
        "items/15.toml",
        "points = 10\n",
        'points = "10"\n',
        "items/15.toml 第65行:第15项 得分点“15.4”的分值(sub_points[3].points):应为数字,例如 0.5",
    ),
    (
        "units.toml",
        'short = "政府办"',
        "short = 3",
        "units.toml 第39行:单位“3”的简称(units[2].short):应为文字,用引号括起来",
    ),
    ("notice.toml", "year = 2020\n", "", "notice.toml:年度(year):缺少此项"),
    (
        "registers.toml",
        "day = 15",
        "day = 40",
        "registers.toml 第15行:登记“信息报送”的日(registers[0].on_time.day):不能大于28",
    ),
    (
        "items/20.toml",
        '"录用篇数", each',
        '"采用", each',
        f"items/20.toml 第100行:第20项 得分点“20.6” 规则各条第1个 各项第2个的填报指标{SUB}:没有“采用”这个填报指标",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "told"), TOLD)
def test_told(folder: Path, edit: Edit, file: str, old: str, *, new: str, told: str) -> None:
    """A problem names file and line, the thing in Chinese, the place, and what is wrong."""
    edit(file, old, new)
    with pytest.raises(BrokenCatalogueError) as caught:
        load(folder)
    assert told in [problem.told for problem in caught.value.problems]


def test_a_file_that_is_none(folder: Path) -> None:
    """A file that is missing or no TOML has no line."""
    (folder / "notice.toml").unlink()
    with pytest.raises(BrokenCatalogueError) as caught:
        load(folder)
    assert caught.value.problems[0].told == "notice.toml:缺少此文件"


def _fields(schema: dict[str, object]) -> Iterator[str]:
    for key, value in schema.items():
        if key == "properties" and isinstance(value, dict):
            yield from value
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield from _fields(each)


def test_every_field_has_a_name() -> None:
    """Each field that a catalogue may write has a Chinese name, and no name is of nothing."""
    models: tuple[type[Plain], ...] = (*MODELS.values(), Item)
    written = {name for model in models for name in _fields(model.model_json_schema())}
    assert written == set(TITLES)
    assert FORMAT == 2
