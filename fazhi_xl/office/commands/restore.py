"""Restoring a backup: a folder is made of it, whole or not at all, and says where the round came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from fazhi_xl.disk import remove_own
from fazhi_xl.office.handover.layout import ROUND, place_of
from fazhi_xl.office.handover.password import as_typed
from fazhi_xl.office.handover.read import Box, open_box
from fazhi_xl.office.handover.restore import made_whole, refuse_taken, unpack
from fazhi_xl.office.workspace.catalogue import is_own, point_to, same_as_own
from fazhi_xl.office.workspace.folder import Json, Workspace, writing
from fazhi_xl.office.workspace.handed_over import note
from fazhi_xl.office.workspace.holder import Holder
from fazhi_xl.office.workspace.own_books import CONSOLE_FILE
from fazhi_xl.office.workspace.program import program_digest, program_version
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.text.commands import Command

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreOrder:
    """The backup, its password, and the time."""

    place: Path
    password: str = field(repr=False)
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """The folder that was made, what the backup says of itself, and where the round's catalogue stands now, if within the folder."""

    root: Path
    head: Json
    files: int
    catalogue: str

    @property
    def as_json(self) -> Json:
        told = {name: self.head[name] for name in ("id", "made", "round", "campaign", "from", "version")}
        return {"folder": str(self.root.resolve()), "files": self.files, "catalogue": self.catalogue, "backup": told}

    @property
    def lines(self) -> Iterator[tuple[str, ...]]:
        """What is told, each line in parts."""
        came = self.head["from"]
        yield (
            f"已恢复到 {self.root.resolve()}:{self.files}个文件,逐个核对过,内容、文件时间、只读标记都和备份时一样。",
        )
        yield (f"备份是 {self.head['made'][:16].replace('T', ' ')} 在电脑 {came['host']} 上由 {came['user']} 做的。",)
        if self.catalogue:
            yield (f"这一轮的工作目录在 {self.root.resolve() / self.catalogue},以后要改口径、开关,改这里的。",)
        if self.head["program"] != program_digest():
            own, its = (each or "未标版本" for each in (program_version(), self.head["version"]))
            yield (f"备份时的程序是 {its},这里的是 {own},不完全一样:收一次表,看结果有没有变化。",)
        if (self.root / CONSOLE_FILE).exists():
            yield ("工作台里写的还是原来电脑上的路径,请在这里重新生成:", Command.CONSOLE_OUT, f" {self.root}")
        yield (self._other(),)
        yield ("下一步:", Command.COLLECT_OUT, f" {self.root}")

    def _other(self) -> str:
        came = self.head["from"]
        there = f"电脑 {came['host']} 的 {came['path']}"
        if _is_here(came, self.root):
            return f"原来的文件夹还在这台电脑上:{came['path']}。不要两边都做:以后只用这里的,把那个文件夹改名或者移走。"
        return f"原来的那一份在{there},那里不要再收表、发放:两边都做,结果就对不上了,程序看不出哪边是对的。"


_USUAL = 0o755  # of a folder whose backup does not say who may enter it


def restore(space: Workspace, order: RestoreOrder, progress: Progress) -> Restored:
    """Make a round's folder of a backup, which must not be there yet, or be empty.

    Raises WrongUseError where the password is another, the backup is none, or of a newer program, or damaged, or the folder cannot be
    made whole: then nothing is left of it.
    """
    refuse_taken(space.root)

    def track(items: Iterable[T], what: str, total: int) -> Iterable[T]:
        return progress.track(items, what, total)

    with (
        open_box(order.place, as_typed(order.password)) as box,
        made_whole(space.root, int(box.head.get("mode", _USUAL))) as beside,
    ):
        files = unpack(box, beside, track)
        made = Workspace(beside)
        catalogue = _catalogue(made, box, space.root.resolve())
        note(made, _event(space, box.head, order.now))
    return Restored(root=space.root, head=box.head, files=files, catalogue=catalogue)


def _catalogue(made: Workspace, box: Box, root: Path) -> str:
    """Let the round be read by the catalogue that came along; gives where it stands in the folder, blank where the program has the same.

    Raises WrongUseError.
    """
    path, campaign = str(box.head["catalogue"]), str(box.head["campaign"])
    within = place_of(path)
    folder = made.root / within
    came_along = not path.startswith(f"{ROUND}/")
    if came_along and is_own(made, campaign) and same_as_own(folder):
        with writing(folder):
            remove_own(folder.parent)
        return ""
    if folder.is_relative_to(made.archive):  # the copy that was kept at issue, which is found by itself
        return ""
    point_to(made, campaign, within, root)
    return within


def _event(space: Workspace, head: Json, now: datetime) -> Json:
    here, came = Holder.here(""), head["from"]
    return {
        "done": "restore", "id": head["id"], "at": now.isoformat(timespec="seconds"), "host": here.host, "user": here.user,
        "path": str(space.root.resolve()), "from_host": came["host"], "from_path": came["path"], "made": head["made"],
    }  # fmt: skip


def _is_here(came: Json, root: Path) -> bool:
    """Say whether the folder that was backed up stands on this computer, beside the one that was made of it."""
    place = Path(str(came["path"]))
    own = came["host"] == Holder.here("").host
    return own and place.resolve() != root.resolve() and Workspace(place).campaign_file.exists()
