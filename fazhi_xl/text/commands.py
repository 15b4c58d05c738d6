"""The commands and options that texts for users name, as data: the console words them with its own names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Command(StrEnum):
    """What a text asks its reader to run or to state; the value is the wording for a terminal.

    A text that can be shown in both places is passed in parts, one of them the Command.
    """

    ISSUE = "build_workbooks.py"
    ISSUE_AGAIN = "build_workbooks.py --force"
    MAKE_CONSOLE = "build_workbooks.py --console"
    INSTALL_CONSOLE = "uv run --extra excel build_workbooks.py --console"
    COLLECT = "collect.py"
    STATE_OUT = "用 --out 指明输出文件夹"
    STATE_RETURNS = "在命令后面写明文件夹"
    OUT = "--out"
    FORCE = "--force"
    PREVIOUS = "--previous"
    MATCHES = "--previous-matches"
    REISSUE = "--from"
    PASSWORDS = "--password-file"
    ACCEPT_SELF = "--accept-self"
    BY = "--by"
    REVIEWER = "--reviewer"
    EXPLAIN = "--explain"
    RESTORE = "collect.py --restore-review"
    CONSOLE = "--console"
    DOCTOR = "--doctor"


def worded(parts: Iterable[str], names: Mapping[Command, str]) -> str:
    """Join the parts of a text; a Command has the name given for it, or where there is none its wording for a terminal."""
    return "".join(names.get(part, part) if isinstance(part, Command) else part for part in parts)
