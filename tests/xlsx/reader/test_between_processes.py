"""What reading gives goes from one process to another."""

from __future__ import annotations

import pickle

from fazhi_xl.findings import Code
from fazhi_xl.xlsx.reader import RejectedError, read
from fazhi_xl.xlsx.reader.model import rejected
from tests.xlsx.reader.crafted import workbook


def test_books_and_refusals_cross_processes() -> None:
    """What reading gives can be handed from one process to another."""
    refusal = rejected(Code.FILE_EMPTY)

    assert pickle.loads(pickle.dumps(read(workbook()))) == read(workbook())  # noqa: S301 - our own bytes
    copy = pickle.loads(pickle.dumps(refusal))  # noqa: S301 - our own bytes
    assert isinstance(copy, RejectedError)
    assert copy.finding == refusal.finding
    assert str(copy) == refusal.finding.message
