"""Receiving the office's mail: its contacts say where the mailbox is, and what is new there comes into 回收."""

from __future__ import annotations

from fazhi_xl.errors import WrongUseError
from fazhi_xl.mail.password import Way, password
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.contacts.read import open_contacts, settings_told
from fazhi_xl.office.post.receive import receive
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.text.commands import Command


def receive_mail(notice: Notice, space: Workspace, progress: Progress) -> int:
    """Fetch what is new in the office's mailbox, and give how many messages it was.

    Raises WrongUseError where the mailbox is not named, or cannot be reached; what was fetched until then is kept.
    """
    space.issued_campaign()
    if not space.contacts_file.exists():
        file = space.contacts_file
        raise WrongUseError(f"没有 {file},不知道邮箱在哪里。请先运行 ", Command.ISSUE_CONTACTS, ",填好“邮箱设置”。")
    book = open_contacts(space.contacts_file, notice).book
    settings = book.settings
    try:
        known = password(settings, Way.IN) if settings.imap and settings.imap.user else ""
        return receive(space, settings, known, progress)
    except WrongUseError:  # what is wrong with the settings may be why, and is told by nobody then
        for line in settings_told(book):
            progress.say(f"{space.contacts_file.name} {line}")
        raise
