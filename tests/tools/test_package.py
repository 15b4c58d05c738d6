"""The zip of the bundle lists all that it holds, and unpacks where Windows takes its paths."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from tools.bundling import package
from tools.bundling.platforms import PLATFORMS, Platform


@pytest.fixture
def long_name(monkeypatch: pytest.MonkeyPatch) -> str:
    """Put one wheel in the place of all, which holds the longest path that is allowed once it is installed and compiled."""
    name = (
        "x" * (package.LONGEST - len("fazhi-xl/program/lib/3.13.new/.py") - len("__pycache__/.cpython-313.pyc")) + ".py"
    )

    def gather(folder: Path, platform: Platform, pythons: object, extras: object) -> None:
        del platform, pythons, extras
        (folder / "wheels").mkdir(parents=True)
        with ZipFile(folder / "wheels" / "a-1-py3-none-any.whl", "w") as wheel:
            wheel.writestr(name, "")

    monkeypatch.setattr(package, "gather", gather)
    return name


def made(folder: Path) -> Path:
    return package.make_bundle(folder, PLATFORMS["windows"], ["3.12"], [])


@pytest.mark.usefixtures("long_name")
def test_everything_is_listed(tmp_path: Path) -> None:
    """Every file of the bundle but the list stands in the list with its digest, and all lie in one folder."""
    with ZipFile(made(tmp_path)) as bundle:
        held = {name: sha256(bundle.read(name)).hexdigest() for name in bundle.namelist()}
        lines = bundle.read("fazhi-xl/program/manifest-sha256.txt").decode().splitlines()
    listed = {path: digest for digest, path in (line.split("  ") for line in lines)}
    assert {f"fazhi-xl/{path}": digest for path, digest in listed.items()} == {
        path: digest for path, digest in held.items() if path != "fazhi-xl/program/manifest-sha256.txt"
    }
    assert {"fazhi-xl/安装.bat", "fazhi-xl/3 收表.bat", "fazhi-xl/先读我.txt", "fazhi-xl/说明/开始.html"} <= held.keys()


def test_paths_that_are_too_long(tmp_path: Path, long_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that would be longer than Windows takes stops the bundle, and is named."""
    monkeypatch.setattr(package, "LONGEST", package.LONGEST - 1)
    with pytest.raises(package.TooLongError, match=long_name):
        made(tmp_path)
