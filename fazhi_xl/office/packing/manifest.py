"""What stands in 上报/ by this program: the manifest that `sha256sum -c` and BagIt read, and the record of a run under way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from fazhi_xl.disk import remove
from fazhi_xl.office.workspace.folder import writing
from fazhi_xl.reports.packing_list import MANIFEST

UNFINISHED = ".未完成"  # a folder that is there while a run is under way, or was stopped
_JOURNAL = "登记.jsonl"
_LINE = re.compile(r"([0-9a-fA-F]{64})[ \t]+[*]?(\S.*)")
Digests = Mapping[str, str]
"""The SHA-256 of files, by their paths within 上报."""


def manifest_bytes(digests: Digests) -> bytes:
    """Write a manifest: in each line the SHA-256, two spaces and the path, in the order of the paths.

    No path has a line's end or a percent sign, which BagIt writes otherwise than sha256sum does (RFC 8493, 2.1.3).
    """
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()


def read_manifest(folder: Path) -> dict[str, str]:
    """Give what was written into 上报 by its manifest; lines that say nothing, and a lost manifest, tell of no file."""
    try:
        lines = (folder / MANIFEST).read_text("utf-8-sig", errors="replace").splitlines()
    except OSError:
        return {}
    found = filter(None, map(_LINE.fullmatch, lines))
    return {match[2]: match[1].lower() for match in found if is_inside(match[2])}


def is_inside(path: str) -> bool:
    """Say whether a path leads to a file below the folder, and nowhere else."""
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and "\\" not in path and ":" not in path and not path.startswith("/")


class Journal:
    """What a run has put in place, noted file by file before it appears: a run that was killed has told of all it wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / UNFINISHED
        self._path = self.folder / _JOURNAL

    def read(self) -> dict[str, str]:
        """Give what a run that was stopped has written; a line that was not finished tells of nothing."""
        return dict(self._lines())

    def _lines(self) -> Iterator[tuple[str, str]]:
        with suppress(OSError):
            for line in self._path.read_text("utf-8", errors="replace").splitlines():
                with suppress(ValueError, TypeError, KeyError):
                    held = json.loads(line)
                    path, sha256 = str(held["path"]), str(held["sha256"])
                    if is_inside(path):
                        yield path, sha256

    def begin(self) -> None:
        """Make room for a run. Raises WrongUseError where nothing can be written."""
        with writing(self.folder):
            self.folder.mkdir(exist_ok=True)

    def note(self, path: str, sha256: str) -> None:
        """Note a file that is going to be put in place. Raises WrongUseError."""
        noted = json.dumps({"path": path, "sha256": sha256}, ensure_ascii=False)
        with writing(self._path), self._path.open("ab") as file:
            file.write(f"\n{noted}\n".encode())  # on a line of its own, also behind one that was not finished

    def close(self) -> None:
        """Forget a run that is finished. Raises WrongUseError."""
        with writing(self._path):
            for each in self.folder.iterdir() if self.folder.is_dir() else ():
                remove(each)
            with suppress(FileNotFoundError):
                self.folder.rmdir()
