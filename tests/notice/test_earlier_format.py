"""Catalogues of the format before: what they left to the code is read as the data that says it now."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

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


def test_the_same_notice(kept: Path, notice: Notice) -> None:
    """The catalogue of 2020 says the same in both formats."""
    assert "format" not in (kept / "notice.toml").read_text("utf-8")
    found = load(kept)
    assert found.about.format == FORMAT
    assert found == notice.model_copy(update={"folder": kept.resolve()})


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
    assert load(folder).registers == ()
