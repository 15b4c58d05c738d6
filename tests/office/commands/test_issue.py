"""Issuing: what is asked for, nothing overwritten by mistake, and every issue on record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.issue import find_unit
from fazhi_xl.office.commands.issue_summary import issue_summary
from tests.notice.conftest import choose, edit, folder
from tests.support.catalogues import catalogue, negative_list
from tests.support.offices import FEW, FIRST, FOURTH, SECOND, THIRD, Office, few
from tests.support.packages import Package

__all__ = ["choose", "edit", "folder"]

Edit = Callable[[str, str, str], None]


class TestUnits:
    @pytest.mark.parametrize("name", ["检察院", "区检察院", "人民检察院", "区人民检察院"])
    def test_known(self, issued: Office, name: str) -> None:
        """A unit is known by its short name, its name in the notice and its aliases."""
        assert find_unit(issued.notice, name) == "检察院"

    @pytest.mark.parametrize(
        ("name", "unit"), [("网信办", "宣传部"), ("工商联", "统战部"), ("宣传部（含网信办）", "宣传部")]
    )
    def test_absorbed_body(self, notice: Notice, name: str, unit: str) -> None:
        """A body that a unit absorbed leads to the unit, and so does its printed name in characters of another width."""
        assert find_unit(notice, name) == unit

    def test_absorbed_body_is_the_nearest(self, notice: Notice) -> None:
        """A name near to an absorbed body's is answered with it."""
        with pytest.raises(WrongUseError, match="是不是“网信办”"):
            find_unit(notice, "网信委")

    @pytest.mark.parametrize(("name", "near"), [("检查院", "检察院"), ("信仿局", "信访局"), ("政协机", "政协机关")])
    def test_unknown(self, empty: Office, name: str, near: str) -> None:
        """An unknown name is answered with the nearest known one, and nothing is made."""
        with pytest.raises(WrongUseError, match=f"没有名为“{name}”的单位。是不是“.*{near[0]}.*”?"):
            empty.issue(name)
        assert not empty.root.exists()

    def test_nothing_near(self, issued: Office) -> None:
        """A name that is like none is answered with the place to look it up."""
        with pytest.raises(WrongUseError, match=r"没有名为“xyz”的单位。请照 units\.toml 里的名称或简称写。"):
            find_unit(issued.notice, "xyz")

    def test_one(self, empty: Office) -> None:
        """Only the units asked for are issued, each once, in the order of the notice."""
        built = empty.issue(FOURTH, "区检察院", FOURTH)
        assert {path.name for path in built.files} == {path.name for path in empty.space.issued.iterdir()}
        assert [unit["unit"] for unit in empty.record["units"]] == [THIRD, FOURTH]

    def test_subsets_add_up(self, empty: Office) -> None:
        """Another subset adds to the record, with the same key and edition."""
        empty.issue(FIRST)
        key, number = empty.space.key(), empty.record["units"][0]["form_number"]
        empty.issue(THIRD, SECOND)
        units = empty.record["units"]
        assert ([unit["unit"] for unit in units], empty.record["version"]) == ([FIRST, SECOND, THIRD], "1")
        assert (units[0]["form_number"], empty.space.key()) == (number, key)
        assert {unit["shape"] for unit in units} == empty.record["shapes"].keys()

    def test_subset_is_the_same_as_in_a_whole_issue(self, issued: Office, empty: Office) -> None:
        """A unit's workbook does not depend on which others are issued with it."""
        empty.root.mkdir()
        empty.space.key_file.write_bytes(issued.space.key_file.read_bytes())
        empty.issue(THIRD)
        assert empty.issued(THIRD) == issued.issued(THIRD)


class TestOverwriting:
    def test_refused(self, office: Office) -> None:
        """Issued workbooks are not overwritten; the refusal names one, counts them and says what to do."""
        before = office.issued(FIRST)
        with pytest.raises(
            WrongUseError, match=r"里已有 02_人大常委会机关_任务分解表_2020\.xlsx 等 4 份.*请加 --force"
        ):
            office.issue()
        assert office.issued(FIRST) == before

    def test_one_of_several(self, empty: Office) -> None:
        """Where some of the units have theirs already, none is made."""
        empty.issue(FIRST)
        with pytest.raises(WrongUseError, match="等 1 份"):
            empty.issue(FIRST, SECOND)
        assert not empty.path(SECOND).exists()

    def test_forced(self, office: Office) -> None:
        """With --force the same catalogue gives the same bytes and the same record."""
        before, record = {unit: office.issued(unit) for unit in FEW}, office.space.campaign_file.read_bytes()
        office.issue(force=True)
        assert {unit: office.issued(unit) for unit in FEW} == before
        assert office.space.campaign_file.read_bytes() == record

    def test_key_is_kept(self, office: Office) -> None:
        """Issuing again keeps the key."""
        before = office.space.key_file.read_bytes()
        office.issue(force=True)
        assert office.space.key_file.read_bytes() == before


class TestUnasked:
    def test_nobody(self, tmp_path: Path) -> None:
        """Where no form has an input none is issued, and the round is there to be collected."""
        office = Office(catalogue(tmp_path / "catalogue", negative_list()), tmp_path / "out")
        built = office.issue()
        assert (built.files, built.unasked) == ((), ("01社区", "02社区", "03社区"))
        assert office.record["units"] == list((office.root / "发放").iterdir()) == []
        assert list(issue_summary(built, office.space)) == [
            "01社区、02社区、03社区没有要填的内容,没有给它们生成表,收表时也不等它们的表。"
        ]

    def test_some(self, tmp_path: Path) -> None:
        """Of those without an input a few are named, and the others have their forms."""
        files = negative_list(9)
        files["adjustments.toml"]["deductions"][0]["provided_by"] = ["02社区"]
        office = Office(catalogue(tmp_path / "catalogue", files), tmp_path / "out")
        built = office.issue()
        assert [unit["unit"] for unit in office.record["units"]] == ["02社区"]
        assert list(issue_summary(built, office.space))[:2] == [
            f"已生成1份任务分解表:{office.space.issued}",
            "01社区、03社区、04社区、05社区、06社区、07社区等8家单位没有要填的内容,没有给它们生成表,收表时也不等它们的表。",
        ]


class TestPlaces:
    def test_folders(self, empty: Office) -> None:
        """An issue makes the folders that the office needs next."""
        empty.issue(FIRST)
        made = {"发放", "回收", "存档", "campaign.json", "campaign.key", ".lock", ".cache.sqlite", "收到登记.xlsx"}
        assert {path.name for path in empty.root.iterdir()} == made

    def test_file_in_the_way(self, empty: Office) -> None:
        """A file where the folder has to be ends the command with one line."""
        empty.root.write_text("")
        with pytest.raises(WrongUseError, match="out 已经是一个文件,不能当作文件夹"):
            empty.issue()

    def test_disk_full(self, empty: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where writing fails nothing half written stays, and nothing is on record."""
        empty.space.make(empty.space.issued)
        empty.space.key()

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(WrongUseError, match="磁盘满了"):
            empty.issue(FIRST)
        assert list(empty.space.issued.iterdir()) == []
        assert not empty.space.campaign_file.exists()

    def test_interrupted(self, issued: Office, empty: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        """An issue that broke off half-way goes on when it is repeated, and gives what it would have given."""
        real = Path.replace

        def replace(self: Path, target: Path) -> Path:
            if target == empty.path(THIRD):
                raise OSError(28, "No space left on device")
            return real(self, target)

        empty.root.mkdir()
        empty.space.key_file.write_bytes(issued.space.key_file.read_bytes())
        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", replace)
            with pytest.raises(WrongUseError, match="磁盘满了"):
                empty.issue()
        empty.issue()
        assert {unit: empty.issued(unit) for unit in FEW} == {unit: issued.issued(unit) for unit in FEW}
        with pytest.raises(WrongUseError, match="请加 --force"):
            empty.issue()

    def test_another_round(self, office: Office, issued: Office) -> None:
        """A folder that holds another campaign's round is refused, with --force too."""
        other = Office(issued.notice.model_copy(update={"campaign": "zhonglou-2021"}), office.root)
        with pytest.raises(WrongUseError, match=r"是“zhonglou-2020”那一轮的,没有改动.*“zhonglou-2021”换一个输出位置"):
            other.issue(force=True)
        assert office.record["campaign"] == "zhonglou-2020"


class TestEditions:
    @pytest.fixture
    def changed(self, folder: Path, edit: Edit, office: Office) -> Office:
        """Give the same office with one input of item 15 renamed in the catalogue."""
        edit("items/15.toml", 'label = "宪法宣传活动"', 'label = "宪法宣传活动场次"')
        return Office(few(load(folder)), office.root)

    def test_up(self, changed: Office) -> None:
        """Where the inputs changed the edition goes up, in the record and in every form number."""
        assert changed.issue(force=True).edition.number == 2
        assert changed.record["version"] == "2"
        assert {unit["form_number"].split("-")[2] for unit in changed.record["units"]} == {"2"}

    def test_old_record(self, office: Office, changed: Office) -> None:
        """The record of the edition that was replaced is kept."""
        before = office.space.campaign_file.read_bytes()
        changed.issue(force=True)
        assert (changed.space.archive / "campaign-1.json").read_bytes() == before

    def test_old_form(self, office: Office, changed: Office) -> None:
        """A form of the older edition is still read, with a note."""
        old = office.filled(FIRST)
        changed.issue(force=True)
        changed.receive("旧.xlsx", old)
        changed.collect()
        assert changed.file("旧.xlsx")["unit"] == FIRST
        assert changed.codes("旧.xlsx") == ["form-edition"]

    def test_words_only(self, folder: Path, edit: Edit, office: Office) -> None:
        """A change of a sub-point's wording, which no program reads by, keeps the edition."""
        edit("items/15.toml", 'basis = "', 'basis = "(试行)')
        assert Office(few(load(folder)), office.root).issue(force=True).edition.number == 1

    def test_other_sub_points(self, office: Office) -> None:
        """The edition goes up too where a unit now answers another unit's sub-points, though no shape is new."""
        record = office.record
        shapes = {unit["unit"]: unit["shape"] for unit in record["units"]}
        assert shapes[FIRST] != shapes[THIRD]
        for unit in record["units"]:
            unit["shape"] = shapes[THIRD] if unit["unit"] == FIRST else unit["shape"]
        office.space.write_json(office.space.campaign_file, record)
        assert office.issue(force=True).edition.number == 2

    def test_subset_of_a_new_edition(self, changed: Office) -> None:
        """Of a new edition only the units that have it are on record; the others' forms are still read."""
        old = changed.issued(FIRST)
        changed.path(SECOND).unlink()
        changed.issue(SECOND)
        assert ([unit["unit"] for unit in changed.record["units"]], changed.record["version"]) == ([SECOND], "2")
        assert changed.issued(FIRST) == old


def test_form_number_is_in_the_workbook(office: Office) -> None:
    """The number on record is the one in the workbook."""
    for unit in office.record["units"]:
        assert any(unit["form_number"] in text for text in Package(office.path(unit["unit"])).strings)
