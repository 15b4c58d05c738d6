"""The wheel: what it holds, and that its two commands work where no clone of the project is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, ignore_patterns
from zipfile import ZipFile

import pytest

from fazhi_xl.xlsx.reader import read
from tests.support import catalogues
from tests.support.binary import xlsb

pytestmark = pytest.mark.exhaustive  # building, a new environment and a rehearsal take half a minute

PROJECT = Path(__file__).parents[2]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
BUILD = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """An environment that holds the wheel, and beside it what the wheel depends on."""

    root: Path

    def run(self, command: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a command where no other program is found: LibreOffice draws for office/archiving/test_prints.py."""
        usual = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV", "PATH"))}
        return subprocess.run(
            [self.root / SCRIPTS / command, *arguments],
            cwd=cwd,
            env=usual | {"PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel by the backend that pyproject.toml names, from a copy: building may leave files behind."""
    folder = tmp_path_factory.mktemp("wheel")
    left_out = ignore_patterns(
        ".git", ".venv", "out", "__pycache__", ".*_cache", ".coverage*", ".hypothesis", "tests", "docs"
    )
    source = copytree(PROJECT, folder / "source", ignore=left_out)
    subprocess.run([sys.executable, "-c", BUILD, folder], cwd=source, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install the wheel into an environment of its own; what it depends on is found where the tests run."""
    root = tmp_path_factory.mktemp("installed") / "环境 1"
    venv.create(root, with_pip=True, symlinks=os.name != "nt")
    python = root / SCRIPTS / "python"
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.run([python, "-c", ask], check=True, capture_output=True, encoding="utf-8").stdout.strip()
    Path(packages, "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    subprocess.run([python, "-m", "pip", "install", "--no-index", "--no-deps", wheel], check=True, capture_output=True)
    return Installed(root=root)


def test_holds_the_catalogues(wheel: Path) -> None:
    """Every file of every catalogue is in the wheel, byte for byte, and none of the tests."""
    with ZipFile(wheel) as package:
        held = {name: package.read(name) for name in package.namelist()}
    templates = PROJECT / "workbook_templates"
    expected = {
        f"fazhi_xl/{path.relative_to(PROJECT).as_posix()}": path.read_bytes()
        for path in templates.rglob("*")
        if path.is_file()
    }
    assert {name: data for name, data in held.items() if "workbook_templates" in name} == expected
    assert {name.partition("/")[0].partition("-")[0] for name in held} == {"fazhi_xl"}


def test_rehearsal(installed: Installed, tmp_path: Path) -> None:
    """The installed command plays the rehearsal of a small catalogue."""
    catalogues.write(tmp_path / "小", catalogues.minimal(6))
    ended = installed.run("fazhi-collect", "--rehearse", "--campaign", "小", "--quiet", cwd=tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert (tmp_path / "out" / "演练" / "结果" / "排名汇总.xlsx").is_file()


def test_round(installed: Installed, tmp_path: Path) -> None:
    """The installed commands issue, and read a return that only a process of its own may open."""
    built = installed.run("fazhi-build", "--unit", "总工会", "--quiet", cwd=tmp_path)
    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")
    (issued,) = (tmp_path / "out" / "发放").iterdir()
    book = read(issued.read_bytes())
    (tmp_path / "out" / "回收" / "表.xlsb").write_bytes(xlsb([sheet.name for sheet in book.sheets], book.cells))
    collected = installed.run("fazhi-collect", "--json", cwd=tmp_path)
    assert (collected.returncode, collected.stderr) == (1, "")
    (file,) = json.loads(collected.stdout)["files"]
    assert file["unit"] == "总工会"
    assert "file-converted" in {found["code"] for found in file["findings"]}


def test_texts_name_the_installed_commands(installed: Installed, tmp_path: Path) -> None:
    """What a user is told to run is what is installed."""
    ended = installed.run("fazhi-collect", cwd=tmp_path)
    said = "out 里没有 campaign.json,还没有发放过表。请先运行 fazhi-build,或用 --out 指明输出文件夹。\n"
    assert (ended.returncode, ended.stderr) == (2, said)
