"""Districts whose reports are wrong in any way: named, with what to do, and the others are ranked as before."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
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
from tests.rollup.conftest import NOW, Roll, Sort
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


def unreturned(held: Json) -> None:
    """Say of a unit with a total that it returned nothing, in the numbers of units as well."""
    unit = scored(held)
    held["counts"][unit["state"]] -= 1
    held["counts"]["missing"] += 1
    unit.update(state="missing")


def unreturned_with_a_total(held: Json) -> None:
    unreturned(held)
    scored(held).update(sub_points=[], awarded=None)


def returned_nothing(held: Json) -> None:
    """Leave nothing of a unit but what was added to it."""
    unreturned(held)
    scored(held).update(
        sub_points=[], awarded=None, total=None, rank=None, group_rank=None, compared=False, bonus="1.00"
    )


WRONG: dict[str, tuple[Callable[[Json], object], Why, str]] = {
    "a sub-point's score edited": (
        lambda held: scored(held)["sub_points"][0].update(counted="0.07"), Why.DISAGREEING,
        "单位“人大常委会机关”的得分是15.06,按其他的数应为14.66",
    ),
    "a total edited": (
        lambda held: scored(held).update(total="99.99"),
        Why.DISAGREEING,
        "单位“人大常委会机关”的总分是99.99,按其他的数应为52.45",
    ),
    "a rank edited": (
        lambda held: scored(held).update(rank=4),
        Why.DISAGREEING,
        "单位“人大常委会机关”的名次是4,按总分应为1",
    ),
    "a rank in the group edited": (
        lambda held: scored(held).update(group_rank=40),
        Why.DISAGREEING,
        "单位“人大常委会机关”的组内名次是40,按总分应为1",
    ),
    "no rank": (
        lambda held: scored(held).update(rank=None),
        Why.DISAGREEING,
        "单位“人大常委会机关”有总分52.45,却没有名次",
    ),
    "no total": (
        lambda held: scored(held).update(total=None),
        Why.DISAGREEING,
        "单位“人大常委会机关”没有总分,却有名次1",
    ),
    "not compared": (
        lambda held: scored(held).update(compared=False),
        Why.DISAGREEING,
        "单位“人大常委会机关”有总分,也没有被一票否决,却写着不计入平均",
    ),
    "compared without a total": (
        lambda held: scored(held).update(total=None, rank=None),
        Why.DISAGREEING,
        "单位“人大常委会机关”写着计入平均,却没有总分或被一票否决",
    ),
    "unreturned, with a bonus": (returned_nothing, Why.DISAGREEING, "单位“人大常委会机关”的状态是未报送,却有折算分或加分"),
    "a veto and a rank": (
        lambda held: scored(held).update(vetoes=["甲"]),
        Why.DISAGREEING,
        "单位“人大常委会机关”被一票否决,却有名次1",
    ),
    "no report of this kind is preliminary": (
        lambda held: held.update(official=False),
        Why.DISAGREEING,
        "写着按核定分排名,又写着是没有核定完的预排名",
    ),
    "made official by hand": (
        lambda held: held.update(basis="自评"),
        Why.DISAGREEING,
        "写着按自评分排名,又写着是已核定完的正式结果",
    ),
    "a unit twice": (
        lambda held: held["units"].append(held["units"][0]),
        Why.DISAGREEING,
        "单位“人大常委会机关”有 2 个",
    ),
    "no units": (lambda held: held.update(units=[]), Why.DISAGREEING, "没有一个单位的成绩,单位数写的是4个"),
    "a unit taken out": (lambda held: held["units"].pop(), Why.DISAGREEING, "单位数写的是4个,实际列了3个"),
    "a state edited": (
        lambda held: scored(held).update(state="missing"),
        Why.DISAGREEING,
        "未报送的单位写的是1个,实际列了2个",
    ),
    "a state and the numbers edited": (unreturned, Why.DISAGREEING, "单位“人大常委会机关”的状态是未报送,却有得分"),
    "unreturned, with a total": (
        unreturned_with_a_total,
        Why.DISAGREEING,
        "单位“人大常委会机关”的状态是未报送,却有总分52.45",
    ),
    "of the future": (
        lambda held: held.update(generated="2199-01-01"),
        Why.DISAGREEING,
        "生成时间是2199年1月1日 00:00,比现在(2021年1月8日 09:00)晚一天以上(可能是电脑的时钟不对)",
    ),
    "no number": (
        lambda held: scored(held).update(total=float("nan")),
        Why.UNREADABLE,
        "单位“人大常委会机关”的总分应为两位或三位小数的文字,例如 9.50,现在是“nan”",
    ),
    "a number and no text": (
        lambda held: scored(held).update(total=9.5),
        Why.UNREADABLE,
        "单位“人大常委会机关”的总分应为两位或三位小数的文字,例如 9.50,现在是“9.5”",
    ),
    "huge": (
        lambda held: scored(held).update(total="9" * 400 + ".00"),
        Why.UNREADABLE,
        "单位“人大常委会机关”的总分应为两位或三位小数的文字,例如 9.50,现在是“99999999999999999999999999999999999999999999999999999999999…”",
    ),
    "a score that is no score": (
        lambda held: scored(held)["sub_points"][0].update(counted=True), Why.UNREADABLE,
        "单位“人大常委会机关”的得分点“15.1”的计入得分应为两位或三位小数的文字,例如 9.50,现在是“true”",
    ),
    "nothing in a place": (
        lambda held: scored(held).pop("total"),
        Why.UNREADABLE,
        "单位“人大常委会机关”的总分没有写",
    ),
    "a list for a text": (
        lambda held: held["notice"].update(district=["甲区"]),
        Why.UNREADABLE,
        "目录的地区名称应为文字",
    ),
    "a name that breaks lines": (
        lambda held: held["notice"].update(district="甲\n区"),
        Why.UNREADABLE,
        "目录的地区名称有不能显示的字符,现在是“甲 区”",
    ),
    "a group without a name": (
        lambda held: held["notice"]["groups"][0].update(name=""),
        Why.UNREADABLE,
        "目录的分组“A”的名称是空的",
    ),
    "a basis of no kind": (
        lambda held: held.update(basis="估计"),
        Why.UNREADABLE,
        "排名口径不是收表会写的值,现在是“估计”",
    ),
    "no numbers of units": (lambda held: held.pop("counts"), Why.UNREADABLE, "单位数没有写"),
    "a number of units in words": (
        lambda held: held["counts"].update(reviewed="多"),
        Why.UNREADABLE,
        "单位数的已核定数应为整数,现在是“多”",
    ),
    "a point with no measure": (
        lambda held: held["notice"]["scoring"].update(full="x"),
        Why.UNREADABLE,
        "目录的计分规则不全,或写法不对",
    ),
    "too many units": (multiplied, Why.UNREADABLE, "单位太多,不是一个地区的结果"),
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
    assert apart.detail == said
    assert "再收一次表" in apart.then


CUT_OFF = "内容不完整(可能只写了一半,或复制时断了)"
NO_UTF_8 = "文字编码不是 UTF-8(可能用别的软件另存过,或不是这个文件)"
NO_REPORT = "内容不是收表写出的结果"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", CUT_OFF),
        (b"{", CUT_OFF),
        (b"\xef\xbb\xbf{", CUT_OFF),
        (b"[]", NO_REPORT),
        (b"\xff\xfe", NO_UTF_8),
        ("{}".encode("utf-16"), NO_UTF_8),
        (b'{"units":' + b"[" * 100_000, CUT_OFF),
    ],
    ids=range(7),
)
def test_what_is_no_report(data: bytes, said: str, tmp_path: Path, small: Notice, sort: Sort) -> None:
    """A file that is cut off, or is something else, is named, in no program's words."""
    districts(tmp_path / "各区", small, "甲区", "乙区")
    report_of(tmp_path / "各区" / "乙区").write_bytes(data)
    (apart,) = sort().apart
    assert (apart.name, apart.why, apart.detail) == ("乙区", Why.UNREADABLE, said)


def test_saved_by_an_editor(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """A report before which an editor put the mark of UTF-8 is read like any other."""
    districts(tmp_path / "各区", small, "甲区")
    path = report_of(tmp_path / "各区" / "甲区")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert [each.name for each in sort().ranked] == ["甲区"]


def test_a_clock_that_is_ahead(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """A report from up to a day ahead is taken, for clocks differ."""
    districts(tmp_path / "各区", small, "甲区")
    ahead = NOW + timedelta(days=1)
    changed(tmp_path / "各区" / "甲区", lambda held: held.update(generated=ahead.isoformat()))
    assert [each.name for each in sort().ranked] == ["甲区"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyError("x"), "读到一半中断了(可能是文件损坏,或内存不够)"),
        (OSError(5, "I/O"), "读到一半中断了(磁盘读写出错)"),
    ],
)
def test_broken_off(error: Exception, said: str, tmp_path: Path) -> None:
    """Where reading a district breaks off, it is said in the office's words."""
    task = read.Task(folder=tmp_path, parts=tmp_path, program="", now=NOW)
    assert read.lost_district(task, error).detail == said


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
    assert said == (
        "排名汇总.xlsx 与 report.json 不是同一时间的1个:甲区。汇总的数都取自 report.json。"
        "可能收表时排名汇总.xlsx 开着,或只写了 report.json(--report-only);请这些地区完整收一次表,两个文件就一致了。"
    )
