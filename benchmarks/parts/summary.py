"""Writing the workbooks in which all units stand together: a round's, and those of many districts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.harness import Peer, compared, python, spent
from benchmarks.parts.round import UNITS, played
from benchmarks.setting import Part, Setting, Table

_MANY, _MOST = 4_500, 45_000


def _figures(setting: Setting) -> Iterator[Figure]:
    space, file = played(setting, "summary"), setting.place / "summary.xlsx"
    ranking = python("benchmarks.peers.summarising", space, file)
    spent(ranking)  # collects once, and describes the workbook for the others
    alone = [*_beside(setting, ranking, file.with_suffix(".json"), 1)]
    yield from compared("ranking", lambda _: alone, [UNITS], setting.patience)

    def together(size: int) -> Sequence[Peer]:
        folder = setting.place / f"districts-{size}"
        ours = python("benchmarks.peers.rolling_up", space / "结果" / "report.json", size // UNITS, folder)
        return [*_beside(setting, ours, folder / "described.json", spent(ours).count or 0)]

    yield from compared("roll-up", together, [_MANY, *([_MOST] if setting.full else [])], setting.patience)


def _beside(setting: Setting, ours: tuple[str, ...], books: Path, count: int) -> Iterator[Peer]:
    """Give what writes the workbooks, and libraries that write what is in them."""
    yield Peer(name="this project", command=ours)
    for library, name in (("xlsxwriter", "XlsxWriter"), ("openpyxl", "openpyxl")):
        write = python("benchmarks.peers.writing", library, books, count, setting.place / "plain", "alone")
        yield Peer(name=name, command=write, note=_LEFT_OUT, before=lambda: setting.emptied("plain"))


_LEFT_OUT = "writes values only, in one format"
SUMMARY = Part(
    tables={
        "ranking": Table(
            title="The ranking of a round",
            about="排名汇总.xlsx of 45 units made and written from results at hand, without the start of the process.",
        ),
        "roll-up": Table(
            title="The ranking of many districts",
            about="汇总排名.xlsx and 单位明细 of so many units in districts of 45, made and written from results at hand, without the "
            "start of the process.",
        ),
    },
    figures=_figures,
)
