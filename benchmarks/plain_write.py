"""Writes the workbooks that a JSON file describes, with XlsxWriter and nothing else. Usage: plain_write.py BOOKS.json OUT_DIR."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import xlsxwriter


def main() -> None:
    books, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    for name, sheets in json.loads(books.read_text("utf-8")).items():
        with xlsxwriter.Workbook(out / name, {"in_memory": True}) as book:
            formats = {
                locked: book.add_format({"locked": locked, "border": 1, "text_wrap": True}) for locked in (True, False)
            }
            for title, cells, validations in sheets:
                _write(book.add_worksheet(title), cells, validations, formats)


def _write(
    sheet: object, cells: list[list[object]], validations: list[list[object]], formats: dict[bool, object]
) -> None:
    for row, column, kind, value in cells:
        if kind == "formula":
            sheet.write_formula(row, column, value, formats[True], "")  # type: ignore[attr-defined]
        elif kind == "input":
            sheet.write_blank(row, column, None, formats[False])  # type: ignore[attr-defined]
        else:
            sheet.write(row, column, value, formats[True])  # type: ignore[attr-defined]
    for row, column in validations:
        sheet.data_validation(row, column, row, column, {"validate": "length", "criteria": "<=", "value": 200})  # type: ignore[attr-defined]
    sheet.protect()  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
