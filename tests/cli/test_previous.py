"""build_workbooks.py --previous: what was matched is said, and what only reads alike is asked about."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import UNITS, Run
from tests.support.offices import Office

pytestmark = pytest.mark.long
ASK = "这些是不是同一得分点,把上期的数带入?"


@pytest.fixture
def earlier(office: Office) -> str:
    """Give a round whose 20.6 bears an id that today's catalogue does not know."""
    office.receive("表.xlsx", office.filled(UNITS[0]))
    office.collect()
    path = office.space.campaign_file
    held = json.loads(path.read_text("utf-8"))
    next(each for each in held["sub_points"] if each["code"] == "20.6")["id"] = "信息报送"
    path.write_text(json.dumps(held), encoding="utf-8")
    return str(office.root)


def taken(folder: Path) -> bool:
    """Say whether the score of 20.6 stands in the record of earlier answers."""
    held = json.loads((folder / "next" / "存档" / "上期-1.json").read_text("utf-8"))
    return "20.6.自评" in held[UNITS[0]]


def test_it_is_said_and_left_out(build: Run, folder: Path, earlier: str) -> None:
    """Where nobody can be asked, what only reads alike is left blank, and what to do is said."""
    ended = build("--unit", UNITS[0], "--out", "next", "--previous", earlier)
    assert ended.status == 0
    assert "上期得分点的对应:标识(id)相同5个、只是文字相同或相近1个。" in ended.err
    assert "  上期20.6 → 本期20.6 " in ended.err
    assert "加 --previous-matches accept 和 --force 重新生成" in ended.err
    assert not taken(folder)


@pytest.mark.parametrize(("option", "expected"), [("accept", True), ("refuse", False)])
def test_it_is_ordered(build: Run, folder: Path, earlier: str, option: str, *, expected: bool) -> None:
    """--previous-matches says it without a question, and --json what was matched."""
    ended = build("--unit", UNITS[0], "--out", "next", "--previous", earlier, "--previous-matches", option, "--json")
    assert (ended.status, ended.err) == (0, "")
    subs = {each["before"]: each for each in ended.json["previous"]["sub_points"]}
    assert subs["20.6"] == {"before": "20.6", "code": "20.6", "how": "只是文字相同或相近", "taken": expected}
    assert {"before": UNITS[0], "unit": UNITS[0], "how": "标识(id)相同"} in ended.json["previous"]["units"]
    assert "previous" not in json.loads((folder / "next" / "campaign.json").read_text("utf-8"))
    assert taken(folder) is expected


@pytest.mark.parametrize(("said", "expected"), [("y\n", True), ("\n", False)])
def test_a_terminal_is_asked(
    build: Run, folder: Path, earlier: str, monkeypatch: pytest.MonkeyPatch, said: str, *, expected: bool
) -> None:
    """At a terminal the list is shown and the answer taken."""
    typed = io.StringIO(said)
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", typed)
    ended = build("--unit", UNITS[0], "--out", "next", "--previous", earlier)
    assert "上期有1个得分点和本期的只是文字相同或相近" in ended.err
    assert ASK in ended.err
    assert taken(folder) is expected
