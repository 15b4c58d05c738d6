"""Every branch of the package that asks which system it runs on is run for Windows by a test of every run."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from docs.make_rooms import PACKAGE

TESTS = Path(__file__).parent
RUN_BY = {
    "addin/doctor.py": "addin/test_on_windows.py",
    "addin/open_book.py": "addin/test_on_windows.py",
    "disk.py": "test_disk.py",
    "office/archiving/restore.py": "office/archiving/test_regenerate.py",
    "office/outputs/pdf.py": "office/outputs/test_pdf.py",
    "office/workspace/holder.py": "office/workspace/test_lock.py",
    "office/workspace/lock.py": "office/workspace/test_lock.py",
    "office/workspace/path_room.py": "office/workspace/test_path_room.py",
    "text/file_names.py": "text/test_file_names.py",
}
"""The modules that ask, each with the tests that put Windows' answer in the place of this system's."""
_NAMED = re.compile(r"\b(?:sys|machine)\.platform\b|\bos\.name\b")
_SUBSTITUTED = re.compile(r'\bon_windows\(|\(sys, "platform", ("win32"|system)\)|\(os, "name", system\)')


def asks(module: Path) -> bool:
    """Say whether a module compares the system's name with another."""
    text = module.read_text("utf-8")
    compared = (
        (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Compare)) if _NAMED.search(text) else ()
    )
    return any(_NAMED.search(ast.unparse(each)) for each in compared)


def test_every_branch_is_run_for_windows() -> None:
    """What asks for the system is in the table, and nothing else is."""
    asking = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if asks(path)}
    assert asking == set(RUN_BY)


@pytest.mark.parametrize("tests", sorted(set(RUN_BY.values())))
def test_in_every_run(tests: str) -> None:
    """The tests of a branch put Windows in the place of this system, and do not wait for a longer run."""
    text = (TESTS / tests).read_text("utf-8")
    assert _SUBSTITUTED.search(text)
    assert not re.search(r"^pytestmark = .*\blong\b", text, re.MULTILINE)
