"""Which faults only follow from another: one deleted row would put all the numbers below it out of order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fazhi_xl.errors import Problem
from fazhi_xl.notice.faults import Fault
from fazhi_xl.notice.places import place_of
from fazhi_xl.notice.shape_faults import ShapeFault
from fazhi_xl.notice.source import item_no
from fazhi_xl.setup.book.open_book import OpenedBook
from fazhi_xl.text.said import Saying, saying_of

_ORDER = frozenset({Fault.NUMBER.value, Fault.CODE.value})
_BY_ITEM = frozenset({Fault.NO_ITEM.value, Fault.SECTION_LEFT.value, Fault.SECTION_TWICE.value})
"""What is said of an item that is known by its number."""
_NO_ROWS = frozenset({ShapeFault.MISSING.value, ShapeFault.TOO_FEW.value, ShapeFault.NO_TERM.value})
_ABSENT = frozenset({ShapeFault.MISSING.value, ShapeFault.BLANK.value})


def _saying(problem: Problem) -> Saying | None:
    return saying_of(problem.message)


def leading(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Give the problems without the numbers that are out of order only because one before them is: that is told, with how to go on."""
    every = tuple(problems)
    moved = sorted((_item(each), each.file) for each in every if _saying(each) == Fault.ITEM_NUMBER.value)
    files, told = {file for _, file in moved}, set[object]()
    for problem in every:
        said = _saying(problem)
        if said == Fault.ITEM_NUMBER.value:
            follows = _item(problem) > moved[0][0]
        elif said in _ORDER:
            first = (said, *_list(problem))
            follows = first in told or (said == Fault.CODE.value and problem.file in files)
            told.add(first)
        else:
            follows = said in _BY_ITEM and bool(moved)
        if not follows:
            yield problem


def _item(problem: Problem) -> int:
    return item_no(problem.file) or 0


def _list(problem: Problem) -> tuple[str, str]:
    """Give the list that a problem is in, through all that it stands in."""
    return problem.file, ".".join(step for step in place_of(problem.path) if isinstance(step, str))


def left_blank(book: OpenedBook, problem: Problem) -> bool:
    """Say whether a value is missing only because its column is gone, or its cell holds what cannot be read; both are told."""
    if _saying(problem) not in _ABSENT:
        return False
    spot = book.spot(problem.file, problem.path)
    sheet = book.read.sheets.get(spot.sheet)
    if sheet is None or not spot.head:
        return False
    unread = {(fault.sheet, fault.cell) for fault in book.read.faults}
    return spot.head not in sheet.letters or book.cell(spot) in unread


def left_out(book: OpenedBook, problem: Problem) -> bool:
    """Say whether a thing lacks rows only because they do not say which of its lists they are in; that is told of each row."""
    if _saying(problem) not in _NO_ROWS:
        return False
    place = place_of(problem.path)
    those = (each for each in book.taken.unlisted if each.file == problem.file)
    return any(place[: len(each.place)] == each.place and len(place) <= len(each.place) + 1 for each in those)
