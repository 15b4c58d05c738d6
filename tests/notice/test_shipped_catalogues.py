"""Every catalogue in workbook_templates holds by itself: it loads, with each answer to its open questions, and says what it shows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from shutil import copytree

import pytest

from fazhi_xl.notice.lint import lint
from fazhi_xl.notice.load import alternatives, load
from tests.notice.campaigns import CAMPAIGN, TEMPLATES

SHIPPED = tuple(sorted(path.parent for path in TEMPLATES.glob("*/notice.toml")))
OTHERS = tuple(folder for folder in SHIPPED if not folder.name.startswith("zhonglou-"))

# Words of the notice of 2020 and of its field, which no other notice has.
WORDS_OF_2020 = re.compile(
    "法治环境指数|信息报送|综合信息|简报|监测评价系统|附件1|第20项|五方面|省部级|参考等次|分管领导|2020"
)

other = pytest.mark.parametrize("folder", OTHERS, ids=lambda folder: folder.name)


def test_shipped() -> None:
    """There is more than the notice of 2020."""
    assert CAMPAIGN in SHIPPED
    assert OTHERS


@other  # test_readings goes through those of 2020
def test_every_answer_loads(folder: Path, tmp_path: Path) -> None:
    """Whatever is chosen where the notice leaves a question open, the catalogue holds."""
    path = Path(copytree(folder, tmp_path / folder.name)) / "readings.toml"
    said = path.read_text("utf-8") if path.exists() else ""
    for reading in tomllib.loads(said).get("readings", ()):
        line = f'chosen = "{reading["chosen"]}"'
        place = said.index(line, said.index(f'key = "{reading["key"]}"'))
        for option in reading["options"]:
            chosen = f'chosen = "{option["key"]}"'
            path.write_text(f"{said[:place]}{chosen}{said[place + len(line) :]}", "utf-8")
            assert load(path.parent).units, (reading["key"], option["key"])


@other
def test_nothing_odd(folder: Path) -> None:
    """An invented catalogue is a pattern to copy: there is nothing to remark on."""
    assert lint(load(folder)) == ()


@other
def test_words(folder: Path) -> None:
    """No word of the notice of 2020 stands in another catalogue."""
    found = {path.name: WORDS_OF_2020.findall(path.read_text("utf-8")) for path in folder.rglob("*") if path.is_file()}
    assert not [name for name, words in found.items() if words]


@other
def test_says_what_it_shows(folder: Path) -> None:
    """The README names every kind of rule that the catalogue uses."""
    told = (folder / "README.md").read_text("utf-8")
    kinds = {part.kind for sub in load(folder).sub_points.values() for part in sub.rule.parts}
    assert sorted(kind for kind in kinds if f"`{kind}`" not in told) == []


def test_sensitivity_is_of_every_option_that_changes_anything() -> None:
    """An option that changes a rule is ranked too: the facts are scored again by it."""
    told = {reading.key for reading, _, _ in alternatives(TEMPLATES / "chengchuan-xiangzhen-2023")}
    assert told == {"铁路沿线范围", "不承担的任务", "不足一个百分点", "以上含本数", "再次发生", "邮件时间"}
