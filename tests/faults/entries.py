"""What the fault rows about entries start from: one unit's good answers, with some of them changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from tests.faults.fault import PATH, Expected, Fault, Found
from tests.support.campaign import shape_of
from tests.support.edits import Raw, with_cells
from tests.support.offices import FIRST, Office
from tests.support.returns import Answer, Typed, right, typed

SHAPE = shape_of(FIRST)
MAIN, LEDGER, CONTACTS = "任务分解表", "台账目录", "联络员名单"
COUNT, SCORE, YES_NO, DEGREE = "15.6.次数.填报", "15.6.自评", "15.1.组织领导.填报", "15.4.责任清单.填报"
MONEY, REMARK, DAY, NAME = "15.1.经费.填报", "15.6.说明", "台账.001.日期", "台账.001.名称"
PHONE, OTHER_PHONE = "联络.分管领导.手机号码", "联络.联络员.手机号码"
FINE, NOTED, ASKED = "accepted", "accepted_with_notes", "needs_correction"
GOOD: Mapping[str, Answer] = right(SHAPE)
MADE = {key: value for key, value in GOOD.items() if isinstance(value, int | str | date) or value is None}


def cell(key: str) -> str:
    """Give the cell where a field was issued."""
    return SHAPE.places[key].cell


def good(office: Office, changes: Mapping[str, Answer | Raw] | None = None) -> bytes:
    """Fill in the first unit's form; what is changed is stored as a file stores it."""
    book = _exactly(office.filled(FIRST, MADE))
    cells = {
        _at(key): value if isinstance(value, Typed | Raw) else typed(value) for key, value in (changes or {}).items()
    }
    return with_cells(book, cells) if cells else book


@lru_cache(maxsize=4)
def _exactly(filled: bytes) -> bytes:
    """Store what is filled in with other types than cells have."""
    return with_cells(filled, {_at(key): typed(value) for key, value in GOOD.items() if key not in MADE})


def _at(key: str) -> tuple[str, str]:
    return SHAPE.places[key].sheet, cell(key)


def entered(no: int, what: str, changes: Mapping[str, Answer | Raw], status: str, *told: tuple[str, str]) -> Fault:
    """Make the fault of entries; of each finding the code and the field is expected."""
    found = tuple((code, cell(key)) for code, key in told)
    return changed(no, what, bytes, status, *found, changes=changes)


def together(no: int, status: str, *entries: tuple[str, Answer | Raw, str]) -> Fault:
    """Make the fault of several entries in one return: the field, what is typed, and the code of what is said of it."""
    order = sorted(entries, key=lambda entry: list(SHAPE.fields).index(entry[0]))
    what = "、".join(str(text) for _, text, _ in entries)
    return entered(
        no, what, {field: text for field, text, _ in entries}, status, *((code, field) for field, _, code in order)
    )


def changed(
    no: int,
    what: str,
    spoil: Callable[[bytes], bytes],
    status: str,
    *found: Found,
    changes: Mapping[str, Answer | Raw] | None = None,
) -> Fault:
    """Make the fault of a good return that `spoil` changes."""

    def receive(office: Office) -> None:
        office.receive(PATH, spoil(good(office, changes)))

    return Fault(no=no, what=what, receive=receive, expect={PATH: Expected(status=status, found=found)})
