"""What the console's helpers do on Windows, with Windows' answers in the place of this system's."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from fazhi_xl.addin import open_book
from fazhi_xl.addin.doctor import doctor, this_machine
from fazhi_xl.addin.open_book import opened
from fazhi_xl.office.workspace.folder import Workspace
from tests.support.windows import on_windows

CLSID = "{00024500-0000-0000-C000-000000000046}"
EXCEL = {
    "HKCR\\Excel.Application\\CLSID\\": CLSID,  # the key's own value, which has no name
    f"HKCR\\CLSID\\{CLSID}\\LocalServer32\\": r"C:\Office16\EXCEL.EXE",
    "HKCU\\Software\\Microsoft\\Office\\16.0\\Excel\\Security\\VBAWarnings": 4,
}


def told(space: Workspace) -> dict[str, str]:
    return {each.about: str(each) for each in doctor(space, replace(this_machine(), platform="win32"))}


def test_the_doctor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The registry is asked where Excel is and what it does with macros; a console that Windows marks as downloaded is told."""
    on_windows(monkeypatch, EXCEL)
    (tmp_path / "fazhi_xl.xlsm").write_bytes(b"")
    (tmp_path / "fazhi_xl.xlsm:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n", "utf-8")
    found = told(Workspace(tmp_path))
    assert found["Excel"] == "[好] Excel:找到了。"
    assert found["文件来源"].startswith("[不行] 文件来源:Windows 把工作台当作从网上来的,宏被挡住。")
    assert found["宏"].startswith("[不行] 宏:宏全被禁用。")


def test_wps_in_the_place_of_excel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where WPS has taken Excel's place that is told, and of a console that was made on this machine nothing is."""
    server = r"C:\Kingsoft\WPS Office\et.exe"
    on_windows(monkeypatch, {**EXCEL, f"HKCR\\CLSID\\{CLSID}\\LocalServer32\\": server})
    (tmp_path / "fazhi_xl.xlsm").write_bytes(b"")
    found = told(Workspace(tmp_path))
    assert found["WPS"].startswith(f"[不行] WPS:Excel 的位置被 WPS 占了({server})。")
    assert found["文件来源"] == "[好] 文件来源:是在这台电脑上生成的。"


def test_no_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the registry says nothing of is as Windows has it when it is new."""
    on_windows(monkeypatch)
    found = told(Workspace(tmp_path))
    assert found["Excel"].startswith("[不行] Excel:没有找到 Microsoft Excel(WPS 不行)。")
    assert found["宏"] == "[好] 宏:打开工作台时会问,请点“启用内容”。"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a file on a Windows without xlwings."""
    on_windows(monkeypatch)
    monkeypatch.setattr(open_book, "find_spec", lambda _: None)
    path = tmp_path / "排名 & 汇总.xlsx"
    path.write_bytes(b"x")
    return path


def test_opened_by_windows(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A result is opened by the program that Windows has for it."""
    started: list[Path] = []
    monkeypatch.setattr(os, "startfile", started.append, raising=False)
    assert (opened(file), started) == (f"已打开:{file}", [file])


@pytest.mark.parametrize(("runs", "said"), [(True, "已在 Excel 里打开"), (False, "已打开")])
def test_opened_in_excel(file: Path, monkeypatch: pytest.MonkeyPatch, runs: bool, said: str) -> None:  # noqa: FBT001 - a case
    """Where Excel can be driven, and does open the file, nobody else is asked."""
    monkeypatch.setattr(open_book, "find_spec", lambda _: object())
    monkeypatch.setattr("fazhi_xl.addin.xlwings_host.open_live", lambda _: runs)
    monkeypatch.setattr(os, "startfile", lambda _: None, raising=False)
    assert opened(file) == f"{said}:{file}"


def test_not_opened_by_windows(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Windows has no program for it, it is said where the file is."""

    def refuse(_: Path) -> None:
        raise OSError(1155, "No application is associated")

    monkeypatch.setattr(os, "startfile", refuse, raising=False)
    assert opened(file) == f"没有找到能打开它的程序,请自己打开:{file}"


@pytest.mark.parametrize(("display", "program"), [("", ""), (":0", "xdg-open")])
def test_opened_by_another_system(file: Path, monkeypatch: pytest.MonkeyPatch, display: str, program: str) -> None:
    """Elsewhere a desktop's program is looked for where there is a desktop, and a Mac's always."""
    asked: list[str] = []
    monkeypatch.setattr(shutil, "which", asked.append)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.setattr(sys, "platform", "linux")
    opened(file)
    monkeypatch.setattr(sys, "platform", "darwin")
    opened(file)
    assert asked == [*filter(None, [program]), "open"]
