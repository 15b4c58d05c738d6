"""The how-tos of docs/howto are worked examples: their changes fit the code as it stands, and what they end with passes."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

PROJECT = Path(__file__).parents[1]
HOW_TOS = sorted((PROJECT / "docs" / "howto").glob("[!R]*.md"))
_CHANGE = re.compile(r"^```+diff\n# (\S+)\n(.*?)^```+$", re.MULTILINE | re.DOTALL)
_TRIAL = re.compile(r"^## Try it\n\n```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
each_how_to = pytest.mark.parametrize("how_to", HOW_TOS, ids=lambda path: path.stem)


@each_how_to
def test_changes_fit(how_to: Path) -> None:
    """Every change of a how-to has exactly one place in the file that it names, and leaves code that ruff has nothing to say about."""
    for path, text in changed(PROJECT, how_to).items():
        if path.endswith(".py"):
            command = [sys.executable, "-m", "ruff", "check", "--quiet", "--stdin-filename", path, "-"]
            done = subprocess.run(command, cwd=PROJECT, input=text, capture_output=True, encoding="utf-8", check=False)
            assert (done.returncode, done.stdout) == (0, "")


@each_how_to
def test_imports_fit(how_to: Path) -> None:
    """What the changed modules import from those that stay as they are is there."""
    files = changed(PROJECT, how_to)
    trees = [ast.parse(text) for path, text in files.items() if path.endswith(".py")]
    imports = (each for tree in trees for each in ast.walk(tree) if isinstance(each, ast.ImportFrom) and each.module)
    told = {(each.module or "", name.name) for each in imports for name in each.names}
    kept = {(module, name) for module, name in told if f"{module.replace('.', '/')}.py" not in files}
    assert [f"{module}.{name}" for module, name in sorted(kept) if not _is_there(module, name)] == []


def _is_there(module: str, name: str) -> bool:
    whole = import_module(module)
    return hasattr(whole, name) or (hasattr(whole, "__path__") and find_spec(f"{module}.{name}") is not None)


@pytest.mark.exhaustive
@each_how_to
def test_followed(how_to: Path, tmp_path: Path) -> None:
    """Whoever follows a how-to literally, in a clone, finds its closing commands to pass."""
    left_out = ignore_patterns(".git", ".venv", "out", "dist", "__pycache__", ".*_cache", "pictures")
    clone = Path(copytree(PROJECT, tmp_path / "clone", ignore=left_out))
    for path, text in changed(clone, how_to).items():
        (clone / path).write_text(text, "utf-8")
    for command in trials(how_to):
        done = subprocess.run(command, cwd=clone, env=environment(), capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout}\n{done.stderr}"


def changed(project: Path, how_to: Path) -> dict[str, str]:
    """Give the files that a how-to changes, as they are afterwards."""
    files: dict[str, str] = {}
    for path, change in _CHANGE.findall(how_to.read_text("utf-8")):
        target = project / path
        before = files.get(path) or (target.read_text("utf-8") if target.exists() else "")
        files[path] = applied(before, change, where=f"{how_to.name}, {path}")
    return files


def applied(text: str, change: str, where: str) -> str:
    """Put what a change adds in the place of what it shows as standing there; a new file shows nothing."""
    lines = [line or " " for line in change.splitlines()]
    old, new = ("".join(f"{line[1:]}\n" for line in lines if line[0] in kinds) for kinds in (" -", " +"))
    assert f"\n{text}".count(f"\n{old}") == 1 if old else not text, f"{where}: {old or 'there is such a file'}"
    return f"\n{text}".replace(f"\n{old}", f"\n{new}")[1:] if old else new


def trials(how_to: Path) -> Iterator[list[str]]:
    """Give the commands that a how-to ends with, run by the Python that runs the tests."""
    (commands,) = _TRIAL.findall(how_to.read_text("utf-8"))
    for line in commands.splitlines():
        uv, run, *command = shlex.split(line)
        assert (uv, run) == ("uv", "run"), line
        yield [sys.executable, *(["-m"] if not command[0].endswith(".py") else []), *command]


def environment() -> dict[str, str]:
    """Give the environment without what belongs to this run of the tests; the runs within stay in one process."""
    inherited = ("PYTEST", "COV", "PYTHONPATH")
    own = {key: value for key, value in os.environ.items() if not key.startswith(inherited)}
    return own | {"PYTEST_ADDOPTS": "-q -n 0 -p no:cacheprovider"}
