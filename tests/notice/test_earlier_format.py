"""Catalogues of the format before: what they left to the code is read as the data that says it now."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from fazhi_xl.errors import BrokenCatalogueError
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import FORMAT, Notice
from tests.notice.conftest import Edit

ROUND = Path(__file__).parents[1] / "data/rounds/2026-11-28.zip"
KEPT = "存档/目录/zhonglou-2020/"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Give the catalogue that was kept with a round that was issued from format 1."""
    folder = tmp_path / "zhonglou-2020"
    with zipfile.ZipFile(ROUND) as packed:
        for name in packed.namelist():
            if name.startswith(KEPT) and name.endswith(".toml"):
                path = folder / name.removeprefix(KEPT)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(packed.read(name))
    return folder


SINCE = {"邮件时间"}  # readings that the catalogue did not have then


def test_the_same_notice(kept: Path, notice: Notice) -> None:
    """The catalogue of 2020 says the same in both formats, in its own colours."""
    assert "format" not in (kept / "notice.toml").read_text("utf-8")
    found = load(kept)
    assert found.about.format == FORMAT
    assert found == notice.model_copy(
        update={"folder": kept.resolve(), "readings": found.readings, "theme": found.theme}
    )
    since = [(each.key, each.choice) for each in notice.readings if each.key not in SINCE]
    assert [(each.key, each.choice) for each in found.readings] == since


REFUSED = {"按首列单位", "60日", "不高于上年", "计报送分", "计0分", "合计后四舍五入", "判逾期"}


def test_options_that_could_not_be_chosen(kept: Path) -> None:
    """What an earlier version listed as `available = false` is no option any more: whoever chooses it is told which there are."""
    path = kept / "readings.toml"
    said = path.read_text("utf-8")
    assert said.count("\navailable = false") == len(REFUSED)
    assert not REFUSED & {option.key for reading in load(kept).readings for option in reading.options}
    path.write_text(said.replace('chosen = "不排名"', 'chosen = "计0分"'), "utf-8")
    with pytest.raises(BrokenCatalogueError) as caught:
        load(kept)
    assert [each.message for each in caught.value.problems] == ["没有“计0分”这个选项,应为其中之一:不排名"]


def test_an_option_that_is_said_to_be_available(folder: Path, edit: Edit) -> None:
    """A catalogue of this format that still says so of an option is read without it, and one that says the reverse loses the option."""
    edit("readings.toml", 'key = "26家"\n', 'key = "26家"\navailable = true\n')
    edit("readings.toml", 'key = "23家"\n', 'key = "23家"\navailable = false\n')
    reading = next(each for each in load(folder).readings if each.key == "行政执法部门范围")
    assert [option.key for option in reading.options] == ["27家", "26家"]


def test_a_reading_that_changes_a_rule(kept: Path) -> None:
    """What a reading would change is read by the same format as the file that it changes."""
    path = kept / "readings.toml"
    changed = path.read_text("utf-8").replace(
        '"sub_points.20.6" = { "rule.parts.0.terms.1.each" = 1.5 }',
        '"sub_points.20.7" = { rule = { parts = [{ kind = "deduct", input = "不配合", each = 2 }] } }',
    )
    assert "20.7" in changed
    path.write_text(changed.replace('chosen = "都得"', 'chosen = "只得2分"'), "utf-8")
    (part,) = load(kept).sub_points["20.7"].rule.parts
    assert part.model_dump()["terms"] == ({"input": "不配合", "each": 2, "cap": None, "target": None, "again": 1},)


def test_a_catalogue_of_this_format_is_read_as_it_is(folder: Path, edit: Edit) -> None:
    """A catalogue that names its format gets nothing that it does not say."""
    (folder / "registers.toml").unlink()
    for given in ("register", "register", "office"):
        edit("items/20.toml", f', given_by = "{given}"', "")
    edit("readings.toml", '"registers.信息采用" = { "feeds.0.on_time" = false }\n', "")
    edit("readings.toml", '"registers.信息报送"', '"sub_points.20.5"')
    for line in ('"feeds.0.on_time" = false\n', 'foot = "每月', 'summary = "报送'):
        edit("readings.toml", line, f"# {line}")
    assert load(folder).registers == ()
