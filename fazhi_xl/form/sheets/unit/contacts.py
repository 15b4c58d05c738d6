"""The list of contact persons: a row for each role that the notice names, and who signs the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from fazhi_xl.form.checks import with_checks
from fazhi_xl.form.model import (
    CODE_COLUMN,
    MARK_COLUMN,
    STATUS_COLUMN,
    Content,
    Field,
    Label,
    Row,
    Sheet,
    SheetColumn,
    Slot,
)
from fazhi_xl.form.sheets.common.context import Brief, code_cell, head_row, heading
from fazhi_xl.form.sheets.common.rows import row_status
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.model import Contacts

_ROW = "联络"  # what the row codes begin with
_CODE_WIDTH, _ROLE_WIDTH, _STATUS_WIDTH = 17, 18, 22
_SHARED, _NARROWEST, _WIDEST = 100, 12, 34  # what the columns beside the role share, and the width of each
_LIAISON = ("联络", "联系")  # what the role of the person is called whom the office writes to; else it is the last
_UNIT = "单位"  # a line of the sign-off that ends so is the unit's name, which is known


def sheet(brief: Brief) -> Sheet:
    """Draw up the sheet: a row for each role, and those who sign."""
    contacts = brief.contacts
    columns = _columns(contacts)
    own = columns[1:-1]
    codes = distinct(f"{_ROW}.{role}" for role in (*contacts.rows, *_first_of_each_row(contacts, own)))
    people, signing = codes[: len(contacts.rows)], codes[len(contacts.rows) :]
    rows = [
        *heading(brief, columns, contacts.title, brief.notice.about.texts.contact_clause),
        head_row(columns),
        *(_person(brief, own, code, role) for code, role in zip(people, contacts.rows, strict=True)),
        *(_signed(brief, own, code, lines) for code, lines in zip(signing, _lines(contacts, own), strict=True)),
    ]
    return Sheet(name=contacts.sheet, columns=columns, rows=tuple(rows), tab="input")


class Detail(Enum):
    """What a column of contact persons is for, told by words in its title; the first kind that has one of them."""

    MOBILE = "手机", "移动电话"
    MAIL = "邮箱", "邮件", "mail"
    PHONE = "电话", "座机"
    NAME = "姓名", "名字"


def detail_of(column: str) -> Detail | None:
    """Say what a column is for by its title; None where that tells nothing that is asked for."""
    return next((each for each in Detail if any(word in column.lower() for word in each.value)), None)


def is_mobile(field: Field) -> bool:
    """Say whether a column of contact persons takes mobile numbers, of which each person has one of their own."""
    return field.private and detail_of(field.column) is Detail.MOBILE


def liaison(contacts: Contacts) -> Mapping[Detail, str]:
    """Give the inputs, by their field codes, about the person whom the office writes to: of each detail the first column."""
    at = next((at for at, role in enumerate(contacts.rows) if any(word in role for word in _LIAISON)), -1)
    code = _roles(contacts)[at]
    found: dict[Detail, str] = {}
    for column in _columns(contacts)[2:-1]:
        detail = detail_of(column.title)
        if detail:
            found.setdefault(detail, f"{code}.{column.code}")
    return found


def _roles(contacts: Contacts) -> tuple[str, ...]:
    return distinct(f"{_ROW}.{role}" for role in contacts.rows)


def distinct(names: Iterable[str], taken: Iterable[str] = ()) -> tuple[str, ...]:
    """Make names that are used as codes differ: a name that is taken is followed by 2, 3 and so on.

    Names that differ in punctuation or case alone count as the same, as they would be in the defined names of cells.
    """
    used, made = set(map(_plain, taken)), []
    for name in names:
        made.append(next(each for each in _numbered(name) if _plain(each) not in used))
        used.add(_plain(made[-1]))
    return tuple(made)


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}{no}" for no in range(2, 1000))


def _plain(name: str) -> str:
    return "".join(each if each.isalnum() else "_" for each in name).casefold()


def _columns(contacts: Contacts) -> tuple[SheetColumn, ...]:
    """Give the columns of the sheet; a column's title is its code as well."""
    even = min(_WIDEST, max(_NARROWEST, _SHARED // (len(contacts.columns) - 1)))
    widths = contacts.widths or (_ROLE_WIDTH, *(even for _ in contacts.columns[1:]))
    codes = distinct(contacts.columns, (CODE_COLUMN, STATUS_COLUMN, MARK_COLUMN))
    titled = zip(codes, widths, contacts.columns, strict=True)
    own = (SheetColumn(code=code, width=width, title=title) for code, width, title in titled)
    first, last = (
        SheetColumn(code=CODE_COLUMN, width=_CODE_WIDTH),
        SheetColumn(code=STATUS_COLUMN, width=_STATUS_WIDTH),
    )
    return (first, *own, last)


def _person(brief: Brief, columns: tuple[SheetColumn, ...], code: str, role: str) -> Row:
    named, *asked = columns
    fields = {column.code: _text(brief, code, column.code, column.title) for column in asked}
    cells: dict[str, Content] = {**code_cell(code), named.code: Label(role, "measure"), **fields}
    cells[STATUS_COLUMN] = row_status(fields.values())
    return Row(code=code, cells=cells, height=32)


def _lines(contacts: Contacts, columns: tuple[SheetColumn, ...]) -> Iterator[tuple[str, ...]]:
    """Share the lines of the sign-off out to rows: each takes two columns, its name and a cell."""
    room = len(columns) // 2
    return (contacts.sign_off[at : at + room] for at in range(0, len(contacts.sign_off), room))


def _first_of_each_row(contacts: Contacts, columns: tuple[SheetColumn, ...]) -> Iterator[str]:
    return (lines[0] for lines in _lines(contacts, columns))


def _signed(brief: Brief, columns: tuple[SheetColumn, ...], code: str, lines: tuple[str, ...]) -> Row:
    cells: dict[str, Content] = {**code_cell(code)}
    for named, filled, line in zip(columns[::2], columns[1::2], lines, strict=False):
        cells[named.code] = Label(line, "measure")
        known = line.endswith(_UNIT)
        cells[filled.code] = Slot("unit_name", "measure") if known else _text(brief, code, filled.code, line)
    cells[STATUS_COLUMN] = row_status(each for each in cells.values() if isinstance(each, Field))
    return Row(code=code, cells=cells, height=32)


def _text(brief: Brief, code: str, column: str, label: str) -> Field:
    field = Field(
        row=code,
        column=column,
        label=label,
        kind=Kind.TEXT,
        length=40,
        style="input_text",
        private=True,
        prompt=brief.contacts.hint,
    )
    return with_checks(field)
