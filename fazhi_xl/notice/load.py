"""Loads a campaign's folder into a `Notice`, or reports everything that is wrong with it.

The raw tables are read, patched by the chosen readings, and then checked: the shape of each file, and whether the files
agree. A fault that a reading causes is reported at the reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from fazhi_xl.errors import BrokenCatalogueError, Problem, WrongUseError
from fazhi_xl.notice.changes import FILE as READINGS
from fazhi_xl.notice.changes import Change, apply, change_problems, changes, readings, target_of
from fazhi_xl.notice.check import CHECKS
from fazhi_xl.notice.earlier_format import format_problems, upgraded
from fazhi_xl.notice.faults import Fault
from fazhi_xl.notice.lint_remark import LintRemark
from fazhi_xl.notice.model import Notice, Option, Reading
from fazhi_xl.notice.places import located, place_of
from fazhi_xl.notice.shape import path_text, shape_problems
from fazhi_xl.notice.source import FILES, Source, item_no, read_source
from fazhi_xl.text.said import At


def load(folder: Path) -> Notice:
    """Load the campaign in the folder, with the chosen readings applied; the folder's name is the campaign's.

    Raises BrokenCatalogueError with every problem of every file, in the order of the files.
    """
    read, unread = read_source(folder)
    source = upgraded(read)
    amended = _amended(source)
    found = sorted(dict.fromkeys((*unread, *_faults(read, source, amended))), key=_file_order)
    if found:
        raise BrokenCatalogueError(tuple(located(problem, folder, source) for problem in found))
    return _notice(folder.resolve(), _parts(amended))


def source_problems(read: Source) -> tuple[Problem, ...]:
    """Give every fault of a catalogue's tables, wherever they were read from, in the order of the files."""
    source = upgraded(read)
    return tuple(sorted(dict.fromkeys(_faults(read, source, _amended(source))), key=_file_order))


def notice_of(read: Source, folder: Path) -> Notice:
    """Make the notice of tables without faults, with the chosen readings applied, as if they stood in the folder."""
    return _notice(folder.resolve(), _parts(_amended(upgraded(read))))


def _faults(read: Source, source: Source, amended: Source) -> Iterator[Problem]:
    yield from format_problems(read)
    yield from _change_problems(source)
    yield from _placed(source, _problems(amended))


def place_problems(folder: Path, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Give problems of a catalogue that was loaded, in the order of its files, each with its line and what it is about."""
    source = upgraded(read_source(folder)[0])
    return tuple(located(problem, folder, source) for problem in sorted(problems, key=_file_order))


def place_remarks(folder: Path, remarks: Iterable[LintRemark]) -> tuple[LintRemark, ...]:
    """Give remarks on a catalogue that was loaded, in their order, each with its line and what it is about."""
    source = upgraded(read_source(folder)[0])
    return tuple(located(remark, folder, source) for remark in remarks)


def alternatives(folder: Path) -> Iterator[tuple[Reading, Option, Notice]]:
    """Give the catalogue as each other option of each reading would make it, by that option alone.

    Options that change nothing are left out, and so are those that make the catalogue invalid.
    """
    source = upgraded(read_source(folder)[0])
    held = _parts(_amended(source))
    chosen = _notice(folder.resolve(), held)
    for at, reading in readings(source):
        for nth, option in enumerate(reading.options):
            if option.key != reading.chosen and (option.changes or reading.choice.changes):
                instead = [c for c in changes(source) if (c.option == nth if c.reading == at else c.chosen)]
                with suppress(ValidationError):
                    yield (
                        reading,
                        option,
                        _notice(folder.resolve(), _unlike(_parts(_amended(source, instead)), held, chosen)),
                    )


def unsound_options(read: Source) -> Iterator[tuple[int, int, Problem]]:
    """Yield the options of a sound catalogue that could not be chosen: the reading, the option, and the first fault of choosing it."""
    source = upgraded(read)
    for at, reading in readings(source):
        for nth, option in enumerate(reading.options):
            if option.key != reading.chosen and (option.changes or reading.choice.changes):
                instead = [c for c in changes(source) if (c.option == nth if c.reading == at else c.chosen)]
                found = next(_problems(_amended(source, instead)), None)
                yield from [(at, nth, found)] if found else []


def _amended(source: Source, by: Iterable[Change] | None = None) -> Source:
    every = _chosen(source) if by is None else tuple(by)
    changed = {place.file for change in every if (place := target_of(source, change.target))}
    files = {file: deepcopy(table) if file in changed else table for file, table in source.files.items()}
    amended = replace(source, files=files)
    for change in every:
        apply(amended, change)
    return amended


def _chosen(source: Source) -> tuple[Change, ...]:
    return tuple(change for change in changes(source) if change.chosen)


def _change_problems(source: Source) -> Iterator[Problem]:
    if any(change_problems(source, source.unread)):
        broken = source.unread.union(problem.file for problem in shape_problems(source))
        yield from change_problems(source, broken)


def _problems(source: Source) -> Iterator[Problem]:
    yield from shape_problems(source)
    for check in CHECKS:
        yield from check(source)


def _placed(source: Source, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the faults of the patched tables; one that a reading causes is placed at the first change after which it occurs."""
    remaining = dict.fromkeys(problems)
    if not remaining:
        return
    stage = deepcopy(source)
    known = set(_problems(stage))
    yield from (problem for problem in remaining if problem in known)
    for change in _chosen(source) if remaining.keys() - known else ():
        apply(stage, change)
        found = set(_problems(stage))
        yield from (_at(change, problem, stage) for problem in remaining if problem in found - known)
        known |= found


def _at(change: Change, problem: Problem, stage: Source) -> Problem:
    """Place a problem at the change that causes it; one outside of the changed value keeps its own place in the message."""
    place = target_of(stage, change.target)
    if place and problem.file == place.file and problem.path.startswith(place.path):
        inner = place_of(problem.path)[len(place_of(place.path)) :]
        key = tuple(int(step) if step.isdecimal() else step for step in change.key.split("."))
        if inner[: len(key)] != key:
            key, path = (), change.stem if inner else change.path
        else:
            path = change.path
        rest = path_text(*inner[len(key) :])
        return Problem(
            file=READINGS, path=f"{path}{'.' * bool(rest and rest[0] != '[')}{rest}", message=problem.message
        )
    at = At(problem.file, problem.path)
    message = Fault.AFTER_CHANGE(problem=str(problem), place=at, message=problem.message)
    return Problem(file=READINGS, path=change.path, message=message)


def _file_order(problem: Problem) -> tuple[int, int]:
    if problem.file in FILES:
        return FILES.index(problem.file), 0
    return len(FILES), item_no(problem.file) or 0


_Parts = dict[str, Any]
"""The raw tables by the name of what they become in a notice."""


def _parts(source: Source) -> _Parts:
    """Give the tables by what they become; a part of which there is no file is absent, or empty."""
    units, adjustments = source.table("units.toml"), source.table("adjustments.toml")
    lists = {
        name: source.table(f"{name}.toml").get(name, []) for name in ("groups", "registers", "readings", "switches")
    }
    return {
        "about": source.table("notice.toml"),
        "units": units["units"],
        "ranking_groups": units["ranking_groups"],
        "departments": source.table("departments.toml").get("departments", {}),
        "items": [source.table(file) for file in source.items],
        "bonus": adjustments.get("bonus", []),
        "deductions": adjustments.get("deductions", []),
        "limits": adjustments.get("limits", []),
        "vetoes": adjustments.get("vetoes", []),
        "bonus_form": adjustments.get("bonus_form", {}),
        "index": source.files.get("index.toml"),
        "contacts": source.files.get("contacts.toml"),
        "theme": source.table("theme.toml"),
        **lists,
    }


def _unlike(parts: _Parts, held: _Parts, made: Notice) -> _Parts:
    """Reuse the validated values of tables that are the same: validating them is most of the work."""
    items = [
        each if raw == before else raw
        for raw, before, each in zip(parts["items"], held["items"], made.items, strict=True)
    ]
    return {**{key: getattr(made, key) if raw == held[key] else raw for key, raw in parts.items()}, "items": items}


def _notice(folder: Path, parts: _Parts) -> Notice:
    return Notice.model_validate({"campaign": folder.name, "folder": folder, **parts})


def find_campaign(name_or_path: str, templates: Path) -> Path:
    """Find a campaign's folder by its path or its name under `templates`; WrongUseError tells the nearest name."""
    for folder in (Path(name_or_path), templates / name_or_path):
        if any(folder.glob("*.toml")):
            return folder
    names = sorted(path.parent.name for path in templates.glob("*/notice.toml"))
    near = get_close_matches(Path(name_or_path).name, names, n=1)
    hint = (
        f"是不是“{near[0]}”?" if near else f"现有:{'、'.join(names) or '无'}。请写其中一个,或者自己的工作目录的文件夹。"
    )
    raise WrongUseError(f"没有找到工作目录“{name_or_path}”。{hint}")
