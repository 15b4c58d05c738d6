"""The wheels of a bundle: the project's own, and all that pyproject.toml pins, for one kind of computer and several Pythons.

uv resolves, since pip takes the markers of the machine it runs on; pip downloads and holds every file to its hash.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Collection, Iterable, Iterator
from hashlib import file_digest
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from tools.bundling.platforms import Platform

PROJECT = Path(__file__).resolve().parents[2]
_DECLARED = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
VERSION = str(_DECLARED["project"]["version"])
EXTRAS: tuple[str, ...] = tuple(_DECLARED["project"]["optional-dependencies"])
INSTALLER = next(each for each in _DECLARED["dependency-groups"]["dev"] if str(each).startswith("pip=="))


class FailedError(Exception):
    """A program that the bundle is made with ended with an error; carries what it said."""


def requirements_file(python: str) -> str:
    return f"requirements-{python}.txt"


def gather(folder: Path, platform: Platform, pythons: Iterable[str], extras: Collection[str]) -> None:
    """Write `wheels/` and for each Python the requirements, with their hashes, into a folder. Raises FailedError."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    _run("uv", "build", "--quiet", "--wheel", "--out-dir", str(wheels), str(PROJECT))
    (own,) = wheels.glob("*.whl")
    (wheels / ".gitignore").unlink(missing_ok=True)  # uv's
    _download(wheels, platform, pythons, [INSTALLER])
    tools = set(wheels.iterdir()) - {own}
    for python in pythons:
        with TemporaryDirectory() as made:
            pinned = Path(made) / "pinned.txt"
            _resolve(pinned, platform, python, extras)
            _download(Path(made), platform, [python], ["--require-hashes", "--requirement", str(pinned)])
            found = [each.replace(wheels / each.name) for each in sorted(Path(made).glob("*.whl"))]
        lines = sorted(_required(each) for each in (own, *found) if each not in tools)
        (folder / requirements_file(python)).write_text("\n".join((*lines, "")), "utf-8", newline="\n")


def _resolve(pinned: Path, platform: Platform, python: str, extras: Collection[str]) -> None:
    """Write every requirement with its version and its hashes, as the markers of that computer have it."""
    chosen = [f"--extra={each}" for each in extras]
    target = (f"--python-platform={platform.resolved}", f"--python-version={python}")
    _run(
        "uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate", "--generate-hashes", "--only-binary=:all:",
        *target, *chosen, f"--output-file={pinned}", str(PROJECT / "pyproject.toml"),
    )  # fmt: skip


def _download(folder: Path, platform: Platform, pythons: Iterable[str], what: list[str]) -> None:
    python = next(iter(pythons))
    tags = [f"--platform={tag}" for tag in platform.tags]
    target = (f"--python-version={python}", "--implementation=cp", "--only-binary=:all:", "--no-deps")
    _run(
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
        *target,
        *tags,
        f"--dest={folder}",
        *what,
    )


def _required(wheel: Path) -> str:
    name, version = wheel.name.split("-")[:2]
    return f"{name}=={version} --hash=sha256:{sha256(wheel)}"


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _run(program: str, *arguments: str) -> None:
    """Run a program. Raises FailedError where it is not there or fails."""
    found = which(program)
    if found is None:
        raise FailedError(f"没有找到 {program}。请先运行 pip install {program}。")
    ended = subprocess.run([found, *arguments], capture_output=True, encoding="utf-8", errors="replace", check=False)
    if ended.returncode:
        raise FailedError(f"{Path(found).name} {arguments[0]} 没有做成:\n{ended.stderr.strip()}")


def files_in(wheel: Path) -> Iterator[str]:
    """List what a wheel puts into the folder of libraries."""
    with ZipFile(wheel) as package:
        yield from package.namelist()
