"""The folder of one round: where everything stands, and the secret behind its check codes."""

from __future__ import annotations

import errno
import hashlib
import json
import secrets
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from fazhi_xl.disk import is_open_elsewhere, is_read_only, windows_error
from fazhi_xl.errors import WrongUseError
from fazhi_xl.form.identity import Edition
from fazhi_xl.office.workspace.open_files import opened_by
from fazhi_xl.office.workspace.path_room import refuse_deep
from fazhi_xl.text.commands import Command
from fazhi_xl.text.system_errors import OPEN_ELSEWHERE, system_error
from fazhi_xl.xlsx.writer.files import replace_file

Json = dict[str, Any]
REPORT_FILE = "report.json"  # in 结果/
REHEARSAL_FOLDER = "演练"  # within a round's folder, or where one would be
_KEY_BYTES = 32
_WRITERS = 8


@dataclass(frozen=True, slots=True)
class Workspace:
    """The places in a round's folder, and how its files are written."""

    root: Path

    @property
    def issued(self) -> Path:
        return self.root / "发放"

    @property
    def returns(self) -> Path:
        return self.root / "回收"

    @property
    def results(self) -> Path:
        return self.root / "结果"

    @property
    def corrections(self) -> Path:
        return self.results / "退回"

    @property
    def review(self) -> Path:
        return self.root / "审核"

    @property
    def archive(self) -> Path:
        return self.root / "存档"

    @property
    def mail(self) -> Path:
        """Give the folder of drafts, and of the records of what was sent and received."""
        return self.root / "邮件"

    @property
    def contacts_file(self) -> Path:
        return self.root / "联系人.xlsx"

    @property
    def packed(self) -> Path:
        return self.root / "上报"

    @property
    def sealed(self) -> Path:
        """Give the folder of the sealed editions of the results."""
        return self.root / "定稿"

    @property
    def packages(self) -> Path:
        """Give the folder of the packages for the archive."""
        return self.root / "归档"

    @property
    def campaign_file(self) -> Path:
        return self.root / "campaign.json"

    @property
    def key_file(self) -> Path:
        return self.root / "campaign.key"

    def make(self, *folders: Path) -> None:
        """Make the folders. Raises WrongUseError where that cannot be done, or where Windows takes no paths below them."""
        refuse_deep(self.root)
        for folder in (self.root, *folders):
            with writing(folder):
                folder.mkdir(parents=True, exist_ok=True)

    def key(self) -> bytes:
        """Give the round's secret of 32 bytes, made at the first issue. Raises WrongUseError where it is lost or damaged."""
        if not self.key_file.exists():
            if self.campaign_file.exists():
                lost = f"{self.key_file} 不见了,没有它认不出收回的表。请从备份恢复;确实找不回的,换一个输出位置("
                raise WrongUseError(lost, Command.OUT, ")重新发放。")
            self.write(self.key_file, (secrets.token_hex(_KEY_BYTES) + "\n").encode(), mode=0o600)
        with reading(self.key_file):
            key = bytes.fromhex(self.key_file.read_text("ascii").strip())
            if len(key) != _KEY_BYTES:
                raise ValueError(len(key))
            return key

    def campaign(self) -> Json | None:
        """Give what was issued, or None before anything was. Raises WrongUseError where the file cannot be read."""
        if not self.campaign_file.exists():
            return None
        try:
            return _whole_campaign(_parsed(self.campaign_file.read_bytes()))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"{self.campaign_file} 读不出来({type(error).__name__})。请从备份恢复这个文件,不要重新发放。"
            raise WrongUseError(message) from error

    def issued_campaign(self) -> Json:
        """Give what was issued. Raises WrongUseError where nothing was, or its record is lost."""
        held = self.campaign()
        if held is not None:
            return held
        if self.key_file.exists():
            lost = f"{self.campaign_file} 不见了,收回的表没有它读不了。请从备份恢复;确实没有发放过的,请先运行 "
            raise WrongUseError(lost, Command.ISSUE, "。")
        never = f"{self.root} 里没有 campaign.json,还没有发放过表。请先运行 "
        raise WrongUseError(never, Command.ISSUE, ",或", Command.STATE_OUT, "。")

    def write(self, path: Path, data: bytes, *, mode: int = 0o644) -> None:
        """Write a file whole. Raises WrongUseError where that cannot be done."""
        with writing(path):
            replace_file(path, data, mode=mode)

    def write_json(self, path: Path, value: object, *, compact: bool = False) -> None:
        self.write(path, json_bytes(value, compact=compact))


def side_by_side(space: Workspace, files: Iterable[tuple[Path, bytes]]) -> Iterator[Path]:
    """Write many files, several at once, and give their paths in turn; a disk takes as long for one as for some. Raises WrongUseError.

    Not for a process that forks others meanwhile: these are threads.
    """
    with ThreadPoolExecutor(_WRITERS) as writers:
        waiting: deque[tuple[Path, Future[None]]] = deque()
        for path, data in files:
            waiting.append((path, writers.submit(space.write, path, data)))
            if len(waiting) > _WRITERS:
                yield _done(*waiting.popleft())
        yield from (_done(*each) for each in waiting)


def _done(path: Path, future: Future[None]) -> Path:
    future.result()
    return path


def json_bytes(value: object, *, compact: bool = False) -> bytes:
    layout: Json = {"separators": (",", ":")} if compact else {"indent": 1}
    return json.dumps(value, ensure_ascii=False, **layout).encode() + b"\n"


class _Shapes(dict[str, Any]):
    """What campaign.json says of the shapes, nearly all of it."""


_known: WeakValueDictionary[bytes, _Shapes] = WeakValueDictionary()
_SHAPES = b',"shapes":'


def campaign_bytes(held: Json, shapes: bytes) -> bytes:
    """Write campaign.json, of which the shapes are written already and `held` is all else."""
    return json_bytes(held, compact=True).removesuffix(b"}\n") + _SHAPES + shapes + b"}\n"


def _parsed(data: bytes) -> Json:
    """Parse campaign.json; shapes that are in use are not parsed again. Raises ValueError."""
    head, mark, tail = data.partition(_SHAPES)
    if mark and head.endswith(b"]"):
        with suppress(ValueError):
            return {**json.loads(head + b"}"), "shapes": _shapes(tail)}
    return dict(json.loads(data))


def _shapes(tail: bytes) -> _Shapes:
    name = hashlib.sha256(tail).digest()
    if (known := _known.get(name)) is None:
        known = _known[name] = _Shapes(json.loads(b"[" + tail.rstrip().removesuffix(b"}") + b"]")[0])
    return known


def _whole_campaign(held: Any) -> Json:  # noqa: ANN401 - what JSON brings
    """Check all that the program relies on in campaign.json. Raises KeyError, TypeError and the like where it is damaged."""
    Edition.of_record(held)
    inputs = {unit["unit"]: held["shapes"][unit["shape"]]["inputs"] for unit in held["units"]}
    if not isinstance(held["campaign"], str) or not all(isinstance(each, list) for each in inputs.values()):
        raise TypeError(held["campaign"])
    return dict(held)


def refuse_absent(path: Path, option: Command) -> None:
    """Raise WrongUseError, with the place that was looked at, where nothing is at the path that stands behind an option."""
    with reading(path):
        there = path.exists()
    if not there:
        absent = f"没有 {path.absolute()} 这个文件。请核对 "
        raise WrongUseError(absent, option, " 后面写的路径和名称(在 U 盘、网盘上的,看连上了没有),再运行一次。")


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn errors of reading a file (OSError, ValueError) into a WrongUseError that names the path."""
    try:
        yield
    except OSError as error:
        advice = "请存盘、关闭它,再运行一次" if is_open_elsewhere(error) else "请检查路径和文件权限"
        message = f"{path} 读不出来:{system_error(error)}。{advice}。"
        raise WrongUseError(message) from error
    except ValueError as error:
        message = f"{path} 的内容不对,请从备份恢复这个文件。"
        raise WrongUseError(message) from error


@contextmanager
def writing(path: Path, option: Command = Command.OUT) -> Iterator[None]:
    """Turn errors of writing to a path (OSError) into a WrongUseError that names the path and what to do.

    `option` is the one by which another place is named.
    """
    try:
        yield
    except IsADirectoryError as error:
        raise WrongUseError(_FOLDER_THERE.format(path)) from error
    except PermissionError as error:
        raise WrongUseError(_not_permitted(path, error)) from error
    except (FileExistsError, NotADirectoryError) as error:
        file = next((each for each in (*reversed(path.parents), path) if each.is_file()), path)
        message = f"{file} 已经是一个文件,不能当作文件夹。请把它移走或改名,或者换一个输出位置("
        raise WrongUseError(message, option, ")。") from error
    except OSError as error:
        message = f"不能写入 {path}:{system_error(error)}。请检查磁盘空间和路径,或换一个输出位置("
        raise WrongUseError(message, option, ")。") from error


_FOLDER_THERE = "不能写入 {}:这是一个文件夹,不是文件。请把这个文件夹移走或改名,再运行一次。"


def _not_permitted(path: Path, error: PermissionError) -> str:
    """Say why a path may not be written to: Windows tells of an open file, other systems do not."""
    opened = error.errno == errno.EACCES and str(error.filename) == str(path) and not windows_error(error)
    if opened and path.is_dir():  # so Python tells on Windows that a folder is no file to be opened
        return _FOLDER_THERE.format(path)
    if is_open_elsewhere(error):
        return f"{path} {OPEN_ELSEWHERE}{opened_by(path)},没有写。请存盘、关闭它,再运行一次。"
    if windows_error(error) and is_read_only(path):
        return f"{path} 是只读文件,没有写。请在它的“属性”里去掉“只读”,再运行一次。"
    return f"不能写入 {path}。请检查文件夹权限;如果文件正在 Excel 或 WPS 里打开{opened_by(path)},请先关闭。"


def read_json(path: Path) -> Json:
    """Read a file of an earlier round that holds an object. Raises WrongUseError."""
    with reading(path):
        held = json.loads(path.read_text("utf-8"))
    if isinstance(held, dict):
        return held
    message = f"{path} 的内容不对,请从备份恢复这个文件。"
    raise WrongUseError(message)
