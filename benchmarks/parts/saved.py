"""Reading returns that LibreOffice saved, beside the same returns before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.harness import Peer, SkippedError, compared, python, spent
from benchmarks.parts.read import reader
from benchmarks.setting import Part, Setting, Table

_SIZE = 45
_FOLDERS = "returns", "more"


def _figures(setting: Setting) -> Iterator[Figure]:
    folder = setting.prepared()
    before, saved = folder / "before", folder / "saved"
    if not saved.is_dir():
        _save(setting, before, saved)

    def peers(size: int) -> Sequence[Peer]:
        return [
            reader("ours", before, size, "this project: as filled in"),
            reader("ours", saved, size, "this project: saved by LibreOffice"),
            reader("calamine", before, size, "python-calamine: as filled in"),
            reader("calamine", saved, size, "python-calamine: saved by LibreOffice"),
        ]

    yield from compared("saved", peers, [_SIZE], setting.patience)


def _save(setting: Setting, before: Path, saved: Path) -> None:
    """Have LibreOffice save a round's returns, and as many others. Raises SkippedError."""
    for name, source in zip(_FOLDERS, (min((setting.place / each).iterdir()) for each in _FOLDERS), strict=True):
        shutil.copytree(source, before / name, dirs_exist_ok=True)
        if not spent(python("benchmarks.peers.resaving", source, saved / name)).count:
            shutil.rmtree(saved)
            message = "there is no LibreOffice with Python UNO"
            raise SkippedError(message)
    for folder in (before, saved):
        shutil.copy(setting.place / "inputs.json", folder)


SAVED = Part(
    tables={
        "saved": Table(
            title="Returns saved by LibreOffice",
            about="The same returns as they were filled in, and opened and saved by LibreOffice, without the start of the process.",
        )
    },
    figures=_figures,
)
