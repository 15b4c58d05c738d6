"""A folder of files that this program keeps right: written where they say something new, taken away where nobody needs them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.folder import Workspace, writing

RECORD = "清单.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A file to be: `content` says all that it says but for its day, and `draw` makes it, with that day on it."""

    name: str
    content: str
    draw: Callable[[date], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A file that was written: what it says, the day on it, and its SHA-256; before a write is done, also the old one's."""

    content: str
    day: str
    sha256: tuple[str, ...]


def content_of(*values: object) -> str:
    """Digest values that say all that a file will say."""
    return digest(repr(values).encode())


def keep_right(space: Workspace, folder: Path, products: Iterable[Product], today: date) -> None:
    """Bring the folder up to date. A file that says the same as before stays as it is, with its day, and with what was written into it.

    Raises WrongUseError with a line for each file that could not be written or taken away, when all others are done.
    """
    before = _read(folder / RECORD)
    made, drawn = _made(folder, products, before, today)
    if not (before or made):
        return
    space.make(folder)
    if made != before:
        both = {name: _both(before.get(name), made.get(name)) for name in {**before, **made}}
        _write(space, folder, both)
    faults = [*_replaced(space, folder, before, made, drawn), *_taken_away(folder, before, made)]
    _write(space, folder, made)
    if faults:
        raise WrongUseError("\n".join(map(str, faults)))


_Entries = dict[str, _Entry]


def _made(
    folder: Path, products: Iterable[Product], before: Mapping[str, _Entry], today: date
) -> tuple[_Entries, dict[str, bytes]]:
    """Give the entries of what is to stand there, and the bytes of what has to be written."""
    made: _Entries = {}
    drawn: dict[str, bytes] = {}
    for each in products:
        old = before.get(each.name)
        same = old is not None and old.content == each.content and len(old.sha256) == 1
        if old and same and (folder / each.name).exists():
            made[each.name] = old
            continue
        day = date.fromisoformat(old.day) if old and same else today
        data = each.draw(day)
        drawn[each.name] = data
        made[each.name] = _Entry(content=each.content, day=day.isoformat(), sha256=(digest(data),))
    return made, drawn


def _both(old: _Entry | None, new: _Entry | None) -> _Entry:
    """Say that either may stand there, should this run be stopped half-way."""
    known = [entry for entry in (old, new) if entry]
    every = dict.fromkeys(each for entry in known for each in entry.sha256)
    return replace(known[-1], sha256=tuple(every))


def _replaced(
    space: Workspace, folder: Path, before: Mapping[str, _Entry], made: _Entries, drawn: Mapping[str, bytes]
) -> Iterator[WrongUseError]:
    for name, data in drawn.items():
        try:
            space.write(folder / name, data)
        except WrongUseError as error:
            made.pop(name)
            if name in before:
                made[name] = before[name]
            yield error


def _taken_away(folder: Path, before: Mapping[str, _Entry], made: _Entries) -> Iterator[WrongUseError]:
    for name in sorted(before.keys() - made.keys()):
        try:
            with writing(folder / name):
                if stored(folder / name) in before[name].sha256:
                    (folder / name).unlink()
        except WrongUseError as error:
            made[name] = before[name]
            yield error


def stored(path: Path) -> str | None:
    """Give the SHA-256 of a file; None where there is none that can be read."""
    try:
        return digest(path.read_bytes())
    except OSError:
        return None


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read(path: Path) -> _Entries:
    """Give what was written before; of a lost or damaged record nothing is believed, and nothing is taken away."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        held = json.loads(path.read_text("utf-8"))
        return {
            name: _Entry(
                content=str(each["content"]),
                day=date.fromisoformat(each["day"]).isoformat(),
                sha256=tuple(map(str, each["sha256"])),
            )
            for name, each in held.items()
            if Path(name).name == name and each["sha256"]
        }
    return {}


def _write(space: Workspace, folder: Path, entries: Mapping[str, _Entry]) -> None:
    if entries:
        space.write_json(folder / RECORD, {name: asdict(entry) for name, entry in sorted(entries.items())})
        return
    with writing(folder), suppress(OSError):
        (folder / RECORD).unlink(missing_ok=True)
        folder.rmdir()
