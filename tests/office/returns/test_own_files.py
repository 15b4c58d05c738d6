"""The office's own files among the returns are told as what they are, and no unit is blamed for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_xl.addin.console import make_console
from fazhi_xl.office.commands.summary import round_summary
from fazhi_xl.office.contacts.write import new_book
from fazhi_xl.office.history.earlier_answers import Earlier
from fazhi_xl.office.outputs.matches_book import write_matches
from fazhi_xl.office.workspace.folder import Workspace
from tests.notice.campaigns import CAMPAIGN
from tests.office.conftest import collect_two
from tests.support.offices import FIRST, Office
from tests.support.once import Staged
from tests.support.packing import PackingDesk


@pytest.fixture
def written(staged: Staged) -> Office:
    """Give an office that has written all that a run writes."""
    return staged("own files written", collect_two)


def test_console_and_matches(office: Office, tmp_path: Path) -> None:
    """The console, and the table of what was taken over from an earlier round, are told apart from returns as well."""
    space, notice = Workspace(tmp_path / "other"), office.notice
    console = make_console(notice, CAMPAIGN.name, space, this_year=2020)
    write_matches(space, notice, Earlier(notice=notice, units=(), matches=(), returned={}, labels={}))
    office.receive("a.xlsm", console.read_bytes())
    office.receive("b.xlsx", (space.archive / "上期对应.xlsx").read_bytes())
    told = {file["path"]: (file["status"], *(each["message"] for each in file["findings"])) for file in office.look()}
    end = "是本程序写的,不是单位报送的表,没有读取。"
    assert told == {
        "a.xlsm": ("ignored", f"这是办公室的“fazhi_xl.xlsm”,{end}请放回与“回收”并列的位置。"),
        "b.xlsx": ("ignored", f"这是办公室的“上期对应.xlsx”,{end}请放回“存档”文件夹。"),
    }


def test_contacts(office: Office) -> None:
    """So is the workbook of contacts, which no unit sends."""
    office.receive("a.xlsx", new_book(office.notice))
    (told,) = office.look()
    assert (told["path"], told["status"], [each["message"] for each in told["findings"]]) == (
        "a.xlsx",
        "ignored",
        [
            (
                "这是办公室的“联系人.xlsx”,是本程序写的,不是单位报送的表,没有读取。"
                "请移出“回收”文件夹;要用里面的邮箱的,放回与“回收”并列的位置,再收一次表。"
            )
        ],
    )


def test_packed(office: Office, tmp_path: Path) -> None:
    """So are the index of what is handed up, and its manifest."""
    desk = PackingDesk(tmp_path / "other")
    desk.put(f"{FIRST}/15/a.pdf")
    desk.pack()
    for name in ("目录.xlsx", "manifest-sha256.txt"):
        office.receive(name, (desk.packed / name).read_bytes())
    told = {file["path"]: [each["value"] for each in file["findings"]] for file in office.look()}
    assert told == {"目录.xlsx": ["上报材料的目录"], "manifest-sha256.txt": ["上报材料的校验清单"]}


@pytest.mark.whole
def test_own_files(written: Office) -> None:
    """A review book, a feedback sheet, the ranking, the register and the like are recognised, whatever they are called."""
    root, results = written.root, written.space.results
    own = {
        "甲.xlsx": (written.space.review / "审核表.xlsx", "审核表"),
        "排名.xlsx": (results / "排名汇总.xlsx", "排名汇总"),
        f"{FIRST}.xlsx": (next((results / "反馈单").glob("02_*.xlsx")), "反馈单"),
        "乙.xlsx": (root / "收到登记.xlsx", "收到登记"),
        "丙.xlsx": (results / "台账清单.xlsx", "台账清单"),
        "丁.xlsx": (results / "通报/通报版.xlsx", "通报版"),
        "通报稿.docx": (results / "通报/通报稿.docx", "通报稿"),
        "report.json": (results / "report.json", "收表结果"),
    }
    for name, (path, _) in own.items():
        written.receive(f"别的/{name}", path.read_bytes())
    round_ = written.collect()
    for name, (_, called) in own.items():
        file = written.file(f"别的/{name}")
        assert (file["status"], file["unit"]) == ("ignored", None)
        assert [(each["code"], each["severity"], each["value"]) for each in file["findings"]] == [
            ("office-file", "confirm", called)
        ]
    message = written.file("别的/甲.xlsx")["findings"][0]["message"]
    assert message == (
        "这是办公室的“审核表”,是本程序写的,不是单位报送的表,没有读取。"
        "填过的请移到“审核”文件夹,再收一次表,里面的决定才会采用。"
    )
    assert f"  别的/甲.xlsx:{message}" in list(round_summary(round_, written.space))
    assert not round_.needs_attention


def test_the_text_of_a_mail(office: Office) -> None:
    """The text of a mail that was sent back is the office's, under a unit's name too."""
    office.receive("02_人大常委会机关_退回修改.txt", "请修改。".encode())
    office.collect()
    assert office.codes("02_人大常委会机关_退回修改.txt") == ["office-file"]
    assert office.unit(FIRST)["state"] == "missing"
