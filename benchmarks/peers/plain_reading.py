"""Reads every cell of every workbook below a folder with openpyxl alone: `python -m benchmarks.peers.plain_reading FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl


def main(folder: Path) -> None:
    read = 0
    for path in sorted(folder.rglob("*.xlsx")):
        book = openpyxl.load_workbook(path, data_only=True)
        read += sum(cell is not None for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    print(read)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
