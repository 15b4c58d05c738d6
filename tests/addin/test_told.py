"""What is written about the console is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import xlwings

from fazhi_xl.addin import layout
from fazhi_xl.addin.actions import ACTIONS
from tests.addin import versions

PROJECT = Path(__file__).parents[2]
CONSOLE = (PROJECT / "docs" / "console.md").read_text("utf-8")


def listed(heading: str) -> list[str]:
    """Give the first column of the table below a heading."""
    part = CONSOLE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| ([^|]+?) \|", part, re.MULTILINE)[1:]


def test_settings_and_actions() -> None:
    """docs/console.md lists every setting and every action in their order."""
    assert listed("设置") == [layout.ACTION, *layout.SETTINGS]
    assert listed("动作") == list(ACTIONS)


def test_licences() -> None:
    """The notices of what the console carries stand in THIRD_PARTY.md as their authors wrote them."""
    told = (PROJECT / "THIRD_PARTY.md").read_text("utf-8")
    (licence,) = Path(xlwings.__file__).parent.parent.glob("xlwings-*.dist-info/**/LICENSE.txt")
    own = licence.read_text("utf-8")
    end = "POSSIBILITY OF SUCH DAMAGE."
    assert own[own.index("Copyright (C) 2014") : own.index(end) + len(end)] in told
    assert "VBA-Dictionary" in told
    assert "THE SOFTWARE IS PROVIDED" in told


def test_the_pinned_version_is_among_those_tried() -> None:
    """The versions that are played one by one hold the one that is installed."""
    pinned = re.search(r'excel = \["xlwings==([0-9.]+)"\]', (PROJECT / "pyproject.toml").read_text("utf-8"))
    assert pinned
    assert pinned[1] in versions.VERSIONS


def test_nobody_claims_to_have_tried() -> None:
    """The README says plainly that no one has tried the console in a real Excel, and where the list for it is."""
    told = (PROJECT / "README.md").read_text("utf-8")
    assert "**What no one has tried:**" in told
    assert "docs/excel_acceptance.md" in told
