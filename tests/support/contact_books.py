"""The contacts' workbook of three units, issued once, and changed as people do."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from fazhi_xl.notice.model import Notice
from fazhi_xl.office.contacts.write import new_book
from tests.support.campaign import the_notice

Change = Callable[[Any], None]
FIRST_ROW = 4


@cache
def three_units() -> Notice:
    """Give the notice as if it had three units."""
    return the_notice().model_copy(update={"units": the_notice().units[:3]})


@cache
def issued() -> bytes:
    return new_book(three_units())


def changed(*changes: Change, data: bytes | None = None) -> bytes:
    """Give the workbook as it is after changes to it as openpyxl has it."""
    book = load_workbook(BytesIO(data or issued()))
    for each in changes:
        each(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def put(sheet: str, **cells: object) -> Change:
    """Type into cells."""

    def change(book: Any) -> None:  # noqa: ANN401 - a Workbook, whose stubs lack what is asked
        for cell, value in cells.items():
            book[sheet][cell] = value

    return change


def filled(*addresses: str) -> Change:
    """Type an address for each unit, from the first on."""
    return put("联系人", **{f"D{FIRST_ROW + at}": each for at, each in enumerate(addresses)})
