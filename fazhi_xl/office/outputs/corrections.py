"""What goes back to the units: a fresh form with the readable answers and every fault marked, and the text for the mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from fazhi_xl.form.manifest import file_name, file_stem
from fazhi_xl.form.model import Form
from fazhi_xl.notice.model import Unit
from fazhi_xl.office.outputs.refill import left_out, readable, refilled
from fazhi_xl.office.workspace.drawn_before import DrawnBefore
from fazhi_xl.office.workspace.folder import Workspace, reading
from fazhi_xl.office.workspace.processes import spread
from fazhi_xl.office.workspace.recorded_folder import (
    Files,
    RecordedFile,
    Renewed,
    Update,
    content_of,
    digest,
    read_record,
    stored,
)
from fazhi_xl.office.workspace.store import Store
from fazhi_xl.reports.corrections import Letter, corrections, mail, refusal
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.text.notepad import notepad
from fazhi_xl.xlsx.writer.sketch import Sketches

_SENT_BACK = frozenset({Status.NEEDS_CORRECTION, Status.REJECTED})
Pack = dict[str, bytes]
Dated = dict[str, tuple[RecordedFile, bytes]]


def send_back(
    space: Workspace, round_: Round, forms: Iterable[Form], jobs: int = 1, store: Store | None = None
) -> Mapping[str, Exception]:
    """Write the correction packs into 结果/退回, and remove those of earlier runs that are not needed any more.

    If only the day differs, the file stays as it is, with the office's own entries in it. Gives what was raised over a pack that could
    not be drawn, by the path of the file that it answers. What is there as it was drawn of the same letter, as the store knows, is not
    drawn again. Raises WrongUseError where files cannot be written.
    """
    folder, update = space.corrections, Update.of(space, space.corrections)
    before = update.before
    failed: dict[str, Exception] = {}
    known = DrawnBefore.of(store, round_.notice, round_.mark) if store else None
    letters = []
    for letter in _letters(round_, {form.unit: form for form in forms}):
        if there := _there_already(letter, folder, before, known):
            for name, file in there.items():
                update.take(Renewed(name, file, None))
        else:
            letters.append(letter)
    attempt = partial(_attempted, before=before, sketches=Sketches())
    for letter, pack in zip(letters, spread(attempt, letters, jobs), strict=True):
        if isinstance(pack, Exception):
            failed[letter.file.path] = pack
            continue
        if known:
            _keep(letter, pack, known)
        for name, (file, data) in pack.items():
            update.take(Renewed(name, file, None if _edited(folder / name, before.get(name), file) else data))
    update.finish()
    return failed


def pack_of(space: Workspace, unit: Unit) -> Pack:
    """Give the files of a unit's correction pack as they stand in 结果/退回, by name; none where it has none. Raises WrongUseError."""
    names = sorted(name for name in read_record(space.corrections) if name.startswith(file_stem(unit)))
    paths = [path for path in map(space.corrections.joinpath, names) if path.exists()]
    with reading(space.corrections):
        return {path.name: path.read_bytes() for path in paths}


# Which units, and about which file -------------------------------------------------------------------------------------


def _letters(round_: Round, forms: Mapping[str, Form]) -> Iterator[Letter]:
    for unit in round_.notice.units:
        file = round_.file_of(unit.short) or round_.refused_of(unit.short)
        if unit.short in forms and file and (file.status in _SENT_BACK or file.asked):
            yield Letter(
                notice=round_.notice,
                unit=unit,
                file=file,
                day=round_.generated.date(),
                form=forms[unit.short],
                left=left_out(file.answers) if file.answers else frozenset(),
                mark=round_.mark,
                extension=round_.extensions.get(unit.short),
            )


# What each unit gets ---------------------------------------------------------------------------------------------------


def _pack(letter: Letter, sketches: Sketches) -> Pack:
    """Make the files of one unit; the same letter gives the same bytes."""
    stem, notice, answers = file_stem(letter.unit), letter.notice, letter.file.answers
    if answers is None or letter.file.status is Status.REJECTED:
        name = file_name(notice, letter.unit.short)
        return {
            f"{stem}退回修改.txt": notepad(refusal(letter, name)),
            name: refilled(notice, letter.form, sketches=sketches),
        }
    name = f"{stem}退回修改.xlsx"
    form = refilled(notice, letter.form, readable(answers), corrections(letter), sketches)
    return {name: form, f"{stem}退回修改.txt": notepad(mail(letter, name))}


# What is there already -------------------------------------------------------------------------------------------------


def _there_already(
    letter: Letter, folder: Path, before: Files, known: DrawnBefore | None
) -> dict[str, RecordedFile] | None:
    """Give the files of a letter that were drawn of the same, and are there; None where they have to be drawn."""
    own = {name: file for name, file in before.items() if name.startswith(file_stem(letter.unit))}
    days = _still_right(letter, {file.day for file in own.values()})
    drawn = known.facts(_content(letter, *days)) if known and len(days) == 1 else None
    if drawn != [[name, list(file.sha256)] for name, file in sorted(own.items())]:
        return None
    return own if all((folder / name).exists() for name in own) else None


def _keep(letter: Letter, pack: Dated, known: DrawnBefore) -> None:
    (day,) = {file.day for file, _ in pack.values()}
    known.keep(_content(letter, day), [[name, list(file.sha256)] for name, (file, _) in sorted(pack.items())])


def _content(letter: Letter, day: str) -> str:
    """Digest all that the files of a letter are made of, but for what all letters have in common."""
    file, form = letter.file, letter.form
    answers = (file.answers.values, file.answers.findings, file.answers.cells) if file.answers else None
    said = (file.path, file.sha256, file.came, file.status, file.findings, file.documents, letter.extension)
    return content_of(day, form.unit, form.number, form.slots, form.prior, said, answers, sorted(letter.left))


# The day that it bears -------------------------------------------------------------------------------------------------


def _attempted(letter: Letter, before: Files, sketches: Sketches) -> Dated | Exception:
    """Make a letter's files; what is raised over it is given instead, so that the other units get theirs."""
    try:
        return _dated(letter, before, sketches)
    except Exception as error:  # noqa: BLE001 - whatever one return sets off
        return error


def _dated(letter: Letter, before: Files, sketches: Sketches) -> Dated:
    """Make a letter's files; where nothing but the day is new they keep their day."""
    known = {before[name].day for name in before if name.startswith(file_stem(letter.unit))}
    for day in _still_right(letter, known):
        packed = _pack(replace(letter, day=date.fromisoformat(day)), sketches)
        if all(name in before and before[name].sha256[-1] == digest(data) for name, data in packed.items()):
            return _entered(packed, day)
    return _entered(_pack(letter, sketches), letter.day.isoformat())


def _still_right(letter: Letter, days: Iterable[str]) -> set[str]:
    """Give the days on which the same day to send it back by was written: that may have gone by since."""
    return {day for day in days if replace(letter, day=date.fromisoformat(day)).due == letter.due}


def _entered(packed: Pack, day: str) -> Dated:
    return {name: (RecordedFile(day=day, sha256=(digest(data),)), data) for name, data in packed.items()}


def _edited(path: Path, old: RecordedFile | None, new: RecordedFile) -> bool:
    """Say whether the office wrote something into a file that is still right."""
    there = stored(path)
    return old is not None and there is not None and old.sha256[-1] == new.sha256[-1] and there not in old.sha256
