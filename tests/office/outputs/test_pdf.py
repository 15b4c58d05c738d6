"""PDFs by a real LibreOffice: made once, made anew where the file has changed, and none that is stale."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import Workbook

from fazhi_xl.office.outputs import pdf
from fazhi_xl.office.outputs.pdf import convert, find_office
from fazhi_xl.office.outputs.publish import print_results
from tests.clients.absent import skip_or_fail
from tests.clients.pdf import page_count, page_sizes, pages_text
from tests.support.offices import FIRST, SECOND, Office
from tests.support.progress import Silent
from tests.support.systems import scripts

SHEET = "02_人大常委会机关_反馈单"
BY_HAND = "请用 Excel 或 WPS 打开这些文件,打印或另存为 PDF。"


class Said(Silent):
    """Keeps what a run says."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, *parts: str) -> None:
        self.lines.append("".join(parts))


def printed(office: Office) -> list[str]:
    said = Said()
    print_results(office.space, said)
    return said.lines


def pdfs(office: Office) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in office.space.results.rglob("*.pdf")}


def test_where_libreoffice_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is not on the path it is looked for where Windows and a Mac have their programs, and nowhere else."""
    usual = tmp_path / "soffice.exe"
    usual.write_bytes(b"")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(pdf, "_PLACES", {"win32": (str(tmp_path / "没有.exe"), str(usual))})
    for system, found in (("win32", usual), ("darwin", None), ("linux", None)):
        with monkeypatch.context() as patch:
            patch.setattr(sys, "platform", system)
            assert find_office() == found


def test_ending_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that hangs is killed by itself where the system has no groups of processes."""
    done: list[str] = []
    hanging = SimpleNamespace(pid=1, wait=lambda *_: _hangs(done), kill=lambda: done.append("kill"))
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: hanging)
    monkeypatch.setattr(os, "killpg", lambda *_: done.append("group"), raising=False)
    for system in ("win32", "linux") if hasattr(signal, "SIGKILL") else ("win32",):
        done.clear()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "platform", system)
            assert convert(Path("soffice"), {"甲.xlsx": b"x"}, {".xlsx": "pdf"}) == {}
        assert done == ["wait", *(["group"] if system == "linux" else []), "kill", "wait"]


def _hangs(done: list[str]) -> None:
    done.append("wait")
    if done == ["wait"]:
        raise subprocess.TimeoutExpired("soffice", 1)


def test_without_libreoffice(collected: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no LibreOffice the command says how to do it by hand, and that is all."""
    monkeypatch.setenv("PATH", "")
    if find_office() is not None:
        pytest.skip("LibreOffice stands in its usual folder")
    assert printed(collected) == [f"没有找到 LibreOffice,没有做 PDF。{BY_HAND}"]
    assert pdfs(collected) == {}


@scripts
def test_an_office_that_fails(collected: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where LibreOffice ends without a PDF, the files are named, and nothing else happens."""
    broken = tmp_path / "bin" / "soffice"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\nexit 77\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(broken.parent), prepend=":")
    assert printed(collected) == [
        "做好 PDF 0份。",
        f"没有做成 PDF 的4份:{SHEET}.xlsx、04_政协机关_反馈单.xlsx、通报版.xlsx、通报稿.docx。{BY_HAND}",
    ]
    assert pdfs(collected) == {}


@pytest.mark.libreoffice
def test_made_once_and_never_stale(collected: Office) -> None:
    """Each workbook gets its PDF on upright A4; a second run makes none; a sheet that changes loses its PDF until the next one."""
    if find_office() is None:
        skip_or_fail("LibreOffice is not installed")
    printed(collected)
    first = pdfs(collected)
    assert {f"{SHEET}.pdf", "04_政协机关_反馈单.pdf", "通报版.pdf"} <= first.keys()
    pdf = collected.space.results / "反馈单" / f"{SHEET}.pdf"
    assert page_sizes(pdf)[0] == (595, 842)
    assert "反馈单" in pages_text(pdf)[0]
    assert page_count(pdf) == 2  # the sheet, and its details
    collected.collect()
    printed(collected)
    assert pdfs(collected) == first
    lower = {**collected.good(FIRST), "15.4.自评": 1, "15.4.说明": "尚未完成"}
    collected.receive("更正.xlsx", collected.filled(FIRST, lower))
    collected.receive(f"{FIRST}.xlsx", b"")
    collected.collect()
    assert f"{SHEET}.pdf" not in pdfs(collected)
    assert pdfs(collected)["04_政协机关_反馈单.pdf"] == first["04_政协机关_反馈单.pdf"]


def test_a_pdf_of_the_offices_own_stays(collected: Office) -> None:
    """A PDF that the office made itself is neither replaced nor taken away."""
    own = collected.space.results / "反馈单" / f"{SHEET}.pdf"
    own.write_bytes(b"%PDF- own")
    (collected.space.returns / f"{SECOND}.xlsx").unlink()
    collected.collect()
    assert own.read_bytes() == b"%PDF- own"


@pytest.mark.parametrize(
    "record",
    [
        b'{"../x.pdf": {"source": "a", "made_from": "b", "sha256": "c"}}',
        *(pytest.param(each, marks=pytest.mark.long) for each in (b"", b"[]")),
    ],
)
def test_a_damaged_record(collected: Office, record: bytes) -> None:
    """Of a damaged record nothing is believed, and nothing is taken away."""
    folder = collected.space.results / "反馈单"
    (folder / "PDF清单.json").write_bytes(record)
    (folder / f"{SHEET}.pdf").write_bytes(b"%PDF-")
    collected.collect()
    assert (folder / f"{SHEET}.pdf").read_bytes() == b"%PDF-"


@pytest.mark.long
@pytest.mark.libreoffice
def test_many_are_shared(tmp_path: Path) -> None:
    """Several LibreOffices share many files, and each PDF is that of its own source."""
    office = find_office()
    if office is None:
        skip_or_fail("LibreOffice is not installed")
    sources: dict[str, bytes] = {}
    for no in range(24):
        book = Workbook()
        book.active["A1"] = f"第{no}份"  # type: ignore[index] # a new workbook has a sheet
        book.save(tmp_path / "表.xlsx")
        sources[f"{no}.xlsx"] = (tmp_path / "表.xlsx").read_bytes()
    for name, data in convert(office, sources, {".xlsx": "pdf", ".docx": "pdf"}, jobs=2).items():
        (tmp_path / f"{name}.pdf").write_bytes(data)
    said = {path.name: pages_text(path)[0].split() for path in tmp_path.glob("*.pdf")}
    assert said == {f"{no}.xlsx.pdf": [f"第{no}份"] for no in range(24)}
