"""Reading returns that LibreOffice saved, beside the same returns before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence

from benchmarks.figures import Figure
from benchmarks.harness import Peer, SkippedError, compared, python, spent
from benchmarks.parts.read import reader
from benchmarks.setting import Part, Setting, Table

_SIZE = 450


def _figures(setting: Setting) -> Iterator[Figure]:
    folder = setting.prepared()
    saved = folder / "saved"
    if not saved.is_dir():
        _save(setting)

    def peers(size: int) -> Sequence[Peer]:
        return [
            reader("ours", folder, size, "this project: as filled in"),
            reader("ours", saved, size, "this project: saved by LibreOffice"),
            reader("calamine", folder, size, "python-calamine: as filled in"),
            reader("calamine", saved, size, "python-calamine: saved by LibreOffice"),
        ]

    yield from compared("saved", peers, [_SIZE], setting.patience)


def _save(setting: Setting) -> None:
    """Have LibreOffice save each return. Raises SkippedError."""
    saved = setting.emptied("saved")
    said = spent(python("benchmarks.peers.resaving", setting.place / "returns", saved / "returns"))
    if not said.count:
        shutil.rmtree(saved)
        message = "there is no LibreOffice with Python UNO"
        raise SkippedError(message)
    shutil.copy(setting.place / "inputs.json", saved)


SAVED = Part(
    tables={
        "saved": Table(
            title="Returns saved by LibreOffice",
            about="The same returns as they were filled in, and opened and saved by LibreOffice, without the start of the process.",
        )
    },
    figures=_figures,
)
