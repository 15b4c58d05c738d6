"""联系人.xlsx where letters need it: issued where there is none, taken over from elsewhere, checked and brought up to date."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fazhi_xl.errors import WouldLoseError, WrongUseError
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.contacts.declared import (
    ADDRESSES,
    AUTHORITY,
    COPIES,
    MAIL,
    NOTE,
    NOTICE_NAME,
    PASSWORD_FILE,
    PEOPLE,
    PERSON,
    PHONE,
    SETTING,
    STATE_NAME,
    UNIT,
    VALUE,
)
from fazhi_xl.office.contacts.people import text_of
from fazhi_xl.office.contacts.read import (
    ContactsBook,
    OpenedContacts,
    faults_told,
    notice_name,
    of_other_notice,
    open_contacts,
    opened_contacts,
)
from fazhi_xl.office.contacts.refresh import refresh
from fazhi_xl.office.contacts.write import new_book
from fazhi_xl.office.workspace.archive import keep
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.office.workspace.recorded_folder import digest
from fazhi_xl.xlsx.kept.model import Value
from fazhi_xl.xlsx.kept.write import Written, write_book


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The contacts for letters; `issued` says that the workbook was only made, and has to be filled in first."""

    book: ContactsBook
    issued: bool = False


def prepare(space: Workspace, notice: Notice, file: Path, progress: Progress, *, day: date) -> Prepared:
    """Give the contacts out of the file that the office names, which becomes the round's; tell what is wrong with them.

    Raises WrongUseError where it is not there or cannot be read, and WouldLoseError where the round's own has news.
    """
    own, named = space.contacts_file, located(space, file)
    if not named.exists():
        return Prepared(book=_issued(space, notice, progress), issued=True)
    if not (own.exists() and named.samefile(own)):
        take_over(space, notice, named, progress, day=day)
    opened = open_contacts(own, notice)
    other = of_other_notice(opened.read, notice)  # asked about once: it is this notice's from now on
    now = refresh(opened, notice, day=day, properties={NOTICE_NAME: notice_name(notice)} if other else {})
    asked = [other.told] if other and now.written else []
    faults = (f"{own.name} {each}" for each in (*asked, *faults_told(now.opened.book)))
    for line in (*now.once, *now.told, *faults):
        progress.say(line)
    return Prepared(book=now.opened.book)


def located(space: Workspace, file: Path) -> Path:
    """Find the file that the office names: as it stands, else, by its bare name or whole path, the round's own, which may be missing.

    Raises WrongUseError where it is another that is not there.
    """
    own = space.contacts_file
    if file.exists():
        return file
    if file == Path(own.name) or file.resolve() == own.resolve():
        return own
    raise WrongUseError(
        f"没有“{file}”这个文件。请检查文件名和所在的文件夹;还没有联系人工作簿的,文件名写 {own},程序做一本。"
    )


def _issued(space: Workspace, notice: Notice, progress: Progress) -> ContactsBook:
    book = issue_contacts(space, notice)
    progress.say(
        f"已做好 {space.contacts_file}:{len(notice.units)}家。填好“{PEOPLE.name}”里的邮箱、“{MAIL.name}”,再运行一次。"
    )
    return book


def issue_contacts(space: Workspace, notice: Notice) -> ContactsBook:
    """Write the round's workbook where there is none. Raises WrongUseError where that cannot be done."""
    if not space.contacts_file.exists():
        space.make()
        space.write(space.contacts_file, new_book(notice))
        opened = open_contacts(space.contacts_file, notice)
        refresh(opened, notice, day=date.min, properties={STATE_NAME: state(opened)})
    return open_contacts(space.contacts_file, notice).book


def take_over(space: Workspace, notice: Notice, file: Path, progress: Progress, *, day: date) -> None:
    """Make a workbook from elsewhere the round's own; the one before is kept in 存档/. Raises WrongUseError, or WouldLoseError."""
    theirs, own = _with_whole_paths(open_contacts(file, notice), notice), space.contacts_file
    said = state(theirs)
    space.make(space.archive)
    if own.exists():
        held = open_contacts(own, notice)
        if state(held) == said:
            return
        _refuse_news(held, file)
        keep(space, space.archive / f"{own.stem}-{day}-{digest(held.data)[:8]}{own.suffix}", held.data)
    space.write(own, theirs.data)
    refresh(open_contacts(own, notice), notice, day=day, properties={STATE_NAME: said})
    progress.say(f"{file} 已接过来,存为 {own}。以后改这一本。")


def _with_whole_paths(theirs: OpenedContacts, notice: Notice) -> OpenedContacts:
    """Name files whole that are named from the workbook's own folder: it is copied to another."""
    settings, read = theirs.settings.settings, theirs.read.sheets.get(MAIL.name)
    server = settings.smtp or settings.imap
    files = ((AUTHORITY, server and server.authority), (PASSWORD_FILE, settings.password_file))
    cells: dict[str, Value] = {
        read.cell(VALUE, theirs.settings.rows[setting.key]): str(path.resolve())
        for setting, path in files
        if read and path
    }
    if read is None or not cells:
        return theirs
    data = write_book(Written(cells={read.name: cells}), notice.theme, theirs.data)
    return opened_contacts(theirs.path, data, notice)


def _refuse_news(held: OpenedContacts, file: Path) -> None:
    """Raise WouldLoseError where the round's own workbook says something else than when it was taken over."""
    if state(held) != held.read.properties.get(STATE_NAME):
        raise WouldLoseError(
            f"{held.path} 里有 {file} 没有的改动,没有换。",
            f"要接着用自己这一本的,改写 {held.path};要换的,先把改动抄到 {file},再把 {held.path} 改名或者移走。",
        )


def state(opened: OpenedContacts) -> str:
    """Digest what people entered, however it is dressed and in whatever order it stands."""
    return hashlib.sha256(json.dumps(sorted(_said(opened)), ensure_ascii=False).encode()).hexdigest()[:16]


def _said(opened: OpenedContacts) -> Iterator[list[str]]:
    for sheet, name, entered in (
        (PEOPLE, UNIT, (PERSON, ADDRESSES, COPIES, PHONE, NOTE)),
        (MAIL, SETTING, (VALUE, NOTE)),
    ):
        read = opened.read.sheets.get(sheet.name)
        for line in read.lines if read else ():
            said = [text_of(line.cells.get(title)) for title in entered]
            if any(said):
                yield [sheet.name, text_of(line.cells.get(name)), *said]
