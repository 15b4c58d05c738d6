"""Writes 联系人.xlsx: a new one for a notice's units, or the office's own in place, with what a check found."""

from __future__ import annotations

from dataclasses import replace

from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.office.contacts.declared import (
    ADDRESSES,
    COPIES,
    MAIL,
    NO,
    NOTICE_NAME,
    PEOPLE,
    PROPOSALS,
    PURPOSE,
    SETTING,
    SETTINGS,
    UNIT,
    VALUE,
    VERSION,
    VERSION_NAME,
    Setting,
)
from fazhi_xl.office.contacts.front import front
from fazhi_xl.rounds.contacts import Contact, Contacts
from fazhi_xl.xlsx.kept.model import Line
from fazhi_xl.xlsx.kept.remarks import check_sheet
from fazhi_xl.xlsx.kept.write import Written, write_book


def new_book(notice: Notice) -> bytes:
    """Give a new workbook: a row for each unit, with the addresses that the catalogue knows, and the settings, blank."""
    return _book(notice, tuple(map(unit_line, notice.units)))


def addresses_book(notice: Notice, contacts: Contacts) -> bytes:
    """Give a workbook with the addresses of the units and nothing else: no person, telephone number, remark or setting."""
    blank = Contact(unit="")
    lines = ((unit_line(unit), contacts.by_unit.get(unit.short, blank)) for unit in notice.units)
    return _book(
        notice,
        tuple(
            replace(line, cells={**line.cells, ADDRESSES: ";".join(own.addresses), COPIES: ";".join(own.copies)})
            for line, own in lines
        ),
    )


def _book(notice: Notice, lines: tuple[Line, ...]) -> bytes:
    people = replace(PEOPLE, lines=lines)
    mail = replace(MAIL, lines=tuple(map(setting_line, SETTINGS)))
    written = Written(
        sheets=(people, mail, PROPOSALS),
        pages=(front(notice.about.title),),
        anew=(check_sheet(()),),
        properties={VERSION_NAME: VERSION, NOTICE_NAME: notice.about.title},
    )
    return write_book(written, notice.theme)


def unit_line(unit: Unit) -> Line:
    """Give the row of a unit that has none yet."""
    return Line(key=unit.id, cells={NO: unit.no, UNIT: unit.short, ADDRESSES: ";".join(unit.mail) or None})


def setting_line(setting: Setting) -> Line:
    """Give the row of a setting, blank."""
    options = {VALUE: setting.options} if setting.options else {}
    return Line(key=setting.key, cells={SETTING: setting.title, PURPOSE: setting.purpose}, options=options)
