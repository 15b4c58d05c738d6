"""The results of a round are sealed once nothing is open, whole or not at all, and say what they rest on."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from fazhi_xl.disk import remove_own
from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.sealing import seal as sealing
from tests.support.offices import FIRST, SECOND, Office
from tests.support.progress import Silent
from tests.support.sealing import accept_all, edition, files, sealed_as, told, writable
from tests.support.systems import seen

pytestmark = pytest.mark.long


def test_what_an_edition_holds(sealed: Office) -> None:
    """An edition holds the results byte for byte, without what is sent back, and all that they were made from but returns and key."""
    held, space = files(edition(sealed)), sealed.space
    assert sorted(name for name in held if "/" not in name) == ["manifest-sha256.txt", "定稿.json", "定稿说明.txt"]
    for name in ("结果/排名汇总.xlsx", "结果/report.json", "结果/台账清单.xlsx", "结果/通报/通报稿.docx"):
        assert held[name] == (sealed.root / name).read_bytes()
    for name in ("审核/决定.jsonl", "审核/审核表.xlsx", "收到登记.xlsx", "campaign.json"):
        assert held[f"依据/{name}"] == (sealed.root / name).read_bytes()
    assert held["依据/目录/notice.toml"] == (sealed.notice.folder / "notice.toml").read_bytes()
    assert not [name for name in held if "退回" in name or "campaign.key" in name or name.startswith("依据/.")]
    assert (space.archive / "定稿" / "01_第一稿.json").read_bytes() == held["定稿.json"]


def test_nobody_can_change_it(sealed: Office) -> None:
    """Its files and folders are read-only."""
    for path in (edition(sealed), *edition(sealed).rglob("*")):
        assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH), path


def test_the_manifest(sealed: Office) -> None:
    """The manifest names every other file with its SHA-256, as sha256sum reads it."""
    held = files(edition(sealed))
    lines = held.pop("manifest-sha256.txt").decode()
    assert lines == "".join(f"{sha256(held[name]).hexdigest()}  {name}\n" for name in sorted(held))
    if program := shutil.which("sha256sum"):
        ran = subprocess.run([program, "-c", "--quiet", "manifest-sha256.txt"], cwd=edition(sealed), check=False)
        assert ran.returncode == 0


def test_what_it_rests_on(sealed: Office) -> None:
    """定稿.json names the returns, how far the record of decisions went, the catalogue, who sealed it and when."""
    about, lines = told(sealed), (sealed.space.review / "决定.jsonl").read_bytes().splitlines()
    assert (about["no"], about["name"], about["by"], about["sealed"][:16]) == (1, "第一稿", "张三", "2020-11-21T09:00")
    assert about["generated"] == sealed.report["generated"]
    assert (about["round"], about["catalogue"]) == (sealed.report["round"], sealed.report["notice"]["catalogue"])
    assert about["decisions"] == {
        "count": len(lines),
        "sha256": sha256(b"".join(line + b"\n" for line in lines)).hexdigest(),
        "last": sha256(lines[-1]).hexdigest(),
    }
    assert [(each["path"], each["unit"], each["status"], each["admitted"]) for each in about["returns"]] == [
        (f"{unit}.xlsx", unit, "accepted", True) for unit in (FIRST, SECOND)
    ]
    for each in about["returns"]:
        assert each["sha256"] == sha256((sealed.space.returns / each["path"]).read_bytes()).hexdigest()
    assert about["missing"] == ["检察院", "信访局"]
    assert (about["previous"], about["changes"]) == (None, [])
    totals = {each["unit"]: each["figures"]["total"] for each in about["units"]}
    assert totals == {each["unit"]: each["total"] or "" for each in sealed.report["units"]}


def test_the_text_about_it(sealed: Office) -> None:
    """定稿说明.txt says what it is, who answers for it, on what basis, who is not in it, and how it is verified."""
    text = (edition(sealed) / "定稿说明.txt").read_text("utf-8-sig")
    assert text.splitlines()[:8] == [
        "钟楼区2020年度法治建设监测评价 第1号定稿:第一稿",
        "",
        "定稿人:张三",
        "定稿时间:2020年11月21日 09:00",
        "排名:正式排名(按核定,含未报送2家),2020年11月21日 09:00收表所得,目录第1版",
        "单位:应报4家,已报2家;有总分2家",
        "没有报送的2家(不排名):检察院、信访局",
        "审核决定:12条",
    ]
    assert "sha256sum -c manifest-sha256.txt" in text
    assert "certutil -hashfile 文件名 SHA256" in text  # an office's computer has Windows
    assert "这是第一次定稿。" in text


# What keeps a round from being sealed ---------------------------------------------------------------------------------


def test_open_matters(collected: Office) -> None:
    """While anything is open nothing is sealed: each kind is counted and its first rows are named, and what to do is said."""
    with pytest.raises(WrongUseError) as error:
        sealed_as(collected, "第一稿")
    lines = seen(str(error.value), collected.root).splitlines()
    assert lines[0] == "还没有定完,没有定稿:现在是预排名(按自评,含未报送2家)。"
    assert lines[1].startswith("  得分点未核定12项:“审核”02/15.1(人大常委会机关:15.1 ")
    assert lines[1].endswith("等")
    assert lines[-1] == (
        "请在 out/审核/审核表.xlsx 里逐项定下(out/结果/排名汇总.xlsx 的“未定清单”列出每一项),再运行一次。"
    )
    assert not collected.space.sealed.exists()


def test_nothing_came(office: Office) -> None:
    """Where no unit has a total there is nothing to seal."""
    with pytest.raises(WrongUseError, match="还没有可以正式排名的单位"):
        sealed_as(office, "第一稿")


def test_nothing_changed(sealed: Office) -> None:
    """A further edition of the same results is refused."""
    with pytest.raises(WrongUseError, match="和第1号定稿“第一稿”相比没有变化,没有另出一稿。"):
        sealed_as(sealed, "第二稿")
    assert [path.name for path in sealed.space.sealed.iterdir()] == ["01_第一稿"]


def test_a_name_that_is_used(sealed: Office) -> None:
    """Two editions of one name are refused, also where the first is gone."""
    writable(edition(sealed))
    remove_own(edition(sealed))
    with pytest.raises(WrongUseError, match="第1号定稿已经叫“第一稿”,没有定稿。"):
        sealed_as(sealed, "第一稿")


def test_results_that_changed_meanwhile(collected: Office) -> None:
    """Results that are no longer those of the collect are not sealed."""
    round_ = accept_all(collected)
    report = collected.space.results / "report.json"
    report.write_text(json.dumps({**collected.report, "basis": "自评"}), "utf-8")
    order = sealing.SealOrder(name="第一稿", by="张三", round_=round_, now=round_.generated)
    with pytest.raises(WrongUseError, match=r"report\.json 在收表以后又变了,没有定稿。请再运行一次。"):
        sealing.seal(collected.space, order, Silent())


# Whole or not at all --------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """As where a process ends in the middle of its work, with nothing done any more."""


@pytest.mark.parametrize("at", [1, 5])
def test_killed_while_it_is_written(decided: Office, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """A run that is killed leaves no edition; the next removes what is left of it, and seals."""
    wrote: list[Path] = []

    def killed(folder: Path) -> None:
        wrote.append(folder)
        if len(wrote) == at:
            raise Killed

    with monkeypatch.context() as moment:
        moment.setattr(sealing, "settle", killed)
        moment.setattr(sealing, "remove", lambda _: None)  # a process that is killed tidies nothing
        with pytest.raises(Killed):
            sealed_as(decided, "第一稿")
    left = [path.name for path in decided.space.sealed.iterdir()]
    assert left == [".01_第一稿.tmp"]
    sealed_as(decided, "第一稿")
    assert [path.name for path in decided.space.sealed.iterdir()] == ["01_第一稿"]


def test_killed_before_it_is_remembered(decided: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is killed after the renaming leaves a whole edition, which the next collect remembers."""

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as moment:
        moment.setattr(sealing, "remember", killed)
        with pytest.raises(Killed):
            sealed_as(decided, "第一稿")
    assert not (decided.space.archive / "定稿").exists()
    done = decided.collect()
    assert done.sealed
    assert done.sealed.same
    assert (decided.space.archive / "定稿" / "01_第一稿.json").read_bytes() == (
        edition(decided) / "定稿.json"
    ).read_bytes()


def test_it_cannot_be_written(decided: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk is full nothing is left of the edition, and what to do is said."""

    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sealing, "settle", full)
    with pytest.raises(WrongUseError, match="磁盘满了"):
        sealed_as(decided, "第一稿")
    assert list(decided.space.sealed.iterdir()) == []
    assert not (decided.space.archive / "定稿").exists()
