"""How a backup is laid out: a zip with a readme that anybody can read, and one encrypted member that holds everything else.

The member is a tar archive, so that the names of units and files are encrypted as well, and a stranger learns no more than the size;
7-Zip, WinRAR and Bandizip open it by hand, in two steps. Its first file tells what it is, its last lists all the others with digests:
it is written and read from one end to the other, and nothing of it ever lies decrypted beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.office.workspace.folder import Json

FORMAT = 1
README, CONTENT = "说明.txt", "内容.tar"
HEAD, LIST = "备份.json", "清单.json"
ROUND, CATALOGUE = "轮次", "工作目录"
"""The folders of the round's own files, and of a catalogue that lies elsewhere."""
TOP = re.compile(rf"{ROUND}|{CATALOGUE}\d*")
ENDING = ".zip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A file or folder that goes along: its path in the backup, where it lies, its size, time and rights."""

    path: str
    source: Path
    size: int
    mtime_ns: int
    mode: int
    folder: bool

    @property
    def facts(self) -> Json:
        return {"path": self.path, "mtime_ns": self.mtime_ns, "mode": self.mode}


def listed(items: Iterable[Item], digests: dict[str, str]) -> Json:
    """Give the list of all that is in a backup: of files the size and the SHA-256 as well."""
    every = tuple(items)
    return {
        "files": [{**each.facts, "size": each.size, "sha256": digests[each.path]} for each in every if not each.folder],
        "folders": [each.facts for each in every if each.folder],
    }


def place_of(path: str) -> str:
    """Give where something of a backup stands in the folder that is made: the round's own at the top, the catalogue below it."""
    return path.removeprefix(f"{ROUND}/")
