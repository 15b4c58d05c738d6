"""Writes the table of rooms in docs/architecture.md anew: `uv run docs/make_rooms.py`.

A room is a folder of the package, or a module that stands by itself beside them; what is said of it is the first paragraph of its
docstring. The rooms stand in the order of import-linter's layers, and by name where none are declared.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
PACKAGE = PROJECT / "fazhi_xl"
DOCUMENT = PROJECT / "docs" / "architecture.md"
HEAD = "| room | what is in it |\n|---|---|\n"
_TABLE = re.compile(re.escape(HEAD) + r"(?:\|.*\n)*")


def main() -> int:
    DOCUMENT.write_text(with_table(DOCUMENT.read_text("utf-8")), "utf-8")
    return 0


def with_table(text: str) -> str:
    """Give the document with the table of rooms as the package has them now."""
    return _TABLE.sub(lambda _: table(), text)


def table() -> str:
    rows = (f"| `{name}` | {said} |\n" for name, said in rooms())
    return HEAD + "".join(rows)


def rooms(folder: Path = PACKAGE) -> Iterator[tuple[str, str]]:
    """Give each room by its path within the package, a folder's with a stroke at its end, and what its docstring says of it."""
    for name in _inside(folder):
        module, own = folder / f"{name}.py", folder / name / "__init__.py"
        if own.is_file():
            yield f"{own.parent.relative_to(PACKAGE).as_posix()}/", _said(own)
            yield from rooms(own.parent)
        elif folder == PACKAGE and module.is_file():
            yield module.name, _said(module)


def _inside(folder: Path) -> dict[str, None]:
    """Give the names of a folder's rooms, from the topmost layer down where pyproject.toml declares layers of it."""
    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    container = ".".join(folder.relative_to(PROJECT).parts)
    layers = [each["layers"] for each in declared if container in each.get("containers", ())]
    names = (name for layer in chain(*layers) for name in re.findall(r"\w+", layer))
    return dict.fromkeys((*names, *sorted(path.parent.name for path in folder.glob("*/__init__.py"))))


def _said(module: Path) -> str:
    text = ast.get_docstring(ast.parse(module.read_text("utf-8"))) or ""
    return " ".join(text.partition("\n\n")[0].split())


if __name__ == "__main__":
    sys.exit(main())
