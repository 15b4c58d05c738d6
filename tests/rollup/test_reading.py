"""Districts whose reports are wrong in any way: named, with what to do, and the others are ranked as before."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.standing import Heard
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rollup import places, read
from fazhi_xl.rollup.book.districts import remarks
from fazhi_xl.rollup.district import Why
from fazhi_xl.rollup.parts import PARTS
from fazhi_xl.rollup.sorting import Apart
from tests.rollup.conftest import Roll, Sort
from tests.support.districts import district, districts, named, rounds_of

Json = dict[str, Any]


def report_of(folder: Path) -> Path:
    return Workspace(folder).results / "report.json"


def changed(folder: Path, change: Callable[[Json], object]) -> None:
    held = json.loads(report_of(folder).read_text("utf-8"))
    change(held)
    report_of(folder).write_text(json.dumps(held, ensure_ascii=False), "utf-8")


def scored(held: Json) -> Json:
    """Give a unit that was scored."""
    found: Json = next(unit for unit in held["units"] if unit["sub_points"] and unit["rank"])
    return found


def multiplied(held: Json) -> None:
    held["units"] = [{**held["units"][0], "sub_points": []}] * 5_001


WRONG: dict[str, tuple[Callable[[Json], object], Why, str]] = {
    "a sub-point's score edited": (
        lambda held: scored(held)["sub_points"][0].update(counted="0.07"), Why.DISAGREEING, "得分",
    ),
    "a total edited": (lambda held: scored(held).update(total="99.99"), Why.DISAGREEING, "应为"),
    "a rank edited": (lambda held: scored(held).update(rank=4), Why.DISAGREEING, "名次"),
    "made official by hand": (lambda held: held.update(official=False), Why.DISAGREEING, "official"),
    "a unit twice": (lambda held: held["units"].append(held["units"][0]), Why.DISAGREEING, "有 2 个"),
    "no number": (lambda held: scored(held).update(total=float("nan")), Why.UNREADABLE, "units."),
    "a number and no text": (lambda held: scored(held).update(total=9.5), Why.UNREADABLE, "total"),
    "huge": (lambda held: scored(held).update(total="9" * 400 + ".00"), Why.UNREADABLE, "total"),
    "a list for a text": (lambda held: held["notice"].update(district=["甲区"]), Why.UNREADABLE, "district"),
    "a name that breaks lines": (lambda held: held["notice"].update(district="甲\n区"), Why.UNREADABLE, "district"),
    "a point with no measure": (lambda held: held["notice"]["scoring"].update(full="x"), Why.UNREADABLE, ""),
    "too many units": (multiplied, Why.UNREADABLE, "units"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_report_is_named(name: str, tmp_path: Path, small: Notice, sort: Sort) -> None:
    """Whatever is wrong with a report, the district is named with the place, and the others are ranked."""
    districts(tmp_path / "各区", small, "甲区", "乙区")
    change, why, said = WRONG[name]
    changed(tmp_path / "各区" / "乙区", change)
    result = sort()
    assert [each.name for each in result.ranked] == ["甲区"]
    (apart,) = result.apart
    assert (apart.name, apart.why) == ("乙区", why)
    assert said in apart.detail
    assert "再收一次表" in apart.then


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b'{"units":' + b"[" * 100_000], ids=range(5))
def test_what_is_no_report(data: bytes, tmp_path: Path, small: Notice, sort: Sort) -> None:
    """A file that is cut off, or is something else, is named."""
    districts(tmp_path / "各区", small, "甲区", "乙区")
    report_of(tmp_path / "各区" / "乙区").write_bytes(data)
    (apart,) = sort().apart
    assert (apart.name, apart.why) == ("乙区", Why.UNREADABLE)


def test_a_huge_file_is_not_read(tmp_path: Path, small: Notice, sort: Sort, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is larger than any report is left alone."""
    monkeypatch.setattr(places, "MOST", 0)
    districts(tmp_path / "各区", small, "甲区")
    (apart,) = sort().apart
    assert apart.detail == "有 0 MB,最多读 0 MB"


def test_an_earlier_versions_report(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """A report that an earlier version wrote lacks what is needed; it is said how the district makes it anew."""
    districts(tmp_path / "各区", small, "甲区", "乙区")
    changed(tmp_path / "各区" / "乙区", lambda held: held.pop("notice"))
    (apart,) = sort().apart
    assert apart.why is Why.EARLIER_VERSION
    assert "用现在的版本再收一次表" in apart.then


def test_issued_and_not_collected(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """A district that issued its forms and has no results is named."""
    districts(tmp_path / "各区", small, "甲区")
    (tmp_path / "各区" / "乙区").mkdir()
    (tmp_path / "各区" / "乙区" / "campaign.json").write_text("{}")
    found: Apart
    (found,) = sort().apart
    assert (found.name, found.why) == ("乙区", Why.NOT_COLLECTED)


def test_nothing_to_bring_together(tmp_path: Path, roll: Roll) -> None:
    """A folder without any district, and one that is not there, are wrong use."""
    (tmp_path / "各区").mkdir()
    with pytest.raises(WrongUseError, match="没有地区的结果"):
        roll()
    with pytest.raises(WrongUseError, match="没有找到"):
        roll(tmp_path / "没有")


def test_found_a_few_levels_down(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """Districts are found below a folder, by their results, or by the report itself; copies in 存档 and hidden folders are none."""
    root = tmp_path / "各区" / "江苏" / "常州" / "2020"
    districts(root, small, "甲区", "乙区")
    districts(root / "甲区" / "存档", small, "丙区")
    districts(root / ".旧", small, "丁区")
    assert len(sort().ranked) == 2
    assert len(sort(root / "甲区" / "结果", report_of(root / "乙区")).ranked) == 2


# What was read before -----------------------------------------------------------------------------------------------------


def parts(root: Path) -> list[Path]:
    return sorted((root / "汇总" / "明细" / PARTS).iterdir())


def test_what_has_not_changed_is_not_read_again(
    tmp_path: Path, small: Notice, roll: Roll, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second roll-up reads no report that is the same, and writes the same files."""
    districts(tmp_path / "各区", small, "甲区", "乙区")
    roll()
    before = {path: path.read_bytes() for path in (tmp_path / "汇总").rglob("*") if path.is_file()}
    monkeypatch.setattr(read, "_report", lambda _: pytest.fail("read again"))
    roll()
    assert {path: path.read_bytes() for path in (tmp_path / "汇总").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-40], lambda data: data[:200] + b"\0" + data[201:], lambda _: b""]
)
def test_a_damaged_part_is_made_anew(
    damage: Callable[[bytes], bytes], tmp_path: Path, small: Notice, roll: Roll, heard: Heard
) -> None:
    """What was kept and is no longer whole is made again, which is said; the result is the same."""
    districts(tmp_path / "各区", small, "甲区", "乙区")
    before, whole = roll(), [path.read_bytes() for path in parts(tmp_path)]
    first = parts(tmp_path)[0]
    first.write_bytes(damage(first.read_bytes()))
    after = roll()
    assert [path.read_bytes() for path in parts(tmp_path)] == whole
    assert after.ranked == before.ranked
    assert any("留存的明细坏了,已重新读取" in line for line in heard.lines)


def test_parts_of_what_is_gone_are_removed(tmp_path: Path, small: Notice, roll: Roll) -> None:
    """A part that nothing was made of is not kept."""
    districts(tmp_path / "各区", small, "甲区", "乙区")
    roll()
    changed(tmp_path / "各区" / "乙区", lambda held: held.update(edition="2"))
    roll()
    assert len(parts(tmp_path)) == 2


def test_a_workbook_of_another_time(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """Where the ranking workbook beside a report was not written with it, the report counts, and the district is named."""
    made = named(next(rounds_of(small)), "甲区")
    district(tmp_path / "各区" / "甲区", made, book=True)
    assert list(remarks(sort())) == []
    changed(tmp_path / "各区" / "甲区", lambda held: held.update(generated="2020-11-22T10:00:00+00:00"))
    (said,) = remarks(sort())
    assert said.startswith("排名汇总.xlsx 与 report.json 不是同一次写的1个:甲区。汇总按 report.json")
