"""What the doctor says of machines as they may be."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from fazhi_xl.addin.doctor import Machine, doctor, this_machine
from fazhi_xl.office.workspace.folder import Workspace
from tests.addin.conftest import console_in
from tests.addin.engine import Engine
from tests.support.once import Once

pytestmark = pytest.mark.long

CLSID = "{00024500-0000-0000-C000-000000000046}"
EXCEL = {r"HKCR\Excel.Application\CLSID": CLSID, rf"HKCR\CLSID\{CLSID}\LocalServer32": r"C:\Office16\EXCEL.EXE"}
WARNINGS = r"Office\16.0\Excel\Security\VBAWarnings"


def windows(tmp_path: Path, registry: dict[str, str] | None = None, **environment: str) -> Machine:
    held = EXCEL if registry is None else registry
    return Machine(
        platform="win32",
        environment=environment,
        registry=lambda root, path: held.get(f"{root}\\{path}"),
        home=tmp_path / "home",
    )


@pytest.fixture
def space(tmp_path: Path, once: Once) -> Workspace:
    made = Workspace(tmp_path / "out")
    console_in(made, once)
    return made


def faults(space: Workspace, machine: Machine) -> dict[str, str]:
    return {each.about: each.said for each in doctor(space, machine) if not each.right}


def test_all_is_right(space: Workspace, tmp_path: Path) -> None:
    """On a Windows machine with everything in place nothing is to be done, and each line says so."""
    remarks = doctor(space, windows(tmp_path))
    assert [each.about for each in remarks] == [
        "系统", "Excel", "xlwings", "工作台", "Python", "文件夹", "文件来源", "宏", "xlwings PRO 许可",
    ]  # fmt: skip
    assert all(str(each).startswith(f"[好] {each.about}:") for each in remarks)


def test_linux(space: Workspace) -> None:
    """Where Excel cannot be driven it is said plainly, with what does the work there."""
    found = faults(space, replace(this_machine(), platform="linux"))
    assert (
        found["系统"]
        == "linux 上没有能被程序操作的 Excel。build_workbooks.py 和 collect.py 两个命令能做全部的事,不用 Excel。"
    )


def test_this_machine(tmp_path: Path) -> None:
    """It looks at the machine that it runs on, whatever it is, and raises nothing."""
    assert doctor(Workspace(tmp_path / "没有"), this_machine())


def test_no_excel(space: Workspace, tmp_path: Path) -> None:
    """Without Excel the commands are named."""
    assert faults(space, windows(tmp_path, {}))["Excel"].startswith("没有找到 Microsoft Excel(WPS 不行)。")


def test_mac(space: Workspace, tmp_path: Path) -> None:
    """A Mac has no registry; Excel is looked for among its programs."""
    machine = replace(windows(tmp_path), platform="darwin")
    (machine.home / "Applications" / "Microsoft Excel.app").mkdir(parents=True)
    assert faults(space, machine) == {}


def test_wps_in_the_place_of_excel(space: Workspace, tmp_path: Path) -> None:
    """WPS may answer when Excel is called."""
    server = r"C:\Users\x\AppData\Local\Kingsoft\WPS Office\office6\et.exe /automation"
    found = faults(space, windows(tmp_path, {**EXCEL, rf"HKCR\CLSID\{CLSID}\LocalServer32": server}))
    assert found == {
        "WPS": f"Excel 的位置被 WPS 占了({server})。在 WPS 的“配置工具”里取消“兼容第三方系统和软件”,或用两个命令。"
    }


def test_no_console(tmp_path: Path) -> None:
    """Where there is no console it is said how to get one."""
    found = faults(Workspace(tmp_path / "out"), windows(tmp_path))
    assert found == {"工作台": f"没有 {tmp_path / 'out' / 'fazhi_xl.xlsm'}。请运行 build_workbooks.py --console。"}


def test_a_damaged_console(space: Workspace, tmp_path: Path) -> None:
    """What cannot be looked at is said, and the rest is looked at all the same."""
    (space.root / "fazhi_xl.xlsm").write_bytes(b"PK\x03\x04")
    remarks = {each.about: each for each in doctor(space, windows(tmp_path))}
    assert str(remarks["package"]).startswith("[说明] package:没有查成(BadZipFile")
    assert remarks["宏"].right


def test_no_xlwings(space: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without xlwings it is said what to run."""
    monkeypatch.setitem(sys.modules, "xlwings", None)
    found = faults(space, windows(tmp_path))
    assert found["xlwings"] == "没有装。请运行 uv run --extra excel build_workbooks.py --console。"


def test_another_xlwings(space: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A console that another xlwings made is to be generated anew."""
    monkeypatch.setattr("fazhi_xl.addin.doctor.vba_project", lambda: b"another")
    assert faults(space, windows(tmp_path))["xlwings"] == "装的是 0.37.8,工作台是用 0.37.8 生成的。请重新生成工作台。"


def test_another_python(space: Workspace, tmp_path: Path) -> None:
    """A console that calls another Python is to be generated anew."""
    found = faults(space, replace(windows(tmp_path), interpreter="/elsewhere/python"))
    assert found == {"Python": f"工作台里写的是“{sys.executable}”,现在的是“/elsewhere/python”。请重新生成工作台。"}


@pytest.mark.parametrize(("key", "value"), [("ADD_WORKBOOK_TO_PYTHONPATH", "True"), ("PYTHONPATH", "/elsewhere")])
def test_a_changed_configuration(space: Workspace, tmp_path: Path, excel: Engine, key: str, value: str) -> None:
    """A configuration that somebody changed is told by its keys."""
    book = excel.open(space.root / "fazhi_xl.xlsm").impl
    sheet = book.raw["xlwings.conf"]
    row = next(row for row in sheet.iter_rows() if row[0].value == key)
    row[1].value = value
    book.save()
    found = faults(space, windows(tmp_path))
    assert found["工作台的配置"] == f"{key} 与生成时不同。没有人有意改过的,请重新生成工作台。"


@pytest.mark.parametrize("name", ["out/回收", "a;b", "50%", "$x"])
def test_folders(tmp_path: Path, name: str) -> None:
    """The console stands neither among the returns nor where its paths would be torn apart."""
    assert "文件夹" in faults(Workspace(tmp_path / name), windows(tmp_path))


def test_onedrive(tmp_path: Path) -> None:
    """A synchronised folder is told by the variable that OneDrive sets."""
    machine = windows(tmp_path, OneDriveCommercial=str(tmp_path))
    assert "是网络或 OneDrive 文件夹" in faults(Workspace(tmp_path / "out"), machine)["文件夹"]
    assert "文件夹" not in faults(Workspace(tmp_path / "out"), windows(tmp_path, OneDrive=str(tmp_path / "od")))


@pytest.mark.parametrize(("zone", "blocked"), [("3", True), ("4", True), ("0", False)])
def test_mark_of_the_web(space: Workspace, tmp_path: Path, zone: str, blocked: bool) -> None:  # noqa: FBT001
    """A console that came by mail or from the web is blocked by Windows until it is unblocked."""
    Path(f"{space.root / 'fazhi_xl.xlsm'}:Zone.Identifier").write_text(f"[ZoneTransfer]\nZoneId={zone}\n")
    assert ("文件来源" in faults(space, windows(tmp_path))) is blocked


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (r"Software\Microsoft", "1", ""),
        (r"Software\Microsoft", "2", ""),
        (r"Software\Microsoft", "3", "(文件,选项,信任中心,宏设置)"),
        (r"Software\Microsoft", "4", "宏全被禁用。"),
        (r"Software\Policies\Microsoft", "4", "(单位的管理员规定的,请找信息中心)"),
        (r"Software\Microsoft", "9", "设置是 9,不认识。"),
    ],
)
def test_macros(space: Workspace, tmp_path: Path, place: str, value: str, said: str) -> None:
    """What Excel does with macros is read from its settings, and what an administrator ruled is told as that."""
    found = faults(space, windows(tmp_path, {**EXCEL, rf"HKCU\{place}\{WARNINGS}": value}))
    assert said in found["宏"] if said else found == {}


def test_a_licence_key(space: Workspace, tmp_path: Path) -> None:
    """A key for what has to be paid for is told wherever xlwings would find it."""
    machine = windows(tmp_path, XLWINGS_LICENSE_KEY="noncommercial")
    assert faults(space, machine)["xlwings PRO 许可"].startswith("XLWINGS_LICENSE_KEY 里有")
    conf = tmp_path / "home" / ".xlwings" / "xlwings.conf"
    conf.parent.mkdir(parents=True)
    conf.write_text('"LICENSE_KEY",""\n')
    assert faults(space, windows(tmp_path)) == {}
    conf.write_text('"LICENSE_KEY","x"\n')
    assert faults(space, windows(tmp_path))["xlwings PRO 许可"].startswith(f"{conf} 里有")
