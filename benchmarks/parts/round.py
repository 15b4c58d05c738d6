"""A whole round by the two commands, beside the plain library doing only the writing or the reading."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.harness import Peer, compared, python, script
from benchmarks.setting import Part, Setting, Table

UNITS = 45
_LOCK = shutil.ignore_patterns(".lock")


def _figures(setting: Setting) -> Iterator[Figure]:
    folder, out = setting.prepared(), setting.place / "out"
    build = Peer(
        name="build_workbooks.py",
        command=script("build_workbooks.py", "--out", out, "--quiet"),
        before=lambda: setting.emptied(out.name),
    )
    again = Peer(
        name="build_workbooks.py --force, once more",
        command=script("build_workbooks.py", "--out", setting.place / "played", "--force", "--quiet"),
        before=lambda: played(setting, "played"),
    )
    write = python("benchmarks.peers.writing", "xlsxwriter", folder / "books.json", UNITS, setting.place / "plain")
    plain = Peer(name="XlsxWriter", command=write, before=lambda: setting.emptied("plain"))
    yield from compared("issuing", lambda _: (build, again, plain), [UNITS], setting.patience)
    collect = Peer(
        name="collect.py",
        command=script("collect.py", "--out", setting.place / "played", "--quiet"),
        before=lambda: played(setting, "played"),
    )
    read = Peer(name="openpyxl", command=python("benchmarks.peers.plain_reading", folder / "returns"))
    yield from compared("collecting", lambda _: (collect, read), [UNITS], setting.patience)


def played(setting: Setting, name: str) -> Path:
    """Give a round that was issued, whose returns have come and were not collected yet."""
    space, folder = setting.emptied(name), setting.prepared()
    for source, target in ((folder / "issued", space), (folder / "returns", space / "回收")):
        shutil.copytree(source, target, copy_function=_linked, ignore=_LOCK, dirs_exist_ok=True)
    return space


def _linked(source: str, target: str) -> None:
    """Give a file a second name, since the commands write into none; what SQLite keeps is copied."""
    (shutil.copy if source.endswith(".sqlite") else os.link)(source, target)


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
