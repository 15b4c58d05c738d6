"""Finds the districts' folders: what holds results or was issued, a few levels below the folders named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from fazhi_xl.errors import FazhiError
from fazhi_xl.office.workspace.districts import recorded_districts
from fazhi_xl.office.workspace.error_log import error_text
from fazhi_xl.office.workspace.folder import REPORT_FILE, Workspace
from fazhi_xl.office.workspace.progress import Progress

_DEEP = 5  # levels: a province's cities, their districts, their rounds
_OWN = frozenset({"发放", "回收", "审核", "结果", "存档", "补发"})  # what stands in a round's folder is no district


def district_folders(paths: Iterable[Path], progress: Progress) -> tuple[Path, ...]:
    """Give the folders of all rounds under some paths, each once and in the order of names; a path may be a round's own folder.

    Those that were recorded when many districts' rounds were issued are among them, whether they are there or not.
    """
    found = {folder.resolve(): folder for path in paths for folder in _below(_round_of(path), _DEEP, progress)}
    return tuple(found.values())


def _round_of(path: Path) -> Path:
    """Give the round's folder of a path that leads into it: to its report, or to its results."""
    if path.name == REPORT_FILE and path.is_file():
        return path.absolute().parent.parent
    held = path.name == Workspace(path).results.name and (path / REPORT_FILE).is_file()
    return path.absolute().parent if held else path


def _below(folder: Path, levels: int, progress: Progress) -> Iterator[Path]:
    if is_round(folder):
        yield folder
    elif levels:
        inner = _folders(folder)
        yield from (lost for lost in _recorded(folder, progress) if lost not in inner)
        for each in inner:
            yield from _below(each, levels - 1, progress)


def is_round(folder: Path) -> bool:
    """Say whether results, or a record of what was issued, stand in a folder."""
    space = Workspace(folder)
    return (space.results / REPORT_FILE).is_file() or space.campaign_file.is_file()


def _recorded(folder: Path, progress: Progress) -> list[Path]:
    """Give the folders of the districts for which rounds were issued here; a record that cannot be read is told, and names none."""
    try:
        return [folder / name for name in recorded_districts(folder)]
    except FazhiError as error:
        progress.say(error_text(error))
        return []


def _folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = [each.name for each in entries if each.is_dir() and each.name not in _OWN and each.name[0] != "."]
    except OSError:
        return []
    return [folder / name for name in sorted(names)]
