"""Trials drawn into workbooks, and filled in."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook

from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Shape
from fazhi_xl.notice.model import Notice
from fazhi_xl.setup.book.trial import IDS, NAME, trial
from fazhi_xl.xlsx.kept.trial_sheet import Placed, place_trial
from tests.support.catalogues import Files, catalogue


def shape_of(notice: Notice) -> Shape:
    shape = trial(notice)
    assert shape is not None
    return shape


def trial_of(files: Files, folder: Path) -> Shape:
    return shape_of(catalogue(folder, files))


def place(book: Workbook, notice: Notice, **more: int) -> Placed:
    return place_trial(book, trial(notice), notice.theme, name=NAME, ids=IDS, **more)


def saved(book: Workbook) -> bytes:
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def opened(workbook: bytes) -> Workbook:
    return load_workbook(BytesIO(workbook))


def blank(notice: Notice) -> bytes:
    """Give a workbook with a blank trial."""
    book = Workbook()
    place(book, notice)
    return saved(book)


def type_into(book: Workbook, shape: Shape, values: Mapping[str, Value]) -> None:
    """Type facts into the sheet; text as text, whatever it begins with."""
    for key, value in values.items():
        cell = book[NAME][shape.places[key].cell]
        cell.value = float(value) if isinstance(value, Fraction) else value
        if isinstance(value, str):
            cell.data_type = "s"
