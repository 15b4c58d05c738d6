from __future__ import annotations

import pickle

from fazhi_xl.findings import Code
from fazhi_xl.xlsx.reader import RejectedError, read
from fazhi_xl.xlsx.reader.frame import to_frame
from fazhi_xl.xlsx.reader.model import rejected
from tests.xlsx.reader.crafted import with_cell, workbook

TYPES = {
    "file": "str",
    "sheet": "str",
    "row": "int64",
    "column": "int64",
    "kind": "str",
    "text": "str",
    "formula": "bool",
}


def test_cells_of_many_files_make_one_frame() -> None:
    """A frame has one row for each cell, files in their order, with the types of its columns."""
    text = read(with_cell('<c r="B1" t="str"><f>A1</f><v>NA</v></c>'))
    frame = to_frame({"乙": read(workbook()), "甲": text})

    assert frame.astype(object).to_numpy().tolist() == [
        ["乙", "表", 1, 1, "n", "1", False],
        ["甲", "表", 1, 2, "s", "NA", True],
    ]
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == TYPES


def test_an_empty_frame_has_its_types() -> None:
    """A frame without cells still has its columns and types."""
    assert {name: str(kind) for name, kind in to_frame({}).dtypes.items()} == TYPES


def test_books_and_refusals_cross_processes() -> None:
    """What reading gives can be handed from one process to another."""
    refusal = rejected(Code.FILE_EMPTY)

    assert pickle.loads(pickle.dumps(read(workbook()))) == read(workbook())  # noqa: S301 - our own bytes
    copy = pickle.loads(pickle.dumps(refusal))  # noqa: S301 - our own bytes
    assert isinstance(copy, RejectedError)
    assert copy.finding == refusal.finding
    assert str(copy) == refusal.finding.message
