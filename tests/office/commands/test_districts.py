"""Rounds of many districts: each is as if it were the only one, whatever happens to another, and what is done is not done again."""

from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.collect import CollectOrder
from fazhi_xl.office.commands.collect_districts import DistrictsCollect, collect_districts
from fazhi_xl.office.commands.district_list import District
from fazhi_xl.office.commands.district_tasks import Crew, DistrictResult, Outcome, closing, each_district
from fazhi_xl.office.commands.issue_districts import DistrictsIssue, folders_for, issue_districts, settle
from fazhi_xl.office.workspace import folder
from fazhi_xl.office.workspace.districts import DistrictFolder, district_folders, record_districts
from fazhi_xl.office.workspace.store import STORE
from fazhi_xl.xlsx.writer import files
from tests.support.catalogues import minimal, write
from tests.support.changes import tree
from tests.support.offices import ISSUED, NOW, Office

NAMES = ("甲县", "乙县", "丙县")
FIRST, SECOND = "01社区", "02社区"


@dataclass(frozen=True)
class Country:
    """Districts below a folder that have one catalogue."""

    root: Path
    home: Path

    @cached_property
    def notice(self) -> Notice:
        return load(self.home)

    def office(self, name: str) -> Office:
        return Office(self.notice, self.root / name)

    def folders(self, *names: str) -> tuple[DistrictFolder, ...]:
        return folders_for([District(name=name) for name in names or NAMES], self.root)

    def issue(self, *names: str, force: bool = False, jobs: int = 1) -> Iterator[DistrictResult]:
        order, _ = settle(DistrictsIssue(catalogue=str(self.home), force=force, today=ISSUED), self.folders(*names))
        return issue_districts(order, self.folders(*names), Crew(jobs=jobs))

    def collect(self, *, report_only: bool = False) -> Iterator[DistrictResult]:
        order = DistrictsCollect(order=CollectOrder(report_only=report_only), now=NOW)
        return collect_districts(order, district_folders([self.root]), Crew())


@pytest.fixture
def country(tmp_path: Path) -> Country:
    return Country(tmp_path / "out", write(tmp_path / "shequ", minimal(2)))


@pytest.fixture
def issued(country: Country) -> Country:
    """Give three districts with their forms, of which one has come back in each."""
    record_districts(country.root, NAMES)
    told(country.issue())
    for name in NAMES:
        office = country.office(name)
        office.receive("好.xlsx", office.filled(FIRST))
    return country


def told(results: Iterator[DistrictResult]) -> list[str]:
    return [line for each in results for line in each.told]


class TestIssuing:
    def test_each_its_own(self, country: Country) -> None:
        """Each district has a key of its own, and the files that it would have alone."""
        assert told(country.issue()) == [f"{name}:完成,已生成2份任务分解表" for name in NAMES]
        offices = [country.office(name) for name in NAMES]
        assert len({office.space.key() for office in offices}) == 3
        alone = Office(country.notice, country.root / "alone")
        alone.space.make()
        alone.space.write(alone.space.key_file, offices[2].space.key_file.read_bytes())
        alone.issue()
        issued = tree(offices[2])
        assert {name: issued[name] for name in tree(alone)} == tree(alone)

    def test_again(self, country: Country) -> None:
        """What was issued stays; a workbook that is missing is made as it was, and a district that is new is issued."""
        told(country.issue("甲县", "乙县"))
        before = tree(country.office("乙县"))
        country.office("乙县").path(FIRST).unlink()
        assert told(country.issue()) == [
            "甲县:没有变化,已经发放过",
            "乙县:完成,已生成1份任务分解表",
            "丙县:完成,已生成2份任务分解表",
        ]
        assert tree(country.office("乙县")) == before

    def test_an_issue_that_was_killed(self, country: Country) -> None:
        """A district whose issue did not come to its end is issued again, under its key."""
        told(country.issue())
        office = country.office("乙县")
        office.space.campaign_file.unlink()
        (office.root / ".发放未完成").touch()
        key = office.space.key_file.read_bytes()
        assert told(country.issue())[1] == "乙县:完成,已生成2份任务分解表"
        assert office.space.key_file.read_bytes() == key

    def test_killed_at_the_very_end(self, country: Country) -> None:
        """Where the copy of the catalogue did not come to its end, it is made, and what was left of it cleared away."""
        told(country.issue())
        office = country.office("乙县")
        before, kept = tree(office), office.space.archive / "目录"
        (kept / "shequ.来源.txt").unlink()
        (kept / "shequ" / "units.toml").rename(kept / "shequ" / ".units.toml.abcd_123.tmp")
        assert told(country.issue())[1] == "乙县:没有变化,已经发放过"
        assert tree(office) == before

    def test_another_catalogue(self, country: Country) -> None:
        """Where the catalogue was changed nothing is overwritten, unless it is said to be."""
        told(country.issue("甲县"))
        files = minimal(2)
        files["items/01.toml"]["sub_points"][0]["inputs"][0]["label"] = "入户次数"
        write(country.home, files)
        why = "甲县:没有做成,发放之后改动过工作目录的填报项,没有改动。要按新目录重新发放的,请加 --force。"
        assert told(country.issue("甲县")) == [why]
        assert told(country.issue("甲县", force=True)) == ["甲县:完成,已生成2份任务分解表"]
        assert country.office("甲县").record["version"] == "2"

    def test_one_that_fails(self, country: Country) -> None:
        """A district that cannot be issued is told with the reason, and the others are issued."""
        country.root.mkdir()
        (country.root / "甲县").write_text("a file")
        own = [replace(each, catalogue="没有的目录") if each.name == "乙县" else each for each in country.folders()]
        order = DistrictsIssue(catalogue=str(country.home), today=ISSUED)
        first, second, third = told(issue_districts(order, own, Crew()))
        assert first.startswith(f"甲县:没有做成,{country.root.resolve() / '甲县'} 已经是一个文件")
        assert second.startswith("乙县:没有做成,没有找到工作目录“没有的目录”。")
        assert third == "丙县:完成,已生成2份任务分解表"

    def test_a_broken_catalogue_of_one(self, country: Country, tmp_path: Path) -> None:
        """Of a district's own broken catalogue the first fault is told."""
        broken = write(tmp_path / "broken", {**minimal(2), "units.toml": {}})
        own = replace(country.folders("乙县")[0], catalogue=str(broken))
        (line,) = told(issue_districts(DistrictsIssue(catalogue=str(country.home), today=ISSUED), [own], Crew()))
        assert line.startswith("乙县:没有做成,工作目录有错误:units.toml")

    def test_what_the_forms_say(self, country: Country) -> None:
        """That the catalogue names another district than the list is told once, and of a list of its own alone nothing."""
        order = DistrictsIssue(catalogue=str(country.home), today=ISSUED)
        _, (remark,) = settle(order, country.folders())
        assert remark.startswith("工作目录 shequ 写的地区是“示例县”,各地区的表都照它印。")
        assert settle(order, country.folders("示例县"))[1] == ()
        assert settle(order, [replace(each, catalogue="x") for each in country.folders()])[1] == ()

    def test_a_full_disk(self, country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the disk is full for one, it is told, nothing half-written stays, and the next run does what is left."""

        def replace_file(path: Path, data: bytes, *, mode: int = 0o644) -> None:
            if "乙县" in path.parts and path.suffix == ".xlsx":
                raise OSError(errno.ENOSPC, "full")
            files.replace_file(path, data, mode=mode)

        with monkeypatch.context() as patch:
            patch.setattr(folder, "replace_file", replace_file)
            lines = told(country.issue())
        assert [line.split(":")[1][:4] for line in lines] == ["完成,已", "没有做成", "完成,已"]
        assert "磁盘满了" in lines[1]
        assert told(country.issue()) == [
            "甲县:没有变化,已经发放过", "乙县:完成,已生成2份任务分解表", "丙县:没有变化,已经发放过",
        ]  # fmt: skip

    def test_interrupted(self, country: Country) -> None:
        """Interrupted after the first, a run leaves it whole, and the next goes on with the second."""
        assert next(country.issue()).name == "甲县"
        assert [line[:4] for line in told(country.issue())] == ["甲县:没", "乙县:完", "丙县:完"]


class TestCollecting:
    def test_each_its_own(self, issued: Country, tmp_path: Path) -> None:
        """Each district is collected as if it were the only one."""
        alone = issued.office("丙县").copied(tmp_path / "alone")
        alone.collect()
        said = "完成,应报2家,已报1家,预排名(按自评,含未报送1家)"
        assert told(issued.collect()) == [f"{name}:{said}" for name in NAMES]
        assert tree(issued.office("丙县")) == tree(alone)

    @pytest.mark.parametrize("report_only", [True, pytest.param(False, marks=pytest.mark.long)])
    def test_again(self, issued: Country, report_only: bool) -> None:  # noqa: FBT001 - a case of the table
        """A district in which nothing has changed is left alone; one with another return is collected."""
        for _ in range(2):
            told(issued.collect(report_only=report_only))
        office = issued.office("乙县")
        office.receive("坏.xlsx", b"PK half a workbook")
        office.receive("又一份.xlsx", office.filled(SECOND, {**office.good(SECOND), "1.1.自评": 99}))
        first, second, third = issued.collect(report_only=report_only)
        assert [first.outcome, third.outcome] == ["没有变化", "没有变化"]
        assert first.said == "应报2家,已报1家,预排名(按自评,含未报送1家)"
        assert (second.said, second.attention) == ("应报2家,已报2家,须修改1家,不能读取的文件1份,预排名(按自评)", True)
        assert office.statuses() == {"又一份.xlsx": "needs_correction", "好.xlsx": "accepted", "坏.xlsx": "rejected"}

    def test_folders_that_are_missing(self, issued: Country) -> None:
        """A recorded district whose folder is gone, or in which nothing was issued, is told; a folder of another name is found."""
        shutil.rmtree(issued.root / "甲县")
        shutil.rmtree(issued.root / "乙县")
        (issued.root / "乙县").mkdir()
        (issued.root / "丙县").rename(issued.root / "丁市")
        lines = told(issued.collect(report_only=True))
        assert lines[0].startswith(
            f"甲县:没有做成,文件夹 {issued.root.resolve() / '甲县'} 不在:没有发放过,或者不见了。请从备份恢复,或再运行一次"
        )
        assert "没有 campaign.json,还没有发放过表" in lines[1]
        assert [line.partition(":")[0] for line in lines] == ["甲县", "乙县", "丙县", "丁市"]

    def test_a_round_that_is_broken(self, issued: Country) -> None:
        """Damaged records, a lost key and no folder of returns are each told, and the other district is collected."""
        (issued.root / "甲县" / "campaign.json").write_text("{")
        shutil.rmtree(issued.root / "乙县" / "回收")
        first, second, third = told(issued.collect(report_only=True))
        assert first.startswith("甲县:没有做成,") and "读不出来" in first  # noqa: PT018 - one line
        assert second.startswith("乙县:没有做成,没有找到 ")
        assert third.startswith("丙县:完成")

    def test_a_return_that_is_broken(self, issued: Country) -> None:
        """Of many returns one that cannot be read is named in its report, and needs attention; the others count."""
        issued.office("甲县").receive("坏.xlsx", b"PK\x03\x04")
        first, second, _ = issued.collect(report_only=True)
        assert (first.attention, second.attention) == (True, False)
        assert issued.office("甲县").statuses() == {"坏.xlsx": "rejected", "好.xlsx": "accepted"}

    @pytest.mark.parametrize("kept", [b"", b"no database", b"SQLite format 3\0" + b"x" * 4000])
    def test_what_was_kept_is_damaged(self, issued: Country, kept: bytes) -> None:
        """What spares work may be damaged, or of another version: the district is collected without it."""
        told(issued.collect(report_only=True))
        before = tree(issued.office("甲县"))
        (issued.root / "甲县" / STORE).write_bytes(kept)
        assert told(issued.collect(report_only=True))[0].startswith("甲县:完成")
        assert tree(issued.office("甲县")) == before

    def test_no_districts(self, tmp_path: Path) -> None:
        """Where there is no folder, or no round in it, that is said."""
        with pytest.raises(WrongUseError, match="没有找到文件夹"):
            district_folders([tmp_path / "x"])
        with pytest.raises(WrongUseError, match="下面没有发放过的地区文件夹"):
            district_folders([tmp_path])

    def test_folders_within_folders(self, tmp_path: Path) -> None:
        """Districts are found below cities, each called by its way there; what lies in a round is none."""
        for place in ("市/甲县", "市/乙县/演练", "丙市"):
            (tmp_path / place).mkdir(parents=True)
        for place in ("市/甲县", "市/乙县", "市/乙县/演练", "丙市"):
            (tmp_path / place / "campaign.key").touch()
        assert [each.name for each in district_folders([tmp_path])] == ["丙市", "市/乙县", "市/甲县"]
        assert [each.name for each in district_folders([tmp_path / "丙市"])] == ["丙市"]

    @pytest.mark.parametrize("text", ["[]", "{}", '{"districts": ["../x"]}', "{"])
    def test_a_damaged_list_of_districts(self, issued: Country, text: str) -> None:
        """A record of the districts that is damaged is told, since what is missing cannot be."""
        (issued.root / "地区名单.json").write_text(text)
        with pytest.raises(WrongUseError, match=r"地区名单\.json"):
            district_folders([issued.root])


def dying(each: DistrictFolder) -> DistrictResult:
    """Do two districts otherwise than well."""
    if each.name == "乙县":
        os.kill(os.getpid(), signal.SIGKILL)
    if each.name == "丙县":
        raise RuntimeError
    return DistrictResult(name=each.name, outcome=Outcome.DONE)


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork here")
def test_whatever_happens(country: Country) -> None:
    """A district whose process is killed, and one over which the program itself fails, stop no other."""
    first, second, third = each_district(dying, country.folders(), Crew(jobs=2))
    assert (first.said, second.said) == ("", "进程被系统终止(多半是内存不够)。请少用几个进程再运行一次,会接着做。")
    assert third.said == "出现意外错误(RuntimeError)"
    assert "Traceback" in third.trace
    assert closing([first, second, third]) == "共3个地区:完成1个、没有做成2个。"
