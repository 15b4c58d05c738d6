"""Finds the districts' folders: what holds results or was issued, a few levels below the folders named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from fazhi_xl.office.workspace.folder import REPORT_FILE, Workspace

_DEEP = 5  # levels: a province's cities, their districts, their rounds
_OWN = frozenset({"发放", "回收", "审核", "结果", "存档", "补发"})  # what stands in a round's folder is no district


def district_folders(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Give the folders of all rounds under some paths, each once and in the order of names; a path may be a round's own folder."""
    found = {folder.resolve(): folder for path in paths for folder in _below(_round_of(path), _DEEP)}
    return tuple(found.values())


def _round_of(path: Path) -> Path:
    """Give the round's folder of a path that leads into it: to its report, or to its results."""
    if path.name == REPORT_FILE and path.is_file():
        return path.absolute().parent.parent
    held = path.name == Workspace(path).results.name and (path / REPORT_FILE).is_file()
    return path.absolute().parent if held else path


def _below(folder: Path, levels: int) -> Iterator[Path]:
    if is_round(folder):
        yield folder
    elif levels:
        for inner in _folders(folder):
            yield from _below(inner, levels - 1)


def is_round(folder: Path) -> bool:
    """Say whether results, or a record of what was issued, stand in a folder."""
    space = Workspace(folder)
    return (space.results / REPORT_FILE).is_file() or space.campaign_file.is_file()


def _folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = [each.name for each in entries if each.is_dir() and each.name not in _OWN and each.name[0] != "."]
    except OSError:
        return []
    return [folder / name for name in sorted(names)]
