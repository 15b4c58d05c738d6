"""Checking a catalogue draws every form: what could not be drawn is told before anything is issued."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from fazhi_xl.errors import BrokenCatalogueError
from fazhi_xl.office.commands.check import check
from tests.support.catalogues import catalogue, minimal


def test_sound(tmp_path: Path) -> None:
    """A catalogue whose forms can be drawn gives the remarks: here on what is blank alone."""
    assert [remark.code for remark in check(catalogue(tmp_path, minimal()))] == ["office-phone", "corrections-due"]


def test_a_rule_of_too_many_parts(tmp_path: Path) -> None:
    """A formula that no program takes is told at its sub-point, with the line, and what to do."""
    files = deepcopy(minimal())
    rule = files["items/01.toml"]["sub_points"][0]["rule"]
    rule["parts"] = rule["parts"] * 300
    with pytest.raises(BrokenCatalogueError) as caught:
        check(catalogue(tmp_path, files))
    (problem, *_) = caught.value.problems
    assert (problem.file, problem.path, problem.line) == ("items/01.toml", "sub_points[0]", 7)
    assert "拆成几个得分点" in problem.told
    assert "得分点“1.1”" in problem.told


def test_what_only_the_drawing_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the spreadsheet library refuses is told as a problem of the catalogue, and no failure of the program."""
    monkeypatch.setattr("fazhi_xl.office.commands.check.limit_faults", lambda _: ())
    files = deepcopy(minimal())
    files["items/01.toml"]["sub_points"][0]["inputs"][0]["label"] = "长" * 40_000
    with pytest.raises(BrokenCatalogueError, match="处错误") as caught:
        check(catalogue(tmp_path, files))
    assert "画不出来" in caught.value.problems[0].told
