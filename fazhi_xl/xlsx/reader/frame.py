"""Cells of many files as one frame: pandas is loaded where the first one is made, and never by what only issues or shows help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fazhi_xl.xlsx.reader.model import RawBook

if TYPE_CHECKING:
    import pandas as pd

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
    import pandas as pd  # noqa: PLC0415 - takes as long to load as many returns to read

    rows = [(file, *cell) for file, book in books.items() for cell in book.cells]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict(COLUMNS))
