"""The raw tables of a campaign's folder, as the TOML files hold them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from fazhi_xl.errors import Problem

TomlTable = dict[str, Any]

FILES = (
    "notice.toml",
    "units.toml",
    "groups.toml",
    "departments.toml",
    "adjustments.toml",
    "registers.toml",
    "index.toml",
    "contacts.toml",
    "theme.toml",
    "readings.toml",
    "switches.toml",
)
REQUIRED = frozenset({"notice.toml", "units.toml"})
"""The files of every catalogue; each other one is there where the notice has what it is for."""
_ITEM_FILE = re.compile(r"items/(\d+)\.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The tables by file name within the folder (`items/15.toml`), and the files that could not be read."""

    files: dict[str, TomlTable]
    unread: frozenset[str] = frozenset()

    @property
    def items(self) -> tuple[str, ...]:
        """Name the item files in the order of their numbers."""
        return tuple(sorted((file for file in self.files if item_no(file)), key=_by_number))

    def table(self, file: str) -> TomlTable:
        """Give a file's table; an empty one where it was not read."""
        return self.files.get(file, {})


def item_no(file: str) -> int | None:
    """Give the number in an item file's name, `items/07.toml` → 7."""
    named = _ITEM_FILE.fullmatch(file)
    return int(named[1]) if named else None


def _by_number(file: str) -> tuple[int, str]:
    return item_no(file) or 0, file


def tables(table: TomlTable, key: str) -> Iterator[tuple[int, TomlTable]]:
    """Yield the tables listed under a key, with their positions; other values are left to the shape check."""
    listed = table.get(key)
    for at, each in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(each, dict):
            yield at, each


def read_source(folder: Path) -> tuple[Source, tuple[Problem, ...]]:
    """Read every file of the folder; each one that is missing or cannot be read is a problem."""
    found = sorted((path.relative_to(folder).as_posix() for path in folder.glob("items/*.toml")), key=_by_number)
    there = [file for file in FILES if file in REQUIRED or (folder / file).exists()]
    outcomes = {file: _read(folder / file, file) for file in (*there, *found)}
    faults = [outcome for outcome in outcomes.values() if isinstance(outcome, Problem)]
    faults += _item_gaps(found)
    files = {file: outcome for file, outcome in outcomes.items() if not isinstance(outcome, Problem)}
    return Source(files=files, unread=frozenset(problem.file for problem in faults)), tuple(faults)


def _item_gaps(found: list[str]) -> Iterator[Problem]:
    """Yield the items missing between the first and the last, and the files that number an item again."""
    numbered = [no for file in found if (no := item_no(file))]
    for no in sorted({*range(1, max(numbered, default=0) + 1)}.difference(numbered)):
        yield _problem(f"items/{no:02d}.toml", "缺少此文件")
    for file, following in pairwise(found):
        if item_no(file) and item_no(file) == item_no(following):
            yield _problem(following, f"和 {file} 是同一项目序号")


def _read(path: Path, file: str) -> TomlTable | Problem:
    if file not in FILES and item_no(file) is None:
        return _problem(file, "文件名应为项目序号,例如 items/01.toml")
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return parsed(text)
    except FileNotFoundError:
        return _problem(file, "缺少此文件")
    except OSError:
        return _problem(file, "读不出来。请检查是否有权限、是否被别的程序占用")
    except UnicodeDecodeError:
        return _problem(file, "不是 UTF-8 编码。请用文本编辑器另存为 UTF-8")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return _problem(file, _syntax(str(error), text))


def parsed(text: str) -> TomlTable:
    """Parse a file's text; its figures are exact. Raises tomllib.TOMLDecodeError, or RecursionError."""
    return tomllib.loads(text, parse_float=Decimal)


def _syntax(said: str, text: str) -> str:
    place = re.search(r"at line (\d+), column (\d+)", said)
    where = f"第{place[1]}行第{place[2]}列" if place else "文件末尾"
    if "overwrite" in said or "twice" in said:
        return f"{where}附近:同一个名称写了两次"
    if place and _LIKE_DAY.search(text.split("\n")[int(place[1]) - 1]):
        return f"{where}附近的日期没有这一天,或者写法不对。请写成 2031-11-20 这样,月、日各两位,不加引号"
    return f"{where}附近不符合 TOML 格式。请检查引号、等号和括号是否成对,都用半角"


_LIKE_DAY = re.compile(r"= *[0-9]{4} *[-/.年] *[0-9]{1,2} *[-/.月]")


def _problem(file: str, message: str) -> Problem:
    return Problem(file=file, path="", message=message)
