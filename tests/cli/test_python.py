"""What a Python says that cannot run the program: one that is too old, one without the libraries, half of a folder."""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path

import pytest

from fazhi_xl.cli import collect
from fazhi_xl.cli.python import NEWEST, OLDEST, absent, unfit

PROJECT = Path(__file__).parents[2]
BEFORE = (
    "build_workbooks.py",
    "collect.py",
    "fazhi_xl/__init__.py",
    "fazhi_xl/cli/__init__.py",
    "fazhi_xl/cli/python.py",
)
INSTALL = "请在程序的文件夹里用 uv 运行(没有 uv 的先运行 pip install uv),例如 uv run collect.py --help。"


@pytest.mark.parametrize("file", BEFORE)
def test_an_old_python_reads_it(file: str) -> None:
    """What is read before the version is looked at has nothing that Python 3.6 does not know, and imports nothing else."""
    tree = ast.parse((PROJECT / file).read_text("utf-8"), feature_version=(3, 6))
    modules = [
        name
        for each in tree.body
        for name in (
            [each.module] if isinstance(each, ast.ImportFrom) else [one.name for one in getattr(each, "names", ())]
        )
    ]
    assert {*modules} <= {"atexit", "gc", "sys", "typing", "warnings", "fazhi_xl.cli", "fazhi_xl.cli.python"}
    annotations = [node.annotation for node in ast.walk(tree) if isinstance(node, ast.arg) and node.annotation]
    assert [each for each in annotations if not isinstance(each, ast.Constant | ast.Name)] == []


def test_the_versions_are_those_of_the_project() -> None:
    """What is asked of a Python is what the project asks of it."""
    wanted = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    assert wanted == f">={OLDEST[0]}.{OLDEST[1]},<{NEWEST[0]}.{NEWEST[1] + 1}"


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13), (3, 14, 0), (4, 0, 0)])
def test_too_old_or_too_new(
    version: tuple[int, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Python that is too old or too new is named, with what to install, and the status is 2."""
    monkeypatch.setattr(sys, "version_info", version)
    monkeypatch.setattr(sys, "executable", "/usr/bin/python")
    assert collect() == 2
    said = ".".join(map(str, version))
    assert capsys.readouterr().err == (
        f"这个 Python(/usr/bin/python)是 {said},本程序要 3.11 到 3.13。请装一个 3.11 到 3.13 的 Python 再运行;"
        "装了几个的,写明用哪一个,例如 python3.12,在 Windows 上是 py -3.12。\n"
    )
    assert [unfit(each) for each in ((3, 11, 0), (3, 13, 9))] == ["", ""]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ModuleNotFoundError("x", name="typer"), f"这个 Python(/usr/bin/python)没有装 typer,运行不了。{INSTALL}"),
        (ModuleNotFoundError("x", name="lxml.etree"), f"这个 Python(/usr/bin/python)没有装 lxml,运行不了。{INSTALL}"),
        (
            ModuleNotFoundError("x", name="fazhi_xl.office"),
            "程序的文件不全,或者新旧混在一起(fazhi_xl.office)。请重新复制整个程序文件夹,或者重新安装。",
        ),
        (
            ImportError("DLL load failed", name="numpy"),
            f"装的 numpy 打不开:安装不完整,或者和这台电脑不配(DLL load failed)。{INSTALL}还不行的,请把这一行交维护人员。",
        ),
    ],
)
def test_what_is_missing(error: ImportError, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that is not there, one that cannot be loaded, and half of the program's own folder are told apart."""
    monkeypatch.setattr(sys, "executable", "/usr/bin/python")
    assert absent(error) == said


def test_half_of_a_folder(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a module of the program is missing the command says so in one line, with status 2."""
    monkeypatch.setitem(sys.modules, "fazhi_xl.cli.collect_command", None)
    assert collect() == 2
    assert capsys.readouterr().err.startswith(
        "程序的文件不全,或者新旧混在一起(fazhi_xl.cli.collect_command)。请重新复制"
    )
