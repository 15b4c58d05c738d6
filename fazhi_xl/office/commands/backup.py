"""Backing a round up: all that it needs to go on elsewhere becomes one encrypted file, tested at once."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from fazhi_xl.errors import WrongUseError
from fazhi_xl.form.identity import round_id
from fazhi_xl.office.handover.contents import Contents, contents
from fazhi_xl.office.handover.layout import ENDING, FORMAT, Item, place_of
from fazhi_xl.office.handover.password import as_typed, refuse_weak
from fazhi_xl.office.handover.write import write_box
from fazhi_xl.office.packing.folder import sized
from fazhi_xl.office.workspace.folder import Json, Workspace, reading
from fazhi_xl.office.workspace.handed_over import MARK, mark, note
from fazhi_xl.office.workspace.holder import Holder
from fazhi_xl.office.workspace.lock import locked
from fazhi_xl.office.workspace.program import program_digest, program_version
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.text.commands import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupOrder:
    """The file to make, its password, the time, and whether the round goes on elsewhere from then on."""

    target: Path
    password: str = field(repr=False)
    now: datetime
    hand_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """The backup that was made and tested, and what is not in it."""

    order: BackupOrder
    root: Path
    files: int
    holds: int
    size: int
    sha256: str
    left: tuple[str, ...]

    @property
    def as_json(self) -> Json:
        return {
            "file": str(self.order.target.resolve()),
            "sha256": self.sha256,
            "size": self.size,
            "files": self.files,
            "holds": self.holds,
            "left_out": list(self.left),
            "handed_over": self.order.hand_over,
        }

    @property
    def lines(self) -> Iterator[tuple[str, ...]]:
        """What is told, each line in parts."""
        target = self.order.target.resolve()
        yield (f"已备份:{target}",)
        yield (
            f"里面有{self.files}个文件,共 {sized(self.holds)};备份文件 {sized(self.size)},已经读回来逐个核对,一个字节不差。",
        )
        yield (f"SHA-256 {self.sha256}",)
        yield (f"没有放进去的:{';'.join(self.left)}。",)
        yield (
            "密码不在备份里,也没有记在任何地方:忘了就再也打不开。请写下来另外保管,不要和备份放在一起,不要随备份一起发。",
        )
        yield (
            "恢复:在另一台电脑上装好程序,运行 ",
            Command.RESTORE_BACKUP,
            f" {target.name} ",
            Command.OUT,
            " 新的文件夹",
        )
        if self.order.hand_over:
            yield (f"这里已经标明交出({self.root / MARK}),以后不再收表、发放。接手的人恢复以后接着做。",)
        else:
            yield (
                "这里可以照常接着做;以后有了变化要再备份。如果是交给别人接着做,请加 ", Command.HAND_OVER,
                " 再备份一次,免得两边各做各的。",
            )  # fmt: skip


def backup(space: Workspace, order: BackupOrder, progress: Progress) -> BackedUp:
    """Make a backup of a round, which stays as it is.

    Raises WrongUseError where the password is weak, the file is there already or would lie in the round's folder, or it cannot be made
    whole: then there is none.
    """
    secret = as_typed(order.password)
    refuse_weak(secret)
    target = refuse_place(space, order.target)
    _refuse_several(space)
    space.issued_campaign()
    # One that was handed over may be backed up, but not handed over to somebody else as well.
    with locked(space, "备份", progress, elsewhere=not order.hand_over) as alive:
        held = contents(space)
        head = _head(space, held, order.now)

        def track(items: Iterable[Item], what: str) -> Iterable[Item]:
            every = list(items)
            return alive.track(every, what, len(every))

        write_box(target, secret, head, held, track)
        with reading(target), target.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        done = BackedUp(
            order=order,
            root=space.root,
            files=held.files,
            holds=held.size,
            size=target.stat().st_size,
            sha256=sha256,
            left=held.left,
        )
        _noted(space, done, head)
    return done


def refuse_place(space: Workspace, target: Path) -> Path:
    """Check where the file is to stand, and give that. Raises WrongUseError where it cannot."""
    example = (",例如 ", Command.BACKUP, f" {Path.home() / '备份' / '11月30日.zip'} ", Command.OUT, f" {space.root}")
    full = target.resolve()
    if target.is_dir() or target.suffix.lower() != ENDING:
        raise WrongUseError(f"请写明备份文件的名称,以 {ENDING} 结尾", *example)
    if not full.parent.is_dir():
        raise WrongUseError(f"没有 {full.parent} 这个文件夹,没有备份。请先建好,或者换一个位置", *example)
    if full.is_relative_to(space.root.resolve()):
        raise WrongUseError(
            f"备份不能放在 {space.root} 里面:文件夹坏了、丢了,备份也跟着没了。请放到别的磁盘或 U 盘上", *example
        )
    if full.exists():
        raise WrongUseError(f"已经有 {full},没有覆盖它,这一次没有备份。请换一个名称", *example)
    return full


def _refuse_several(space: Workspace) -> None:
    """Refuse a folder that is no round, and holds rounds. Raises WrongUseError."""
    below = next(iter(sorted(space.root.glob(f"*/{space.campaign_file.name}"))), None)
    if below and not space.campaign_file.exists():
        said = f"{space.root} 不是一轮的文件夹,它里面有(例如 {below.parent.name})。请逐个备份,例如 "
        raise WrongUseError(said, Command.BACKUP, " 备份.zip ", Command.OUT, f" {below.parent}")


def _head(space: Workspace, held: Contents, now: datetime) -> Json:
    here = Holder.here("")
    return {
        "format": FORMAT,
        "id": token_hex(8),
        "version": program_version(),
        "program": program_digest(),
        "made": now.isoformat(timespec="seconds"),
        "round": round_id(space.key()),
        "campaign": space.issued_campaign()["campaign"],
        "from": {"host": here.host, "user": here.user, "path": str(space.root.resolve())},
        "catalogue": held.catalogue,
        "files": held.files,
        "items": len(held.items),
        "size": held.size,
        "mode": stat.S_IMODE(space.root.stat().st_mode),
        "longest": max((len(place_of(each.path)) for each in held.items), default=0),
        "left_out": list(held.left),
    }


def _noted(space: Workspace, done: BackedUp, head: Json) -> None:
    """Note the backup in the round's folder, and where it goes on elsewhere say so there. Raises WrongUseError."""
    from_, target = head["from"], done.order.target.resolve()
    event = {
        "done": "backup", "id": head["id"], "at": head["made"], **from_, "file": str(target),
        "sha256": done.sha256, "handed_over": done.order.hand_over,
    }  # fmt: skip
    try:
        note(space, event)
        if done.order.hand_over:
            when = done.order.now.strftime("%Y-%m-%d %H:%M")
            who = f"电脑 {from_['host']} 上的 {from_['user']} "
            mark(space, f"{when} 由{who}交出,备份文件 {target},SHA-256 {done.sha256}。")
    except WrongUseError as error:
        raise WrongUseError(f"备份已经做好({target}),但是没有能在这里记下:", *error.parts) from error
