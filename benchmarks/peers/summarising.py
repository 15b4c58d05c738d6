"""Writes the ranking workbook of a round, as a collect does: `python -m benchmarks.peers.summarising ROUND FILE`.

Beside the file, one of the same name that ends in `.json` describes its cells, for others to write. Printed is what the workbook took,
without the collect before it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from python_calamine import CalamineWorkbook

from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.workspace.catalogue import DEFAULT, open_campaign
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.reports.ranking.workbook import ranking_book
from fazhi_xl.xlsx.writer.report import report_bytes
from tests.support.progress import Silent

_NOW = datetime(2020, 11, 21, 9, 30, tzinfo=UTC)


def main(round_: Path, file: Path) -> None:
    notice = open_campaign(DEFAULT)
    collected = collect(notice, Workspace(round_), CollectOrder(), Silent(), now=_NOW)
    cpu, wall = time.process_time(), time.perf_counter()
    file.write_bytes(report_bytes(ranking_book(collected), notice.theme))
    took = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    file.with_suffix(".json").write_text(
        json.dumps({file.name: described(file)}, ensure_ascii=False, default=str), "utf-8"
    )
    print(json.dumps({**took, "count": 1}))


def described(file: Path) -> list[object]:
    """Give a workbook's cells sheet by sheet as the writers take them: its values, no input among them."""
    book = CalamineWorkbook.from_path(file)
    return [
        [name, _cells(book.get_sheet_by_name(name).to_python(skip_empty_area=False)), []] for name in book.sheet_names
    ]


def _cells(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    held = ((row, column, value) for row, values in enumerate(rows) for column, value in enumerate(values))
    return [[row, column, "value", value] for row, column, value in held if value != ""]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
