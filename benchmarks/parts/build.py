"""Writing the units' workbooks, beside other libraries that write the same cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.figures import Figure
from benchmarks.harness import ROOT, Peer, SkippedError, compared, python
from benchmarks.setting import Part, Setting, Table

EXCELJS_WRITER = ROOT / "benchmarks" / "peers" / "writing_exceljs.cjs"
_VALUES_ONLY = "writes values only, since it has no formulas, styles, validations or locks cell by cell"


def _figures(setting: Setting) -> Iterator[Figure]:
    books, out = setting.prepared() / "books.json", setting.place / "out"
    others = tuple(_others(setting))

    def peers(size: int) -> Sequence[Peer]:
        ours = Peer(name="this project", command=python("benchmarks.peers.building", size, out), before=emptied)
        theirs = (
            Peer(name=name, command=(*start, str(books), str(size), str(out)), note=note, before=emptied)
            for name, start, note in others
        )
        return ours, *theirs

    def emptied() -> None:
        setting.emptied(out.name)

    yield from compared("build", peers, setting.sizes, setting.patience)


def _others(setting: Setting) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Give name, beginning of the command, and what is left out, of each library."""
    yield "XlsxWriter", python("benchmarks.peers.writing", "xlsxwriter"), ""
    yield "openpyxl", python("benchmarks.peers.writing", "openpyxl"), ""
    try:
        yield "exceljs", ("node", str(EXCELJS_WRITER), str(setting.exceljs_library())), ""
    except SkippedError as why:
        setting.say(f"exceljs is left out: {why}")
    yield "rustpy-xlsxwriter", python("benchmarks.peers.writing", "rustpy"), _VALUES_ONLY


BUILD = Part(
    tables={
        "build": Table(
            title="Writing workbooks",
            about="Whole processes that write so many of the 45 units' workbooks. The libraries write the same cells, formulas, "
            "validations and protection, described in JSON, with two formats; this project writes all that a form has.",
        )
    },
    figures=_figures,
)
