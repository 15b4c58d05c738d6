"""Collecting a folder in which thousands of files lie that are no returns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.figures import Figure
from benchmarks.harness import Peer, compared, python, script, spent
from benchmarks.setting import Part, Setting, Table

_SHORT, _FULL = (100, 1_000), (100, 5_793)


def _figures(setting: Setting) -> Iterator[Figure]:
    space = setting.place / "foreign"

    def peer(size: int) -> Peer:
        def come() -> None:
            setting.emptied(space.name)
            spent(script("build_workbooks.py", "--out", space, "--quiet"))
            spent(python("benchmarks.peers.foreign_files", space / "回收", size))

        return Peer(name="collect.py", command=script("collect.py", "--out", space, "--quiet"), before=come)

    once = replace(setting.patience, runs=1)
    yield from compared("foreign", lambda size: [peer(size)], _FULL if setting.full else _SHORT, once)


FOREIGN = Part(
    tables={
        "foreign": Table(
            title="Files that are no returns",
            about="The peak of the largest process in MB, by the number of scans, documents, pictures, archives and other workbooks.",
            of_memory=True,
        )
    },
    figures=_figures,
)
