"""A round whose files are open in Excel or WPS on Windows: each is named, nothing is lost, and everything else is written."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.commands.standing import Heard
from tests.support.changes import tree
from tests.support.offices import FIRST, NOW, SECOND, Office
from tests.support.progress import Silent
from tests.support.systems import seen
from tests.support.windows import open_in_excel

pytestmark = pytest.mark.long

CLOSE = "正在 Excel、WPS 或别的程序里打开,没有写。请存盘、关闭它,再运行一次。"


class Ended(NamedTuple):
    """What a collect said, and what it ended with."""

    told: list[str]
    error: str


def ended(office: Office) -> Ended:
    heard, error = Heard(to=Silent()), ""
    try:
        collect(office.notice, office.space, CollectOrder(), heard, now=NOW)
    except WrongUseError as raised:
        error = str(raised)
    return Ended([seen(line, office.root, ".") for line in heard.lines], seen(error, office.root, "."))


def receive_worse(office: Office) -> None:
    """Let one unit's new return be at fault and the other's be better, so that every file of the results changes."""
    office.receive("错.xlsx", office.filled(FIRST, {**office.good(FIRST), "15.1.自评": 99}))
    office.receive("好.xlsx", office.filled(SECOND, office.good(SECOND, seed=2)))


def test_every_workbook(collected: Office, tmp_path: Path) -> None:
    """All that people can have open is open: each is named with what to do, and the next run has what an undisturbed one has."""
    receive_worse(collected)
    undisturbed = collected.copied(tmp_path / "undisturbed")
    ended(undisturbed)
    before = tree(collected)
    with open_in_excel(lambda path: path.suffix in {".xlsx", ".docx", ".txt"} and path.exists()):
        told, error = ended(collected)
    held = {name: data for name, data in before.items() if name.endswith((".xlsx", ".docx", ".txt"))}
    assert {name for name, data in held.items() if tree(collected).get(name) != data} == set()
    assert error.splitlines() == [
        f"./结果/排名汇总.xlsx {CLOSE}",
        f"./结果/反馈单/02_人大常委会机关_反馈单.xlsx {CLOSE}",
        f"./结果/通报/通报稿.docx {CLOSE}",
        f"./结果/回执/04_政协机关_回执.xlsx {CLOSE}",
        f"./结果/回执/02_人大常委会机关_回执.xlsx {CLOSE}",
        "原件已存档,其余结果已经写好。处理后重新运行即可。",
    ]
    assert [line for line in told if CLOSE in line] == [
        f"./收到登记.xlsx {CLOSE}其余结果照常写。",
        f"./审核/审核表.xlsx {CLOSE}其余结果照常写。",
    ]
    assert list(collected.root.rglob(".*.tmp")) == []
    ended(collected)
    assert tree(collected) == tree(undisturbed)


@pytest.mark.parametrize("name", ["report.json", "清单.json"])
def test_one_file(collected: Office, tmp_path: Path, name: str) -> None:
    """A single file that is held costs no other one: the next run has what an undisturbed one has."""
    receive_worse(collected)
    undisturbed = collected.copied(tmp_path / "undisturbed")
    ended(undisturbed)
    with open_in_excel(lambda path: path.name == name):
        told, error = ended(collected)
    assert any(f"{name} {CLOSE}" in line for line in (*told, *error.splitlines()))
    ended(collected)
    assert tree(collected) == tree(undisturbed)


def test_kept_by_wps(collected: Office) -> None:
    """Books that nobody else may even read are left as they are, and it is said to close them, not to restore or to remove them."""
    before = tree(collected)
    with open_in_excel(lambda path: path.name in {"审核表.xlsx", "收到登记.xlsx"}, for_itself=True):
        told, error = ended(collected)
    assert (told, error) == (
        [
            "收到登记.xlsx 读不出来:正在 Excel、WPS 或别的程序里打开。本次没有采用其中的更正,也没有改写它。请存盘、关闭它,再收一次表。",
            (
                "  审核/审核表.xlsx:文件读不出来,已跳过,其余文件照常处理(正在 Excel、WPS 或别的程序里打开)。"
                "正打开着的请关闭;核对文件能不能打开,放好后再收一次表。"
            ),
            "审核表.xlsx 写不了:正在 Excel、WPS 或别的程序里打开。其余结果照常写。",
        ],
        "",
    )
    changed = {name for name, data in tree(collected).items() if before.get(name) != data}
    assert changed == {"结果/排名汇总.xlsx", "结果/report.json"}  # which say so
