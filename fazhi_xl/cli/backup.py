"""collect.py --backup and --restore: a round becomes one encrypted file, and a folder is made of that again.

What does it is imported when it is called: a plain collect loads none of it, and no cipher.
"""

from __future__ import annotations

import getpass
import sys
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from fazhi_xl.cli.chinese import FILE, Mode
from fazhi_xl.cli.console import DONE, Terminal, show, show_json
from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.text.commands import Command

_PANEL = "备份和交接"
BACKUP, RESTORE, HAND_OVER, PASSWORD_FILE = "--backup", "--restore", "--hand-over", "--backup-password-file"
Backup = Annotated[
    Path | None,
    typer.Option(
        BACKUP,
        metavar=FILE,
        rich_help_panel=_PANEL,
        help="把这一轮接着做所要的全部(密钥、工作目录也在内)用密码加密,备份成一个压缩包,并读回来核对;不能放在 DIR 里面。",
    ),
]
RestoreBackup = Annotated[
    Path | None,
    typer.Option(
        RESTORE,
        metavar=FILE,
        rich_help_panel=_PANEL,
        help="从备份恢复到 DIR:要是新的或空的文件夹;逐个核对,要么全部恢复,要么什么也不留。",
    ),
]
HandOver = Annotated[
    bool,
    typer.Option(
        HAND_OVER, rich_help_panel=_PANEL, help=f"和 {BACKUP} 一起用:备份以后这里停用,由接手的人在别处恢复、接着做。"
    ),
]
BackupPassword = Annotated[
    Path | None,
    typer.Option(
        PASSWORD_FILE,
        metavar=FILE,
        rich_help_panel=_PANEL,
        help="备份的密码写在这个文件的第一行(别的用户不能读的文件);不写就在终端里输入,不显示。",
    ),
]
MODES = (
    Mode(option=BACKUP, does="只做备份", takes=frozenset({"--out", HAND_OVER, PASSWORD_FILE, "--quiet", "--json"})),
    Mode(option=RESTORE, does="只恢复备份", takes=frozenset({"--out", PASSWORD_FILE, "--quiet", "--json"})),
)
NEEDS = {HAND_OVER: BACKUP, PASSWORD_FILE: f"{BACKUP} 或 {RESTORE}"}
_RIGHT = f"请核对 {PASSWORD_FILE} 后面写的文件。"
_NO_TERMINAL = "这里不是终端,不能输入密码。请把密码写在一个别的用户不能读的文件的第一行,用 "


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupWanted:
    """What is asked for: a backup, or its restoring; whether the round goes on elsewhere; where the password is written."""

    backup: Path | None
    restore: Path | None
    hand_over: bool
    password_file: Path | None

    def __bool__(self) -> bool:
        return bool(self.backup or self.restore)


def backup_or_restore(
    space: Workspace, wanted: BackupWanted, terminal: Terminal, *, as_json: bool, now: datetime
) -> int:
    """Make a backup, or restore one; gives the exit status. Raises WrongUseError."""
    if wanted.backup:
        return _backup(space, wanted.backup, wanted, terminal, as_json=as_json, now=now)
    if wanted.restore:
        return _restore(space, wanted.restore, wanted, terminal, as_json=as_json, now=now)
    return DONE


def _backup(
    space: Workspace, target: Path, wanted: BackupWanted, terminal: Terminal, *, as_json: bool, now: datetime
) -> int:
    from fazhi_xl.office.commands.backup import BackupOrder, backup, refuse_place  # noqa: PLC0415

    refuse_place(space, target)
    password = _written(wanted.password_file) if wanted.password_file else _typed_twice()
    order = BackupOrder(target=target, password=password, now=now, hand_over=wanted.hand_over)
    done = backup(space, order, terminal)
    _tell(done.as_json, done.lines, as_json=as_json)
    return DONE


def _restore(
    space: Workspace, place: Path, wanted: BackupWanted, terminal: Terminal, *, as_json: bool, now: datetime
) -> int:
    from fazhi_xl.office.commands.restore import RestoreOrder, restore  # noqa: PLC0415
    from fazhi_xl.office.handover.read import refuse_no_file  # noqa: PLC0415
    from fazhi_xl.office.handover.restore import refuse_taken  # noqa: PLC0415

    refuse_taken(space.root)
    refuse_no_file(place)
    password = _written(wanted.password_file) if wanted.password_file else _typed("备份的密码(输入时不显示):")
    done = restore(space, RestoreOrder(place=place, password=password, now=now), terminal)
    _tell(done.as_json, done.lines, as_json=as_json)
    return DONE


def _tell(record: object, lines: Iterable[tuple[str, ...]], *, as_json: bool) -> None:
    if as_json:
        show_json(record)
    else:
        show(*map("".join, lines))


# The password ---------------------------------------------------------------------------------------------------------


def _written(file: Path) -> str:
    from fazhi_xl.mail.password import first_line  # noqa: PLC0415

    return first_line(file, _RIGHT)


def _typed_twice() -> str:
    """Ask for a new password, twice. Raises WrongUseError where it is weak, or not the same both times."""
    from fazhi_xl.office.handover.password import LEAST, refuse_weak  # noqa: PLC0415

    first = _typed(f"给备份定一个密码,至少{LEAST}个字(输入时不显示):")
    refuse_weak(first)
    if _typed("再输入一遍:") != first:
        raise WrongUseError("两遍输入的密码不一样,没有备份。请重新运行。")
    return first


def _typed(prompt: str) -> str:
    """Ask for a password without showing it. Raises WrongUseError where that cannot be done."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise WrongUseError(_NO_TERMINAL, Command.BACKUP_PASSWORDS, " 写明这个文件。")
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except (getpass.GetPassWarning, EOFError) as error:
            raise WrongUseError(_NO_TERMINAL, Command.BACKUP_PASSWORDS, " 写明这个文件。") from error
