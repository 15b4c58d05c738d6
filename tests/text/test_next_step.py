"""Every error of the program's own says in Chinese what is wrong, and what to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fazhi_xl.mail.faults import Fault

PACKAGE = Path(__file__).resolve().parents[2] / "fazhi_xl"
RAISED = re.compile(r"raise (?:WrongUse|WouldLose|Fazhi|Rehearsal)Error\(")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
STEP = re.compile("请|例如|重新|再运行|再收一次|再检查|先用|先把|加 |写法|可以写|不用处理")
HELD = "…"  # what the program puts in: a name, or a reason with its own advice


def said(node: ast.expr, held: dict[str, ast.expr]) -> str:
    """Give a text as it stands in the source, with a mark for each part that is put in."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(said(part, held) for part in parts)
        case ast.Name(id=name) if name in held:
            return said(held[name], {})
        case ast.Attribute(value=ast.Name(id="Command")):
            return "请加 "
        case _:
            return HELD


def names(tree: ast.AST) -> dict[str, ast.expr]:
    """Give what names stand for within a function, or a module, where that is set once by itself."""
    return {
        each.targets[0].id: each.value
        for each in ast.walk(tree)
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name)
    }


@cache
def messages() -> tuple[tuple[str, str], ...]:
    return tuple(_messages())


def _messages() -> Iterator[tuple[str, str]]:
    """Give each error that is raised with a text of its own, with its place."""
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text("utf-8")
        if not RAISED.search(source):
            continue
        tree = ast.parse(source)
        for function in (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)):
            held = names(function)
            for each in ast.walk(function):
                if isinstance(each, ast.Raise) and RAISED.match(ast.unparse(each)) and isinstance(each.exc, ast.Call):
                    yield f"{path.name}:{each.lineno}", "".join(said(one, held) for one in each.exc.args)


def test_every_error_names_the_next_step() -> None:
    """What ends a command says what to do; where the end of the text is put in, that has to, and tests of its own hold it."""
    told = [(place, text) for place, text in messages() if CHINESE.search(text)]
    assert len(told) > 100
    assert [each for each in told if not STEP.search(each[1]) and not each[1].rstrip("。)").endswith(HELD)] == []


def test_no_error_is_in_another_language() -> None:
    """No error that ends a command has an English sentence."""
    assert [each for each in messages() if re.search(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}", each[1])] == []


def test_every_failure_of_a_mail_server_names_the_next_step() -> None:
    """So does what is said of a mail server."""
    assert [fault for fault in Fault if "请" not in fault.text] == []
