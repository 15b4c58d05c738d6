"""Writing the workbook in which all units stand together."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.figures import Figure
from benchmarks.harness import Peer, compared, python, spent
from benchmarks.parts.round import UNITS, played
from benchmarks.setting import Part, Setting, Table


def _figures(setting: Setting) -> Iterator[Figure]:
    space, file = played(setting, "summary"), setting.place / "summary.xlsx"
    ours = python("benchmarks.peers.summarising", space, file)
    spent(ours)  # describes the workbook for the others, and collects once

    def peers(_: int) -> Iterator[Peer]:
        yield Peer(name="this project", command=ours)
        for library, name in (("xlsxwriter", "XlsxWriter"), ("openpyxl", "openpyxl")):
            write = python(
                "benchmarks.peers.writing", library, file.with_suffix(".json"), 1, setting.place / "plain", "alone"
            )
            yield Peer(
                name=name,
                command=write,
                note="writes values only, in one format",
                before=lambda: setting.emptied("plain"),
            )

    yield from compared("summary", lambda size: [*peers(size)], [UNITS], setting.patience)


SUMMARY = Part(
    tables={
        "summary": Table(
            title="The workbook of all units",
            about="排名汇总.xlsx made and written from results at hand, without the start of the process. The libraries write its "
            "values alone.",
        )
    },
    figures=_figures,
)
