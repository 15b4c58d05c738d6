"""The office's switches as data: which counts on a day, and every fault of them at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fazhi_xl.findings import Code
from fazhi_xl.findings.adjustable import Weight
from fazhi_xl.notice.lint import lint
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Switch
from fazhi_xl.notice.switches import in_force, switched_off, weights


def switch(finding: str, severity: Weight, day: int) -> Switch:
    return Switch(finding=finding, severity=severity, since=date(2020, 11, day), reason="口径不一", by="办公室")


def entry(finding: str = "swing", severity: str = "off", since: str = "2020-11-15", reason: str = "口径不一") -> str:
    return f'[[switches]]\nfinding = "{finding}"\nseverity = "{severity}"\nsince = {since}\nreason = "{reason}"\nby = "办公室"\n'


@pytest.mark.parametrize(
    ("day", "expected"),
    [(9, {}), (10, {"swing": "note"}), (14, {"swing": "note"}), (15, {"swing": "off"}), (30, {"swing": "off"})],
)
def test_the_latest_by_the_day_counts(day: int, expected: dict[str, str]) -> None:
    """Of several switches on one finding the latest of those from that day or before counts, in whatever order they stand."""
    switches = (switch("swing", Weight.OFF, 15), switch("swing", Weight.NOTE, 10))
    assert {str(code): str(weight) for code, weight in weights(switches, date(2020, 11, day)).items()} == expected
    assert switched_off(switches, date(2020, 11, day)) == ({Code.SWING} if day >= 15 else set())


def test_each_finding_has_its_own() -> None:
    """Switches on different findings count beside each other."""
    switches = (switch("swing", Weight.OFF, 15), switch("reason-for-more", Weight.CONFIRM, 1))
    assert set(in_force(switches, date(2020, 11, 20))) == {Code.SWING, Code.REASON_FOR_MORE}


def test_loaded(folder: Path) -> None:
    """A catalogue's switches are loaded as they stand; without the file there are none."""
    assert load(folder).switches == ()
    (folder / "switches.toml").write_text(entry(), "utf-8")
    assert load(folder).switches == (switch("swing", Weight.OFF, 15),)


FAULTS = [
    (
        entry("swimg"),
        ["finding: 没有“swimg”这个代码,是不是“swing”?代码见 docs/findings.md,“可调整”写“可”的都能写"],
    ),
    (entry("退回"), ["finding: 没有“退回”这个代码,代码见 docs/findings.md,“可调整”写“可”的都能写"]),
    (entry("file-empty"), ["finding: “file-empty”不能调整:文件能不能读"]),
    (entry("form-forged"), ["finding: “form-forged”不能调整:防止改表"]),
    (entry("more-than"), ["finding: “more-than”不能调整:计分要看它"]),
    (entry("evidence-shared", "error"), ["severity: 这条规则由办公室处理,单位改不了,应为其中之一:confirm、note、off"]),
    (entry(severity="fatal"), ["severity: 应为其中之一:error、confirm、note、off"]),
    (entry(since='"11月"'), ["since: 应为日期,例如 2031-11-20(不加引号)"]),
    (entry(reason=""), ["reason: 不能为空"]),
    (entry(reason=" "), ["reason: 不能只有空格"]),
    (entry(reason="——"), ["reason: “——”等于没有写,请写为什么这样调整"]),
    (entry().replace('by = "办公室"', 'by = "/"'), ["by: “/”等于没有写,请写是谁定的,例如 领导小组办公室"]),
]


@pytest.mark.parametrize(("text", "problems"), FAULTS)
def test_fault(folder: Path, faults: Callable[[], list[str]], text: str, problems: list[str]) -> None:
    """What is no finding or none that may be weighed so, a blank reason and a bad day are reported at their places."""
    (folder / "switches.toml").write_text(text, "utf-8")
    assert faults() == [f"switches.toml: switches[0].{each}" for each in problems]


@pytest.mark.parametrize("day", ["2026-13-29", "2026-02-30", "2026-2-3", "2026/11/29", "2026年11月29日", "2026.11.29"])
def test_what_is_no_day(folder: Path, faults: Callable[[], list[str]], day: str) -> None:
    """A day that there is not, or that is not written as a day, is told as one, with its line."""
    (folder / "switches.toml").write_text(entry(since=day), "utf-8")
    (found,) = faults()
    assert found.startswith("switches.toml: 第4行第")
    assert found.endswith("附近的日期没有这一天,或者写法不对。请写成 2031-11-20 这样,月、日各两位,不加引号")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (entry() + entry(severity="note", since="2020-11-18"), []),
        (entry(severity="confirm"), ["规则开关“与上期相差很大”到2020-11-15本来就是“请核实”,这一条什么也没有改变"]),
        (
            entry() + entry(since="2020-11-18"),
            ["规则开关“与上期相差很大”到2020-11-18本来就是“不查”,这一条什么也没有改变"],
        ),
        (
            entry(since="2031-11-15"),
            ["规则开关“与上期相差很大”自2031-11-15起才办,晚于报送、修改的期限2020-11-20:按时报来的都不照它办"],
        ),
    ],
)
def test_remark(folder: Path, text: str, told: list[str]) -> None:
    """A switch that changes nothing, and one that begins after the returns are due, can be used and are remarked on."""
    (folder / "switches.toml").write_text(text, "utf-8")
    remarks = lint(load(folder))
    assert [each.text for each in remarks if each.file == "switches.toml"] == told


def test_every_fault_at_once(folder: Path, faults: Callable[[], list[str]]) -> None:
    """All faults are reported in one run, the same day twice among them."""
    text = entry(reason="") + entry("swimg") + entry(severity="note")
    (folder / "switches.toml").write_text(text, "utf-8")
    assert faults() == [
        "switches.toml: switches[0].reason: 不能为空",
        "switches.toml: switches[1].finding: 没有“swimg”这个代码,是不是“swing”?代码见 docs/findings.md,“可调整”写“可”的都能写",
        "switches.toml: switches[2].since: 第1条已经定了同一规则在同一天(2020-11-15)怎样办",
    ]
