"""Reading returns, beside other readers of the same files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.harness import Peer, compared, python
from benchmarks.setting import Part, Setting, Table

_READERS: Mapping[str, str] = {
    "ours": "this project: reading",
    "all-of-ours": "this project: with all checks",
    "unzip": "unzip alone",
    "scan": "unzip and expat",
    "calamine": "python-calamine",
    "fastexcel": "fastexcel",
    "openpyxl": "openpyxl (read-only)",
    "pandas": "pandas with openpyxl",
}
_MOST = 450  # without --full, for which so many different returns are made
_NOTES: Mapping[str, str] = {
    "unzip": "a floor: no cell is read",
    "scan": "a floor: no cell is read",
    "calamine": "reads values only",
    "fastexcel": "reads values only",
    "openpyxl": "reads values only",
    "pandas": "reads values only",
}


def reader(key: str, folder: Path, size: int, name: str = "") -> Peer:
    """Give what reads so many of a folder's returns."""
    command = python("benchmarks.peers.reading", key, folder, size)
    return Peer(name=name or _READERS[key], command=command, note=_NOTES.get(key, ""))


def _figures(setting: Setting) -> Iterator[Figure]:
    folder = setting.prepared()

    def peers(size: int) -> Sequence[Peer]:
        return [reader(key, folder, size) for key in _READERS]

    sizes = setting.sizes if setting.full else [size for size in setting.sizes if size <= _MOST]
    yield from compared("read", peers, sizes or setting.sizes, setting.patience)


READ = Part(
    tables={
        "read": Table(
            title="Reading returns",
            about="So many different returns read after 45 others, without the start of the process. Reading means hash, gate, cells, "
            "formulas, protection, names, comments and looks; all checks are whose the form is, where its inputs stand, what they say, "
            "what is no longer as issued.",
        )
    },
    figures=_figures,
)
