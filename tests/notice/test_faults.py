"""Whatever is wrong or odd has its wording in one table; where it is said, it is said with all that the wording asks for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import fazhi_xl
from fazhi_xl.notice.faults import Fault
from fazhi_xl.notice.oddities import Oddity
from fazhi_xl.notice.shape_faults import DrawnFault, ShapeFault
from fazhi_xl.text.said import Message, gaps

ROOT = Path(fazhi_xl.__file__).parent
TABLES: tuple[type[Message], ...] = (Fault, ShapeFault, DrawnFault, Oddity)
NAMED = {table.__name__: table for table in TABLES}
MODULES = (
    *("check", "check_names", "check_registers", "parts", "part_points", "shape", "changes", "load", "patterns"),
    *("earlier_format", "model", "registers", "rules", "switches", "lint", "lint_options", "lint_texts", "lint_blanks"),
    "lint_switches",
)
SAYING = (
    *(ROOT / "notice" / f"{name}.py" for name in MODULES),
    ROOT / "form" / "limits.py",
    ROOT / "office" / "commands" / "check.py",
)


def named_in(path: Path) -> Iterator[tuple[Message, ast.Call | None]]:
    """Give the messages that a module names, with the call where it is called there."""
    tree = ast.parse(path.read_text("utf-8"))
    called = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in NAMED:
            yield NAMED[node.value.id][node.attr], called.get(id(node))


WORDING = ROOT / "setup" / "book" / "wording.py"
USES = [(path, message, call) for path in (*SAYING, WORDING) for message, call in named_in(path)]


def test_every_message_is_said() -> None:
    """No wording is left of what nothing says any more."""
    said = {message for _, message, _ in USES}
    assert [message for table in TABLES for message in table if message not in said] == []


def test_every_message_is_given_its_values() -> None:
    """Each call gives the values of all three wordings, and the known names where the nearest is asked for."""
    for path, message, call in USES:
        if call is not None:
            given = {keyword.arg for keyword in call.keywords}
            saying = message.value
            asked = (gaps(saying.told) | gaps(saying.book) | gaps(saying.mend)) - {"how"}
            asked |= {"name", "known"} if "{nearest}" in saying.mend else set()
            assert asked <= given, f"{path.name}:{call.lineno}: {message}"


@pytest.mark.parametrize("path", SAYING, ids=lambda path: path.name)
def test_nothing_is_worded_elsewhere(path: Path) -> None:
    """A problem, a fault and a remark are made of a message of the tables, never of a text in place."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "message":
            assert not isinstance(node.value, ast.Constant | ast.JoinedStr), ast.unparse(node)
        if isinstance(node, ast.Yield | ast.Return | ast.Raise) and "WrongUseError" not in ast.unparse(node):
            texts = [each for each in ast.walk(node) if isinstance(each, ast.JoinedStr)]
            assert not [text for text in texts if _chinese_sentence(text)], ast.unparse(node)


def _chinese_sentence(text: ast.JoinedStr) -> bool:
    """Tell a sentence from the name of a thing (`第3项`, `加分情形“表彰”`)."""
    plain = "".join(str(part.value) for part in text.values if isinstance(part, ast.Constant))
    return any(sign in plain for sign in ",;:不没应")


def test_how_to_mend() -> None:
    """Each message says how to mend what it says."""
    assert [message for table in TABLES for message in table if not message.value.mend] == []
