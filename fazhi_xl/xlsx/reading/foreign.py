"""Reading through pandas and calamine, which see values only; runs in the child process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import cast

import pandas as pd
from python_calamine import CalamineWorkbook, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from fazhi_xl.xlsx.reading.model import Bounds, CellTuple, State
from fazhi_xl.xlsx.reading.sheet import number

_STATES: tuple[tuple[SheetVisibleEnum, State], ...] = (  # the enumeration is not hashable
    (SheetVisibleEnum.Hidden, "hidden"),
    (SheetVisibleEnum.VeryHidden, "veryHidden"),
)
_DAY = timedelta(days=1)


class TooManyCellsError(Exception):
    """There are more cells than a form has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignBook:
    """What can be seen: sheets as name, state and merges; cells; how many lie beyond the columns of the bounds."""

    sheets: tuple[tuple[str, State, tuple[str, ...]], ...]
    cells: tuple[CellTuple, ...]
    outside: int


def read_foreign(data: bytes, bounds: Bounds) -> ForeignBook:
    """Read a workbook of any format calamine knows. Raises what its readers raise, and TooManyCellsError."""
    with pd.ExcelFile(BytesIO(data), engine="calamine") as file:
        book = cast("CalamineWorkbook", file.book)
        names = [seen.name for seen in book.sheets_metadata if seen.typ == SheetTypeEnum.WorkSheet][: bounds.sheets]
        frames = {name: _frame(file, name, bounds) for name in names}
        sheets = tuple(
            (seen.name, _state(seen), _merges(book, seen.name, bounds) if seen.name in frames else ())
            for seen in book.sheets_metadata
        )
    cells: list[CellTuple] = []
    for name, frame in frames.items():
        cells += _cells(name, frame.iloc[:, : bounds.columns], bounds)
        if len(cells) > bounds.cells:
            raise TooManyCellsError
    beyond = [frame.iloc[:, bounds.columns :] for frame in frames.values()]
    return ForeignBook(sheets=sheets, cells=tuple(cells), outside=sum(int((part != "").sum().sum()) for part in beyond))


def _state(seen: SheetMetadata) -> State:
    return next((state for known, state in _STATES if known == seen.visible), "visible")


def _frame(file: pd.ExcelFile, name: str, bounds: Bounds) -> pd.DataFrame:
    """Read one sheet as it is: no header, nothing converted, no text taken for a blank."""
    return pd.read_excel(
        file,
        sheet_name=name,
        header=None,
        dtype=object,
        keep_default_na=False,
        na_filter=False,
        nrows=bounds.rows,
    )


def _cells(name: str, frame: pd.DataFrame, bounds: Bounds) -> Iterator[CellTuple]:
    for row, values in enumerate(frame.itertuples(index=False, name=None), start=1):
        for column, value in enumerate(values, start=1):
            kind, text = typed(value)
            if text:
                yield name, row, column, kind, text if kind == "n" else text[: bounds.text + 1], False


def typed(value: object) -> tuple[str, str]:
    """Give the kind and the text of a value; a time of day and a duration become the number of days they stand for."""
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, (int, float)):
        return number(repr(value))
    if isinstance(value, datetime):
        return "d", value.isoformat().removesuffix("T00:00:00")
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    if isinstance(value, timedelta):
        return "n", repr(value / _DAY)
    return "s", str(value)


def _merges(book: CalamineWorkbook, name: str, bounds: Bounds) -> tuple[str, ...]:
    areas = (book.get_sheet_by_name(name).merged_cell_ranges or [])[: bounds.merges]
    return tuple(":".join(f"{_letters(column + 1)}{row + 1}" for row, column in area) for area in areas)


def _letters(column: int) -> str:
    before, rest = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + rest)
