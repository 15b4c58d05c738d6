"""Where districts' results are found, what is told of that which is not looked into, and by what name a district goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fazhi_xl.cli import collect_command
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.standing import Heard
from fazhi_xl.office.workspace.districts import record_districts
from fazhi_xl.rollup.book.districts import remarks
from fazhi_xl.rollup.find import district_folders
from tests.rollup.conftest import Roll, Sort
from tests.support.districts import district, districts, named, rounds_of


def shared(root: Path, notice: Notice, *names: str) -> None:
    """Write rounds that one catalogue served, each in a folder of its district's name."""
    for name, one in zip(names, rounds_of(notice), strict=False):
        district(root / name, replace(named(one, "澄川县"), identity=f"轮-{name}"))


def test_results_without_their_folder(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """A report that lies in the district's folder, or in results that were renamed, is the district's."""
    root = tmp_path / "各区"
    districts(root, small, "甲县", "乙县", "丙县")
    (root / "乙县" / "结果" / "report.json").rename(root / "乙县" / "report.json")
    (root / "丙县" / "结果").rename(root / "丙县结果")
    found = sort()
    assert {each.name: each.folder.name for each in found.ranked} == {
        "甲县": "甲县",
        "乙县": "乙县",
        "丙县": "丙县结果",
    }
    assert found.apart == ()
    assert [each.name for each in sort(root / "丙县结果" / "report.json").ranked] == ["丙县"]


def test_a_report_that_was_cut_off_is_named(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """A damaged report without its folder is told; another program's file of that name is none; what lies beside is found."""
    root = tmp_path / "各区"
    districts(root, small, "甲县")
    (root / "report.json").write_text('{"tests": []}')
    (root / "乙县").mkdir()
    (root / "乙县" / "report.json").write_text('{"campaign": ')
    found = sort()
    assert [each.name for each in found.ranked] == ["甲县"]
    assert [(each.name, each.why.word) for each in found.apart] == [("乙县", "读不出来")]


def test_what_was_put_away_is_no_district(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """Nothing in 存档, 回收 and 审核 is a district, and no archive in them is told."""
    root = tmp_path / "各区"
    districts(root, small, "甲县", "存档/乙县", "回收/丙县", "审核/丁县")
    (root / "回收" / "总工会.zip").write_bytes(b"PK")
    found = sort()
    assert [each.name for each in found.ranked] == ["甲县"]
    assert found.apart == ()


@pytest.mark.parametrize("name", ["丁县.zip", "丁县.RAR", "丁县.7z", "丁县.tar.gz"])
def test_archives_are_told(name: str, tmp_path: Path, small: Notice, sort: Sort) -> None:
    """An archive among the districts, or one that is named, is not opened, and it is said what to do."""
    districts(tmp_path / "各区", small, "甲县")
    (tmp_path / "各区" / name).write_bytes(b"PK")
    for found in (sort(), sort(tmp_path / "各区" / "甲县", tmp_path / "各区" / name)):
        (apart,) = found.apart
        assert (apart.name, apart.why.word, apart.detail) == (name, "没有解压", "是压缩包,没有打开")
        assert apart.then == "没有打开。请把压缩包解开,放进来再汇总一次;已经解开放在别处的,请移走。"


def test_an_archive_that_was_unpacked(tmp_path: Path, small: Notice, heard: Heard) -> None:
    """Of an archive beside which a folder of its name lies, and of a file that is no folder, it is said that they are not read."""
    root = tmp_path / "各区"
    districts(root, small, "甲县")
    (root / "甲县.tar.gz").write_bytes(b"x")
    (root / "甲县.zip").write_bytes(b"PK")
    (root / "名单.xlsx").write_bytes(b"PK")
    found = district_folders((root, root / "名单.xlsx"), heard)
    assert ([each.name for each in found.folders], found.passed) == (["甲县"], ())
    assert heard.lines == [
        f"{root / '甲县.tar.gz'} 没有打开,看的是旁边的文件夹 甲县。",
        f"{root / '甲县.zip'} 没有打开,看的是旁边的文件夹 甲县。",
        f"{root / '名单.xlsx'} 不是文件夹,也不是 report.json,没有看。",
    ]


def test_what_lies_too_deep_is_told(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """Folders below the fifth level are not looked at, and that is said."""
    districts(tmp_path / "各区", small, "一/二/三/四/甲县", "一/二/三/四/五/乙县")
    found = sort()
    assert [each.folder.name for each in found.ranked] == ["甲县"]
    (apart,) = found.apart
    assert (apart.name, apart.why.word, apart.detail) == (
        "五", "放得太深", "只往下找5层,它下面的文件夹没有看:乙县",
    )  # fmt: skip
    assert apart.then == "更深的文件夹没有看。请把各地区的文件夹往上移,或直接写它所在的文件夹,再汇总一次。"


def test_folders_with_nothing_are_told(tmp_path: Path, small: Notice, heard: Heard) -> None:
    """Of folders in which no results are the topmost ones are named."""
    root = tmp_path / "各区"
    districts(root, small, "市/甲县")
    for name in ("市/材料/图片", "乙县/表格"):
        (root / name).mkdir(parents=True)
    assert [each.name for each in district_folders((root,), heard).folders] == ["甲县"]
    assert heard.lines == [
        f"没有地区结果(没有 report.json)的文件夹2个,没有计入:{root / '乙县'}、{root / '市' / '材料'}。"
    ]


def test_districts_within_a_round(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """Rounds that lie in the folder of another round are found; its own rehearsal is none."""
    districts(tmp_path, small, "各区", "各区/甲县", "各区/演练")
    assert {each.folder.name for each in sort().ranked} == {"各区", "甲县"}


def test_nothing_but_an_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says which archive was not opened, and ends with 1."""
    (tmp_path / "各区").mkdir()
    (tmp_path / "各区" / "丁县.zip").write_bytes(b"PK")
    assert (
        collect_command.main(["--rollup", "--jobs", "1", str(tmp_path / "各区"), "--out", str(tmp_path / "汇总")]) == 1
    )
    assert "没有计入(没有解压)的1个:丁县.zip。没有打开。请把压缩包解开" in capsys.readouterr().err


def test_districts_that_were_issued_together(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """Districts issued by a list go by its names, whatever name their one catalogue bears, and nothing is to be removed."""
    root = tmp_path / "各区"
    shared(root, small, "甲县", "乙县")
    record_districts(root, ["甲县", "乙县"])
    for found in (sort(), sort(root / "甲县", root / "乙县")):
        assert {each.name for each in found.ranked} == {"甲县", "乙县"}
        assert list(remarks(found)) == []


def test_one_name_in_several_folders(tmp_path: Path, small: Notice, roll: Roll) -> None:
    """Districts of one catalogue's name that were issued one by one go by their folders, and it is said."""
    shared(tmp_path / "各区", small, "甲县", "乙县")
    found = roll().sorted
    assert {each.name for each in found.ranked} == {"甲县", "乙县"}
    assert list(remarks(found)) == [
        "目录里写的地区名称相同的(澄川县),按各自的文件夹名称计入;如果是同一个地区,请移走多余的一份。"
    ]
