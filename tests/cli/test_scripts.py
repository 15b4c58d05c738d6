"""The two scripts as users run them: by their path, from any folder, in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.packages import Package

pytestmark = pytest.mark.long

PROJECT = Path(__file__).parents[2]


def run(script: str, *arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    usual = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV"))}
    return subprocess.run(
        [sys.executable, PROJECT / script, *arguments],
        cwd=cwd,
        env=usual | {"PYTHONUTF8": "1"} | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def test_round(tmp_path: Path) -> None:
    """From another folder: issue, put a file into 回收, collect; everything lands in that folder."""
    built = run("build_workbooks.py", "--unit", "总工会", "--out", "本轮", cwd=tmp_path)
    assert (built.returncode, built.stdout) == (0, "")
    (issued,) = (tmp_path / "本轮" / "发放").iterdir()
    (tmp_path / "本轮" / "回收" / issued.name).write_bytes(issued.read_bytes())
    collected = run("collect.py", "--out", "本轮", "--json", cwd=tmp_path)
    assert (collected.returncode, collected.stderr) == (1, "")
    assert [file["status"] for file in json.loads(collected.stdout)["files"]] == ["needs_correction"]
    assert [path.name for path in tmp_path.iterdir()] == ["本轮"]


@pytest.mark.exhaustive
def test_rehearsal(tmp_path: Path) -> None:
    """The rehearsal of the README plays all 45 units and ends with 0; office/commands/test_rehearse.py always plays 18.

    It finds no LibreOffice, which draws the same prints for office/archiving/test_prints.py.
    """
    ended = run("collect.py", "--rehearse", cwd=tmp_path, PATH="")
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr
    assert "【演练数据】截止日期2020年11月20日,应报45家,已报" in ended.stderr
    assert "一页纸" in Package(tmp_path / "out" / "演练" / "结果" / "排名汇总.xlsx").sheets
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["演练"]


@pytest.mark.parametrize("script", ["build_workbooks.py", "collect.py"])
def test_help(tmp_path: Path, script: str) -> None:
    """--help names the script."""
    ended = run(script, "--help", cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith(f"用法:{script} ")


@pytest.mark.parametrize(("script", "option"), [("build_workbooks.py", "--unit"), ("collect.py", "--campaign")])
def test_wrong_use(tmp_path: Path, script: str, option: str) -> None:
    """Wrong use is one line and status 2."""
    ended = run(script, option, "没有的", cwd=tmp_path)
    assert (ended.returncode, ended.stdout, len(ended.stderr.splitlines())) == (2, "", 1)


def test_another_encoding(tmp_path: Path) -> None:
    """Where the terminal knows no Chinese the commands still work."""
    ended = run("build_workbooks.py", "--check", cwd=tmp_path, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (ended.returncode, len(ended.stdout.splitlines())) == (0, 6), ended.stderr


def test_unexpected(tmp_path: Path) -> None:
    """The unexpected is status 3, with a log file in the folder where the command was called."""
    (tmp_path / "sitecustomize.py").write_text(
        "import fazhi_xl.notice.lint\ndef lint(_): raise ZeroDivisionError('boom')\nfazhi_xl.notice.lint.lint = lint\n"
    )
    path = os.pathsep.join((str(tmp_path), str(PROJECT)))
    ended = run("build_workbooks.py", "--check", cwd=tmp_path, PYTHONPATH=path)
    (log,) = tmp_path.glob("fazhi-xl-*.log")
    assert (ended.returncode, ended.stdout, len(ended.stderr.splitlines())) == (3, "", 1)
    assert log.name in ended.stderr
    assert "boom" in log.read_text("utf-8")
