"""What goes back to the units: a fresh form with the readable answers and every fault marked, and the text for the mail."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from fazhi_xl.findings import Code, finding
from fazhi_xl.form.manifest import file_name, file_stem
from fazhi_xl.form.model import Form
from fazhi_xl.office.commands.reissue import left_out, readable, refilled
from fazhi_xl.office.returns.open import Return
from fazhi_xl.office.workspace.folder import Workspace, writing
from fazhi_xl.office.workspace.processes import spread
from fazhi_xl.reports.corrections import Letter, corrections, mail, refusal
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status

FOLDER = "退回"
RECORD = "清单.json"
_BOM = "\ufeff"  # or old Windows programs take the text for GBK
Pack = dict[str, bytes]


def send_back(space: Workspace, round_: Round, forms: Iterable[Form], jobs: int = 1) -> tuple[Path, ...]:
    """Write what goes back into 结果/退回, and take away what an earlier run wrote there and nobody needs any more.

    What would say the same as before is left as it is, with its day, and with what the office wrote into it.
    """
    folder = space.results / FOLDER
    before = _read_record(folder / RECORD)
    made: dict[str, _Entry] = {}
    packs: Pack = {}
    letters = tuple(_letters(round_, {form.unit: form for form in forms}))
    for pack in spread(partial(_dated, before=before), letters, jobs):
        for name, (entry, data) in pack.items():
            made[name], packs[name] = entry, data
    if before or made:
        space.make(folder)
        _write_record(space, folder, {name: _both(before.get(name), made.get(name)) for name in {**before, **made}})
        _replace(space, folder, before, made, packs)
        _write_record(space, folder, made)
    return tuple(folder / name for name in made)


def set_aside(space: Workspace, returns: Iterable[Return]) -> list[Return]:
    """Take what was sent back and came again as it was for no return: the unit's own one still counts."""
    record = _read_record(space.results / FOLDER / RECORD)
    ours = {digest for entry in record.values() for digest in entry.sha256}
    note = finding(Code.FORM_SENT_BACK)
    return [
        replace(each, status=Status.IGNORED, findings=(note,)) if each.arrival.sha256 in ours else each
        for each in returns
    ]


# Which units, and about which file -------------------------------------------------------------------------------------


def _letters(round_: Round, forms: Mapping[str, Form]) -> Iterator[Letter]:
    for unit in round_.notice.units:
        file = round_.file_of(unit.short) or round_.refused_of(unit.short)
        if unit.short in forms and file and file.status in {Status.NEEDS_CORRECTION, Status.REJECTED}:
            yield Letter(
                notice=round_.notice,
                unit=unit,
                file=file,
                day=round_.generated.date(),
                form=forms[unit.short],
                left=left_out(file.answers) if file.answers else frozenset(),
                mark=round_.mark,
            )


# What each unit gets ---------------------------------------------------------------------------------------------------


def _pack(letter: Letter) -> Pack:
    """Make the files of one unit; the same letter gives the same bytes."""
    stem, notice, answers = file_stem(letter.unit), letter.notice, letter.file.answers
    if answers is None or letter.file.status is Status.REJECTED:
        name = file_name(notice, letter.unit.short)
        return {f"{stem}退回修改.txt": _encoded(refusal(letter, name)), name: refilled(notice, letter.form)}
    name = f"{stem}退回修改.xlsx"
    form = refilled(notice, letter.form, readable(answers), corrections(letter))
    return {name: form, f"{stem}退回修改.txt": _encoded(mail(letter, name))}


def _encoded(text: str) -> bytes:
    return (_BOM + text).encode("utf-8", errors="replace")


# What was written before -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A file that this program wrote: the day its letter bears, and its SHA-256; before a write is done, also that of the old one."""

    day: str
    sha256: tuple[str, ...]


def _dated(letter: Letter, before: Mapping[str, _Entry]) -> dict[str, tuple[_Entry, bytes]]:
    """Make a letter's files; where nothing but the day is new they keep their day."""
    known = {before[name].day for name in before if name.startswith(file_stem(letter.unit))}
    for day in known:
        packed = _pack(replace(letter, day=date.fromisoformat(day)))
        if all(name in before and before[name].sha256[-1] == _digest(data) for name, data in packed.items()):
            return _entered(packed, day)
    return _entered(_pack(letter), letter.day.isoformat())


def _entered(packed: Pack, day: str) -> dict[str, tuple[_Entry, bytes]]:
    return {name: (_Entry(day=day, sha256=(_digest(data),)), data) for name, data in packed.items()}


def _both(old: _Entry | None, new: _Entry | None) -> _Entry:
    """Say that either may stand there, should this run be stopped half-way."""
    known = [entry for entry in (old, new) if entry]
    return _Entry(day=known[-1].day, sha256=tuple(dict.fromkeys(digest for entry in known for digest in entry.sha256)))


def _replace(
    space: Workspace, folder: Path, before: Mapping[str, _Entry], made: Mapping[str, _Entry], packs: Pack
) -> None:
    for name, data in packs.items():
        if not _edited(folder / name, before.get(name), made[name]):
            space.write(folder / name, data)
    with writing(folder):
        for name in before.keys() - made.keys():
            if _stored(folder / name) in before[name].sha256:
                (folder / name).unlink()


def _edited(path: Path, old: _Entry | None, new: _Entry) -> bool:
    """Say whether the office wrote something into a file that is still right."""
    there = _stored(path)
    return old is not None and there is not None and old.sha256[-1] == new.sha256[-1] and there not in old.sha256


def _stored(path: Path) -> str | None:
    try:
        return _digest(path.read_bytes())
    except OSError:
        return None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read_record(path: Path) -> dict[str, _Entry]:
    """Give the files written before; of a lost or damaged record nothing is believed, and nothing is taken away."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        held = json.loads(path.read_text("utf-8"))
        return {
            name: _Entry(day=date.fromisoformat(each["day"]).isoformat(), sha256=tuple(map(str, each["sha256"])))
            for name, each in held.items()
            if Path(name).name == name and each["sha256"]
        }
    return {}


def _write_record(space: Workspace, folder: Path, entries: Mapping[str, _Entry]) -> None:
    if entries:
        held = {name: {"day": entry.day, "sha256": list(entry.sha256)} for name, entry in sorted(entries.items())}
        space.write_json(folder / RECORD, held)
        return
    with writing(folder), suppress(OSError):
        (folder / RECORD).unlink(missing_ok=True)
        folder.rmdir()
