"""存档/审核记录: how far each record in 审核/ was written, and copies of it, so that lines which vanish are noticed.

It stands outside 审核/, the folder that people rename, move and bring back from elsewhere. The record is written first, then the
copy, then the line that tells of it: a run that was killed in between leaves a record longer than what is remembered, which heals.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from fazhi_xl.office.review.chain import Lines, odd_line
from fazhi_xl.office.review.records import Record
from fazhi_xl.office.workspace.archive import keep, remove
from fazhi_xl.office.workspace.folder import Json, Workspace

STATE = "记录.jsonl"
KEPT = 20  # copies; older ones go
_DIGITS = 8  # of a digest, in a copy's name
_COPY = re.compile(r"\w+-(?P<count>\d{5,})条-(?P<day>[\d-]{10})-(?P<digest>[0-9a-f]{8})\.jsonl")


def lines_of(data: bytes) -> Lines:
    """Give the lines of a record: other line ends, blank lines and a byte order mark make no other record."""
    return tuple(line for each in data.removeprefix(BOM_UTF8).split(b"\n") if (line := each.strip()))


def digest_of(lines: Lines) -> str:
    """Give the SHA-256 of a record as this program writes it."""
    return sha256(b"".join(line + b"\n" for line in lines)).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """How far a record was written: how many lines, their SHA-256, and the last of them in words."""

    count: int
    sha256: str
    last: str

    @classmethod
    def of(cls, record: Record, lines: Lines) -> Remembered:
        return cls(count=len(lines), sha256=digest_of(lines), last=told(record, lines[-1]))

    def begins(self, lines: Lines) -> bool:
        """Say whether a record still begins with what was recorded."""
        return len(lines) >= self.count and digest_of(lines[: self.count]) == self.sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRecord:
    """A copy of the record, as its name tells of it; `whole` where it still is what was copied."""

    path: Path
    count: int
    day: str
    digest: str

    @property
    def lines(self) -> Lines:
        with suppress(OSError):
            return lines_of(self.path.read_bytes())
        return ()

    @property
    def whole(self) -> bool:
        lines = self.lines
        return len(lines) == self.count and digest_of(lines).startswith(self.digest) and not odd_line(lines)

    @property
    def told(self) -> str:
        return f"{self.path.name}({self.count}条,{self.day})"


def kept_records(space: Workspace, record: Record) -> tuple[KeptRecord, ...]:
    """Give the copies of the record, the latest first."""
    found = ((path, _COPY.fullmatch(path.name)) for path in record.kept(space).glob("*.jsonl"))
    copies = (
        KeptRecord(path=path, count=int(name["count"]), day=name["day"], digest=name["digest"])
        for path, name in found
        if name
    )
    return tuple(sorted(copies, key=lambda each: (each.count, each.day, each.digest), reverse=True))


def latest(space: Workspace, record: Record) -> KeptRecord | None:
    """Give the latest copy that is whole."""
    return next((each for each in kept_records(space, record) if each.whole), None)


def remembered(space: Workspace, record: Record) -> Remembered | None:
    """Give what was recorded before; None where nothing was, or by a version that did not remember."""
    copy = None if (noted := _noted(space, record)) else latest(space, record)
    return Remembered.of(record, copy.lines) if copy else noted


def _noted(space: Workspace, record: Record) -> Remembered | None:
    with suppress(OSError):
        for line in reversed(lines_of((record.kept(space) / STATE).read_bytes())):
            with suppress(ValueError, TypeError, KeyError):
                return _of_json(json.loads(line))
    return None


def _of_json(held: Json) -> Remembered:
    count = held["count"] if "count" in held else held["decisions"]  # as earlier versions called it
    return Remembered(count=int(count), sha256=str(held["sha256"]), last=str(held["last"]))


def told(record: Record, line: bytes) -> str:
    """Say what a line of a record holds: `第12号:法院6.1,张三,2020-12-01`."""
    try:
        return record.told(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError):
        return "读不出来"


def remember(space: Workspace, record: Record, data: bytes) -> None:
    """Remember a record that is sound, and keep a copy of it, byte for byte. Raises WrongUseError where that cannot be written."""
    lines = lines_of(data)
    if not lines:
        return
    now, path = Remembered.of(record, lines), _copy_of(space, record, lines)
    if not path.exists() or digest_of(lines_of(path.read_bytes())) != now.sha256:
        space.make(record.kept(space))
        keep(space, path, data)
    if _noted(space, record) != now:
        _note(space, record, now)
    for old in kept_records(space, record)[KEPT:]:
        remove(old.path)


def _copy_of(space: Workspace, record: Record, lines: Lines) -> Path:
    day = re.search(r"\d{4}-\d\d-\d\d$", told(record, lines[-1]))
    name = f"{record.word}-{len(lines):05d}条-{day[0] if day else '0000-00-00'}-{digest_of(lines)[:_DIGITS]}.jsonl"
    return record.kept(space) / name


def _note(space: Workspace, record: Record, now: Remembered) -> None:
    path = record.kept(space) / STATE
    before = lines_of(path.read_bytes()) if path.exists() else ()
    line = json.dumps(asdict(now), ensure_ascii=False).encode()
    space.write(path, b"".join(each + b"\n" for each in (*before, line)))


def elsewhere(space: Workspace, record: Record) -> Iterator[Path]:
    """Give the files beside 审核/ or in it that hold all that was written, the most lines first: a folder that was renamed."""
    held = remembered(space, record)
    found = ((other, lines_of(_bytes(other))) for other in _records(space, record))
    fitting = [(len(lines), other) for other, lines in found if lines and (held is None or held.begins(lines))]
    yield from (other for _, other in sorted(fitting, key=lambda each: -each[0]))


def _records(space: Workspace, record: Record) -> Iterable[Path]:
    path = record.file(space)
    below = "*/" * len(Path(record.path).parts)
    named = space.root.glob(f"{below}{path.stem}*{path.suffix}")
    return (each for each in sorted(named) if each != path and space.archive not in each.parents)


def _bytes(path: Path) -> bytes:
    with suppress(OSError):
        return path.read_bytes()
    return b""
