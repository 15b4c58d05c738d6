"""The one command of the benchmarks: chooses parts, runs them, prints the figures, and writes what is told of them."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.harness import Patience, SkippedError
from benchmarks.machine import busy, machine, versions
from benchmarks.parts.again import AGAIN
from benchmarks.parts.build import BUILD
from benchmarks.parts.checks import CHECKS
from benchmarks.parts.evidence import EVIDENCE
from benchmarks.parts.foreign import FOREIGN
from benchmarks.parts.memory import MEMORY
from benchmarks.parts.read import READ
from benchmarks.parts.round import ROUND
from benchmarks.parts.saved import SAVED
from benchmarks.parts.summary import SUMMARY
from benchmarks.results import Taken, keep
from benchmarks.setting import EXCELJS_FOLDER, Part, Setting, Table, exceljs_folder

PARTS: Mapping[str, Part] = {
    "build": BUILD,
    "read": READ,
    "saved": SAVED,
    "summary": SUMMARY,
    "memory": MEMORY,
    "round": ROUND,
    "again": AGAIN,
    "checks": CHECKS,
    "foreign": FOREIGN,
    "evidence": EVIDENCE,
}
TABLES: Mapping[str, Table] = {key: table for part in PARTS.values() for key, table in part.tables.items()}
_SIZES, _LARGEST = (45, 450, 4_500), 45_000
_PATIENCE, _MORE_PATIENCE = 30.0, 300.0  # CPU seconds


def main(arguments: Sequence[str]) -> int:
    """Run the command; give its exit status: 0 done, 2 wrong use."""
    options = _options()
    chosen = options.parse_args(arguments)
    if unknown := [name for name in chosen.parts if name not in PARTS]:
        options.error(f"no part is called {', '.join(unknown)}; there are {', '.join(PARTS)}")
    for line in filter(None, (machine(), versions(), busy())):
        print(line)
    with ExitStack() as held:
        place = chosen.work or Path(held.enter_context(tempfile.TemporaryDirectory())) / "work"
        setting = _setting(chosen, place)
        taken = [each for name in chosen.parts or PARTS for each in _measured(name, setting)]
    if chosen.write:
        keep(taken, TABLES)
    return 0


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="benchmarks/run.py", description=__doc__)
    options.add_argument("parts", nargs="*", metavar="PART", help=f"one of {', '.join(PARTS)}; all of them by default")
    options.add_argument("--sizes", type=_numbers, help="numbers of workbooks, 45,450,4500 by default")
    options.add_argument(
        "--runs", type=int, default=3, help="how often each program is run; those over ten seconds are run once"
    )
    options.add_argument(
        "--full",
        action="store_true",
        help="45,000 workbooks as well, and peers that take up to five minutes, not half of one",
    )
    options.add_argument(
        "--write", action="store_true", help="write results.json, and with it the README's tables and the plot"
    )
    options.add_argument(
        "--exceljs",
        type=Path,
        default=exceljs_folder(),
        help=f"where npm may install exceljs; {EXCELJS_FOLDER} as well",
    )
    options.add_argument("--work", type=Path, help="keep what is read and written in this folder, for the next run")
    return options


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(each) for each in text.split(",")}))


def _setting(chosen: argparse.Namespace, place: Path) -> Setting:
    sizes = chosen.sizes or (*_SIZES, *((_LARGEST,) if chosen.full else ()))
    patience = Patience(runs=chosen.runs, seconds=_MORE_PATIENCE if chosen.full else _PATIENCE)
    return Setting(place=place.resolve(), sizes=sizes, patience=patience, full=chosen.full, exceljs=chosen.exceljs)


def _measured(name: str, setting: Setting) -> Iterable[Taken]:
    """Run a part, print its figures, and give them by its tables."""
    part, figures = PARTS[name], []
    print(f"\n{name}")
    try:
        for figure in part.figures(setting):
            print(figure, flush=True)
            figures.append(figure)
    except SkippedError as why:
        print(f"left out: {why}")
    return [_taken(key, figures, setting) for key in part.tables if any(each.part == key for each in figures)]


def _taken(key: str, figures: Sequence[Figure], setting: Setting) -> Taken:
    own = tuple(each for each in figures if each.part == key)
    day = datetime.now(UTC).date().isoformat()
    return Taken(table=key, day=day, machine=machine(), versions=versions(), runs=setting.patience.runs, figures=own)
