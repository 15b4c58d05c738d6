"""Reads 联系人.xlsx: contacts and settings, with all that is wrong with it, placed at its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.mail.settings import MailSettings
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.contacts.decided import decide
from fazhi_xl.office.contacts.declared import (
    CALLED,
    MAIL,
    NOTICE_NAME,
    PEOPLE,
    PROPOSALS,
    SHEETS,
    VERSION,
    VERSION_NAME,
)
from fazhi_xl.office.contacts.mail_settings import ReadSettings, mail_settings
from fazhi_xl.office.contacts.people import People, people
from fazhi_xl.office.contacts.told import Told
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.kept_file import read_bytes
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.rounds.contacts import Contacts
from fazhi_xl.xlsx.kept.model import Wrong
from fazhi_xl.xlsx.kept.package import unkept
from fazhi_xl.xlsx.kept.read import ReadBook
from fazhi_xl.xlsx.kept.remarks import FAULT_TEXTS, BookRemark, Weight
from fazhi_xl.xlsx.kept.take import refuse_newer, take

_TOLD_AT_MOST = 10  # lines; the sheet of the check has all


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactsBook:
    """The office's contacts and settings; of none where there is no workbook, or none that can be read.

    `unread` are the parts of the line that says why a workbook cannot be read, and what to do.
    """

    there: bool = False
    contacts: Contacts = field(default_factory=Contacts)
    settings: MailSettings = field(default_factory=MailSettings)
    faults: tuple[BookRemark, ...] = ()
    unread: tuple[str, ...] = ()

    def count(self, weight: Weight) -> int:
        return sum(each.weight is weight for each in self.faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedContacts:
    """The workbook as it was read: its file and bytes, its tables, and what its rows say.

    `adopted` are the contacts with the proposals that the office adopted since the last update, which count from then on.
    """

    path: Path
    data: bytes
    read: ReadBook
    people: People
    settings: ReadSettings
    remarks: tuple[BookRemark, ...]
    adopted: Contacts

    @property
    def book(self) -> ContactsBook:
        return ContactsBook(there=True, contacts=self.adopted, settings=self.settings.settings, faults=self.remarks)


def read_contacts(space: Workspace, notice: Notice, progress: Progress) -> ContactsBook:
    """Read the round's contacts, and tell what is wrong with them; a workbook that cannot be read is told, and is as if it were blank.

    A collect tells nobody here: `update` tells at its end.
    """
    if not space.contacts_file.exists():
        return ContactsBook()
    try:
        book = open_contacts(space.contacts_file, notice).book
    except WrongUseError as error:
        progress.say(*error.parts)
        return ContactsBook(there=True, unread=error.parts)
    for line in faults_told(book):
        progress.say(f"{space.contacts_file.name} {line}")
    return book


def faults_told(book: ContactsBook) -> Iterator[str]:
    """Give the lines that tell what is wrong and odd, what matters most first, and one for the hints."""
    told = sorted((each for each in book.faults if each.weight is not Weight.HINT), key=_order)
    yield from (each.told for each in told[:_TOLD_AT_MOST])
    if len(told) > _TOLD_AT_MOST:
        yield f"还有{len(told) - _TOLD_AT_MOST}处,见“检查”表。"
    without = len(book.contacts.by_unit) - sum(bool(each.addresses) for each in book.contacts.by_unit.values())
    if without:
        yield f"提示 {without}家没有邮箱,信发不到。"


def settings_told(book: ContactsBook) -> Iterator[str]:
    """Give the lines that tell what is wrong and odd with the settings."""
    own = (each for each in book.faults if each.sheet == MAIL.name and each.weight is not Weight.HINT)
    yield from (each.told for each in sorted(own, key=_order))


def _order(remark: BookRemark) -> tuple[bool, int]:
    return remark.order


def open_contacts(path: Path, notice: Notice) -> OpenedContacts:
    """Open a workbook of contacts. Raises WrongUseError where it is none, or cannot be read."""
    return opened_contacts(path, read_bytes(path, CALLED), notice)


def opened_contacts(path: Path, data: bytes, notice: Notice) -> OpenedContacts:
    """Take the bytes of a workbook that stands at a path. Raises as `open_contacts` does."""
    read = take(path, data, SHEETS, CALLED)
    if PEOPLE.name not in read.sheets:
        raise WrongUseError(f"{path} 不是{CALLED}:里面没有“{PEOPLE.name}”这张表。请检查是不是选错了文件。")
    refuse_newer(path, read.properties.get(VERSION_NAME, VERSION), VERSION, CALLED)
    rows = people(read.sheets[PEOPLE.name], notice)
    settings = mail_settings(read.sheets[MAIL.name], path.parent) if MAIL.name in read.sheets else ReadSettings()
    remarks = (*_structure(read), *_of_book(read, data, notice), *rows.remarks, *settings.remarks)
    return OpenedContacts(
        path=path,
        data=data,
        read=read,
        people=rows,
        settings=settings,
        remarks=tuple(dict.fromkeys(remarks)),
        adopted=decide(notice, rows.contacts, read.sheets.get(PROPOSALS.name), (), date.min).contacts,
    )


def _structure(read: ReadBook) -> Iterator[BookRemark]:
    """Give what is wrong with sheets, columns and cells; a sheet of proposals that is gone is drawn anew when there are any."""
    for fault in read.faults:
        if fault.what is Wrong.NO_SHEET and fault.sheet == PROPOSALS.name:
            continue
        what, mend = (
            text.format(sheet=fault.sheet, title=fault.title, said=fault.said) for text in FAULT_TEXTS[fault.what]
        )
        weight = Weight.ODD if fault.what is Wrong.COPY else Weight.WRONG
        cell = "" if fault.what in {Wrong.NO_SHEET, Wrong.COPY} else fault.cell
        sheet = PEOPLE.name if fault.what is Wrong.NO_SHEET else fault.sheet
        yield BookRemark(weight=weight, sheet=sheet, cell=cell, what=what, mend=mend)


def _of_book(read: ReadBook, data: bytes, notice: Notice) -> Iterator[BookRemark]:
    """Give what is odd with the workbook as a whole: another notice's, or with things that an update does not keep."""
    if other := of_other_notice(read, notice):
        yield other
    for each in unkept(data):
        yield Told.UNKEPT.at(read.sheets[PEOPLE.name].name, said=each)


def of_other_notice(read: ReadBook, notice: Notice) -> BookRemark | None:
    """Ask about a workbook of another notice; None of one of this."""
    now = notice_name(notice)
    said = read.properties.get(NOTICE_NAME, now)
    return Told.OTHER_NOTICE.at(read.sheets[PEOPLE.name].name, said=said, now=now) if said != now else None


def notice_name(notice: Notice) -> str:
    """Name the notice that a workbook is of."""
    return notice.about.title
