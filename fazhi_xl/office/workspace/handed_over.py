"""What a workspace says of its backups: a record of them, and a mark that the round goes on elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.appended import appending
from fazhi_xl.office.workspace.folder import Json, Workspace

RECORD, MARK = "交接.jsonl", "已交出.txt"
_MOST = 300  # characters of the mark's first line that are told


def note(space: Workspace, event: Json) -> None:
    """Add what happened to the record. Raises WrongUseError."""
    with appending(space.root / RECORD) as record:
        record.add(json.dumps(event, ensure_ascii=False).encode() + b"\n")


def mark(space: Workspace, line: str) -> None:
    """Let the workspace say that the round goes on elsewhere. Raises WrongUseError."""
    more = "请不要在这里接着收表、发放,以免两边各有一份不同的结果。确实要在这里接着做的,先确认接手的那边没有再做,再删去这个文件。"
    space.write(space.root / MARK, f"{line}\r\n{more}\r\n".encode("utf-8-sig"))


def refuse_handed_over(space: Workspace) -> None:
    """Raise WrongUseError where the round goes on elsewhere."""
    path = space.root / MARK
    if path.exists():
        said = _first_line(path)
        raise WrongUseError(
            f"{space.root} 里的这一轮已经交给别处接着做,这里没有运行。{said}"
            f"确实要在这里接着做的,先确认接手的那边没有再做,再删去 {path},重新运行。"
        )


def _first_line(path: Path) -> str:
    try:
        lines = path.read_text("utf-8-sig", errors="replace").splitlines()
    except OSError:
        return ""
    return "".join(each for each in (lines or [""])[0] if each.isprintable())[:_MOST]
