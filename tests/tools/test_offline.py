"""The bundle on a computer as an office has it: no network at all, a user without rights, a path with Chinese letters and blanks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from zipfile import ZipFile

import pytest

from fazhi_xl.text.commands import Starter

PROJECT = Path(__file__).parents[2]
NOBODY = 65534
PYTHONS = ("python3.13", "python3.12", "python3.11", "python3")
RIGHT = "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
NETWORK = "import socket; print([name for _, name in socket.if_nameindex()])"
REQUIRED = "FAZHI_REQUIRE_CLIENTS" in os.environ

pytestmark = [
    pytest.mark.bundle,
    pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeComputer:
    """A folder of a user without rights, and no network."""

    folder: Path
    python: Path

    def run(self, *command: str, seconds: int = 300) -> subprocess.CompletedProcess[str]:
        alone = ["unshare", "--net"] if os.getuid() == 0 else ["unshare", "--map-root-user", "--net"]
        user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if os.getuid() == 0 else []
        return subprocess.run(
            [*alone, *user, *command],
            cwd="/",
            env={"PATH": f"{self.python.parent}:/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=seconds,
            check=False,
        )

    def start(self, starter: Starter) -> subprocess.CompletedProcess[str]:
        return self.run("sh", str(self.folder / f"{starter}.sh"))

    def unpack(self, bundle: Path) -> None:
        with ZipFile(bundle) as package:
            package.extractall(self.folder.parent)
        for path in self.folder.parent.rglob("*"):
            if os.getuid() == 0:
                os.chown(path, NOBODY, NOBODY)


@pytest.fixture(scope="module")
def python() -> Path:
    """Find a Python that a user without rights can start."""
    found = [Path(path) for name in PYTHONS for where in (None, "/usr/bin") if (path := shutil.which(name, path=where))]
    for each in found:
        wanted = OfficeComputer(folder=Path("/"), python=each).run(str(each), "-c", RIGHT)
        if wanted.returncode == 0:
            return each
    if REQUIRED:
        pytest.fail("no Python here that a user without rights can start, or no namespaces")
    return pytest.skip("no Python here that a user without rights can start, or no namespaces")


@pytest.fixture(scope="module")
def bundle(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the bundle for this computer as its README says, without the libraries of the largest rounds."""
    out = tmp_path_factory.mktemp("bundle")
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    version = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True).stdout.strip()
    platform = "uos-arm64" if os.uname().machine == "aarch64" else "linux"
    left_out = ("--without", "rollup", "--without", "cluster")
    tool = str(PROJECT / "tools" / "bundle.py")
    command = [sys.executable, tool, "--platform", platform, "--python", version, *left_out, "--out", str(out)]
    made = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert made.returncode == 0, made.stderr
    (path,) = out.glob("fazhi-xl-离线包-*.zip")
    return path


@pytest.fixture(scope="module")
def computer(python: Path) -> Iterator[OfficeComputer]:
    top = Path(mkdtemp(prefix="区 办公室 "))
    try:
        top.chmod(0o755)
        if os.getuid() == 0:
            os.chown(top, NOBODY, NOBODY)
        yield OfficeComputer(folder=top / "fazhi-xl", python=python)
    finally:
        shutil.rmtree(top)


def test_a_round_without_a_network(bundle: Path, computer: OfficeComputer) -> None:
    """Installed, rehearsed, issued, collected and updated by double clicks; the round and the settings outlive the update."""
    computer.unpack(bundle)
    assert computer.run(str(computer.python), "-c", NETWORK).stdout.strip() == "['lo']"

    early = computer.start(Starter.CHECK)
    assert (early.returncode, "请先双击“安装”。" in early.stdout) == (2, True)

    installed = computer.start(Starter.INSTALL)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    assert "装好了。" in installed.stdout
    assert "接下来:" in installed.stdout

    settings = computer.folder / "设置.txt"
    settings.write_text(settings.read_text("utf-8-sig").replace("zhonglou-2020", "chengchuan-xiangzhen-2023"), "utf-8")
    said = {
        starter: computer.start(starter)
        for starter in (Starter.REHEARSE, Starter.CHECK, Starter.ISSUE, Starter.COLLECT)
    }
    assert {starter: each.returncode for starter, each in said.items()} == dict.fromkeys(said, 0), said
    assert all("做了什么:" in each.stdout and "接下来:" in each.stdout for each in said.values())
    assert (computer.folder / "out" / "演练" / "结果" / "排名汇总.xlsx").is_file()
    kept = {path: path.read_bytes() for path in (computer.folder / "out").rglob("*.xlsx")}

    computer.unpack(bundle)
    old, own = (computer.folder / "program" / "wheels" / name for name in ("old-1-py3-none-any.whl", "我的.txt"))
    for path in (old, own):
        path.write_bytes(b"")
    with (computer.folder / "program" / "installed-sha256.txt").open("a", encoding="utf-8") as before:
        before.write(f"{sha256(b'').hexdigest()}  program/wheels/{old.name}\n")
    assert "删去了旧版本留下的 1 个程序文件" in computer.start(Starter.INSTALL).stdout
    assert (old.exists(), own.exists()) == (False, True)
    assert {path: path.read_bytes() for path in kept} == kept
    assert "chengchuan-xiangzhen-2023" in settings.read_text("utf-8")
    assert computer.start(Starter.COLLECT).returncode == 0


def test_a_file_that_was_changed(bundle: Path, computer: OfficeComputer) -> None:
    """A bundle of which a byte was changed on its way is not installed."""
    computer.unpack(bundle)
    wheel = next((computer.folder / "program" / "wheels").glob("openpyxl-*.whl"))
    wheel.write_bytes(wheel.read_bytes()[:-1] + b"x")
    refused = computer.start(Starter.INSTALL)
    assert refused.returncode == 2
    assert f"这些文件缺少或和发布时不同:program/wheels/{wheel.name}。" in refused.stdout
