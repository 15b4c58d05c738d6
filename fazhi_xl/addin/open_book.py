"""Opens the ranking workbook: in a running Excel, else by the desktop's default program, else only its path is printed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

_SECONDS = 10


def opened(path: Path) -> str:
    """Open a result and say how it was opened, or where it is. Never raises."""
    if not path.exists():
        return f"没有 {path},打不开。"
    with suppress(Exception):  # a file that is not opened fails no run
        if sys.platform in {"win32", "darwin"} and find_spec("xlwings") is not None:
            from fazhi_xl.addin.xlwings_host import open_live  # noqa: PLC0415 - only this loads xlwings

            if open_live(path):
                return f"已在 Excel 里打开:{path}"
    with suppress(Exception):
        if _by_the_desktop(path):
            return f"已打开:{path}"
    why = "没有找到能打开它的程序" if sys.platform in {"win32", "darwin"} else "这里没有桌面"
    return f"{why},请自己打开:{path}"


def _by_the_desktop(path: Path) -> bool:
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - the program that the user has chosen for it
        return True
    if sys.platform != "darwin" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if program is None:
        return False
    ended = subprocess.run([program, path], capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    return ended.returncode == 0
