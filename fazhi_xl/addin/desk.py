"""The console's settings as values, and its progress reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from fazhi_xl.addin import layout
from fazhi_xl.addin.host import Host, Row
from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.workspace.catalogue import DEFAULT, issued_campaign
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.text.commands import Command, worded

T = TypeVar("T")
NAMES: Mapping[Command, str] = {
    Command.ISSUE: "“生成”",
    Command.ISSUE_AGAIN: "“生成”",
    Command.COLLECT: "“收表”",
    Command.RESTORE: "“恢复审核记录”",
    Command.CATALOGUE: "“写目录工作簿”",
    Command.CHECK: "“检查目录工作簿”",
    Command.FROM_CATALOGUE: "“写回工作目录”",
    Command.DIFF: "“与上年比较”",
    Command.ISSUE_CONTACTS: "“发送”",
    Command.STATE_TO: f"在“{layout.BOOK}”里写另一个名称",
    Command.OUT: f"“{layout.OUT}”",
    Command.TO: f"“{layout.BOOK}”",
    Command.STATE_OUT: f"写明“{layout.OUT}”",
    Command.STATE_RETURNS: f"在“{layout.RETURNS}”里写明",
}
"""What the console calls the commands and options that its actions' messages name."""


@dataclass(slots=True)
class Desk:
    """The settings of the console's sheet, and the Progress that use cases report to."""

    host: Host
    lines: list[str] = field(default_factory=list)

    @property
    def space(self) -> Workspace:
        out = self.host.setting(layout.OUT)
        if not out:
            raise WrongUseError("“输出文件夹”空着。请写完整路径,例如 D:\\年度考核\\out。")
        return Workspace(self._path(layout.OUT, out))

    @property
    def campaign(self) -> str:
        return self.host.setting(layout.CAMPAIGN) or DEFAULT

    @property
    def notice(self) -> Notice:
        """Load the catalogue that the round was issued from. Raises WrongUseError where nothing was."""
        return issued_campaign(self.space, None)

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(filter(None, re.split(r"[、,,;;\s]+", self.host.setting(layout.UNITS))))

    @property
    def now(self) -> datetime:
        return datetime.now(UTC).astimezone()

    def path(self, name: str) -> Path | None:
        """Give the path in a setting, None where it is blank. Raises WrongUseError where it is not absolute."""
        text = self.host.setting(name)
        return self._path(name, text) if text else None

    @staticmethod
    def _path(name: str, text: str) -> Path:
        path = Path(text.strip('"“”'))  # as Windows copies a path
        if "://" in text or not path.is_absolute():
            raise WrongUseError(f"“{name}”写的是“{text}”。请写这台电脑上的完整路径,例如 D:\\年度考核\\out。")
        return path

    def track(self, items: Iterable[T], what: str, total: int) -> Iterable[T]:
        """Pass the items on, counting them on the status bar."""
        for no, item in enumerate(items, 1):
            self.host.status(f"{what}:{no}/{total}")
            yield item

    def say(self, *parts: str) -> None:
        """Keep a line for the console's messages, and show it on the status bar."""
        said = worded(parts, NAMES).strip()
        self.lines.append(said)
        self.host.status(said)

    def show(self, name: str, rows: Iterable[Row], *, more: str = "可以在“单位”里写明单位,分几次看。") -> None:
        """Show rows in a table, as many as fit; a message says if there are more, and where they are."""
        every, room = list(rows), layout.AREAS[name].room
        self.host.show_table(name, every[:room])
        if len(every) > room:
            self.say(f"“{name}”有{len(every)}行,只列得下前{room}行。{more}")
