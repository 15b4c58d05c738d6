"""A whole round by the two commands, beside the plain library doing only the writing or the reading."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.harness import Peer, compared, python, script
from benchmarks.setting import Part, Setting, Table

UNITS = 45


def _figures(setting: Setting) -> Iterator[Figure]:
    folder, out = setting.prepared(), setting.place / "out"
    build = Peer(
        name="build_workbooks.py",
        command=script("build_workbooks.py", "--out", out, "--quiet"),
        before=lambda: setting.emptied(out.name),
    )
    write = python("benchmarks.peers.writing", "xlsxwriter", folder / "books.json", UNITS, setting.place / "plain")
    plain = Peer(name="XlsxWriter", command=write, note="writes only", before=lambda: setting.emptied("plain"))
    yield from compared("issuing", lambda _: (build, plain), [UNITS], setting.patience)
    collect = Peer(
        name="collect.py",
        command=script("collect.py", "--out", setting.place / "played", "--quiet"),
        before=lambda: played(setting, "played"),
    )
    read = Peer(
        name="openpyxl", command=python("benchmarks.peers.plain_reading", folder / "returns"), note="reads only"
    )
    yield from compared("collecting", lambda _: (collect, read), [UNITS], setting.patience)


def played(setting: Setting, name: str) -> Path:
    """Give a round whose returns have come and were not collected yet."""
    space, folder = setting.emptied(name), setting.prepared()
    shutil.copytree(folder / "issued", space, dirs_exist_ok=True)
    shutil.copytree(folder / "returns", space / "回收", dirs_exist_ok=True)
    return space


_WHOLE = "The whole command, for all 45 units"
ROUND = Part(
    tables={
        "issuing": Table(
            title="Issuing a round",
            about=f"{_WHOLE}, beside a process that writes the same cells and does nothing else.",
        ),
        "collecting": Table(
            title="Collecting a round",
            about=f"{_WHOLE}, from the beginning, beside a process that loads the returns and does nothing else.",
        ),
    },
    figures=_figures,
)
