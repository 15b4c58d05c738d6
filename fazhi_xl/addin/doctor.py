"""Checks what the console needs on this machine, and says what to do where something is missing."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

from fazhi_xl.addin import layout
from fazhi_xl.addin.console import INTERPRETER, configuration, vba_project
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.text.commands import Command
from fazhi_xl.xlsx.reader import Bounds, read

COMMANDS = f"{Command.ISSUE} 和 {Command.COLLECT} 两个命令能做全部的事,不用 Excel。"
_BOUNDS = Bounds(rows=60, columns=16)
_MARK = re.compile(r"ZoneId\s*=\s*([34])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """The result of one check, with advice where it failed. `right` is None where the outcome does not matter."""

    about: str
    right: bool | None
    said: str

    def __str__(self) -> str:
        sign = {True: "好", False: "不行", None: "说明"}[self.right]
        return f"[{sign}] {self.about}:{self.said}"


Registry = Callable[[str, str], object]
"""Gives a value under HKEY_CURRENT_USER or HKEY_CLASSES_ROOT, None where there is none; only reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The machine that is checked; tests pass a made-up one."""

    platform: str = sys.platform
    interpreter: str = INTERPRETER
    environment: Mapping[str, str]
    registry: Registry
    home: Path


def this_machine() -> Machine:
    return Machine(environment=os.environ, registry=_registry, home=Path.home())


def doctor(space: Workspace, machine: Machine) -> tuple[Remark, ...]:
    """Run every check; a check that fails to run is reported, and nothing is raised."""
    remarks: list[Remark] = []
    for look in _LOOKS:
        try:
            remarks.extend(look(space, machine))
        except Exception as error:  # noqa: BLE001 - what cannot be looked at must not hide the rest
            said = f"没有查成({type(error).__name__}:{error})。"
            remarks.append(Remark(about=look.__name__.strip("_"), right=None, said=said))
    return tuple(remarks)


Look = Callable[[Workspace, Machine], Iterator[Remark]]


# The machine ---------------------------------------------------------------------------------------------------------


def _platform(_: Workspace, machine: Machine) -> Iterator[Remark]:
    named = {"win32": "Windows", "darwin": "Mac"}.get(machine.platform)
    said = f"{named},可以用 Excel。" if named else f"{machine.platform} 上没有能被程序操作的 Excel。{COMMANDS}"
    yield Remark(about="系统", right=named is not None, said=said)


def _excel(_: Workspace, machine: Machine) -> Iterator[Remark]:
    if machine.platform == "darwin":
        there = any(
            (folder / "Microsoft Excel.app").exists()
            for folder in (Path("/Applications"), machine.home / "Applications")
        )
        yield _excel_remark(there=there)
    elif machine.platform == "win32":
        clsid = machine.registry("HKCR", r"Excel.Application\CLSID")
        yield _excel_remark(there=clsid is not None)
        server = str(machine.registry("HKCR", rf"CLSID\{clsid}\LocalServer32") or "") if clsid else ""
        if re.search(r"\bet\.exe|wps|kingsoft", server, re.IGNORECASE):
            said = f"Excel 的位置被 WPS 占了({server})。在 WPS 的“配置工具”里取消“兼容第三方系统和软件”,或用两个命令。"
            yield Remark(about="WPS", right=False, said=said)


def _excel_remark(*, there: bool) -> Remark:
    said = "找到了。" if there else f"没有找到 Microsoft Excel(WPS 不行)。{COMMANDS}"
    return Remark(about="Excel", right=there, said=said)


def _package(space: Workspace, _: Machine) -> Iterator[Remark]:
    """Compare the versions of xlwings and of the console's VBA: on a Mac they have to be equal."""
    if find_spec("xlwings") is None:
        yield Remark(about="xlwings", right=False, said=f"没有装。请运行 {Command.INSTALL_CONSOLE}。")
        return
    own, console = version("xlwings"), space.root / layout.FILE
    if not console.exists():
        yield Remark(about="xlwings", right=True, said=f"版本 {own}。")
        return
    with ZipFile(console) as package:
        same = package.read("xl/vbaProject.bin") == vba_project()
    theirs = read(console.read_bytes(), bounds=_BOUNDS).properties.get(layout.VERSION_PROPERTY, "(不明)")
    said = f"版本 {own},与工作台一致。" if same else f"装的是 {own},工作台是用 {theirs} 生成的。请重新生成工作台。"
    yield Remark(about="xlwings", right=same, said=said)


# The console ---------------------------------------------------------------------------------------------------------


def _console(space: Workspace, machine: Machine) -> Iterator[Remark]:
    path = space.root / layout.FILE
    if not path.exists():
        yield Remark(about="工作台", right=False, said=f"没有 {path}。请运行 {Command.MAKE_CONSOLE}。")
        return
    yield Remark(about="工作台", right=True, said=str(path))
    book = read(path.read_bytes(), bounds=_BOUNDS)
    cells = {(cell.row, cell.column): cell.text for cell in book.cells if cell.sheet == layout.CONF_SHEET}
    held = {key: cells.get((row, 2), "") for (row, column), key in cells.items() if column == 1}
    key = "INTERPRETER_MAC" if machine.platform == "darwin" else "INTERPRETER_WIN"
    interpreter = held.get(key, "")
    there = bool(interpreter) and Path(interpreter).exists()
    same = there and Path(interpreter) == Path(machine.interpreter)
    said = interpreter if same else f"工作台里写的是“{interpreter}”,现在的是“{machine.interpreter}”。请重新生成工作台。"
    yield Remark(about="Python", right=same, said=said)
    changed = [name for name, value in configuration().items() if name not in _OWN and held.get(name, "") != value]
    if changed:
        said = f"{'、'.join(changed)} 与生成时不同。没有人有意改过的,请重新生成工作台。"
        yield Remark(about="工作台的配置", right=False, said=said)


_OWN = frozenset({"INTERPRETER_WIN", "INTERPRETER_MAC", "INTERPRETER"})


def _place(space: Workspace, machine: Machine) -> Iterator[Remark]:
    """Check the folder: in a synchronised or shared one Excel has a URL instead of a path."""
    root = space.root.resolve()
    synced = [name for key, name in machine.environment.items() if key.upper().startswith("ONEDRIVE") and name]
    if any(root.is_relative_to(Path(name)) for name in synced) or str(root).startswith(("\\\\", "//")):
        said = f"{root} 是网络或 OneDrive 文件夹,Excel 会给出网址。请换到本机的文件夹,例如 D:\\年度考核。"
        yield Remark(about="文件夹", right=False, said=said)
    elif space.returns.resolve() in (root, *root.parents) or root.name == space.returns.name:
        said = f"{root} 在“{space.returns.name}”里。工作台不要和收回的文件放在一起,请换一个输出文件夹。"
        yield Remark(about="文件夹", right=False, said=said)
    elif strange := sorted({sign for sign in ';%$"' if sign in f"{root}{configuration()['PYTHONPATH']}"}):
        said = f"路径里有 {' '.join(strange)},工作台会找不到程序。请把程序和输出文件夹放到名称里没有这些符号的地方。"
        yield Remark(about="文件夹", right=False, said=said)
    else:
        yield Remark(about="文件夹", right=True, said=str(root))


# Trust ---------------------------------------------------------------------------------------------------------------


def _origin(space: Workspace, machine: Machine) -> Iterator[Remark]:
    """Check whether Windows marks the console as downloaded, in which case Excel blocks its macros."""
    path = space.root / layout.FILE
    if machine.platform != "win32" or not path.exists():
        return
    try:
        mark = Path(f"{path}:Zone.Identifier").read_text("utf-8", "replace")
    except OSError:
        mark = ""
    blocked = bool(_MARK.search(mark))
    said = (
        "Windows 把工作台当作从网上来的,宏被挡住。右键文件,属性,勾选“解除锁定”;或在这台电脑上重新生成。"
        if blocked
        else "是在这台电脑上生成的。"
    )
    yield Remark(about="文件来源", right=not blocked, said=said)


def _macros(_: Workspace, machine: Machine) -> Iterator[Remark]:
    if machine.platform != "win32":
        return
    for place in (r"Software\Policies\Microsoft", r"Software\Microsoft"):
        setting = machine.registry("HKCU", rf"{place}\Office\16.0\Excel\Security\VBAWarnings")
        if setting is not None:
            yield _macro_remark(str(setting), by_policy="Policies" in place)
            return
    yield _macro_remark("2", by_policy=False)


def _macro_remark(setting: str, *, by_policy: bool) -> Remark:
    who = "单位的管理员规定的,请找信息中心" if by_policy else "文件,选项,信任中心,宏设置"
    words = {
        "1": (True, "宏都可以运行。"),
        "2": (True, "打开工作台时会问,请点“启用内容”。"),
        "3": (False, f"只运行签过名的宏,工作台没有签名。请改成“禁用所有宏,并发出通知”({who})。"),
        "4": (False, f"宏全被禁用。请改成“禁用所有宏,并发出通知”({who})。"),
    }
    right, said = words.get(setting, (None, f"设置是 {setting},不认识。"))
    return Remark(about="宏", right=right, said=said)


def _licence(_: Workspace, machine: Machine) -> Iterator[Remark]:
    """Check that xlwings PRO, which has to be paid for and is not used here, is switched off."""
    found = [name for name in machine.environment if name.upper() == "XLWINGS_LICENSE_KEY"]
    mac = machine.home / "Library" / "Containers" / "com.microsoft.Excel" / "Data"
    for path in (machine.home / ".xlwings" / "xlwings.conf", mac / "xlwings.conf"):
        with suppress(OSError):
            if re.search(r'LICENSE_KEY"?\s*,\s*"?[^"\s]', path.read_text("utf-8", "replace")):
                found.append(str(path))
    said = f"{'、'.join(found)} 里有 xlwings PRO 的许可。工作台用不到,请去掉。" if found else "没有,也不需要。"
    yield Remark(about="xlwings PRO 许可", right=not found, said=said)


_LOOKS: tuple[Look, ...] = (_platform, _excel, _package, _console, _place, _origin, _macros, _licence)


def _registry(root: str, path: str) -> object:
    """Read a value; where there is none of that name, the default value of the key of that name."""
    if sys.platform != "win32":
        return None
    import winreg  # noqa: PLC0415 - only Windows has it

    key, _, name = path.rpartition("\\")
    top = {"HKCU": winreg.HKEY_CURRENT_USER, "HKCR": winreg.HKEY_CLASSES_ROOT}[root]
    for at, value in ((path, ""), (key, name)):
        try:
            with winreg.OpenKey(top, at) as held:
                return winreg.QueryValueEx(held, value)[0]
        except OSError:
            continue
    return None
