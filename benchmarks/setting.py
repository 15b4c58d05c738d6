"""On what, how often and where the parts measure."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.harness import Patience, SkippedError, python, spent

EXCELJS = "exceljs@4.4.0"
EXCELJS_FOLDER = "FAZHI_EXCELJS"
_FEWER, _MOST = 450, 4_500  # returns that are all different; of more some are read again


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """`place` is a folder for all that is read and written; `exceljs` one where npm may put that library, None to do without it.

    `full` asks for what takes long as well, and `say` tells what is done and what is left out.
    """

    place: Path
    sizes: tuple[int, ...]
    patience: Patience
    full: bool = False
    exceljs: Path | None = None
    say: Callable[[str], object] = print

    def prepared(self) -> Path:
        """Give the folder with what is read and written, made by a process of its own."""
        made = self.place / "inputs.json"
        if not made.exists():
            shutil.rmtree(self.place, ignore_errors=True)
            self.place.mkdir(parents=True)
            spent(python("benchmarks.prepare", self.place, min(max(self.sizes), _MOST if self.full else _FEWER)))
        return self.place

    def emptied(self, name: str) -> Path:
        """Give a folder of that name, with nothing in it."""
        folder = self.place / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def exceljs_library(self) -> Path:
        """Give the folder of exceljs, which is installed where it is not there. Raises SkippedError."""
        if shutil.which("node") is None or shutil.which("npm") is None:
            message = "there is no Node with npm"
            raise SkippedError(message)
        if self.exceljs is None:
            message = f"say with --exceljs or {EXCELJS_FOLDER} in which folder it may be installed"
            raise SkippedError(message)
        library = self.exceljs / "node_modules" / "exceljs"
        if not library.is_dir():
            install = ["npm", "install", "--silent", "--no-save", "--no-package-lock", "--prefix", str(self.exceljs)]
            if subprocess.run([*install, EXCELJS], check=False).returncode:
                message = f"npm could not install {EXCELJS}"
                raise SkippedError(message)
        return library


def exceljs_folder() -> Path | None:
    """Give the folder that the environment names for exceljs."""
    named = os.environ.get(EXCELJS_FOLDER)
    return Path(named) if named else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What the figures of one comparison are printed under: a title, and a sentence on what was done. `of_memory` prints megabytes."""

    title: str
    about: str
    of_memory: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What the command measures under one name: its tables by the names that figures have for them, and what gives these."""

    tables: dict[str, Table]
    figures: Callable[[Setting], Iterator[Figure]]
