"""What the figures were taken on: processor, system, and the versions of what was compared."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.setting import EXCELJS

_LIBRARIES = (
    "XlsxWriter", "openpyxl", "rustpy-xlsxwriter", "python-calamine", "fastexcel", "pandas", "lxml",
)  # fmt: skip


def machine() -> str:
    """Say in a line on what is measured."""
    return f"{os.cpu_count()} cores ({_processor()}), {platform.system()}, Python {platform.python_version()}"


def versions() -> str:
    """Name the libraries with their versions."""
    return ", ".join([*(f"{name} {_version(name)}" for name in _LIBRARIES), EXCELJS.replace("@", " ")])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    named = (
        re.search(r"^model name\s*:\s*(.*)$", information.read_text("utf-8"), re.MULTILINE)
        if information.exists()
        else None
    )
    return named[1] if named else platform.processor() or platform.machine()


def busy() -> str:
    """Say where others load the machine; blank where it is quiet."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return (
        f"the machine is busy (load {load:.1f}): wall times mean little, and CPU times run high" if load > 0.5 else ""
    )
