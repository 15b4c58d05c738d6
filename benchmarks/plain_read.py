"""Reads every cell of every workbook below a folder, with openpyxl and nothing else. Usage: plain_read.py RETURNS_DIR."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import openpyxl


def main() -> None:
    read = 0
    for path in sorted(Path(sys.argv[1]).rglob("*.xlsx")):
        try:
            book = openpyxl.load_workbook(path, data_only=True)
        except (zipfile.BadZipFile, KeyError):
            continue
        read += sum(cell is not None for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    print(read)


if __name__ == "__main__":
    main()
