"""Cells of many files as one frame; not in `model`, so that the child process starts without pandas."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from fazhi_xl.xlsx.reader.model import RawBook

COLUMNS: Mapping[str, str] = {
    "file": "str",
    "sheet": "str",
    "row": "int64",
    "column": "int64",
    "kind": "str",
    "text": "str",
    "formula": "bool",
}


def to_frame(books: Mapping[str, RawBook]) -> pd.DataFrame:
    """Put the cells of many files into one frame with the columns of `COLUMNS`, files in the mapping's order."""
    rows = [(file, *cell) for file, book in books.items() for cell in book.cells]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict(COLUMNS))
