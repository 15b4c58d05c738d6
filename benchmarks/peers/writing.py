"""Writes workbooks with one library and nothing else: `python -m benchmarks.peers.writing LIBRARY BOOKS.json COUNT FOLDER [alone]`.

The books are those that the file describes, again and again, until there are so many. Each library is loaded where it is used. With
`alone`, what is printed of the time leaves out the start of the process.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

Cell = tuple[int, int, str, Any]
"""Row and column from 0; `value`, `formula` or `input`; what stands there."""
Sheet = tuple[str, Sequence[Cell], Sequence[tuple[int, int]]]
"""Name, cells, and the places that are filled in."""
_LONGEST = 200  # characters that an input takes
_PASSWORD = "benchmark"  # noqa: S105 - it keeps nothing


def main(library: str, books: Path, count: int, folder: Path, *, alone: bool = False) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    described = json.loads(books.read_text("utf-8")).values()
    write = WRITERS[library]()
    cpu, wall = time.process_time(), time.perf_counter()
    for no, sheets in enumerate(islice(cycle(described), count)):
        write(folder / f"{no}.xlsx", sheets)
    took = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    print(json.dumps({"count": len(list(folder.iterdir())), **(took if alone else {})}))


def _xlsxwriter() -> Callable[[Path, Sequence[Sheet]], None]:
    import xlsxwriter  # noqa: PLC0415 - only one library is loaded

    def write(path: Path, sheets: Sequence[Sheet]) -> None:
        with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
            look = {"border": 1, "text_wrap": True}
            locked, open_ = (book.add_format({**look, "locked": each}) for each in (True, False))
            for name, cells, inputs in sheets:
                drawn = book.add_worksheet(name)
                for row, column, kind, value in cells:
                    if kind == "formula":
                        drawn.write_formula(row, column, value, locked, "")
                    elif kind == "input":
                        drawn.write_blank(row, column, None, open_)
                    else:
                        drawn.write(row, column, value, locked)
                for at in inputs:
                    rule = {"validate": "length", "criteria": "<=", "value": _LONGEST}
                    drawn.data_validation(*at, *at, rule)
                drawn.protect()

    return write


def _openpyxl() -> Callable[[Path, Sequence[Sheet]], None]:
    import openpyxl  # noqa: PLC0415 - only one library is loaded
    from openpyxl.styles import Alignment, Border, Protection, Side  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    thin, wrapped, open_ = Side("thin"), Alignment(wrap_text=True), Protection(locked=False)
    border = Border(left=thin, right=thin, top=thin, bottom=thin)

    def write(path: Path, sheets: Sequence[Sheet]) -> None:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, cells, inputs in sheets:
            drawn = book.create_sheet(name)
            for row, column, kind, value in cells:
                cell = drawn.cell(row + 1, column + 1, value)
                cell.border, cell.alignment = border, wrapped
                if kind == "input":
                    cell.protection = open_
            for row, column in inputs:
                rule = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(_LONGEST))
                rule.add(drawn.cell(row + 1, column + 1))
                drawn.add_data_validation(rule)
            drawn.protection.sheet = True
        book.save(path)

    return write


def _rustpy() -> Callable[[Path, Sequence[Sheet]], None]:
    """Write the values alone: the library takes rows of records, whose columns have one format and one validation each."""
    from rustpy_xlsxwriter import FastExcel  # noqa: PLC0415 - only one library is loaded

    def write(path: Path, sheets: Sequence[Sheet]) -> None:
        book = FastExcel(str(path), password=_PASSWORD)
        for name, cells, _ in sheets:
            book.sheet(name, _records(cells))
        book.save()

    return write


def _records(cells: Sequence[Cell]) -> list[dict[str, Any]]:
    """Put the cells into records, a row each; the columns are called by their numbers, which the library writes above them."""
    held = {(row, column): value for row, column, _, value in cells}
    rows, columns = (range(1 + max((at[no] for at in held), default=0)) for no in (0, 1))
    return [{str(column): held.get((row, column)) for column in columns} for row in rows]


WRITERS: Mapping[str, Callable[[], Callable[[Path, Sequence[Sheet]], None]]] = {
    "xlsxwriter": _xlsxwriter,
    "openpyxl": _openpyxl,
    "rustpy": _rustpy,
}


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]), alone=sys.argv[5:] == ["alone"])
