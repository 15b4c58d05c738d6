"""Finds the districts' folders: what holds results or was issued, a few levels below the folders named; and tells what it passes by."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fazhi_xl.errors import FazhiError
from fazhi_xl.office.workspace.districts import recorded_districts
from fazhi_xl.office.workspace.error_log import error_text
from fazhi_xl.office.workspace.folder import REHEARSAL_FOLDER, REPORT_FILE, Workspace
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.rollup.district import Why
from fazhi_xl.rollup.places import is_packed, is_report, is_round, unpacked_name
from fazhi_xl.rollup.read import Outcome
from fazhi_xl.text.system_errors import system_error

_DEEP = 5  # levels: a province's cities, their districts, their rounds
_OWN = frozenset(
    {"发放", "回收", "审核", "结果", "存档", "补发", "退回"}
)  # what stands in a round's folder is no district

_NAMED = 5  # folders that a sentence names


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The folders of all rounds, each once; what may hold some and was not looked into; and those of `folders` that were issued by list."""

    folders: tuple[Path, ...]
    passed: tuple[Outcome, ...] = ()
    listed: frozenset[Path] = frozenset()


def district_folders(paths: Iterable[Path], progress: Progress) -> Found:
    """Find the folders of all rounds under some paths, in the order of names; a path may be a round's own folder.

    Those that were recorded when many districts' rounds were issued are among them, whether they are there or not.
    """
    search = _Search(progress)
    found = {folder.resolve(): folder for path in paths for folder in search.under(path)}
    search.tell_empty(found)
    passed = {each.folder.resolve(): each for each in search.passed}
    folders = tuple(found.values())
    listed = frozenset(each for each in folders if each.absolute().name in search.recorded(each.absolute().parent))
    return Found(folders=folders, passed=tuple(passed.values()), listed=listed)


def _round_of(path: Path) -> Path:
    """Give the round's folder of a path that leads into it: to its report, or to its results."""
    if path.name == REPORT_FILE and path.is_file():
        path = path.absolute().parent
    held = path.absolute().name == Workspace(path).results.name and (path / REPORT_FILE).is_file()
    return path.absolute().parent if held else path


@dataclass(slots=True)
class _Search:
    """What was passed by so far, the topmost folders in which nothing was found, and the records that were read, each once."""

    progress: Progress
    passed: list[Outcome] = field(default_factory=list)
    empty: list[Path] = field(default_factory=list)
    records: dict[Path, tuple[str, ...]] = field(default_factory=dict)

    def under(self, path: Path) -> Iterator[Path]:
        """Give the rounds under a path that was named."""
        place = _round_of(path)
        if place.is_dir():
            yield from self._found(place, _DEEP)
        elif is_packed(place.name):
            self._pass(place, Why.PACKED, "是压缩包,没有打开")
        else:
            self.progress.say(f"{path} 不是文件夹,也不是 {REPORT_FILE},没有看。")

    def recorded(self, folder: Path) -> tuple[str, ...]:
        """Give the districts for which rounds were issued here; a record that cannot be read is told, and names none."""
        if folder not in self.records:
            try:
                self.records[folder] = recorded_districts(folder)
            except FazhiError as error:
                self.progress.say(error_text(error))
                self.records[folder] = ()
        return self.records[folder]

    def tell_empty(self, found: Collection[Path]) -> None:
        """Say in which folders there was nothing, where others held something."""
        if self.empty and (found or self.passed):
            named = "、".join(map(str, self.empty[:_NAMED])) + ("等" if len(self.empty) > _NAMED else "")
            self.progress.say(f"没有地区结果(没有 {REPORT_FILE})的文件夹{len(self.empty)}个,没有计入:{named}。")

    def _found(self, folder: Path, levels: int) -> list[Path]:
        """Give the rounds in a folder; where nothing is in it, it is kept for those in it."""
        passed, empty = len(self.passed), len(self.empty)
        found = list(self._below(folder, levels))
        if not found and len(self.passed) == passed:
            self.empty[empty:] = [folder]
        return found

    def _within(self, round_: Path) -> Iterator[Path]:
        """Give the rounds that lie in the folder of another, as where a city that collects itself keeps its districts' there."""
        inner, _ = self._held(round_)
        yield from (round_ / name for name in inner if name != REHEARSAL_FOLDER and is_round(round_ / name))

    def _below(self, folder: Path, levels: int) -> Iterator[Path]:
        if is_round(folder):
            yield folder
            yield from self._within(folder)
            return
        if is_report(folder / REPORT_FILE):
            yield folder
        inner, files = self._held(folder)
        self._tell_packed(folder, files, inner)
        if levels:
            yield from (folder / name for name in self.recorded(folder.absolute()) if name not in inner)
            for name in inner:
                yield from self._found(folder / name, levels - 1)
        elif inner:
            self._pass(folder, Why.DEEPER, f"只往下找{_DEEP}层,它下面的文件夹没有看:{'、'.join(inner[:_NAMED])}")

    def _held(self, folder: Path) -> tuple[list[str], list[str]]:
        """Give the names of the folders and of the files in a folder; one that cannot be opened is told."""
        try:
            with os.scandir(folder) as entries:
                shown = sorted((each.name, each.is_dir()) for each in entries if each.name[0] != ".")
        except OSError as error:
            self._pass(folder, Why.UNREADABLE, f"文件夹打不开:{system_error(error)}")
            return [], []
        folders = [name for name, inner in shown if inner and name not in _OWN]
        return folders, [name for name, inner in shown if not inner]

    def _tell_packed(self, folder: Path, files: Iterable[str], unpacked: list[str]) -> None:
        """Tell the archives in a folder; of one beside which a folder of its name lies, that this is taken."""
        for name in filter(is_packed, files):
            if (stem := unpacked_name(name)) in unpacked:
                self.progress.say(f"{folder / name} 没有打开,看的是旁边的文件夹 {stem}。")
            else:
                self._pass(folder / name, Why.PACKED, "是压缩包,没有打开")

    def _pass(self, place: Path, why: Why, detail: str) -> None:
        self.passed.append(Outcome(folder=place.absolute(), why=why, detail=detail))
