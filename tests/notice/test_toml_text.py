"""Tables are written as TOML: new ones as the shipped catalogues are laid out, others as their text was."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from fazhi_xl.notice.layout import layout_of
from fazhi_xl.notice.lines import Place
from fazhi_xl.notice.pairing import same
from fazhi_xl.notice.source import TomlTable, parsed
from fazhi_xl.notice.toml_text import toml_text
from tests.notice.campaigns import TEMPLATES
from tests.support.random_catalogues import HOSTILE

SHIPPED = sorted(TEMPLATES.rglob("*.toml"))
NAMES = [f"{path.parent.parent.name}/{path.parent.name}/{path.name}" for path in SHIPPED]

NEW: TomlTable = {
    "no": 7,
    "name": '带"引号"、\\和\n换行',
    "responsible": ["甲局", "@乙组"],
    "sub_points": [
        {
            "code": "7.1",
            "points": Decimal("0.50"),
            "points_by_group": {"甲": 1, "a.b": 2},
            "inputs": [{"key": "次数", "label": "活动", "required": False, "latest": date(2031, 12, 31)}],
            "rule": {"parts": [{"kind": "bands", "bands": [{"at_least": 3, "points": Decimal("0.125")}]}]},
        },
        {"code": "7.2", "points": 2, "inputs": [], "rule": {"parts": [{"kind": "yes", "input": "甲"}]}},
    ],
}
NEW_TEXT = """\
no = 7
name = "带\\"引号\\"、\\\\和\\n换行"
responsible = ["甲局", "@乙组"]

[[sub_points]]
code = "7.1"
points = 0.50
points_by_group = { "甲" = 1, "a.b" = 2 }
inputs = [
    { key = "次数", label = "活动", required = false, latest = 2031-12-31 },
]
[sub_points.rule]
parts = [
    { kind = "bands", bands = [{ at_least = 3, points = 0.125 }] },
]

[[sub_points]]
code = "7.2"
points = 2
inputs = []
[sub_points.rule]
parts = [
    { kind = "yes", input = "甲" },
]
"""


def test_new_table() -> None:
    """A new table has a line for each input and part, headers for sub-points and rules, and figures as they came."""
    assert toml_text(NEW) == NEW_TEXT


FORMER = """\
# 名单。
# 共三家。

# 组
[[ranking_groups]]
code = "A"

# ―― 单位 ――

# 第一家
[[units]]
no = 1  # 序号
name   = '甲局'
aliases = ["甲"]

# 第二家
[[units]]
no = 2
name = "乙局"
aliases = [
    "乙",  # 旧称
    # 更早的
    "乙丙",
]

[[units]]  # 第三家
no = 3
name = "丁局"
# 以上按名单。
"""


def _units(change: str) -> TomlTable:
    table = parsed(FORMER)
    units = table["units"]
    match change:
        case "gone":
            del units[0]
        case "moved":
            units.insert(0, units.pop())
        case "new":
            units.insert(1, {"no": 9, "name": "戊局"})
        case "text":
            units[1]["name"] = "乙局机关"
        case "list":
            units[1]["aliases"] = ["乙丙", "新称"]
        case "key":
            units[0] = {"id": "甲", **units[0], "mail": ["a@b.c"]}
    return table


MERGED = {
    "gone": FORMER.replace("# 第一家\n[[units]]\nno = 1  # 序号\nname   = '甲局'\naliases = [\"甲\"]\n\n", ""),
    "text": FORMER.replace('"乙局"', '"乙局机关"'),
    "new": FORMER.replace("\n# 第二家", '\n[[units]]\nno = 9\nname = "戊局"\n\n# 第二家'),
    "list": FORMER.replace('    "乙",  # 旧称\n', "").replace('    "乙丙",\n', '    "乙丙",\n    "新称",\n'),
    "key": FORMER.replace("no = 1 ", 'id = "甲"\nno = 1 ').replace('["甲"]\n', '["甲"]\nmail = ["a@b.c"]\n'),
}


@pytest.mark.parametrize("change", MERGED)
def test_a_change_leaves_the_rest(change: str) -> None:
    """What did not change stays as it was written; comments go with what they stand at, headings stay."""
    assert toml_text(_units(change), FORMER) == MERGED[change]


def test_what_moves_takes_its_comments_along() -> None:
    """A table that moves up takes what is said of it along."""
    said = [text for _, text in layout_of(toml_text(_units("moved"), FORMER)).remarks()]
    assert said == ["名单。\n共三家。", "组", "第三家", "第一家", "序号", "第二家", "旧称", "更早的"]


REMARKS: dict[Place, str] = {
    (): "新的名单",
    ("units", 0): "",
    ("units", 0, "no"): "改了的",
    ("units", 1, "aliases", 1): "两行\n备注",
    ("units", 2): "第三家,\n在前",
    ("units", 2, "name"): "新的",
}
REMARKED = (
    FORMER.replace("# 名单。\n# 共三家。", "# 新的名单")
    .replace("# 第一家\n", "")
    .replace("# 序号", "# 改了的")
    .replace("    # 更早的", "    # 两行\n    # 备注")
    .replace("[[units]]  # 第三家", "# 第三家,\n# 在前\n[[units]]")
    .replace('"丁局"', '"丁局"  # 新的')
)


def test_remarks() -> None:
    """A remark replaces the comments of its place, an empty one takes them out, a new one of one line stands behind."""
    written = toml_text(parsed(FORMER), FORMER, REMARKS)
    assert written == REMARKED
    assert {place: text for place, text in layout_of(written).remarks() if place in REMARKS} == {
        place: text for place, text in REMARKS.items() if text
    }


def test_remarks_within_a_line() -> None:
    """What is said where no comment can stand, or of what is not there, is said of what is around it, and only once."""
    table: TomlTable = {"inputs": [{"key": "甲", "label": "乙"}]}
    remarks: dict[Place, str] = {("inputs", 0, "label"): "为什么", ("gone", 3): "不在的"}
    written = toml_text(table, "", remarks)
    assert written == '# 不在的\ninputs = [\n    { key = "甲", label = "乙" },  # 为什么\n]\n'
    assert toml_text(table, written, remarks) == written


@pytest.mark.parametrize("path", SHIPPED, ids=NAMES)
def test_shipped_files(path: Path) -> None:
    """Each shipped file is written as it is; and from its tables and comments alone, both are the same again."""
    text = path.read_text("utf-8")
    table, remarks = parsed(text), dict(layout_of(text).remarks())
    assert toml_text(table, text) == toml_text(table, text, remarks) == text
    anew = toml_text(table, "", remarks)
    assert dict(layout_of(anew).remarks()) == remarks


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_line_ends(ends: str) -> None:
    """A text keeps its line ends."""
    assert toml_text(_units("text"), FORMER.replace("\n", ends)) == MERGED["text"].replace("\n", ends)


def test_floats_are_refused() -> None:
    """A float is no figure of a catalogue: what it stands for is not exact."""
    with pytest.raises(TypeError):
        toml_text({"points": 0.1})


# By chance ------------------------------------------------------------------------------------------------------------

_TEXTS = (*HOSTILE, "", "\\", "'''", '"""', "#", "]", "a.b", "\r\n", "\x00\x1b\x7f\x85\u2028\ufeff", "😀", "长" * 3000)


def _value(dice: Random) -> Any:  # noqa: ANN401 - anything that TOML holds
    plain = (
        dice.choice(_TEXTS),
        dice.choice([0, -7, True]),
        Decimal("0.50"),
        Decimal("1E+5"),
        Decimal("nan"),
        Decimal("-inf"),
        date(2031, 2, 3),
    )
    tables = ({dice.choice(_TEXTS): 1}, [{"a": 1}, {"b": [{dice.choice(_TEXTS): 2}]}], [[1], [{"z": 1}]])
    return dice.choice((*plain, *tables, [], {}, ["字"] * 30))


def _holders(node: object) -> list[Any]:
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    held = [each for value in inner for each in _holders(value)]
    return [node, *held] if isinstance(node, dict | list) else held


def _places(node: object, place: Place = ()) -> list[Place]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [place, *(each for key, value in inner for each in _places(value, (*place, key)))]


def _edit(dice: Random, table: TomlTable) -> None:
    holder = dice.choice(_holders(table))
    if isinstance(holder, dict):
        key = dice.choice([*holder, *_TEXTS, "id", "rule", "changes", "options"])
        holder[key] = _value(dice)
        if dice.random() < 0.5:
            del holder[key]
    else:
        dice.shuffle(holder)
        holder[: dice.randint(0, 1)] = [_value(dice) if dice.random() < 0.3 else deepcopy(dice.choice(holder or [1]))]


def _edited(seed: int) -> bool:
    """Change a file's tables by chance, three times over; say whether the text held them each time, and was written the same again."""
    dice = Random(seed)
    text = dice.choice(SHIPPED).read_text("utf-8")
    for _ in range(3):
        table = parsed(text)
        for _ in range(dice.randint(1, 5)):
            _edit(dice, table)
        places = _places(table)
        remarks = {
            dice.choice(places): dice.choice(["备注", "两行\n文字", "", "#", "\x07", "甲\n\n乙"]) for _ in range(3)
        }
        text = toml_text(table, text, remarks)
        if not same(parsed(text), table) or toml_text(table, text) != text:
            return False
    return True


def test_edits_by_chance() -> None:
    """Whatever changes in whatever order, the text holds the tables, and is written the same again."""
    assert [seed for seed in range(20) if not _edited(seed)] == []


@pytest.mark.exhaustive
def test_many_edits_by_chance(request: pytest.FixtureRequest) -> None:
    """The same, drawn anew."""
    drawn = Random(request.node.name + str(Random().random()))
    assert [seed for seed in (drawn.randrange(10**9) for _ in range(600)) if not _edited(seed)] == []
