"""Writes the workbooks of many districts together, as a roll-up does: `python -m benchmarks.peers.rolling_up REPORT COUNT FOLDER`.

So many districts have the results of one round's report.json, each under a name of its own and as if all of it were reviewed. Printed is
what the workbooks took, without reading the districts. What is in them stands in `FOLDER/described.json`, for others to write.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.peers.summarising import described
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rollup.detail import write_detail
from fazhi_xl.rollup.find import district_folders
from fazhi_xl.rollup.parts import PARTS
from fazhi_xl.rollup.questions import asked
from fazhi_xl.rollup.read import Task, read_district
from fazhi_xl.rollup.result import rolled_up
from fazhi_xl.rollup.roll_up import DETAIL, scratch
from fazhi_xl.rollup.sorting import Sorted, sort_out
from fazhi_xl.rollup.write import write_books
from tests.support.progress import Silent

_NOW = datetime(2021, 1, 8, 9, tzinfo=UTC)
Json = dict[str, Any]


def main(report: Path, count: int, folder: Path) -> None:
    districts, space = folder / "districts", Workspace(folder / "together")
    if not districts.exists():
        make_districts(json.loads(report.read_text("utf-8")), count, districts)
    found, detail = _read(districts, space), space.root / DETAIL
    cpu, wall = time.process_time(), time.perf_counter()
    with scratch(space) as beside, asked(detail, beside) as base:
        result = rolled_up(found, base, expected=count, generated=_NOW)
        books = write_books(space, result, base, beside, Silent())
    took = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    if not (told := folder / "described.json").exists():
        told.write_text(json.dumps({name: described(space.root / name) for name in books}, default=str), "utf-8")
    print(json.dumps({**took, "count": len(books)} if len(found.ranked) == count else {"count": 0}))


def make_districts(report: Json, count: int, folder: Path) -> None:
    """Give so many districts the results of a report."""
    official = reviewed(report)
    for no in range(1, count + 1):
        results = Workspace(folder / f"{no:04}").results
        results.mkdir(parents=True)
        notice = {**official["notice"], "district": f"第{no}区"}
        held = {**official, "notice": notice, "round": f"{no:016}"}
        (results / "report.json").write_text(json.dumps(held, ensure_ascii=False), "utf-8")


def reviewed(report: Json) -> Json:
    """Give a report as if the office had reviewed all, and confirmed what counts already."""
    units = [{**unit, "reviewed": unit["awarded"], "sub_points": [*_confirmed(unit)]} for unit in report["units"]]
    return {**report, "basis": "核定", "official": True, "units": units, "files": []}


def _confirmed(unit: Json) -> Iterator[Json]:
    return ({**each, "reviewed": each["counted"], "inputs": {}} for each in unit["sub_points"])


def _read(districts: Path, space: Workspace) -> Sorted:
    """Read the districts as a roll-up does, in this process, and write their detail."""
    detail = space.root / DETAIL
    parts = detail / PARTS
    space.make(detail, parts)
    outcomes = [
        read_district(Task(folder=each, parts=parts, program="", now=datetime.now(UTC)))
        for each in district_folders((districts,), Silent()).folders
    ]
    found = sort_out(outcomes, expected=(), catalogue=None)
    write_detail(detail, sorted(found.read, key=lambda each: each.no))
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
