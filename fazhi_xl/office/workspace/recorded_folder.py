"""A folder of files that this program keeps up to date: a record says what it wrote, so that it never removes what others did."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from fazhi_xl.disk import remove
from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.folder import Json, Workspace, writing
from fazhi_xl.office.workspace.processes import spread

RECORD = "清单.json"
A = TypeVar("A")
E = TypeVar("E")


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A file to write: `content` digests what it says except its day, `draw` makes its bytes with a day on it."""

    name: str
    content: str
    draw: Callable[[date], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedFile:
    """A file that was written: the day on it and its SHA-256; while a write is under way, also that of the file before.

    `content` digests what it says, where its maker can tell that without drawing it.
    """

    day: str
    sha256: tuple[str, ...]
    content: str = ""

    @classmethod
    def from_json(cls, held: Json) -> RecordedFile | None:
        """Read an entry; None for one without a digest. Raises KeyError, TypeError or ValueError where it is damaged."""
        day, sha256 = date.fromisoformat(held["day"]).isoformat(), tuple(map(str, held["sha256"]))
        return cls(day=day, sha256=sha256, content=str(held.get("content", ""))) if sha256 else None

    @property
    def as_json(self) -> Json:
        content = {"content": self.content} if self.content else {}
        return {**content, "day": self.day, "sha256": self.sha256}


Files = Mapping[str, RecordedFile]
"""What a folder's record says, by the files' names."""


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def content_of(*values: object) -> str:
    """Digest values that say all that a file will say.

    Names of classes and fields are part of the digest: renaming one gives every recorded file a new day, once.
    """
    return digest(repr(values).encode())


def stored(path: Path) -> str | None:
    """Give the SHA-256 of a file; None where there is none that can be read."""
    try:
        return digest(path.read_bytes())
    except OSError:
        return None


# The record ----------------------------------------------------------------------------------------------------------


def read_record(folder: Path) -> dict[str, RecordedFile]:
    """Give the files written before; see `read_entries`."""
    return read_entries(folder / RECORD, RecordedFile.from_json)


def recorded_digests(folder: Path) -> frozenset[str]:
    """Give the SHA-256 of every file that was written into the folder and is recorded there."""
    return frozenset(sha256 for file in read_record(folder).values() for sha256 in file.sha256)


def read_entries(record: Path, parse: Callable[[Json], E | None]) -> dict[str, E]:
    """Read a record; a lost or damaged one counts as empty, so nothing is removed. `parse` gives None for entries to leave out."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        held = json.loads(record.read_text("utf-8"))
        read = {name: parse(each) for name, each in held.items() if Path(name).name == name}
        return {name: each for name, each in read.items() if each is not None}
    return {}


def write_entries(space: Workspace, record: Path, entries: Mapping[str, Json]) -> None:
    """Write a record; an empty one is removed, and with it a folder that is empty then."""
    if entries:
        space.write_json(record, dict(sorted(entries.items())))
        return
    with suppress(OSError):
        remove(record, missing_ok=True)
        record.parent.rmdir()


# The files -----------------------------------------------------------------------------------------------------------

_HELD = 8_000_000  # bytes that are drawn before they are written


class Renewed(NamedTuple):
    """A file as it has to be: what the record will say of it, and its bytes where it has to be written."""

    name: str
    file: RecordedFile
    data: bytes | None


def bring_up_to_date(
    space: Workspace, folder: Path, items: Sequence[A], product: Callable[[A], Product], today: date, jobs: int = 1
) -> None:
    """Bring the folder up to date with a file for each item.

    A file whose content is the same stays as it is, with its day and the office's own entries. Raises WrongUseError; see `Update.finish`.
    """
    update = Update.of(space, folder)
    for each in spread(
        partial(_renewed, product=product, folder=folder, before=update.before, today=today), items, jobs
    ):
        update.take(each)
    update.finish()


def _renewed(item: A, product: Callable[[A], Product], folder: Path, before: Files, today: date) -> Renewed:
    """Draw a product where it is not there as it was drawn of the same content."""
    made = product(item)
    old = before.get(made.name)
    same = old is not None and old.content == made.content and len(old.sha256) == 1
    if old and same and (folder / made.name).exists():
        return Renewed(made.name, old, None)
    day = date.fromisoformat(old.day) if old and same else today
    data = made.draw(day)
    return Renewed(made.name, RecordedFile(content=made.content, day=day.isoformat(), sha256=(digest(data),)), data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A folder that is being brought up to date; what is drawn is written from time to time, and not held."""

    space: Workspace
    folder: Path
    before: Files
    made: dict[str, RecordedFile] = field(default_factory=dict)  # as they stand there now
    drawn: dict[str, bytes] = field(default_factory=dict)
    faults: list[WrongUseError] = field(default_factory=list)

    @classmethod
    def of(cls, space: Workspace, folder: Path) -> Update:
        return cls(space=space, folder=folder, before=read_record(folder))

    def take(self, renewed: Renewed) -> None:
        """Take a file that has to be there."""
        self.made[renewed.name] = renewed.file
        if renewed.data is not None:
            self.drawn[renewed.name] = renewed.data
            if sum(map(len, self.drawn.values())) > _HELD:
                self._write()

    def finish(self) -> None:
        """Write what is left, remove the files recorded before and not taken, and record what is there then.

        Raises WrongUseError with a line for each file that could not be written or removed, after all others were.
        """
        if not (self.before or self.made):
            return
        self._write()
        self.faults.extend(_removed(self.folder, self.before, self.made))
        _record(self.space, self.folder, self.made)
        if self.faults:
            raise WrongUseError("\n".join(map(str, self.faults)))

    def _write(self) -> None:
        self.space.make(self.folder)
        if self.made != self.before:
            either = {
                name: _either(self.before.get(name), self.made.get(name)) for name in {**self.before, **self.made}
            }
            _record(self.space, self.folder, either)
        self.faults.extend(_written(self.space, self.folder, self.before, self.made, self.drawn))
        self.drawn.clear()


def _record(space: Workspace, folder: Path, files: Files) -> None:
    write_entries(space, folder / RECORD, {name: file.as_json for name, file in files.items()})


def _either(old: RecordedFile | None, new: RecordedFile | None) -> RecordedFile:
    """Keep both digests, for recovery after a crash."""
    known = [file for file in (old, new) if file]
    return replace(known[-1], sha256=tuple(dict.fromkeys(each for file in known for each in file.sha256)))


def _written(
    space: Workspace, folder: Path, before: Files, kept: dict[str, RecordedFile], drawn: Mapping[str, bytes]
) -> Iterator[WrongUseError]:
    for name, data in drawn.items():
        try:
            space.write(folder / name, data)
        except WrongUseError as error:
            kept.pop(name)
            if name in before:
                kept[name] = before[name]
            yield error


def _removed(folder: Path, before: Files, kept: dict[str, RecordedFile]) -> Iterator[WrongUseError]:
    for name in sorted(before.keys() - kept.keys()):
        try:
            discard(folder / name, before[name].sha256)
        except WrongUseError as error:
            kept[name] = before[name]
            yield error


def discard(path: Path, sha256: tuple[str, ...]) -> None:
    """Remove a file where it is as this program wrote it, by SHA-256. Raises WrongUseError where that cannot be done."""
    with writing(path):
        if stored(path) in sha256:
            remove(path)
