"""Where the catalogue of a round comes from: by name, by folder, or as it was kept at issue."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from fazhi_xl.errors import BrokenCatalogueError, WrongUseError
from fazhi_xl.notice.source import FILES
from fazhi_xl.office.workspace.catalogue import DEFAULT, TEMPLATES, issued_campaign, keep_copy, kept_copy, open_campaign
from tests.notice.campaigns import CAMPAIGN
from tests.support.offices import Office


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Give a campaign's folder that stands somewhere else, under a name of its own."""
    return Path(copytree(CAMPAIGN, tmp_path / "外面" / "zhonglou-2021"))


def issued_from(folder: Path, office: Office) -> Office:
    """Issue from a folder, as the command does."""
    round_ = Office(office.notice.model_copy(update={"campaign": folder.name}), office.root)
    round_.issue()
    keep_copy(round_.space, folder)
    return round_


def rename_office(folder: Path, name: str) -> None:
    """Change what the catalogue calls the office."""
    file = folder / "notice.toml"
    text = file.read_text("utf-8")
    changed = re.sub(r'^office = ".*"$', f'office = "{name}"', text, count=1, flags=re.MULTILINE)
    assert changed != text
    file.write_text(changed, "utf-8")


def test_by_name() -> None:
    """A campaign of the program is opened by its name."""
    assert open_campaign(DEFAULT).campaign == "zhonglou-2020"


def test_by_folder(outside: Path) -> None:
    """Any folder with a catalogue is a campaign, named as the folder is."""
    assert open_campaign(str(outside)).campaign == "zhonglou-2021"


@pytest.mark.parametrize(("name", "hint"), [("zhonglou2020", "是不是“zhonglou-2020”?"), ("武进", "现有:")])
def test_unknown(name: str, hint: str) -> None:
    """An unknown campaign is answered with the nearest name, or with the list."""
    with pytest.raises(WrongUseError, match=re.escape(f"没有找到工作目录“{name}”。{hint}")):
        open_campaign(name)


def test_nothing_issued(tmp_path: Path, empty: Office) -> None:
    """Before anything was issued there is no campaign, and the line says which command comes first."""
    with pytest.raises(WrongUseError, match=r"没有 campaign\.json,还没有发放过表。请先运行 build_workbooks\.py"):
        issued_campaign(empty.space, None)
    assert list(tmp_path.iterdir()) == []


def test_issued_by_name(office: Office) -> None:
    """A round of one of the program's campaigns is read by the program's own catalogue, as it is now."""
    keep_copy(office.space, TEMPLATES / DEFAULT)
    rename_office(kept_copy(office.space, DEFAULT), "另一个办公室")
    assert issued_campaign(office.space, None).about.office == open_campaign(DEFAULT).about.office


def test_without_a_copy(office: Office) -> None:
    """Where no copy was kept, the campaign's name is enough."""
    assert issued_campaign(office.space, None).campaign == "zhonglou-2020"


def test_issued_from_a_folder(outside: Path, empty: Office) -> None:
    """A round issued from a folder is read by that folder's catalogue, as it is now."""
    office = issued_from(outside, empty)
    rename_office(outside, "另一个办公室")
    assert issued_campaign(office.space, None).about.office == "另一个办公室"


def test_folder_of_a_known_name(tmp_path: Path, empty: Office) -> None:
    """A folder counts as itself even where it is named as one of the program's campaigns."""
    folder = Path(copytree(CAMPAIGN, tmp_path / "外面" / DEFAULT))
    rename_office(folder, "外面的办公室")
    assert issued_campaign(issued_from(folder, empty).space, None).about.office == "外面的办公室"


def test_folder_is_gone(outside: Path, empty: Office) -> None:
    """When the folder is gone, the copy kept at issue is read, and returns can still be collected."""
    office = issued_from(outside, empty)
    rmtree(outside)
    notice = issued_campaign(office.space, None)
    assert (notice.campaign, len(notice.units)) == ("zhonglou-2021", 45)
    office.collect()
    assert office.report["counts"]["missing"] == 4


def test_neither_folder_nor_copy(outside: Path, empty: Office) -> None:
    """When the copy is gone as well, both places are named where it is missed."""
    office = issued_from(outside, empty)
    rmtree(outside)
    copy = kept_copy(office.space, outside.name)
    rmtree(copy)
    with pytest.raises(WrongUseError) as error:
        issued_campaign(office.space, None)
    assert str(error.value).startswith(f"没有找到这一轮的工作目录:{outside} 和 {copy} 里都没有 notice.toml。")


def test_named(outside: Path, office: Office) -> None:
    """The campaign that was named wins over the one on record."""
    assert issued_campaign(office.space, str(outside)).campaign == "zhonglou-2021"


class TestCopy:
    def test_whole(self, outside: Path, empty: Office) -> None:
        """The copy has every file of the catalogue byte for byte, and nothing else of the folder."""
        (outside / "草稿.docx").write_bytes(b"x")
        (outside / "out").mkdir()
        keep_copy(empty.space, outside)
        copy = kept_copy(empty.space, outside.name)
        copied = {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()}
        assert copied == {*FILES, *(f"items/{no:02d}.toml" for no in range(1, 22))} - {"switches.toml"}
        assert all((copy / file).read_bytes() == (outside / file).read_bytes() for file in copied)

    def test_again(self, outside: Path, empty: Office) -> None:
        """A later copy takes the place of the earlier one: an item that is gone is gone there too."""
        keep_copy(empty.space, outside)
        (outside / "items" / "21.toml").unlink()
        keep_copy(empty.space, outside)
        assert not (kept_copy(empty.space, outside.name) / "items" / "21.toml").exists()

    def test_workspace_inside_the_campaign(self, outside: Path, empty: Office) -> None:
        """The workspace may stand in the campaign's own folder."""
        space = Office(empty.notice, outside / "out").space
        keep_copy(space, outside)
        keep_copy(space, outside)
        assert open_campaign(str(kept_copy(space, outside.name))).campaign == outside.name

    def test_of_itself(self, outside: Path, empty: Office) -> None:
        """Issuing from the copy keeps the copy."""
        keep_copy(empty.space, outside)
        copy = kept_copy(empty.space, outside.name)
        keep_copy(empty.space, copy)
        assert open_campaign(str(copy)).campaign == outside.name

    def test_damaged(self, outside: Path, empty: Office) -> None:
        """Where folder and copy are gone or damaged, the catalogue's faults are told."""
        office = issued_from(outside, empty)
        rmtree(outside)
        (kept_copy(office.space, outside.name) / "units.toml").unlink()
        with pytest.raises(BrokenCatalogueError) as caught:
            issued_campaign(office.space, None)
        assert "units.toml: 缺少此文件" in [str(problem) for problem in caught.value.problems]
