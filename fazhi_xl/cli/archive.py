"""collect.py --archive and --verify: the newest sealed edition becomes a package, and a package is tested by itself.

What archives and tests is imported when it is called: a plain collect loads none of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fazhi_xl.cli.chinese import FILE, Mode
from fazhi_xl.cli.console import ATTENTION, DONE, Terminal, show, show_json
from fazhi_xl.office.workspace.folder import Workspace

_PANEL = "归档"
ARCHIVE, VERIFY = "--archive", "--verify"
Archive = Annotated[
    bool,
    typer.Option(
        ARCHIVE,
        rich_help_panel=_PANEL,
        help="把最新的定稿和它的全部依据归档:在 DIR/归档 里做一个不依赖任何别的文件的包,并检测它;再运行一次就检测已有的包。",
    ),
]
Verify = Annotated[
    Path | None,
    typer.Option(
        VERIFY,
        metavar=FILE,
        rich_help_panel=_PANEL,
        help="检测归档包(压缩包,或解压出来的文件夹)的真实性、完整性、可用性、安全性,并用包里的原件重新排名,与定稿逐字节比较。",
    ),
]
MODES = (
    Mode(
        option=ARCHIVE, does="把定稿归档", takes=frozenset({"--out", "--password-file", "--jobs", "--quiet", "--json"})
    ),
    Mode(option=VERIFY, does="只读归档包", takes=frozenset({"--password-file", "--jobs", "--quiet", "--json"})),
)


def archive_or_verify(
    space: Workspace,
    package: Path | None,
    passwords: tuple[str, ...],
    terminal: Terminal,
    *,
    jobs: int,
    as_json: bool,
) -> int:
    """Test the package that is named, or where none is archive; gives the exit status. Raises WrongUseError."""
    if package:
        return _verify(package, passwords, terminal, jobs=jobs, as_json=as_json)
    return _archive(space, passwords, terminal, jobs=jobs, as_json=as_json)


def _archive(space: Workspace, passwords: tuple[str, ...], terminal: Terminal, *, jobs: int, as_json: bool) -> int:
    from fazhi_xl.office.commands.archive import ArchiveOrder, archive  # noqa: PLC0415

    done = archive(space, ArchiveOrder(passwords=passwords, jobs=jobs), terminal)
    if as_json:
        show_json({**done.verified.as_json, "anew": done.anew, "said": list(done.lines)})
    else:
        show(*done.verified.lines)
    for line in done.lines:
        terminal.say(line)
    if not done.needs_attention:
        terminal.say("下一步:把归档包和它的 SHA-256 交给管档案的人,另存一份在别的盘上。")
    return ATTENTION if done.needs_attention else DONE


def _verify(place: Path, passwords: tuple[str, ...], terminal: Terminal, *, jobs: int, as_json: bool) -> int:
    from fazhi_xl.office.commands.verify_package import VerifyOrder, verify  # noqa: PLC0415

    verified = verify(VerifyOrder(place=place, passwords=passwords, jobs=jobs), terminal)
    if as_json:
        show_json(verified.as_json)
    else:
        show(*verified.lines)
    return DONE if verified.passed else ATTENTION
