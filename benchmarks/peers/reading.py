"""Reads returns with one reader and nothing else: `python -m benchmarks.peers.reading READER FOLDER COUNT`.

The files of `FOLDER/returns` are read once, and then those of `FOLDER/more`, until so many were read. Printed is what the latter took,
and how many of the cells that units fill in were found to hold something in the former; a reader that gives no cells does not say that.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, cycle, islice
from math import isnan
from pathlib import Path
from typing import Any
from zipfile import ZipFile

Place = tuple[str, int, int]
"""Sheet, row and column from 0."""
_AT_ONCE = 45
Rows = Iterable[Sequence[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads files into what is its own; `filled` gives the places of one of those that hold anything."""

    read: Callable[[Sequence[Path]], Sequence[Any]]
    filled: Callable[[Any], Iterable[Place]] | None = None


def main(reader: str, folder: Path, count: int) -> None:
    warnings.simplefilter("ignore")  # of what openpyxl does not read
    files = sorted((folder / "returns").rglob("*.xlsx"))
    own = READERS[reader](folder)
    found = found_inputs(own, files, json.loads((folder / "inputs.json").read_text("utf-8")))
    print(json.dumps({"count": found, **timed(own, sorted((folder / "more").rglob("*.xlsx")), count)}))


def found_inputs(reader: Reader, files: Sequence[Path], inputs: Mapping[str, Mapping[str, Any]]) -> int | None:
    """Read each file, and count the cells to fill in that hold something; None where the reader gives no cells."""
    results = reader.read(files)
    if reader.filled is None:
        return None
    asked = (_places(inputs[path.name]) for path in files)
    return sum(len(places & set(reader.filled(each))) for places, each in zip(asked, results, strict=True))


def _places(inputs: Mapping[str, Any]) -> set[Place]:
    return {(sheet, row, column) for sheet, cells in inputs.items() for row, column in cells}


def timed(reader: Reader, files: Sequence[Path], count: int) -> Mapping[str, float]:
    """Read so many files, a round's at a time; give CPU and wall seconds."""
    turns = cycle(files)
    cpu, wall = time.process_time(), time.perf_counter()
    for done in range(0, count, _AT_ONCE):
        reader.read(list(islice(turns, min(_AT_ONCE, count - done))))
    return {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}


# The readers --------------------------------------------------------------------------------------------------------


def _ours(_: Path) -> Reader:
    """Read what a collect needs of a file: hash, structure, cells, formulas, protection, names, comments, looks."""
    from fazhi_xl.xlsx.reader import read  # noqa: PLC0415 - each reader is loaded alone

    def book(path: Path) -> Any:  # noqa: ANN401
        data = path.read_bytes()
        return sha256(data).hexdigest(), read(data)

    return Reader(read=_each(book), filled=lambda result: _of_cells(result[1].cells))


def _all_of_ours(folder: Path) -> Reader:
    """Do with a file all that a collect does before it scores: find its inputs, read and check them, compare what is locked."""
    from benchmarks.peers.collecting import answered_returns  # noqa: PLC0415 - each reader is loaded alone
    from fazhi_xl.office.workspace.catalogue import DEFAULT, open_campaign  # noqa: PLC0415

    read = answered_returns(open_campaign(DEFAULT), folder / "issued")
    return Reader(read=read, filled=lambda result: _of_cells(result.book.cells))


def _of_cells(cells: Iterable[Any]) -> Iterator[Place]:
    return ((cell.sheet, cell.row - 1, cell.column - 1) for cell in cells if cell.text)


def _calamine(_: Path) -> Reader:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - each reader is loaded alone

    def book(path: Path) -> Mapping[str, Rows]:
        opened = CalamineWorkbook.from_path(path)
        return {name: opened.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in opened.sheet_names}

    return Reader(read=_each(book), filled=_of_rows)


def _fastexcel(_: Path) -> Reader:
    from fastexcel import read_excel  # noqa: PLC0415 - each reader is loaded alone

    def book(path: Path) -> Mapping[str, Any]:
        opened = read_excel(path)
        return {name: opened.load_sheet(name, header_row=None, dtypes="string") for name in opened.sheet_names}

    return Reader(read=_each(book), filled=_of_columns)


def _of_columns(sheets: Mapping[str, Any]) -> Iterator[Place]:
    for name, sheet in sheets.items():
        for column, values in enumerate(sheet.to_arrow().columns):
            yield from ((name, row, column) for row, value in enumerate(values.to_pylist()) if _holds(value))


def _openpyxl(_: Path) -> Reader:
    import openpyxl  # noqa: PLC0415 - each reader is loaded alone

    def book(path: Path) -> Mapping[str, Rows]:
        opened = openpyxl.load_workbook(path, read_only=True, data_only=True)
        held = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in opened}
        opened.close()
        return held

    return Reader(read=_each(book), filled=_of_rows)


def _pandas(_: Path) -> Reader:
    import pandas as pd  # noqa: PLC0415 - each reader is loaded alone

    def book(path: Path) -> Mapping[str, Any]:
        return pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl")

    return Reader(read=_each(book), filled=lambda sheets: _of_rows({k: v.to_numpy() for k, v in sheets.items()}))


def _unzip(_: Path) -> Reader:
    return Reader(read=_each(lambda path: [*_parts(path)]))


def _scan(_: Path) -> Reader:
    """Inflate each part, and have expat go through those that are XML."""
    from pyexpat import ParserCreate  # noqa: PLC0415 - each reader is loaded alone

    return Reader(read=_each(lambda path: [ParserCreate().Parse(part, True) for part in _parts(path)]))  # noqa: FBT003


def _parts(path: Path) -> Iterator[bytes]:
    with ZipFile(path) as package:
        yield from map(package.read, package.namelist())


def _each(read: Callable[[Path], Any]) -> Callable[[Sequence[Path]], Sequence[Any]]:
    return lambda paths: [read(path) for path in paths]


def _of_rows(sheets: Mapping[str, Rows]) -> Iterator[Place]:
    return chain.from_iterable(_of_sheet(name, rows) for name, rows in sheets.items())


def _of_sheet(name: str, rows: Rows) -> Iterator[Place]:
    return ((name, no, column) for no, row in enumerate(rows) for column, value in enumerate(row) if _holds(value))


def _holds(value: object) -> bool:
    """Tell whether anything stands in a cell; pandas has a number that is none for a blank one."""
    return value not in {None, ""} and not (isinstance(value, float) and isnan(value))


READERS: Mapping[str, Callable[[Path], Reader]] = {
    "ours": _ours,
    "all-of-ours": _all_of_ours,
    "calamine": _calamine,
    "fastexcel": _fastexcel,
    "openpyxl": _openpyxl,
    "pandas": _pandas,
    "unzip": _unzip,
    "scan": _scan,
}


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
