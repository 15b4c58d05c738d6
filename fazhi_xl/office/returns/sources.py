"""Where returns come from: the folders and files that are read, and the passwords that open them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Code, finding
from fazhi_xl.intake.arrival import Arrival, failed, is_unfinished
from fazhi_xl.intake.postmark import NO_POSTMARKS, Postmarks
from fazhi_xl.intake.returns_folder import arrivals
from fazhi_xl.office.workspace.folder import Workspace, reading
from fazhi_xl.text.commands import Command
from fazhi_xl.text.decode import decoded
from fazhi_xl.xlsx.reader import sniff
from fazhi_xl.xlsx.reader.sniff import PACKED, FileKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What to read and how: no paths means the round's own folder 回收, `jobs` is the number of processes."""

    paths: tuple[Path, ...] = ()
    passwords: tuple[str, ...] = ()
    jobs: int = 1


def passwords_in(path: Path | None) -> tuple[str, ...]:
    """Read a list of opening passwords, one in a line. Raises WrongUseError."""
    if path is None:
        return ()
    with reading(path):
        data = path.read_bytes()
    try:
        return tuple(line.strip() for line in decoded(data).splitlines() if line.strip())
    except ValueError as error:
        message = f"{path} 不是文本文件,没有读。请用记事本把打开密码写成文本,一行一个。"
        raise WrongUseError(message) from error


def arrived(space: Workspace, sources: Sources, postmarks: Postmarks = NO_POSTMARKS) -> list[Arrival]:
    """List what came back. Raises WrongUseError."""
    paths = sources.paths or (space.returns,)
    for path in paths:
        if not path.exists():
            missing = f"没有找到 {path}。请把收到的文件放进这个文件夹,或"
            raise WrongUseError(missing, Command.STATE_RETURNS, "。")
    return [_survived(each) for each in arrivals(paths, passwords=sources.passwords, postmarks=postmarks)]


def _survived(arrival: Arrival) -> Arrival:
    try:
        return _known(arrival)
    except Exception as error:  # noqa: BLE001 - whatever a file sets off, the others are read
        return failed(arrival, error)


def _known(arrival: Arrival) -> Arrival:
    """Decide by its content what a file with a name of litter or of a download under way is: what may hold a form is no litter."""
    unfinished = is_unfinished(arrival.path)
    if not arrival.data or arrival.trouble or not (arrival.litter or unfinished):
        return arrival
    kind = sniff(arrival.content())
    if unfinished and not kind.is_workbook:
        return replace(arrival, litter=False, trouble=finding(Code.FILE_NOT_DOWNLOADED))
    may_hold = kind.is_workbook or kind in PACKED or kind is FileKind.BROKEN_ZIP
    return replace(arrival, litter=False) if may_hold else replace(arrival, data=None, fingerprint=None, place=None)
